"""Sheets that no one has made a rulebook of: what is read is right, and nothing is passed over."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter
from typing import Any

import openpyxl
import pytest
import yaml as pyyaml
from engine import ROOT
from hypothesis import given
from hypothesis import strategies as st

from cloudrules.cli.main import main
from cloudrules.core import drafting, hints, tabular
from cloudrules.core.draft import Draft
from cloudrules.core.errors import Place
from cloudrules.core.schema import Ref
from cloudrules.core.sheet import Grid, grid
from cloudrules.files import grids
from cloudrules.files.library import Library
from cloudrules.render import draft as page

CASES = ROOT / "tests" / "cases" / "import" / "sheets.yaml"


def sheets() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = pyyaml.load(CASES.read_text("utf-8"), pyyaml.BaseLoader)
    return found


def drafted(*found: Grid) -> Draft:
    return drafting.from_sheet(tabular.from_grids(found))


def table(text: str) -> Grid:
    return grid([[cell.strip() for cell in line.split("|")] for line in text.splitlines()])


@pytest.mark.parametrize("case", sheets(), ids=lambda case: case["sheet"])
def test_a_sheet(case: dict[str, Any], tmp_path: Path) -> None:
    draft = drafted(table(case["rows"]))
    items = [
        f"{item.id} {item.need}" + (f" if {item.applies_when}" if item.applies_when else "")
        for item in draft.items
    ]
    assert items == case["items"]
    if "sections" in case:
        assert [item.section for item in draft.items] == case["sections"]
    waivers = [f"{each.id}: {each.when} -> {', '.join(each.waives)}" for each in draft.waivers]
    assert waivers == case.get("waivers", [])
    assert draft.facts == case.get("facts", {})
    readings = [
        f"{each.id}: {' '.join(option.id for option in each.options)}" for each in draft.readings
    ]
    assert readings == case.get("readings", [])
    asked = [f"{each.code} {each.spot.row}" for each in draft.questions if each.code != "evidence"]
    assert asked == case.get("asks", [])
    for language in ("ja", "en"):
        path = tmp_path / f"{language}.yaml"
        path.write_text(page.rulebook_file(draft, "draft", "sheet.tsv", language), "utf-8")
        book = Library().rulebook(Ref(str(path), Place("test")), Path())
        assert list(book.items) == [item.id for item in draft.items]
        assert main(["check", str(path), "--fail-level", "error"]) == 0


EXEMPTING = [
    "1.1を満たす場合、1.3の要件は不要。",
    "該当しない場合は回答不要です。",
    "ISMAP登録サービスについては免除する。",
    "1.2を満たす場合を除く。",
    "市長が認めるものは対象外とする。",
    "登録をもって代えることができる。",
    "1.1の取得時は記入の必要はありません。",
    "以下の要件は適用しない。",
    "専用線を用いる場合、この限りでない。",
    "1.1を満たすものとみなす。",
    "記入を省略できる。",
    "1.1 is not required if 1.2 is met.",
    "Suppliers registered under 1.1 are exempt.",
    "Not applicable to on-premises systems.",
    "All of these apply, except where 1.1 is met.",
    "This is waived unless the City says otherwise.",
    "If 1.1 is met, skip to 1.3.",
]
PLAIN = [
    "",
    "",
    "責任者を定めること。",
    "ログを取ること。",
    "Logs are kept.",
    "例: A社",
    "注意",
    "○",
]
WORDS = st.lists(st.sampled_from([*EXEMPTING, *PLAIN]), max_size=3).map(
    lambda said: " ".join(said) if all(map(str.isascii, said)) else "".join(said)
)


@st.composite
def tables(draw: st.DrawFn) -> list[list[str]]:
    """A checklist with such sentences in any cell, and rows of them anywhere."""
    top = [[draw(WORDS)], ["担当者", draw(WORDS)]] if draw(st.booleans()) else []
    head = ["区分", "No.", draw(st.sampled_from(["要件", draw(WORDS)])), "要否", "回答", "備考"]
    rows = [*top, head]
    for number in range(1, 4):
        need = draw(st.sampled_from(["必須", "任意", "", draw(WORDS)]))
        text = draw(WORDS) or "教育"
        name = f"1.{number} {draw(WORDS)}" if draw(st.booleans()) else f"1.{number}"
        rows.append([draw(WORDS), name, text, need, draw(WORDS), draw(WORDS)])
        if draw(st.booleans()):
            at = draw(st.integers(0, 5))
            rows.append([*[""] * at, draw(WORDS)])
            rows[-1] += [""] * (5 - at) + [draw(WORDS)]
    return rows


@given(tables(), st.lists(st.lists(WORDS, max_size=3), max_size=2))
def test_no_sentence_that_may_exempt_is_passed_over(
    rows: list[list[str]], notes: list[list[str]]
) -> None:
    draft = drafted(grid(rows, "表"), grid(notes, "説明"))
    told = [waiver.text for waiver in draft.waivers]
    for question in draft.questions:
        told += question.values.values()
    known = "\n".join(told)
    if draft.items:
        for row in [*rows, *notes]:
            for cell in row:
                for sentence in EXEMPTING:
                    if sentence in cell:
                        assert hints.exempts(sentence)
                        # A number at its head may have been taken for that of the row.
                        assert sentence.removeprefix("1.1 ") in known, (sentence, cell)


def book(path: Path, rows: list[list[Any]], merged: list[str]) -> Path:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    for area in merged:
        sheet.merge_cells(area)
    made.save(path)
    return path


def test_merged_cells_and_numbers_that_a_workbook_spoils(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["クラウドサービス導入時セキュリティチェックリスト"],
        ["分類", "No.", "確認項目", "必須/任意", "確認結果", "備考"],
        ["第三者認証", 1.1, "ISMAPクラウドサービスリストに\n登録されていること。", "任意"],
        [None, 1.2, "ISO/IEC 27001の認証を取得していること。"],
        ["※1.1又は1.2を満たしていれば、1.3～1.10の確認は不要です。"],
        ["運用", 1.3, "次の事項を満たすこと。\n・監視\n・記録", "必須"],
        *([None, number, "体制を定めること。"] for number in (1.4, 1.5, 1.6, 1.7, 1.8, 1.9)),
        [None, 1.1, "点検すること。", None, None, "個人情報を扱わない場合は対象外"],
        [None, 1.11, "監査を受けること。"],
    ]
    merged = ["A1:F1", "A3:A4", "D3:D4", "A5:F5", "A6:A14", "D6:D14"]
    draft = drafted(*grids.read(book(tmp_path / "F.xlsx", rows, merged)))
    assert [item.id for item in draft.items] == [f"1.{number}" for number in range(1, 12)]
    assert [item.need for item in draft.items] == ["optional"] * 2 + ["mandatory"] * 9
    assert {item.section for item in draft.items} == {"第三者認証", "運用"}
    assert [(each.when, each.waives) for each in draft.waivers] == [
        ("1.1 or 1.2", ("1.3..1.10",)),
        ("condition-1", ("1.10",)),
    ]
    codes = [question.code for question in draft.questions]
    assert codes == ["evidence", "stray-answers", "number-order", "condition"]


def test_sheets_that_number_anew(tmp_path: Path) -> None:
    head = ["No", "要件", "必須/任意"]
    one = grid([head, ["1", "甲", "任意"], ["2", "乙", "必須"], ["1を満たす場合、2は不要"]], "基本")
    two = grid([head, ["1", "丙", "必須"], ["2", "丁", "必須"]], "技術")
    example = grid([head, ["1", "甲", "任意"], ["2", "乙", "必須"]], "記入例")
    draft = drafted(one, two, example)
    assert [(item.id, item.text) for item in draft.items] == [
        ("1", "甲"),
        ("2", "乙"),
        ("1_2", "丙"),
        ("2_2", "丁"),
    ]
    asked = [question.code for question in draft.questions]
    assert not draft.waivers
    assert sorted(asked) == ["doubtful-unread", "number-twice", "number-twice", "stray-sample"]


def test_clauses_of_one_place_that_reach_unequally_far() -> None:
    """Each has a reading of its own; those that reach equally far share one."""
    rows = """No | 要件 | 要否
    1.1 | 甲 | 任意
    1.1を満たす場合、以下の要件は不要
    1.1を満たす場合、次の要件は不要
    市長が認める場合、以下の要件は不要
    1.2 | 乙 | 必須
    1.3 | 丙 | 必須
    1.3を満たす場合、1.4の要件は不要
    1.4 | 丁 | 必須"""
    draft = drafted(table(rows))
    readings = {
        each.id: {option.id: option.change for option in each.options} for each in draft.readings
    }
    assert readings == {
        "reach-after-1.1": {
            "to-end": {},
            "next-banner": {
                "after-1.1": ("waives", "1.2..1.3"),
                "after-1.1-3": ("waives", "1.2..1.3"),
            },
        },
        "reach-after-1.1-2": {
            "to-end": {},
            "next-banner": {"after-1.1-2": ("waives", "1.2..1.3")},
            "next-item": {"after-1.1-2": ("waives", "1.2")},
        },
    }


HOSTILE = {
    "repeated": "1.1と" * 200_000 + "1.1を満たす場合、以下の要件は不要",
    "conditions": "1.1を満たす場合、" * 100_000 + "以下の要件は不要",
    "brackets": "（" * 300_000 + "1.1を満たす場合は不要" + "）" * 300_000,
    "nested": "（1.1を満たす場合" * 60_000 + "は不要",
    "spaces": "If 1.1 is met" + " " * 1_000_000 + ", the requirements below are not required",
    "english": "If 1.1 is met, " * 60_000 + "the requirements below are not required.",
    "names": "If " + "registration with X under 1.1, " * 30_000 + "is in place, 1.2 is exempt.",
    "figures": "1." * 400_000 + "を満たす場合、以下の要件は不要",
    "sentences": "1.1を満たす場合、1.2の要件は不要。" * 3000,
}


@pytest.mark.parametrize("says", HOSTILE)
def test_a_clause_without_end_is_told_in_time(says: str) -> None:
    rows = [["No.", "要件", "要否"], ["1.1", "甲", "任意"], [HOSTILE[says]], ["1.2", "乙", "必須"]]
    began = perf_counter()
    draft = drafted(grid(rows))
    page.rulebook_file(draft, "draft", "sheet.tsv", "ja")
    assert perf_counter() - began < 20
    assert draft.waivers or any(each.spot.row == 3 for each in draft.questions)


def test_more_rows_than_a_checklist_has(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "rows.tsv"
    path.write_text("".join(f"{number}\t甲\t必須\n" for number in range(100_000)), "utf-8")
    assert main(["form", "import", str(path), "--lang", "en"]) == 2
    assert "too many rows" in capfd.readouterr().err


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_form_comes_back_as_the_rulebook_that_it_was_made_of(
    language: str, tmp_path: Path
) -> None:
    form = tmp_path / "form.xlsx"
    args = ["form", "new", "municipal-cloud-level-2", "--lang", language, "-o", str(form)]
    assert main(args) == 0
    draft = drafted(*grids.read(form))
    shipped = Library().rulebook(Ref("municipal-cloud-level-2", Place("test")), Path())
    assert [(item.id, item.need) for item in draft.items] == [
        (item.id, item.need) for item in shipped.items.values()
    ]
    for item in draft.items:
        theirs = shipped.items[item.id]
        assert theirs.text
        assert theirs.section
        assert (item.text, item.section) == (
            theirs.text.words[language],
            theirs.section.words[language],
        )
    assert {item.id: item.applies_when for item in draft.items if item.applies_when} == {
        "1.2": "not 1.1"
    }
    # Who the contractor is was decided by people; in-lieu has no clause.
    assert [(each.when, each.waives) for each in draft.waivers] == [
        ("1.1 or 1.2 or 1.4", ("1.6..1.28",)),
        ("1.7", ("1.8..1.13",)),
        ("(1.6 and 1.7) or (1.6 and 1.10)", ("1.16..1.28",)),
        ("condition-1", ("1.16..1.28",)),
    ]
    texts = [shipped.waivers[name].text for name in ("first-banner", "hosting", "second-banner")]
    assert [each.text for each in draft.waivers][:3] == [
        text.words[language] for text in texts if text
    ]
