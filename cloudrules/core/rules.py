"""The rules of check that ask a prover: each gives the findings of one kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from cloudrules.core import idle
from cloudrules.core.clauses import Path, at, written
from cloudrules.core.contradiction import contradictions
from cloudrules.core.examination import Examination
from cloudrules.core.expression import leaves
from cloudrules.core.findings import Finding, Part
from cloudrules.core.gates import Input
from cloudrules.core.idle import Clause
from cloudrules.core.problem import OutOfTime


@dataclass
class Rules(Examination):
    """The findings on one rulebook. `undecided` are the questions that the time ended before."""

    undecided: list[tuple[str, str]] = field(default_factory=list)

    def findings(self) -> Iterator[Finding]:
        """All of them; a rule that rests on what another found comes after it."""
        for condition in self.conditions:
            yield from self._asked(
                "condition-contradiction", condition.entry, self._void_in, condition
            )
        for name in self.rulebook.evidence:
            yield from self._asked("condition-contradiction", name, self._void_requires, name)
        for waiver in self.waivers:
            yield from self._asked("waiver-never", waiver.entry, self._never_fires, waiver)
            yield from self._asked("waiver-always", waiver.entry, self._always_fires, waiver)
            yield from self._asked("waiver-own-item", waiver.entry, self._own_item, waiver)
        for item in self.items:
            yield from self._asked("item-unmeetable", item, self._cannot_be_met, item)
            yield from self._asked("item-never-owed", item, self._never_owed, item)
            yield from self._asked("item-moot", item, self._moot, item)
        yield from self._asked("rulebook-unsatisfiable", self.rulebook.id, self._unsatisfiable)
        for name in self._switching:
            yield from self._asked("holding-harms", name, self._harms, name)
        for clause in [
            *self.waivers,
            *(part for each in self.conditions for part in idle.operands(each)),
        ]:
            for _ in self._asked("clause-idle", clause.entry, self._find_idle, clause):
                pass
        yield from self._idle_clauses()

    def _asked(
        self, rule: str, name: str, ask: Callable[..., Iterator[Finding]], *args: object
    ) -> Iterator[Finding]:
        try:
            yield from ask(*args)
        except OutOfTime:
            self.undecided.append((rule, name))

    # Conditions by themselves

    def _void_in(self, clause: Clause) -> Iterator[Finding]:
        assert clause.condition is not None
        found: dict[Path, int] = {}
        for here, _ in self.inquiry.compilation.parts:
            # Ranges take in the same items throughout a part, and others in another one.
            worlds = self._worlds(self.builder.conjunction([clause.exists, here]))
            if worlds:
                read = self._read(worlds)
                for path in contradictions(self.inquiry, clause.condition, read):
                    found[path] = found.get(path, 0) | worlds
        for path, worlds in found.items():
            part = Clause(clause.entry, clause.field, clause.condition, path, clause.exists)
            self._void[part] = worlds
            told = self.part(part, worlds)
            yield self.finding(
                "condition-contradiction",
                clause.entry,
                worlds,
                [told],
                self._all_named(clause.condition, worlds),
                told.place,
                field=clause.field,
                text=told.text,
            )

    def _void_requires(self, name: str) -> Iterator[Finding]:
        evidence = self.rulebook.evidence[name]
        for path in contradictions(self.inquiry, evidence.requires, self.rulebook):
            text = written(at(evidence.requires, path))
            place = next((leaf.place for leaf in leaves(evidence.requires)), evidence.place)
            worlds = self.inquiry.space.valid
            yield self.finding(
                "condition-contradiction",
                name,
                worlds,
                [Part(name, "requires", text, place)],
                self._all_named(evidence.requires, worlds),
                place,
                field="requires",
                text=text,
            )

    # Waivers

    def _never_fires(self, waiver: Clause) -> Iterator[Finding]:
        there = self._worlds(waiver.exists)
        worlds = self.inquiry.none([self.named["fires", waiver.entry]], there)
        self._never[waiver.entry] = worlds
        worlds &= ~self._void_wholly(waiver.entry, "when")
        if worlds:
            when = self._when(waiver.entry, worlds)
            witness = self._all_named(when, worlds)
            part = self._condition_part(waiver.entry, "when", worlds)
            yield self.finding("waiver-never", waiver.entry, worlds, [part], witness, part.place)

    def _always_fires(self, waiver: Clause) -> Iterator[Finding]:
        fires = self.named["fires", waiver.entry]
        worlds = self.inquiry.none([self.builder.negation(fires)], self._worlds(waiver.exists))
        if worlds:
            part = self._condition_part(waiver.entry, "when", worlds)
            witness = self.nothing_held(worlds)
            yield self.finding("waiver-always", waiver.entry, worlds, [part], witness, part.place)

    def _own_item(self, waiver: Clause) -> Iterator[Finding]:
        fires = self.named["fires", waiver.entry]
        found: list[str] = []
        everywhere, first = 0, None
        for item, lists in self._listed(waiver.entry).items():
            without, within = self._toggled(item)
            turns = self.builder.difference(without.get(fires, fires), within.get(fires, fires))
            if turns == self.builder.false:
                continue
            wanted = [turns, lists, self.builder.negation(self._attested(item))]
            there = self._worlds(waiver.exists)
            worlds = there & ~self.inquiry.none(wanted, there)
            if worlds:
                found.append(item)
                everywhere |= worlds
                first = first or (item, self._smallest(wanted, worlds, item))
        if first:
            part = self._condition_part(waiver.entry, "when", everywhere)
            yield self.finding(
                "waiver-own-item",
                waiver.entry,
                everywhere,
                [part],
                first[1],
                part.place,
                items=", ".join(found),
                item=first[0],
            )

    # Items

    def _cannot_be_met(self, item: str) -> Iterator[Finding]:
        in_order = self.builder.negation(self.named["missing", item])
        worlds = self.inquiry.none([in_order, self.planned], self._mandatory(item))
        self._unmeetable |= worlds
        worlds &= ~self._void_wholly(item, "met_by")
        if worlds:
            witness = self._fewest_missing(worlds)
            yield self.finding("item-unmeetable", item, worlds, witness=witness)

    def _never_owed(self, item: str) -> Iterator[Finding]:
        worlds = self.inquiry.none([self.named["owed", item]], self._mandatory(item))
        worlds &= ~self._void_wholly(item, "applies_when")
        if worlds:
            witness = self.nothing_held(worlds)
            parts = self._deciding(item, worlds)
            yield self.finding("item-never-owed", item, worlds, parts, witness)

    def _moot(self, item: str) -> Iterator[Finding]:
        compliant = self.named["compliant",]
        without, within = self._toggled(item)
        turns = self.builder.difference(
            without.get(compliant, compliant), within.get(compliant, compliant)
        )
        worlds = self.inquiry.none([turns], self._mandatory(item))
        if worlds:
            worlds &= ~self.inquiry.none([self.named["owed", item]], worlds)
        if worlds:
            witness = self._smallest([self.named["missing", item]], worlds, item)
            yield self.finding("item-moot", item, worlds, self._deciding(item, worlds), witness)

    # The rulebook as a whole

    def _unsatisfiable(self) -> Iterator[Finding]:
        worlds = self.inquiry.none([self.named["compliant",], self.planned])
        worlds &= ~self._unmeetable
        if not worlds:
            return
        first = self.inquiry.taken_in(worlds)
        needed = list(self.items)
        for item in self.items:
            fewer = [each for each in needed if each != item]
            in_order = [self.builder.negation(self.named["missing", each]) for each in fewer]
            if self.inquiry.find([*in_order, self.planned, *first]) is None:
                needed = fewer
        parts = [Part(item, "", "", self.entry(item, worlds).place) for item in needed]
        yield self.finding(
            "rulebook-unsatisfiable",
            self.rulebook.id,
            worlds,
            parts,
            self._fewest_missing(worlds),
            items=", ".join(needed),
        )

    @cached_property
    def _switching(self) -> list[str]:
        """What it may harm to hold: where that stands on the other side of a `not`, so to say."""
        held = set(self.inquiry.universe.against(self.named["compliant",]))
        return [name for name in [*self.rulebook.evidence, *self.items] if name in held]

    def _harms(self, name: str) -> Iterator[Finding]:
        builder, compliant = self.builder, self.named["compliant",]
        kind = "evidence" if name in self.rulebook.evidence else "item"
        leaf = builder.input(Input("item" if kind == "item" else "evidence", name))
        self.inquiry.clock.check()
        without = self.inquiry.compilation.settled({leaf: False})
        within = self.inquiry.compilation.settled({leaf: True})
        wanted = [
            without.get(compliant, compliant),
            builder.negation(within.get(compliant, compliant)),
            builder.negation(leaf),
            *([self.named["attestable", name]] if kind == "item" else []),
        ]
        worlds = self.inquiry.space.valid & ~self.inquiry.none(wanted)
        if not worlds:
            return
        taken = self.inquiry.smallest(wanted, worlds)
        if taken is None:
            return
        before = self.inquiry.holding(taken, worlds)
        after = self.inquiry.holding(taken | {name}, worlds)
        item = next(
            each
            for each in self.items
            if self.named["missing", each] in after and self.named["missing", each] not in before
        )
        part = self._switch(item, before, after, worlds)
        witness = self._witness(taken, worlds, name)
        yield self.finding(
            "holding-harms", name, worlds, [part], witness, part.place, item=item, kind=kind
        )

    def _switch(self, item: str, before: set[int], after: set[int], worlds: int) -> Part:
        """The condition through which an item becomes missing."""

        def turned(*name: str) -> bool:
            gate = self.named.get(name, self.builder.false)
            return (gate in before) != (gate in after)

        if turned("applies", item):
            return self._condition_part(item, "applies_when", worlds)
        for waiver in self.waivers:
            if turned("releases", waiver.entry, item):
                return self._condition_part(waiver.entry, "when", worlds)
        return self._condition_part(item, "met_by", worlds)

    # Clauses that change nothing

    def _find_idle(self, clause: Clause) -> Iterator[Finding]:
        """Adds to the clauses that are idle; there is more to say of them only together."""
        worlds = self._worlds(clause.exists)
        worlds &= ~self._never.get(clause.entry, 0)
        for other, there in [*self._void.items(), *self._idle.items()]:
            if clause == other or clause.within(other):
                worlds &= ~there
        if worlds:
            worlds = idle.idle(self.inquiry, [clause], worlds)
        if worlds:
            self._idle[clause] = worlds
        return iter(())

    def _idle_clauses(self) -> Iterator[Finding]:
        try:
            found = idle.groups(self.inquiry, self._idle)
        except OutOfTime:
            self.undecided += [("clause-idle", clause.entry) for clause in self._idle]
            return
        for group, worlds in found.items():
            yield from self._asked("clause-idle", group[0].entry, self._idle_group, group, worlds)

    def _idle_group(self, group: tuple[Clause, ...], worlds: int) -> Iterator[Finding]:
        parts = [self.part(each, worlds) for each in group]
        witness = self._smallest([self._holds(group[0])], worlds) or self.nothing_held(worlds)
        yield self.finding(
            "clause-idle",
            group[0].entry,
            worlds,
            parts,
            witness,
            parts[0].place,
            text=parts[0].text,
            n=str(len(group)),
        )
