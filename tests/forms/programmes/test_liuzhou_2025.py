"""2025年度“柳州工匠”: what the notice says, held against what the programme asks and judges."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from forms.expressions import expression
from forms.kinds.options import OptionsQuestion
from forms.kinds.prose import ProseQuestion
from forms.kinds.records import RecordsQuestion
from forms.packet import due_papers
from forms.rules import judge, reckon
from tests.forms.programmes.cases import Played, case_paths, played, programme

LIUZHOU = "liuzhou-2025"
CASES = [path.stem for path in case_paths(LIUZHOU)]


def said(case: Played, rule: str, part: str) -> str:
    """A rule's sentence as the chat would put it."""
    wanted = next(each for each in case.programme.rules if each.id == rule)
    return reckon(getattr(wanted, part), case.scope)


def only_excellence(**changed: Any) -> Played:
    return played(LIUZHOU, "world-sixth", **changed)


def recommended(*experts: dict[str, Any]) -> Played:
    """The case of the two experts with their answers changed, one after the other."""
    case = played(LIUZHOU, "experts")
    pairs = zip(case.experts, experts, strict=True)
    return Played(case.programme, case.case, case.answers, [{**own, **new} for own, new in pairs])


# The cases that the programme ships


@pytest.mark.parametrize("name", CASES)
def test_a_case_comes_out_as_it_says(name: str) -> None:
    case = played(LIUZHOU, name)
    expect = case.case.expect
    assert {rule: case.verdicts.get(rule, "absent") for rule in expect.verdicts} == dict(expect.verdicts)
    assert case.conclusion == expect.conclusion
    if expect.documents is not None:
        assert case.documents == expect.documents
    for document, wanted in expect.text.items():
        text = case.text(document)
        for each in wanted:
            assert re.sub(r"\s", "", each) in text, f"{document} does not show “{each}”"


@pytest.mark.parametrize("name", CASES)
def test_the_answers_of_a_case_are_answers_to_its_questions(name: str) -> None:
    case = played(LIUZHOU, name)
    questions = case.programme.form("nominee").questions
    assert not case.astray, "an answer stands on a branch that is not walked"
    for identifier, value in case.answers.items():
        question = questions[identifier]
        if isinstance(question, OptionsQuestion) and not any(o.own_text for o in question.offered):
            chosen = value if isinstance(value, dict) else [value]
            assert all(question.option(each) for each in chosen), identifier
        assert isinstance(question.printed(value), str)


# Figures, window and papers


def test_the_figures_are_those_of_the_notice() -> None:
    figures = {name: (figure.value, figure.clause) for name, figure in programme(LIUZHOU).figures.items()}
    assert figures == {
        "conditions": (1, "二（二）"),
        "indicators": (1, "附件1"),
        "experts": (2, "四（二）"),
        "world_place": (5, "二（二）6"),
        "national_place": (5, "二（二）6"),
        "industry_place": (3, "二（二）6"),
        "guangxi_place": (1, "二（二）6"),
    }
    assert programme(LIUZHOU).places == 30


def test_the_window_closes_with_the_ninth_of_march() -> None:
    window = programme(LIUZHOU).window
    zone = ZoneInfo("Asia/Shanghai")
    assert (window.opens, window.closes) == (None, date(2026, 3, 9))
    assert window.state(datetime(2026, 3, 9, 23, 59, 59, tzinfo=zone)) == "open"
    assert window.state(datetime(2026, 3, 10, tzinfo=zone)) == "closed"


def test_the_office_is_told_as_printed() -> None:
    office = programme(LIUZHOU).office
    assert (office.phone, office.email, office.clause) == ("2827587", "LZSZGHLBB@163.com", "七（三）")
    assert "瑞康路5号职工之家" in office.address and "545026" in office.address


def test_the_stages_carry_the_ratios_of_the_notice() -> None:
    stages = programme(LIUZHOU).stages
    assert [stage.ratio for stage in stages if stage.ratio] == ["1:1.3", "1:1.3"]
    assert [stage.title for stage in stages][1:4] == ["资格审查", "现场查验", "专家评审"]


@pytest.mark.parametrize("route", ["self", "unit", "experts"])
def test_these_papers_are_due_on_every_route(route: str) -> None:
    case = played(LIUZHOU, {"unit": "unit-city"}.get(route, route))
    due = [paper.id for paper in due_papers(case.programme, case.scope)]
    form = {"unit": "application"}.get(route, f"application_{route}")
    always = [form, "summary", "id_copy", "no_crime", "certificates", "narrative", "indicator_proof"]
    assert [paper for paper in due if paper in always] == always
    assert ("letter" in due) == (route == "experts")


def test_the_texts_keep_the_limits_of_the_notice() -> None:
    questions = programme(LIUZHOU).form("nominee").questions
    limits = {
        name: (question.limit.value, question.limit.measure)
        for name, question in questions.items()
        if isinstance(question, ProseQuestion) and question.limit
    }
    assert limits == {
        "spirit": (100, "within"),
        "statement": (300, "about"),
        "brief": (300, "within"),
        "narrative": (3000, "within"),
    }


def test_one_or_two_honours_go_into_each_cell() -> None:
    questions = programme(LIUZHOU).form("nominee").questions
    for name in ("honours_main", "honours_trade"):
        question = questions[name]
        assert isinstance(question, RecordsQuestion)
        assert question.max_rows == 2


def test_secrecy_is_asked_before_anything_else_but_the_route() -> None:
    questions = list(programme(LIUZHOU).form("nominee").questions)
    assert questions[:4] == ["route", "secret", "chinese_national", "in_area"]


def test_nobody_is_judged_by_what_the_notice_forbids_to_weigh() -> None:
    forbidden = {
        *("sex", "birth", "education", "title", "title_level", "position", "skill_level", "identity"),
        *("honours_main", "honours_trade", "political_status", "ethnicity", "work_start"),
    }
    for rule in programme(LIUZHOU).rules:
        for source in (rule.condition, rule.when, rule.doubt):
            assert not source or not expression(source).names & forbidden, rule.id


def test_neither_years_nor_union_membership_are_asked_or_judged() -> None:
    whole = programme(LIUZHOU)
    assert not {"trade_start", "area_start", "union_member"} & whole.form("nominee").questions.keys()
    assert [rule.id for rule in whole.rules if rule.failing == "ineligible" and rule.party == "nominee"] == [
        *("nationality", "in_area", "six_conditions", "excellence_threshold"),
    ]


def test_every_rule_and_paper_names_its_clause() -> None:
    whole = programme(LIUZHOU)
    named = [(item.id, item.clause) for item in whole.rules]
    named += [(item.id, item.clause) for item in whole.priorities]
    named += [(item.id, item.clause) for item in whole.papers]
    named += [(item.id, item.clause) for item in whole.open_points]
    for identifier, clause in named:
        assert re.match(r"[一二三四五六七]|附件[1-5]", clause), identifier


# Verdicts


def test_each_hard_rule_refuses_alone() -> None:
    for changed, rule in (
        ({"chinese_national": False}, "nationality"),
        ({"in_area": False}, "in_area"),
        ({"conditions": {}}, "six_conditions"),
    ):
        case = played(LIUZHOU, "self", **changed)
        assert [name for name, outcome in case.verdicts.items() if outcome == "not_met"] == [rule]
        assert case.conclusion == "ineligible"


def test_a_foreigners_card_is_no_chinese_nationality_whatever_was_answered() -> None:
    assert played(LIUZHOU, "self", id_number="911123198108309990").verdicts["nationality"] == "not_met"
    assert played(LIUZHOU, "self", id_number="810000198108309990").verdicts["nationality"] == "met"


def test_secret_work_stops_everything() -> None:
    case = played(LIUZHOU, "self", secret=True, in_area=False)
    assert (case.verdicts["secrecy"], case.conclusion) == ("not_met", "blocked")


def test_what_is_missing_can_still_be_handed_in() -> None:
    assert played(LIUZHOU, "self", no_crime_certificate=False).conclusion == "material_missing"
    assert played(LIUZHOU, "self", indicators={}).conclusion == "material_error"


@pytest.mark.parametrize(
    ("contest", "place", "outcome"),
    [
        ("world", 5, "met"),
        ("world", 6, "not_met"),
        ("national_first", 5, "met"),
        ("national_first", 6, "not_met"),
        ("industry", 3, "met"),
        ("industry", 4, "not_met"),
        *((name, 1, "met") for name in ("guangxi_skills", "guangxi_workers", "guangxi_youth")),
        *((name, 2, "not_met") for name in ("guangxi_skills", "guangxi_workers", "guangxi_youth")),
        ("other", 1, "not_met"),
    ],
)
def test_the_places_of_condition_six(contest: str, place: int, outcome: str) -> None:
    case = only_excellence(contest_kind=contest, contest_place=place)
    assert case.verdicts["excellence_threshold"] == outcome


@pytest.mark.parametrize("title", ["中华技能大奖", "全国技术能手", "广西技术能手"])
def test_the_titles_of_condition_six(title: str) -> None:
    assert only_excellence(skill_titles={title: ""}).verdicts["excellence_threshold"] == "met"


@pytest.mark.parametrize(
    ("level", "frontline", "outcome"),
    [
        ("national", True, "met"),
        ("region", True, "met"),
        ("other", True, "not_met"),
        ("national", False, "not_met"),
    ],
)
def test_a_science_award_counts_for_a_worker_on_the_front_line(
    level: str, frontline: bool, outcome: str
) -> None:
    case = only_excellence(science_award=True, science_level=level, frontline=frontline)
    assert case.verdicts["excellence_threshold"] == outcome


def test_a_craftsman_title_of_ones_own_industry_is_enough() -> None:
    assert only_excellence(craftsman_title=True).verdicts["excellence_threshold"] == "met"


@pytest.mark.parametrize(("place", "counted"), [(5, 2), (6, 1)])
def test_beside_another_condition_the_sixth_counts_only_where_it_reaches_its_line(
    place: int, counted: int
) -> None:
    case = only_excellence(conditions={"craft": "", "excellence": ""}, contest_place=place)
    assert "excellence_threshold" not in case.verdicts
    assert case.verdicts["six_conditions"] == "met"
    told = said(case, "six_conditions", "reckoning")
    assert (f"符合{counted}项" in told, "没到线，不算" in told) == (True, counted == 1)
    assert ("成绩出类拔萃" in case.text("cover")) == (counted == 2)


def test_the_lines_that_the_chat_names_are_the_figures() -> None:
    figures = programme(LIUZHOU).figures
    contest = programme(LIUZHOU).form("nominee").questions["contest_kind"]
    assert isinstance(contest, OptionsQuestion)
    lines = {option.value: option.explain for option in contest.offered}
    for kind, figure in (
        ("world", "world_place"),
        ("national_first", "national_place"),
        ("industry", "industry_place"),
    ):
        assert lines[kind] == f"前{figures[figure].value}名够线"
    assert {lines[f"guangxi_{kind}"] for kind in ("skills", "workers", "youth")} == {
        f"第{figures['guangxi_place'].value}名够线"
    }


@pytest.mark.parametrize(
    ("changed", "outcome"),
    [
        ({"mastery_level": None, "patents": False}, "not_met"),
        ({"mastery_level": "国内领先", "patents": False}, "met"),
        ({"mastery_level": None, "patents": True}, "met"),
    ],
)
def test_an_indicator_that_says_nothing_does_not_count(changed: dict[str, Any], outcome: str) -> None:
    only = {"indicators": {"mastery": ""}, "craft": None, "teaching_ways": None, "contribution": None}
    assert played(LIUZHOU, "self", **only, **changed).verdicts["four_indicators"] == outcome


def test_women_and_private_enterprises_are_marked_and_never_barred() -> None:
    held = {
        mark.id: [
            expression(mark.condition).holds(played(LIUZHOU, "self", **changed).scope)
            for changed in ({}, {"id_number": "452228198108309982"}, {"unit_nature": "民营企业"})
        ]
        for mark in programme(LIUZHOU).priorities
    }
    assert held == {"private_enterprise": [False, False, True], "women": [False, True, False]}
    assert {"young", "key_industries"} <= {point.id for point in programme(LIUZHOU).open_points}


@pytest.mark.parametrize(
    ("second", "outcome"),
    [
        ({}, "met"),  # 技师, but 自治区级技术能手
        ({"expert_master": False}, "not_met"),
        ({"expert_master": False, "expert_skill_level": "高级技师"}, "met"),
        ({"expert_master": False, "expert_skill_level": "首席技师"}, "verify"),
        ({"expert_same_trade": False}, "not_met"),
        ({"expert_trade": "电工"}, "verify"),
        ({"expert_id_number": "450204197411209979"}, "not_met"),  # the first expert again
        ({"expert_id_number": "452228198108309990"}, "not_met"),  # the nominee
    ],
)
def test_experts_are_senior_technicians_or_masters_of_the_same_trade(
    second: dict[str, Any], outcome: str
) -> None:
    assert recommended({}, second).verdicts["experts"] == outcome


def test_an_expert_who_is_both_counts_once() -> None:
    case = played(LIUZHOU, "experts-one")
    both = [{**case.experts[0], "expert_master": True}]
    assert Played(case.programme, case.case, case.answers, both).verdicts["experts"] == "not_met"


def test_the_arithmetic_of_the_experts_is_shown() -> None:
    case = recommended({}, {"expert_master": False})
    assert said(case, "experts", "reckoning") == "同专业的高级技师或自治区级技术能手：1名，要2名以上"


def test_every_rule_speaks_in_every_outcome() -> None:
    for name in CASES:
        case = played(LIUZHOU, name)
        for verdict in judge(case.programme, case.scope, case.case.appeal):
            rule = verdict.rule
            text = {"met": rule.met, "not_met": rule.unmet, "verify": rule.verify or rule.unmet}.get(
                verdict.outcome
            )
            if text:
                assert not rule.reckoning or reckon(rule.reckoning, case.scope), (name, rule.id)
                assert reckon(text, case.scope), (name, rule.id)
