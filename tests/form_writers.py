"""Forms by name, each made by a writer of Excel files with something that filling could spoil."""

from __future__ import annotations

import io
import re
import shutil
import struct
import subprocess
import tempfile
import zipfile
import zlib
from collections.abc import Callable
from functools import cache
from pathlib import Path

import forms

WRITERS: dict[str, Callable[[], bytes]] = {}


def writer(function: Callable[[], bytes]) -> Callable[[], bytes]:
    WRITERS[function.__name__.replace("_", "-")] = cache(function)
    return function


def picture() -> io.BytesIO:
    """A small picture, as PNG."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0)
    body = zlib.compress(b"".join(b"\0" + b"\x20\x60\xa0" * 8 for _ in range(8)))
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")
    return io.BytesIO(b"\x89PNG\r\n\x1a\n" + parts)


def edited(
    data: bytes, change: Callable[[str], str], part: str = "xl/worksheets/sheet1.xml"
) -> bytes:
    """A workbook with the text of a part changed, as another writer would have put it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for info in old.infolist():
            body = old.read(info)
            new.writestr(info, change(body.decode()).encode() if info.filename == part else body)
    return out.getvalue()


# openpyxl


@writer
def plain() -> bytes:
    return forms.by_openpyxl()


@writer
def numbers_stored_as_numbers() -> bytes:
    return forms.by_openpyxl(numbers="float")


@writer
def numbers_in_full_width() -> bytes:
    return forms.by_openpyxl(numbers="wide")


@writer
def merged_sections_and_banners() -> bytes:
    def change(book, sheet):
        first = 0
        for row in range(5, sheet.max_row + 1):
            values = [sheet.cell(row, column).value for column in range(1, 7)]
            if values[0] and not any(values[1:]):
                sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=6)
                first = 0
            elif values[1]:
                first = row
            elif first and values[0] and first + 1 == row:
                sheet.merge_cells(start_row=first, end_row=row, start_column=2, end_column=2)

    return forms.by_openpyxl(change)


@writer
def drop_down_of_other_words() -> bytes:
    from openpyxl.worksheet.datavalidation import DataValidation

    def change(book, sheet):
        choice = DataValidation(type="list", formula1='"◯,✕,該当なし,なし,確認中"')
        choice.add("E5:E60")
        sheet.add_data_validation(choice)

    return forms.by_openpyxl(change)


@writer
def drop_down_from_a_hidden_sheet() -> bytes:
    from openpyxl.workbook.defined_name import DefinedName
    from openpyxl.worksheet.datavalidation import DataValidation

    def change(book, sheet):
        lists = book.create_sheet("選択肢")
        lists.sheet_state = "hidden"
        for row, word in enumerate(forms.ANSWERS.split(","), 1):
            lists.cell(row, 2, word)
        book.defined_names["answers"] = DefinedName("answers", attr_text="選択肢!$B$1:$B$5")
        choice = DataValidation(type="list", formula1="answers")
        choice.add("E5:E60")
        sheet.add_data_validation(choice)

    return forms.by_openpyxl(change)


@writer
def protected_with_hidden_rows() -> bytes:
    def change(book, sheet):
        sheet.protection.sheet = True
        sheet.protection.password = "form"
        sheet.row_dimensions[9].hidden = True
        sheet.column_dimensions["D"].hidden = True

    return forms.by_openpyxl(change)


@writer
def comments_and_links() -> bytes:
    from openpyxl.comments import Comment

    def change(book, sheet):
        sheet["E5"].comment = Comment("○か×で答えてください", "市")
        sheet["F5"].comment = Comment("根拠", "市")
        sheet["C5"].hyperlink = "https://example.com/"

    return forms.by_openpyxl(change)


@writer
def conditional_formats() -> bytes:
    from openpyxl.formatting.rule import CellIsRule, ColorScaleRule
    from openpyxl.styles import PatternFill

    def change(book, sheet):
        red = PatternFill("solid", bgColor="FFCCCC")
        sheet.conditional_formatting.add("E5:E60", CellIsRule("equal", ['"×"'], fill=red))
        colours = ColorScaleRule("min", None, "FFFFFF", "max", None, "00FF00")
        sheet.conditional_formatting.add("D5:D60", colours)

    return forms.by_openpyxl(change)


@writer
def print_titles_and_panes() -> bytes:
    def change(book, sheet):
        sheet.freeze_panes = "A5"
        sheet.print_title_rows = "1:4"
        sheet.print_area = "A1:F40"
        sheet.page_setup.orientation = "landscape"
        sheet.oddFooter.center.text = "&P / &N"
        sheet.auto_filter.ref = "A4:F36"

    return forms.by_openpyxl(change)


@writer
def elsewhere_on_the_sheet() -> bytes:
    def change(book, sheet):
        sheet.insert_rows(1, 7)
        sheet.insert_cols(1, 3)
        sheet["B2"] = "提出用"

    return forms.by_openpyxl(change)


@writer
def several_sheets() -> bytes:
    def change(book, sheet):
        second = book.create_sheet("その2")
        example = book.create_sheet("記入例", 0)
        for row in sheet.iter_rows():
            for cell in row:
                example[cell.coordinate] = cell.value
        example["E5"] = "○"
        rows = [*sheet.iter_rows(values_only=True)]
        at = next(index for index, row in enumerate(rows) if row[0] == "1.16.")
        for row in [rows[3], *rows[at:]]:
            second.append(row)
        sheet.delete_rows(at + 1, 100)

    return forms.by_openpyxl(change)


@writer
def columns_that_move() -> bytes:
    def change(book, sheet):
        again = max(row for row in range(5, 60) if sheet.cell(row, 1).value == "区分")
        for row in range(again, sheet.max_row + 1):
            for column in (6, 5):
                sheet.cell(row, column + 2).value = sheet.cell(row, column).value
            sheet.cell(row, 5).value = sheet.cell(row, 6).value = None

    return forms.by_openpyxl(change)


@writer
def a_table_and_a_chart() -> bytes:
    from openpyxl.chart import BarChart, Reference

    def change(book, sheet):
        lists = book.create_sheet("集計")
        lists.append(["答え", "数"])
        lists.append(["○", '=COUNTIF(チェックリスト!E5:E60,"○")'])
        chart = BarChart()
        chart.add_data(Reference(lists, min_col=2, min_row=1, max_row=2), titles_from_data=True)
        lists.add_chart(chart, "D2")

    return forms.by_openpyxl(change)


# xlsxwriter


@writer
def shared_strings() -> bytes:
    return forms.by_xlsxwriter()


@writer
def strings_in_place() -> bytes:
    return forms.by_xlsxwriter(options={"constant_memory": True})


@writer
def text_boxes_and_buttons() -> bytes:
    def change(book, sheet):
        sheet.insert_textbox("H2", "記入上の注意\n○、×、対象外で答えること")
        sheet.insert_button("H12", {"caption": "クリア", "macro": "clear"})

    return forms.by_xlsxwriter(change)


@writer
def check_boxes() -> bytes:
    def change(book, sheet):
        sheet.insert_checkbox("H6", True)
        sheet.insert_checkbox("H7", False)

    return forms.by_xlsxwriter(change)


@writer
def pictures_and_comments() -> bytes:
    def change(book, sheet):
        sheet.insert_image("H2", "stamp.png", {"image_data": picture()})
        sheet.write_comment("E6", "答え")
        sheet.set_header("&L&G", {"image_left": "h.png", "image_data_left": picture()})
        sheet.set_background(picture())

    return forms.by_xlsxwriter(change)


@writer
def sparklines_and_names() -> bytes:
    def change(book, sheet):
        data = book.add_worksheet("データ")
        data.write_row(0, 0, [1, 3, 2, 5])
        sheet.add_sparkline("H6", {"range": "データ!A1:D1"})
        book.define_name("答え", "=様式1!$E$5:$E$40")
        sheet.conditional_format("E5:E40", {"type": "data_bar", "data_bar_2010": True})

    return forms.by_xlsxwriter(change)


@writer
def rich_text_and_readings() -> bytes:
    def change(book, sheet):
        bold = book.add_format({"bold": True})
        sheet.write_rich_string("E4", "適用", bold, "状況")

    data = forms.by_xlsxwriter(change)
    reading = '<rPh sb="0" eb="2"><t>ビコウ</t></rPh><phoneticPr fontId="1"/></si>'

    def read_aloud(xml: str) -> str:
        return re.sub(r"(<si><t>備考[^<]*</t>)</si>", lambda found: found[1] + reading, xml)

    return edited(data, read_aloud, "xl/sharedStrings.xml")


@writer
def locked_with_formulas() -> bytes:
    def change(book, sheet):
        sheet.protect("form", {"select_locked_cells": False})
        sheet.write_formula("H5", '=IF(E6="○",1,0)', None, 0)
        sheet.write_array_formula("H8:H9", "{=ROW(A1:A2)}")

    return forms.by_xlsxwriter(change)


# By hand: what other libraries write


@writer
def names_with_prefixes() -> bytes:
    def change(xml: str) -> str:
        prefixed = re.sub(r"<(/?)([A-Za-z])", r"<\1x:\2", xml)
        return prefixed.replace(" xmlns=", " xmlns:x=")

    return edited(forms.by_openpyxl(), change)


@writer
def cells_without_references() -> bytes:
    def change(xml: str) -> str:
        def row(found: re.Match[str]) -> str:
            letters = re.findall(r'<c r="([A-Z])', found[0])
            dense = letters == [*"ABCDEF"[: len(letters)]]
            return re.sub(r'<c r="[A-Z]+\d+"', "<c", found[0]) if dense else found[0]

        return re.sub(r"<row .*?</row>", row, xml, flags=re.DOTALL)

    return edited(forms.by_xlsxwriter(), change)


@writer
def drop_down_in_an_extension() -> bytes:
    """As Excel writes a list that stands on another sheet."""
    x14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
    xm = "http://schemas.microsoft.com/office/excel/2006/main"
    extension = (
        f'<extLst><ext uri="{{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}}" xmlns:x14="{x14}">'
        f'<x14:dataValidations xmlns:xm="{xm}" count="1"><x14:dataValidation type="list">'
        "<x14:formula1><xm:f>選択肢!$A$1:$A$5</xm:f></x14:formula1><xm:sqref>E5:E40 F1</xm:sqref>"
        "</x14:dataValidation></x14:dataValidations></ext></extLst></worksheet>"
    )

    def change(book, sheet):
        lists = book.create_sheet("選択肢")
        for row, word in enumerate(["◯", "✕", "該当なし", "―", "不明"], 1):
            lists.cell(row, 1, word)

    return edited(forms.by_openpyxl(change), lambda xml: xml.replace("</worksheet>", extension))


@writer
def numbers_within_the_text() -> bytes:
    def change(book, sheet):
        for row in range(5, sheet.max_row + 1):
            number, text = sheet.cell(row, 1).value, sheet.cell(row, 3).value
            if number and text and number != "区分":
                sheet.cell(row, 1).value = None
                sheet.cell(row, 3).value = f"{number} {text}"

    return forms.by_openpyxl(change)


@writer
def merged_cells_for_answers() -> bytes:
    def change(book, sheet):
        for row in range(4, sheet.max_row + 1):
            sheet.merge_cells(start_row=row, end_row=row, start_column=6, end_column=9)

    return forms.by_openpyxl(change)


@writer
def strict_namespaces() -> bytes:
    def change(xml: str) -> str:
        return xml.replace(
            "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            "http://purl.oclc.org/ooxml/spreadsheetml/main",
        )

    return edited(edited(forms.by_openpyxl(), change), change, "xl/workbook.xml")


# LibreOffice

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")


def converted(files: dict[str, bytes], kind: str, ending: str = "xlsx") -> dict[str, bytes]:
    """Files as LibreOffice saves them anew, by name."""
    with tempfile.TemporaryDirectory() as folder:
        inside, out = Path(folder, "in"), Path(folder, "out")
        inside.mkdir()
        for name, data in files.items():
            (inside / f"{name}.{ending}").write_bytes(data)
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = [str(OFFICE), profile, "--headless", "--convert-to", kind, "--outdir", str(out)]
        subprocess.run(
            [*command, *map(str, sorted(inside.iterdir()))],
            check=True,
            capture_output=True,
            timeout=300,
        )
        return {path.stem: path.read_bytes() for path in sorted(out.iterdir())}
