"""What a form's blanks, facts, readings and contradictions are taken to say, and are not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

pytest.importorskip("openpyxl")
import forms
from test_form import ON, answered, codes, ref, replied

from cloudrules.core import ends, follow, hearing
from cloudrules.core.follow import Checked
from cloudrules.core.form import deciders
from cloudrules.files.excel import workbook
from cloudrules.files.form import layout, replies
from cloudrules.files.form.citations import Citations
from cloudrules.files.form.words import heading_of
from cloudrules.render.form_lines import places

PLATFORM = {"i1_7": "○", "r1_7": "（csp.ismap、2027-03-31まで）", "i1_14": "○", "r1_14": "約款"}
WITHOUT = {"i1_5": "対象外", "r1_5": "（generative_ai = false）"}
OWN = {"i1_6": "○", "r1_6": "（asp.iso27001、2027-03-31まで）"}
GOOD = PLATFORM | WITHOUT | OWN | {"i1_1": "×", "i1_2": "×", "i1_4": "×"}


def checked(readings: dict[str, str] | None = None, on: date = ON, **answers: str) -> Checked:
    base, rows = replied(answered(**answers))
    taken = {ref(one): ref(two) for one, two in (readings or {}).items()}
    return follow.check(forms.rulebook(), rows, replace(base, readings=taken), on)


def read(**answers: str) -> hearing.Read:
    base, rows = replied(answered(**answers))
    return hearing.read(forms.rulebook(), rows, base, ON)


def unknown(found: hearing.Read) -> set[str]:
    return {each.name for each in found.service.unknown}


def found(result: Checked, *asked: str) -> list[tuple[str, str]]:
    return [(each.item, each.code) for each in result.findings if each.code in asked]


def test_a_form_of_what_is_known_is_compliant() -> None:
    assert checked(**GOOD).grounds.verdict == "compliant"


def zeros(formula: bool) -> bytes:
    def change(book, sheet):
        for row in range(5, sheet.max_row + 1):
            if sheet.cell(row, 4).value:
                sheet.cell(row, 5).value = "=H5" if formula else 0
                sheet.cell(row, 6).value = 0

    return forms.by_openpyxl(change)


def test_a_zero_is_no_answer_and_no_remark() -> None:
    base, rows = replied(zeros(formula=False))
    assert {row.meaning for row in rows} == {"blank"}
    assert not any(row.answer or row.remark.note for row in rows)
    assert follow.check(forms.rulebook(), rows, base, ON).grounds.verdict == "unknown"
    assert codes(answered(i1_7="0"))["1.7"] == "unclear"


def test_a_formula_without_a_value_is_told() -> None:
    base, rows = replied(zeros(formula=True))
    result = follow.check(forms.rulebook(), rows, base, ON)
    assert {each.code for each in result.findings} == {"uncomputed"}
    assert len(result.findings) == 28


@pytest.mark.parametrize("answer", ["", "一部対応", "？", "要相談", "×"])
def test_a_fact_that_the_form_leaves_open_is_not_known(answer: str) -> None:
    answers = GOOD | {"i1_5": answer, "r1_5": ""}
    assert checked(**answers).grounds.verdict == "unknown"
    assert "generative_ai" in unknown(read(**answers))


def test_that_an_item_does_not_apply_is_a_claim_unless_the_fact_is_stated() -> None:
    rests = checked(**GOOD | {"r1_5": "生成AIを利用しているが、学習には使わない"}).grounds
    assert (rests.verdict, rests.rests_on, rests.exempt) == ("claimed", ("1.5",), {"1.5": ("1.5",)})


def test_an_item_that_is_met_leaves_its_fact_open() -> None:
    answers = GOOD | {"i1_5": "○", "r1_5": "（1.5、2027-03-31まで）規約第9条"}
    assert checked(**answers).grounds.verdict == "compliant"
    assert checked(on=date(2027, 4, 1), **answers).assessment.item("1.5").status == "unknown"


def test_what_is_left_empty_where_nothing_is_owed_is_unknown_in_one_line() -> None:
    result = read(**GOOD | {"i1_12": "確認中", "i1_11": "一部対応"})
    assert {"1.8", "1.11", "1.12", "1.13", "1.16"} <= unknown(result)
    assert [each.item for each in result.doubts] == ["1.3", "1.11", "1.15"]
    assert {each.item for each in result.left} >= {"1.8", "1.13", "1.16"}
    assert checked(**GOOD | {"i1_12": "確認中"}).grounds.verdict == "compliant"


def test_facts_that_rows_state_otherwise_are_not_known() -> None:
    result = checked(**GOOD | {"i1_8": "対象外", "r1_8": "（generative_ai = true）"})
    (told,) = [each for each in result.findings if each.code == "stated-two"]
    assert (told.item, told.other) == ("1.8", "チェックリスト!E9")
    assert result.grounds.verdict == "unknown"


@pytest.mark.parametrize("row", ["1_3", "1_8"])
def test_of_two_ends_the_earlier_counts(row: str) -> None:
    answers = {f"i{row}": "○", f"r{row}": "（csp.ismap、2025-03-31まで）"}
    result = checked(**GOOD | answers)
    assert len(found(result, "stated-ends")) == 1
    assert ("1.7", "met-expired") in found(result, "met-expired")
    assert result.grounds.verdict != "compliant"


def test_what_an_answer_denies_is_not_certain() -> None:
    evidence = {"i1_3": "○", "r1_3": "（csp.ismap、2030-01-01まで）"}
    result = checked(**GOOD | {"i1_7": "×", "r1_7": ""} | evidence)
    assert found(result, "missing-met") == [("1.7", "missing-met")]
    assert result.grounds.verdict == "unknown"


def test_evidence_of_something_else_attests_nothing() -> None:
    result = checked(**GOOD | {"r1_7": "言明対象範囲外（csp.ismap_listed、2027-03-31まで）"})
    assert found(result, "met-other") == [("1.7", "met-other")]
    assert result.grounds.verdict == "claimed"


@pytest.mark.parametrize(
    ("remark", "code", "near"),
    [
        ("（csp.ismpa、2027-03-31まで）", "stated-name", "csp.ismap"),
        ("（CSP.ISMAP）", "stated-name", "csp.ismap"),
        ("（hosting-range = whole-rnge）", "stated-value", "whole-range"),
        ("（generative_ai = たぶん）", "stated-value", ""),
        ("ISMAP（ISMAP-LIU）登録番号（C21-0003-2）", "", ""),
        ("（ISO/IEC 27001、JIS Q 27001）", "", ""),
    ],
)
def test_what_is_nearly_a_statement_is_told(remark: str, code: str, near: str) -> None:
    result = checked(**GOOD | {"i1_8": "対象外", "r1_8": remark})
    told = [each for each in result.findings if each.code in ("stated-name", "stated-value")]
    assert [(each.code, each.near) for each in told] == ([(code, near)] if code else [])


def test_a_space_parts_evidence_from_its_end() -> None:
    result = read(**GOOD | {"r1_7": "ISMAP（csp.ismap 2026-12-31まで）"})
    ends = {each.ref.name: each.until for each in result.service.holds}
    assert ends["csp.ismap"] == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("有効期限2026年10月31日", [date(2026, 10, 31)]),
        ("有効期限は令和8年10月31日です", [date(2026, 10, 31)]),
        ("C21 2026-10-31まで", [date(2026, 10, 31)]),
        ("valid until 2026-10-31", [date(2026, 10, 31)]),
        ("有効期間 令和6年4月1日～令和9年3月31日", [date(2027, 3, 31)]),
        ("2026年10月31日までに取得した", []),
        ("2026年10月31日取得", []),
        ("2026年10月31日から有効", []),
    ],
)
def test_ends_in_free_text(text: str, days: list[date]) -> None:
    assert [*ends.ends(text)] == days


def test_an_answer_by_what_is_over_is_told() -> None:
    note = {"i1_14": "○", "r1_14": "約款 有効期限2026年9月30日"}
    result = checked(**GOOD | note)
    assert found(result, "note-expired") == [("1.14", "note-expired")]
    assert result.grounds.verdict == "unknown"
    over = checked(**GOOD | {"r1_7": "有効期限2026年9月30日（csp.ismap）"})
    assert found(over, "met-expired") == [("1.7", "met-expired")]
    assert over.grounds.verdict == "unknown"


def test_what_is_repeated_of_other_rows_says_nothing_of_a_row() -> None:
    said = "により、満たさなくても可。根拠: 基盤〔登録予定、2026-03-31まで〕。2026-09-30まで有効。"
    row = {"i1_9": "○", "r1_9": f"1.8のセル{said}\n（csp.iso27017、2027-03-31まで）"}
    assert not [each for each in checked(**GOOD | row).findings if each.item == "1.9"]
    by_hand = {"i1_14": "○", "r1_14": "根拠: 約款（改定予定）"}
    assert found(checked(**GOOD | by_hand), "met-denied") == [("1.14", "met-denied")]


def test_a_reading_taken_by_the_form_is_told_and_the_citys_wins() -> None:
    answers = GOOD | {"i1_11": "対象外", "r1_11": "（hosting-range = certifications）"}
    own = checked(**answers)
    assert found(own, "reading-chosen") == [("1.11", "reading-chosen")]
    assert own.assessment.situation.readings["hosting-range"] == "certifications"
    city = checked({"hosting-range": "whole-range"}, **answers)
    assert city.assessment.situation.readings["hosting-range"] == "whole-range"
    assert city.grounds.verdict == "compliant"
    assert not found(city, "reading-chosen")
    other = {(each.reading, each.option): each.verdict for each in city.otherwise}
    assert ("hosting-range", "certifications") in other
    assert "compliant" not in other.values()


def test_another_clause_than_the_one_that_is_named() -> None:
    named = "「1.1でISMAPへの登録が行われている場合、以下の要件は不要」により不要"
    wrong = checked(**GOOD | {"i1_16": "対象外", "r1_16": named})
    assert found(wrong, "cites-other") == [("1.16", "cites-other")]
    for remark in ("1.6と1.7により不要", "1.1は未取得だが不要", "1.7により不要", "不要"):
        right = checked(**GOOD | {"i1_16": "対象外", "r1_16": remark})
        assert not found(right, "cites-other"), remark
    cited = Citations(forms.rulebook()).cited
    assert cited("１．７により不要。1.10で免除") == ("1.7", "1.10")
    assert not cited("1.7を取得していないため対象外")


@pytest.mark.parametrize(
    "heads", [("回答", "特記事項"), ("自己評価", "根拠"), ("判定", "回答理由")]
)
def test_headings_as_cities_write_them(heads: tuple[str, str]) -> None:
    def change(book, sheet):
        for row in sheet.iter_rows():
            for cell in row:
                if heading_of(str(cell.value or "")) in ("answer", "remark"):
                    cell.value = heads[heading_of(str(cell.value)) == "remark"]

    book = workbook.from_bytes(forms.by_openpyxl(change), "f.xlsx")
    rows = layout.find(book, list(forms.rulebook().items)).rows
    assert {(each.answer.spot[1], each.remark.spot[1]) for each in rows.values()} == {(5, 6)}


def test_a_better_heading_wins() -> None:
    def change(book, sheet):
        sheet["B3"], sheet["G4"] = "判定", "判定"

    book = workbook.from_bytes(forms.by_openpyxl(change), "f.xlsx")
    rows = layout.find(book, list(forms.rulebook().items)).rows
    assert {each.answer.spot[1] for each in rows.values()} == {5}


def test_cells_are_told_as_ranges() -> None:
    assert places(["S!E8", "S!E9", "S!E11", "T!E12", "x"]) == "S!E8:E9, E11, T!E12, x"


def test_fields_and_facts() -> None:
    book = workbook.from_bytes(forms.by_openpyxl(), "f.xlsx")
    form = layout.find(book, list(forms.rulebook().items))
    assert replies.field(form, "writer") == ""
    assert [*deciders(forms.rulebook(), "1.5")] == ["generative_ai"]


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("ISO（asp.iso27001）、ISMAP（csp.ismap、2027-03-31まで）C21", ("", "C21")),
        ("ISO（asp.iso27001）とISMAP（csp.ismap、2027-03-31まで）", ("", "")),
        ("（asp.iso27001）IS 1、写し（csp.ismap、2027-03-31まで）", ("IS 1", "")),
        ("（asp.iso27001）（csp.ismap、2027-03-31まで）", ("", "")),
    ],
)
def test_all_that_a_line_states_is_read(text: str, held: tuple[str, str]) -> None:
    told = [*read(**GOOD | {"r1_6": text, "r1_7": ""}).service.holds][:2]
    assert [(each.ref.name, str(each.until or "")) for each in told] == [
        ("asp.iso27001", ""),
        ("csp.ismap", "2027-03-31"),
    ]
    assert tuple(each.note.source if each.note else "" for each in told) == held


def test_what_is_stated_of_an_answer_that_leaves_it_open_is_not_known() -> None:
    answers = GOOD | {"i1_7": "未確認"}
    result = checked(**answers)
    assert found(result, "unknown-met") == [("1.7", "unknown-met")]
    assert result.grounds.verdict == "unknown"
    assert "csp.ismap" in unknown(read(**answers))


def test_an_item_that_is_met_is_not_exempt_for_that() -> None:
    result = checked(**GOOD | {"i1_14": "対象外", "r1_14": "約款（1.14）"})
    assert found(result, "exempt-met") == [("1.14", "exempt-met")]


def test_evidence_that_is_over_may_have_been_renewed() -> None:
    answers = GOOD | {"r1_7": "（csp.ismap、2026-03-31まで）"}
    assert found(checked(**answers), "met-expired") == [("1.7", "met-expired")]
    assert checked(**answers).grounds.verdict == "unknown"
    assert "1.7" in unknown(read(**answers))


def test_facts_and_readings_are_held_against_a_service() -> None:
    base, rows = replied(answered(**GOOD | {"r1_8": "（hosting = literal）"}))
    known = read(**GOOD).service
    stated = replace(known, context={ref("generative_ai"): ref("true")})
    told = follow.check(forms.rulebook(), rows, base, ON, stated).findings
    assert [
        (each.item, each.name, each.said, each.other)
        for each in told
        if each.code == "stated-other"
    ] == [
        ("1.5", "generative_ai", "false", "true"),
        ("1.8", "hosting", "literal", "alternative"),
    ]
