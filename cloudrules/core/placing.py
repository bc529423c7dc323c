"""Where a clause stands on the sheet, as `at` says it in either language."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from unicodedata import normalize

from cloudrules.core.draft import Stands
from cloudrules.core.entries import Waiver
from cloudrules.core.rulebook import Rulebook

_NAME = r"(?P<name>[^\s「」]+?)"
_AFTER = (
    re.compile(rf"(?:after|below) (?:item )?{_NAME}(?=[,;.]?(?:\s|$))", re.IGNORECASE),
    re.compile(rf"{_NAME}と[^\s]+の間"),
    re.compile(rf"{_NAME}の(?:後|次|直後|下)"),
)
_BEFORE = (
    re.compile(rf"(?:before|above) (?:item )?{_NAME}(?=[,;.]?(?:\s|$))", re.IGNORECASE),
    re.compile(rf"{_NAME}の(?:前(?!半)|手前|直前|上)"),
)
_INSIDE = (
    re.compile(rf"(?:inside|in) (?:item )?{_NAME}(?=[,;.]?(?:\s|$))", re.IGNORECASE),
    re.compile(rf"{_NAME}の(?:セル|欄|中|文中)"),
)


def of(waiver: Waiver, rulebook: Rulebook) -> Stands | None:
    """Where a waiver stands; one that does not say stands above what it releases.

    None where it says something that names no place: then it is no clause of the sheet.
    """
    if waiver.at is None:
        return Stands(before=rulebook.listed(waiver.waives)[0])
    for words in waiver.at.words.values():
        if found := _stands(normalize("NFKC", words), rulebook.items):
            return found
    return None


def _stands(words: str, known: Container[str]) -> Stands | None:
    def named(patterns: Iterable[re.Pattern[str]]) -> str:
        names = (found["name"] for pattern in patterns if (found := pattern.match(words)))
        return next((name for name in names if name in known), "")

    after, before, inside = named(_AFTER), named(_BEFORE), named(_INSIDE)
    if after:
        return Stands(after=after)
    if before or inside:
        return Stands(before=before, inside="" if before else inside)
    return None
