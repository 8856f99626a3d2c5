"""The filters that conditions and sentences share."""

from __future__ import annotations

from typing import Any

import pytest

from forms.expressions import expression, sentence

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


def test_leaving_nothing_out_leaves_all() -> None:
    assert value("rows|without(id=9)|length", rows=ROWS) == len(ROWS)
