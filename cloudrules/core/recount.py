"""The figures of a plan counted anew from what rulebooks, catalogues and quotes state.

For whoever checks a plan: plain, and apart from the planner that made it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from cloudrules.core.case import Case
from cloudrules.core.entries import Effort
from cloudrules.core.expression import TRUE, Compare, Expr, Name, Range, Waived, fold
from cloudrules.core.rulebook import Rulebook


@dataclass(frozen=True)
class Thing:
    """What can be acquired. `cost` in the catalogue's currency, `months` its own time."""

    kind: str
    cost: int
    months: int
    requires: Expr

    def weight(self, objective: str) -> int:
        """What it adds to an objective that is a sum."""
        if objective == "cost":
            return self.cost
        return 1 if objective == "actions" else int(self.kind == "certification")


def things(cases: list[Case], *, every: bool) -> dict[str, Thing]:
    """All that can be acquired; of what rulebooks state differently, the most.

    With `every`, also the items that another option of one reading brings.
    """
    found: dict[str, Thing] = {}
    for case in cases:
        own: dict[str, Thing] = {}
        held = case.situation.held
        for book in _readings(case, every=every):
            for name, thing in _things(case, book):
                if name not in held:
                    own.setdefault(name, thing)
        for name, thing in own.items():
            first = found.get(name, thing)
            cost, months = max(first.cost, thing.cost), max(first.months, thing.months)
            found[name] = replace(first, cost=cost, months=months)
    return found


def _readings(case: Case, *, every: bool) -> Iterator[Rulebook]:
    book, taken = case.rulebook, case.situation.readings
    yield book.under(taken)
    for start in (taken, book.defaults()) if every else ():
        for reading in book.readings:
            for option in reading.option_ids:
                other = {**start, reading.id: option}
                if book.possible(other):
                    yield book.under(other)


def _things(case: Case, book: Rulebook) -> Iterator[tuple[str, Thing]]:
    quotes = case.situation.efforts
    for name, evidence in book.evidence.items():
        if evidence.effort is not None or name in quotes:
            cost, months = _figures(evidence.effort, quotes.get(name))
            yield name, Thing(evidence.kind, cost, months, evidence.requires)
    for name, item in book.items.items():
        if item.met_by is None and name not in book.absent:
            cost, months = _figures(item.effort, quotes.get(name))
            yield name, Thing("attestation", cost, months, TRUE)


def _figures(stated: Effort | None, quoted: Effort | None) -> tuple[int, int]:
    """Cost and months: the vendor's own quote where there is one, else what is stated, else 0."""

    def figure(name: str) -> int:
        for effort in (quoted, stated):
            value = getattr(effort, name, None)
            if value is not None:
                return int(value)
        return 0

    return figure("cost"), figure("months")


def finishes(acquired: Mapping[str, Thing], held: frozenset[str]) -> dict[str, int]:
    """The month in which each thing is finished; what can never start is not there.

    Month by month: what has all that it requires starts, all side by side.
    """
    ends: dict[str, int] = {}
    month = 0
    while True:
        done = held | {name for name, end in ends.items() if end <= month}
        state = _State(done, held | acquired.keys())
        began = [
            name
            for name, thing in acquired.items()
            if name not in ends and fold(thing.requires, state)[0]
        ]
        ends.update((name, month + acquired[name].months) for name in began)
        if any(ends[name] == month for name in began):
            continue
        later = [end for end in ends.values() if end > month]
        if not later:
            return ends
        month = min(later)


class _State:
    """The interpreter of `requires`: whether it holds by now, and whether its negation will."""

    def __init__(self, done: frozenset[str], last: frozenset[str]) -> None:
        self.done, self.last = done, last

    def constant(self, value: bool) -> tuple[bool, bool]:
        return value, not value

    def name(self, leaf: Name) -> tuple[bool, bool]:
        return leaf.name in self.done, leaf.name not in self.last

    def negation(self, part: tuple[bool, bool]) -> tuple[bool, bool]:
        return part[1], part[0]

    def conjunction(self, parts: list[tuple[bool, bool]]) -> tuple[bool, bool]:
        return all(yes for yes, _ in parts), any(no for _, no in parts)

    def disjunction(self, parts: list[tuple[bool, bool]]) -> tuple[bool, bool]:
        return any(yes for yes, _ in parts), all(no for _, no in parts)

    def at_least(
        self, threshold: int, parts: list[tuple[int, tuple[bool, bool]]]
    ) -> tuple[bool, bool]:
        reached = sum(weight for weight, (yes, _) in parts if yes)
        possible = sum(weight for weight, (_, no) in parts if not no)
        return reached >= threshold, possible < threshold

    def compare(self, leaf: Compare) -> tuple[bool, bool]:
        raise TypeError("requires is over evidence alone")

    def waived(self, leaf: Waived) -> tuple[bool, bool]:
        raise TypeError("requires is over evidence alone")

    def items(self, leaf: Range) -> list[tuple[bool, bool]]:
        raise TypeError("requires is over evidence alone")
