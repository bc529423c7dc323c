"""The city's form, as different writers of Excel files make it."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cache
from pathlib import Path

from engine import ROOT

BANNERS = {"1.6": "first-banner", "1.16": "second-banner"}
ANSWERS = "○,×,対象外,－,未確認"
HEADS = ("区分", "", "要件", "要否", "適用状況", "備考(適用状況の根拠を記入してください。)")


@cache
def rulebook():
    from cloudrules.core.entry import Place
    from cloudrules.core.schema import Ref
    from cloudrules.files.library import Library

    return Library([]).rulebook(Ref("municipal-cloud-level-2", Place("")), Path())


def grid() -> list[list[object]]:
    """The cells of the form, row by row; None for those that stay empty."""
    rows: list[list[object]] = [
        ["外部サービス(クラウドサービス)名称", None, None, "記入日", None, None],
        ["外部サービス(クラウドサービス)提供者名称", None, None, "記入者", None, None],
        [],
        [*HEADS],
    ]
    section = ""
    for item in rulebook().items.values():
        if item.id in BANNERS:
            rows.append([rulebook().waivers[BANNERS[item.id]].text.source])
        if item.id == "1.24":
            rows += [[], [*HEADS]]
        here = item.section.source
        rows.append(
            [
                f"{item.id}.",
                here if here != section else None,
                item.text.source,
                "必須" if item.need == "mandatory" else "任意",
                None,
                None,
            ]
        )
        section = here
    return rows


def by_openpyxl(change: Callable | None = None, numbers: str = "text") -> bytes:
    """The form as openpyxl writes it; `change` is given the workbook and its sheet."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.title = "チェックリスト"
    for number, row in enumerate(grid(), 1):
        for column, value in enumerate(row, 1):
            if value is not None:
                sheet.cell(number, column, numbered(value, numbers) if column == 1 else value)
    sheet.merge_cells("A1:B1")
    sheet.merge_cells("A2:B2")
    if change:
        change(book, sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def numbered(value: object, numbers: str) -> object:
    """A number of an item as a form may have it."""
    text = str(value)
    if not text.startswith("1.") or not text.endswith("."):
        return value
    if numbers == "wide":
        return "".join(chr(ord(char) + 0xFEE0) for char in text)
    return float(text[:-1]) if numbers == "float" else text


def by_xlsxwriter(change: Callable | None = None, options: dict | None = None) -> bytes:
    """The form as xlsxwriter writes it: shared strings, or none; validation, merged cells."""
    from xlsxwriter import Workbook

    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True, **(options or {})})
    sheet = book.add_worksheet("様式1")
    box = book.add_format({"border": 1, "text_wrap": True})
    for number, row in enumerate(grid()):
        for column, value in enumerate(row):
            if value is None and number > 3:
                sheet.write_blank(number, column, None, box)
            elif value is not None:
                sheet.write(number, column, value, box)
    sheet.data_validation("E5:E40", {"validate": "list", "source": ANSWERS.split(",")})
    if change:
        change(book, sheet)
    book.close()
    return out.getvalue()


def scenario(name: str) -> Path:
    return ROOT / "scenarios" / "services" / f"{name}.yaml"
