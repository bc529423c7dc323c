"""Rows of forms are tall enough for what is written into them, or it is told that they are not."""

from __future__ import annotations

import os
import re
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_excel import packed, parts, sheet

pytest.importorskip("openpyxl")
pytest.importorskip("xlsxwriter")
import forms
import test_cli
from form_writers import OFFICE, converted, edited
from test_cli import Run

from cloudrules.cli.main import main
from cloudrules.files.excel import cells, workbook
from cloudrules.files.excel.areas import Area
from cloudrules.files.form import rows
from cloudrules.render import row_height

run = test_cli.run
SERVICE = str(forms.scenario("example-saas"))
ON = ("--on", "2026-12-01")
SHEET = "xl/worksheets/sheet1.xml"
TEXTS = st.text(st.sampled_from("ab 漢字、。(\n"), max_size=300)
needs_office = pytest.mark.skipif(
    not OFFICE and os.environ.get("CI") != "true", reason="LibreOffice is not installed"
)


@given(TEXTS, st.floats(1, 120), st.sampled_from([8, 10, 11, 14]))
def test_what_is_enough_is_no_less_than_the_least(text: str, width: float, size: float) -> None:
    enough = row_height.enough(text, width, size)
    assert min(row_height.TALLEST, row_height.least(text, width, size)) <= enough
    assert row_height.enough(text, width + 10, size) <= enough
    assert row_height.enough(f"{text}\n字", width, size) >= enough
    assert row_height.enough(text, width, size, leading=1.7) >= enough


def heights(data: bytes) -> dict[int, str]:
    """The start tags of a form's rows."""
    xml = zipfile.ZipFile(BytesIO(data)).read(SHEET).decode()
    return {int(found[1]): found[0] for found in re.finditer(r'<row r="(\d+)"[^>]*>', xml)}


def fixed(height: float | None, **more: object):
    """A form with a height in the rows of items, as one gives it by hand."""

    def change(book, sheet) -> None:
        box = book.add_format({"text_wrap": True, "border": 1})
        sheet.set_column(5, 5, 30)
        for row in range(4, 36) if height else ():
            sheet.set_row(row, height)
        for row in range(4, 36) if more.get("merged") else ():
            sheet.merge_range(row, 5, row, 6, "", box)

    return forms.by_xlsxwriter(change)


def following(data: bytes) -> bytes:
    """A form with the heights of rows such as Excel saves what they came to."""
    return edited(data, lambda xml: re.sub(r' customHeight="1"(?=[^>]*><c r="A)', "", xml))


@pytest.fixture
def fill(run: Run, tmp_path: Path):
    """Fills a form, and gives the form written and what was said."""

    def do(data: bytes, *args: str, service: str = SERVICE) -> tuple[bytes, str]:
        form, out = tmp_path / "f.xlsx", tmp_path / "g.xlsx"
        form.write_bytes(data)
        result = run("form", "fill", str(form), service, "-o", str(out), "--force", *args, *ON)
        assert result.code == 0
        return out.read_bytes(), result.said

    return do


def test_a_fixed_height_stays_and_is_told_once(fill) -> None:
    form = fixed(16)
    filled, said = fill(form)
    assert heights(filled) == heights(form)
    (line,) = [each for each in said.splitlines() if "--fit-rows" in each]
    assert line.split("fixed: ")[1].startswith("様式1!9, 様式1!11-19, 様式1!22-29, ")
    filled, said = fill(form, "--lang", "ja")
    assert said.count("--fit-rows を付けると") == 1


def test_rows_that_are_tall_enough_are_not_told(fill) -> None:
    assert "--fit-rows" not in fill(fixed(300))[1]
    assert "--fit-rows" not in fill(fixed(None))[1]  # Excel gives these rows their height


@pytest.mark.parametrize("merged", [False, True])
def test_rows_are_made_taller_where_asked(fill, merged: bool) -> None:
    form = fixed(16, merged=merged)
    filled, said = fill(form, "--fit-rows")
    assert "--fit-rows" not in said
    book = workbook.from_bytes(filled, "g")
    (sheet,) = book.sheets
    grown = 0
    for row in range(5, 37):
        text = sheet.text((row, 6))
        if text and not text.startswith("備考"):
            width = sheet.wide(Area(row, 6, row, 7 if merged else 6))
            assert sheet.heights[row].points >= row_height.enough(text, width, 11)
            assert sheet.heights[row].fixed
            grown += sheet.heights[row].points > 16
    assert grown >= 18
    plain, _ = fill(form)

    def bare(data: bytes) -> str:
        xml = zipfile.ZipFile(BytesIO(data)).read(SHEET).decode()
        return re.sub(r' ht="[^"]*"', "", xml)

    assert bare(filled) == bare(plain)  # nothing but heights changes


def test_a_height_that_follows_is_brought_up_to_date(fill) -> None:
    form = following(fixed(16))
    filled, said = fill(form)
    assert "--fit-rows" not in said
    book = workbook.from_bytes(filled, "g")
    sheet = book.sheets[0]
    long = [row for row in range(5, 37) if len(sheet.text((row, 6))) > 40]
    assert long
    assert all(sheet.heights[row].points > 30 and not sheet.heights[row].fixed for row in long)
    short = [row for row in range(5, 37) if not sheet.text((row, 6))]
    assert all(heights(filled)[row] == heights(form)[row] for row in short)
    again, _ = fill(filled, "--force")
    assert again == filled


def test_merged_cells_do_not_follow(fill) -> None:
    assert "--fit-rows" in fill(following(fixed(16, merged=True)))[1]


def test_no_row_is_taller_than_a_row_can_be(fill, tmp_path: Path) -> None:
    service = tmp_path / "s.yaml"
    service.write_text(
        "service: S\nrulebook: municipal-cloud-level-2\n"
        f"holds: [{{item: 1.14, note: {'長い備考。' * 800}}}]\n",
        "utf-8",
    )
    for form in (following(fixed(16)), fixed(None)):
        filled, said = fill(form, "--fit-rows", service=str(service))
        (line,) = [each for each in said.splitlines() if "no row can be tall enough" in each]
        assert "様式1!19;" in line
        assert workbook.from_bytes(filled, "g").sheets[0].heights[19].points == 409


ROWS = (
    '<row r="1" x:ht2="9" ht = "15"\n customHeight="1"><c r="A1"/></row>'
    '<row r="2"/><row r="3" spans="1:2" ht=\'20\'/>'
)


def test_heights_are_written_in_their_place() -> None:
    data = packed(parts(sheet=sheet(ROWS.replace(' x:ht2="9"', ""))))
    book = workbook.from_bytes(data, "f")
    name = book.sheets[0].name
    texts = {name: {(1, 1): "a", (2, 1): "b", (3, 2): "c"}}
    made = cells.written(book, texts, {name: {1: 30.25, 2: 31, 3: 32, 9: 33}})
    again = workbook.from_bytes(made, "g").sheets[0]
    assert {row: each.points for row, each in again.heights.items()} == {1: 30.25, 2: 31, 3: 32}
    assert [again.heights[row].fixed for row in (1, 2, 3)] == [True, False, False]
    assert [again.text(spot) for spot in texts[name]] == ["a", "b", "c"]


def test_widths_and_sizes_are_read() -> None:
    sheet = workbook.from_bytes(fixed(16), "f").sheets[0]
    assert 30 <= sheet.wide(Area(1, 6, 1, 6)) <= 31
    assert sheet.wide(Area(1, 1, 9, 1)) == pytest.approx(8.71)
    assert sheet.wide(Area(1, 5, 1, 7)) == pytest.approx(2 * 8.71 + sheet.wide(Area(1, 6, 1, 6)))
    assert sheet.tall(Area(4, 1, 6, 1)) == 15 + 2 * 15.75
    assert sheet.tall(Area(1, 1, 1_000_000, 1)) == 15 * 1_000_000 + 32 * 0.75
    assert not sheet.fixed
    assert sheet.row_height(5) == 15.75
    assert sheet.row_height(99) == sheet.height == 15


def test_rows_that_are_hidden_are_passed_over() -> None:
    def change(book, sheet) -> None:
        sheet.set_row(6, 15, None, {"hidden": True})

    book = workbook.from_bytes(forms.by_xlsxwriter(change), "f")
    texts = {book.sheets[0].name: {(7, 6): "長い備考。" * 50}}
    assert rows.fitted(book, texts, row_height, every=True) == rows.Rows()


def made(tmp_path: Path, language: str, service: str) -> bytes:
    """A blank form filled in, by the commands."""
    blank, full = tmp_path / f"{language}.xlsx", tmp_path / f"{language}-full.xlsx"
    rulebook = ("municipal-cloud-level-2", "-o", str(blank))
    lang = ("--lang", language)
    assert main(["form", "new", *rulebook, "--force", *lang]) == 0
    assert main(["form", "fill", str(blank), service, "-o", str(full), "--force", *lang, *ON]) == 0
    return full.read_bytes()


@needs_office
def test_libreoffice_needs_no_taller_rows_for_a_filled_form(tmp_path: Path) -> None:
    services = ("example-saas", "certified-platform", "newcomer")
    full = {
        f"{language}-{name}": made(tmp_path, language, str(forms.scenario(name)))
        for language in ("ja", "en")
        for name in services
    }
    # Rows whose height follows what they hold are fitted anew where the file does not tell it.
    flat = {
        name: re.sub(rb' style:row-height="[^"]*"(?=[^>]*row-height="true")', b"", data)
        for name, data in converted(full, "fods").items()
    }
    fitted = converted(flat, "xlsx", "fods")
    assert fitted.keys() == full.keys()
    for name, data in full.items():
        ours, theirs = (workbook.from_bytes(each, name).sheets[0] for each in (data, fitted[name]))
        following = [row for row, height in ours.heights.items() if not height.fixed]
        assert len(following) == 28
        assert len({theirs.heights[row].points for row in following}) > 4  # they were fitted
        for row in following:
            ratio = ours.heights[row].points / theirs.heights[row].points
            assert 1 <= ratio < 2.2, (name, row)
