"""Months on real calendar days."""

from __future__ import annotations

from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date


def added(day: date, months: int) -> date | None:
    """The day so many months later (or earlier, where negative): the same day of the month.

    Where that month is shorter it is its last day: 2027-01-31 and one month is 2027-02-28. None
    where the calendar does not reach that far.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not MINYEAR <= year <= MAXYEAR:
        return None
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
