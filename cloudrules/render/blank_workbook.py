"""The blank form as an Excel workbook, by XlsxWriter: the same bytes for the same form."""

from __future__ import annotations

import re
from datetime import datetime
from io import BytesIO
from itertools import groupby
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

from cloudrules.render import row_height
from cloudrules.render.blank_form import ANSWER, NUMBER, REMARK, SIZES, WIDTHS, Cell, Form, Kind
from cloudrules.render.clean import brief

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

# Nothing in the file tells when it was made.
MADE = datetime(2000, 1, 1)
A4 = 9
ABOUT = 120  # characters at the foot of a page

_GREY, _PALE = "#D9D9D9", "#F2F2F2"
_FORMATS: dict[Kind, dict[str, Any]] = {
    "title": {"bold": True, "border": 0},
    "label": {"bg_color": _GREY},
    "field": {},
    "day": {"align": "left"},
    "how": {"border": 0},
    "legend": {"border": 0, "valign": "top"},
    "head": {"bg_color": _GREY, "bold": True, "align": "center"},
    "number": {"num_format": "@", "align": "center"},
    "section": {"valign": "top"},
    "text": {"valign": "top"},
    "need": {"align": "center"},
    "answer": {"align": "center"},
    "remark": {"num_format": "@", "valign": "top"},
    "banner": {"bg_color": _PALE, "bold": True},
    "mark": {"border": 0, "align": "right", "valign": "top"},
    "note": {"border": 0, "valign": "top"},
}


def from_form(form: Form) -> bytes:
    """The bytes of the workbook. What a text says is never a formula, a link or a number."""
    from xlsxwriter.workbook import Workbook

    file = BytesIO()
    usual = {"font_name": form.font, "font_size": row_height.SIZE, "font_scheme": "none"}
    book = Workbook(file, {"in_memory": True, "default_format_properties": usual})
    book.set_properties({"title": form.title, "subject": form.about, "created": MADE})
    sheet = book.add_worksheet(form.name)
    _cells(book, sheet, form)
    _validations(sheet, form)
    _page(sheet, form)
    book.close()
    return _following(file.getvalue(), form)


def _following(book: bytes, form: Form) -> bytes:
    """The workbook with the heights of items' rows such that they follow what the rows hold.

    XlsxWriter marks every height as given by hand.
    """

    def row(found: re.Match[str]) -> str:
        mark = ' customHeight="1"'
        return found[0].replace(mark, "") if int(found[1]) in form.items else found[0]

    file = BytesIO()
    with ZipFile(BytesIO(book)) as old, ZipFile(file, "w") as new:
        for part in old.infolist():
            data = old.read(part)
            if part.filename == "xl/worksheets/sheet1.xml":
                data = re.sub(r'<row r="(\d+)"[^>]*>', row, data.decode()).encode()
            new.writestr(part, data)
    return file.getvalue()


def _cells(book: Workbook, sheet: Worksheet, form: Form) -> None:
    shared = {"text_wrap": True, "valign": "vcenter", "border": 1}
    formats = {kind: book.add_format({**shared, **given}) for kind, given in _FORMATS.items()}
    formats["day"].set_num_format(form.day)
    for kind, size in SIZES.items():
        formats[kind].set_font_size(size)
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
    """A drop-down for each need, on all runs of its rows."""
    for need, choice in form.choices.items():
        rows = [row for row, wanted in form.items.items() if wanted == need]
        runs = groupby(enumerate(rows), key=lambda each: each[1] - each[0])
        found = ([row for _, row in run] for _, run in runs)
        areas = [(run[0] - 1, ANSWER - 1, run[-1] - 1, ANSWER - 1) for run in found]
        given = {
            "validate": "list",
            "source": choice.words,
            "input_title": form.heading,
            "input_message": choice.prompt,
            "error_type": "warning",  # a city may want words of its own
            "error_title": form.heading,
            "error_message": form.other_word,
            "other_cells": areas[1:],
        }
        if areas:
            sheet.data_validation(*areas[0], given)


def _page(sheet: Worksheet, form: Form) -> None:
    sheet.freeze_panes(form.head, 0)
    sheet.repeat_rows(form.head - 1)
    sheet.print_area(0, NUMBER - 1, form.last - 1, REMARK - 1)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.center_horizontally()
    about = brief(form.about.replace("&", "&&"), ABOUT)
    sheet.set_footer(f'&L&"{form.font},Regular"&9 {about}&R&"{form.font},Regular"&9 &P / &N')
