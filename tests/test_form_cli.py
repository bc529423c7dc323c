"""The commands `form fill`, `form read` and `form check`, as they are called."""

from __future__ import annotations

import io
import json
import re
import zipfile
from itertools import pairwise
from pathlib import Path

import pytest
import test_cli
from test_cli import Run

pytest.importorskip("openpyxl")
pytest.importorskip("xlsxwriter")
import forms
from form_writers import WRITERS, edited
from test_excel import hostile, packed, parts

from cloudrules.files.excel import workbook
from cloudrules.render.form_faults import FORM_FAULTS

SERVICE = str(forms.scenario("example-saas"))
ON = ("--on", "2026-10-01")
run = test_cli.run
CHAIN = "xl/calcChain.xml"


@pytest.fixture
def made(tmp_path: Path):
    """Writes a form into a file, and gives its path."""

    def make(data: bytes, name: str = "f.xlsx") -> str:
        path = tmp_path / name
        path.write_bytes(data)
        return str(path)

    return make


def texts(path: Path | str) -> dict[str, str]:
    """The texts of a form's first sheet by cell."""
    found = workbook.open(Path(path)).sheets[0]
    return {
        f"{'ABCDEFGHIJ'[spot[1] - 1]}{spot[0]}": cell.text for spot, cell in found.cells.items()
    }


def test_a_form_goes_round(run: Run, made, tmp_path: Path) -> None:
    form, filled, back = made(forms.by_openpyxl()), tmp_path / "g.xlsx", tmp_path / "s.yaml"
    result = run("form", "fill", form, SERVICE, "-o", str(filled), "--by", "担当", *ON)
    assert (result.code, result.out) == (0, b"")
    assert result.said == f"55 cells written: {filled}\n"
    cells = texts(filled)
    assert (cells["C1"], cells["C2"], cells["E1"], cells["E2"]) == (
        "Example SaaS",
        "Example KK",
        "2026年10月1日",
        "担当",
    )
    assert run("form", "check", str(filled), *ON).text.endswith("Verdict: compliant\n")
    assert run("form", "check", str(filled), "--service", SERVICE, *ON).code == 0
    assert run("form", "read", str(filled), "-o", str(back), *ON).code == 0
    one, two = (run("assess", path, "--format", "json", *ON) for path in (SERVICE, str(back)))
    answers = [json.loads(each.text)["items"] for each in (one, two)]
    assert answers[0] == answers[1]


def test_a_file_that_exists_is_not_written_over(run: Run, made) -> None:
    form, there = made(forms.by_openpyxl()), made(b"old", "g.xlsx")
    result = run("form", "fill", form, SERVICE, "-o", there)
    assert result.code == 2
    assert Path(there).read_bytes() == b"old"
    assert run("form", "fill", form, SERVICE, "-o", SERVICE, "--force").code == 2
    assert run("form", "read", form, "-o", form, "--force").code == 2
    assert run("form", "fill", form, SERVICE, "-o", "-").out.startswith(b"PK")
    assert run("form", "fill", form, SERVICE, "-o", form, "--force").code == 0


def answered(book, sheet) -> None:
    sheet["E5"], sheet["F5"] = "×", "審査中"
    sheet["E6"] = '=IF(A6="","","○")'
    sheet["E7"] = "選択してください"
    sheet["C1"] = 0


def test_answers_and_formulas_stay_without_force(run: Run, made, tmp_path: Path) -> None:
    form, out = made(forms.by_openpyxl(answered)), tmp_path / "g.xlsx"
    result = run("form", "fill", form, SERVICE, "-o", str(out), *ON)
    assert result.code == 1
    said = result.said.splitlines()
    assert len(said) == 4
    assert said[0].startswith(f"{form}: チェックリスト!E5 says × already")
    assert said[1].startswith(
        f"{form}: チェックリスト!F5 says 審査中, which the service's file does"
    )
    assert said[2].startswith(f"{form}: チェックリスト!E6 holds a formula")
    cells = texts(out)
    assert (cells["E5"], cells["F5"], cells["E7"], cells["C1"]) == (
        "×",
        "審査中",
        "－",
        "Example SaaS",
    )
    result = run("form", "fill", form, SERVICE, "-o", str(out), "--force", *ON)
    assert result.code == 0
    assert (texts(out)["E5"], texts(out)["E6"]) == ("－", "－")
    assert not texts(out).get("F5")


def test_forced_over_another_service_nothing_of_that_is_left(
    run: Run, made, tmp_path: Path
) -> None:
    blank, other = made(forms.by_openpyxl()), str(forms.scenario("newcomer"))
    one, two, both = (tmp_path / name for name in ("one.xlsx", "two.xlsx", "both.xlsx"))
    assert run("form", "fill", blank, SERVICE, "-o", str(one), *ON).code == 0
    assert run("form", "fill", blank, other, "-o", str(two), *ON).code == 0
    assert run("form", "fill", str(one), other, "-o", str(both), "--force", *ON).code == 0
    filled = [{at: text for at, text in texts(each).items() if text} for each in (two, both)]
    assert filled[0] == filled[1]


def test_of_several_columns_that_of_whoever_fills_it_in_is_taken(
    run: Run, made, tmp_path: Path
) -> None:
    def city(book, sheet) -> None:
        for row in [*sheet.iter_rows()]:
            for cell in row:
                if cell.value == "適用状況":
                    cell.value = "適用状況（事業者記入欄）"
                    last = sheet.max_column + 1
                    sheet.cell(cell.row, last).value = "適用状況（市記入欄）"
                    sheet.cell(cell.row, last + 1).value = "備考（前年度）"
                    return

    out = tmp_path / "g.xlsx"
    result = run("form", "fill", made(forms.by_openpyxl(city)), SERVICE, "-o", str(out), *ON)
    assert result.code == 0
    plain = tmp_path / "h.xlsx"
    run("form", "fill", made(forms.by_openpyxl()), SERVICE, "-o", str(plain), *ON)
    before, after = texts(plain), texts(out)
    assert {at for at in before | after if before.get(at) != after.get(at)} == {"E4", "G4", "H4"}


def chained() -> bytes:
    """A form with a calculation chain, as Excel writes one."""
    data = forms.by_openpyxl(answered)
    types = "[Content_Types].xml"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"
    named = f'<Override PartName="/{CHAIN}" ContentType="{kind}"/></Types>'
    data = edited(data, lambda xml: xml.replace("</Types>", named), types)
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    link = f'<Relationship Id="rId99" Type="{office}/calcChain" Target="calcChain.xml"/>'
    end = "</Relationships>"
    data = edited(data, lambda xml: xml.replace(end, link + end), "xl/_rels/workbook.xml.rels")
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as file:
        file.writestr(CHAIN, '<calcChain><c r="E6" i="1"/></calcChain>')
    return out.getvalue()


def test_the_calculation_chain_goes_with_a_formula_that_is_replaced(
    run: Run, made, tmp_path: Path
) -> None:
    form, out = made(chained()), tmp_path / "g.xlsx"
    assert run("form", "fill", form, SERVICE, "-o", str(out)).code == 1
    assert CHAIN in zipfile.ZipFile(out).namelist()
    assert run("form", "fill", form, SERVICE, "-o", str(out), "--force").code == 0
    with zipfile.ZipFile(out) as file:
        assert CHAIN not in file.namelist()
        assert b"calcChain" not in b"".join(map(file.read, file.namelist()))
        assert file.testzip() is None


def merged(book, sheet) -> None:
    sheet.merge_cells("E8:E9")


def short(book, sheet) -> None:
    sheet.delete_rows(sheet.max_row)


def two_words(book, sheet) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    choice = DataValidation(type="list", formula1='"はい,いいえ"')
    choice.add("E5:E60")
    sheet.add_data_validation(choice)


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (merged, "merged with the cell of item 1.4"),
        (short, "no row for item 1.28"),
        (two_words, "left empty: its drop-down (はい / いいえ)"),
    ],
)
def test_what_is_not_written_is_told(run: Run, made, tmp_path: Path, change, word: str) -> None:
    form, out = made(forms.by_openpyxl(change)), tmp_path / "g.xlsx"
    result = run("form", "fill", form, SERVICE, "-o", str(out), *ON)
    assert result.code == 1
    assert word in result.said


def test_check_names_the_cell(run: Run, made) -> None:
    def change(book, sheet):
        sheet["E14"] = "対象外"

    form = made(forms.by_openpyxl(change))
    result = run("form", "check", form, *ON)
    assert result.code == 1
    line = f"{form}: チェックリスト!E14: item 1.9 says 対象外, but nothing releases it"
    assert line in result.text.splitlines()
    assert result.text.endswith("Verdict: unknown\n")
    found = json.loads(run("form", "check", form, "--format", "json", *ON).text)
    assert found["compliant"] is None
    (one,) = [each for each in found["findings"] if each["item"] == "1.9"]
    assert (one["code"], one["sheet"], one["cell"]) == ("exempt-not", "チェックリスト", "E14")
    assert "○" not in run("form", "check", form, *ON, "--lang", "ja").said


def test_read_names_what_is_not_certain(run: Run, made) -> None:
    def change(book, sheet):
        for row in range(5, sheet.max_row + 1):
            sheet.cell(row, 5, "○" if sheet.cell(row, 1).value else None)
        sheet["E14"] = "一部対応"

    form = made(forms.by_openpyxl(change))
    result = run("form", "read", form, *ON)
    assert result.code == 1
    assert result.said.startswith(f"{form}: チェックリスト!E14: item 1.9 says 一部対応")
    assert re.search(r"^#   チェックリスト!E14: item 1.9", result.text, re.MULTILINE)


def without(word: str):
    def change(book, sheet):
        for row in sheet.iter_rows():
            for cell in row:
                if str(cell.value or "").startswith(word):
                    cell.value = None

    return change


def twice(book, sheet) -> None:
    book.copy_worksheet(sheet).title = "写し"


def copied(book, sheet) -> None:
    for number in range(8):
        book.copy_worksheet(sheet).title = f"写し{number}"


def again(book, sheet) -> None:
    sheet.cell(sheet.max_row + 1, 1, "1.7")


def numberless(book, sheet) -> None:
    for row in range(5, sheet.max_row + 1):
        sheet.cell(row, 1).value = None


def shifted(book, sheet) -> None:
    """The headings one column to the left of theirs."""
    for row in sheet.iter_rows():
        if any(cell.value == "適用状況" for cell in row):
            for left, cell in pairwise(row):
                left.value = cell.value
            row[-1].value = None


def years(book, sheet) -> None:
    """Two columns for answers, and none that is headed 適用状況 alone."""
    for row in [*sheet.iter_rows()]:
        for cell in row:
            if cell.value == "適用状況":
                cell.value = "適用状況(R5)"
                sheet.cell(cell.row, sheet.max_column + 1).value = "適用状況(R6)"
                return


def other_texts(book, sheet) -> None:
    for row in range(5, sheet.max_row + 1):
        if sheet.cell(row, 4).value in ("必須", "任意"):
            sheet.cell(row, 3).value = f"別の市の要件その{row}。"


def shown(code: str) -> tuple[bytes, list[str]]:
    """A file that has a fault, and more arguments."""
    if code == "form-heading":
        return forms.by_openpyxl(without("適用状況")), []
    if code == "form-apart":
        return forms.by_openpyxl(other_texts), []
    if code == "form-remark":
        return forms.by_openpyxl(without("備考")), []
    if code == "form-columns":
        return forms.by_openpyxl(years), []
    if code == "form-shifted":
        return forms.by_openpyxl(shifted), []
    if code == "form-items":
        return forms.by_openpyxl(numberless), []
    if code == "form-item-twice":
        return forms.by_openpyxl(again), []
    if code == "form-sheet-twice":
        return forms.by_openpyxl(twice), []
    if code == "form-more":
        return forms.by_openpyxl(copied), []
    if code == "form-sheet":
        return forms.by_openpyxl(), ["--sheet", "x"]
    if code == "excel-part-missing":
        return packed({k: v for k, v in parts().items() if k != "xl/sharedStrings.xml"}), []
    if code == "excel-xlsb":
        root = str(parts()["_rels/.rels"]).replace("workbook.xml", "workbook.bin")
        return packed(parts() | {"_rels/.rels": root}), []
    if code == "excel-no-sheet":
        links = str(parts()["xl/_rels/workbook.xml.rels"]).replace("/worksheet", "/chartsheet", 1)
        return packed(parts(links=links)), []
    names = {
        "excel-empty": "empty",
        "excel-other": "csv",
        "excel-xls": "xls",
        "excel-ods": "ods",
        "excel-password": "password",
        "excel-damaged": "half",
        "excel-large": "lying",
        "excel-many": "deep",
        "excel-letters": "letters-shared",
        "excel-parts": "crowded",
        "excel-row": "row-twice",
        "excel-cell": "column",
        "excel-string": "no-string",
        "excel-entities": "entities",
        "excel-encoding": "utf-16",
        "excel-xml": "not-xml",
        "excel-sheet-outside": "outside",
    }
    return hostile()[names[code]][0], []


FILL = {
    "excel-text-long",
    "grid-cells",
    "grid-rows",
    "grid-long",
    "form-questions",
    "form-sentences",
    "excel-formula-shared",
    "form-apart-fill",
    "form-other-service",
    "form-other-provider",
    "form-sample",
}


@pytest.mark.parametrize("code", sorted(FORM_FAULTS.keys() - FILL - {"form-rulebook"}))
def test_every_fault_of_a_form_is_shown(run: Run, made, code: str) -> None:
    data, more = shown(code)
    form = made(data)
    for lang, template in zip(("ja", "en"), FORM_FAULTS[code], strict=True):
        result = run("form", "check", form, *more, "--lang", lang)
        assert result.code == 2
        pattern = re.sub(r"\\\{\w+(:\w+)?\\\}", ".*", re.escape(template))
        pattern = re.sub(r"\\\{.*?\\\}", ".*", pattern)
        assert re.search(f"^{re.escape(form)}: {pattern}$", result.said, re.MULTILINE), result.said


def test_a_sheet_given_twice_is_told_once(run: Run, made) -> None:
    form = made(forms.by_openpyxl(twice))
    result = run("form", "check", form, *ON)
    assert result.code == 2
    assert result.said.splitlines() == [
        f"{form}: the sheets チェックリスト and 写し have rows of the same items"
        " (28, 1.1 the first); name the sheet to use, such as --sheet 'チェックリスト'"
    ]
    assert run("form", "check", form, *ON, "--sheet", "写し").code == 1


@pytest.mark.parametrize("field", ["service", "provider"])
def test_a_form_of_another_service_is_not_filled(
    run: Run, made, tmp_path: Path, field: str
) -> None:
    def change(book, sheet):
        sheet["C1"], sheet["C2"] = ("Other", None) if field == "service" else (None, "Other KK")

    form, out = made(forms.by_openpyxl(change)), tmp_path / "g.xlsx"
    found = "Other" if field == "service" else "Other KK"
    cell = "チェックリスト!C1" if field == "service" else "チェックリスト!C2"
    for lang in ("ja", "en"):
        result = run("form", "fill", form, SERVICE, "-o", str(out), *ON, "--lang", lang)
        assert result.code == 2
        assert result.said.startswith(f"{form}: {cell} ")
        assert found in result.said
        assert not out.exists()
    assert run("form", "fill", form, SERVICE, "-o", str(out), *ON, "--force").code == 0
    assert texts(out)[cell[-2:]] in ("Example SaaS", "Example KK")


def test_the_same_name_written_otherwise_is_no_other(run: Run, made, tmp_path: Path) -> None:
    def change(book, sheet):
        sheet["C1"], sheet["C2"] = "Ｅｘａｍｐｌｅ　ＳａａＳ", 0

    out = tmp_path / "g.xlsx"
    form = made(forms.by_openpyxl(change))
    assert "says Ｅ" in run("form", "fill", form, SERVICE, "-o", str(out), *ON).said


def test_what_a_form_has_no_place_for_is_told(run: Run, made, tmp_path: Path) -> None:
    service = made(
        b"service: {ja: \xe4\xbe\x8b, en: S}\nprovider: P\nrulebook: municipal-cloud-level-2\n"
        b"note: remark\nefforts: {csp.ismap: {cost: 1, months: 1}}\n"
        b"holds: [{evidence: csp.ismap, note: applied for}]\n",
        "s.yaml",
    )
    out = tmp_path / "g.xlsx"
    result = run("form", "fill", made(forms.by_openpyxl()), service, "-o", str(out), *ON)
    assert result.code == 0
    assert (
        "a form has no place for these, which were left out: quotes (efforts), the service's note"
        " (note), texts in another language" in result.said.splitlines()
    )
    assert "not so, not yet, or not for certain: csp.ismap" in result.said


@pytest.mark.parametrize(
    ("remark", "code", "verdict", "said"),
    [
        ("（service.ismap、2027-03-31まで）C21-0001", 0, "compliant", "Verdict: compliant\n"),
        ("ISMAP登録 C21-0001", 1, "claimed", "is true; no evidence of it is stated\n"),
        (None, 1, "claimed", "is true; no evidence of it is stated\n"),
        ("ISMAP登録予定（申請中）", 1, "unknown", "Verdict: unknown\n"),
    ],
)
def test_check_tells_what_the_verdict_rests_on(
    run: Run, made, remark: str | None, code: int, verdict: str, said: str
) -> None:
    def change(book, sheet):
        for row in range(5, sheet.max_row + 1):
            number = str(sheet.cell(row, 1).value or "")
            if re.fullmatch(r"1\.\d+\.", number):
                sheet.cell(row, 5, "×" if number in ("1.2.", "1.3.", "1.4.") else "対象外")
        sheet["E5"], sheet["F5"] = "○", remark
        sheet["F9"] = "前提（generative_ai = false）"

    form = made(forms.by_openpyxl(change))
    result = run("form", "check", form, *ON)
    assert result.code == code
    assert result.text.endswith(said)
    found = json.loads(run("form", "check", form, *ON, "--format", "json").text)
    assert found["verdict"] == verdict
    claims = verdict == "claimed"
    assert found["compliant"] is (True if verdict == "compliant" else None)
    assert found["rests_on"] == (["1.1"] if claims else [])
    assert [(each["item"], each["cell"]) for each in found["claims"]] == (
        [("1.1", "E5")] if claims else []
    )
    exempt = [each["item"] for each in found["exempt_by_claims"]]
    assert exempt == ([f"1.{n}" for n in range(6, 29)] if claims else [])
    assert ("Claimed without evidence that the rulebook knows: 1.1" in result.text) == claims
    assert ("Exempt only if that is true: 1.6..1.28" in result.text) == claims
    if verdict == "unknown":
        assert "item 1.1 says ○, but its remarks, with `予定`, leave that uncertain" in result.text
        read = run("form", "read", form, *ON)
        assert read.code == 1
        assert "- 1.1" in read.text.partition("unknown:")[2]
    if claims:
        read = run("form", "read", form, *ON)
        assert re.search(r"^# Claimed without evidence .*: 1\.1 \(", read.text, re.MULTILINE)


def test_a_note_too_long_for_a_cell_is_refused(run: Run, made, tmp_path: Path) -> None:
    service = made(
        "service: S\nprovider: P\nrulebook: municipal-cloud-level-2\n"
        f"holds:\n  - {{item: 1.14, note: {'x' * 40000}}}\n".encode(),
        "s.yaml",
    )
    out = tmp_path / "g.xlsx"
    result = run("form", "fill", made(forms.by_openpyxl()), service, "-o", str(out))
    assert result.code == 2
    assert "F19 is too long" in result.said
    assert not out.exists()


def test_a_formula_that_others_share_is_not_taken_away(run: Run, made, tmp_path: Path) -> None:
    def share(xml: str) -> str:
        cell = '<c r="E7"><f t="shared" ref="E7:E8" si="0">A7</f><v>1</v></c>'
        return re.sub(r'(<row r="7".*?)(</row>)', rf"\1{cell}\2", xml, count=1)

    form = made(edited(forms.by_openpyxl(), share))
    result = run("form", "fill", form, SERVICE, "-o", str(tmp_path / "g.xlsx"), "--force")
    assert result.code == 2
    assert "E7 is shared with other cells" in result.said


def test_a_form_of_two_rulebooks_asks_which(run: Run, made, tmp_path: Path) -> None:
    base = tmp_path / "base"
    base.mkdir()
    text = "rulebook: twin\nextends: municipal-cloud-level-2\n"
    (base / "twin.yaml").write_text(text, encoding="utf-8")
    form = made(forms.by_openpyxl())
    result = run("form", "check", form, "--knowledge-base", str(base))
    assert result.code == 2
    assert "twin" in result.said
    assert "--rulebook" in result.said
    more = ("--rulebook", "twin", "--knowledge-base", str(base))
    assert run("form", "check", form, *more).code == 1


def test_every_form_of_every_writer_is_read(run: Run, made) -> None:
    for name, make in WRITERS.items():
        result = run("form", "check", made(make()), *ON)
        assert result.code == 1, name
        assert "\n0 answers checked" in result.text, name
        assert "\nLeft empty: 1.1..1.28 (" in result.text, name


def test_links_to_other_files_are_kept_and_not_followed(run: Run, made, tmp_path: Path) -> None:
    data = io.BytesIO(forms.by_openpyxl())
    with zipfile.ZipFile(data, "a") as file:
        file.writestr("xl/externalLinks/externalLink1.xml", "<externalLink/>")
    out = tmp_path / "g.xlsx"
    assert run("form", "fill", made(data.getvalue()), SERVICE, "-o", str(out)).code == 0
    assert "xl/externalLinks/externalLink1.xml" in zipfile.ZipFile(out).namelist()


def test_check_against_a_service(run: Run, made, tmp_path: Path) -> None:
    filled = tmp_path / "g.xlsx"
    run("form", "fill", made(forms.by_openpyxl()), SERVICE, "-o", str(filled), *ON)
    newcomer = str(forms.scenario("newcomer"))
    result = run("form", "check", str(filled), "--service", newcomer, *ON)
    assert result.code == 1
    assert "items 1.6, 1.7 says ○, but nothing that is held meets it" in result.text
    assert "states csp.ismap in its remarks, which the service does not hold" in result.text
    assert "items 1.8..1.13, 1.16..1.28 says 対象外, but nothing releases it" in result.text
    plain = tmp_path / "n.xlsx"
    run("form", "fill", made(forms.by_openpyxl()), newcomer, "-o", str(plain), *ON)
    said = run("form", "check", str(plain), "--service", SERVICE, *ON, "--lang", "ja").text
    assert "要件1.8, 1.9" in said.replace("、", ", ")
    assert "「×」とありますが、サービスのファイルによれば「不要」です。" in said
    assert "要件1.7: 「×」とありますが、示されたものによれば満たしています。" in said


def test_check_takes_a_reading_and_tells_what_is_missing(run: Run, made, tmp_path: Path) -> None:
    filled = tmp_path / "g.xlsx"
    newcomer = str(forms.scenario("newcomer"))
    run("form", "fill", made(forms.by_openpyxl()), newcomer, "-o", str(filled), "--by", "山田", *ON)
    result = run("form", "check", str(filled), "--reading", "hosting=literal", *ON)
    lines = result.text.splitlines()
    assert lines[:2] == ["Service: Newcomer", "Provider: Newcomer KK"]
    assert "Readings: hosting=literal, the others by default" in lines
    assert "Mandatory, and not met:" in lines
    assert any(line.startswith("  1.11 (チェックリスト!E16) ") for line in lines)
    asked = ("form", "check", str(filled), "--reading", "hosting=literal", *ON, "--format", "json")
    found = json.loads(run(*asked).text)
    assert found["readings"]["hosting"] == "literal"
    assert "1.11" in found["missing"]
    assert found["other_readings"] == []
    for wrong, said in (("hosting", "ID=OPTION"), ("hosting=x", "literal"), ("x=y", "x")):
        result = run("form", "check", str(filled), "--reading", wrong, *ON)
        assert result.code == 2
        assert result.said.startswith("--reading: ")
        assert said in result.said
    text = run("form", "read", str(filled), *ON).text
    assert "# date: 2026年10月1日\n# name of the writer: 山田\n" in text


def test_rows_left_empty_are_counted_apart(run: Run, made) -> None:
    def change(book, sheet):
        for row in range(5, sheet.max_row + 1):
            if re.fullmatch(r"1\.\d+\.", str(sheet.cell(row, 1).value or "")):
                sheet.cell(row, 5, "対象外" if row > 12 else None)

    lines = run("form", "check", made(forms.by_openpyxl(change)), *ON).text.splitlines()
    (counted,) = [line for line in lines if " answers checked; findings: " in line]
    (empty,) = [line for line in lines if line.startswith("Left empty: ")]
    items, cells = empty.removeprefix("Left empty: ").rstrip(")").split(" (")
    assert items == "1.1..1.7"
    assert cells == "チェックリスト!E5:E9, E11:E12"
    assert counted.startswith("21 answers checked")


def test_a_hidden_sheet_with_rows_of_items_is_named(run: Run, made) -> None:
    def change(book, sheet):
        other = book.create_sheet("対策")
        other.sheet_state = "hidden"
        for column in range(1, 7):
            other.cell(1, column, sheet.cell(4, column).value)
            other.cell(2, column, sheet.cell(5, column).value)
        sheet.delete_rows(5)

    form = made(forms.by_openpyxl(change))
    told = "the sheet 対策 is hidden and was left out"
    assert told in run("form", "check", form, *ON).said
    assert told in run("form", "fill", form, SERVICE, "-o", f"{form}.o.xlsx", *ON).said
    seen = run("form", "read", form, *ON, "--sheet", "対策")
    assert "is hidden" not in seen.said
