"""2026年大国工匠人才推荐（江苏）: what the notice says, held against what the programme asks and judges."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from forms.casefile import case_texts, read_case
from forms.expressions import expression
from forms.kinds.base import Answer, Circumstances, Given, Problem
from forms.kinds.options import OptionsQuestion
from forms.kinds.prose import ProseQuestion
from forms.library import BUILT_IN
from forms.rules import judge, reckon
from tests.forms.programmes.cases import Played, case_paths, played, programme, text_of

DAGUO = "daguo-jiangsu-2026"
CASES = [path.stem for path in case_paths(DAGUO)]


def said(case: Played, rule: str, part: str) -> str:
    """A rule's sentence as the chat would put it."""
    wanted = next(each for each in case.programme.rules if each.id == rule)
    return reckon(getattr(wanted, part), case.scope)


def marks(case: Played) -> set[str]:
    """The marks of preference that the case bears."""
    return {mark.id for mark in case.programme.priorities if expression(mark.condition).holds(case.scope)}


# The cases that the programme ships


@pytest.mark.parametrize("name", CASES)
def test_a_case_comes_out_as_it_says(name: str) -> None:
    case = played(DAGUO, name)
    expect = case.case.expect
    assert {rule: case.verdicts.get(rule, "absent") for rule in expect.verdicts} == dict(expect.verdicts)
    assert case.conclusion == expect.conclusion
    if expect.documents is not None:
        assert case.documents == expect.documents
    for document, wanted in expect.text.items():
        if document == "summary":
            continue  # no PDF: opened as a spreadsheet in the tests of the forms
        text = text_of(case.printed(document, "practice" if "样张" in wanted else ""))
        for each in wanted:
            assert re.sub(r"\s", "", each) in text, f"{document} does not show “{each}”"


@pytest.mark.parametrize("name", CASES)
def test_the_answers_of_a_case_are_answers_to_its_questions(name: str) -> None:
    case = played(DAGUO, name)
    questions = case.programme.form("nominee").questions
    assert not case.astray, "an answer stands on a branch that is not walked"
    for identifier, value in case.answers.items():
        question = questions[identifier]
        if isinstance(question, OptionsQuestion) and not any(o.own_text for o in question.offered):
            chosen = value if isinstance(value, dict) else [value]
            assert all(question.option(each) for each in chosen), identifier
        assert isinstance(question.printed(value), str)


def test_the_cases_stand_on_both_sides_of_every_limit() -> None:
    cases = [read_case(name, text) for name, text in case_texts(BUILT_IN / DAGUO).items()]
    theirs = [each for case in cases for parts in case.expect.parties.values() for each in parts]
    outcomes = {
        pair for each in (*(case.expect for case in cases), *theirs) for pair in each.verdicts.items()
    }
    for rule in programme(DAGUO).rules:
        if rule.quiet:
            continue  # shared with others, and proven with them
        failed = "verify" if rule.failing == "review" else "not_met"
        assert {(rule.id, "met"), (rule.id, failed)} <= outcomes, rule.id


# Figures, window and papers


def test_the_figures_are_those_of_the_notice() -> None:
    figures = {name: (figure.value, figure.clause) for name, figure in programme(DAGUO).figures.items()}
    assert figures["age"] == (55, "一")
    assert figures["per_group"] == (1, "一")
    assert figures["notice_days"] == (5, "二")
    assert figures["settled_years"] == (3, "四2")
    assert figures["powers"] == (5, "一、附件1")


def test_the_window_closes_with_the_tenth_of_july() -> None:
    window = programme(DAGUO).window
    zone = ZoneInfo("Asia/Shanghai")
    assert (window.opens, window.closes) == (date(2026, 6, 26), date(2026, 7, 10))
    assert window.state(datetime(2026, 7, 10, 23, 59, 59, tzinfo=zone)) == "open"
    assert window.state(datetime(2026, 7, 11, tzinfo=zone)) == "closed"


def test_there_is_one_route_and_nobody_is_asked_for_it() -> None:
    whole = programme(DAGUO)
    assert [route.id for route in whole.routes] == ["unit"]
    assert "route" not in whole.form("nominee").questions
    assert played(DAGUO, "unit").scope["route"] == "unit"


def test_the_office_is_told_as_printed() -> None:
    office = programme(DAGUO).office
    assert (office.phone, office.email) == ("18151666116", "jsghlmgz@126.com")
    assert office.address == "南京市鼓楼区中山北路202号科技楼441"


def test_every_rule_and_paper_names_its_clause() -> None:
    whole = programme(DAGUO)
    clauses = {item.id: item.clause for item in (*whole.rules, *whole.priorities)}
    clauses |= {item.id: item.clause for item in (*whole.papers, *whole.open_points)}
    assert all(re.match(r"[一二三四]|附件[1-3]", clause) for clause in clauses.values()), clauses


@pytest.mark.parametrize(
    ("question", "most", "writer"),
    [
        ("self_account", 200, "请被推荐人自己写"),
        ("politics", 50, "由企业写"),
        ("reason", 150, "由推荐单位写"),
        ("achievements", 300, "请被推荐人写"),
        ("project", 500, ""),
        ("role", 1000, ""),
    ],
)
def test_every_text_keeps_its_limit_and_says_who_writes_it(question: str, most: int, writer: str) -> None:
    asked = programme(DAGUO).form("nominee").questions[question]
    assert isinstance(asked, ProseQuestion)
    assert asked.limit
    assert (asked.limit.value, asked.limit.measure) == (most, "within")
    about = Circumstances(today=date(2026, 7, 1))
    assert not [remark for remark in asked.remarks("字" * most, about) if remark.blocking]
    assert [remark for remark in asked.remarks("字" * (most + 1), about) if remark.blocking]
    assert writer in asked.ask
    assert writer or "由被推荐人写" in asked.help


def test_staying_for_three_years_is_said_before_anything_is_handed_in() -> None:
    assert "3年内一般不换工作单位" in programme(DAGUO).declaration


# Verdicts


def test_each_hard_rule_refuses_alone() -> None:
    for changed, rule in (
        ({"in_province": False}, "in_province"),
        ({"talent_plan": True}, "talent_plan"),
        ({"recognised": True}, "recognised"),
        ({"frontline": False}, "frontline"),
    ):
        case = played(DAGUO, "unit", **changed)
        assert [name for name, outcome in case.verdicts.items() if outcome == "not_met"] == [rule]
        assert case.conclusion == "ineligible"


def test_what_the_notice_calls_a_rule_of_thumb_goes_to_the_staff() -> None:
    for changed, rule in (
        ({"leader": True}, "leader"),
        ({"public_institution": True}, "public_institution"),
        ({"measures": "没对照"}, "measures"),
        ({"measures": "带徒的年限差一年"}, "measures"),
        ({"sector": "以上都不是"}, "sector"),
        ({"enterprise_kind": {}}, "enterprise"),
        ({"unit_nature": "机关"}, "public_institution"),
        ({"line_years": 19}, "line_years"),
        ({"powers": {"lead": ""}}, "powers"),
    ):
        case = played(DAGUO, "unit", **changed)
        assert [name for name, outcome in case.verdicts.items() if outcome != "met"] == [rule]
        assert case.conclusion == "review"


def test_a_secret_is_asked_about_first_and_stops_everything() -> None:
    whole = programme(DAGUO)
    assert next(iter(whole.form("nominee").questions)) == "secret"
    assert [rule.id for rule in whole.rules if rule.erase] == ["not_secret"]
    assert whole.rules[0].failing == "blocked"


@pytest.mark.parametrize(
    ("birth", "outcome"),
    [("1970-07-01", "verify"), ("1970-07-02", "met"), ("1970-06-30", "verify"), ("1971-07-01", "met")],
)
def test_nobody_is_over_fifty_five_before_the_day_of_being_fifty_six(birth: str, outcome: str) -> None:
    case = played(DAGUO, "unit")
    judged = judge(case.programme, {**case.scope, "birth": birth})
    assert next(verdict.outcome for verdict in judged if verdict.rule.id == "age") == outcome


def test_the_age_is_shown_with_its_arithmetic() -> None:
    case = played(DAGUO, "age-56")
    assert said(case, "age", "reckoning") == "1970年7月出生，到2026年7月1日56岁"
    assert said(played(DAGUO, "age-55"), "age", "reckoning") == "1970年7月出生，到2026年7月1日55岁"


@pytest.mark.parametrize(
    ("begins", "ends", "outcome", "shown"),
    [
        ("2026-06-27", "2026-07-01", "met", "公示：2026年6月27日 → 2026年7月1日 = 5天"),
        ("2026-06-28", "2026-07-01", "not_met", "公示：2026年6月28日 → 2026年7月1日 = 4天"),
        ("2026-06-20", "2026-06-30", "met", "公示：2026年6月20日 → 2026年6月30日 = 11天"),
        ("2026-07-01", "2026-07-01", "not_met", "公示：2026年7月1日 → 2026年7月1日 = 1天"),
    ],
)
def test_five_calendar_days_count_the_first_and_the_last(
    begins: str, ends: str, outcome: str, shown: str
) -> None:
    case = played(DAGUO, "unit", notice_from=begins, notice_to=ends)
    assert case.verdicts["notice_days"] == outcome
    assert said(case, "notice_days", "reckoning") == shown


def test_days_short_are_told() -> None:
    assert said(played(DAGUO, "notice-four-days"), "notice_days", "unmet") == "还差1天"


@pytest.mark.parametrize("step", ["proposal", "opinions", "committee", "notice", "group"])
def test_every_step_of_the_procedure_is_needed(step: str) -> None:
    case = played(DAGUO, "unit")
    left = {name: "" for name in case.answers["steps"] if name != step}
    assert played(DAGUO, "unit", steps=left).verdicts["procedure"] == "not_met"


@pytest.mark.parametrize(
    ("changed", "outcome"),
    [
        ({}, "met"),
        ({"proposal_on": "2026-06-27"}, "verify"),
        ({"opinions_on": "2026-06-27"}, "verify"),
        ({"committee_on": "2026-06-28"}, "verify"),
        ({"group_on": "2026-06-30"}, "verify"),
    ],
)
def test_steps_out_of_order_go_to_the_staff(changed: dict[str, Any], outcome: str) -> None:
    assert played(DAGUO, "unit", **changed).verdicts["order"] == outcome


def test_a_company_without_a_group_needs_no_consent_of_one_and_counts_for_itself() -> None:
    case = played(DAGUO, "industry")
    assert case.verdicts["procedure"] == "met"
    assert case.scope["group"] == case.answers["employer"]


def test_one_of_a_group_is_told_with_the_count() -> None:
    case = played(DAGUO, "group-full")
    wanted = "常州市总工会推荐常州精衡智能装备集团：别的人选已有1人，最多1人"
    assert said(case, "one_per_group", "reckoning") == wanted
    assert case.conclusion == "ineligible"


def test_without_a_group_nobody_is_told_to_ask_one() -> None:
    assert "集团公司" in said(played(DAGUO, "group-full"), "one_per_group", "remedy")
    assert "集团公司" not in said(played(DAGUO, "group-full-alone"), "one_per_group", "remedy")
    assert "集团公司" not in said(played(DAGUO, "industry"), "procedure", "remedy")


def test_nothing_is_written_or_sent_before_it_is_cleared() -> None:
    whole = programme(DAGUO)
    asked = list(whole.form("nominee").questions.values())
    first = next(at for at, each in enumerate(asked) if each.multiline or each.kind == "scans")
    assert asked[first - 1].id == "cleared"
    assert played(DAGUO, "unit", cleared=False).conclusion == "blocked"
    assert "脱密" not in whole.declaration  # whoever practises with uncleared material declares nothing false


def test_what_does_not_fit_the_measures_is_told_to_the_staff() -> None:
    assert said(played(DAGUO, "measures-unfit"), "measures", "verify").endswith(
        "有不符合的：带徒的年限差一年"
    )
    assert said(played(DAGUO, "measures-unknown"), "measures", "verify").startswith("还没有对照")


@pytest.mark.parametrize(("years", "outcome"), [(0, "met"), (17, "met"), (18, "met"), (19, "verify")])
def test_years_at_the_site_are_held_against_the_time_at_work(years: int, outcome: str) -> None:
    assert played(DAGUO, "unit", line_years=years).verdicts["line_years"] == outcome
    begun = played(
        DAGUO, "unit", line_years=years, work_start="2008-06"
    )  # 18 years and a month may be told as 19
    assert begun.verdicts["line_years"] == "met"


def test_a_publication_that_ends_before_it_begins_is_refused() -> None:
    asked = programme(DAGUO).form("nominee").questions["notice_to"]
    about = Circumstances(today=date(2026, 7, 5), scope={"notice_from": "2026-07-01"})
    refused = asked.parse(Given(text="2026年6月27日"), None, about)
    assert isinstance(refused, Problem)
    assert "比开始的2026年7月1日还早" in str(refused.message)


@pytest.mark.parametrize("said", ["没有", "无学位", "没学位"])
def test_no_degree_in_any_words_is_none(said: str) -> None:
    asked = programme(DAGUO).form("nominee").questions["degree"]
    assert asked.parse(Given(text=said), None, Circumstances(today=date(2026, 7, 1))) == Answer("无")


@pytest.mark.parametrize(("education", "asked"), [("小学", False), ("初中", False), ("高中", True)])
def test_schooling_is_asked_of_whoever_went_on_after_middle_school(education: str, asked: bool) -> None:
    case = played(DAGUO, "unit", education=education)
    assert ("schooling_rows" in case.scope) is asked


# Marks of preference


def test_the_preferences_of_the_notice_are_marked() -> None:
    assert marks(played(DAGUO, "unit")) == {"private", "women"}
    assert marks(played(DAGUO, "industry")) == {"digital", "youth"}


def test_no_preference_bars_anyone() -> None:
    case = played(DAGUO, "unit", digital=False, unit_nature="国有企业")
    assert marks(case) == {"women"}
    assert case.conclusion == "eligible"


def test_nobody_is_judged_by_sex_schooling_or_rank() -> None:
    forbidden = {"sex", "education", "degree", "title", "position", "skill_level", "ethnicity"}
    for rule in programme(DAGUO).rules:
        for source in (rule.condition, rule.when, rule.doubt):
            assert not source or not expression(source).names & forbidden, rule.id
