"""One sheet: its cells, kept only where there are any, and what else a form is found by."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple, TypeAlias

from cloudrules.files.excel.areas import Area, Areas, Spot

Kind: TypeAlias = Literal["text", "number", "day", "boolean", "error", "none"]


class Cell(NamedTuple):
    """A cell's text (a day as 2027-03-31), what it was stored as, and the number of its format.

    What has no value stored is of kind `none`: an empty cell, or a formula not computed yet.
    What is struck through is no part of the text; it is in `struck`.
    """

    text: str
    formula: bool = False
    style: int = 0
    kind: Kind = "text"
    struck: str = ""

    @property
    def withdrawn(self) -> bool:
        """Whether all that stands in the cell is struck through."""
        return bool(self.struck.strip()) and not self.text.strip()

    @property
    def uncomputed(self) -> bool:
        """Whether it is a formula of which the file has no value."""
        return self.formula and self.kind == "none"


class Height(NamedTuple):
    """A row's height in points; one that is not fixed follows what the row holds."""

    points: float
    fixed: bool


@dataclass
class Sheet:
    """`cells` holds every cell that the file has; most of the sheet is not in it.

    `height` is that of rows which are not in `heights`, in points, `fixed` if it is not to follow
    what they hold; `widths` are those of columns from one to another, in digits.
    """

    name: str
    part: str
    hidden: bool = False
    cells: dict[Spot, Cell] = field(default_factory=dict)
    merged: Areas[None] = field(default_factory=Areas)
    protected: bool = False
    hidden_rows: set[int] = field(default_factory=set)
    choices: Areas[str] = field(default_factory=Areas)  # drop-downs: each list, as a formula
    heights: dict[int, Height] = field(default_factory=dict)
    widths: list[tuple[int, int, float]] = field(default_factory=list)
    height: float = 15.0
    fixed: bool = False
    usual_width: float = 8.43

    def row_height(self, row: int) -> float:
        return self.heights[row].points if row in self.heights else self.height

    def tall(self, area: Area) -> float:
        """The height of an area in points."""
        rows = range(area.top, area.bottom + 1)
        known = rows if len(rows) < len(self.heights) else self.heights
        given = [self.heights[row].points for row in known if row in rows and row in self.heights]
        return sum(given) + self.height * (len(rows) - len(given))

    def wide(self, area: Area) -> float:
        """The width of an area in digits of the usual font."""
        left = area.right + 1 - area.left
        found = 0.0
        for low, high, width in self.widths:
            shared = max(0, min(high, area.right) + 1 - max(low, area.left))
            found += width * shared
            left -= shared
        return found + self.usual_width * max(0, left)

    def text(self, spot: Spot) -> str:
        cell = self.cells.get(spot)
        return cell.text if cell else ""

    def area(self, spot: Spot) -> Area:
        """The merged cells that a cell is one of, or the cell alone."""
        found = self.merged.at(spot)
        return found[0] if found else Area(*spot, *spot)
