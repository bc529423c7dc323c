"""Columns on a terminal: how wide text is, where it may break, and tables that keep aligned."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import zip_longest
from unicodedata import category, east_asian_width

from cloudrules.render.blocks import Column, Divider, Grid, Line, Span
from cloudrules.render.clean import clean
from cloudrules.render.style import paint

GAP = "  "
NARROWEST = 8  # columns that a cell keeps however narrow the terminal is
_NO_START = "、。，．,.)）」』】〉》〕］｝:;：；?!？！ー々・…〜~’”"
_NO_END = "(（「『【〈《〔［｛‘“"


def columns(text: str) -> int:
    """How many columns of a terminal `text` takes; a full-width character takes two."""
    if text.isascii():
        return len(text)
    return sum(map(_columns, text))


@lru_cache(2**14)
def _columns(char: str) -> int:
    if east_asian_width(char) in "WF":
        return 2
    return 0 if category(char) in ("Mn", "Me", "Cf") else 1


def padded(text: str, width: int) -> str:
    return text + " " * (width - columns(text))


def cut(text: str, width: int) -> str:
    """`text` in at most `width` columns, an ellipsis where it is cut."""
    if columns(text) <= width:
        return text
    kept, used = "", 1
    for char in text:
        used += _columns(char)
        if used > width:
            break
        kept += char
    return kept.rstrip() + "…"


def _units(text: str) -> Iterator[tuple[int, int]]:
    """The pieces between which a line may break, as offsets."""
    start = 0
    for at in range(1, len(text)):
        left, right = text[at - 1], text[at]
        if right == " " or right in _NO_START or left in _NO_END or not _columns(right):
            continue
        if left == " " or _columns(left) == 2 or _columns(right) == 2:
            yield start, at
            start = at
    if text:
        yield start, len(text)


def _reach(text: str, start: int, stop: int, width: int) -> int:
    """How far `text` goes from `start` within `width` columns; at least one character."""
    used = 0
    for at in range(start, stop):
        used += _columns(text[at])
        if used > width and at > start:
            return at
    return stop


def breaks(text: str, width: int) -> list[tuple[int, int]]:
    """The lines of `text` in `width` columns, as offsets; at least one."""
    lines: list[tuple[int, int]] = []
    start = end = used = 0
    for left, right in _units(text):
        stop = left + len(text[left:right].rstrip())
        size = columns(text[left:stop])
        if end > start and used + size > width:
            lines.append((start, end))
            start, used = left, 0
        end = right
        if used + size > width:
            while (reached := _reach(text, start, stop, width)) < stop:
                lines.append((start, reached))
                start = reached
            used = columns(text[start:right])
        else:
            used += columns(text[left:right])
    return [*lines, (start, end)] if end > start or not lines else lines


def cleaned(line: Line) -> Line:
    return tuple(Span(clean(span.text), span.tone) for span in line)


def wrapped(line: Line, width: int) -> list[Line]:
    """A clean line as lines of at most `width` columns, each piece keeping its tone."""
    text = "".join(span.text for span in line)
    lines: list[Line] = []
    for start, end in breaks(text, max(width, 2)):
        end = start + len(text[start:end].rstrip())
        pieces, offset = [], 0
        for span in line:
            piece = span.text[max(start - offset, 0) : max(end - offset, 0)]
            offset += len(span.text)
            if piece:
                pieces.append(Span(piece, span.tone))
        lines.append(tuple(pieces))
    return lines


def shown(line: Line, colour: bool) -> str:
    return "".join(paint(span.text, span.tone, colour) for span in line)


def _length(line: Line) -> int:
    return sum(columns(span.text) for span in line)


def _widths(grid: Grid, rows: list[tuple[Line, ...]], width: int) -> list[int]:
    """The width of each column: the widest that may give way does, until the table fits."""
    widths = [min(max(_length(row[at]) for row in rows), width) for at in range(len(grid.columns))]
    room = width - len(GAP) * (len(widths) - 1)
    soft = [at for at, column in enumerate(grid.columns) if column.fit != "whole"]
    while soft and sum(widths) > room:
        widest = max(soft, key=lambda at: widths[at])
        if widths[widest] <= NARROWEST:
            break
        widths[widest] -= 1
    return widths


def drawn(grid: Grid, colour: bool, width: int) -> list[str]:
    """The lines of a table."""
    rows = [
        row if isinstance(row, Divider) else tuple(cleaned(cell) for cell in row)
        for row in grid.rows
    ]
    titles = tuple((Span(clean(column.title), "strong"),) for column in grid.columns)
    cells = [titles, *(row for row in rows if not isinstance(row, Divider))]
    widths = _widths(grid, cells, width)
    lines = _row(grid.columns, titles, widths, colour)
    lines.append(GAP.join("-" * each for each in widths))
    for row in rows:
        if isinstance(row, Divider):
            lines += [shown(part, colour) for part in wrapped(cleaned(row.line), width)]
        else:
            lines += _row(grid.columns, row, widths, colour)
    return lines


def _row(
    heads: tuple[Column, ...], row: tuple[Line, ...], widths: list[int], colour: bool
) -> list[str]:
    cells: list[list[Line]] = []
    for head, cell, width in zip(heads, row, widths, strict=True):
        if head.fit == "cut" and _length(cell) > width:
            text = "".join(span.text for span in cell)
            cell = (Span(cut(text, width), cell[0].tone),)
        cells.append(wrapped(cell, width) if head.fit == "wrap" else [cell])
    lines: list[str] = []
    for parts in zip_longest(*cells, fillvalue=()):
        text = ""
        for head, part, width in zip(heads, parts, widths, strict=True):
            space = " " * (width - _length(part))
            piece = shown(part, colour)
            text += (space + piece if head.right else piece + space) + GAP
        lines.append(text.rstrip(" "))
    return lines
