"""The blank form: it holds the sheet, is the same bytes each time, and reads back as a draft."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
from engine import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st

from cloudrules.cli.main import main
from cloudrules.core import drafting, sheet, tabular
from cloudrules.core.draft import Draft
from cloudrules.core.errors import Place
from cloudrules.core.rulebook import Rulebook
from cloudrules.core.schema import Ref
from cloudrules.core.sheet import Grid
from cloudrules.files import grids
from cloudrules.files.library import Library
from cloudrules.render import blank_form
from cloudrules.render import draft as page
from cloudrules.render.blank_form import ANSWER, REMARK, Form

RULEBOOK = "municipal-cloud-level-2"
LANGUAGES = ("ja", "en")


def book_of(path: str) -> Rulebook:
    return Library().rulebook(Ref(path, Place("test")), Path())


def grid_of(form: Form) -> Grid:
    texts = {(cell.row, cell.column): cell.text for cell in form.cells}
    covered = frozenset(
        (row, column)
        for cell in form.cells
        for row in range(cell.row + 1, cell.bottom + 1)
        for column in range(cell.column, cell.right + 1)
    )
    return Grid(form.name, texts, covered)


def said(draft: Draft) -> list[object]:
    """What a draft says, wherever it stands."""
    return [
        [(item.id, item.section, item.text, item.need, item.applies_when) for item in draft.items],
        [(each.id, each.text, each.at, each.when, each.waives) for each in draft.waivers],
        draft.facts,
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_holds_every_item_and_clause(language: str) -> None:
    book = book_of(RULEBOOK)
    form = blank_form.from_rulebook(book, language)
    texts = "".join("".join(cell.text for cell in form.cells).split())
    for entry in book.entries():
        assert entry.text
        assert "".join(entry.text.in_(language).split()) in texts
    assert form.notes == ["in-lieu"]
    assert form.cells[-1].kind == "note"
    assert form.cells[-1].row > max(form.items)
    # The clause in the cell of 1.8 is there once.
    assert texts.count("1.8~1.13の要件は不要" if language == "ja" else "1.8to1.13arenot") == 1


def test_no_two_cells_lie_on_one_another() -> None:
    form = blank_form.from_rulebook(book_of(RULEBOOK), "ja")
    seen: set[tuple[int, int]] = set()
    for cell in form.cells:
        spots = {
            (row, column)
            for row in range(cell.row, cell.bottom + 1)
            for column in range(cell.column, cell.right + 1)
        }
        assert seen.isdisjoint(spots)
        seen |= spots
    assert {row for row, _ in seen} == {*range(1, form.last + 1)}
    assert max(column for _, column in seen) == REMARK


def test_the_shipped_form_is_drafted_as_the_shipped_sheet() -> None:
    source = ROOT / "knowledge_base" / "sources" / f"{RULEBOOK}.txt"
    one = drafting.from_sheet(tabular.from_grids(grids.read(source)))
    form = blank_form.from_rulebook(book_of(RULEBOOK), "ja")
    two = drafting.from_sheet(tabular.from_grids([grid_of(form)]))
    assert said(one) == said(two)


CONDITION = st.sampled_from(
    [
        *(
            "1.1を満たす",
            "1.1及び1.2を満たす",
            "1.1、1.2または1.3のいずれかを満たす",
            "市長が認める",
        ),
        *(
            "1.1もしくは1.2と1.3を満たす",
            "1.2の認証を取得していない",
            "1.1を満たし、かつ1.3を満たす",
        ),
    ]
)
TARGET = st.sampled_from(["以下の要件は不要", "1.2~1.3の要件は不要", "1.3は不要とする。"])
CLAUSE = st.builds(lambda when, target: f"{when}場合、{target}", CONDITION, TARGET)
WORDS = st.text("甲乙丙、。(ア)AB 1.\n", max_size=30).map(lambda text: f"丁{text}であること。")
ITEM = st.tuples(
    st.lists(CLAUSE, max_size=2),  # above it
    st.sampled_from(["甲", "乙", "丙 ※丁"]),  # its section
    st.none() | CLAUSE,  # inside it
    WORDS,
    st.sampled_from(["必須", "任意"]),
)


@settings(deadline=None)
@given(st.lists(ITEM, min_size=3, max_size=6))
def test_what_is_drafted_of_a_form_is_drafted_again(
    tmp_path_factory: pytest.TempPathFactory, items: list[tuple[list[str], str, str, str, str]]
) -> None:
    rows = [["項番", "区分", "要件", "要否"]]
    for number, (above, section, inside, words, need) in enumerate(items, 1):
        if above:
            rows.append(["\n".join(above)])
        text = f"{inside}\n{words}" if inside else words
        rows.append([f"1.{number}", section, text, need])
    first = drafting.from_sheet(tabular.from_grids([sheet.grid(rows)]))
    path = tmp_path_factory.getbasetemp() / "form.yaml"
    path.write_text(page.rulebook_file(first, "form", "sheet.xlsx", "ja"), "utf-8")
    form = blank_form.from_rulebook(book_of(str(path)), "ja")
    again = drafting.from_sheet(tabular.from_grids([grid_of(form)]))
    assert said(again) == said(first)


def make(path: Path, *args: str) -> int:
    pytest.importorskip("xlsxwriter")
    return main(["form", "new", RULEBOOK, "-o", str(path), *args])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_workbook_reads_back(tmp_path: Path, language: str) -> None:
    path = tmp_path / "form.xlsx"
    assert make(path, "--lang", language) == 0
    form = blank_form.from_rulebook(book_of(RULEBOOK), language)
    (read,) = grids.read(path)
    texts = {spot: text for spot, text in grid_of(form).texts.items() if text}
    assert read.texts == texts
    assert read.name == form.name
    draft = drafting.from_sheet(tabular.from_grids([read]))
    assert draft.title == form.title
    assert [item.id for item in draft.items] == list(book_of(RULEBOOK).items)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_other_commands_find_their_way_in_it(
    tmp_path: Path, language: str, capfd: pytest.CaptureFixture[str]
) -> None:
    blank, full, service = (tmp_path / name for name in ("new.xlsx", "full.xlsx", "service.yaml"))
    assert make(blank, "--lang", language) == 0
    capfd.readouterr()
    example = ROOT / "scenarios" / "services" / "example-saas.yaml"
    on = ("--on", "2026-12-01")
    assert main(["form", "fill", str(blank), str(example), "-o", str(full), *on]) == 0
    assert "no field" not in capfd.readouterr().err
    assert main(["form", "read", str(full), "-o", str(service), *on]) == 0
    assert main(["form", "check", str(full), *on]) == 0
    text = service.read_text("utf-8")
    for said in ("Example SaaS", "Example KK", "asp.iso27001", "csp.ismap", "1.14"):
        assert said in text


def test_the_same_bytes_whenever_it_is_made(tmp_path: Path) -> None:
    one, two = tmp_path / "one.xlsx", tmp_path / "two.xlsx"
    assert make(one) == 0
    code = (
        f"from cloudrules.cli.main import main; main(['form', 'new', '{RULEBOOK}', '-o', '{two}'])"
    )
    environment = {"PYTHONHASHSEED": "7", "PYTHONPATH": str(ROOT), "TZ": "Asia/Tokyo"}
    subprocess.run([sys.executable, "-c", code], env=environment, check=True, capture_output=True)
    assert one.read_bytes() == two.read_bytes()


def test_it_prints_on_a4_and_offers_answers(tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    assert make(path, "--lang", "ja") == 0
    with zipfile.ZipFile(path) as package:
        xml = package.read("xl/worksheets/sheet1.xml").decode()
        names = package.read("xl/workbook.xml").decode()
    assert 'paperSize="9"' in xml
    assert 'orientation="landscape"' in xml
    assert 'fitToHeight="0"' in xml
    assert re.search(r'<pane ySplit="5" [^>]*state="frozen"', xml)
    assert "$5:$5" in names  # the print titles
    choices = re.findall(r'<dataValidation type="list"[^>]*sqref="([A-Z0-9: ]+)"', xml)
    column = chr(64 + ANSWER)
    mandatory, optional = (each.replace(column, "").split() for each in choices)
    assert mandatory == ["10", "13:15", "17:20", "23:34"]
    assert optional == ["6:9", "12", "16", "21", "35"]
    assert "○,×,△,対象外,確認中" in xml
    assert "○,－,△,対象外,確認中" in xml
    assert xml.count('errorStyle="warning"') == xml.count('error="一覧にない語です。') == 2
    fixed = re.findall(r'<row r="(\d+)"[^>]* customHeight="1"', xml)
    assert fixed == ["1", "2", "3", "4", "5", "11", "22", "36"]  # those with merged cells
    assert len(re.findall(r'<row r="\d+"[^>]* ht="', xml)) == 36  # by the length of texts
    assert "<f>" not in xml


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_of_its_drop_downs_is_too_long_for_excel(tmp_path: Path, language: str) -> None:
    path = tmp_path / "form.xlsx"
    assert make(path, "--lang", language) == 0
    with zipfile.ZipFile(path) as package:
        root = ElementTree.fromstring(package.read("xl/worksheets/sheet1.xml"))
    found = root.findall(".//{*}dataValidation")
    assert len(found) == 2
    for each in found:
        assert all(0 < len(each.get(key, "")) <= 32 for key in ("errorTitle", "promptTitle"))
        assert all(0 < len(each.get(key, "")) <= 255 for key in ("error", "prompt"))
        (words,) = each
        assert len(words.text) <= 255
    (foot,) = root.findall("{*}headerFooter/{*}oddFooter")
    assert len(foot.text) <= 255


def test_a_section_that_its_rows_have_no_room_for_is_repeated(tmp_path: Path) -> None:
    path = tmp_path / "book.yaml"
    section = "とても長い区分の名称" * 12
    items = "".join(
        f"  - {{id: 1.{number}, need: mandatory, section: {section}, text: 甲}}\n"
        for number in range(1, 4)
    )
    path.write_text(f"rulebook: book\nitems:\n{items}", "utf-8")
    form = blank_form.from_rulebook(book_of(str(path)), "ja")
    shown = [cell for cell in form.cells if cell.kind == "section"]
    assert [(cell.row, cell.bottom, cell.text) for cell in shown] == [
        (row, row, section) for row in form.items
    ]


def test_text_is_never_a_formula_or_a_link(tmp_path: Path) -> None:
    pytest.importorskip("xlsxwriter")
    path, out = tmp_path / "book.yaml", tmp_path / "form.xlsx"
    texts = ["=1+1", "{=A1}", "http://example.com/", "@SUM(A1)", "007", "-1", "+1"]
    items = "".join(
        f"  - {{id: 1.{number}, need: mandatory, text: '{text}'}}\n"
        for number, text in enumerate(texts, 1)
    )
    path.write_text(f"rulebook: book\ntitle: '=cmd'\nitems:\n{items}", "utf-8")
    assert main(["form", "new", str(path), "-o", str(out)]) == 0
    with zipfile.ZipFile(out) as package:
        parts = {name: package.read(name).decode() for name in package.namelist()}
    assert "<f>" not in parts["xl/worksheets/sheet1.xml"]
    assert "hyperlink" not in parts["xl/worksheets/sheet1.xml"]
    (read,) = grids.read(out)
    assert {*texts, "=cmd"} <= set(read.texts.values())


def test_bad_use(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["form", "new", RULEBOOK]) == 2
    assert "-o" in capfd.readouterr().err
    path = tmp_path / "form.xlsx"
    path.write_bytes(b"kept")
    assert main(["form", "new", RULEBOOK, "-o", str(path)]) == 2
    assert path.read_bytes() == b"kept"
    assert "--force" in capfd.readouterr().err
    long = tmp_path / "long.yaml"
    long.write_text(f"rulebook: r\nitems: [{{id: 1.1, need: optional, text: {'a' * 40000}}}]\n")
    assert main(["form", "new", str(long), "-o", str(path), "--force"]) == 2
    assert "32,767" in capfd.readouterr().err
    assert main(["form", "new", RULEBOOK, "-o", str(path), "--on", "2026-13-01"]) == 2
