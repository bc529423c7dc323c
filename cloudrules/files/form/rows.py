"""Whether the rows of a form are tall enough for what is written into them.

The height of a row follows what it holds, unless somebody has fixed it; what stands in the file is
what it came to last, and is brought up to date as Excel would when one types. A fixed height stays,
and so does that of merged cells, which no row follows, unless other is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from cloudrules.files.excel.sheet import Area, Sheet, Spot
from cloudrules.files.excel.workbook import Workbook


class Measure(Protocol):
    """What texts need, in points, in a column of a width in digits."""

    def enough(self, text: str, width: float, size: float, leading: float) -> float: ...
    def least(self, text: str, width: float, size: float) -> float: ...


TALLEST = 409.0  # points that a row can have
_TALL = 1.5  # lines of some fonts have half their letters' height between them, or more


@dataclass
class Rows:
    """`heights` are to be written, by sheet and row; the others name rows in which texts are cut:

    `cut` those whose height stays, `tall` those for which no height is enough.
    """

    heights: dict[str, dict[int, float]] = field(default_factory=dict)
    cut: list[str] = field(default_factory=list)
    tall: list[str] = field(default_factory=list)


def fitted(
    book: Workbook, texts: Mapping[str, Mapping[Spot, str]], measure: Measure, every: bool
) -> Rows:
    """The rows that these texts are written into; `every`: those of a fixed height as well."""
    found = Rows()
    for sheet in book.sheets:
        for spot, text in sorted(texts.get(sheet.name, {}).items()):
            cell = _Cell(book, sheet, sheet.area(spot), text)
            if text and cell.wraps and cell.width and spot[0] not in sheet.hidden_rows:
                _fit(cell, measure, every, found)
    for told in (found.cut, found.tall):
        told[:] = _ranges([*dict.fromkeys(told)])
    return found


@dataclass(frozen=True)
class _Cell:
    """A cell that a text is written into, or the cells that it is merged with."""

    book: Workbook
    sheet: Sheet
    area: Area
    text: str

    @property
    def style(self) -> int:
        there = self.sheet.cells.get((self.area.top, self.area.left))
        return there.style if there else 0

    @property
    def wraps(self) -> bool:
        return self.book.styles.wraps(self.style)

    @property
    def size(self) -> float:
        return self.book.styles.size(self.style)

    @property
    def leading(self) -> float:
        """A line's height by the size of its letters in the usual font, if that is a tall one."""
        usual = self.sheet.height / self.book.styles.usual  # a row is one line tall
        return usual if _TALL < usual < 2 and not self.sheet.fixed else 0

    @property
    def width(self) -> float:
        return self.sheet.wide(self.area)

    @property
    def merged(self) -> bool:
        return (self.area.top, self.area.left) != (self.area.bottom, self.area.right)


def _fit(cell: _Cell, measure: Measure, every: bool, found: Rows) -> None:
    sheet, row, width, size = cell.sheet, cell.area.bottom, cell.width, cell.size
    there = sheet.tall(cell.area)
    enough = measure.enough(cell.text, width, size, cell.leading)
    one_line = measure.enough("字", width, size, cell.leading)
    least = measure.least(cell.text, width, size)
    known = sheet.heights.get(row)
    fixed = cell.merged or (known.fixed if known else sheet.fixed)
    if least > TALLEST * (row + 1 - cell.area.top):
        found.tall.append(f"{sheet.name}!{cell.area.top}")
    elif fixed and not every and least > there:
        found.cut.append(f"{sheet.name}!{cell.area.top}")
    # A row without any height is given one by Excel.
    if enough > max(there, one_line) and (every or (known and not fixed)):
        heights = found.heights.setdefault(sheet.name, {})
        height = min(TALLEST, sheet.row_height(row) + enough - there)
        heights[row] = max(height, heights.get(row, 0))


def _ranges(names: list[str]) -> Iterator[str]:
    """Rows of one sheet that follow one another as `Sheet!8-12`."""
    runs: list[tuple[str, int, int]] = []
    for name in names:
        sheet, _, row = name.rpartition("!")
        if runs and runs[-1][0] == sheet and runs[-1][2] + 1 == int(row):
            runs[-1] = sheet, runs[-1][1], int(row)
        else:
            runs.append((sheet, int(row), int(row)))
    for sheet, first, last in runs:
        yield f"{sheet}!{first}" + (f"-{last}" if last > first else "")
