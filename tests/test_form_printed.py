"""What a form itself says of its items, held against the rulebook: texts, needs, rows."""

from __future__ import annotations

import json
import time
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_cli import Run
from test_form_cli import ON, SERVICE, made, run, texts

__all__ = ["made", "run"]

pytest.importorskip("openpyxl")
import forms

from cloudrules.core import printed
from cloudrules.core.item_texts import ItemTexts
from cloudrules.core.printed import Line, Said
from cloudrules.files.excel import workbook
from cloudrules.files.form import layout
from cloudrules.files.form.words import bare


def rows_of(sheet) -> dict[str, int]:
    """The row of each item of a form."""
    found = {str(sheet.cell(row, 1).value): row for row in range(5, sheet.max_row + 1)}
    return {number[:-1]: row for number, row in found.items() if number.startswith("1.")}


def put(column: str, by_item: dict[str, object]):
    def change(book, sheet):
        rows = rows_of(sheet)
        for item, value in by_item.items():
            sheet[f"{column}{rows[item]}"] = value

    return change


def other_city(book, sheet) -> None:
    for row in rows_of(sheet).values():
        sheet.cell(row, 3).value = f"別の市の要件その{row}。担当課が定めるところによる。"


def findings(run: Run, form: str, *more: str) -> list[dict[str, str]]:
    said = json.loads(run("form", "check", form, *ON, "--format", "json", *more).text)
    codes = ("text-other", "need-other", "row-extra")
    return [each for each in said["findings"] if each["code"] in codes]


# Another checklist


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_form_of_another_checklist_is_refused(run: Run, made, tmp_path: Path, lang: str) -> None:
    form, out = made(forms.by_openpyxl(other_city)), tmp_path / "out.xlsx"
    for args in (("check",), ("read", "-o", str(out))):
        result = run("form", args[0], form, *args[1:], *ON, "--lang", lang)
        assert result.code == 2
        assert result.said.startswith(f"{form}: ")
        assert "--rulebook" in result.said
        assert "別の市の要件その5" in result.said
    result = run("form", "fill", form, SERVICE, "-o", str(out), *ON, "--lang", lang)
    assert (result.code, "--force" in result.said, out.exists()) == (2, True, False)


def test_by_force_another_checklist_is_filled_in_and_told(run: Run, made, tmp_path: Path) -> None:
    form, out = made(forms.by_openpyxl(other_city)), tmp_path / "g.xlsx"
    result = run("form", "fill", form, SERVICE, "-o", str(out), *ON, "--force")
    assert result.code == 1
    assert len([line for line in result.said.splitlines() if "another in the form" in line]) == 28
    assert texts(out)["E5"]


def test_a_row_of_another_item_is_told_and_left(run: Run, made, tmp_path: Path) -> None:
    blank = forms.by_openpyxl(put("C", {"1.14": "職員への研修を毎年行い、その記録を残すこと。"}))
    form, out = made(blank), tmp_path / "g.xlsx"
    result = run("form", "fill", form, SERVICE, "-o", str(out), *ON)
    assert result.code == 1
    said = result.said.splitlines()
    assert said[0].startswith(f"{form}: チェックリスト!C19: item 1.14 is another in the form (職員")
    assert "準拠法、裁判管轄" in said[0]
    assert said[1].startswith(f"{form}: the rows of other items were left as they are (1.14)")
    assert not texts(out).get("E19")
    assert run("form", "fill", form, SERVICE, "-o", str(out), *ON, "--force").code == 1
    assert texts(out)["E19"] == "○"


def test_what_a_row_of_another_item_answers_is_not_known(run: Run, made, tmp_path: Path) -> None:
    form, filled, back = made(forms.by_openpyxl()), tmp_path / "g.xlsx", tmp_path / "s.yaml"
    assert run("form", "fill", form, SERVICE, "-o", str(filled), *ON).code == 0
    import openpyxl

    book = openpyxl.load_workbook(filled)
    put("C", {"1.14": "職員への研修を毎年行い、その記録を残すこと。"})(book, book.active)
    book.save(filled)
    result = run("form", "check", str(filled), *ON)
    assert result.code == 1
    assert "チェックリスト!C19: item 1.14 is another in the form" in result.text
    assert "27 answers checked; findings: 1." in result.text
    assert "of other items: 1.14 (チェックリスト!E19)" in result.text
    assert result.text.endswith("Verdict: unknown\n")
    (found,) = findings(run, str(filled), "--service", SERVICE)
    assert (found["item"], found["cell"]) == ("1.14", "C19")
    result = run("form", "read", str(filled), "-o", str(back), *ON)
    assert (result.code, "チェックリスト!C19" in result.said) == (1, True)
    assert "unknown:\n  - 1.14\n" in back.read_text()
    assert "チェックリスト!C19" in back.read_text()


def test_rows_that_moved_by_one_are_of_other_items(run: Run, made) -> None:
    """A city that puts an item in numbers all that follow anew."""

    def moved(book, sheet):
        rows = [*rows_of(sheet).values()]
        said = [sheet.cell(row, 3).value for row in rows]
        for row, text in zip(rows, ["新しい要件。", *said], strict=False):
            sheet.cell(row, 3).value = text

    result = run("form", "check", made(forms.by_openpyxl(moved)), *ON)
    assert (result.code, "of another checklist" in result.said) == (2, True)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_each_text_is_that_of_its_item_and_of_no_other(lang: str) -> None:
    items = forms.rulebook().items
    known = ItemTexts(forms.rulebook())
    for one, two in permutations(items, 2):
        text = items[one].text.in_(lang)
        assert known.other(one, text) == ""
        assert known.other(two, text) == items[two].text.in_(lang)


ITEM = st.sampled_from([*forms.rulebook().items])
WORDED = st.sampled_from(
    [
        lambda text: text,
        lambda text: f"１．２ {text}",
        lambda text: f"(3) {text}",
        lambda text: text.replace("、", ",").replace("。", " "),
        lambda text: f"{text}\n※詳しくは手引きの該当する頁を参照のこと。",
        lambda text: f"【新規】{text}（例: 認証の登録番号を示す）",
        lambda text: text.replace("本市", "○○市").replace("クラウドサービス", "外部サービス"),
        lambda text: "\n".join(text[at : at + 9] for at in range(0, len(text), 9)),
        lambda text: text[: 2 * len(text) // 3],
        str.upper,
    ]
)


@given(ITEM, st.sampled_from(["ja", "en"]), WORDED, st.data())
def test_small_rewordings_pass(item: str, lang: str, worded, data: st.DataObject) -> None:
    text = forms.rulebook().items[item].text.in_(lang)
    for _ in range(data.draw(st.integers(0, max(1, len(text) // 25)))):
        at = data.draw(st.integers(0, len(text) - 1))
        text = text[:at] + data.draw(st.sampled_from(["", "等", "x"])) + text[at + 1 :]
    assert ItemTexts(forms.rulebook()).other(item, worded(text)) == ""


@pytest.mark.parametrize("text", ["", "…", "同上", "（略）", "1.3", "x", "in another language"])
def test_what_tells_nothing_is_of_no_other_item(text: str) -> None:
    from dataclasses import replace

    from cloudrules.core.schema import Text

    rulebook = forms.rulebook()
    items = {
        name: replace(item, text=Text({"ja": item.text.in_("ja")}))
        for name, item in rulebook.items.items()
    }
    known = ItemTexts(replace(rulebook, items=items))
    assert not known.compared("1.3", text)
    assert known.other("1.3", text) == ""


def test_a_form_without_texts_is_one_of_any_rulebook(run: Run, made) -> None:
    def without(book, sheet):
        for row in rows_of(sheet).values():
            sheet.cell(row, 3).value = None

    assert not findings(run, made(forms.by_openpyxl(without)))


def test_a_text_that_is_merged_over_two_columns_or_rows(run: Run, made) -> None:
    def merged(book, sheet):
        rows = rows_of(sheet)
        sheet.merge_cells(f"C{rows['1.8']}:C{rows['1.9']}")  # the text of 1.9 is gone
        sheet.merge_cells("A4:C4")
        sheet["A4"] = "要件"

    assert not findings(run, made(forms.by_openpyxl(merged)))


def headings(book, sheet, by_old: dict[str, str]) -> None:
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value in by_old:
                cell.value = by_old[cell.value]


def test_headings_in_other_words(run: Run, made) -> None:
    def change(book, sheet):
        put("C", {"1.14": "職員への研修を毎年行い、その記録を残すこと。"})(book, sheet)
        put("D", {"1.3": "必須"})(book, sheet)
        headings(book, sheet, {"要件": "確認事項", "要否": "必須・任意の別"})

    found = findings(run, made(forms.by_openpyxl(change)))
    assert [each["code"] for each in found] == ["need-other", "text-other"]


def test_what_the_vendor_writes_is_no_text_of_an_item(run: Run, made) -> None:
    def change(book, sheet):
        headings(book, sheet, {"要件": None})
        headed = [row for row in range(1, 60) if sheet.cell(row, 5).value == "適用状況"]
        for row in headed:
            sheet.cell(row, 7).value = "実施内容"
        for row in rows_of(sheet).values():
            sheet.cell(row, 7).value = "当社では、担当の者が毎日の記録を確かめています。"

    assert not findings(run, made(forms.by_openpyxl(change)))


def test_a_form_in_english_is_held_against_the_texts_in_english(
    run: Run, made, tmp_path: Path
) -> None:
    path = tmp_path / "en.xlsx"
    assert run("form", "new", "municipal-cloud-level-2", "-o", str(path), "--lang", "en").code == 0
    assert not findings(run, str(path))


def test_texts_and_needs_of_a_reading_are_the_rulebooks_too(run: Run, tmp_path: Path) -> None:
    rules = (
        "rulebook: r\nitems:\n"
        "  - {id: 1.1, need: optional, text: The service keeps its logs for a year or longer.}\n"
        "readings:\n  - id: r\n    options:\n      - {id: a}\n      - id: b\n        change:\n"
        "          1.1: {need: mandatory, text: Backups are made every night and kept elsewhere.}\n"
    )
    path, form = tmp_path / "r.yaml", tmp_path / "f.xlsx"
    path.write_text(rules)
    import openpyxl

    for text, need, codes in (
        ("The service keeps its logs for a year or longer.", "任意", []),
        ("Backups are made every night and kept elsewhere.", "任意", []),
        ("Backups are made every night and kept elsewhere.", "必須", ["need-other"]),
    ):
        book = openpyxl.Workbook()
        for row in (["No", "要件", "要否", "適用状況", "備考"], ["1.1", text, need]):
            book.active.append(row)
        book.save(form)
        told = findings(run, str(form), "--rulebook", str(path))
        assert [each["code"] for each in told] == codes
        assert not findings(run, str(form), "--rulebook", str(path), "--reading", "r=b")


def test_large_forms_are_compared_in_little_time() -> None:
    from dataclasses import replace

    from cloudrules.core.schema import Text

    rulebook = forms.rulebook()
    item = next(iter(rulebook.items.values()))
    said = item.text.source
    items = {
        str(n): replace(item, id=str(n), text=Text({"ja": f"{said[: n % 200]}{n}{said}"}))
        for n in range(5000)
    }
    large = replace(rulebook, items=items)
    for worded in (f"{said[::-1]}{{}}", f"{{}}{said[9:]}", "あ" * 30_000 + "{}", "い" * 30_000):
        lines = [Line(str(n), (Said("A1", worded.format(n)),)) for n in range(5000)]
        start = time.process_time()
        assert printed.from_lines(large, lines).compared == 5000
        assert time.process_time() - start < 8


# Needs


@pytest.mark.parametrize(
    ("said", "told"),
    [
        *[(word, True) for word in ("必須", " 必　須 ", "Mandatory", "required")],
        *[(word, False) for word in ("任意", "推奨", "optional", "", "－", "○", "必須/任意")],
        *[(word, False) for word in ("必須（1.7の場合不要）", "必須※", "どちらでも可", "=1")],
    ],
)
def test_a_need_other_than_the_rulebooks_is_told(
    run: Run, made, tmp_path: Path, said: str, told: bool
) -> None:
    form = made(forms.by_openpyxl(put("D", {"1.3": said})))
    found = findings(run, form)
    assert [(each["code"], each["item"], each["cell"]) for each in found] == (
        [("need-other", "1.3", "D7")] if told else []
    )
    for args in (
        ("read", "-o", str(tmp_path / "s")),
        ("fill", SERVICE, "-o", str(tmp_path / "g.xlsx")),
    ):
        result = run("form", args[0], form, *args[1:], *ON)
        assert ("チェックリスト!D7: item 1.3 is" in result.said) == told
        assert result.code == 1 or not told


def test_a_mandatory_item_that_the_form_calls_optional(run: Run, made) -> None:
    (found,) = findings(run, made(forms.by_openpyxl(put("D", {"1.7": "任意", "1.6": "推奨"}))))
    assert "is 任意 by the form, but mandatory by the rulebook" in found["message"]


# Rows of items that the rulebook lacks


def more(*rows: list[object]):
    def change(book, sheet):
        for row in rows:
            sheet.append(row)

    return change


EXTRA = "新しい要件を満たすこと。"


@pytest.mark.parametrize("number", ["1.29", "1.29.", "１．２９", "No.1.29", "(1.29)", 1.29, "2.1"])
def test_a_row_that_the_rulebook_lacks_is_told(
    run: Run, made, tmp_path: Path, number: object
) -> None:
    change = more([number, "新", EXTRA, "必須", "×", None])
    form, out = made(forms.by_openpyxl(change)), tmp_path / "g.xlsx"
    (found,) = findings(run, form)
    assert (found["code"], found["item"]) == ("row-extra", found["item"])
    assert found["item"] == bare(str(number)).strip("no.()")
    assert found["cell"] == f"A{len(forms.grid()) + 1}"
    result = run("form", "read", form, "-o", "-", *ON)
    assert (result.code, f"item {found['item']} has a row" in result.said) == (1, True)
    blank = made(forms.by_openpyxl(more([number, "新", EXTRA, "必須", None, None])), "b.xlsx")
    result = run("form", "fill", blank, SERVICE, "-o", str(out), *ON)
    assert (result.code, f"item {found['item']} has a row" in result.said) == (1, True)
    assert not texts(out).get(f"E{len(forms.grid()) + 1}")


@pytest.mark.parametrize(
    "rows",
    [
        [["1", "セキュリティ", None, None, None, None]],
        [["2", "体制", "体制に関する要件", None, None, None]],
        [["3.", "体制に関する要件"]],
        [["注）1.29は、次年度から適用します。"]],
        [["1.29を満たす場合、1.30の要件は不要", None, EXTRA]],
        [["備考", None, "1.29 は次年度から", "必須"]],
        [["1.29", None, None, "必須", "×"]],  # no text beside
        [["1.29", "見出しの語", None, None]],
        [["1.29", None, "見出しの語", None, None]],  # neither need nor answer
        [[], ["1.0", "初版", "様式を定める。", "必須"]],  # no row of the table
        [["2026-10-01", None, "改訂の内容", "必須"]],
        [["合計", None, "対応の数", "28"]],
        [["1.2.3", None, EXTRA, "必須"]],  # numbered as no item is
    ],
)
def test_what_is_no_row_of_an_item_is_not_told(run: Run, made, rows: list[list[object]]) -> None:
    def change(book, sheet):
        last = sheet.max_row
        for row, values in enumerate(rows, last + 1):
            for column, value in enumerate(values, 1):
                sheet.cell(row, column, value)

    assert not findings(run, made(forms.by_openpyxl(change)))


def test_a_row_with_its_number_in_the_text() -> None:
    def change(book, sheet):
        for row in rows_of(sheet).values():
            number, text = sheet.cell(row, 1).value, sheet.cell(row, 3).value
            sheet.cell(row, 1).value, sheet.cell(row, 3).value = None, f"{number} {text}"
        sheet.append([None, None, f"1.29 {EXTRA}", "必須"])
        sheet.append([None, None, "1.30 見出し"])

    book = workbook.from_bytes(forms.by_openpyxl(change), "f.xlsx")
    found = layout.find(book, [*forms.rulebook().items])
    last = len(forms.grid()) + 1
    assert [(number, str(at)) for number, at in found.strays] == [
        ("1.29", f"チェックリスト!C{last}")
    ]
    assert len(found.rows) == 28


def test_forms_as_they_are_have_no_strays() -> None:
    for change in (None, put("C", {"1.1": None}), put("D", {"1.1": None})):
        book = workbook.from_bytes(forms.by_openpyxl(change), "f.xlsx")
        assert not layout.find(book, [*forms.rulebook().items]).strays
