"""The borders of what is judged, with the arithmetic that is shown: what a picky officer would count again by hand."""

from __future__ import annotations

from typing import Any

import pytest

from forms.kinds.id_number import check_character
from forms.rules import reckon
from tests.forms.programmes.cases import Played, played

NANNING, GUILIN, LIUZHOU, DAGUO, NANYUE = (
    "nanning-2026",
    "guilin",
    "liuzhou-2025",
    "daguo-jiangsu-2026",
    "nanyue-2020",
)


def said(case: Played, rule: str) -> str:
    """A rule's sentences as the chat would put them."""
    wanted = next(each for each in case.programme.rules if each.id == rule)
    outcome = case.verdicts[rule]
    text = {"met": wanted.met, "not_met": wanted.unmet, "verify": wanted.verify or wanted.unmet}[outcome]
    return f"{reckon(wanted.reckoning, case.scope)}，{reckon(text, case.scope)}"


# Nanning counts to the last day of its window, 30 June 2026; the case of Guilin is filled in on 15 June 2026
@pytest.mark.parametrize(
    ("programme", "name", "changed", "rule", "outcome", "shown"),
    [
        (
            NANNING,
            "unit",
            {"trade_start": "2016-06"},
            "trade_years",
            "met",
            "2016年6月 → 2026年6月 = 10年，满10年",
        ),
        (
            NANNING,
            "unit",
            {"trade_start": "2016-06-30"},
            "trade_years",
            "met",
            "2016年6月30日 → 2026年6月30日 = 10年（按日算），满10年",
        ),
        (
            NANNING,
            "unit",
            {"trade_start": "2016-07-01"},
            "trade_years",
            "not_met",
            "= 9年11个月29天（按日算），还差1天，到2026年7月1日满10年",
        ),
        (
            NANNING,
            "unit",
            {"trade_start": "2016-07"},
            "trade_years",
            "not_met",
            "= 9年11个月，还差1个月，到2026年7月满10年",
        ),
        (
            NANNING,
            "unit",
            {"trade_start": "2016-02-29"},
            "trade_years",
            "met",
            "2016年2月29日 → 2026年6月30日 = 10年4个月1天（按日算）",
        ),
        (
            NANNING,
            "unit",
            {"trade_start": "2014-06", "trade_pause": 24},
            "trade_years",
            "met",
            "2014年6月 → 2026年6月，扣除中断的2年 = 10年，满10年",
        ),
        (
            NANNING,
            "unit",
            {"trade_start": "2014-07", "trade_pause": 24},
            "trade_years",
            "not_met",
            "扣除中断的2年 = 9年11个月，还差1个月，到2026年7月满10年",
        ),
        (
            NANNING,
            "unit",
            {"trade_start": "2014-06-30", "trade_pause": 24},
            "trade_years",
            "met",
            "扣除中断的2年 = 10年（按日算）",
        ),
        (
            NANNING,
            "unit",
            {"trade_start": "2014-07-01", "trade_pause": 24},
            "trade_years",
            "not_met",
            "= 9年11个月29天（按日算），还差1天，到2026年7月1日满10年",
        ),
        (
            NANNING,
            "unit",
            {"area_start": "2021-06-30"},
            "area_years",
            "met",
            "在南宁工作：2021年6月30日 → 2026年6月30日 = 5年（按日算），满5年",
        ),
        (
            NANNING,
            "unit",
            {"area_start": "2021-07-01"},
            "area_years",
            "not_met",
            "还差1天，到2026年7月1日满5年",
        ),
        (
            NANNING,
            "unit",
            {"area_start": "2019-06", "area_pause": 25},
            "area_years",
            "not_met",
            "扣除中断的2年1个月 = 4年11个月，还差1个月",
        ),
        (NANNING, "unit", {"trade_start": "1988-07"}, "trade_years", "verify", "那时才6岁"),
        (
            NANNING,
            "unit",
            {"trade_start": "1995-09", "work_start": "1999-07"},
            "trade_years",
            "met",
            "满10年",
        ),
        (
            NANNING,
            "unit",
            {"trade_start": "1995-08", "work_start": "1999-07"},
            "trade_years",
            "verify",
            "那时才13岁",
        ),
        (NANNING, "unit", {"area_start": "1997-08"}, "area_years", "verify", "那时才15岁"),
        (NANNING, "unit", {"trade_start": "1997-07"}, "trade_years", "verify", "比参加工作早6年"),
        (
            GUILIN,
            "self",
            {"trade_start": "2016-06-15"},
            "trade_years",
            "met",
            "2016年6月15日 → 2026年6月15日 = 10年（按日算）",
        ),
        (
            GUILIN,
            "self",
            {"trade_start": "2016-06-16"},
            "trade_years",
            "not_met",
            "还差1天，到2026年6月16日满10年",
        ),
        (
            GUILIN,
            "self",
            {"trade_start": "2014-06", "trade_pause": 72},
            "trade_years",
            "not_met",
            "扣除中断的6年 = 6年，还差4年，到2030年6月满10年",
        ),
        (
            GUILIN,
            "self",
            {"trade_start": "2010-06", "trade_pause": 72},
            "trade_years",
            "met",
            "扣除中断的6年 = 10年，满10年",
        ),
        (
            GUILIN,
            "self",
            {"area_start": "2019-06", "area_pause": 12},
            "area_years",
            "met",
            "扣除中断的1年 = 6年，满5年",
        ),
        (GUILIN, "self", {"trade_start": "1993-06"}, "trade_years", "verify", "那时才7岁"),
        (GUILIN, "self", {"trade_start": "1985-06"}, "trade_years", "verify", "那时还没有出生"),
        (
            LIUZHOU,
            "self",
            {"work_start": "1986-03"},
            "young_at_work",
            "verify",
            "1981年8月出生，1986年3月参加工作，那时才4岁，不到16岁",
        ),
        (LIUZHOU, "self", {"work_start": "1997-08"}, "young_at_work", "met", ""),
        (LIUZHOU, "self", {"work_start": "1997-07"}, "young_at_work", "verify", "那时才15岁"),
        (DAGUO, "unit", {"work_start": "2003-04"}, "young_at_work", "met", ""),
        (
            DAGUO,
            "unit",
            {"work_start": "2003-03"},
            "young_at_work",
            "verify",
            "1987年4月出生，2003年3月参加工作，那时才15岁",
        ),
        (
            NANYUE,
            "city-union",
            {"work_start": "1970-07"},
            "young_at_work",
            "verify",
            "1958年7月出生，1970年7月参加工作，那时才12岁",
        ),
        (NANYUE, "city-union", {"work_start": "1974-07"}, "young_at_work", "met", ""),
        (
            LIUZHOU,
            "self",
            {"work_start": "1998-07"},
            "career_start",
            "verify",
            "参加工作填的是1998年7月，简历里第一份工作从2000年7月开始，晚了2年",
        ),
        (LIUZHOU, "self", {"work_start": "2000-04"}, "career_start", "met", ""),
        (LIUZHOU, "self", {"work_start": "2001-08"}, "career_start", "verify", "早了1年1个月"),
        (
            DAGUO,
            "unit",
            {"work_start": "2005-07"},
            "career_start",
            "verify",
            "参加工作填的是2005年7月，简历里第一份工作从2008年7月开始，晚了3年",
        ),
        (
            NANNING,
            "unit",
            {"employer": "柳州五菱汽车工业有限公司"},
            "career_employer",
            "verify",
            "工作单位填的是柳州五菱汽车工业有限公司，简历里写到现在的是南宁南机环保科技有限公司焊接车间",
        ),
        (DAGUO, "unit", {"employer": "南京启航机器人有限公司"}, "career_employer", "verify", "是不是同一家"),
        (
            DAGUO,
            "unit",
            {"notice_from": "2026-06-26", "notice_to": "2026-06-29"},
            "notice_days",
            "not_met",
            "公示：2026年6月26日 → 2026年6月29日 = 4天，还差1天",
        ),
        (
            DAGUO,
            "unit",
            {"notice_to": "2026-06-30"},
            "notice_over",
            "met",
            "公示到2026年6月30日，今天2026年7月1日，公示结束了",
        ),
        (
            DAGUO,
            "unit",
            {"notice_to": "2026-07-01"},
            "notice_over",
            "not_met",
            "今天2026年7月1日，最后一天过完才算结束",
        ),
        (DAGUO, "unit", {"line_years": 18}, "line_years", "met", "= 18年"),
        (
            DAGUO,
            "age-55",
            {"work_start": "1991-07"},
            "age",
            "met",
            "1970年7月出生，到2026年7月1日55岁，不超过55岁",
        ),
    ],
)
def test_a_border_and_its_arithmetic(  # one column of the table each
    programme: str, name: str, changed: dict[str, Any], rule: str, outcome: str, shown: str
) -> None:
    case = played(programme, name, **changed)
    assert case.verdicts[rule] == outcome
    assert shown in said(case, rule)


COOK = [
    {"start": "2000-09", "end": "2003-07", "where": "广西机电技工学校", "what": "焊接加工专业，中技"},
    {"start": "2003-07", "end": "2014-06", "where": "南宁机械厂", "what": "装卸工"},
    {"start": "2014-07", "end": "2020-06", "where": "江南饭店", "what": "厨师"},
    {"start": "2020-07", "end": "至今", "where": "南宁南机环保科技有限公司", "what": "焊工"},
]


def test_years_in_another_trade_that_the_career_tells_of_and_nobody_counted_off_go_to_the_staff() -> None:
    case = played(NANNING, "unit", resume=COOK, trade_start="2014-06")
    assert case.verdicts["trade_years"] == "met"
    assert case.verdicts["career_trades"] == "verify"
    assert "5年11个月写的是别的工种（2014年7月—2020年6月 江南饭店 厨师）" in said(case, "career_trades")
    assert "扣掉以后从事焊工只有6年1个月，不到10年" in said(case, "career_trades")
    assert case.conclusion == "review"


def test_what_was_counted_off_or_does_not_matter_is_not_spoken_of() -> None:
    assert (
        "career_trades"
        not in played(NANNING, "unit", resume=COOK, trade_start="2014-06", trade_pause=72).verdicts
    )
    welder = [COOK[0], {**COOK[1], "what": "焊工"}, *COOK[2:]]
    assert played(NANNING, "unit", resume=welder, trade_start="2003-07").verdicts["career_trades"] == "met"


def test_a_career_with_fewer_years_of_work_than_the_trade_goes_to_the_staff() -> None:
    gap = [COOK[0], {**COOK[1], "end": "2008-06", "what": "焊工"}, {**COOK[3], "start": "2022-07"}]
    case = played(NANNING, "unit", resume=gap, trade_start="2003-07")
    assert case.verdicts["career_months"] == "verify"
    assert "简历里写明在工作的一共8年10个月，不到10年" in said(case, "career_months")


def test_a_trade_begun_in_the_midst_of_schooling_goes_to_the_staff() -> None:
    school = [{"start": "2000-09", "end": "2005-07", "where": "南宁二中", "what": "高中"}, *COOK[3:]]
    case = played(NANNING, "unit", resume=school, trade_start="2002-07")
    assert case.verdicts["career_school"] == "verify"
    assert "简历里那时还在上学：2000年9月—2005年7月 南宁二中 高中" in said(case, "career_school")


@pytest.mark.parametrize("name", ["unit", "self", "experts"])
def test_a_career_that_agrees_is_not_spoken_of(name: str) -> None:
    for programme in (NANNING, GUILIN):
        verdicts = played(programme, name).verdicts
        quiet = {
            rule: outcome for rule, outcome in verdicts.items() if rule.startswith(("career_", "young_"))
        }
        assert set(quiet.values()) == {"met"}


@pytest.mark.parametrize(
    ("digits", "asked"),
    [
        ("45020419810812997", {"household", "ethnicity", "political_status"}),
        ("81000019810812997", {"ethnicity", "political_status"}),
        ("82000019810812997", {"ethnicity", "political_status"}),
        ("83000019810812997", {"ethnicity", "political_status"}),
        ("91000019810812997", set()),
    ],
)
def test_nobody_is_asked_for_a_registration_or_a_nationality_they_cannot_have(
    digits: str, asked: set[str]
) -> None:
    case = played(LIUZHOU, "self", id_number=digits + check_character(digits))
    assert {"household", "ethnicity", "political_status"} & case.scope.keys() == asked


def test_without_a_registration_both_boxes_of_the_form_stay_empty() -> None:
    digits = "81000019810812997"
    case = played(LIUZHOU, "self", id_number=digits + check_character(digits), household=None)
    assert case.verdicts["nationality"] == "met"
    assert "户籍属性" in case.text("application")


@pytest.mark.parametrize(
    ("programme", "name", "field"),
    [
        (NANNING, "unit", "trade_pause"),
        (NANNING, "unit", "area_pause"),
        (GUILIN, "self", "trade_pause"),
        (GUILIN, "self", "area_pause"),
    ],
)
def test_a_break_longer_than_the_time_itself_must_be_mended_first(
    programme: str, name: str, field: str
) -> None:
    start = field.replace("pause", "start")
    fits = played(programme, name, **{start: "2004-06", field: 264})
    assert fits.wrong == []
    over = played(programme, name, **{start: "2004-06", field: 265})
    assert over.wrong == [field]


def test_while_an_answer_must_be_mended_nothing_is_called_eligible() -> None:
    for programme, name, field in (
        (NANNING, "unit", "narrative"),
        (GUILIN, "self", "narrative"),
        (LIUZHOU, "self", "spirit"),
        (DAGUO, "unit", "self_account"),
        (NANYUE, "city-union", "narrative"),
    ):
        case = played(programme, name, **{field: "焊" * 3200})
        assert (case.wrong, case.conclusion) == ([field], "unready")
