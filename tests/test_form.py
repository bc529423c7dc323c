"""A form filled in from a service and read again; answers held against what is claimed."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from datetime import date
from functools import cache

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cloudrules.core import case, follow, hearing
from cloudrules.core import form as forms_core
from cloudrules.core.entry import Place
from cloudrules.core.errors import BadInput
from cloudrules.core.schema import Ref, Text
from cloudrules.core.service import Holding, Service
from cloudrules.files import yaml
from cloudrules.files.excel import cells, workbook
from cloudrules.files.form import layout, replies
from cloudrules.files.form.denials import denial
from cloudrules.files.form.filling import Filling
from cloudrules.files.form.remarks import Remarks
from cloudrules.files.form.words import MEANINGS, meaning_of, word_for
from cloudrules.files.library import read_as
from cloudrules.render import form as words
from cloudrules.render import form_told

pytest.importorskip("openpyxl")
import forms

ON = date(2026, 10, 1)
NOWHERE = Place("")


def ref(name: str) -> Ref:
    return Ref(name, NOWHERE)


@cache
def blank() -> bytes:
    return forms.by_openpyxl()


def fill(service: Service, data: bytes, language: str = "ja", force: bool = False):
    """The filled form's bytes, and what was not written."""
    rulebook = forms.rulebook()
    found = case.from_service([rulebook], service, ON)[0]
    book = workbook.from_bytes(data, "form.xlsx")
    form = layout.find(book, list(rulebook.items))
    filled = forms_core.from_case(found, service, set(form.rows))
    filling = Filling(form, force)
    remarks = words.remarks(filled, language)
    for row in filled.rows:
        filling.answer(row.answer.id, words.answer(row.status, language))
        filling.remark(row.answer.id, remarks[row.answer.id])
    for name, text in words.fields(service, ON, None, language).items():
        filling.field(name, text)
    return cells.written(book, filling.texts), filling.told


def replied(data: bytes):
    book = workbook.from_bytes(data, "form.xlsx")
    form = layout.find(book, list(forms.rulebook().items))
    base = replies.named(form, "municipal-cloud-level-2", "-")
    return base, replies.read(form, forms.rulebook())


def read(data: bytes) -> hearing.Read:
    base, rows = replied(data)
    return hearing.read(forms.rulebook(), rows, base, ON)


def known(service: Service) -> dict[str, object]:
    """What a form can carry of a service: all but its quotes, its note, and further languages.

    Names are one line; notes keep their lines, as a cell breaks them. `form fill` tells the rest.
    """

    def line(text: Text | None) -> str:
        return " ".join(text.source.split()) if text else ""

    def lines(text: Text | None) -> str:
        return re.sub(r"\r\n?", "\n", text.source.strip()) if text else ""

    return {
        "service": line(service.service),
        "provider": line(service.provider),
        "holds": sorted(
            (each.ref.name, str(each.until or ""), lines(each.note)) for each in service.holds
        ),
        "unknown": sorted(each.name for each in service.unknown),
        "context": {one.name: two.name for one, two in service.context.items()},
        "readings": {one.name: two.name for one, two in service.readings.items()},
    }


def carried(service: Service) -> dict[str, object]:
    """What is read of a service's form: what its own note denies is not known.

    The fact that decides whether 1.5 applies is told where the answer to 1.5 does not tell it.
    """
    planned = {each.ref.name for each in service.holds if each.note and denial(each.note.source)}
    holds = tuple(each for each in service.holds if each.ref.name not in planned)
    unknown = (*service.unknown, *map(ref, sorted(planned)))
    stated = {each.name for each in service.context}
    answer = case.from_service([forms.rulebook()], service, ON)[0].assessed().item("1.5")
    told = "generative_ai" in stated or answer.status == "not_applicable"
    context = {} if told else {ref("generative_ai"): ref("false")}
    context |= service.context
    return known(replace(service, holds=holds, unknown=unknown, context=context))


@cache
def named() -> tuple[list[str], list[str], list[str]]:
    book = forms.rulebook()
    return sorted(book.evidence), list(book.items), sorted(book.facts)


WORDS = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cn"]), max_size=20
) | st.sampled_from(
    [
        "=1+1",
        "'=1+1",
        "+81 3",
        "C21-0001-2",
        "(asp.iso27017)",
        "認証（csp.ismap、2027-03-31まで）",
        "（csp.iso27018、未確認）",
        "（generative_ai = true）",
        "解釈（hosting = literal）",
        "個別に確認（1.14）",
        "（csp.ismap、",
        "> x",
        ">（dc.tier3）",
        "a_x000D_b",
        "第20条（準拠法）",
        "ＩＳ　７４７７（ａｓｐ．ｉｓｏ２７００１）",
        "-",
        "@x",
        "○",
        "",
        " ",
        "\t",
        "\r\n",
        "\x0b",
        "更新申請中",
        "ISMAP登録予定（申請中）",
        "（asp.iso27017 2030-01-01）",
        "（outsourced：true)",
        "(page-scope　：same-page)",
        "（ｃｓｐ．ｉｓｍａｐ）",
        "登録番号12、令和9年3月31日まで",
        "失効済み",
    ]
)
NOTES = st.lists(WORDS, min_size=1, max_size=4).map("\n".join)


@st.composite
def services(draw: st.DrawFn) -> Service:
    evidence, items, facts = named()
    held = draw(st.lists(st.sampled_from(evidence + items), unique=True, max_size=8))
    rest = [name for name in evidence + items if name not in held]
    holds = []
    for name in held:
        until = draw(st.none() | st.dates(date(2026, 1, 1), date(2028, 12, 31)))
        note = draw(st.none() | NOTES)
        said = Text({"": note}) if note and note.split() else None
        key = "item" if name in items else "evidence"
        holds.append(Holding(**{key: ref(name)}, until=until, note=said))
    unknown = draw(st.lists(st.sampled_from(rest), unique=True, max_size=3))
    context = {
        ref(name): ref(draw(st.sampled_from(["true", "false"])))
        for name in draw(st.lists(st.sampled_from(facts), unique=True))
    }
    readings = {}
    if draw(st.booleans()):
        book = forms.rulebook()
        reading = draw(st.sampled_from(book.readings))
        readings[ref(reading.id)] = ref(draw(st.sampled_from(reading.option_ids)))
    name = draw(WORDS.filter(lambda text: text.split() and text.strip() != "0"))
    return Service(
        Text({"": name}),
        Text({"": "提供者"}),
        (ref("municipal-cloud-level-2"),),
        context,
        tuple(holds),
        tuple(map(ref, unknown)),
        readings=readings,
    )


def denied_and_over() -> Service:
    """One row states what a note denies and what is over."""
    title = Text({"": "s"})
    held = (
        Holding(evidence=ref("csp.equivalent_27017"), note=Text({"": "失効"})),
        Holding(evidence=ref("csp.iso27017"), until=date(2026, 1, 1)),
    )
    return Service(title, title, (ref("municipal-cloud-level-2"),), {}, held)


@settings(deadline=None, max_examples=60)
@given(services(), st.sampled_from(["ja", "en"]))
@example(denied_and_over(), "ja")
def test_fill_then_read_gives_the_service_back(service: Service, language: str) -> None:
    data, told = fill(service, blank(), language)
    untold = {each.values["field"] for each in told if each.code == "no-field"}
    assert not [each for each in told if each.code != "no-field"]
    assert not untold
    found = read(data)
    assert known(found.service) == carried(service)
    text = form_told.service_file(found, "form.xlsx", {}, language)
    written = read_as(Service, yaml.read(text.encode(), "s.yaml"))
    assert known(written) == known(found.service)
    base, rows = replied(data)
    if carried(service)["holds"] == known(service)["holds"]:
        assert not found.doubts
        city = replace(base, readings=service.readings)
        assert not follow.check(forms.rulebook(), rows, city, ON).findings
    else:
        codes = {each.code for each in found.doubts}
        assert "stated-denied" in codes
        assert codes <= {"stated-denied", "met-expired"}  # what is left of a row may have ended
    assert not follow.check(forms.rulebook(), rows, base, ON, service).findings
    again, told = fill(service, data, language)
    assert again == data
    assert not told


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_answer_written_is_read_as_it_was_meant(language: str) -> None:
    meant = {"waived": "exempt", "not_applicable": "exempt"}
    for status in ("met", "missing", "waived", "not_applicable", "open", "unknown"):
        assert meaning_of(words.answer(status, language)) == meant.get(status, status)


MEANT = {
    "met": "○ ◯ 〇 ⚪ ● ✓ 対応 対応済 対応済み はい ○（対応済） 適合 Yes Ｏ 取得済 取得済みです"
    " 登録済 対応しております 実施しています 適用済み あり TRUE",
    "missing": "× ✕ ✖ ✗ x Ｘ 未対応 いいえ ×（未対応） 不適合 No 対応しておりません 未取得"
    " 未実施 登録なし 取得していません。 満たしておりません ありません 対応できません 取得不可",
    "exempt": "対象外 該当なし 該当無し 不要 N/A －（対象外） 対\u3000象\u3000外 該当しません"
    " 適用外 適用除外 対象外です 対象ではありません 該当いたしません。",
    "open": "－ - ― ー",
    "unknown": "未確認 確認中 不明 未調査 分かりません",
    "partly": "△ 一部対応 ▲ 一部対応しております 一部未対応",
    "unclear": "0 要相談 ○× ○・× ○または× 対応予定 2027年対応 適用 適用なし 非適用 適用しない 対象"
    " 該当 取得可能 申請中",
    "blank": " 選択してください",
}


@pytest.mark.parametrize("meaning", MEANINGS)
def test_what_answers_mean(meaning: str) -> None:
    said = MEANT[meaning].split(" ")
    assert {text: meaning_of(text) for text in said} == dict.fromkeys(said, meaning)


def test_a_drop_down_is_given_its_own_word() -> None:
    assert word_for(("met",), None, "○") == "○"
    assert word_for(("met",), ["はい", "いいえ"], "○") == "はい"
    assert word_for(("exempt",), ["○", "×", "該当なし"], "対象外") == "該当なし"
    assert word_for(("open", "missing"), ["○", "×"], "－") == "×"
    assert word_for(("unknown",), ["○", "×"], "未確認") is None


def answered(**answers: str) -> bytes:
    """The form with answers and remarks in the rows of items: `i1_9="対象外"`, `r1_9=...`."""
    book = workbook.from_bytes(blank(), "form.xlsx")
    form = layout.find(book, list(forms.rulebook().items))
    texts = {}
    for key, text in answers.items():
        row = form.rows[key[1:].replace("_", ".")]
        texts[(row.answer if key[0] == "i" else row.remark).spot] = text
    return cells.written(book, {book.sheets[0].name: texts})


def codes(data: bytes) -> dict[str, str]:
    base, rows = replied(data)
    found = follow.check(forms.rulebook(), rows, base, ON).findings
    return {each.item: each.code for each in found if each.code != "blank"}


def test_answers_that_do_not_follow() -> None:
    assert codes(answered(i1_9="対象外")) == {"1.9": "exempt-not"}
    assert codes(answered(i1_7="○")) == {"1.7": "met-bare"}
    assert codes(answered(i1_7="○", r1_7="C21-0001", i1_9="対象外")) == {}
    assert codes(answered(i1_7="×", r1_7="（csp.ismap）")) == {"1.7": "missing-met"}
    assert codes(answered(i1_7="○", r1_7="（csp.ismap、2026-03-31まで）")) == {"1.7": "met-expired"}
    assert codes(answered(i1_14="－", r1_14="", i1_12="一部対応")) == {
        "1.12": "partly",
        "1.14": "open-mandatory",
    }
    assert codes(answered(i1_14="要相談")) == {"1.14": "unclear"}


def test_what_is_not_certain_is_unknown_and_named() -> None:
    found = read(answered(i1_7="○", r1_7="登録番号 C21-0001、2027年3月31日まで", i1_14="一部対応"))
    held = {each.ref.name: each.note.source for each in found.service.holds}
    assert held == {"1.7": "登録番号 C21-0001、2027年3月31日まで"}
    unknown = {each.name for each in found.service.unknown}
    assert "1.14" in unknown
    assert "1.8" in unknown  # though 1.7 releases it today
    assert "1.8" in {each.item for each in found.left}
    assert "1.8" not in {each.item for each in found.doubts}
    cell = next(each.cell for each in found.doubts if each.item == "1.14")
    assert re.fullmatch(r"チェックリスト!E\d+", cell)


def test_an_item_answered_as_if_it_applied_makes_its_fact_unknown() -> None:
    found = read(answered(i1_5="×"))
    assert "generative_ai" in {each.name for each in found.service.unknown}


@pytest.mark.parametrize(
    "end",
    [
        "2027-03-31",
        "2027/3/31",
        "2027年3月31日まで",
        "2027年3月末",
        "２０２７年３月３１日",
        "令和9年3月31日",
        "令和９年３月末まで",
        "令和9年3月末日",
        "R9.3.31",
        "Ｒ９．３．３１",
        "r9/3/31迄",
        "有効期限：令和9年3月31日",
        "有効期限 2027年3月31日",
        "until 2027-03-31",
        "～2027/3/31",
    ],
)
def test_ends_are_read_as_vendors_write_them(end: str) -> None:
    found = read(answered(i1_7="○", r1_7=f"ISMAP（csp.ismap、{end}）C21"))
    (held,) = found.service.holds
    assert (held.until, held.note.source) == (date(2027, 3, 31), "C21")


def test_the_first_year_of_an_era() -> None:
    found = read(answered(i1_7="○", r1_7="（csp.ismap、令和元年5月1日）"))
    assert [each.until for each in found.service.holds] == [date(2019, 5, 1)]


@pytest.mark.parametrize(
    ("remark", "code"),
    [
        ("ISMAP登録予定（申請中）", "met-denied"),
        ("2027年4月取得見込み", "met-denied"),
        ("registration is pending", "met-denied"),
        ("applied for in May", "met-denied"),
        ("（csp.ismap）申請中", "stated-denied"),
        ("（csp.ismap、2028-03-31まで）\n登録は2027年4月の予定", "stated-denied"),
        ("ISMAP登録予定（csp.ismap）", "stated-denied"),
        ("（csp.ismap、取得予定）", "stated-denied"),
        ("登録申請中\n（csp.ismap、2028-03-31まで）", "met-denied"),
    ],
)
def test_what_is_not_so_yet_is_not_known(remark: str, code: str) -> None:
    data = answered(i1_7="○", r1_7=remark)
    assert codes(data)["1.7"] == code
    found = read(data)
    assert [each.code for each in found.doubts if each.item == "1.7"] == [code]
    unknown = {each.name for each in found.service.unknown}
    assert unknown & {"csp.ismap", "1.7"}
    assert not found.service.holds


@pytest.mark.parametrize(
    "remark",
    ["（csp.ismap、2028-03-31まで）更新申請中", "（csp.ismap）2027年3月更新予定", "（csp.ismap）"],
)
def test_what_is_to_be_renewed_is_held(remark: str) -> None:
    found = read(answered(i1_7="○", r1_7=remark))
    assert [each.ref.name for each in found.service.holds] == ["csp.ismap"]


@pytest.mark.parametrize(
    ("answers", "claims"),
    [
        ({"i1_7": "○", "r1_7": "C21-0001"}, ["1.7"]),
        ({"i1_7": "○", "r1_7": "個別に確認（1.7）C21"}, ["1.7"]),
        ({"i1_7": "○", "r1_7": "（csp.ismap）C21"}, []),
        ({"i1_14": "○", "r1_14": "約款第20条"}, []),
        ({"i1_14": "○", "r1_14": "（1.14）"}, []),
        ({"i1_14": "○"}, ["1.14"]),
        ({"i1_14": "○", "r1_14": "－"}, ["1.14"]),
        ({"i1_14": "○", "r1_14": "特になし"}, ["1.14"]),
        ({"i1_16": "○", "r1_16": "前提（outsourced = false）\n規程第3条"}, []),
    ],
)
def test_what_is_claimed(answers: dict[str, str], claims: list[str]) -> None:
    base, rows = replied(answered(**answers))
    grounds = follow.check(forms.rulebook(), rows, base, ON).grounds
    assert [each.item for each in grounds.claims] == claims
    assert [each.item for each in read(answered(**answers)).claims] == claims


@pytest.mark.parametrize(
    "start",
    [
        "（csp.ismap、until",
        "（csp.ismap、2027-03-31",
        "（csp.ismap",
        "（",
        "（csp.ismap、令和",
        "更新の予定",
    ],
)
@pytest.mark.parametrize(
    "more", [" ", "(", "（csp.ismap、", "9", "予定", "\n", "?", "2027年", "、", "not ", "一部の"]
)
def test_remarks_are_read_at_once_whatever_they_are(start: str, more: str) -> None:
    remarks = Remarks(forms.rulebook())
    text = start + more * (32_000 // len(more))
    began = time.perf_counter()
    remarks.of("1.7", text)
    assert time.perf_counter() - began < 2


def rows_of(data: bytes) -> dict[str, str]:
    """The cells of the answers by item."""
    book = workbook.from_bytes(data, "form.xlsx")
    form = layout.find(book, list(forms.rulebook().items))
    return {item: str(row.answer) for item, row in form.rows.items()}


def test_numbers_that_lost_a_zero_are_understood() -> None:
    expected = rows_of(blank())
    assert rows_of(forms.by_openpyxl(numbers="float")) == expected

    def only_one(book, sheet) -> None:
        sheet["A15"] = 1.1  # 1.10, beside 1.1 as a text

    assert rows_of(forms.by_openpyxl(only_one)) == expected

    def apart(book, sheet) -> None:
        """1.10 and what follows on a sheet of their own, as numbers."""
        other = book.copy_worksheet(sheet)
        sheet.delete_rows(15, 40)
        other.delete_rows(5, 10)

    found = rows_of(forms.by_openpyxl(apart, numbers="float"))
    assert len(found) == 28
    assert found["1.1"] == "チェックリスト!E5"
    assert found["1.10"] == "チェックリスト Copy!E5"


def test_a_copied_sheet_with_numbers_is_told_once() -> None:
    def copied(book, sheet) -> None:
        book.copy_worksheet(sheet)

    with pytest.raises(BadInput) as raised:
        rows_of(forms.by_openpyxl(copied, numbers="float"))
    (fault,) = raised.value.faults
    assert (fault.code, fault.values["n"]) == ("form-sheet-twice", "28")


def test_a_note_almost_as_long_as_a_cell_is_kept() -> None:
    note = "\n".join(["あ" * 99] * 320)
    held = Holding(item=ref("1.14"), note=Text({"": note}))
    service = Service(Text({"": "S"}), Text({"": "P"}), holds=(held,))
    data, _ = fill(service, blank())
    assert known(read(data).service)["holds"] == [("1.14", "", note)]


def test_vendors_days_are_read_in_brackets() -> None:
    found = read(answered(i1_7="○", r1_7="ISMAP (csp.ismap, 2027年3月31日まで) C21\n言明書 3頁"))
    (held,) = found.service.holds
    assert (held.ref.name, held.until) == ("csp.ismap", date(2027, 3, 31))
    assert held.note.source == "C21\n言明書 3頁"


def test_a_day_that_there_is_not_leaves_it_unknown() -> None:
    found = read(answered(i1_7="○", r1_7="（csp.ismap、2027-02-31まで）"))
    assert "csp.ismap" in {each.name for each in found.service.unknown}
    assert [each.code for each in found.doubts if each.item == "1.7"] == ["stated-end"]


@pytest.mark.parametrize("end", ["平成31年3月31日まで", "2027年9月まで", "R27.9.30"])
def test_an_end_that_cannot_be_read_leaves_it_unknown(end: str) -> None:
    found = read(answered(i1_6="○", r1_6=f"認証（asp.iso27001、{end}）登録番号1"))
    assert "asp.iso27001" in {each.name for each in found.service.unknown}
    assert "1.6" in {each.item for each in found.doubts}


@pytest.mark.parametrize("answer", ["", "一部対応", "要相談"])
def test_a_remark_alone_is_no_answer(answer: str) -> None:
    found = read(answered(i1_7=answer, r1_7="（csp.ismap、2027-03-31まで）C21"))
    assert "csp.ismap" in {each.name for each in found.service.unknown}
    assert "1.7" in {each.item for each in found.doubts}
