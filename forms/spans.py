"""Spans of time as the notices count them: by days where both ends are days, else by months.

A moment is ISO text as fine as it was given: “2016-06” or “2016-06-20”. By months, a start counts from its month:
2016年6月 → 2026年6月 are ten years. By days the last day of ten years is the same day ten years later, and where that
month has no such day its last one (民法典 第二百零二条): 2016-02-29 → 2026-02-28 are ten years, 2016-07-01 → 2026-06-30
are not.
"""

from __future__ import annotations

import calendar
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

MONTHS_IN_YEAR = 12
_MONTH, _DAY = len("2016-06"), len("2016-06-20")


@lru_cache(maxsize=64)
def day_at(now: datetime, zone: str) -> date:
    """The calendar day of a moment (aware) in a time zone, named as in the IANA database."""
    return now.astimezone(ZoneInfo(zone)).date()


def ordinal(moment: str) -> int:
    """The number of a moment's month, counted from the year 0."""
    year, number = moment[:_MONTH].split("-")
    return int(year) * MONTHS_IN_YEAR + int(number) - 1


def by_days(start: str, end: str) -> bool:
    """Whether both ends are days, so that days are counted."""
    return len(start) == len(end) == _DAY


def months_to(start: str, end: str) -> int:
    """Whole months from one moment to another, negative where the end comes first."""
    months = ordinal(end) - ordinal(start)
    if by_days(start, end) and end < plus_months(start, months):
        months -= 1
    return months


def plus_months(start: str, months: int) -> str:
    """The moment so many months later, as fine as the start."""
    year, number = divmod(ordinal(start) + months, MONTHS_IN_YEAR)
    month = f"{year:04d}-{number + 1:02d}"
    if len(start) < _DAY:
        return month
    last = calendar.monthrange(year, number + 1)[1]
    return f"{month}-{min(int(start[8:_DAY]), last):02d}"


def as_fine(moment: str, other: str) -> str:
    """A moment cut to how fine another one is known: beside a month, a day is told as its month."""
    return moment[: len(other)]


def days_over(start: str, end: str) -> int:
    """The days beyond the whole months of a span; 0 by months."""
    if not by_days(start, end):
        return 0
    whole = plus_months(start, months_to(start, end))
    return (date.fromisoformat(end) - date.fromisoformat(whole)).days
