"""The numbers of items, where a sheet has lost or repeats some: each item gets one of its own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from cloudrules.core.entry import normal
from cloudrules.core.hints import hinted
from cloudrules.core.mentions import figures
from cloudrules.core.sheet import LONGEST_TITLE, Banner, Entry, ItemRow

_DECIMAL = re.compile(r"(\d{1,4})\.(\d{1,3})")
_TOKEN = re.compile(r"[0-9A-Z]{1,4}(?:[.-]?\([0-9A-Za-zア-ン]{1,4}\)|[.-][0-9A-Za-zア-ン]{1,4})+")
# How a clause may name item 1 of chapter 2, the first where none does
_FORMS = ("{}-{}", "{}.{}", "{}({})", "{}-({})")
_SIMPLE = re.compile(r"\d{1,4}|[ア-ンA-Za-z]")
_LEADING = re.compile(r"(?:第|[(\[【〈<])?([0-9]{1,3}|[A-Z])(?![0-9A-Za-z])")


def restored(entries: Sequence[Entry]) -> list[Entry]:
    """1.10 where a workbook keeps it as the number 1.1: what stands between 1.9 and 1.11.

    Only where the order of the numbers leaves no other way to read it.
    """
    items = [each for each in entries if isinstance(each, ItemRow)]
    there = {each.number for each in items}
    names: dict[int, str] = {}
    last = ""
    for at, item in enumerate(items):
        follows = items[at + 1].number if at + 1 < len(items) else ""
        full = _restored(last, item.number, follows)
        if full and full not in there:
            names[id(item)] = last = full
            there.add(full)
        else:
            last = item.number
    return [
        replace(each, number=names[id(each)], written=each.number)
        if isinstance(each, ItemRow) and id(each) in names
        else each
        for each in entries
    ]


def _restored(last: str, name: str, follows: str) -> str:
    before, now = _DECIMAL.fullmatch(last), _DECIMAL.fullmatch(name)
    if not before or not now or before[1] != now[1] or int(before[2]) % 10 != 9:
        return ""
    due = str(int(before[2]) + 1)
    if due.rstrip("0") != now[2]:
        return ""
    after = _DECIMAL.fullmatch(follows)
    goes_on = after and after[1] == now[1] and int(after[2]) != int(due) + 1
    return "" if goes_on else f"{now[1]}.{due}"


def unique(entries: Sequence[Entry], title: str = "") -> tuple[list[Entry], frozenset[str]]:
    """Each item with a number of its own; and the numbers that the sheet has given to several.

    Where numbers are repeated, those of its chapters stand before an item's own: 1 of chapter 2 is
    2-1. Where that does not tell items apart, they are counted: the second 1.1 is 1.1_2.
    """
    items = [each for each in entries if isinstance(each, ItemRow)]
    counts = Counter(each.number for each in items)
    if len(counts) == len(items):
        return list(entries), frozenset()
    names = _joined(entries, title) or [*_counted([each.number for each in items])]
    told = dict(zip(map(id, items), names, strict=True))
    renamed = [
        replace(each, number=name, written=each.written or each.number)
        if isinstance(each, ItemRow) and (name := told[id(each)]) != each.number
        else each
        for each in entries
    ]
    return renamed, frozenset(name for name, count in counts.items() if count > 1)


def _joined(entries: Sequence[Entry], title: str) -> list[str]:
    """The numbers of chapters and items, joined as clauses have them; [] if they do not tell."""
    pairs = [(chapter, each.number) for chapter, each in _chapters(entries, title)]
    if not all(chapter and _SIMPLE.fullmatch(number) for chapter, number in pairs):
        return []
    said = {
        name
        for each in entries
        if isinstance(each, ItemRow | Banner) and hinted(each.text[:LONGEST_TITLE])
        for name in _TOKEN.findall(figures(each.text[:LONGEST_TITLE]))
    }
    ways = [[form.format(*pair) for pair in pairs] for form in _FORMS]
    names = max(ways, key=lambda way: len(said.intersection(way)))
    return names if len(set(names)) == len(names) else []


def _chapters(entries: Iterable[Entry], title: str) -> Iterator[tuple[str, ItemRow]]:
    """Each item with the numbers that its sections, or else the heading above it, begin with."""
    first = _LEADING.match(normal(title))
    heading = first[1] if first else ""
    for each in entries:
        if isinstance(each, ItemRow):
            levels = [_LEADING.match(normal(level)) for level in each.section.split(" / ")]
            said = "-".join(found[1] for found in levels if found)
            yield said or heading, each
        elif isinstance(each, Banner) and not hinted(each.text):
            found = _LEADING.match(normal(each.text))
            heading = found[1] if found else heading


def _counted(names: list[str]) -> Iterator[str]:
    taken = set(names)
    counts: Counter[str] = Counter()
    for name in names:
        counts[name] += 1
        said = name
        while counts[name] > 1 and (said := f"{name}_{counts[name]}") in taken:
            counts[name] += 1
        taken.add(said)
        yield said
