"""Numbers at the beginning of cells, parted from the words that follow them."""

from __future__ import annotations

import re
from collections import Counter

from cloudrules.core.mentions import figures
from cloudrules.core.sheet import Cell, Row, need, number

_NUMBERED = re.compile(
    r"\s*(?:((?:[A-Za-z]{1,5}-)?\d{1,4}(?:[.-]\d{1,4})+|[A-Za-z]{1,5}-\d{1,4})(?:[.、:)]\s*|\s+)"
    r"|(\d{1,3})(?:[.、:)]\s*)(?!\d)|\((\d{1,3})\)\s*)(?=\S)"
)
_LONGEST = 40  # characters of a number and what follows it


def parted(rows: list[Row]) -> list[Row]:
    """Where numbers begin the cells of a column that has words too, they get a column."""
    items = [row for row in rows if any(need(cell.text) for cell in row.values())]
    if any(number(cell.text) for row in items for cell in row.values()):
        return rows
    counts = Counter(at for row in items for at, cell in row.items() if _number(cell.text))
    if not counts:
        return rows
    column = min(counts, key=lambda at: (-counts[at], at))
    for row in items:
        if column in row:
            row.update(_halves(row[column], column))
    return [dict(sorted(row.items())) for row in rows]


def _number(text: str) -> str:
    """The number that a text begins with, or ''."""
    found = _NUMBERED.match(figures(text[:_LONGEST]))
    return (found[1] or found[2] or found[3]) if found else ""


def _halves(cell: Cell, column: int) -> Row:
    found = _NUMBERED.match(figures(cell.text[:_LONGEST]))
    if not found:
        return {}
    # Half width may differ in length: words begin where the cell has said as much.
    end = next(
        end for end in range(len(cell.text)) if figures(cell.text[:end]).strip() == found[0].strip()
    )
    words = cell.text[end:].strip()
    return {
        column - 1: Cell(_number(cell.text), cell.spot),
        column: Cell(words, cell.spot),
    }
