"""Spans: by days where both ends are days, else by months."""

from __future__ import annotations

from typing import Any

import pytest

from forms.expressions import sentence
from forms.spans import days_over, months_to, plus_months


@pytest.mark.parametrize(
    ("start", "end", "months", "days"),
    [
        ("2016-06", "2026-06", 120, 0),
        ("2016-06", "2026-06-01", 120, 0),
        ("2016-07", "2026-06-30", 119, 0),
        ("2016-06-30", "2026-06-30", 120, 0),
        ("2016-07-01", "2026-06-30", 119, 29),
        ("2016-06-20", "2026-06-30", 120, 10),
        ("2016-02-29", "2026-02-28", 120, 0),
        ("2016-02-29", "2026-02-27", 119, 29),
        ("2016-02-29", "2024-02-28", 95, 30),
        ("2016-01-31", "2026-06-30", 125, 0),
        ("2016-08-31", "2017-02-28", 6, 0),
        ("2026-07-01", "2026-06-30", -1, 29),
    ],
)
def test_a_span_is_whole_months_and_the_days_beyond(start: str, end: str, months: int, days: int) -> None:
    assert (months_to(start, end), days_over(start, end)) == (months, days)


@pytest.mark.parametrize("start", ["2016-02-29", "2016-01-31", "2015-12-01", "2016-06-30"])
@pytest.mark.parametrize("months", [0, 1, 12, 13, 60, 120])
def test_so_many_months_have_gone_by_on_the_day_that_plus_months_names_and_not_a_day_before(
    start: str, months: int
) -> None:
    due = plus_months(start, months)
    assert months_to(start, due) == months
    last = due[:8] + f"{int(due[8:]) - 1:02d}"
    if int(last[8:]):
        assert months_to(start, last) == months - 1


def told(text: str, **names: Any) -> str:
    return sentence(text).text(names)


@pytest.mark.parametrize(
    ("start", "end", "lasting", "lacking"),
    [
        ("2016-07", "2026-06-30", "9年11个月", "1个月"),
        ("2016-07-01", "2026-06-30", "9年11个月29天", "1天"),
        ("2016-08-15", "2026-06-30", "9年10个月15天", "1个月16天"),
        ("2025-06-27", "2026-06-30", "1年零3天", "8年11个月28天"),
        ("2026-06-27", "2026-06-30", "3天", "9年11个月28天"),
        ("2027-06", "2026-06-30", "0个月", "11年"),
    ],
)
def test_how_long_it_was_and_what_is_missing_of_ten_years(
    start: str, end: str, lasting: str, lacking: str
) -> None:
    assert told("{{ start|lasting(end) }}", start=start, end=end) == lasting
    assert told("{{ start|lacking(end, 120) }}", start=start, end=end) == lacking


def test_both_are_told_in_english_where_the_months_are() -> None:
    names = {"start": "2016-07-01", "end": "2026-06-30", "month_style": "English"}
    assert told("{{ start|lasting(end) }}", **names) == "9 years 11 months 29 days"
    assert told("{{ start|lacking(end, 120) }}", **names) == "1 day"


def test_a_break_is_counted_off_and_never_leaves_less_than_nothing() -> None:
    names = {"start": "2014-06-20", "end": "2026-06-30"}
    assert told("{{ start|lasting(end, 24) }}", **names) == "10年零10天"
    assert told("{{ start|lasting(end, 600) }}", **names) == "0个月"


def test_a_moment_is_told_as_fine_as_the_one_beside_it() -> None:
    names = {"month": "2016-06", "day": "2016-06-20", "end": "2026-06-30"}
    assert told("{{ month|moment }} {{ end|moment(month) }}", **names) == "2016年6月 2026年6月"
    assert told("{{ day|moment }} {{ end|moment(day) }}", **names) == "2016年6月20日 2026年6月30日"


@pytest.mark.parametrize(
    ("birth", "moment", "age"),
    [
        ("1984-09-12", "2000-09", 16),
        ("1984-09-12", "2000-08", 15),
        ("1984-09", "2000-09-01", 16),
        ("1984-09-12", "2000-09-11", 15),
        ("1984-02-29", "2000-02-28", 15),
        ("1984-09-12", "1983-01", -2),
    ],
)
def test_years_of_age_are_completed_ones_and_in_doubt_the_birthday_has_passed(
    birth: str, moment: str, age: int
) -> None:
    assert sentence("{{ birth|age(moment) }}").text({"birth": birth, "moment": moment}) == str(age)
