"""The blank form as an Excel workbook, by XlsxWriter: the same bytes for the same form."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from cloudrules.render.blank_form import ANSWER, NUMBER, REMARK, WIDTHS, Cell, Form, Kind

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

FONT = "ＭＳ Ｐゴシック"  # on every Windows and Mac with Excel; its lines are the lowest
# Nothing in the file tells when it was made.
MADE = datetime(2000, 1, 1)
PROMPT = 255  # characters that Excel shows beside a cell
A4 = 9

_GREY, _PALE = "#D9D9D9", "#F2F2F2"
_FORMATS: dict[Kind, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 14, "border": 0},
    "label": {"bg_color": _GREY},
    "field": {},
    "day": {"num_format": "yyyy-mm-dd", "align": "left"},
    "head": {"bg_color": _GREY, "bold": True, "align": "center"},
    "number": {"num_format": "@", "align": "center"},
    "section": {"valign": "top"},
    "text": {"valign": "top"},
    "need": {"align": "center"},
    "answer": {"align": "center"},
    "remark": {"num_format": "@", "valign": "top"},
    "banner": {"bg_color": _PALE, "bold": True},
}


def from_form(form: Form) -> bytes:
    """The bytes of the workbook. What a text says is never a formula, a link or a number."""
    from xlsxwriter.workbook import Workbook

    file = BytesIO()
    book = Workbook(file, {"in_memory": True})
    book.set_properties({"title": form.title, "subject": form.about, "created": MADE})
    sheet = book.add_worksheet(form.name)
    _cells(book, sheet, form)
    _validations(sheet, form)
    _page(sheet, form)
    book.close()
    return file.getvalue()


def _cells(book: Workbook, sheet: Worksheet, form: Form) -> None:
    shared = {"font_name": FONT, "font_size": 10, "text_wrap": True, "valign": "vcenter"}
    formats = {
        kind: book.add_format({**shared, "border": 1, **given}) for kind, given in _FORMATS.items()
    }
    for column, width in WIDTHS.items():
        sheet.set_column(column - 1, column - 1, width)
    for row, height in sorted(form.heights.items()):
        sheet.set_row(row - 1, height)
    for cell in form.cells:
        _write(sheet, cell, formats[cell.kind])


def _write(sheet: Worksheet, cell: Cell, look: Any) -> None:
    top, left, bottom, right = cell.row - 1, cell.column - 1, cell.bottom - 1, cell.right - 1
    if (top, left) != (bottom, right):
        sheet.merge_range(top, left, bottom, right, "", look)
    if cell.text:
        sheet.write_string(top, left, cell.text, look)
    else:
        sheet.write_blank(top, left, None, look)


def _validations(sheet: Worksheet, form: Form) -> None:
    """A drop-down on each run of rows that are answered."""
    rows = sorted(cell.row for cell in form.cells if cell.kind == "answer")
    choices = {
        "validate": "list",
        "source": form.answers,
        "input_message": form.prompt[:PROMPT],
        "error_type": "warning",  # a city may want words of its own
    }
    start = 0
    for at, row in enumerate(rows):
        if at + 1 == len(rows) or rows[at + 1] != row + 1:
            sheet.data_validation(rows[start] - 1, ANSWER - 1, row - 1, ANSWER - 1, choices)
            start = at + 1


def _page(sheet: Worksheet, form: Form) -> None:
    sheet.freeze_panes(form.head, 0)
    sheet.repeat_rows(form.head - 1)
    sheet.print_area(0, NUMBER - 1, form.last - 1, REMARK - 1)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.center_horizontally()
    sheet.set_footer(f"&L{form.about.replace('&', '&&')[:100]}&R&P / &N")
