"""The days that remarks name: 2027-03-31, 2027年3月末, 令和9年3月31日, R9.3.31."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

_REIWA = date(2019, 5, 1)
# A year of an era further off than certificates last is more likely a slip: R27 for 2027.
_LATEST = 20
# White space is never followed by what may be none and white space again: that would be tried in
# as many ways as there is white space, squared.
PATTERN = (
    r"(?:(?:until|有効期限|期限|[~〜～])\s*(?:[:：]\s*)?)?"
    r"(?:(?P<year>\d{4})|(?:令和|[RrＲｒ])\s*(?P<era>元|\d{1,2}))\s*[-/.年－／．]"
    r"\s*(?P<month>\d{1,2})\s*[-/.月－／．]\s*(?:(?P<day>\d{1,2})(?:\s*日)?|(?P<last>末)日?)"
    r"(?:\s*(?:まで|迄))?(?:有効)?"
)


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


def _year(match: re.Match[str]) -> int:
    """The year; 0, which no calendar has, for one that is not certain."""
    if match["year"]:
        return int(match["year"])
    era = 1 if match["era"] == "元" else int(match["era"])
    return _REIWA.year - 1 + era if 1 <= era <= _LATEST else 0
