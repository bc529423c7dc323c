"""A rulebook under examination: what there is in it, and services that show something of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from cloudrules.core import idle
from cloudrules.core.clauses import written
from cloudrules.core.entries import Item, Waiver
from cloudrules.core.errors import Place
from cloudrules.core.expression import Arg, Expr, Name, Or, Range, leaves
from cloudrules.core.findings import Finding, Part
from cloudrules.core.gates import Builder, Input, Named
from cloudrules.core.idle import Clause
from cloudrules.core.inquiry import Inquiry
from cloudrules.core.rulebook import Rulebook
from cloudrules.core.witness import Witness


@dataclass
class Examination:
    """What is asked about, and what was found so far that other findings rest on."""

    inquiry: Inquiry
    # In which worlds conditions contradict themselves, waivers never fire, clauses are idle and
    # items cannot be met: what follows from that is not told again.
    _void: dict[Clause, int] = field(default_factory=dict)
    _never: dict[str, int] = field(default_factory=dict)
    _idle: dict[Clause, int] = field(default_factory=dict)
    _unmeetable: int = 0

    # What there is

    @property
    def rulebook(self) -> Rulebook:
        return self.inquiry.rulebook

    @property
    def builder(self) -> Builder:
        return self.inquiry.builder

    @property
    def named(self) -> dict[Named, int]:
        return self.inquiry.compilation.named

    @cached_property
    def conditions(self) -> list[Clause]:
        return list(idle.conditions(self.inquiry))

    @cached_property
    def waivers(self) -> list[Clause]:
        return list(idle.waivers(self.inquiry))

    @cached_property
    def items(self) -> list[str]:
        return [name[1] for name in self.named if name[0] == "missing"]

    @cached_property
    def planned(self) -> int:
        """That nothing is attested but what nothing else meets, as in a plan."""
        builder = self.builder
        return builder.conjunction(
            builder.disjunction(
                [self.named["attestable", item], builder.negation(self._attested(item))]
            )
            for item in self.items
        )

    def _attested(self, item: str) -> int:
        return self.builder.input(Input("item", item))

    def _worlds(self, gate: int) -> int:
        """The worlds in which a gate holds that rests on readings alone."""
        return self.inquiry.worlds(frozenset(), [gate]) & self.inquiry.space.valid

    def _read(self, worlds: int) -> Rulebook:
        """The rulebook in the first of some worlds."""
        return self.inquiry.read(worlds)

    def entry(self, name: str, worlds: int) -> Item | Waiver:
        found = self._read(worlds).entry(name)
        assert found is not None
        return found

    def finding(
        self,
        rule: str,
        name: str,
        worlds: int,
        parts: Iterable[Part] = (),
        witness: Witness | None = None,
        place: Place | None = None,
        **values: str,
    ) -> Finding:
        found = self._read(worlds).entry(name)
        return Finding(
            rule,
            name,
            place or (found.place if found else self.rulebook.place),
            values,
            tuple(parts),
            witness,
            self.inquiry.where(worlds),
        )

    def part(self, clause: Clause, worlds: int) -> Part:
        """A clause in the words of the rules, where they stand."""
        found = self.entry(clause.entry, worlds)
        if clause.condition is None:
            return Part(clause.entry, "", "", found.place)
        assert clause.part is not None
        place = condition_place(found, clause.field, clause.condition)
        return Part(clause.entry, clause.field, written(clause.part), place)

    # Services that show something

    def nothing_held(self, worlds: int) -> Witness:
        return self._witness(frozenset(), worlds)

    def _witness(self, taken: frozenset[str], worlds: int, *besides: str) -> Witness:
        return self.inquiry.witness(taken, worlds, besides)

    def _all_named(self, condition: Expr, worlds: int) -> Witness:
        """The service that holds all that a condition names."""
        read = self._read(worlds)
        held: set[str] = set()
        for leaf in leaves(condition):
            if isinstance(leaf, Range):
                held.update(read.span(leaf.first, leaf.last))
            elif isinstance(leaf, Name) and leaf.name not in read.facts:
                held.add(leaf.name)
        return self._witness(frozenset(held), worlds)

    def _smallest(
        self, wanted: list[int], worlds: int, *besides: str, spared: dict[str, int] | None = None
    ) -> Witness | None:
        taken = self.inquiry.smallest(wanted, worlds, spared)
        return None if taken is None else self._witness(taken, worlds, *besides)

    def _void_wholly(self, entry: str, field_name: str) -> int:
        """The worlds in which a condition as a whole contradicts itself."""
        worlds = 0
        for clause, there in self._void.items():
            if (clause.entry, clause.field, clause.path) == (entry, field_name, ()):
                worlds |= there
        return worlds

    def _condition_part(self, name: str, field_name: str, worlds: int) -> Part:
        found = self.entry(name, worlds)
        condition = getattr(found, field_name)
        place = condition_place(found, field_name, condition)
        return Part(name, field_name, written(condition), place)

    def _toggled(self, item: str) -> tuple[dict[int, int], dict[int, int]]:
        """What gates become where an item is not attested, and where it is."""
        self.inquiry.clock.check()
        settled = self.inquiry.compilation.settled
        leaf = self._attested(item)
        return settled({leaf: False}), settled({leaf: True})

    def _mandatory(self, item: str) -> int:
        return self._worlds(self.named["mandatory", item])

    def _fewest_missing(self, worlds: int) -> Witness | None:
        spared = {
            f"\x00missing\x00{item}": self.builder.negation(self.named["missing", item])
            for item in self.items
        }
        return self._smallest([self.planned], worlds, spared=spared)

    def _listed(self, waiver: str) -> dict[str, int]:
        """The items that a waiver lists, with the gate that says in which readings it does."""
        found: dict[str, list[int]] = {}
        for here, part in self.inquiry.compilation.parts:
            for item, releases in part.releases.items():
                for name, guard in releases:
                    if name == waiver:
                        found.setdefault(item, []).append(self.builder.conjunction([here, guard]))
        return {item: self.builder.disjunction(guards) for item, guards in found.items()}

    def _deciding(self, item: str, worlds: int) -> list[Part]:
        """The clauses that decide whether an item is owed, in the first of some worlds."""
        found = self._read(worlds)
        conditioned = found.items[item].entry.get("applies_when") is not None
        parts = [self._condition_part(item, "applies_when", worlds)] if conditioned else []
        return parts + [
            self._condition_part(waiver, "when", worlds)
            for waiver in self._releasing.get(item, ())
            if waiver in found.waivers and item in found.listed(found.waivers[waiver].waives)
        ]

    @cached_property
    def _releasing(self) -> dict[str, list[str]]:
        """The waivers that list each item, in some reading."""
        found: dict[str, dict[str, None]] = {}
        for _, part in self.inquiry.compilation.parts:
            for item, releases in part.releases.items():
                found.setdefault(item, {}).update((waiver, None) for waiver, _ in releases)
        return {item: list(waivers) for item, waivers in found.items()}

    def _when(self, waiver: str, worlds: int) -> Expr:
        found = self.entry(waiver, worlds)
        assert isinstance(found, Waiver)
        return found.when

    def _holds(self, clause: Clause) -> int:
        """The gate that says that a clause holds."""
        if clause.condition is None:
            return self.named["fires", clause.entry]
        part = clause.part
        assert part is not None
        whole = Or((part,)) if isinstance(part, Range) else part
        return self.builder.disjunction(
            self.builder.conjunction([here, each.meaning(whole)])
            for here, each in self.inquiry.compilation.parts
        )


def condition_place(entry: Item | Waiver, field_name: str, condition: Arg | None) -> Place:
    """Where a condition stands."""
    node = entry.entry.get(field_name)
    if node is not None:
        return node.place
    found = leaves(condition) if condition is not None else iter(())
    return next((leaf.place for leaf in found), entry.place)
