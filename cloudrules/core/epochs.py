"""The spans of days between which the entries of a rulebook come and go."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, timedelta

from cloudrules.core.rulebook import Rulebook


def turns(rulebook: Rulebook) -> list[date]:
    """The days on which some entry, in some reading, may come into force or be no more."""
    books = [rulebook]
    for reading in rulebook.readings:
        books += [rulebook.derived(option.change) for option in reading.options]
    found: set[date] = set()
    for book in books:
        for entry in book.entries():
            if entry.in_force.from_:
                found.add(entry.in_force.from_)
            if entry.in_force.until and entry.in_force.until < date.max:
                found.add(entry.in_force.until + timedelta(1))
    return sorted(found)


def epoch(days: list[date], day: date) -> int:
    """Which of the spans that `turns` parts a day is in."""
    return bisect_right(days, day)


def each(rulebook: Rulebook) -> list[Rulebook]:
    """The rulebook on a day of each span in which it is in force; as it is where there is one."""
    days = turns(rulebook)
    if not days:
        return [rulebook]
    before = days[0] - timedelta(1) if days[0] > date.min else days[0]
    spans = {rulebook.in_force.nearest(day) for day in (before, *days)}
    first: dict[int, date] = {}
    for day in sorted(spans):
        first.setdefault(epoch(days, day), day)
    return [rulebook.on(day) for day in first.values()]
