"""The days that remarks name: 2027-03-31, 2027年3月末, 令和9年3月31日, R9.3.31."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

_REIWA = date(2019, 5, 1)
# A year of an era further off than certificates last is more likely a slip: R27 for 2027.
_LATEST = 20
# White space is never followed by what may be none and white space again: that would be tried in
# as many ways as there is white space, squared.
_DAY = (
    r"(?:(?P<year>\d{4})|(?:令和|[RrＲｒ])\s*(?P<era>元|\d{1,2}))\s*[-/.年－／．]"
    r"\s*(?P<month>\d{1,2})\s*[-/.月－／．]\s*(?:(?P<day>\d{1,2})(?:\s*日)?|(?P<last>末)日?)"
)
PATTERN = (
    r"(?:(?:until|有効期限|期限|[~〜～])\s*(?:[:：]\s*)?)?"
    rf"{_DAY}"
    r"(?:\s*(?:まで|迄))?(?:有効)?"
)
_ANY = re.compile(_DAY)
_UNTIL = re.compile(
    r"(?:有効期限|有効期間|認証期限|登録期限|until|expir(?:es|y|ation)|valid (?:to|through)"
    r"|[~〜～])(?: date| on)?[はがの:：\s]{0,3}$",
    re.IGNORECASE,
)
_TO = re.compile(r"\s{0,3}(?:まで|迄)(?!に)")
_FROM = re.compile(r"\s{0,3}(?:[~〜～]|から|より|以降)")
_BEFORE = 40  # characters in which a day is said to be an end


def of(match: re.Match[str]) -> date | None:
    """The day that a match of PATTERN names; None where there is no such day."""
    if not match["month"]:
        return None
    year, month = _year(match), int(match["month"])
    try:
        day = monthrange(year, month)[1] if match["last"] else int(match["day"])
        found = date(year, month, day)
    except ValueError:  # of which an IllegalMonthError is one
        return None
    return found if match["year"] or found >= _REIWA else None


def ends(text: str) -> Iterator[date]:
    """The days that a text calls the end of something: 有効期限2026年10月31日, until 2026-10-31."""
    for match in _ANY.finditer(text):
        before = text[max(0, match.start() - _BEFORE) : match.start()]
        if _FROM.match(text, match.end()):
            continue
        if (_UNTIL.search(before) or _TO.match(text, match.end())) and (day := of(match)):
            yield day


def _year(match: re.Match[str]) -> int:
    """The year; 0, which no calendar has, for one that is not certain."""
    if match["year"]:
        return int(match["year"])
    era = 1 if match["era"] == "元" else int(match["era"])
    return _REIWA.year - 1 + era if 1 <= era <= _LATEST else 0
