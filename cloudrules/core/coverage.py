"""What scenarios show of a rulebook: each clause deciding, each item in each of its statuses.

A waiver, or an operand of an `or`, is shown deciding by a variant that notices when it is left out.
A status is shown by a variant that passes and states it: `items` or `changes` give it, or `missing`
or `waived` list the item while it has it. What is proved impossible is not counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from cloudrules.core import mutation
from cloudrules.core.checking import Means
from cloudrules.core.contrast import STATUSES, Contrasts
from cloudrules.core.entries import Item
from cloudrules.core.entry import Scalar
from cloudrules.core.errors import TooLarge
from cloudrules.core.mutants import Counted, Judged, judged
from cloudrules.core.mutation import Mutation
from cloudrules.core.noticing import Told, Watch
from cloudrules.core.parser import parse_arg
from cloudrules.core.problem import OutOfTime
from cloudrules.core.rulebook import Rulebook


@dataclass(frozen=True)
class Coverage:
    """`items` has the statuses that each item can have, each with the variant that shows it.

    `idle` clauses are proved to decide nothing, and are not among the others.
    """

    rulebook: Rulebook
    waivers: tuple[Judged, ...]
    disjuncts: tuple[Judged, ...]
    items: dict[str, dict[str, Told | None]]
    idle: int = 0

    @property
    def shown(self) -> int:
        """How many of what is counted is shown."""
        clauses = sum(each.noticed_by is not None for each in (*self.waivers, *self.disjuncts))
        return clauses + sum(
            each is not None for there in self.items.values() for each in there.values()
        )

    @property
    def counted(self) -> int:
        statuses = sum(len(there) for there in self.items.values())
        return len(self.waivers) + len(self.disjuncts) + statuses

    @property
    def share(self) -> Fraction:
        return Fraction(self.shown, self.counted) if self.counted else Fraction(1)


def from_watch(watch: Watch, counted: Counted, means: Means) -> Coverage:
    """The coverage of the clauses and items whose place counts."""
    book = watch.rulebook

    def deciding(found: Iterable[Mutation]) -> tuple[list[Judged], int]:
        each = judged(watch, [one for one in found if counted(one.place)], means)
        kept = [one for one in each if not one.equivalent]
        return kept, len(each) - len(kept)

    waivers, idle = deciding(mutation.waivers(book))
    disjuncts, more = deciding(mutation.disjuncts(book))
    shown: dict[tuple[str, str], Told] = {}
    for told in watch.told:
        for item, status in stated(told):
            shown.setdefault((item, status), told)
    items = {
        item: {status: shown.get((item, status)) for status in there}
        for item, there in _possible(book, means).items()
        if _counts(book.items.get(item), counted)
    }
    return Coverage(book, tuple(waivers), tuple(disjuncts), items, idle + more)


def stated(told: Told) -> Iterator[tuple[str, str]]:
    """The statuses that a variant states of items; none where it does not pass."""
    expect, found = told.answer.asked.variant.expect, told.answer.assessment
    if expect is None or not told.passed:
        return
    status = {item.id: item.status for item in found.items}
    listed = {"missing": expect.missing or (), "waived": expect.waived or ()}
    for kind, parts in listed.items():
        for item in found.rulebook.listed(parts):
            if status.get(item) == kind:
                yield item, kind
    for ref, given in expect.items.items():
        for item in found.rulebook.listed((parse_arg(Scalar(ref.name, ref.place)),)):
            yield item, given
    for change in expect.changes:
        if change.to is not None:
            yield change.item.name, change.to


def _possible(rulebook: Rulebook, means: Means) -> dict[str, tuple[str, ...]]:
    """The statuses that items can have; all of them where it cannot be told in time."""
    try:
        return Contrasts(rulebook, [], means).statuses()
    except (TooLarge, OutOfTime):
        return dict.fromkeys(rulebook.items, STATUSES)


def _counts(item: Item | None, counted: Counted) -> bool:
    """Whether an item, or any of its fields, stands where it counts."""
    if item is None:  # an option of a reading adds it
        return True
    places = [item.place, *(node.place for _, _, node in item.entry)]
    return any(counted(place) for place in places)
