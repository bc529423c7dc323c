"""How tall a row of a sheet must be for a text, as far as that can be told without its font."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

from cloudrules.render.table import breaks, columns

TALLEST = 409.0  # points that a row can have
PADDING = 5.0  # points
DIGIT, MARGIN = 7, 5  # pixels: a digit of the font that widths of columns are counted in
SIZE = 10  # points of a form's letters
# A line's height by the size of its letters: as much as most fonts need, and in the lowest ones.
_LATIN, _WIDE, _LOWEST = 1.28, 1.42, 1.15


def enough(text: str, width: float, size: float = SIZE, leading: float = 0) -> float:
    """Points in which a text surely fits, in a column of a width in digits.

    Letters wider than most, and a printer that breaks lines elsewhere, are allowed for; `leading`
    is a line's height by the size of its letters, where it is known to be more than most.
    """
    height = PADDING
    for line in _lines(text, _room(width, size), 0.92):
        usual = _WIDE if columns(line) > len(line) else _LATIN
        height += max(usual, leading) * size
    return min(TALLEST, ceil(height * 4) / 4)  # in the steps that Excel has


def least(text: str, width: float, size: float = SIZE) -> float:
    """Points without which a text is surely cut, in whatever font."""
    return _LOWEST * size * sum(1 for _ in _lines(text, _room(width, size), 1.1))


def _room(width: float, size: float) -> float:
    """How many columns of text there are; a full-width character takes two."""
    return (width * DIGIT + MARGIN) / (size * 2 / 3)


def _lines(text: str, room: float, part: float) -> Iterator[str]:
    """A text's lines in a part of the room; Latin letters are half as wide as high, or less."""
    for line in text.split("\n"):
        latin = columns(line) == len(line)
        for start, end in breaks(line, max(2, int(room * (part + 0.1 * latin)))):
            yield line[start:end]
