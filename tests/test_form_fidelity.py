"""What filling a form leaves as it was: everything but the answers, whoever made the form."""

from __future__ import annotations

import csv
import io
import os
import zipfile
from datetime import date
from functools import cache
from xml.etree import ElementTree

import pytest

pytest.importorskip("openpyxl")
pytest.importorskip("xlsxwriter")
import forms
from form_writers import OFFICE, converted
from form_writers_more import WRITERS
from test_form import fill, known, read

from cloudrules.core.errors import Place
from cloudrules.core.schema import Ref, Text
from cloudrules.core.service import Holding, Service
from cloudrules.files.excel import cells, workbook
from cloudrules.files.excel.references import spot_of
from cloudrules.files.form import layout
from cloudrules.files.library import read_as, read_tree

NAMES = sorted(WRITERS)
CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1"
FROM_OFFICE = ["merged-sections-and-banners", "sparklines-and-names", "comments-and-links"]
needs_office = pytest.mark.skipif(
    not OFFICE and os.environ.get("CI") != "true", reason="LibreOffice is not installed"
)


@cache
def service() -> Service:
    return read_as(Service, read_tree(forms.scenario("example-saas")))


@cache
def from_office() -> dict[str, bytes]:
    return converted({name: WRITERS[name]() for name in FROM_OFFICE}, "xlsx")


def unchanged(old: bytes, new: bytes) -> None:
    """Asserts that two forms differ in the cells of answers, remarks and fields alone."""
    before, after = workbook.from_bytes(old, "old"), workbook.from_bytes(new, "new")
    form = layout.find(before, list(forms.rulebook().items))
    ours = {
        (at.sheet.name, at.spot) for row in form.rows.values() for at in (row.answer, row.remark)
    }
    ours |= {(at.sheet.name, at.spot) for at in form.fields.values()}
    sheets = {at.sheet.part for row in form.rows.values() for at in (row.answer,)}
    one, two = zipfile.ZipFile(io.BytesIO(old)), zipfile.ZipFile(io.BytesIO(new))
    assert two.testzip() is None
    assert one.namelist() == two.namelist()
    for name in one.namelist():
        a, b = (book.package.entries[name.removeprefix("/")] for book in (before, after))
        if name not in sheets:  # as packed, header and all
            assert old[a.start : a.end] == new[b.start : b.end], name
            continue
        sheet = next(each for each in before.sheets if each.part == name)
        spots = {spot for where, spot in ours if where == sheet.name}
        assert without(one.read(name), spots) == without(two.read(name), spots), name
    for first, second in zip(before.sheets, after.sheets, strict=True):
        kept = [spot for spot in first.cells if (first.name, spot) not in ours]
        assert all(first.cells[spot] == second.cells[spot] for spot in kept)
        assert all(
            first.cells[spot].style == second.cells[spot].style
            for spot in first.cells
            if spot in second.cells
        )


def without(xml: bytes, spots: set[tuple[int, int]]) -> str:
    """A sheet's XML without the cells given, as canonical text."""
    root = ElementTree.fromstring(xml)
    row = 0
    for element in root.iter():
        if not element.tag.endswith("}row"):
            continue
        row = int(element.get("r", row + 1))
        column = 0
        for cell in list(element):
            spot = spot_of(cell.get("r", "")) or (row, column + 1)
            column = spot[1]
            if spot in spots:
                element.remove(cell)
    return ElementTree.canonicalize(ElementTree.tostring(root))


@pytest.mark.parametrize("name", NAMES)
def test_nothing_but_the_answers_changes(name: str) -> None:
    form = WRITERS[name]()
    filled, told = fill(service(), form)
    assert not told
    unchanged(form, filled)
    assert known(read(filled).service) == known(service())


@pytest.mark.filterwarnings("ignore::UserWarning")  # it says what it would lose
@pytest.mark.parametrize("name", NAMES)
def test_another_reader_sees_the_answers(name: str) -> None:
    from openpyxl import load_workbook

    if name in ("strict-namespaces", "cells-without-references"):
        pytest.skip("openpyxl cannot read it")
    filled, _ = fill(service(), WRITERS[name]())
    book = load_workbook(io.BytesIO(filled))
    form = layout.find(workbook.from_bytes(filled, "f"), list(forms.rulebook().items))
    for row in form.rows.values():
        for at in (row.answer, row.remark):
            cell = book[at.sheet.name].cell(*at.spot)
            assert (cell.value or "") == at.cell.text
            assert cell.data_type in ("s", "n" if cell.value is None else "s", "inlineStr")


@needs_office
@pytest.mark.parametrize("name", FROM_OFFICE)
def test_forms_saved_by_libreoffice(name: str) -> None:
    form = from_office()[name]
    filled, told = fill(service(), form)
    assert not told
    unchanged(form, filled)


def test_a_drop_down_in_an_extension_limits_the_words() -> None:
    filled, _ = fill(service(), WRITERS["drop-down-in-an-extension"]())
    found = workbook.from_bytes(filled, "f").sheets[0]
    said = {found.text((row, 5)) for row in range(5, 40)} - {"", "適用状況"}
    assert said == {"◯", "該当なし", "―"}


@cache
def formulas() -> bytes:
    """A form filled in with what would be formulas, were they not texts."""
    until = date(2027, 3, 31)
    notes = ["=1+1", "+1", "-1", "@SUM(1)", '=HYPERLINK("http://evil.test")']
    items = ["1.12", "1.13", "1.14", "1.15", "1.16"]
    place = Place("")
    holds = tuple(
        Holding(item=Ref(item, place), until=until, note=Text({"": note}))
        for item, note in zip(items, notes, strict=True)
    )
    evil = Service(Text({"": "=1+1"}), Text({"": "@x"}), service().rulebook, holds=holds)
    return fill(evil, WRITERS["plain"]())[0]


def test_no_text_is_a_formula() -> None:
    from openpyxl import load_workbook

    cells = [cell for row in load_workbook(io.BytesIO(formulas())).active for cell in row]
    assert {cell.value for cell in cells} >= {"=1+1", "@x"}
    found = workbook.from_bytes(formulas(), "f").sheets[0].cells.values()
    assert not any(cell.formula for cell in found)
    assert b"<f" not in zipfile.ZipFile(io.BytesIO(formulas())).read("xl/worksheets/sheet1.xml")


@needs_office
def test_libreoffice_takes_no_text_for_a_formula_whatever_begins_it() -> None:
    texts = [f"{mark}1+1" for mark in ("=", "+", "-", "@", "\t=", "\n=", " =", "'=", '="', "=cmd|")]
    book = workbook.from_bytes(WRITERS["plain"](), "f")
    where = {(row, 8): text for row, text in enumerate(texts, 1)}
    data = cells.written(book, {book.sheets[0].name: where})
    (shown,) = converted({"evil": data}, CSV).values()
    rows = [*csv.reader(io.StringIO(shown.decode()))]
    assert [row[7] for row in rows[: len(texts)]] == texts


@needs_office
def test_libreoffice_takes_no_text_for_a_formula() -> None:
    (shown,) = converted(
        {"evil": formulas()}, "csv:Text - txt - csv (StarCalc):44,34,76,1"
    ).values()
    (first, second, *_) = csv.reader(io.StringIO(shown.decode()))
    assert (first[2], second[2]) == ("=1+1", "@x")


@needs_office
def test_libreoffice_shows_the_answers() -> None:
    filled = {
        name: fill(service(), WRITERS[name]())[0] for name in NAMES if name != "several-sheets"
    }
    filled |= {f"office-{name}": fill(service(), data)[0] for name, data in from_office().items()}
    shown = converted(filled, CSV)
    assert shown.keys() == filled.keys()
    for name, data in filled.items():
        form = layout.find(workbook.from_bytes(data, name), list(forms.rulebook().items))
        lines = [*csv.reader(io.StringIO(shown[name].decode()))]
        for row in form.rows.values():
            line = lines[row.answer.spot[0] - 1]
            assert line[row.answer.spot[1] - 1] == row.answer.cell.text, (name, row.item)
            assert line[row.remark.spot[1] - 1] == row.remark.cell.text, (name, row.item)
