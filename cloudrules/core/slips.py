"""Slips in conditions: what stands where nothing fits, and what was meant by it.

A slip is the code of a fault and its values; where it stands is known to the parser.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeAlias

from cloudrules.core.errors import nearest
from cloudrules.core.figures import date_meant, figure_meant

Token: TypeAlias = tuple[str, str, int]  # kind (word, quoted, mark, end), text, offset
END: Token = ("end", "", -1)
Slip: TypeAlias = tuple[str, dict[str, str]]

SHOWN = 58  # characters of a condition that are quoted
CALLS = frozenset({"any", "all", "at_least", "waived"})
KEYWORDS = CALLS | {"and", "or", "not", "true", "false"}

# What people write by habit for `..`, for keywords and for comparisons; names are NFKC by then.
JOINT = r"\s*(?:\.{3,}|->|[~〜‐–—―−→-]|から|ないし|乃至|through|thru|to)\s*"
_NUMBER = r"\d+(?:\.\d+)+"
_HABIT_RANGE = re.compile(rf"({_NUMBER}){JOINT}({_NUMBER})(?:\s*まで)?")
HABITS = {
    **dict.fromkeys(("&&", "&", "かつ", "且つ", "及び", "および", "並びに"), "and"),
    **dict.fromkeys(("||", "|", "または", "又は", "もしくは", "若しくは", "あるいは"), "or"),
    **dict.fromkeys(("!", "!!", "¬"), "not"),
}
_OPERATORS = {
    **{"==": "=", "===": "=", "=>": ">=", "=<": "<=", "<>": "!=", "!==": "!="},
    **{"≠": "!=", "≤": "<=", "≦": "<=", "≥": ">=", "≧": ">="},
}
_QUOTES = "'`´‘’‚“”„«»「」『』′″"


def slip(code: str, **values: str) -> Slip:
    return code, values


def around(text: str, offset: int) -> str:
    """A text, or as much of it as can be shown, about a place in it; -1: its end."""
    if len(text) <= SHOWN:
        return text
    start = len(text) - SHOWN if offset < 0 else max(0, offset - SHOWN // 2)
    return ("…" if start else "") + text[start : start + SHOWN]


def at_character(text: str, offset: int) -> Slip:
    """The slip at a character that begins no token."""
    while text[offset].isspace():
        offset += 1
    if found := _range(text, offset):
        return found
    character = text[offset]
    if character == '"':
        return slip("quote-open", found=text[offset:])
    if character in _QUOTES:
        return slip("quote-other", found=character)
    marks = re.match(r"[^\w\s(),\"]+", text[offset:])
    if marks and marks[0] in HABITS:
        return slip("keyword-habit", found=marks[0], near=HABITS[marks[0]])
    if marks and marks[0] in _OPERATORS:
        return slip("condition-operator", found=marks[0], near=_OPERATORS[marks[0]])
    start = offset
    while start and not text[start - 1].isspace() and text[start - 1] not in "(,":
        start -= 1
    word = re.match(r'[^\s,()"]*', text[start:])
    piece = word[0] if word else ""
    if mend := date_meant(piece):
        return slip("date", found=piece, mend=mend)
    name = "" if piece.endswith(character) else piece
    return slip("condition-character", found=character, name=name)


def at_token(text: str, tokens: Sequence[Token], at: int, wanted: str) -> Slip:
    """The slip at a token, or at the end, where something else is wanted."""
    if at >= len(tokens):
        return slip("condition-short", text=around(text, -1), wanted=wanted)
    _, found, offset = tokens[at]
    if spelt := _range(text, offset):
        return spelt
    kind, before, start = tokens[at - 1] if at else END
    for word in (found, before):
        near = HABITS.get(word) or word.lower()
        if near in KEYWORDS and word not in KEYWORDS:
            return slip("keyword-habit", found=word, near=near)
    if found == "(" and before.isalpha() and (near := nearest(before, CALLS)):
        return slip("keyword-habit", found=before, near=near)
    if found == "(" and kind == "word":
        close = text.find(")", offset)
        return slip("name-odd", found=text[start : close + 1 if close >= 0 else len(text)])
    if found == "*" and before.isdigit():
        return slip("weight-outside", found=f"{before}*")
    if found in ("=", "<", ">") and before in ("=", "<", ">", "!="):
        return slip(
            "condition-operator", found=before + found, near=_OPERATORS.get(before + found, "")
        )
    if found == "," and wanted == "end":
        mend = ", ".join(part.strip() for part in text.split(","))
        return slip("list-commas", found=text, mend=mend)
    if found == "," and before.isdigit():
        figure = re.match("[0-9]{1,3}(,[0-9]{3})*", text[start:])
        if figure and (mend := figure_meant(figure[0])):
            return slip("number-whole", found=figure[0], mend=mend)
    if found == ")" and wanted == "and / or":
        return slip("parenthesis-closed", text=around(text, offset))
    return slip("condition-unexpected", found=found, wanted=wanted, text=around(text, offset))


def _range(text: str, offset: int) -> Slip | None:
    """A range in another spelling that reaches over a place in the text."""
    for found in _HABIT_RANGE.finditer(text, max(0, offset - SHOWN), offset + SHOWN):
        if found.start() <= offset < found.end():
            return slip("range-spelling", found=found[0], first=found[1], last=found[2])
    return None
