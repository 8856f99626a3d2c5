"""The filters that conditions and sentences share."""

from __future__ import annotations

from typing import Any

import pytest

from forms.expressions import Pending, expression, sentence
from forms.filters import FILTERS

ROWS = [{"name": "甲", "id": 1}, {"name": "乙", "id": 2}, {"name": "甲", "id": 1}, {"name": "丙"}]


def value(source: str, **names: Any) -> Any:
    return expression(source).value(names)


def test_a_figure_in_years_is_compared_in_months() -> None:
    assert value("10|in_months") == 120
    assert value("start|months_to('2026-06-30') >= 10|in_months", start="2016-06-20") is True
    assert value("start|months_to('2026-06-30') >= 10|in_months", start="2016-07") is False


def test_a_figure_in_minutes_is_compared_in_seconds() -> None:
    assert value("5|in_seconds") == 300


@pytest.mark.parametrize(("seconds", "shown"), [(8, "0分08秒"), (300.9, "5分00秒"), (361, "6分01秒")])
def test_a_length_of_time_is_told_in_minutes_and_seconds(seconds: float, shown: str) -> None:
    assert value("seconds|clock", seconds=seconds) == shown


def test_a_length_of_time_is_told_in_english_where_the_months_are() -> None:
    assert sentence("{{ seconds|clock }}").text({"seconds": 361, "month_style": "English"}) == "6 min 01 s"


def test_rows_can_be_left_out_by_an_answer() -> None:
    assert [row["name"] for row in value("rows|without(id=1)", rows=ROWS)] == ["乙", "丙"]
    assert value("rows|without(id=1)|distinct('id')|length", rows=ROWS) == 1


def test_a_number_is_summed_and_compared_over_rows() -> None:
    rows = [{"seconds": 120.5, "height": 1080}, {"seconds": 179.5, "height": 720}]
    assert value("rows|total('seconds') >= 5|in_seconds", rows=rows) is True
    assert value("rows|total('seconds')", rows=[]) == 0
    assert value("rows|smallest('height')", rows=rows) == 720
    assert value("rows|smallest('height')", rows=[]) == 0


def test_videos_of_another_shape_are_found() -> None:
    sizes = [(1920, 1080), (3840, 2160), (1920, 1072), (2560, 1920), (1920, 1200), (1080, 1920), (0, 0)]
    rows = [{"width": width, "height": height} for width, height in sizes]
    assert value("rows|misshapen(16, 9)", rows=rows) == rows[3:]


def test_leaving_nothing_out_leaves_all() -> None:
    assert value("rows|without(id=9)|length", rows=ROWS) == len(ROWS)


@pytest.mark.parametrize(("members", "least"), [(120, 80), (121, 81), (119, 80), (1, 1), (0, 0)])
def test_two_thirds_are_the_smallest_whole_number_that_reaches_them(members: int, least: int) -> None:
    assert value("members|least_part(2, 3)", members=members) == least


@pytest.mark.parametrize(
    ("votes", "of", "shown"),
    [(86, 120, "71.6%"), (80, 120, "66.6%"), (2, 3, "66.6%"), (120, 120, "100.0%"), (0, 0, "0.0%")],
)
def test_a_share_is_cut_and_never_rounded_up(votes: int, of: int, shown: str) -> None:
    assert value("votes|percent_of(of)", votes=votes, of=of) == shown


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [("2026-06-27", "2026-07-01", 4), ("2026-07-01", "2026-07-01", 0), ("2024-02-28", "2024-03-01", 2)],
)
def test_days_are_calendar_days(start: str, end: str, days: int) -> None:
    assert value("start|days_to(end)", start=start, end=end) == days


@pytest.mark.parametrize("known", [{"start": "2026-06-27"}, {"end": "2026-06-27"}, {}])
def test_days_wait_for_both_dates(known: dict[str, str]) -> None:
    with pytest.raises(Pending):
        value("start|days_to(end) + 1 >= 5", **known)


def test_a_day_is_told_whole() -> None:
    assert sentence("{{ day|day }}").text({"day": "2026-07-01"}) == "2026年7月1日"
    assert sentence("{{ day|day }}").text({"day": "2026-07-01", "month_style": "English"}) == "2026-7-1"


def test_the_first_few_rows_are_told_as_numbered_lines() -> None:
    rows = [{"date": "2016-12", "what": "广西技术能手"}, {"date": "2019-04", "what": "五一劳动奖章"}]
    told = "1. 2016年12月获广西技术能手;\n2. 2019年4月获五一劳动奖章。"
    assert value("rows|take(3)|numbered('date', 'what', link='获')", rows=rows) == told
    assert value("rows|take(1)|numbered('date', 'what')", rows=rows) == "1. 2016年12月广西技术能手。"
    assert value("rows|numbered('date', 'what')", rows=[]) == ""


def test_names_without_an_answer_are_left_out_or_stood_in_for() -> None:
    assert value("[a, b, c]|given|length", b="有") == 1
    assert value("pause|or_else(0)") == 0
    assert value("60 - pause|or_else(0)", pause=24) == 36


def test_rows_come_in_the_order_of_time() -> None:
    rows = [{"date": "2019-05"}, {"date": "2008-10-02"}, {}, {"date": "2019-05", "what": "again"}]
    assert FILTERS["in_time"](rows, "date") == [rows[1], rows[0], rows[3], rows[2]]
