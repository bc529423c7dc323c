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

# The words for each meaning, the one that is written where nothing limits the choice first. Their
# marks are told apart by meaning alone: a zero or a letter typed for a circle is a circle.
_WORDS: dict[Meaning, str] = {
    "met": (
        "○ ◯ 〇 ⭕ ⚪ ● ◎ o 0 ✓ ✔ ☑ レ 丸 まる 可 有 あり 有り 済 済み 対応 対応済 対応済み 対応可"
        " 対応可能 対応している 対応しています 適合 充足 満たす 満たしている はい yes y ok true met"
    ),
    "missing": (
        "× ✕ ✖ ✗ ✘ ❌ ╳ x ☒ ばつ バツ 不可 無 なし 無し 未 未対応 非対応 対応不可 対応なし"
        " 対応していない 対応していません 不適合 不足 未充足 満たさない いいえ no n ng missing"
    ),
    "exempt": (
        "対象外 該当なし 該当無し 該当せず 該当しない 非該当 不要 免除 適用外 適用除外 適用対象外"
        " n/a na notapplicable exempt waived"
    ),
    "open": "－ - ― — – ー ─ ‐ 任意 任意・未充足 未実施 open",
    "unknown": (
        "未確認 確認中 調査中 不明 未定 要確認 回答保留 保留 検討中 ? ？ unknown tbd notconfirmed"
    ),
    "partly": "△ ▲ 一部 一部対応 一部対応済 一部適合 部分対応 部分的に対応 一部可 partly partial",
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
    if said in _MEANING:
        return _MEANING[said]
    # A mark with its own words beside it: `○(対応済)`, `○:対応済`.
    inner = [part for part in re.split(r"[()\[\]:/・\-]", said) if part]
    found = {_MEANING.get(part, "unclear") for part in inner}
    return found.pop() if len(found) == 1 else "unclear"


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


Heading: TypeAlias = Literal["answer", "remark", "section", "text", "need"]
Field: TypeAlias = Literal["service", "provider", "day", "writer"]

_HEADINGS: dict[Heading, str] = {
    "answer": r"(適用|対応|充足|適合|実施)(状況|可否|有無)([(:].*)?|回答(欄)?|status",
    "remark": r"備考.*|(適用状況の)?根拠.*|remarks?.*|notes?",
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
