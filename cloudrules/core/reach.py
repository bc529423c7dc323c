"""How far 「以下の要件」 can reach: each place on a sheet where it may end."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping

from cloudrules.core.clause_words import compact
from cloudrules.core.expression import quoted
from cloudrules.core.formula_text import Item
from cloudrules.core.hints import exempts, hinted
from cloudrules.core.passage import releases, sentences
from cloudrules.core.sheet import Banner, Head, ItemRow, Sheet, Spot


class Reach:
    """The items of a sheet by number, and what stands between them.

    A place is told by the index of the item below it.
    """

    def __init__(self, sheet: Sheet, rows: Mapping[str, ItemRow]) -> None:
        self.order = list(rows)
        self.clauses: list[tuple[int, Spot]] = []
        self.banners: list[int] = []  # rows that are clauses
        self.heads: list[int] = []
        self.headings: list[int] = []
        at = 0
        for entry in sheet.entries:
            match entry:
                case ItemRow():
                    if any(map(releases, sentences(entry.text))):
                        self.clauses.append((at, entry.text_spot))
                    at += 1
                case Banner(text, spot):
                    if any(map(exempts, sentences(text))):
                        self.clauses.append((at, spot))
                        self.banners.append(at)
                    elif not hinted(text):
                        self.headings.append(at)
                case Head():
                    self.heads.append(at)
        sections = [row.section for row in rows.values()]
        self.sections = _ends(sections)
        self.groups = _ends([_group(section) for section in sections])

    def spans(self, at: int, spot: Spot, *, inside: bool, single: bool = False) -> dict[str, str]:
        """The items that a clause may release, by option, each set once; the widest is first.

        The clause stands in the cell `spot`, and what it releases begins with item `at`, or,
        where it stands inside that one, perhaps after it. `single`: it may be that item alone.
        """
        last = len(self.order) - 1
        ends = {
            "to-end": last,
            "next-banner": self._before(self.banners, at),
            "same-page": self._before(self.heads, at),
            "same-chapter": self._before(self.headings, at),
            "same-group": self.groups[at],
            "same-section": self.sections[at],
            "next-clause": self._next_clause(at, spot),
        }
        found: dict[str, str] = {}
        for option, end in ends.items():
            items = self._span(at, end)
            if items not in found.values():
                found[option] = items
        if single and self._span(at, at) not in found.values():
            found["next-item"] = self._span(at, at)
        if inside and at < last:
            found["after-item"] = self._span(at + 1, last)
        return found

    def _span(self, first: int, last: int) -> str:
        return span(Item(self.order[first], self.order[last] if last > first else ""))

    def _before(self, places: list[int], at: int) -> int:
        """The last item before the first of some places that is below item `at`."""
        found = bisect_right(places, at)
        return (places[found] if found < len(places) else len(self.order)) - 1

    def _next_clause(self, at: int, spot: Spot) -> int:
        found = bisect_right(self.clauses, at, key=lambda clause: clause[0])
        later = (index for index, other in self.clauses[found : found + 2] if other != spot)
        return next(later, len(self.order)) - 1


def _ends(sections: list[str]) -> list[int]:
    """For each item the last of those that follow in its section; the last of all without one."""
    ends: list[int] = []
    for at in range(len(sections) - 1, -1, -1):
        follows = at + 1 < len(sections) and sections[at + 1] == sections[at]
        ends.append(ends[-1] if follows else at)
    return [
        end if section else len(sections) - 1
        for section, end in zip(sections, reversed(ends), strict=True)
    ]


def span(item: Item) -> str:
    """Items as a list in the rule language has them: 1.6..1.28."""
    first = quoted(item.first)
    return f"{first}..{quoted(item.last)}" if item.last else first


def _group(section: str) -> str:
    """What a section has in common with those beside it: 資格・認証 of 資格・認証 ※…"""
    return re.split(r"[※(\s]", compact(section).replace("※", " ※"), maxsplit=1)[0]
