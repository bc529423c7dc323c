"""The words of forms: their headings and fields, and what each answer means."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Literal, TypeAlias, cast, get_args
from unicodedata import normalize

Meaning: TypeAlias = Literal[
    "met", "missing", "exempt", "open", "unknown", "partly", "unclear", "blank"
]
MEANINGS: tuple[Meaning, ...] = get_args(Meaning)

# What can be said of each of these, which tells whether it is done: 取得済み, 取得しておりません.
_DOING = "対応 実施 取得 登録 適合 充足 準拠 遵守 保有 導入 整備 締結"
_DONE = "{0} {0}済 {0}済み {0}ずみ {0}している {0}しています {0}しております"
_UNDONE = (
    "未{0} 非{0} 不{0} {0}不可 {0}なし {0}無し {0}せず {0}しない {0}しません {0}していない"
    " {0}していません {0}しておらず {0}しておりません {0}できない {0}できません"
)

# The words for each meaning, the one that is written where nothing limits the choice first. Their
# marks are told apart by meaning alone: a letter typed for a circle is a circle. A zero is not: a
# sheet shows one for an empty cell that it refers to.
# 適用, 適用なし, 非適用, 対象 and 該当 are none of them: each can be said of the requirement, which
# then applies or not, and of the measure that it asks for.
_WORDS: dict[Meaning, str] = {
    "met": (
        "○ ◯ 〇 ⭕ ⚪ ● ◎ o ✓ ✔ ☑ レ 丸 まる 可 可能 有 有る あり 有り ある あります 済 済み"
        f" {' '.join(_DONE.format(word) for word in _DOING.split())} 適用済 適用済み"
        " 対応可 対応可能 対応できる 対応できます 実施可 実施可能 実施できる 実施できます 満たす"
        " 満たしている 満たしています 満たしております はい yes y ok true met compliant done"
    ),
    "missing": (
        "× ✕ ✖ ✗ ✘ ❌ ╳ x ☒ ばつ バツ 不可 不可能 無 無い ない なし 無し ありません できない"
        " できません 未 未達 不足"
        f" {' '.join(_UNDONE.format(word) for word in _DOING.split())} 満たさない 満たしていない"
        " 満たしていません 満たしておりません いいえ no n ng false missing notmet notcompliant"
    ),
    "exempt": (
        "対象外 対象ではない 対象ではありません 対象とならない 対象となりません 非対象 該当なし"
        " 該当無し 該当せず 該当しない 該当しません 該当いたしません 該当致しません 該当ありません"
        " 該当事項なし 非該当 不要 必要なし 免除 適用外 適用除外 適用対象外 適用対象ではない"
        " n/a na notapplicable exempt waived notrequired"
    ),
    "open": "－ - ― — – ー ─ ‐ 任意 任意・未充足 open",
    "unknown": (
        "未確認 確認中 調査中 未調査 不明 未定 要確認 回答保留 保留 検討中 確認できない"
        " 確認できません わからない 分からない わかりません 分かりません ? ？ unknown"
        " tbd notconfirmed notknown"
    ),
    "partly": (
        "△ ▲ 一部 一部対応 一部対応済 一部対応済み 一部未対応 一部対応している 一部対応しています"
        " 一部対応しております 一部適合 一部充足 一部実施 一部可 部分対応 部分的 部分的に対応"
        " partly partial partiallymet"
    ),
}
# What stands in a cell to be replaced.
_BLANKS = frozenset({"", "選択", "選択してください", "選択して下さい", "プルダウンから選択"})


@lru_cache(2**16)
def bare(text: str) -> str:
    """A text by what it says: width, case and white space put aside."""
    return re.sub(r"\s+", "", normalize("NFKC", text)).casefold()


_MEANING: dict[str, Meaning] = {
    bare(word): meaning for meaning, words in _WORDS.items() for word in words.split()
}
# NFKC leaves these marks as they are, or makes a letter of them.
_BLANK_MARKS = str.maketrans("", "", "。.,、．")


def meaning_of(text: str) -> Meaning:
    """What an answer means: `blank` for none, `unclear` for a word that is not known."""
    said = bare(text).translate(_BLANK_MARKS)
    if said in _BLANKS:
        return "blank"
    if said not in _MEANING:
        said = said.removesuffix("です")
    if said in _MEANING:
        return _MEANING[said]
    # A mark with its own words beside it: `○(対応済)`, `○:対応済`.
    inner = [part for part in re.split(r"[()\[\]:/・\-]", said) if part]
    found = {_MEANING.get(part, "unclear") for part in inner}
    return found.pop() if len(found) == 1 else "unclear"


_NOTHING = frozenset({"なし", "無し", "特になし", "特に無し", "n/a", "none", "0"})


def says_something(text: str) -> bool:
    """Whether a remark is one: not a dash, not that there is none, not the zero of a formula."""
    return bool(re.search(r"\w", text)) and bare(text) not in _NOTHING


_NEEDS = frozenset({"必須", "任意", "必須/任意", "推奨", "mandatory", "optional", "required"})


def is_need(text: str) -> bool:
    """Whether a cell tells the need for something, as no answer would."""
    return bare(text) in _NEEDS


def word_for(wanted: tuple[Meaning, ...], allowed: list[str] | None, usual: str) -> str | None:
    """The word to write: `usual`, or that of a drop-down which means it; None: it has none.

    The meanings wanted are tried in turn, and in each the word that stands first in `_WORDS`.
    """
    if allowed is None or usual in allowed:
        return usual
    for meaning in wanted:
        known = [bare(word) for word in _WORDS[meaning].split()]
        fit = [word for word in allowed if meaning_of(word) == meaning]
        if fit:
            places = {word: place for place, word in reversed([*enumerate(known)])}
            return min(fit, key=lambda word: places.get(bare(word), len(known)))
    return None


# `judged` and `aside` are answers and remarks where a form has no better heading for them.
Heading: TypeAlias = Literal["answer", "remark", "judged", "aside", "section", "text", "need"]
Field: TypeAlias = Literal["service", "provider", "day", "writer"]

_HEADINGS: dict[Heading, str] = {
    "answer": r"(適用|対応|充足|適合|実施)(状況|可否|有無)([(:].*)?|回答(欄)?|status",
    "remark": r"備考.*|(適用状況の|回答の)?(根拠|理由).*|回答理由|remarks?.*|notes?",
    "judged": r"判定(結果)?|自己(評価|点検|判定|チェック)(結果|欄)?|self-?assessment",
    "aside": r"特記事項|補足(説明)?|コメント|comments?",
    "section": r"区分|分類|section",
    "text": r"要件(の?内容)?|要求事項|requirement",
    "need": r"要否|必須/?任意|need",
}
_FIELDS: dict[Field, str] = {
    "service": r"(外部|クラウド|対象|利用)?サービス(\((外部|クラウド)?サービス\))?の?(名称?|名)"
    r"|(cloud)?service(name)?",
    "provider": r".*(提供者|提供事業者|提供元|事業者)の?(名称?|名)|provider(name)?",
    "day": r"記入年?月?日|回答年?月?日|作成年?月?日|date",
    "writer": r"記入者(氏?名)?|回答者(氏?名)?|担当者(氏?名)?|completedby",
}
_LABEL = 60  # characters that a heading or a label can have


def _one_of(words: Iterable[tuple[str, str]]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<{key}>{pattern})" for key, pattern in words))


_AS_HEADING, _AS_FIELD = _one_of(_HEADINGS.items()), _one_of(_FIELDS.items())


def heading_of(text: str) -> Heading | None:
    """The heading that a cell is."""
    return cast("Heading | None", _kind(_AS_HEADING, text))


def field_of(text: str) -> Field | None:
    """The field that a cell is the label of."""
    return cast("Field | None", _kind(_AS_FIELD, text))


def _kind(words: re.Pattern[str], text: str) -> str | None:
    if not text or len(text) > _LABEL:
        return None
    found = words.fullmatch(bare(text).rstrip(":"))
    return found.lastgroup if found else None
