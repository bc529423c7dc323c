"""Numbers at the beginning of cells, parted from the words that follow them."""

from __future__ import annotations

import re
from collections import Counter

from cloudrules.core.entry import normal
from cloudrules.core.sheet import Cell, Row, need, number

_NUMBERED = re.compile(
    r"((?:[A-Za-z]{1,4}-)?\d{1,4}(?:[.-]\d{1,4})+)(?:[.、:)]\s*|\s+)(?=\S)", re.DOTALL
)


def parted(rows: list[Row]) -> list[Row]:
    """Where numbers begin the cells of a column that has words too, they get a column."""
    items = [row for row in rows if any(need(cell.text) for cell in row.values())]
    if any(number(cell.text) for row in items for cell in row.values()):
        return rows
    counts = Counter(
        at for row in items for at, cell in row.items() if _NUMBERED.match(normal(cell.text))
    )
    if not counts:
        return rows
    column = min(counts, key=lambda at: (-counts[at], at))
    for row in items:
        if column in row:
            row.update(_halves(row[column], column))
    return [dict(sorted(row.items())) for row in rows]


def _halves(cell: Cell, column: int) -> Row:
    found = _NUMBERED.match(normal(cell.text))
    if not found:
        return {}
    # Normal text may differ in length: words begin where the cell no longer has a number's marks.
    words = re.sub(
        r"^[\s0-9０-９.．:：、)）A-Za-zＡ-Ｚａ-ｚ-]*?[.．:：、)）\s]\s*(?=[^\s0-9０-９.．])",
        "",
        cell.text,
    )
    return {column - 1: Cell(found[1], cell.spot), column: Cell(words, cell.spot)}
