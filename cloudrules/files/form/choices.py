"""The words that a drop-down on a cell allows."""

from __future__ import annotations

from cloudrules.files.excel.references import area_of
from cloudrules.files.excel.sheet import Sheet
from cloudrules.files.excel.workbook import Workbook
from cloudrules.files.form.at import At

_MOST = 1000  # words of a list


def allowed(book: Workbook, at: At) -> list[str] | None:
    """The words of the drop-down on a cell; None where it has none, or one that cannot be read."""
    found = at.sheet.choices.at(at.spot)
    return _words(book, at.sheet, found[1] or "") if found else None


def _words(book: Workbook, sheet: Sheet, formula: str) -> list[str] | None:
    formula = formula.strip().removeprefix("=")
    formula = book.names.get(formula.casefold(), formula)
    if formula.startswith('"'):
        listed = formula.strip('"').replace('""', '"').split(",")
        return [word.strip() for word in listed if word.strip()]
    where, _, reference = formula.rpartition("!")
    named = where.strip("'").replace("''", "'")
    source, area = book.sheet(named) if where else sheet, area_of(reference)
    if source is None or area is None:
        return None
    inside = sorted(filter(area.holds, source.cells))[:_MOST]
    return [text for text in (source.text(spot).strip() for spot in inside) if text] or None
