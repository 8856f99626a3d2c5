"""Working days in mainland China, with the days that the State Council swaps around its holidays.

The list is that of the package chinesecalendar, which tells which years it has. The arrangement of a year is
published in the autumn before it; where it is not, weekends alone are counted and the day is not `settled`.
"""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar

_DAY = timedelta(days=1)
#: From this day of December on the arrangement of the next year may swap days: in 2018 it made 29 December one of work.
_NEW_YEAR = 25


def working(day: date) -> bool:
    """Whether offices work on a day; by the day of the week where nothing is published for it."""
    return bool(chinese_calendar.is_workday(day)) if _known(day) else day.weekday() < 5


def settled(day: date) -> bool:
    """Whether it is published which days around this one are worked on."""
    if day.month == 12 and day.day >= _NEW_YEAR:
        return _known(day) and _known(date(day.year + 1, 1, 1))
    return _known(day)


def begins(days: int, last: date, *, only_working: bool) -> date:
    """On which day something begins that takes so many days (1 or more) and ends by `last`, both days counted."""
    day = last
    while True:
        if not only_working or working(day):
            days -= 1
            if days <= 0:
                return day
        day -= _DAY


def until(today: date, last: date) -> int:
    """How many working days there are from today to `last`, both counted."""
    return sum(working(today + _DAY * number) for number in range((last - today).days + 1))


def _known(day: date) -> bool:
    try:
        chinese_calendar.is_workday(day)
    except NotImplementedError:  # its way to say that it does not have the year
        return False
    return True
