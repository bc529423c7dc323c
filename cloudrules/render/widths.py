"""How a printed page is shared among the columns of a table."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

from cloudrules.render.blocks import Column, Divider, Grid, Line
from cloudrules.render.clean import clean
from cloudrules.render.table import columns

NARROW = 18  # columns of text that a cell may take without being wrapped
MOST = 240  # columns of text beyond which a longer one asks for no more room
PAGE = 128  # columns of text across a page
EDGES = 3  # of a cell, as columns of text


def shares(grid: Grid) -> list[float | None]:
    """The share of each column of what is left by those that are as wide as they need: None."""
    return [_share(column, cells) for column, cells in _columns(grid)]


def percents(grid: Grid) -> list[int | None]:
    """The same, about, in hundredths of the page."""
    found = shares(grid)
    whole = (
        max([columns(column.title), *(columns(_plain(cell)) for cell in cells)]) + EDGES
        for (column, cells), share in zip(_columns(grid), found, strict=True)
        if share is None
    )
    left = max(100 * (1 - sum(whole) / PAGE), 20)
    total = sum(share for share in found if share is not None)
    return [None if share is None else max(round(left * share / total), 1) for share in found]


def _columns(grid: Grid) -> list[tuple[Column, list[Line]]]:
    rows = [row for row in grid.rows if not isinstance(row, Divider)]
    return [(column, [row[at] for row in rows]) for at, column in enumerate(grid.columns)]


def _share(column: Column, cells: Sequence[Line]) -> float | None:
    """A share grows with the root of the words: twice as many make it wider, and rows higher."""
    lengths = [min(columns(_plain(cell)), MOST) for cell in cells]
    if column.fit == "whole" and max(lengths, default=0) <= NARROW:
        return None
    words = (sum(lengths) / max(len(cells), 1) + max(lengths, default=0)) / 2
    return max(sqrt(words) * 4, columns(column.title), NARROW / 2)


def _plain(line: Line) -> str:
    return clean("".join(span.text for span in line))
