"""Dates and whole numbers, and what other spellings of them stand for."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction

LARGEST = 10**15  # the largest cost or number of months that is taken for meant
_UNIT = {"": 1, "千": 10**3, "万": 10**4, "百万": 10**6, "億": 10**8}
_BESIDE = r"[,_'、 ]|円|¥|JPY|(か|ヶ|カ|ケ|箇)月|months?"  # separators, currencies, units
_DATE = re.compile(
    r"(?P<era>令和|R)?\s*(?P<year>[0-9]{1,4}|元)\s*[-/.年]\s*(?P<month>[0-9]{1,2})"
    r"\s*[-/.月]\s*(?P<day>[0-9]{1,2})\s*日?(?:[T ].*)?"
)


def day(text: str) -> date | None:
    """A date written YYYY-MM-DD, else None."""
    try:
        return (
            date.fromisoformat(text) if re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text) else None
        )
    except ValueError:
        return None


def date_meant(text: str) -> str:
    """The date that another spelling of it stands for, or ''."""
    found = _DATE.fullmatch(text)
    if not found:
        return ""
    year = 1 if found["year"] == "元" else int(found["year"])
    year += 2018 if found["era"] else 0
    mend = f"{year:04}-{int(found['month']):02}-{int(found['day']):02}"
    return mend if day(mend) and year > 1900 else ""


def percent(text: str) -> Fraction | None:
    """A percentage such as `5`, `2.5` or `5%`, else None."""
    found = re.fullmatch(r"([0-9]{1,9}(?:\.[0-9]{1,9})?) ?%?", text)
    return Fraction(found[1]) if found else None


def figure_meant(text: str) -> str:
    """The whole number that a figure with separators and units stands for, or ''."""
    found = re.fullmatch(r"([0-9]{1,12})(?:\.0+)?(千|万|百万|億)?", re.sub(_BESIDE, "", text))
    value = int(found[1]) * _UNIT[found[2] or ""] if found else LARGEST + 1
    return str(value) if value <= LARGEST else ""
