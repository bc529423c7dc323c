"""What `form fill` and `form new` write: by the status, in the form's language, on its sheet."""

from __future__ import annotations

from pathlib import Path

import pytest
import test_cli
from hypothesis import given, settings
from test_cli import Run

pytest.importorskip("openpyxl")
pytest.importorskip("xlsxwriter")
import forms
from test_form import ON, codes, fill, read, services
from test_form_cli import SERVICE, texts

from cloudrules.core import case
from cloudrules.core import form as forms_core
from cloudrules.core.service import Service
from cloudrules.files import yaml
from cloudrules.files.excel import workbook
from cloudrules.files.library import read_as
from cloudrules.render import form as words

run = test_cli.run
DAY = ("--on", ON.isoformat())


def service(text: str) -> Service:
    head = "service: S\nprovider: P\nrulebook: municipal-cloud-level-2\n"
    return read_as(Service, yaml.read(f"{head}{text}".encode(), "s.yaml"))


@settings(deadline=None, max_examples=60)
@given(services())
def test_a_notice_stands_wherever_a_clause_releases_for_certain(service: Service) -> None:
    rulebook = forms.rulebook()
    found = case.from_service([rulebook], service, ON)[0]
    filled = forms_core.from_case(found, service, set(rulebook.items))
    remarks = words.remarks(filled, "ja")
    for row, answer in zip(filled.rows, found.assessed().items, strict=True):
        if answer.status != "unknown":
            assert row.status == answer.status
        elif answer.obligation in ("waived", "not_applicable"):
            assert row.status == answer.obligation
        else:  # what is not met is so, though it may turn out to be released
            lacking = {"mandatory": "missing", "optional": "open"}[answer.need]
            assert row.status == ("unknown" if answer.met is None else lacking)
        for name in answer.waived_by:
            waiver = filled.assessment.rulebook.waivers[name]
            # One without a place on the sheet is told by its words.
            shown = waiver.text.source if name == "in-lieu" else waiver.at.in_("ja")
            assert shown in remarks[answer.id]


def test_what_is_released_for_certain_is_so_though_other_evidence_is_unknown() -> None:
    given = service("holds: [csp.ismap]\nunknown: [csp.iso27018]\n")
    for language, answer, notice in (
        ("ja", "対象外", "により不要。"),
        ("en", "対象外", "Not necessary under the clause"),  # the drop-down has no N/A
    ):
        data, _ = fill(given, forms.by_xlsxwriter(), language)
        cells = workbook.from_bytes(data, "f").sheets[0].cells
        row = next(row for (row, column), cell in cells.items() if cell.text == "1.10.")
        assert cells[row, 5].text == answer
        assert notice in cells[row, 6].text
        assert "csp.iso27018" in cells[row, 6].text.splitlines()[-1]
        assert "1.10" not in codes(data)
        assert "csp.iso27018" in {each.name for each in read(data).service.unknown}


def test_what_is_met_says_that_it_is_not_even_needed() -> None:
    rulebook = forms.rulebook()
    given = service("holds: [csp.ismap, 1.12]\n")
    found = case.from_service([rulebook], given, ON)[0]
    filled = forms_core.from_case(found, given, set(rulebook.items))
    one, two = (words.remarks(filled, language)["1.12"] for language in ("ja", "en"))
    assert one.startswith("1.8のセルの前半により、満たさなくても可。根拠: ISMAP")
    assert two.startswith("Not necessary in any case under the clause inside 1.8. Rests on: Built")


def english(book, sheet) -> None:
    for row in (4, *(row for row in range(5, sheet.max_row + 1))):
        if sheet.cell(row, 5).value == "適用状況":
            sheet.cell(row, 5).value, sheet.cell(row, 6).value = "Status", "Remarks"


@pytest.mark.parametrize(
    ("change", "args", "remark", "day"),
    [
        (None, (), "により不要。", "2026年10月1日"),
        (None, ("--lang", "en"), "Not necessary under", "2026-10-01"),
        (english, (), "Not necessary under", "2026-10-01"),
        (english, ("--lang", "ja"), "により不要。", "2026年10月1日"),
    ],
)
def test_a_form_is_filled_in_its_own_language(
    run: Run, tmp_path: Path, change, args: tuple[str, ...], remark: str, day: str
) -> None:
    form, out = tmp_path / "f.xlsx", tmp_path / "g.xlsx"
    form.write_bytes(forms.by_openpyxl(change))
    result = run("form", "fill", str(form), SERVICE, "-o", str(out), *DAY, *args)
    cells = texts(out)
    assert cells["E1"] == day
    assert remark in cells["F13"]
    # What is told is in the language of the command.
    assert ("個のセル" if "ja" in args else "cells written") in result.said


@pytest.mark.parametrize(
    ("item", "language"),
    [
        ("text: 甲", "ja"),
        ("text: A", "en"),
        ("text: {ja: 甲, en: A}", "ja"),
        ("text: {en: A, ja: 甲}", "en"),
        ("section: 甲", "en"),
    ],
)
def test_a_blank_form_is_in_the_language_of_its_rulebook(
    run: Run, tmp_path: Path, item: str, language: str
) -> None:
    book, out = tmp_path / "book.yaml", tmp_path / "f.xlsx"
    book.write_text(f"rulebook: book\nitems:\n  - {{id: 1.1, need: mandatory, {item}}}\n", "utf-8")
    headings = {"ja": "適用状況", "en": "Status"}
    for args, wanted in (((), language), (("--lang", "ja"), "ja"), (("--lang", "en"), "en")):
        assert run("form", "new", str(book), "-o", str(out), "--force", *args).code == 0
        assert texts(out)["E5"] == headings[wanted]


def test_a_clause_without_words_is_told(run: Run, tmp_path: Path) -> None:
    book, out = tmp_path / "book.yaml", tmp_path / "f.xlsx"
    items = "".join(f"  - {{id: 1.{n}, need: mandatory, text: 甲}}\n" for n in (1, 2))
    waiver = "waivers:\n  - {id: w, when: 1.1, waives: [1.2]}\n"
    book.write_text(f"rulebook: book\nitems:\n{items}{waiver}", "utf-8")
    result = run("form", "new", str(book), "-o", str(out))
    assert result.code == 0
    assert result.said == (
        f"{out}: w: not on the form, as there is no `text` to show; write it into the rulebook\n"
    )


@pytest.mark.parametrize(
    ("form", "out", "better"),
    [
        ("f.xlsx", "g.txt", "g.xlsx"),
        ("f.xlsx", "g.xlsm", "g.xlsx"),
        ("f", "g", "g.xlsx"),
    ],
)
def test_a_workbook_is_named_as_one(
    run: Run, tmp_path: Path, form: str, out: str, better: str
) -> None:
    path, wrong, right = (tmp_path / name for name in (form, out, better))
    path.write_bytes(forms.by_openpyxl())
    for lang in ("ja", "en"):
        result = run("form", "fill", str(path), SERVICE, "-o", str(wrong), "--lang", lang)
        assert result.code == 2
        assert f"-o {right}" in result.said
    assert not wrong.exists()
    assert run("form", "fill", str(path), SERVICE, "-o", str(right), *DAY).code == 0
    made = run("form", "new", "municipal-cloud-level-2", "-o", str(tmp_path / "n.xlsm"))
    assert (made.code, (tmp_path / "n.xlsm").exists()) == (2, False)


@pytest.mark.parametrize("name", ["記入例", "【記入例】", "見本", "回答例", "様式（例）", "Sample"])
@pytest.mark.parametrize("hidden", [False, True])
def test_an_example_is_not_filled(run: Run, tmp_path: Path, name: str, hidden: bool) -> None:
    def change(book, sheet) -> None:
        example = book.copy_worksheet(sheet)
        example.title = name
        book.active = 1
        if hidden:
            sheet.sheet_state = "hidden"

    path, out = tmp_path / "f.xlsx", tmp_path / "g.xlsx"
    path.write_bytes(forms.by_openpyxl(change))
    result = run("form", "fill", str(path), SERVICE, "-o", str(out), *DAY)
    if hidden:
        assert result.code == 2
        assert f"the sheet {name} seems to be an example" in result.said
        assert "--sheet (チェックリスト, " in result.said
        named = ("--sheet", "チェックリスト")
        result = run("form", "fill", str(path), SERVICE, "-o", str(out), *DAY, *named)
    assert result.code == 0
    one, two = (workbook.open(each).sheets[1].cells for each in (path, out))
    assert one == two
    assert workbook.open(out).sheets[0].cells != workbook.open(path).sheets[0].cells


def test_a_notice_names_the_ground_that_lasts_longest() -> None:
    holds = "holds:\n- {evidence: service.aspic, until: 2027-01-31}\n"
    given = service(f"{holds}- {{evidence: service.ismap, until: 2028-01-31}}\n")
    rulebook = forms.rulebook()
    found = case.from_service([rulebook], given, ON)[0]
    row = next(
        each
        for each in forms_core.from_case(found, given, set(rulebook.items)).rows
        if each.answer.id == "1.8"
    )
    assert [(each.because, str(each.until)) for each in row.releases] == [
        (("service.ismap",), "2028-01-31")
    ]
