"""Working days with the days that are swapped around Chinese holidays, and what is said where nothing is published."""

from __future__ import annotations

from datetime import date

import pytest

from forms.workdays import begins, settled, until, working

# As the State Council's general office published them: 国办发明电〔2025〕7号 for 2026, 〔2024〕12号 for 2025.
_HOLIDAYS = [date(2026, 1, 2), date(2026, 2, 16), date(2026, 6, 19), date(2026, 9, 25), date(2026, 10, 7)]
_SWAPPED = [date(2026, 1, 4), date(2026, 2, 14), date(2026, 2, 28), date(2026, 9, 20), date(2026, 10, 10)]


@pytest.mark.parametrize("day", _HOLIDAYS)
def test_nobody_works_on_a_holiday(day: date) -> None:
    assert day.weekday() < 5
    assert not working(day)


@pytest.mark.parametrize("day", _SWAPPED)
def test_a_weekend_that_is_swapped_is_worked_on(day: date) -> None:
    assert day.weekday() >= 5
    assert working(day)


@pytest.mark.parametrize(
    ("days", "last", "first"),
    [
        (1, date(2026, 6, 30), date(2026, 6, 30)),
        (8, date(2026, 6, 30), date(2026, 6, 18)),  # 端午 from 19 to 21 June
        (1, date(2026, 6, 21), date(2026, 6, 18)),
        (2, date(2026, 10, 8), date(2026, 9, 30)),  # 国庆 from 1 to 7 October
        (3, date(2026, 9, 21), date(2026, 9, 18)),  # Sunday the 20th is worked on
    ],
)
def test_working_days_are_counted_backward_over_holidays(days: int, last: date, first: date) -> None:
    assert begins(days, last, only_working=True) == first
    assert (
        sum(working(date.fromordinal(day)) for day in range(first.toordinal(), last.toordinal() + 1)) == days
    )


def test_days_of_the_calendar_are_counted_with_both_ends() -> None:
    assert begins(5, date(2026, 7, 6), only_working=False) == date(2026, 7, 2)


def test_a_year_that_is_not_published_has_weekends_alone() -> None:
    assert not settled(date(2199, 5, 6))
    assert working(date(2199, 10, 1)) == (date(2199, 10, 1).weekday() < 5)
    assert not working(date(2199, 5, 5)) or date(2199, 5, 5).weekday() < 5


def test_the_end_of_december_waits_for_the_next_year() -> None:
    last = next(year for year in range(2026, 2200) if not settled(date(year + 1, 6, 1)))
    assert settled(date(last, 12, 24))
    assert not settled(date(last, 12, 29))
    assert settled(date(last - 1, 12, 29))


def test_how_many_are_left() -> None:
    assert until(date(2026, 6, 18), date(2026, 6, 30)) == 8
    assert until(date(2026, 6, 30), date(2026, 6, 30)) == 1
    assert until(date(2026, 7, 1), date(2026, 6, 30)) == 0
