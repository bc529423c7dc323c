"""How far 「以下の要件」 can reach: each place on a sheet where it may end."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from cloudrules.core.clause_words import compact
from cloudrules.core.expression import quoted
from cloudrules.core.formula_text import Item
from cloudrules.core.hints import exempts, hinted
from cloudrules.core.passage import releases, sentences
from cloudrules.core.sheet import Banner, Head, ItemRow, Sheet, Spot


class Reach:
    """The items of a sheet by number, and what stands between them."""

    def __init__(self, sheet: Sheet, rows: Mapping[str, ItemRow]) -> None:
        self.sheet, self.rows = sheet, rows
        self.order = list(rows)
        self.clauses = dict(self._clauses())  # the index of the item below each, by its cell

    def spans(self, at: int, spot: Spot, *, inside: bool, single: bool = False) -> dict[str, str]:
        """The items that a clause may release, by option, each set once; the widest is first.

        The clause stands in the cell `spot`, and what it releases begins with item `at`, or,
        where it stands inside that one, perhaps after it. `single`: it may be that item alone.
        """
        last = len(self.order) - 1
        later = [index for other, index in self.clauses.items() if index > at and other != spot]
        banners = {each.spot for each in self.sheet.entries if isinstance(each, Banner)}
        bannered = [
            index for other, index in self.clauses.items() if index > at and other in banners
        ]
        ends = {
            "to-end": last,
            "next-banner": min(bannered, default=last + 1) - 1,
            "same-page": self._until(at, Head),
            "same-chapter": self._until(at, Banner),
            "same-group": self._alike(at, _group),
            "same-section": self._alike(at, lambda section: section),
            "next-clause": min(later, default=last + 1) - 1,
        }
        found: dict[str, str] = {}
        for option, end in ends.items():
            items = self._span(at, end)
            if end >= at and items not in found.values():
                found[option] = items
        if single and self._span(at, at) not in found.values():
            found["next-item"] = self._span(at, at)
        if inside and at < last:
            found["after-item"] = self._span(at + 1, last)
        return found

    def _span(self, first: int, last: int) -> str:
        return span(Item(self.order[first], self.order[last] if last > first else ""))

    def _clauses(self) -> Iterator[tuple[Spot, int]]:
        at = 0
        for entry in self.sheet.entries:
            if isinstance(entry, ItemRow) and self.rows[entry.number] is entry:
                if any(map(releases, sentences(entry.text))):
                    yield entry.text_spot, at
                at += 1
            elif isinstance(entry, Banner) and any(map(exempts, sentences(entry.text))):
                yield entry.spot, at

    def _until(self, at: int, kind: type[Head] | type[Banner]) -> int:
        """The last item before a head, or before a heading that is no clause."""
        index = -1
        for entry in self.sheet.entries:
            if isinstance(entry, ItemRow) and self.rows[entry.number] is entry:
                index += 1
            elif isinstance(entry, kind) and index >= at and not _is_clause(entry):
                return index
        return len(self.order) - 1

    def _alike(self, at: int, of: Callable[[str], str]) -> int:
        """The last item whose section is alike, of those that follow one another."""
        section = of(self.rows[self.order[at]].section)
        if not section:
            return len(self.order) - 1
        end = at
        while end + 1 < len(self.order) and of(self.rows[self.order[end + 1]].section) == section:
            end += 1
        return end


def span(item: Item) -> str:
    """Items as a list in the rule language has them: 1.6..1.28."""
    first = quoted(item.first)
    return f"{first}..{quoted(item.last)}" if item.last else first


def _is_clause(entry: Head | Banner) -> bool:
    return isinstance(entry, Banner) and hinted(entry.text)


def _group(section: str) -> str:
    """What a section has in common with those beside it: 資格・認証 of 資格・認証 ※…"""
    return re.split(r"[※(\s]", compact(section).replace("※", " ※"), maxsplit=1)[0]
