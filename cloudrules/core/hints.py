"""Words that hint at a clause. A sentence with one is read or asked about, never passed over."""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import normalize

_EXEMPTS_JA = re.compile(
    "不要|免除|免ずる|対象外|省略|不問|除[くきい]|除外|この限り|該当しない|任意と|代え[るて]"
    "|必要(?:は|が|も|で)?(?:な[いくし]|無|ありません)|必須で(?:は)?な"
    "|(?:求め|要し|要さ|問わ|適用(?:は)?[しさ](?:れ)?|対象と[しな](?:ら)?)な[いく]"
    "|なく(?:て)?(?:も)?(?:よ|良|可|差し支え|構わ)|(?:もの|と)みな[しす]"
)
_EXEMPTS_EN = re.compile(
    r"\b(?:not (?:be )?(?:\w+ )?(?:necessary|required|needed|applicable|mandatory|compulsory)"
    r"|unnecessary|no (?:\w+ )?(?:need|requirement)|no longer|exempt\w*|waiv\w+|inapplicable"
    r"|(?:not|n't) (?:apply|have to|need)|need not|except(?!ion)\w*|with the exception"
    r"|exclu\w+|unless|omit\w*|skip\w*|optional|left blank|dispens\w+|in lieu|instead of|deemed"
    r"|out of scope|n/a)\b",
    re.IGNORECASE | re.ASCII,
)
_CONDITION = re.compile(
    r"場合|とき|限り|のみ(?=[)）。\s]|$)|\b(?:if|where|when|only|provided that)\b",
    re.IGNORECASE | re.ASCII,
)
_DITTO = re.compile(
    '[(「]?(?:同[上前左]|上に同じ|同じ|[〃々″”“"]+|ditto|same as above|as above)[)」]?[。.]?',
    re.IGNORECASE,
)
_KANA = re.compile("[ぁ-ヿ㐀-鿿ｦ-ﾝ]")


def japanese(text: str) -> bool:
    """Whether a text is Japanese; what is not is read as English."""
    return bool(_KANA.search(text))


@lru_cache(2**16)  # the same text stands in many cells
def exempts(text: str) -> bool:
    """Whether a text may release from something, or except something."""
    plain = normalize("NFKC", text)
    return bool(
        _EXEMPTS_JA.search(re.sub(r"\s+", "", plain))
        or _EXEMPTS_EN.search(re.sub(r"\s+", " ", plain))
    )


def repeats(text: str) -> bool:
    """Whether a cell says no more than that the cell above it holds here too."""
    return bool(_DITTO.fullmatch(normalize("NFKC", text).strip()))


def hinted(text: str) -> bool:
    """Whether a text may be a clause: it exempts, or lays down a condition."""
    return bool(_CONDITION.search(normalize("NFKC", text))) or exempts(text)
