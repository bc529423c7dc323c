"""The gates of a rulebook in some readings: what its definitions say, each made once.

The leaves are inputs: context facts, evidence, attestations, and the options of the readings that
are not fixed. The named gates (`met`, `applies`, `fires`, `waived`, `owed`, `missing`,
`compliant`, ...) keep the place that they came from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from itertools import product
from math import prod
from typing import Any, TypeVar

from cloudrules.core import expression
from cloudrules.core.cycles import FIELDS, Cycles, cycles_of, place_of
from cloudrules.core.entries import Item, Reading, Waiver
from cloudrules.core.errors import BadInput, Place, TooLarge, fault
from cloudrules.core.expression import Compare, Expr, Name, Range, Waived, fold
from cloudrules.core.gates import Builder, Input, Named
from cloudrules.core.names import entry_faults, value_of
from cloudrules.core.rulebook import Readings, Rulebook

COMBINATIONS = 4096  # of options that bear on one field; more is refused


def choice(builder: Builder, readings: Readings) -> int:
    """The gate that says that these options are taken."""
    return builder.conjunction(
        builder.input(Input("reading", reading, "=", option))
        for reading, option in readings.items()
    )


def combinations_of(readings: Iterable[Reading]) -> Iterator[Readings]:
    """Every choice of one option for each reading; the last reading varies fastest."""
    chosen = list(readings)
    for options in product(*(reading.option_ids for reading in chosen)):
        yield {reading.id: option for reading, option in zip(chosen, options, strict=True)}


def _checked(rulebook: Rulebook, readings: Readings) -> Rulebook:
    """The rulebook under some options. Raises BadInput where together they leave a name unknown."""
    read = rulebook.under(readings)
    if read is not rulebook and (faults := entry_faults(read, rulebook)):
        defaults = rulebook.defaults()
        changed = (f"{name}={taken}" for name, taken in readings.items() if taken != defaults[name])
        together = ", ".join(changed)
        raise BadInput(
            fault("readings-leave", each.place, readings=together, name=each.values["name"])
            if each.code == "name-unknown"
            else each
            for each in faults
        )
    return read


V = TypeVar("V")
_WHOLE = {"", "in_force"}  # what decides whether an entry exists


class Part:
    """The gates of a rulebook, the split readings fixed, the others as inputs.

    `rests_on` says of each gate that conditions refer to which of them it rests on; they stand in
    topological order.
    """

    def __init__(self, rulebook: Rulebook, fixed: Readings, builder: Builder) -> None:
        self.base = rulebook
        self.fixed = fixed
        self.builder = builder
        self.rulebook = _checked(rulebook, fixed)
        self.free = [reading for reading in rulebook.readings if reading.id not in fixed]
        self.named: dict[Named, int] = {}
        self.places: dict[Named, Place] = {}
        self.rests_on: dict[Named, list[Named]] = {}
        self._touching: dict[str, list[Reading]] = {}
        for reading in self.free:
            for name in reading.sets:
                self._touching.setdefault(name, []).append(reading)
        self.inputs: dict[str, int] = {}  # the gates of evidence and facts
        self.said: dict[tuple[str, str], list[tuple[int, Expr | None]]] = {}
        self._under: dict[tuple[tuple[str, str], ...], Rulebook] = {}
        names = [*self.rulebook.waivers]
        for reading in self.free:
            for option in reading.options:
                names += [
                    ref.name
                    for ref in option.change
                    if ref.name not in self.rulebook.items and ref.name not in names
                ]
        self.waivers = names
        self.items = [name for name in self.rulebook.items if name not in self.rulebook.absent]
        self.releases: dict[str, list[tuple[str, int]]] = {item: [] for item in self.items}
        for waiver in self.waivers:
            for guard, listed in self.variants(waiver, "waives", self._listed):
                for item in listed:
                    if item in self.releases:
                        self.releases[item].append((waiver, guard))

    def _listed(self, entry: Item | Waiver, rulebook: Rulebook) -> tuple[str, ...]:
        assert isinstance(entry, Waiver)
        return tuple(rulebook.listed(entry.waives))

    def variants(
        self, name: str, field_name: str, get: Callable[[Any, Rulebook], V]
    ) -> list[tuple[int, V]]:
        """What a field of an entry says, with the gate that says in which readings it does."""
        touching = [
            reading
            for reading in self._touching.get(name, ())
            if field_name in reading.sets[name] or not _WHOLE.isdisjoint(reading.sets[name])
        ]
        if not touching:
            return self._only(name, get)
        if prod(len(reading.options) for reading in touching) > COMBINATIONS:
            raise TooLarge("readings")
        found: dict[V, list[int]] = {}
        for readings in combinations_of(touching):
            key = tuple(readings.items())
            if not self.base.possible({**self.fixed, **readings}):
                continue
            if key not in self._under:
                self._under[key] = _checked(self.base, {**self.fixed, **readings})
            rulebook = self._under[key]
            entry = rulebook.entry(name)
            if entry is not None and name not in rulebook.absent:
                found.setdefault(get(entry, rulebook), []).append(choice(self.builder, readings))
        if len(found) == 1 and not self._may_lack(name):
            return [(self.builder.true, next(iter(found)))]
        return [(self.builder.disjunction(guards), value) for value, guards in found.items()]

    def _only(self, name: str, get: Callable[[Any, Rulebook], V]) -> list[tuple[int, V]]:
        """What a field of an entry says in every reading."""
        entry = self.rulebook.entry(name)
        if entry is None or name in self.rulebook.absent:
            return []
        return [(self.builder.true, get(entry, self.rulebook))]

    def _may_lack(self, name: str) -> bool:
        """Whether some reading may remove or add an entry."""
        touching = self._touching.get(name, ())
        return (bool(self.free) and not self.rulebook.entry(name)) or any(
            not _WHOLE.isdisjoint(reading.sets[name]) for reading in touching
        )

    def build(self) -> dict[Named, int]:
        for name in self._order():
            self.gate(name)
        for item in self.items:
            self.verdict_on(item)
            entry = self.rulebook.items[item]
            for kind in ("mandatory", "owed", "missing"):
                self.places[kind, item] = entry.place
        self.named["compliant",] = self.builder.conjunction(
            self.builder.negation(self.named["missing", item]) for item in self.items
        )
        return self.named

    def verdict_on(self, item: str) -> None:
        """Whether an item is owed and missing, from the gates that conditions refer to."""
        builder = self.builder
        mandatory = builder.disjunction(
            guard
            for guard, need in self.variants(item, "need", lambda entry, _: entry.need)
            if need == "mandatory"
        )
        waived = self.named["waived", item]
        owed = builder.conjunction(
            [mandatory, self.named["applies", item], builder.negation(waived)]
        )
        missing = builder.conjunction([owed, builder.negation(self.named["met", item])])
        self.named["mandatory", item] = mandatory
        self.named["owed", item] = owed
        self.named["missing", item] = missing
        self.named["exists", item] = builder.true
        # A plan attests only what nothing else meets.
        self.named["attestable", item] = builder.disjunction(
            guard for guard, met_by in self.conditions(item, "met_by") if met_by is None
        )

    @cached_property
    def users(self) -> dict[Named, list[Named]]:
        """The gates that rest on each gate, the other way round than `rests_on`."""
        found: dict[Named, list[Named]] = {gate: [] for gate in self.rests_on}
        for gate, parts in self.rests_on.items():
            for part in dict.fromkeys(parts):
                found[part].append(gate)
        return found

    @cached_property
    def ranks(self) -> dict[Named, int]:
        """The place of each gate in topological order."""
        return {gate: at for at, gate in enumerate(self.rests_on)}

    def _order(self) -> list[Named]:
        """The named gates that conditions refer to, each after those that it rests on."""
        graph: dict[Named, list[Named]] = {}
        for item in self.items:
            graph["met", item] = self._rests_on(item, "met_by")
            graph["applies", item] = self._rests_on(item, "applies_when")
            graph["waived", item] = [("fires", waiver) for waiver, _ in self.releases[item]]
        for waiver in self.waivers:
            graph["fires", waiver] = self._rests_on(waiver, "when")
        try:
            order = list(TopologicalSorter(graph).static_order())
        except CycleError:
            cycles = list(cycles_of(graph))
            raise Cycles(cycles, self.rulebook, self.fixed) from None
        self.rests_on = {gate: graph[gate] for gate in order}
        return order

    def _rests_on(self, name: str, field_name: str) -> list[Named]:
        found: list[Named] = []
        rulebook = self.rulebook
        for _, condition in self.conditions(name, field_name):
            for leaf in expression.leaves(condition) if condition is not None else ():
                if isinstance(leaf, Waived):
                    found.append(("waived", leaf.name))
                elif isinstance(leaf, Range):
                    found += [("met", item) for item in rulebook.span(leaf.first, leaf.last)]
                elif isinstance(leaf, Name) and leaf.name in rulebook.items:
                    found.append(("met", leaf.name))
        return [gate for gate in found if gate[1] in self.releases]

    def conditions(self, name: str, field_name: str) -> list[tuple[int, Expr | None]]:
        """What a condition says, with the gate that says in which readings it does."""
        found = self.said.get((name, field_name))
        if found is None:
            # Every variant keeps the item order of this part, so its ranges mean the same.
            found = self.said[name, field_name] = self.variants(
                name, field_name, lambda entry, _: getattr(entry, field_name)
            )
        return found

    def gate(self, gate: Named) -> None:
        """Make a gate that conditions refer to, from those that it rests on."""
        kind, name = gate
        builder = self.builder
        if kind == "waived":
            # One waiver may list an item in several readings, each with its own guard.
            parts: dict[str, list[int]] = {}
            for waiver, guard in self.releases[name]:
                release = builder.conjunction([guard, self.named["fires", waiver]])
                parts.setdefault(waiver, []).append(release)
            for waiver, releases in parts.items():
                self.named["releases", waiver, name] = builder.disjunction(releases)
            self.named[gate] = builder.disjunction(each for made in parts.values() for each in made)
        else:
            self.named[gate] = builder.disjunction(
                builder.conjunction([guard, self._condition(name, kind, condition)])
                for guard, condition in self.conditions(name, FIELDS[kind])
                if condition is not None
            )
            if kind == "met":
                attested = builder.input(Input("item", name))
                self.named[gate] = builder.disjunction([attested, self.named[gate]])
        entry = self.rulebook.entry(name)
        if entry is not None:
            self.places[gate] = place_of(entry, kind)

    def meaning(self, condition: Expr) -> int:
        """The gate of a condition. Raises TooLarge."""
        return fold(condition, _Gates(self))

    def _condition(self, name: str, kind: str, condition: Expr) -> int:
        try:
            return self.meaning(condition)
        except TooLarge:
            entry = self.rulebook.entry(name)
            place = place_of(entry, kind) if entry else self.rulebook.place
            raise BadInput([fault("condition-large", place)]) from None


class _Gates:
    """The interpreter of conditions that makes gates."""

    def __init__(self, part: Part) -> None:
        self.part = part
        self.builder = part.builder
        self.constant = self.builder.constant
        self.negation = self.builder.negation
        self.conjunction = self.builder.conjunction
        self.disjunction = self.builder.disjunction
        self.at_least = self.builder.at_least
        self.inputs = part.inputs

    def name(self, leaf: Name) -> int:
        found = self.inputs.get(leaf.name)
        if found is not None:
            return found
        rulebook = self.part.rulebook
        if leaf.name in rulebook.evidence:
            found = self.inputs[leaf.name] = self.builder.input(Input("evidence", leaf.name))
            return found
        if leaf.name in rulebook.facts:
            found = self.inputs[leaf.name] = self.builder.input(Input("fact", leaf.name))
            return found
        # An item that does not exist on this date is not met.
        return self.part.named.get(("met", leaf.name), self.builder.false)

    def items(self, leaf: Range) -> list[int]:
        return [
            self.part.named.get(("met", item), self.builder.false)
            for item in self.part.rulebook.span(leaf.first, leaf.last)
            if item not in self.part.rulebook.absent
        ]

    def compare(self, leaf: Compare) -> int:
        value = value_of(self.part.rulebook.facts[leaf.name], leaf.value)
        return self.builder.input(Input("test", leaf.name, leaf.op, value))

    def waived(self, leaf: Waived) -> int:
        return self.part.named.get(("waived", leaf.name), self.builder.false)
