"""Remarks that take back what they stand beside, and remarks that only look so."""

from __future__ import annotations

from datetime import date

import pytest

pytest.importorskip("openpyxl")
import forms
from test_form import answered, fill, read, ref
from test_form_answers import GOOD, checked, found

from cloudrules.core.schema import Text
from cloudrules.core.service import Holding, Service
from cloudrules.files.form.denials import denial, retracted

DENIED = """\
失効済み
は取得していない
は対象外
は言明対象範囲外
確認中
検討しています
一部のみ
国内に指定できない
は解約
廃止
取消
期限切れ
停止中
返上
不明
要確認
取得予定なし
expired
not held
一部の範囲のみ
該当なし
できません
不可
旧: 2024年に失効
登録は停止中
認証を取得しておらず、社内規程で代替
has been revoked
not registered
we cannot comply
対応できません。
と思われます
ISMAPの登録があるはず
登録番号は？
未確認
まだ取得していない
審査中
out of scope
TBD
現在、取得に向けて準備しています
取得していません。
登録なし
C21は令和8年10月に失効
2026年10月に失効しました
no longer valid
partially
準拠していない部分がある
"""
PLAIN = """\
C21-0001
登録番号 No. 123
更新申請中
データを復元できないよう消去する
第三者に提供しない
外部から閲覧できない仕組み
変更なし
例外なし
問題ありません
指摘事項なし
不適合なし
停止時間なし
契約第20条（準拠法）日本法
言明対象範囲は確認済み
年1回確認しています
ISO/IEC 27001:2022 認証書 IS 747477
国内リージョンのみを利用
東京・大阪リージョン
24時間365日対応
社内規程 3.2 に定める
AES-256で暗号化
https://example.jp/a?id=1
失効リストを確認
失効した証明書は使用しない
契約終了時に消去する
登録していない端末は接続を拒否する
2024年4月1日から取得
Data are kept in Japan only
no pending issues
renewal pending
Certificates that expired are replaced
not applicable to passwords shorter than 8
Statement of scope p. 3
planned maintenance once a month
取消線
解約時の返却を約款に定める
委託先：なし
不明な通信は遮断する
未登録端末の接続を遮断
"""


@pytest.mark.parametrize("text", DENIED.splitlines())
def test_what_is_denied_or_doubted_is_not_certain(text: str) -> None:
    assert denial(text) or retracted(text)
    answers = GOOD | {"i1_7": "○", "r1_7": f"ISMAP（csp.ismap）{text}"}
    result = checked(**answers)
    (told,) = found(result, "stated-denied")
    assert told[0] == "1.7"
    assert result.grounds.verdict != "compliant"
    assert "csp.ismap" not in {each.ref.name for each in result.service.holds}


@pytest.mark.parametrize("text", PLAIN.splitlines())
def test_what_only_looks_like_a_denial_is_none(text: str) -> None:
    assert not denial(text)
    assert not retracted(text)
    result = checked(**GOOD | {"i1_7": "○", "r1_7": f"（csp.ismap）{text}"})
    assert result.grounds.verdict == "compliant"


@pytest.mark.parametrize(
    "text", ["検討しています", "確認中", "国内に指定できない", "該当なし", "不可"]
)
def test_an_attested_item_that_its_remark_denies_is_not_known(text: str) -> None:
    result = checked(**GOOD | {"i1_14": "○", "r1_14": text})
    (told,) = [each for each in result.findings if each.item == "1.14"]
    assert told.code == "met-denied"
    assert told.said in text
    assert result.grounds.verdict == "unknown"


def test_of_two_the_one_that_is_taken_back_is_not_held() -> None:
    result = checked(
        **GOOD | {"r1_7": "※（csp.ismap）ではなく（csp.iso27017、2028-03-31まで）です"}
    )
    held = {each.ref.name for each in result.service.holds}
    assert "csp.ismap" not in held
    assert "csp.iso27017" in held


@pytest.mark.parametrize(
    "remark",
    [
        "（csp.ismap）C21-0001、令和9年3月31日まで",
        "（csp.ismap）有効期限 2027年3月31日",
        "有効期限2027-03-31（csp.ismap）",
        "（csp.ismap）\n有効期間: 2024-04-01～2027-03-31",
        "（csp.ismap、令和8年4月1日から令和9年3月31日まで）",
        "（csp.ismap、令和9年3月31日（水）まで）",
        "（csp.ismap、令和9年（2027年）3月31日まで）",
        "（ｃｓｐ．ｉｓｍａｐ、２０２７－０３－３１まで）",
    ],
)
def test_an_end_is_read_wherever_it_stands(remark: str) -> None:
    (held,) = read(answered(i1_7="○", r1_7=remark)).service.holds
    assert (held.ref.name, held.until) == ("csp.ismap", date(2027, 3, 31))


def test_an_attested_item_has_the_end_that_its_remark_names() -> None:
    (held,) = read(answered(i1_14="○", r1_14="約款（2027-03-31まで有効）")).service.holds
    assert (held.ref.name, held.until) == ("1.14", date(2027, 3, 31))


def test_of_several_ends_in_a_note_none_is_guessed() -> None:
    remark = "（csp.ismap）有効期限 2027年3月31日、更新後 2030年3月31日まで"
    result = read(answered(i1_7="○", r1_7=remark))
    assert [each.code for each in result.doubts if each.item == "1.7"] == ["stated-end"]
    assert "csp.ismap" in {each.name for each in result.service.unknown}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("令和9年4月から国内法に変更", "note-begins"),
        ("2027年4月以降に対応します", "note-begins"),
        ("2027-04-01より適用", "note-begins"),
        ("2024年4月から対応しています", None),
        ("2024-04-01取得、2027-04-01から更新後の契約", None),
    ],
)
def test_what_begins_later_is_not_so_yet(text: str, code: str | None) -> None:
    result = checked(**GOOD | {"i1_14": "○", "r1_14": text})
    told = [each for each in result.findings if each.item == "1.14"]
    assert [each.code for each in told] == ([code] if code else [])
    assert result.grounds.verdict == ("unknown" if code else "compliant")


NOTES = [
    "基盤（csp.ismap 2030-01-01)",
    "別紙（outsourced: true）",
    "see (page-scope：same-page)",
    "（csp.ismap\u30002027年3月末)",
    "（csp.ismap\u00a0～2027-03-31）",
    "(csp.ismap\u20282030-01-01)",
    "（ｃｓｐ．ｉｓｍａｐ）",
    "（1.14 2020-01-01）",
    "登録は令和9年3月31日まで",
    "（outsourced＝true）",
]


@pytest.mark.parametrize("note", NOTES)
def test_no_note_of_a_service_is_read_as_a_statement(note: str) -> None:
    held = Holding(evidence=ref("service.aspic"), note=Text({"": note}))
    title = Text({"": "s"})
    service = Service(title, title, (ref("municipal-cloud-level-2"),), {}, (held,))
    blank = forms.by_openpyxl()
    data, _ = fill(service, blank, "ja")
    result = read(data).service
    assert [each.ref.name for each in result.holds] == ["service.aspic"]
    assert [(each.until, each.note.source) for each in result.holds if each.note] == [(None, note)]
    assert not result.readings
    assert not {each.name for each in result.context} - {"generative_ai"}
