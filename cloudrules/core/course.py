"""One service day by day, as what it holds ends and as the rules change: all days at once.

Only the days on which something can change are simulated, each as one bit of a vector.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise
from typing import Literal, TypeAlias

from cloudrules.core import assessment
from cloudrules.core.assessment import ItemAnswer, answer_of
from cloudrules.core.case import Case
from cloudrules.core.days import added
from cloudrules.core.gates import Input, Rails, simulate
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

    @cached_property
    def rails(self) -> list[Rails[int]]:
        """Every gate on every day, nothing being renewed."""
        return simulate(self.case.circuit, self._rails, 0, self.ones)

    def held(self) -> Iterator[tuple[int, Input]]:
        """The inputs that are held, with their places in the circuit."""
        for at, leaf in self.case.circuit.inputs():
            if leaf.kind in ("evidence", "item") and leaf.name in self.holdings:
                yield at, leaf

    def valid(self, name: str) -> Rails[int]:
        """The days on which something is held: they come in order, and what has ended stays so."""
        until, ones = self.holdings[name].until, self.ones
        held = ones if until is None else (1 << bisect_right(self.days, until)) - 1
        return held, ones & ~held

    def _rails(self, leaf: Input) -> Rails[int]:
        if leaf.kind in ("evidence", "item") and leaf.name in self.holdings:
            return self.valid(leaf.name)
        may, may_not = self.case.situation.rails(leaf)
        return (self.ones if may else 0), (self.ones if may_not else 0)

    def standings(self) -> Iterator[Standing]:
        """Each day, nothing being renewed."""
        named = self.case.circuit.named
        releasing = assessment.releasing(self.case.circuit, self.read)
        waivers = [name for name in self.read.waivers if name not in self.read.absent]
        turned = self._turned
        items: dict[str, ItemAnswer] = {}
        for at, day in enumerate(self.days):

            def known(*name: str, at: int = at) -> bool | None:
                index = named.get(name)
                may, may_not = (0, -1) if index is None else self.rails[index]
                return None if may & may_not & 1 << at else bool(may >> at & 1)

            for name in turned[at]:  # all others are as they were the day before
                need = self.read.items[name].need
                items[name] = answer_of(name, known, need, releasing.get(name, []))
            fires = {name: known("fires", name) for name in waivers}
            yield Standing(day, self.read, known("compliant"), tuple(items.values()), fires)

    @property
    def _turned(self) -> list[dict[str, None]]:
        """The items of which something may be otherwise than on the day before; first, all."""
        there = (name for name in self.read.items if name not in self.read.absent)
        found: list[dict[str, None]] = [dict.fromkeys(there), *({} for _ in self.days[1:])]
        for name, index in self.case.circuit.named.items():
            if name[0] in ("applies", "waived", "met", "releases") and name[-1] in found[0]:
                may, may_not = self.rails[index]
                turns = (may ^ may << 1 | may_not ^ may_not << 1) & self.ones & ~1
                while turns:
                    at = turns.bit_length() - 1
                    found[at][name[-1]] = None
                    turns ^= 1 << at
        return found


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
