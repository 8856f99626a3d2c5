"""Rows told in sentences: shown back as rows and asked about before they count."""

from typing import Any

import pytest

from .speaking import answer, draft, keys, prompts, refusal
from .test_lines import honours
from .test_records import BORN, resume

THREE = "2015年获市劳模，2018年获自治区五一劳动奖章，2020年被评为广西工匠"
LIFE = "我2003年技校毕业进了柳钢当焊工，2010年调到检修车间当班长，一直到现在"


def shown(asked: Any, *said: str) -> list[str]:
    return prompts(asked, draft(asked, *said)).splitlines()[1:]


@pytest.mark.parametrize(
    "said",
    [
        THREE,
        THREE.replace("，", "；") + "。",
        THREE.replace("，", "、"),
        "2015年市劳模 2018年自治区五一劳动奖章 2020年广西工匠",
        "2015年获得市劳模称号，2018年荣获自治区五一劳动奖章，2020年获评“广西工匠”荣誉称号",
        "15年评上市劳模，后来18年得了自治区五一劳动奖章，20年当选广西工匠",
        "2015年获市劳模\n2018年获自治区五一劳动奖章\n2020年被评为广西工匠",
    ],
)
def test_three_honours_in_one_sentence_are_three_rows(said: str) -> None:
    assert shown(honours(), said) == [
        "1. 2015年 市劳模",
        "2. 2018年 自治区五一劳动奖章",
        "3. 2020年 广西工匠",
    ]


def test_nothing_counts_before_a_yes_and_then_only_what_lacks_is_asked() -> None:
    asked = honours()
    assert draft(asked, THREE)["rows"] == []
    assert asked.holds(draft(asked, THREE))
    assert keys(asked, draft(asked, THREE)) == ["yes", "no"]
    assert "2015年几月？" in prompts(asked, draft(asked, THREE, "对"))
    assert answer(asked, THREE, "好的", "5", "十二月", "8月", "!done") == [
        {"date": "2015-05", "what": "市劳模"},
        {"date": "2018-12", "what": "自治区五一劳动奖章"},
        {"date": "2020-08", "what": "广西工匠"},
    ]


def test_a_no_drops_them_and_other_rows_take_their_place() -> None:
    asked = honours()
    assert draft(asked, THREE, "不对") == {"rows": []}
    assert draft(asked, THREE, "!no") == {"rows": []}
    again = draft(asked, THREE, "2018年12月 广西技术能手 人社厅")
    assert again == {"rows": [{"date": "2018-12", "what": "广西技术能手", "by": "人社厅"}]}
    assert "没听明白" in refusal(asked, "写完了", draft=draft(asked, THREE))


def test_one_of_them_may_be_given_up() -> None:
    asked = honours()
    assert draft(asked, THREE, "!yes", "!cancel", "12", "!cancel")["rows"] == [
        {"date": "2018-12", "what": "自治区五一劳动奖章"}
    ]


def test_who_awarded_it_is_told_apart() -> None:
    said = "2018年12月被自治区人社厅授予广西技术能手称号"
    assert shown(honours(), said) == ["1. 2018年12月 广西技术能手 自治区人社厅"]


def test_no_more_rows_than_fit() -> None:
    asked = honours(max_rows=1)
    said = "2015年5月获市劳模，2018年12月获自治区五一劳动奖章"
    assert draft(asked, said, "对")["rows"] == [{"date": "2015-05", "what": "市劳模"}]


@pytest.mark.parametrize(
    "said", [LIFE, LIFE.replace("，", "。\n"), LIFE.replace("2003", "03").replace("2010", "一零")]
)
def test_a_life_in_one_breath(said: str) -> None:
    assert shown(resume(), said) == ["1. 2003年—2010年 柳钢 焊工", "2. 2010年—至今 柳钢检修车间 班长"]


def test_where_one_post_follows_another_the_month_is_asked_once() -> None:
    asked = resume()
    assert answer(asked, LIFE, "对", "7", "3", "!done", about=BORN) == [
        {"start": "2003-07", "end": "2010-03", "where": "柳钢", "what": "焊工"},
        {"start": "2010-03", "end": "至今", "where": "柳钢检修车间", "what": "班长"},
    ]


@pytest.mark.parametrize(
    ("said", "rows"),
    [
        (
            "2003年7月到2009年12月在桂南公司当焊工，2010年1月至今在南机环保当班长",
            ["1. 2003年7月—2009年12月 桂南公司 焊工", "2. 2010年1月—至今 南机环保 班长"],
        ),
        (
            "1996年到1999年在城东中学读初中，1999年到2002年在第一技校学焊接，2002年7月进柳钢当焊工一直干到现在",
            [
                "1. 1996年—1999年 城东中学 初中",
                "2. 1999年—2002年 第一技校 焊接",
                "3. 2002年7月—至今 柳钢 焊工",
            ],
        ),
        (
            "2003年9月参加工作，在柳钢做焊工，09年去了南宁机械厂，现在当班长",
            ["1. 2003年9月—2009年 柳钢 焊工", "2. 2009年—至今 南宁机械厂 班长"],
        ),
        (
            "我1997年上的初中，2000年上技校学焊接，2003年7月毕业分到南宁机械厂焊接车间，2012年当班长到现在",
            [
                "1. 1997年—2000年 初中",
                "2. 2000年—2003年7月 技校 焊接",
                "3. 2003年7月—2012年 南宁机械厂焊接车间",
                "4. 2012年—至今 南宁机械厂焊接车间 班长",
            ],
        ),
        (
            "我03年在柳钢上班，后来10年去了广东打工，15年回来在南机，到现在",
            ["1. 2003年—2010年 柳钢", "2. 2010年—2015年 广东", "3. 2015年—至今 南机"],
        ),
    ],
)
def test_lives_as_they_are_told(said: str, rows: list[str]) -> None:
    assert shown(resume(), said) == rows


@pytest.mark.parametrize(
    "said",
    [
        "2003年7月—至今 桂南公司 焊工",
        "2003年7月 至今 桂南公司 焊工",
        "2003年7月—2009年12月 桂南公司 焊工\n2009年12月—至今 南机公司 班长",
    ],
)
def test_what_is_set_out_as_rows_needs_no_yes(said: str) -> None:
    assert "proposed" not in draft(resume(), said)


def test_the_same_year_and_what_is_joined_by_and() -> None:
    said = "2018年获广西技能大赛第二名，同年被评为广西技术能手和2020年获得广西工匠"
    assert shown(honours(), said) == [
        "1. 2018年 广西技能大赛第二名",
        "2. 2018年 广西技术能手",
        "3. 2020年 广西工匠",
    ]


def test_what_is_no_post_is_left_out_of_a_life() -> None:
    said = "我1983年出生，1998年上技校，2001年毕业分配到柳钢，2010年结婚，2012年到现在做班长"
    assert shown(resume(), said) == [
        "1. 1998年—2001年 技校",
        "2. 2001年—2012年 柳钢",
        "3. 2012年—至今 柳钢 班长",
    ]


@pytest.mark.parametrize(
    "said",
    [
        "1.2018年获市级劳模2.2019年获工匠",
        "（1）2018年获市级劳模；（2）2019年获工匠",
        "①2018年获市级劳模②2019年获工匠",
        "我获得的荣誉有：2018年市级劳模，2019年工匠",
    ],
)
def test_a_list_within_a_sentence(said: str) -> None:
    assert shown(honours(), said) == ["1. 2018年 市级劳模", "2. 2019年 工匠"]


def test_rows_one_behind_the_other() -> None:
    said = "2018-12 广西技术能手 人社厅, 2019-01 先进工作者 公司"
    assert shown(honours(), said) == ["1. 2018年12月 广西技术能手 人社厅", "2. 2019年1月 先进工作者 公司"]
    said = "2003.7—2009.12，桂南公司，焊工；2010.1—至今，南机环保，班长"
    assert shown(resume(), said) == [
        "1. 2003年7月—2009年12月 桂南公司 焊工",
        "2. 2010年1月—至今 南机环保 班长",
    ]


@pytest.mark.parametrize(
    ("said", "rows"),
    [
        ("从2003年到现在都在柳钢做焊工", ["1. 2003年—至今 柳钢 焊工"]),
        ("我是2003年进的柳钢，先当学徒", ["1. 2003年 柳钢 学徒"]),
        (
            "2003年入职南宁机械厂做学徒，2006年转正当焊工，2015年提了班长，干到现在",
            [
                "1. 2003年—2006年 南宁机械厂 学徒",
                "2. 2006年—2015年 南宁机械厂 焊工",
                "3. 2015年—至今 南宁机械厂 班长",
            ],
        ),
        (
            "1997年至2000年读初中，2000年至2003年读技校，2003年参加工作至今在柳钢",
            ["1. 1997年—2000年 初中", "2. 2000年—2003年 技校", "3. 2003年—至今 柳钢"],
        ),
    ],
)
def test_more_lives(said: str, rows: list[str]) -> None:
    assert shown(resume(), said) == rows


@pytest.mark.parametrize(
    "where",
    [
        "进出口公司",
        "考拉科技有限公司",
        "转炉车间",
        "分公司",
        "调度中心",
        "在线教育公司",
        "车间主任",
        "大师工作室",
        "干部学校",
    ],
)
def test_a_name_that_looks_like_a_verb_is_a_name(where: str) -> None:
    held = draft(resume(), f"2003年7月—至今 {where}")
    assert held["row"]["where"] == where if "row" in held else held["rows"][0]["where"] == where


@pytest.mark.parametrize("what", ["得力杯焊工大赛一等奖", "得胜杯技能赛第一名"])
def test_an_honour_that_looks_like_a_verb_is_an_honour(what: str) -> None:
    assert draft(honours(), f"2018年12月 {what} 总工会")["rows"] == [
        {"date": "2018-12", "what": what, "by": "总工会"}
    ]


def test_a_row_with_a_verb_in_it() -> None:
    assert shown(honours(), "2018年12月 获得 广西技术能手 人社厅") == ["1. 2018年12月 广西技术能手 人社厅"]


def test_who_awarded_it_is_told_apart_whatever_verb_comes_first() -> None:
    said = "2019年5月获得了由南宁市总工会颁发的南宁市五一劳动奖章"
    assert shown(honours(), said) == ["1. 2019年5月 南宁市五一劳动奖章 南宁市总工会"]


def test_one_honour_won_in_several_years_is_a_row_for_each() -> None:
    said = "2016、2017、2018年都获公司先进，2019年获市劳模"
    assert shown(honours(), said) == [
        "1. 2016年 公司先进",
        "2. 2017年 公司先进",
        "3. 2018年 公司先进",
        "4. 2019年 市劳模",
    ]


def test_leaving_school_ends_the_row_before() -> None:
    said = "1999年9月起在武鸣二中读书，2002年7月毕业。2002年9月考上技校学焊接，2005年7月毕业后分配到南机工作至今。"
    assert shown(resume(), said) == [
        "1. 1999年9月—2002年7月 武鸣二中",
        "2. 2002年9月—2005年7月 技校 焊接",
        "3. 2005年7月—至今 南机",
    ]


def test_a_date_may_be_led_up_to() -> None:
    assert shown(resume(), "从05年7月进南机当焊工到现在") == ["1. 2005年7月—至今 南机 焊工"]


@pytest.mark.parametrize(
    ("said", "rows"),
    [
        (
            "2003年7月至2009年12月在桂南公司当焊工2010年1月至今在南机环保当班长",
            ["1. 2003年7月—2009年12月 桂南公司 焊工", "2. 2010年1月—至今 南机环保 班长"],
        ),
        (
            "96年9月到99年7月城东中学读初中 99年9月到02年7月南宁二技校学焊接 02年7月到现在南机厂烧焊",
            [
                "1. 1996年9月—1999年7月 城东中学 初中",
                "2. 1999年9月—2002年7月 南宁二技校 焊接",
                "3. 2002年7月—至今 南机厂 烧焊",
            ],
        ),
        (
            "1996.09-1999.07城东中学初中，1999.09-2002.07二技校焊接专业，2002.07至今南机厂焊工",
            [
                "1. 1996年9月—1999年7月 城东中学 初中",
                "2. 1999年9月—2002年7月 二技校 焊接专业",
                "3. 2002年7月—至今 南机厂 焊工",
            ],
        ),
    ],
)
def test_a_life_as_it_is_dictated_without_marks(said: str, rows: list[str]) -> None:
    assert shown(resume(), said) == rows


def test_a_dash_with_nothing_behind_it_leaves_the_end_to_be_asked() -> None:
    said = "1996.9-1999.7 城东中学 初中\n2002.7- 南宁机械厂 焊工"
    assert answer(resume(), said, "对", "至今", "!done", about=BORN)[-1] == {
        "start": "2002-07", "end": "至今", "where": "南宁机械厂", "what": "焊工",
    }  # fmt: skip


def test_of_two_honours_without_a_mark_each_is_a_row_but_a_year_within_a_name_begins_none() -> None:
    said = "2018年12月广西技术能手2019年5月五一劳动奖章"
    assert shown(honours(), said) == ["1. 2018年12月 广西技术能手", "2. 2019年5月 五一劳动奖章"]
    said = "2019年5月荣获2018年全国技能大赛一等奖"
    assert shown(honours(), said) == ["1. 2019年5月 2018年全国技能大赛一等奖"]
