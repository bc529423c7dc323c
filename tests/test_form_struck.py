"""What is struck through in a form is withdrawn, and remarks that cannot be read are told."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("openpyxl")
pytest.importorskip("xlsxwriter")
import forms
import test_cli
from test_cli import Run
from test_excel import MAIN, packed, parts, sheet
from test_form import ON, fill, read, replied
from test_form_answers import GOOD
from test_form_cli import SERVICE

from cloudrules.core import drafting, follow, tabular
from cloudrules.core.service import Service
from cloudrules.files import grids, yaml
from cloudrules.files.excel import workbook
from cloudrules.files.form.remarks import Remarks
from cloudrules.files.library import read_as

run = test_cli.run


def row_of(item: str) -> int:
    return next(at for at, row in enumerate(forms.grid(), 1) if row and row[0] == f"{item}.")


def form(answer: object = "○", remark: object = "（csp.ismap、2027-03-31まで）") -> bytes:
    """A form that is compliant by what row 1.7 says, which is given here."""

    def change(book, sheet):
        texts = {key: text for key, text in GOOD.items() if not key.endswith("1_7")}
        for key, text in texts.items():
            sheet.cell(row_of(key[1:].replace("_", ".")), 5 + (key[0] == "r")).value = text
        sheet.cell(row_of("1.7"), 5).value = plain(answer)
        sheet.cell(row_of("1.7"), 6).value = plain(remark)
        for column, value in ((5, answer), (6, remark)):
            if isinstance(value, Struck):
                from openpyxl.styles import Font

                sheet.cell(row_of("1.7"), column).font = Font(strike=True)

    return forms.by_openpyxl(change)


class Struck(str):
    """A text in a cell whose format strikes it through."""


def plain(value: object) -> object:
    return str(value) if isinstance(value, Struck) else value


def runs(*given: tuple[str, bool | None]):
    """A text in runs, each struck or not, or without a font of its own."""
    from openpyxl.cell.rich_text import CellRichText, TextBlock
    from openpyxl.cell.text import InlineFont

    return CellRichText(
        *(
            text if struck is None else TextBlock(InlineFont(strike=struck), text)
            for text, struck in given
        )
    )


def checked(data: bytes) -> follow.Checked:
    base, rows = replied(data)
    return follow.check(forms.rulebook(), rows, base, ON)


def codes(data: bytes) -> list[tuple[str, str]]:
    return [(each.code, each.cell) for each in checked(data).findings if each.item == "1.7"]


CELL = {name: f"チェックリスト!{name}{row_of('1.7')}" for name in "EF"}


def test_a_form_as_it_is_is_compliant() -> None:
    assert checked(form()).grounds.verdict == "compliant"
    assert codes(form()) == []


@pytest.mark.parametrize(
    "answer", [Struck("○"), runs(("○", True)), runs(("○", True), ("\n", False))]
)
def test_an_answer_that_is_struck_through_is_none(answer: object) -> None:
    data = form(answer)
    assert codes(data) == [("struck", CELL["E"])]
    assert checked(data).grounds.verdict == "unknown"
    found = read(data)
    assert ("struck", "○") in {(each.code, each.answer) for each in found.doubts}
    assert "csp.ismap" in {each.name for each in found.service.unknown}


def test_remarks_that_are_struck_through_state_nothing() -> None:
    data = form(remark=Struck("（csp.ismap、2027-03-31まで）"))
    assert codes(data) == [("remark-struck", CELL["F"])]
    assert checked(data).grounds.verdict == "claimed"
    assert "remark-struck" in {each.code for each in read(data).doubts}
    assert not any(
        each.evidence for each in read(data).service.holds if each.ref.name == "csp.ismap"
    )


def test_the_runs_that_are_not_struck_through_are_read() -> None:
    remark = runs(("（csp.ismap、2026-03-31まで）", True), ("（csp.ismap、2027-03-31まで）", False))
    assert checked(form(runs(("×", True), ("○", False)), remark)).grounds.verdict == "compliant"
    assert checked(form(runs(("○", True), ("×", False)))).grounds.verdict != "compliant"


def said(rows: str, fonts: str = "", strings: str = "", formats: str = "") -> workbook.Workbook:
    """A workbook of these rows, whose format 1 has the second font."""
    styles = (
        f'<styleSheet xmlns="{MAIN}"><fonts><font/>{fonts}</fonts><cellXfs><xf/>'
        f'<xf fontId="1"/>{formats}</cellXfs></styleSheet>'
    )
    found = parts(sheet=sheet(rows))
    link = '<Relationship Id="r3" Type="x/styles" Target="styles.xml"/></Relationships>'
    found["xl/_rels/workbook.xml.rels"] = str(found["xl/_rels/workbook.xml.rels"]).replace(
        "</Relationships>", link
    )
    if strings:
        found["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{strings}</sst>'
    return workbook.from_bytes(packed(found | {"xl/styles.xml": styles}), "f")


RICH = (
    "<si><r><t>a</t></r><r><rPr><strike/></rPr><t>b</t></r><r><rPr><b/></rPr><t>c</t></r>"
    '<r><rPr><strike val="0"/></rPr><t>d</t></r><rPh><t>x</t></rPh></si>'
)


@pytest.mark.parametrize("inline", [False, True])
def test_a_run_with_a_font_of_its_own_does_not_follow_its_cell(inline: bool) -> None:
    body = f't="inlineStr">{RICH.replace("si>", "is>")}' if inline else 't="s"><v>0</v>'
    book = said(
        f'<row r="1"><c r="A1" {body}</c><c r="B1" s="1" {body}</c></row>',
        "<font><strike/></font>",
        RICH,
    )
    found = [book.sheets[0].cells[spot] for spot in ((1, 1), (1, 2))]
    assert [(cell.text, cell.struck) for cell in found] == [("acd", "b"), ("cd", "ab")]


@pytest.mark.parametrize(
    ("font", "struck"),
    [
        ("<font><strike/></font>", True),
        ('<font><strike val="1"/></font>', True),
        ('<font><strike val="true"/></font>', True),
        ('<font><strike val="false"/></font>', False),
        ('<font><strike val="0"/></font>', False),
        ("<font><u/></font>", False),
        ("", False),
    ],
)
@pytest.mark.parametrize("value", ["<v>1</v>", "<f>A9</f><v>1</v>"])
def test_a_cell_is_struck_through_by_its_font(font: str, struck: bool, value: str) -> None:
    cell = said(f'<row r="1"><c r="A1" s="1">{value}</c></row>', font).sheets[0].cells[1, 1]
    assert cell.withdrawn == struck
    assert (cell.text, cell.struck) == (("", "1") if struck else ("1", ""))


@pytest.mark.parametrize("number", ["-1", "7", "1e3", "99999999999", "１", "x", ""])
def test_a_font_that_there_is_not_strikes_nothing(number: str) -> None:
    book = said(
        '<row r="1"><c r="A1" s="2"><v>1</v></c></row>',
        "<font><strike/></font>",
        formats=f'<xf fontId="{number}"/>',
    )
    assert book.sheets[0].cells[1, 1].text == "1"


def test_very_many_fonts_are_read_at_once_or_refused() -> None:
    said(
        '<row r="1"><c s="30000"/></row>',
        "<font><strike/></font>" * 40_000,
        formats='<xf fontId="3"/>' * 30_000,
    )


def test_one_text_in_runs_costs_no_more_in_many_cells() -> None:
    run_ = "<r><rPr><strike/></rPr><t>ab</t></r><r><t>c</t></r>"
    cells = "".join(f'<c t="s" s="{n % 2}"><v>0</v></c>' for n in range(600))
    said(f"<row>{cells}</row>", "<font><strike/></font>", f"<si>{run_ * 5000}</si>")


def test_what_is_struck_through_in_a_citys_sheet_is_asked_about(tmp_path: Path) -> None:
    path = tmp_path / "city.xlsx"
    path.write_bytes(form(remark=runs(("旧: 要件は不要", True), ("内部用", False))))
    draft = drafting.from_sheet(tabular.from_grids(grids.read(path)))
    (asked,) = [each for each in draft.questions if each.code == "stray-struck"]
    assert (asked.spot.row, asked.spot.column) == (row_of("1.7"), 6)
    assert asked.values["text"] == "旧: 要件は不要"
    assert "旧" not in "".join(item.text for item in draft.items)


def service() -> Service:
    return read_as(Service, yaml.read(Path(SERVICE).read_bytes(), "s.yaml"))


def test_nothing_is_written_into_a_cell_that_is_struck_through() -> None:
    for answer in (Struck("○"), Struck(""), runs(("○", True))):
        data, told = fill(service(), form(answer))
        assert CELL["E"] in {each.values["cell"] for each in told if each.code == "kept-struck"}
        there = workbook.from_bytes(data, "f").sheets[0].cells[row_of("1.7"), 5]
        assert (there.text, there.struck) == ("", str(answer))


def test_by_force_it_is_written_and_told() -> None:
    data, told = fill(service(), form(Struck("○")), force=True)
    assert [each.code for each in told if each.code.endswith("struck")] == ["shown-struck"]
    data, told = fill(service(), form(runs(("×", True))), force=True)
    assert not any(each.code.endswith("struck") for each in told)
    there = workbook.from_bytes(data, "f").sheets[0].cells[row_of("1.7"), 5]
    assert there.text
    assert not there.struck


def test_remarks_that_are_a_formula_without_a_value_are_told(run: Run, tmp_path: Path) -> None:
    data = form(remark="=H7")
    assert codes(data) == [("remark-uncomputed", CELL["F"])]
    assert "remark-uncomputed" in {each.code for each in read(data).doubts}
    path = tmp_path / "f.xlsx"
    path.write_bytes(data)
    done = run("form", "check", str(path), "--on", ON.isoformat(), "--lang", "en")
    assert done.code == 1
    assert "cannot be read" in done.text
    assert "names no evidence" not in done.text


def remarked(remark: str, *, own: bool) -> bytes:
    """A form with the same remarks in every row, or with the row's number before them."""

    def change(book, sheet):
        for row in range(row_of("1.1"), sheet.max_row + 1):
            sheet.cell(row, 6).value = f"{row if own else ''}{remark}"

    return forms.by_openpyxl(change)


def test_answers_and_remarks_are_bounded_together() -> None:
    from cloudrules.core.errors import BadInput

    held = "（csp.ismap、2030-01-01まで）\n" * 1000
    assert replied(remarked(held, own=False))  # what all rows share is read, and counts, once
    with pytest.raises(BadInput) as raised:
        replied(remarked(held, own=True))
    assert [each.code for each in raised.value.faults] == ["grid-long"]


def test_remarks_that_rows_share_are_of_each_row_what_they_are_alone() -> None:
    """Of items only the row's own can be stated."""
    text = "（1.12）x（1.1、2027-03-31まで）y（csp.ismap、2030-01-01まで）"
    remarks = Remarks(forms.rulebook())
    _, rows = replied(remarked(text, own=False))
    rows = [row for row in rows if row.remark.statements]
    assert [row.remark for row in rows] == [remarks.of(row.item, text) for row in rows]
    stated = {row.item: [each.name for each in row.remark.statements] for row in rows}
    assert stated.pop("1.1") == ["1.1", "csp.ismap"]
    assert stated.pop("1.12") == ["1.12", "csp.ismap"]
    assert stated
    assert all(names == ["csp.ismap"] for names in stated.values())


def test_what_remarks_state_many_times_over_is_doubted_once() -> None:
    found = read(remarked("（csp.ismap、2030-01-01まで）x" * 30, own=False))
    told = [each for each in found.doubts if each.code.startswith("stated")]
    assert told
    assert len(told) == len(set(told))
