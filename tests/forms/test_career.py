"""A career as it bears on what else is told. What is read from words only shows where to look."""

from __future__ import annotations

from typing import Any

import pytest

from forms.career import (
    at_school,
    employer_now,
    first_job,
    jobs,
    months_at_work,
    other_trades,
    studying_at,
    unlike,
)

LAST = "2026-06-30"


def row(start: str, end: str, where: str, what: str = "") -> dict[str, Any]:
    return {"start": start, "end": end, "where": where, **({"what": what} if what else {})}


WELDER = [
    row("1997-09", "2000-07", "宾阳县芦圩镇中学", "初中"),
    row("2000-09", "2003-07", "广西机电技工学校", "焊接加工专业，中技"),
    row("2003-07", "2014-06", "南宁机械厂", "焊工"),
    row("2014-07", "2020-06", "江南饭店", "厨师"),
    row("2020-07", "至今", "南宁南机环保科技有限公司", "焊工"),
]


@pytest.mark.parametrize(
    ("where", "what"),
    [
        ("南宁二中", "高中"),
        ("宾阳县职业技术学校", "汽车运用与维修，中专"),
        ("广西大学", "机械工程，本科"),
        ("武鸣县城东镇中学", ""),
        ("桂林理工职业学院", "高分子材料应用技术，大专"),
    ],
)
def test_a_school_is_schooling(where: str, what: str) -> None:
    assert at_school(row("2000-09", "2003-07", where, what))


@pytest.mark.parametrize(
    ("where", "what"),
    [
        ("柳州市第一职业技术学校", "实训教师"),
        ("广西大学", "食堂厨师"),
        ("南宁二中", "水电维修工"),
        ("南宁机械厂", "学徒"),
        ("南宁培训有限公司", "焊工"),
        ("桂林理工大学后勤集团", "电工"),
    ],
)
def test_who_works_at_a_school_is_at_work(where: str, what: str) -> None:
    assert not at_school(row("2000-09", "2003-07", where, what))


def test_the_first_job_is_the_first_that_is_no_schooling_and_not_at_home() -> None:
    assert first_job(WELDER) == "2003-07"
    assert first_job([row("2000-01", "2002-01", "在家务农"), *WELDER]) == "2003-07"
    assert first_job(WELDER[:2]) == ""


def test_who_went_back_to_school_may_count_from_either_beginning() -> None:
    twice = [
        row("2000-07", "2003-08", "木材厂", "木工"),
        row("2003-09", "2006-07", "广西机电学院", "大专"),
        row("2006-08", "至今", "机械厂", "焊工"),
    ]
    assert first_job(twice, "2006-08") == "2006-08"
    assert first_job(twice, "2000-09") == "2000-07"
    # Courses beside the work begin nothing anew.
    beside = [twice[0], {**twice[1], "what": "函授大专"}, twice[2]]
    assert first_job(beside, "2006-08") == "2000-07"


def test_schooling_in_the_midst_of_which_a_trade_began_is_found_and_its_last_year_is_not() -> None:
    assert [each["where"] for each in studying_at(WELDER, "2001-09")] == ["广西机电技工学校"]
    assert studying_at(WELDER, "2002-09") == []
    assert studying_at(WELDER, "2000-09") == []
    assert studying_at([row("2003-09", "2008-07", "广西大学", "函授本科")], "2005-01") == []


def test_work_is_counted_from_a_month_on_without_gaps_and_schooling() -> None:
    assert months_at_work(WELDER, "2003-07", LAST) == 22 * 12 + 11
    gap = [row("2010-07", "2014-06", "甲厂", "焊工"), row("2016-07", "至今", "乙厂", "焊工")]
    assert months_at_work(gap, "2010-07", LAST) == 47 + 119
    short = [row("2010-07", "2014-06", "甲厂"), row("2014-09", "至今", "乙厂")]
    assert months_at_work(short, "2010-07", LAST) == 191
    # Two jobs at a time are counted once.
    assert (
        months_at_work([row("2016-06", "至今", "甲厂"), row("2018-01", "2020-01", "乙厂")], "2016-06", LAST)
        == 120
    )


@pytest.mark.parametrize(
    ("what", "trade"),
    [
        ("厨师", "焊工"),
        ("电工", "焊工"),
        ("装卸工、叉车工", "焊工"),
        ("驾驶员", "钳工"),
        ("收银员", "电工"),
    ],
)
def test_a_job_that_names_another_trade_is_told(what: str, trade: str) -> None:
    assert other_trades([row("2014-07", "2020-06", "某单位", what)], trade, "2003-07")


@pytest.mark.parametrize(
    ("what", "trade"),
    [
        ("", "焊工"),
        ("班长", "焊工"),
        ("高级技师", "焊工"),
        ("焊接一班班长", "焊工"),
        ("电焊工", "焊工"),
        ("焊工、副班长", "焊工"),
        ("车间副主任", "焊工"),
        ("硫化工", "橡胶硫化工"),
        ("维修电工", "电气设备维修工"),
        ("学徒工", "钳工"),
        ("装配钳工", "钳工"),
        ("工程师", "焊工"),
    ],
)
def test_a_post_a_rank_or_the_same_trade_in_other_words_is_not(what: str, trade: str) -> None:
    assert not other_trades([row("2014-07", "2020-06", "某单位", what)], trade, "2003-07")


def test_another_trade_before_the_beginning_does_not_matter() -> None:
    assert not other_trades([row("2000-01", "2003-07", "饭店", "厨师")], "焊工", "2003-07")


def test_the_employer_now_is_where_the_one_job_goes_on() -> None:
    assert employer_now(WELDER) == "南宁南机环保科技有限公司"
    assert employer_now([*WELDER, row("2021-01", "至今", "另一家公司", "焊工")]) == ""
    assert employer_now(WELDER[:4]) == ""
    assert len(jobs(WELDER)) == 3


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("南宁南机环保科技有限公司", "南宁南机环保科技有限公司焊接车间", False),
        ("南机环保", "南宁南机环保科技有限公司", False),
        ("桂林漓东轮胎有限公司", "桂林漓东轮胎集团", False),
        ("南宁南机环保科技有限公司", "柳州五菱汽车工业有限公司", True),
        ("", "南宁南机环保科技有限公司", False),
    ],
)
def test_two_units_with_too_little_in_common_are_told(one: str, other: str, differ: bool) -> None:
    assert unlike(one, other) is differ
