"""A cell of a sheet, by which what is found in a form is named."""

from __future__ import annotations

from dataclasses import dataclass

from cloudrules.files.excel.areas import Area, Spot
from cloudrules.files.excel.references import address
from cloudrules.files.excel.sheet import Cell, Sheet


@dataclass(frozen=True)
class At:
    """A cell of a sheet."""

    sheet: Sheet
    spot: Spot

    def __str__(self) -> str:
        return f"{self.sheet.name}!{address(self.spot)}"

    @property
    def cell(self) -> Cell:
        return self.sheet.cells.get(self.spot, Cell(""))


def anchor(sheet: Sheet, spot: Spot) -> tuple[At, Area]:
    """The cell that holds what a cell shows: the first of those it is merged with."""
    area = sheet.area(spot)
    return At(sheet, (area.top, area.left)), area
