"""2026年“南宁工匠”: what the notice says, held against what the programme asks, judges and prints."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from forms.expressions import expression
from forms.kinds.options import OptionsQuestion
from forms.kinds.prose import ProseQuestion
from forms.packet import due_papers
from forms.rules import reckon
from tests.forms.programmes.cases import (
    Played,
    case_paths,
    played,
    programme,
    text_of,
)

NANNING = "nanning-2026"
CASES = [path.stem for path in case_paths(NANNING)]


def said(case: Played, rule: str, part: str) -> str:
    """A rule's sentence as the chat would put it."""
    wanted = next(each for each in case.programme.rules if each.id == rule)
    return reckon(getattr(wanted, part), case.scope)


# The cases that the programme ships


@pytest.mark.parametrize("name", CASES)
def test_a_case_comes_out_as_it_says(name: str) -> None:
    case = played(NANNING, name)
    expect = case.case.expect
    assert {rule: case.verdicts.get(rule, "absent") for rule in expect.verdicts} == dict(expect.verdicts)
    assert case.conclusion == expect.conclusion
    if expect.documents is not None:
        assert case.documents == expect.documents
    for document, wanted in expect.text.items():
        text = text_of(case.printed(document))
        for each in wanted:
            assert re.sub(r"\s", "", each) in text, f"{document} does not show “{each}”"


@pytest.mark.parametrize("name", CASES)
def test_the_answers_of_a_case_are_answers_to_its_questions(name: str) -> None:
    case = played(NANNING, name)
    questions = case.programme.form("nominee").questions
    assert not case.answers.keys() - case.scope.keys(), "an answer stands on a branch that is not walked"
    for identifier, value in case.answers.items():
        question = questions[identifier]
        if isinstance(question, OptionsQuestion) and not any(o.own_text for o in question.offered):
            chosen = value if isinstance(value, dict) else [value]
            assert all(question.option(each) for each in chosen), identifier
        assert isinstance(question.printed(value), str)


# Figures, window and papers


def test_the_figures_are_those_of_the_notice() -> None:
    figures = {name: (figure.value, figure.clause) for name, figure in programme(NANNING).figures.items()}
    assert figures["trade_years"] == (10, "四（三）")
    assert figures["area_years"] == (5, "四（三）")
    assert figures["conditions"] == (1, "四（三）、附件2")
    assert figures["experts"] == (2, "四（四）2（2）")
    assert figures["video_minutes"] == (5, "四（四）2（4）")
    assert figures["copies"][0] == 3
    condition_six = ("world_place", "national_place", "industry_place", "guangxi_place", "nanning_place")
    assert [figures[name] for name in condition_six] == [(n, "四（三）6") for n in (10, 10, 5, 3, 1)]
    preferred = ("preferred_city_place", "preferred_region_place", "preferred_national_place")
    assert [figures[name] for name in preferred] == [(n, "四（三）2") for n in (3, 5, 10)]


def test_the_window_closes_with_the_thirtieth_of_june_in_nanning() -> None:
    window = programme(NANNING).window
    zone = ZoneInfo("Asia/Shanghai")
    assert window.opens == date(2026, 5, 27)
    assert window.state(datetime(2026, 6, 30, 23, 59, 59, tzinfo=zone)) == "open"
    assert window.state(datetime(2026, 7, 1, tzinfo=zone)) == "closed"


def test_everything_on_paper_is_due_three_times() -> None:
    whole = programme(NANNING)
    copies = whole.figures["copies"].value
    others = {"originals", "no_certificates", "electronic"}
    assert {paper.id for paper in whole.papers if paper.copies != copies} == others
    assert all(document.copies == copies for document in whole.documents if document.id != "cover")


def test_the_office_is_told_as_printed() -> None:
    office = programme(NANNING).office
    assert (office.phone, office.email, office.clause) == ("2805708", "nnszghLdbh@126.com", "七（三）")


def test_the_stages_carry_the_ratios_of_the_notice() -> None:
    ratios = [stage.ratio for stage in programme(NANNING).stages if stage.ratio]
    assert ratios == ["1:2", "1:1.5", "1:1.3", "1:1.1"]
    assert programme(NANNING).places == 25


def test_the_texts_keep_the_limits_of_the_notice() -> None:
    questions = programme(NANNING).form("nominee").questions
    brief, narrative = questions["brief"], questions["narrative"]
    assert isinstance(brief, ProseQuestion)
    assert isinstance(narrative, ProseQuestion)
    assert brief.limit is not None
    assert narrative.limit is not None
    assert (brief.limit.value, brief.limit.measure) == (800, "about")
    assert narrative.limit.value == 2000
    assert narrative.limit.remark(2000) is None
    over, short = narrative.limit.remark(2001), narrative.limit.remark(1799)
    assert over is not None
    assert over.blocking
    assert short is not None
    assert not short.blocking


def test_nobody_is_judged_by_age_sex_schooling_or_rank() -> None:
    forbidden = {
        "sex",
        "birth",
        "education",
        "title",
        "position",
        "skill_level",
        "political_status",
        "ethnicity",
    }
    for rule in programme(NANNING).rules:
        for source in (rule.condition, rule.when, rule.doubt):
            assert not source or not expression(source).names & forbidden, rule.id


def test_every_rule_and_paper_names_its_clause() -> None:
    whole = programme(NANNING)
    for item in (*whole.rules, *whole.priorities, *whole.papers, *whole.open_points):
        assert re.match(r"[一二三四五六七]|附件[1-5]", item.clause), item.id


# Verdicts


def test_ten_years_are_shown_with_their_arithmetic() -> None:
    case = played(NANNING, "unit", trade_start="2015-07")
    assert said(case, "trade_years", "reckoning") == "从事焊工：2015年7月 → 2026年6月 = 10年11个月"
    assert said(case, "trade_years", "met") == "满10年"


def test_what_is_short_is_told_with_the_month_or_the_day_on_which_it_will_be_enough() -> None:
    case = played(NANNING, "ten-years-short", trade_start="2016-07")
    assert said(case, "trade_years", "reckoning") == "从事焊工：2016年7月 → 2026年6月 = 9年11个月"
    assert said(case, "trade_years", "unmet") == "还差1个月，到2026年7月满10年"
    case = played(NANNING, "ten-years-short", trade_start="2016-07-01")
    assert said(case, "trade_years", "reckoning").endswith(
        "2016年7月1日 → 2026年6月30日 = 9年11个月29天（按日算）"
    )
    assert said(case, "trade_years", "unmet") == "还差1天，到2026年7月1日满10年"


@pytest.mark.parametrize(
    ("start", "outcome"),
    [("2016-06", "met"), ("2016-06-30", "met"), ("2016-07", "not_met"), ("2016-07-01", "not_met")],
)
def test_ten_years_end_with_the_month_of_the_deadline(start: str, outcome: str) -> None:
    assert played(NANNING, "unit", trade_start=start).verdicts["trade_years"] == outcome


@pytest.mark.parametrize(("start", "outcome"), [("2021-06", "met"), ("2021-07", "not_met")])
def test_five_years_in_nanning_end_with_the_month_of_the_deadline(start: str, outcome: str) -> None:
    assert played(NANNING, "unit", area_start=start).verdicts["area_years"] == outcome


def test_each_hard_rule_refuses_alone() -> None:
    for changed, rule in (
        ({"in_area": False, "area_start": None}, "in_area"),
        ({"trade_start": "2017-01"}, "trade_years"),
        ({"area_start": "2022-01"}, "area_years"),
        ({"frontline": False}, "frontline"),
        ({"union_member": False}, "union_member"),
        ({"conditions": {}}, "six_conditions"),
    ):
        case = played(NANNING, "unit", **changed)
        assert [name for name, outcome in case.verdicts.items() if outcome == "not_met"] == [rule]
        assert case.conclusion == "ineligible"


def test_only_the_six_conditions_have_the_way_past_that_the_notice_gives() -> None:
    assert [rule.id for rule in programme(NANNING).rules if rule.escape] == ["six_conditions"]


@pytest.mark.parametrize(
    ("contest", "place", "outcome"),
    [
        ("world", 10, "met"),
        ("world", 11, "verify"),
        ("national_first", 10, "met"),
        ("national_first", 11, "verify"),
        ("industry", 5, "met"),
        ("industry", 6, "verify"),
        ("guangxi", 3, "met"),
        ("guangxi", 4, "verify"),
        ("nanning", 1, "met"),
        ("nanning", 2, "verify"),
        ("city", 1, "verify"),
        ("region", 1, "verify"),
        ("national", 1, "verify"),
    ],
)
def test_the_places_of_condition_six(contest: str, place: int, outcome: str) -> None:
    case = played(NANNING, "excellence-below", contest_kind=contest, contest_place=place)
    assert case.verdicts["excellence_threshold"] == outcome


@pytest.mark.parametrize("title", ["中华技能大奖", "全国技术能手", "广西技术能手"])
def test_the_titles_of_condition_six(title: str) -> None:
    case = played(NANNING, "excellence-below", skill_titles={title: ""})
    assert case.verdicts["excellence_threshold"] == "met"


@pytest.mark.parametrize(
    ("level", "outcome"), [("national", "met"), ("region", "met"), ("nanning", "met"), ("other", "verify")]
)
def test_the_science_awards_of_condition_six(level: str, outcome: str) -> None:
    changed = {"contest": False, "contest_kind": None, "contest_place": None, "contest_honour": None}
    case = played(NANNING, "excellence-below", **changed, science_award=True, science_level=level)
    assert case.verdicts["excellence_threshold"] == outcome


def test_condition_six_is_not_looked_at_when_another_condition_stands_beside_it() -> None:
    assert "excellence_threshold" not in played(NANNING, "unit").verdicts


@pytest.mark.parametrize(
    ("contest", "place", "preferred"),
    [
        ("nanning", 3, True),
        ("city", 3, True),
        ("nanning", 4, False),
        ("region", 5, True),
        ("guangxi", 6, False),
        ("national", 10, True),
        ("world", 11, False),
    ],
)
def test_the_preference_for_contests_has_its_own_numbers(contest: str, place: int, preferred: bool) -> None:
    case = played(NANNING, "unit", contest_kind=contest, contest_place=place)
    mark = next(each for each in case.programme.priorities if each.id == "contest")
    assert expression(mark.condition).holds(case.scope) is preferred


def test_consent_is_the_units_for_a_self_nomination_and_the_nominees_otherwise() -> None:
    assert "nominee_consent" not in played(NANNING, "self").verdicts
    for name in ("unit", "experts", "other"):
        assert played(NANNING, name).verdicts["nominee_consent"] == "met"
        assert "unit_consent" not in played(NANNING, name).verdicts


def test_an_expert_cannot_recommend_themself() -> None:
    case = played(NANNING, "experts")
    own = case.answers["id_number"]
    twice = [case.experts[0], {**case.experts[1], "expert_id_number": own}]
    assert Played(case.programme, case.case, case.answers, twice).verdicts["experts"] == "not_met"


def test_a_higher_rank_than_the_notice_names_goes_to_the_staff() -> None:
    case = played(NANNING, "experts")
    higher = [case.experts[0], {**case.experts[1], "expert_skill_level": "首席技师"}]
    assert Played(case.programme, case.case, case.answers, higher).verdicts["experts"] == "verify"


@pytest.mark.parametrize(
    ("colour", "outcome"),
    [("white", "met"), ("grey", "verify"), ("mixed", "verify"), ("red", "not_met"), ("blue", "not_met")],
)
def test_only_a_background_that_is_surely_wrong_is_refused(colour: str, outcome: str) -> None:
    photo = {**played(NANNING, "unit").answers["photo"], "background": colour}
    assert played(NANNING, "unit", photo=photo).verdicts["photo_background"] == outcome


@pytest.mark.parametrize(("seconds", "outcome"), [(300.0, "met"), (300.9, "met"), (301.0, "not_met")])
def test_a_video_may_last_five_minutes(seconds: float, outcome: str) -> None:
    video = {**played(NANNING, "unit").answers["video"], "seconds": seconds}
    assert played(NANNING, "unit", video=video).verdicts["video_length"] == outcome


@pytest.mark.parametrize(
    ("patents", "outcome"),
    [({}, "not_met"), ({"utility_patents": 1}, "met"), ({"mastery_level": "国内先进"}, "met")],
)
def test_a_level_or_one_patent_is_something_in_superb_skill(patents: dict[str, Any], outcome: str) -> None:
    assert played(NANNING, "hollow-patents", **patents).verdicts["six_conditions"] == outcome


def test_a_ticked_condition_counts_until_its_questions_are_answered() -> None:
    for missing in ("patents", "contest"):
        case = played(NANNING, "hollow-mastery", **{missing: None})
        assert case.verdicts["six_conditions"] == "met"


def test_the_empty_condition_is_named_in_either_language() -> None:
    case = played(NANNING, "hollow-beside-craft")
    assert said(case, "six_conditions", "reckoning").startswith("“掌握高超技能”选了但没有内容，不算；")
    rule = next(each for each in case.programme.rules if each.id == "six_conditions")
    english = case.programme.translate(rule.reckoning, "en")
    assert reckon(english, case.scope).startswith("“Superb technical skill” chosen but empty")


def test_the_place_that_counts_is_asked_for_with_the_numbers_of_the_notice() -> None:
    whole = programme(NANNING)
    ask = whole.form("nominee").questions["contest_kind"].ask
    for name in ("world_place", "industry_place", "guangxi_place"):
        assert f"前{whole.figures[name].value}名" in ask
    assert f"南宁职工第{whole.figures['nanning_place'].value}名" in ask


def test_somebody_without_certificates_finds_that_on_the_list_of_papers() -> None:
    due = [paper.id for paper in due_papers(programme(NANNING), played(NANNING, "no-certificates").scope)]
    assert "no_certificates" in due
    assert not {"certificates", "originals"}.intersection(due)
    assert "no_certificates" not in {paper.id for paper in due_papers(programme(NANNING), {})}
