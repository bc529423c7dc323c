"""The sheets of a file: an Excel workbook, or a text in which tabs (in .csv, commas) part cells."""

from __future__ import annotations

import re
from pathlib import Path

from cloudrules.core.errors import BadInput, Place, fault
from cloudrules.core.sheet import Grid
from cloudrules.files import utf8
from cloudrules.files.excel import package, workbook
from cloudrules.files.excel.sheet import Sheet
from cloudrules.files.library import read_bytes

LARGEST = 4 * 2**20  # bytes of a text
CELLS, ROWS = 40_000, 5000  # of a text; of a file, those that say something
LETTERS = 500_000  # of all cells, each as often as it is shown: many may share one text
_BOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")


def read(path: Path) -> list[Grid]:
    """The sheets of a file, those that are hidden too. Raises BadInput."""
    data = read_bytes(path, package.LARGEST)
    grids = _grids(path, data)
    if sum(len({row for row, _ in grid.texts}) for grid in grids) > ROWS:
        raise BadInput([fault("grid-rows", Place(str(path)), most=f"{ROWS:,}")])
    if sum(map(len, (text for grid in grids for text in grid.said()))) > LETTERS:
        raise BadInput([fault("grid-long", Place(str(path)), most=f"{LETTERS:,}")])
    return grids


def _grids(path: Path, data: bytes) -> list[Grid]:
    if path.suffix.lower() in _BOOKS or data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return [_grid(sheet) for sheet in workbook.from_bytes(data, str(path)).sheets]
    text = utf8.text_of(data, str(path), LARGEST, "text")
    mark = "," if path.suffix.lower() == ".csv" else "\t"
    if text.count(mark) + text.count("\n") >= CELLS:
        raise BadInput([fault("grid-cells", Place(str(path)), most=f"{CELLS:,}")])
    return [Grid("", _cells(text, mark))]


def _grid(sheet: Sheet) -> Grid:
    texts = {spot: cell.text for spot, cell in sheet.cells.items() if cell.text}
    struck = {spot: cell.struck for spot, cell in sheet.cells.items() if cell.struck.strip()}
    return Grid(sheet.name, texts, _Under(sheet), struck)


class _Under:
    """The cells of merged areas but for the first row of each, without listing them."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet

    def __contains__(self, spot: object) -> bool:
        return isinstance(spot, tuple) and spot[0] > self.sheet.area(spot).top


def _cells(text: str, mark: str) -> dict[tuple[int, int], str]:
    """The cells of a text; their rows are its lines, a quoted cell may have several."""
    bare = rf"(?P<bare>[^{mark}\r\n]*)"
    end = rf"(?P<end>{mark}|\r\n|[\r\n]|$)"
    quoted = re.compile(rf'"(?P<quoted>(?:[^"]++|"")*+)"{end}')
    # A quote that is not closed, or that words follow, is one of the words.
    plain = re.compile(bare + end)
    found: dict[tuple[int, int], str] = {}
    at, row, column, lines = 0, 1, 1, 1
    while at < len(text):
        if match := quoted.match(text, at):
            found[row, column] = match["quoted"].replace('""', '"')
            lines += match["quoted"].count("\n")
        else:
            match = plain.match(text, at)
            assert match
            found[row, column] = match["bare"]
        if match["end"] == mark:
            column += 1
        else:
            row, column, lines = row + lines, 1, 1
        at = match.end()
    return found
