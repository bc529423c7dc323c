"""The cells of the fields at the top of a form."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from cloudrules.files.excel.sheet import Cell, Sheet
from cloudrules.files.form.at import At, anchor
from cloudrules.files.form.words import Field, field_of

_FAR = 5  # columns from a label within which its field may stand


def fields(sheet: Sheet) -> Iterator[tuple[Field, At]]:
    """The cells to the right of the labels of fields, of each field the first that has one."""
    labels = {spot: name for spot, cell in sheet.cells.items() if (name := field_of(cell.text))}
    columns: dict[int, list[int]] = {}
    for row, column in sorted(labels):
        columns.setdefault(row, []).append(column)
    told: set[Field] = set()
    for spot in sorted(labels):
        if labels[spot] in told:
            continue
        row, first = spot[0], sheet.area(spot).right + 1
        after = columns[row][bisect_right(columns[row], spot[1]) :]
        end = min(after[0] if after else first + _FAR, first + _FAR)
        if end > first:
            told.add(labels[spot])
            yield labels[spot], _filled(sheet, row, range(first, end))


def _filled(sheet: Sheet, row: int, columns: range) -> At:
    """The cell beside a label; where that is empty, the first with a text that somebody typed.

    A formula, a number or the state of a check box further on is about something else.
    """
    beside = anchor(sheet, (row, columns[0]))[0]
    if beside.cell.text.strip() or beside.cell.formula or beside.cell.struck:
        return beside
    further = (anchor(sheet, (row, column))[0] for column in columns)
    return next((at for at in further if _typed(at.cell)), beside)


def _typed(cell: Cell) -> bool:
    written = cell.kind in ("text", "day") and not cell.formula
    return written and bool(cell.text.strip() or cell.struck.strip())
