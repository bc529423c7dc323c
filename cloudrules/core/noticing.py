"""Which variants of scenarios notice that the rules are others than they were.

A variant notices where something that it expects, and that came out under the rules, no longer
does, or where what it says can no longer be read. Most are ruled out at once: all variants are bits
of one simulation, and only where an item's answer differs is anything compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from cloudrules.core import assessment, case, comparison, epochs
from cloudrules.core.assessment import Assessment
from cloudrules.core.case import Case
from cloudrules.core.comparison import Asked, Failure, Means, VariantAnswer
from cloudrules.core.errors import BadInput, Fault, Place
from cloudrules.core.gates import Circuit, Input, Named, Rails, simulate
from cloudrules.core.resolution import changed_by_hand
from cloudrules.core.rulebook import Rulebook

ANSWERS = ("exists", "met", "applies", "waived", "mandatory")  # what an item's answer rests on
_Key: TypeAlias = tuple[object, ...]


@dataclass(frozen=True)
class Told:
    """A variant of a scenario in a file, its answer, and the service as it is."""

    file: str
    answer: VariantAnswer
    base: Assessment

    @property
    def passed(self) -> bool:
        return not self.answer.failures


@dataclass
class _Group:
    """Variants that one circuit answers; `rails` are those of the gates under the rules as is."""

    told: list[tuple[int, Told]] = field(default_factory=list)
    leaves: dict[Input, Rails[int]] = field(default_factory=dict)
    rails: dict[Named, Rails[int]] = field(default_factory=dict)

    @property
    def ones(self) -> int:
        return (1 << len(self.told)) - 1

    def simulated(self, circuit: Circuit) -> dict[Named, Rails[int]]:
        """What answers rest on, in all variants at once."""
        rails = simulate(circuit, self._leaf, 0, self.ones)
        return {name: rails[at] for name, at in circuit.named.items() if name[0] in ANSWERS}

    def _leaf(self, leaf: Input) -> Rails[int]:
        if leaf not in self.leaves:
            may = may_not = 0
            for at, (_, told) in enumerate(self.told):
                one, other = told.answer.case.situation.rails(leaf)
                may, may_not = may | one << at, may_not | other << at
            self.leaves[leaf] = may, may_not
        return self.leaves[leaf]

    def differing(self, circuit: Circuit) -> int:
        """The variants in which some item's answer may be another one."""
        found = 0
        now, no = self.simulated(circuit), (0, self.ones)
        for name in self.rails.keys() | now.keys():
            one, two = self.rails.get(name, no), now.get(name, no)
            found |= (one[0] ^ two[0]) | (one[1] ^ two[1])
        return found


class Watch:
    """The variants that one rulebook answers."""

    def __init__(self, rulebook: Rulebook, told: Iterable[Told], means: Means) -> None:
        self.rulebook, self.means = rulebook, means
        self.told = [each for each in told if each.answer.asked.origin is rulebook]
        self.turns = epochs.turns(rulebook)
        self.groups: dict[_Key, _Group] = {}
        for at, each in enumerate(self.told):
            self.groups.setdefault(self.key(each.answer.asked), _Group()).told.append((at, each))
        for group in self.groups.values():
            group.rails = group.simulated(group.told[0][1].answer.case.circuit)

    def key(self, asked: Asked) -> _Key:
        """What the circuit that answers a variant depends on, beside the rulebook."""
        here = asked.case
        readings = tuple(here.situation.readings.items()) if here.circuit.one_reading else ()
        changed = id(asked.variant) if asked.variant.change else 0
        return changed, epochs.epoch(self.turns, here.situation.on), readings

    def under(self, mutant: Rulebook) -> Under:
        """The same variants under other rules."""
        return Under(self, mutant)


class Under:
    """The variants under other rules; each method gives the first that notices, if one does."""

    def __init__(self, watch: Watch, mutant: Rulebook) -> None:
        self.watch, self.mutant = watch, mutant
        self._circuits: dict[_Key, tuple[Rulebook, Circuit]] = {}

    def by_answer(self) -> Told | None:
        """By what is expected of the service in its own reading, or because of a fault."""
        noticing: dict[int, Told] = {}
        candidates: list[tuple[int, Told]] = []
        for group in self.watch.groups.values():
            try:
                differing = group.differing(self._compiled(group.told[0][1].answer.asked)[1])
            except BadInput:
                noticing.update(group.told)
                continue
            for bit, (at, told) in enumerate(group.told):
                expect = told.answer.asked.variant.expect
                if expect and (differing >> bit & 1 or expect.changes):
                    candidates.append((at, told))
        first = min(noticing, default=len(self.watch.told))
        for at, told in sorted(candidates, key=lambda each: each[0]):
            if at > first:
                break
            if _anew(told, self._unfulfilled(told)):
                return told
        return noticing.get(first)

    def by_verdict(self) -> Told | None:
        """By the verdict that is expected over all readings."""
        for told in self.watch.told:
            expect = told.answer.asked.variant.expect
            if expect and expect.verdict:
                worlds = self.case(told.answer.asked).in_all_readings()
                if _anew(told, comparison.verdict_failures(expect, worlds)):
                    return told
        return None

    def by_plan(self, told: Iterable[Told]) -> Told | None:
        """By the plan that one of these variants expects."""
        for each in told:
            asked = each.answer.asked
            expect = asked.variant.expect
            if expect and expect.plan and asked.variant.plan:
                try:
                    made = comparison.planned(asked.variant, self.case(asked), self.watch.means)
                except BadInput:
                    return each
                if _anew(each, comparison.plan_failures(expect, made)):
                    return each
        return None

    def case(self, asked: Asked) -> Case:
        rulebook, circuit = self._compiled(asked)
        return Case(rulebook.on(asked.case.situation.on), circuit, asked.case.situation)

    def _compiled(self, asked: Asked) -> tuple[Rulebook, Circuit]:
        """The rulebook that answers a variant now. Raises BadInput."""
        key = self.watch.key(asked)
        if key not in self._circuits:
            faults: list[Fault] = []
            book = self.mutant
            if asked.variant.change:
                book = changed_by_hand(book, asked.variant.change, faults)
            if faults:
                raise BadInput(faults)
            situation = asked.case.situation
            book = book.on(situation.on)
            self._circuits[key] = book, case.circuit_of(book, situation.readings)
        return self._circuits[key]

    def _unfulfilled(self, told: Told) -> Iterator[Failure]:
        asked, service = told.answer.asked, told.answer.base
        expect = asked.variant.expect
        assert expect is not None
        base = told.base
        try:
            if expect.changes and service.origin is self.watch.rulebook:
                base = self._assessed(service)
        except BadInput:  # the service as it is can no longer be read
            yield Failure("service", "", "", asked.variant.place)
            return
        yield from comparison.unfulfilled(expect, base, self._assessed(asked))

    def _assessed(self, asked: Asked) -> Assessment:
        here = self.case(asked)
        return assessment.from_circuit(here.circuit, here.rulebook, here.situation)


def _anew(told: Told, failures: Iterable[Failure]) -> bool:
    """Whether something fails that did not fail before."""
    before: set[tuple[str, Place]] = {(each.what, each.place) for each in told.answer.failures}
    return any((each.what, each.place) not in before for each in failures)


def rulebooks(told: Sequence[Told]) -> list[Rulebook]:
    """The rulebooks that variants are answered by, by the name of their file."""
    found = {id(each.answer.asked.origin): each.answer.asked.origin for each in told}
    return sorted(found.values(), key=lambda book: (book.place.file, book.id))
