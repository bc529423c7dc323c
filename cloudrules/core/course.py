"""One service day by day, as what it holds ends and as the rules change: all days at once.

Only the days on which something can change are simulated, each as one bit of a vector.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise
from typing import Literal, TypeAlias

from cloudrules.core.assessment import ItemAnswer, answers
from cloudrules.core.case import Case
from cloudrules.core.days import added
from cloudrules.core.gates import Input, Named, Rails, simulate
from cloudrules.core.renewals import Among, Lacks, Term
from cloudrules.core.rulebook import Rulebook
from cloudrules.core.service import Holding

MONTHS = 36  # that are looked at where nothing ever changes
DAY = timedelta(days=1)

Turn: TypeAlias = tuple[Literal["item", "waiver"], str]  # an entry of the rules


@dataclass(frozen=True)
class Standing:
    """What is answered on a day, under the rules of then.

    `fires` says of each waiver whether it does; None: unknown.
    """

    on: date
    rulebook: Rulebook
    compliant: bool | None
    items: tuple[ItemAnswer, ...]
    fires: dict[str, bool | None]

    @property
    def waived(self) -> tuple[str, ...]:
        return tuple(item.id for item in self.items if item.obligation == "waived")


@dataclass(frozen=True)
class Stretch:
    """Days on which the rules are the same, and the case under these rules."""

    case: Case
    days: tuple[date, ...]

    @cached_property
    def read(self) -> Rulebook:
        return self.case.rulebook.under(self.case.situation.readings)

    @property
    def holdings(self) -> dict[str, Holding]:
        """What is held on the first of all days, whatever has ended since."""
        return self.case.situation.held

    @cached_property
    def ones(self) -> int:
        return (1 << len(self.days)) - 1

    def rails(self, renewed: Among) -> list[Rails[int]]:
        """Every gate on every day; what is renewed does not end."""
        ones, inputs = self.ones, self._inputs

        def value(leaf: Input) -> Rails[int]:
            return (ones, 0) if leaf.name in renewed and leaf in self._held else inputs[leaf]

        return simulate(self.case.circuit, value, 0, ones)

    @cached_property
    def _inputs(self) -> dict[Input, Rails[int]]:
        """Each input on every day, nothing being renewed."""
        found: dict[Input, Rails[int]] = {}
        for _, leaf in self.case.circuit.inputs():
            may, may_not = self.case.situation.rails(leaf)
            found[leaf] = (self.ones if may else 0), (self.ones if may_not else 0)
            if leaf in self._held:
                held = self._valid(self.holdings[leaf.name])
                found[leaf] = held, self.ones & ~held
        return found

    @cached_property
    def _held(self) -> frozenset[Input]:
        """The inputs that are held."""
        leaves = (leaf for _, leaf in self.case.circuit.inputs())
        kinds = ("evidence", "item")
        return frozenset(
            leaf for leaf in leaves if leaf.kind in kinds and leaf.name in self.holdings
        )

    def _valid(self, holding: Holding) -> int:
        """The days come in order, and what has ended stays so."""
        if holding.until is None:
            return self.ones
        return (1 << bisect_right(self.days, holding.until)) - 1

    def standings(self) -> Iterator[Standing]:
        """Each day, nothing being renewed."""
        rails = self.rails(frozenset())
        waivers = [name for name in self.read.waivers if name not in self.read.absent]
        for at, day in enumerate(self.days):

            def known(*name: str, at: int = at) -> bool | None:
                index = self.case.circuit.named.get(name)
                may, may_not = (0, -1) if index is None else rails[index]
                return None if may & may_not & 1 << at else bool(may >> at & 1)

            items = answers(self.case.circuit, self.read, known)
            fires = {name: known("fires", name) for name in waivers}
            yield Standing(day, self.read, known("compliant"), items, fires)


@dataclass(frozen=True)
class Course:
    """The days from `on` to `until`, both included, on which something can change, and `on` itself.

    `outdated` is the day from which on the rulebook is no longer in force, where it is among them:
    nothing can be told of it, or of later days. It is `settled` where nothing changes
    after `until`.
    """

    on: date
    until: date
    stretches: tuple[Stretch, ...]
    outdated: date | None
    settled: bool

    @property
    def case(self) -> Case:
        return self.stretches[0].case

    @property
    def days(self) -> list[date]:
        return [day for stretch in self.stretches for day in stretch.days]

    @property
    def holdings(self) -> dict[str, Holding]:
        return self.case.situation.held

    def standings(self) -> list[Standing]:
        """What is answered on each of the days."""
        return [each for part in self.stretches for each in part.standings()]

    def turns(self) -> dict[date, tuple[list[Turn], list[Turn]]]:
        """The entries of the rules that go out of force, and that come into it, by day."""
        found: dict[date, tuple[list[Turn], list[Turn]]] = {}
        for one, two in pairwise(self.stretches):
            ended, begun = _only(one.read, two.read), _only(two.read, one.read)
            found[two.days[0]] = ended, begun
        return found


def from_case(case: Case, until: date | None = None) -> Course:
    """From the date of the case to `until`: by default to the last change, else three years.

    Raises BadInput where the rules of a later day are no rules, as in a cycle of their gates.
    """
    on = case.situation.on
    outdated = after(case.rulebook.in_force.until)
    lapses = {after(each.until) for each in case.situation.held.values()}
    rules = _rule_days(case)
    coming = sorted(day for day in {*lapses, *rules, outdated} if day is not None and day > on)
    if until is None:
        last = added(on, MONTHS) or date.max
        until = outdated if outdated in coming else coming[-1] if coming else last
    if outdated is not None and outdated > until:
        outdated = None
    shown = (day for day in coming if day <= until and (outdated is None or day < outdated))
    told = [on, *shown]
    settled = outdated is not None or not (coming and coming[-1] > until)
    return Course(on, until, tuple(_stretches(case, told, rules)), outdated, settled)


def _stretches(case: Case, days: list[date], rules: set[date]) -> Iterator[Stretch]:
    start = 0
    for at, day in enumerate([*days[1:], None], 1):
        if day is None or day in rules:
            held = case.situation.held
            here = case.on(days[start])
            here = replace(here, situation=replace(here.situation, held=held))
            yield Stretch(here, tuple(days[start:at]))
            start = at


def _rule_days(case: Case) -> set[date]:
    """The days on which entries of the rules come into force, or are no longer in it."""
    read = case.rulebook.under(case.situation.readings)
    found = set()
    for entry in read.entries():
        found |= {entry.in_force.from_, after(entry.in_force.until)}
    return {day for day in found if day is not None}


def _only(here: Rulebook, there: Rulebook) -> list[Turn]:
    """The entries that there are here but not there."""
    kinds: Iterable[tuple[Literal["item", "waiver"], Iterable[str]]] = (
        ("item", here.items),
        ("waiver", here.waivers),
    )
    return [
        (kind, name)
        for kind, names in kinds
        for name in names
        if name not in here.absent and name in there.absent
    ]


def after(day: date | None) -> date | None:
    """The day after; None where there is none."""
    return None if day is None or day == date.max else day + DAY


class Lasting:
    """What is lacking, or in doubt, on some day if only some of what ends is renewed.

    Only the days count on which the service is compliant if all of it is renewed.
    """

    def __init__(self, course: Course) -> None:
        self._course = course
        days = set(course.days)  # what ends, but too late to be seen, does not matter
        self._terms = [
            Term(name, date.min, each.until)
            for name, each in course.holdings.items()
            if after(each.until) in days
        ]
        self._known: dict[Among, Lacks] = {}
        self.all = frozenset(term.id for term in self._terms)
        self._good = [may & ~may_not for may, may_not in self._verdicts(self.all)]

    def ending(self) -> list[Term]:
        """What is seen to end, by when it does."""
        return sorted(self._terms, key=lambda term: (term.until or date.max, term.id))

    def among(self, names: Among) -> Lasting:
        """The same, where all else that ends is let go."""
        narrowed = copy(self)
        narrowed._terms = [term for term in self._terms if term.id in names]
        return narrowed

    def lacking(self, renewed: Among) -> Lacks:
        """What is lacking on some day if just these are renewed; nothing, if all are."""
        if renewed not in self._known:
            self._known[renewed] = frozenset(self._lacking(renewed))
        return self._known[renewed]

    def named(self, lacks: Lacks, kind: str) -> tuple[str, ...]:
        """The items missing or in doubt on some day, each once, in their own order."""
        names = {name for what, _, name in lacks if what == kind}
        if kind == "doubt":
            names -= {name for what, _, name in lacks if what == "missing"}
        order = (name for part in self._course.stretches for name in part.read.items)
        return tuple(dict.fromkeys(name for name in order if name in names))

    def compliant(self, renewed: Among) -> list[bool | None]:
        """The verdict on each of the days if just these are renewed."""
        return [
            None if may & may_not & 1 << at else bool(may >> at & 1)
            for part, (may, may_not) in zip(
                self._course.stretches, self._verdicts(renewed), strict=True
            )
            for at in range(len(part.days))
        ]

    def _verdicts(self, renewed: Among) -> list[Rails[int]]:
        named: Named = ("compliant",)
        return [
            rails[part.case.circuit.named[named]]
            for part, rails in zip(self._course.stretches, self._simulated(renewed), strict=True)
        ]

    def _simulated(self, renewed: Among) -> list[list[Rails[int]]]:
        return [part.rails(renewed) for part in self._course.stretches]

    def _lacking(self, renewed: Among) -> Iterator[tuple[str, int, str]]:
        simulated = self._simulated(renewed)
        for part, rails, good in zip(self._course.stretches, simulated, self._good, strict=True):
            named = part.case.circuit.named
            if not rails[named["compliant",]][1] & good:
                continue
            for name, node in named.items():
                may, may_not = rails[node]
                if name[0] == "missing" and may & good:
                    yield "doubt", 0, name[1]
                    if may & good & ~may_not:
                        yield "missing", 0, name[1]
