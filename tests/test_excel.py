"""Workbooks that are hostile, damaged or no workbooks: refused in words, at once and in little."""

from __future__ import annotations

import io
import random
import struct
import subprocess
import sys
import time
import zipfile
from functools import cache
from pathlib import Path

import pytest
from engine import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st

from cloudrules.core.errors import BadInput
from cloudrules.files.excel import cells, workbook
from cloudrules.files.excel.areas import Area, Areas
from cloudrules.files.excel.references import area_of, spot_of
from cloudrules.files.excel.xml import LETTERS

SECONDS, MEGABYTES = 1.0, 300
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
SHEET = "xl/worksheets/sheet1.xml"


TWICE = '<sheet name="T" sheetId="2" r:id="r1"/></sheets>'


def sheet(rows: str, before: str = "", after: str = "") -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}<worksheet xmlns="{MAIN}">'
        f"<sheetData>{rows}</sheetData>{after}</worksheet>"
    )


def parts(**changed: str | bytes) -> dict[str, str | bytes]:
    """The least that a workbook is made of; keys without their folders and endings."""
    found: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{TYPES}"/>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" '
        f'Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" '
        f'Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}"><si><t>要件</t></si></sst>',
        SHEET: sheet('<row r="1"><c r="A1" t="s"><v>0</v></c></row>'),
    }
    names = {"sheet": SHEET, "strings": "xl/sharedStrings.xml", "book": "xl/workbook.xml"}
    names["links"] = "xl/_rels/workbook.xml.rels"
    return found | {names.get(key, key): text for key, text in changed.items()}


def packed(found: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in found.items():
            file.writestr(name, text)
    return out.getvalue()


def bomb(size: int = 400 * 2**20) -> bytes:
    """A sheet that is very much larger than its file."""
    out = io.BytesIO(packed({key: text for key, text in parts().items() if key != SHEET}))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as file, file.open(SHEET, "w") as body:
        body.write(sheet("<row/>").encode())
        for _ in range(size // 2**20):
            body.write(b" " * 2**20)
    return out.getvalue()


def lying() -> bytes:
    """The same, with a directory that says the sheet is small."""
    data = bytearray(bomb(100 * 2**20))
    at = data.index(b"PK\1\2")
    while data[at : at + 4] == b"PK\1\2":
        name, extra, comment = struct.unpack_from("<3H", data, at + 28)
        if bytes(data[at + 46 : at + 46 + name]) == SHEET.encode():
            struct.pack_into("<L", data, at + 24, 1000)
        at += 46 + name + extra + comment
    return bytes(data)


def overlapping() -> bytes:
    """A directory in which many names stand for one record."""
    data = packed(parts())
    at = data.index(b"PK\1\2")
    name = struct.unpack_from("<H", data, at + 28)[0]
    entry = bytearray(data[at : at + 46 + name])
    many = b""
    for number in range(200):
        entry[46:] = f"{number:03}".ljust(name, "x").encode()
        many += entry
    end = data.rindex(b"PK\5\6")
    count, size, start = struct.unpack_from("<HLL", data, end + 10)
    tail = bytearray(data[end:])
    struct.pack_into("<HHLL", tail, 8, count + 200, count + 200, size + len(many), start)
    return data[:at] + many + data[at:end] + bytes(tail)


def crowded() -> bytes:
    return packed(parts() | {f"xl/media/{number}": "" for number in range(6000)})


def only(rows: str, after: str = "") -> bytes:
    """A workbook of one sheet with these rows."""
    return packed(parts(sheet=sheet(rows, after=after)))


MANY_SHEETS = str(parts()["xl/workbook.xml"]).replace(
    "</sheets>", "".join(f'<sheet name="S{n}" r:id="r1"/>' for n in range(300)) + "</sheets>"
)
ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
)


@cache
def hostile() -> dict[str, tuple[bytes, str]]:
    """Files by name, each with the word by which the refusal is known."""
    ole = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)
    row = '<row r="1"><c r="A1" t="inlineStr"><is><t>&j;</t></is></c></row>'
    cell = '<c r="A1"/>'
    outside = str(parts()["xl/_rels/workbook.xml.rels"]).replace(
        'Target="worksheets/sheet1.xml"', 'Target="http://evil.test/s.xml" TargetMode="External"'
    )
    return {
        "xls": (ole + "Workbook".encode("utf-16-le"), ".xls"),
        "password": (ole + "EncryptedPackage".encode("utf-16-le"), "password"),
        "empty": (b"", "empty"),
        "csv": ("要件,適用状況\n1.1,○\n".encode(), "no Excel workbook"),
        "zip": (packed({"a.txt": "a"}), "no Excel workbook"),
        "ods": (packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), "OpenDoc"),
        "truncated": (packed(parts())[:-30], "cut short"),
        "half": (packed(parts())[:900], "cut short"),
        "bomb": (bomb(), "too large"),
        "lying": (lying(), "too large"),
        "overlapping": (overlapping(), "damaged"),
        "crowded": (crowded(), "too many parts"),
        "names-by-case": (packed(parts() | {SHEET.upper(): ""}), "damaged"),
        "record-of-another-name": (
            packed(parts()).replace(SHEET.encode(), SHEET.encode().upper(), 1),
            "damaged",
        ),
        "column": (only('<row r="1"><c r="XFE1"/></row>'), "XFE1"),
        "column-without-name": (only("<row>" + "<c/>" * 16_385 + "</row>"), "XFE1"),
        "row": (only('<row r="1048577"><c/></row>'), "a row of the sheet S"),
        "row-without-number": (only('<row r="1048576"/><row><c/></row>'), "row 1048577"),
        "row-twice": (only('<row r="7"/><row r="7"/>'), "row 7"),
        "cell-twice": (only('<row r="7"><c r="B7"/><c r="B7"/></row>'), "B7"),
        "cell-in-another-row": (only('<row r="7"><c r="B8"/></row>'), "B8"),
        "cell-in-a-cell": (only("<row><c><c/></c></row>"), "cannot be read"),
        "no-string": (only('<row><c t="s"><v>9</v></c></row>'), "A1"),
        "string-below-none": (only('<row><c t="s"><v>-1</v></c></row>'), "A1"),
        "drop-downs": (only("", f'<dataValidation type="list" sqref="{"A1 " * 2**22}"/>'), "much"),
        "merged": (only("<row/>", '<mergeCell ref="A1:B2"/>' * 100_000), "too much"),
        "attributes": (
            only("", "<x " + " ".join(f'a{n}="1"' for n in range(700_000)) + "/>"),
            "too much",
        ),
        "long-cell": (
            only(f'<row><c t="inlineStr"><is><t>{"x" * 250_000}</t></is></c></row>'),
            "too much",
        ),
        "sheets": (packed(parts(book=MANY_SHEETS)), "too much"),
        "entities": (packed(parts(sheet=sheet(row, ENTITIES + "]>"))), "document type"),
        "external-entity": (
            packed(parts(sheet=sheet(row, '<!DOCTYPE x SYSTEM "file:///etc/passwd">'))),
            "document type",
        ),
        "outside": (packed(parts(links=outside)), "outside the file"),
        "cells": (packed(parts(sheet=sheet("<row>" + cell * 1_200_000 + "</row>"))), "too much"),
        "cells-at-most": (
            packed(parts(sheet=sheet("<row><c/></row>" * 39_900) + "<")),
            "cannot be read",
        ),
        "strings": (
            packed(parts(strings=f'<sst xmlns="{MAIN}">' + "<si/>" * 2_000_000 + "</sst>")),
            "too much",
        ),
        "letters-shared": (repeated("要件は不要。" * 5400, 3000), "too many letters"),
        "text": (
            packed(parts(strings=f'<sst xmlns="{MAIN}"><si><t>{"あ" * 6_000_000}</t></si></sst>')),
            "too large",
        ),
        "deep": (only("", "<x>" * 5000), "nested too deeply"),
        "utf-16": (packed(parts(sheet=sheet("").encode("utf-16"))), "UTF-8"),
        "utf-16-without-a-mark": (
            packed(parts(sheet=sheet("").partition("?>")[2].encode("utf-16-le"))),
            "UTF-8",
        ),
        "encoding": (
            packed(parts(sheet=sheet("").replace("UTF-8", "Shift_JIS"))),
            "UTF-8",
        ),
        "twice": (
            packed(parts(book=str(parts()["xl/workbook.xml"]).replace("</sheets>", TWICE))),
            "damaged",
        ),
        "not-xml": (packed(parts(sheet="<worksheet")), "cannot be read"),
        "no-sheet": (packed({k: v for k, v in parts().items() if k != SHEET}), "is missing"),
        "no-types": (packed({k: v for k, v in parts().items() if "Types" not in k}), "damaged"),
    }


NAMES = (
    *("attributes", "merged"),
    *(
        "names-by-case",
        "record-of-another-name",
        "column",
        "column-without-name",
        "row",
        "no-types",
    ),
    *("row-without-number", "row-twice", "cell-twice", "cell-in-another-row", "cell-in-a-cell"),
    *(
        "no-string",
        "string-below-none",
        "drop-downs",
        "sheets",
        "long-cell",
        "utf-16-without-a-mark",
    ),
    *("xls", "password", "empty", "csv", "zip", "ods", "truncated", "half", "bomb", "lying"),
    *("overlapping", "crowded", "entities", "external-entity", "outside", "cells", "strings"),
    *(
        "cells-at-most",
        "letters-shared",
        "text",
        "deep",
        "utf-16",
        "encoding",
        "twice",
        "not-xml",
        "no-sheet",
    ),
)


def repeated(text: str, times: int) -> bytes:
    """A sheet with an item and one text that very many cells show."""
    strings = "".join(f"<si><t>{each}</t></si>" for each in ("1.1", "要件", "必須", text))
    first = "".join(f'<c t="s"><v>{n}</v></c>' for n in range(3))
    rows = '<row><c t="s"><v>3</v></c></row>' * times
    table = f"<row>{first}</row>{rows}"
    return packed(parts(sheet=sheet(table), strings=f'<sst xmlns="{MAIN}">{strings}</sst>'))


@cache
def crammed() -> dict[str, tuple[bytes, str]]:
    """Sheets that `form import` refuses, each with the word by which the refusal is known."""
    return {
        "letters": (repeated("要件は不要。" * 5400, 30), "too many letters"),
        "letters-alone": (repeated("あ" * 32_000, 30), "too many letters"),
        "clauses": (repeated("要件は不要。" * 4000, 1), "too many clauses"),
        "ranges": (repeated("1.1を満たす場合、1.1の要件は不要。" * 400, 20), "too many clauses"),
        "sentences": (repeated("注。" * 16_000, 2), "too many sentences"),
        "rows": (repeated("注", 6000), "too large"),
    }


MEASURED = """
import re, sys
from cloudrules.cli.main import main
code = main(["form", *sys.argv[1:]])
print(re.search(r"VmHWM:\\s*(\\d+)", open("/proc/self/status").read())[1])
sys.exit(code)
"""


def run(*args: str) -> tuple[int, str, int]:
    """A command's exit code and complaints, and the most megabytes that it held."""
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, *args],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stderr, int(done.stdout.split()[-1]) // 1024


@pytest.mark.parametrize("name", NAMES)
def test_a_hostile_file_is_refused(name: str, tmp_path: Path) -> None:
    assert set(NAMES) == hostile().keys()
    data, word = hostile()[name]
    path = tmp_path / f"{name}.xlsx"
    path.write_bytes(data)
    code, said, megabytes = run("check", str(path), "--lang", "en")
    assert code == 2, said
    assert word in said
    assert said.startswith(str(path))
    assert said.count("\n") == 1
    assert megabytes < MEGABYTES
    # The time is that of the answer itself: a busy machine takes its own to start Python.
    start = time.process_time()
    with pytest.raises(BadInput):
        workbook.from_bytes(data, "f")
    assert time.process_time() - start < SECONDS


def test_letters_count_for_each_cell_that_shows_them() -> None:
    text, most = "あ" * 32_000, LETTERS // 32_000 + 1
    fits = workbook.from_bytes(repeated(text, most - 1), "f").sheets[0]
    assert sum(cell.text == text for cell in fits.cells.values()) == most - 1
    with pytest.raises(BadInput) as refused:
        workbook.from_bytes(repeated(text, most), "f")
    (found,) = refused.value.faults
    assert found.code == "excel-letters"


@pytest.mark.parametrize(
    "name", ["letters", "letters-alone", "clauses", "ranges", "sentences", "rows"]
)
def test_a_sheet_that_says_too_much_is_refused(name: str, tmp_path: Path) -> None:
    data, word = crammed()[name]
    path = tmp_path / f"{name}.xlsx"
    path.write_bytes(data)
    code, said, megabytes = run("import", str(path), "--lang", "en", "-o", str(tmp_path / "d"))
    assert code == 2, said
    assert word in said
    assert said.startswith(str(path))
    assert said.count("\n") == 1
    assert megabytes < MEGABYTES
    assert not (tmp_path / "d").exists()


def test_one_cell_in_the_last_corner_costs_nothing(tmp_path: Path) -> None:
    rows = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'
    data = packed(parts(sheet=sheet(rows)))
    start = time.process_time()
    book = workbook.from_bytes(data, "f")
    assert [*book.sheets[0].cells] == [(1048576, 16384)]
    changed = cells.written(book, {"S": {(1, 1): "○", (1048576, 16383): "×"}})
    assert time.process_time() - start < SECONDS / 2
    found = workbook.from_bytes(changed, "f").sheets[0].cells
    assert {spot: cell.text for spot, cell in found.items()} == {
        (1, 1): "○",
        (1048576, 16383): "×",
        (1048576, 16384): "x",
    }


def timed(data: bytes) -> workbook.Workbook:
    start = time.process_time()
    book = workbook.from_bytes(data, "f")
    assert time.process_time() - start < SECONDS
    return book


def test_many_merged_areas_and_drop_downs_are_found_at_once() -> None:
    areas = [f"{'CD'[n % 2]}{n}:{'EF'[n % 2]}{n + n % 3}" for n in range(2, 20_000, 3)]
    merged = "".join(f'<mergeCell ref="{area}"/>' for area in areas)
    lists = f'<dataValidation type="list" sqref="{" ".join(areas)}"><formula1>x</formula1>'
    after = f"<mergeCells>{merged}</mergeCells>{lists}</dataValidation>"
    found = timed(only("<row/>", after)).sheets[0]
    start = time.process_time()
    for area in areas:
        first, _, last = area.partition(":")
        for cell in (first, last):
            spot = spot_of(cell)
            assert spot
            assert found.area(spot) == area_of(area)
            assert found.choices.at(spot) == (area_of(area), "x")
    assert found.area((3, 2)) == Area(3, 2, 3, 2)
    assert time.process_time() - start < SECONDS


AREA = st.builds(
    lambda top, left, tall, wide: Area(top, left, top + tall, left + wide),
    *(st.integers(1, 40), st.integers(1, 40), st.integers(0, 70), st.integers(0, 70)),
)


@settings(deadline=None)
@given(st.lists(AREA, max_size=12), st.tuples(st.integers(1, 120), st.integers(1, 120)))
def test_areas_hold_what_each_of_them_holds(given_: list[Area], spot: tuple[int, int]) -> None:
    areas: Areas[int] = Areas()
    for place, area in enumerate(given_):
        areas.add(area, place)
    holding = {area for area in given_ if area.holds(spot)}
    found = areas.at(spot)
    assert (spot in areas) == bool(holding) == (found is not None)
    assert found is None or (found[0] in holding and found[1] == given_.index(found[0]))


@pytest.mark.parametrize("size", [6_000_000, 15_000_000])
def test_long_tokens_are_read_in_one_go(size: int) -> None:
    for token in (f'<x a="{"x" * size}"/>', f"<!--{'x' * size}-->", f"<?x {'x' * size}?>"):
        timed(only("<row/>", token))
    name = f'<definedNames><definedName name="a">{"&amp;x" * (size // 6)}</definedName>'
    book = str(parts()["xl/workbook.xml"]).replace("</workbook>", name + "</definedNames>")
    assert len(timed(packed(parts(book=book + "</workbook>"))).names["a"]) == size // 6 * 2


SMILE = ("😀 \ufffd _x000D_", "text")
YOKEN = ("要件", "text")


@pytest.mark.parametrize(
    ("cell", "text", "kind"),
    [
        ("<c><v>1e400</v></c>", "1e400", "number"),
        ("<c><v>nan</v></c>", "nan", "text"),
        ("<c><v>1_0</v></c>", "1_0", "text"),
        ("<c><v>1.1000000000000001</v></c>", "1.1", "number"),
        ("<c><v><![CDATA[ 7 ]]></v><!-- 8 --></c>", "7", "number"),
        ('<c t="d"><v>2027-03-31T00:00:00</v></c>', "2027-03-31", "day"),
        ('<c t="d"><v>soon</v></c>', "soon", "text"),
        ('<c t="e"><f>1/0</f><v>#DIV/0!</v></c>', "#DIV/0!", "error"),
        ('<c t="str"><f>A1</f><v>○</v></c>', "○", "text"),
        ('<c t="inlineStr"><is><t>_xD83D__xDE00_ _xD800_ _x005F_x000D_</t></is></c>', *SMILE),
        (
            '<c t="inlineStr"><is><r><t>要</t></r><r><t>件</t></r><rPh><t>ヨウ</t></rPh></is></c>',
            *YOKEN,
        ),
        ('<c xmlns:z="urn:z" z:t="e" t="s" z:r="B9"><v>0</v></c>', "要件", "text"),
        (
            '<c><v>1</v><extLst><z:c xmlns:z="urn:z" r="A1"><z:v>2</z:v></z:c></extLst></c>',
            "1",
            "number",
        ),
    ],
)
def test_odd_cells_are_read_as_excel_shows_them(cell: str, text: str, kind: str) -> None:
    found = workbook.from_bytes(only(f"<row>{cell}</row>"), "f").sheets[0].cells
    assert [(each.text, each.kind) for each in found.values()] == [(text, kind)]


DAYS = [("1", "1900-01-01"), ("59", "1900-02-28"), ("61", "1900-03-01"), ("46477", "2027-03-31")]


@pytest.mark.parametrize(("number", "day"), DAYS)
def test_days_from_1900_are_those_of_excel(number: str, day: str) -> None:
    assert dated(number, "yyyy/mm/dd") == (day, "day")


def test_days_from_1904_are_those_of_excel() -> None:
    assert dated("45015", "ge.m.d", "<workbookPr date1904='1'/>") == ("2027-03-31", "day")


@pytest.mark.parametrize("code", ["h:mm", "[h]:mm", "mm:ss", "0.00E+00", "G/標準", "[Red]0", "_d0"])
def test_formats_that_show_no_day(code: str) -> None:
    assert dated("46477.5", code) == ("46477.5", "number")


def dated(number: str, code: str, properties: str = "") -> tuple[str, str]:
    """The first cell of a sheet with a number in a format."""
    styles = f'<numFmts><numFmt numFmtId="200" formatCode="{code}"/></numFmts>'
    styles += '<cellXfs><xf numFmtId="0"/><xf numFmtId="200"/></cellXfs>'
    link = f'<Relationship Id="r3" Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>'
    book = parts()
    links, listed = str(book["xl/_rels/workbook.xml.rels"]), str(book["xl/workbook.xml"])
    found = parts(
        sheet=sheet(f'<row><c s="1"><v>{number}</v></c></row>'),
        links=links.replace("</Relationships>", link),
        book=listed.replace("<sheets>", properties + "<sheets>"),
    )
    found["xl/styles.xml"] = f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>'
    cell = workbook.from_bytes(packed(found), "f").sheets[0].cells[1, 1]
    return cell.text, cell.kind


@pytest.mark.parametrize(
    "target",
    [
        *("/xl/worksheets/sheet1.xml", "../xl/./worksheets/sheet1.xml", "WorkSheets/Sheet1.XML"),
        *("worksheets\\sheet1.xml", "worksheets/%73heet1.xml", "../../../xl/worksheets/sheet1.xml"),
    ],
)
def test_a_sheet_is_found_by_whatever_name_leads_to_it(target: str) -> None:
    links = str(parts()["xl/_rels/workbook.xml.rels"])
    data = packed(parts(links=links.replace("worksheets/sheet1.xml", target)))
    book = workbook.from_bytes(data, "f")
    assert book.sheets[0].text((1, 1)) == "要件"
    assert b"inlineStr" in zipfile.ZipFile(
        io.BytesIO(cells.written(book, {"S": {(1, 1): "x"}}))
    ).read(SHEET)


def test_elements_keep_their_own_prefixes() -> None:
    rows = '<x:row xmlns:x="{0}" r="1"><x:c r="A1" z:a=" t=\'s\' " xmlns:z="urn:z"/></x:row>'
    rows += '<row r="3"><x:c xmlns:x="{0}" r="B3" t = "n" ><x:v>1</x:v></x:c></row>'
    book = workbook.from_bytes(only(rows.format(MAIN)), "f")
    texts = {(1, 1): "a", (1, 3): "b", (2, 2): "c", (3, 1): "d", (3, 2): "e"}
    found = workbook.from_bytes(cells.written(book, {"S": texts}), "f").sheets[0].cells
    assert {spot: cell.text for spot, cell in found.items()} == texts


def settled(data: bytes) -> None:
    """Asserts that a file is read, and changed, or refused in words."""
    try:
        book = workbook.from_bytes(data, "f")
        cells.written(book, {each.name: {(3, 3): "x", (1, 1): "y"} for each in book.sheets})
    except BadInput:
        pass


@cache
def whole() -> bytes:
    rows = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><v>1.5</v></c></row><row><c/></row>'
    more = '<mergeCells><mergeCell ref="A1:B2"/></mergeCells>'
    return packed(parts(sheet=sheet(rows, after=more)))


def test_a_file_cut_anywhere_is_refused() -> None:
    for end in range(len(whole())):
        with pytest.raises(BadInput):
            workbook.from_bytes(whole()[:end], "f")


def test_mutated_files_are_read_or_refused() -> None:
    chance = random.Random(1)
    for _ in range(3000):
        data = bytearray(whole())
        for _ in range(chance.randint(1, 8)):
            data[chance.randrange(len(data))] = chance.choice((0, 255, chance.randrange(256)))
        settled(bytes(data))


XML = st.text("<>/=\"' &;:!?[]-crvtsis19AZrowx\n", max_size=40)


@settings(deadline=None, max_examples=300)
@given(XML, XML, st.sampled_from(["sheet", "strings", "book", "links"]))
def test_mangled_xml_is_read_or_refused(one: str, two: str, part: str) -> None:
    name = {"sheet": SHEET, "strings": "xl/sharedStrings.xml", "book": "xl/workbook.xml"}.get(part)
    text = str(parts()[name or "xl/_rels/workbook.xml.rels"])
    middle = len(text) // 2
    settled(packed(parts(**{part: text[:middle] + one + text[middle:] + two})))
    settled(packed(parts(**{part: text.replace("A1", one).replace("0", two)})))


NUMBERS = st.sampled_from(
    ["", "0", "-1", "9" * 5000, "1e999", "nan", "inf", "１", "x", "2147483648"]
)


@settings(deadline=None, max_examples=200)
@given(NUMBERS, NUMBERS, NUMBERS, NUMBERS, st.sampled_from(["s", "n", "b", "e", "d", "str", "?"]))
def test_odd_numbers_are_read_or_refused(r: str, s: str, v: str, c: str, t: str) -> None:
    rows = f'<row r="{r}"><c r="A{c}" s="{s}" t="{t}"><v>{v}</v></c></row>'
    settled(packed(parts(sheet=sheet(rows, after=f'<cols><col min="{v}" max="{r}"/></cols>'))))


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@settings(deadline=None, max_examples=300)
@given(st.dictionaries(st.tuples(st.integers(1, 6), st.integers(1, 6)), TEXT, max_size=8))
def test_every_text_comes_back_as_text(texts: dict[tuple[int, int], str]) -> None:
    book = workbook.from_bytes(whole(), "f")
    data = cells.written(book, {"S": texts})
    found = workbook.from_bytes(data, "f").sheets[0].cells
    before = {spot: cell for spot, cell in book.sheets[0].cells.items() if spot not in texts}
    assert {spot: found[spot] for spot in before} == before
    for spot, text in texts.items():
        lines = text.replace("\r\n", "\n").replace("\r", "\n")
        assert found[spot].text == lines if lines else spot not in found or not found[spot].text
        assert spot not in found or not found[spot].formula
        assert spot not in found or found[spot].kind == "text"
