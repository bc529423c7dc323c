"""The days on which, by remarks, something ends or begins: 2027年3月末, 令和9年3月31日まで."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from cloudrules.core.statement import narrow

_REIWA = date(2019, 5, 1)
# A year of an era further off than certificates last is more likely a slip: R27 for 2027.
_LATEST = 20
# White space is never followed by what may be none and white space again: that would be tried in
# as many ways as there is white space, squared.
_YEAR = (
    r"(?:(?P<year>\d{4})|(?:令和|[Rr])\s*(?P<era>元|\d{1,2}))\s*"
    r"(?:[-/.]|年?\(\d{4}年?\)年?|年(?:\(\d{4}年?\))?)\s*(?P<month>\d{1,2})\s*"
)
_WEEKDAY = r"(?:\([日月火水木金土]\))?"
_DAY = rf"{_YEAR}[-/.月]\s*(?:(?P<day>\d{{1,2}})(?:\s*日)?|(?P<last>末)日?){_WEEKDAY}"
_SINCE = re.sub(r"\?P<\w+>", "?:", _DAY)
# In a narrow text, as `statement.narrow` makes it.
PATTERN = (
    rf"(?:{_SINCE}\s*(?:から|[~〜-])\s*)?"
    r"(?:(?:until|有効期限|期限|[~〜])\s*(?::\s*)?)?"
    rf"{_DAY}"
    r"(?:\s*(?:まで|迄))?(?:有効)?"
)
_ANY = re.compile(_DAY)
_DOING = "対応|取得|登録|実施|適合|充足|準拠|導入|整備|締結|変更|開始|提供|移行|認証|有効"
_BEGIN = re.compile(
    rf"{_YEAR}(?:[-/.月]\s*(?P<day>\d{{1,2}})(?:\s*日)?|月)?{_WEEKDAY}"
    rf"\s{{0,3}}(?:から|より|以降|[~〜]|に?(?:{_DOING}))"
)
_FOLLOWS = re.compile("更新|継続|延長|次期|次回")  # what is held until then
_SENTENCE = re.compile(r"[。\n]")
_UNTIL = re.compile(
    r"(?:有効期限|有効期間|認証期限|登録期限|until|expir(?:es|y|ation)|valid (?:to|through)"
    r"|[~〜])(?: date| on)?[はがの:：\s]{0,3}$",
    re.IGNORECASE,
)
_TO = re.compile(r"\s{0,3}(?:まで|迄)(?!に)")
_FROM = re.compile(r"\s{0,3}(?:[~〜]|から|より|以降)")
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
    text = narrow(text)
    for match in _ANY.finditer(text):
        before = text[max(0, match.start() - _BEFORE) : match.start()]
        if _FROM.match(text, match.end()):
            continue
        if (_UNTIL.search(before) or _TO.match(text, match.end())) and (day := of(match)):
            yield day


def begins(text: str) -> Iterator[date]:
    """The days from which something is so by a text: 令和9年4月から対応; of a month its first."""
    for sentence in _SENTENCE.split(narrow(text)):
        if not _FOLLOWS.search(sentence):
            for match in _BEGIN.finditer(sentence):
                try:
                    yield date(_year(match), int(match["month"]), int(match["day"] or 1))
                except ValueError:
                    continue


def _year(match: re.Match[str]) -> int:
    """The year; 0, which no calendar has, for one that is not certain."""
    if match["year"]:
        return int(match["year"])
    era = 1 if match["era"] == "元" else int(match["era"])
    return _REIWA.year - 1 + era if 1 <= era <= _LATEST else 0
