"""“桂林工匠”: what the measures say, held against what the programme asks and judges."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest

from forms.expressions import expression
from forms.kinds.choice import ChoiceQuestion
from forms.kinds.photo import PhotoQuestion
from forms.kinds.prose import ProseQuestion
from forms.packet import due_papers
from forms.rules import reckon
from tests.forms.programmes.cases import Played, case_paths, played, programme, text_of

GUILIN = "guilin"
CASES = [path.stem for path in case_paths(GUILIN)]


def said(case: Played, rule: str, part: str) -> str:
    """A rule's sentence as the chat would put it."""
    wanted = next(each for each in case.programme.rules if each.id == rule)
    return reckon(getattr(wanted, part), case.scope)


def papers(case: Played) -> set[str]:
    return {paper.id for paper in due_papers(case.programme, case.scope)}


# The cases that the programme ships


@pytest.mark.parametrize("name", CASES)
def test_a_case_comes_out_as_it_says(name: str) -> None:
    case = played(GUILIN, name)
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
def test_the_answers_of_a_case_stand_on_its_path(name: str) -> None:
    case = played(GUILIN, name)
    questions = case.programme.form("nominee").questions
    assert not case.astray
    assert all(isinstance(questions[each].printed(value), str) for each, value in case.answers.items())


# Figures, window and stages


def test_the_figures_are_those_of_the_measures() -> None:
    figures = {name: (figure.value, figure.clause) for name, figure in programme(GUILIN).figures.items()}
    assert figures["trade_years"] == (10, "第六条")
    assert figures["area_years"] == (5, "第六条")
    assert figures["conditions"] == (1, "第六条")
    assert figures["experts"] == (2, "第八条（二）3")
    assert figures["copies"] == (3, "第八条（二）4")
    sixth = (
        "national_place",
        "industry_place",
        "region_industry_place",
        "region_workers_place",
        "guilin_place",
    )
    assert [figures[name] for name in sixth] == [(n, "第六条（六）") for n in (20, 10, 3, 5, 1)]


def test_no_deadline_is_ever_stated_and_years_count_to_today() -> None:
    whole = programme(GUILIN)
    now = datetime(2026, 6, 15, 2, tzinfo=UTC)
    assert whole.window.state(now) == "unset"
    assert whole.constants(now)["counted_to"] == "2026-06-15"
    assert "截止" not in text_of(played(GUILIN, "self").printed("cover"))
    told = " ".join([whole.summary, whole.filing, whole.declaration])
    assert "截止" not in told


def test_once_staff_set_a_window_the_checklist_tells_it() -> None:
    case = played(GUILIN, "self")
    window = case.programme.window.model_copy(update={"closes": date(2026, 8, 31), "clause": "当年通知"})
    case = Played(case.programme.model_copy(update={"window": window}), case.case, case.answers, case.experts)
    assert "截止2026年8月31日（当年通知）" in text_of(case.printed("cover"))


def test_everything_on_paper_is_due_three_times() -> None:
    whole = programme(GUILIN)
    copies = whole.figures["copies"].value
    assert {paper.id for paper in whole.papers if paper.copies != copies} == {"originals"}
    assert all(document.copies == copies for document in whole.documents if document.id != "cover")


def test_the_stages_carry_the_ratios_of_the_measures() -> None:
    stages = programme(GUILIN).stages
    assert [stage.ratio for stage in stages if stage.ratio] == ["1:1.5", "1:1.3", "1:1.1"]
    assert any("10%为后备人选" in stage.title for stage in stages)
    assert any("公示5个工作日" in stage.title for stage in stages)


def test_the_account_has_at_most_2000_characters() -> None:
    narrative = programme(GUILIN).form("nominee").questions["narrative"]
    assert isinstance(narrative, ProseQuestion)
    assert narrative.limit is not None
    assert narrative.limit.remark(2000) is None
    over = narrative.limit.remark(2001)
    assert over is not None
    assert over.blocking


def test_nobody_is_judged_by_age_sex_schooling_or_rank() -> None:
    forbidden = {"sex", "birth", "education", "title", "position", "political_status", "ethnicity"}
    for rule in programme(GUILIN).rules:
        for source in (rule.condition, rule.when, rule.doubt):
            assert not source or not expression(source).names & forbidden, rule.id


def test_every_rule_and_paper_names_its_clause() -> None:
    whole = programme(GUILIN)
    clauses = [rule.clause for rule in whole.rules] + [paper.clause for paper in whole.papers]
    clauses += [figure.clause for figure in whole.figures.values()]
    for clause in (*clauses, *(point.clause for point in whole.open_points)):
        assert re.match(r"第[一二三四五六七八九十]+条|附件[1-3]", clause), clause


# Verdicts


def test_ten_years_are_shown_with_their_arithmetic() -> None:
    case = played(GUILIN, "trade-short")
    assert said(case, "trade_years", "reckoning") == "从事橡胶硫化工：2017年7月 → 2026年6月 = 8年11个月"
    assert said(case, "trade_years", "unmet") == "还差1年1个月，到2027年7月满10年"


@pytest.mark.parametrize(
    ("start", "outcome"),
    [
        ("2016-06", "met"),
        ("2016-06-15", "met"),
        ("2016-06-16", "not_met"),
        ("2016-07", "not_met"),
        ("2016-07-01", "not_met"),
    ],
)
def test_ten_years_end_with_the_month_or_the_day_of_filling_in(start: str, outcome: str) -> None:
    assert played(GUILIN, "self", trade_start=start).verdicts["trade_years"] == outcome


@pytest.mark.parametrize(("start", "outcome"), [("2021-06", "met"), ("2021-07", "not_met")])
def test_five_years_in_guilin_end_with_the_month_of_filling_in(start: str, outcome: str) -> None:
    assert played(GUILIN, "self", area_start=start).verdicts["area_years"] == outcome


def test_each_hard_rule_refuses_alone() -> None:
    no_condition: dict[str, Any] = {
        "conditions": {},
        "skill_titles": None,
        "contest_kind": None,
        "science_award": None,
    }
    for changed, rule in (
        ({"in_area": False, "area_start": None}, "in_area"),
        ({"former_winner": True}, "former_winner"),
        ({"trade_start": "2017-01"}, "trade_years"),
        ({"area_start": "2022-01"}, "area_years"),
        ({"frontline": False}, "frontline"),
        ({"union_member": False}, "union_member"),
        (no_condition, "six_conditions"),
    ):
        case = played(GUILIN, "self", **changed)
        assert [name for name, outcome in case.verdicts.items() if outcome == "not_met"] == [rule]
        assert case.conclusion == "ineligible"


def test_there_is_no_way_past_any_rule() -> None:
    assert not any(rule.escape for rule in programme(GUILIN).rules)


def test_the_grounds_of_revocation_are_declared_and_never_weighed() -> None:
    whole = programme(GUILIN)
    assert not any("第十六条" in rule.clause for rule in whole.rules)
    for ground in ("刑事处罚", "侵犯知识产权", "留党察看", "社会公德", "骗取称号", "不尽责", "不宜保留"):
        assert ground in whole.declaration


@pytest.mark.parametrize(
    ("contest", "place", "outcome"),
    [
        ("world", None, "met"),
        ("national_first", 20, "met"),
        ("national_first", 21, "not_met"),
        ("industry", 10, "met"),
        ("industry", 11, "not_met"),
        ("region_industry", 3, "met"),
        ("region_industry", 4, "not_met"),
        ("region_workers", 5, "met"),
        ("region_workers", 6, "not_met"),
        ("guilin", 1, "met"),
        ("guilin", 2, "not_met"),
        ("other", 1, "not_met"),
    ],
)
def test_the_places_of_the_sixth_condition(contest: str, place: int | None, outcome: str) -> None:
    case = played(GUILIN, "excellence-below", contest_kind=contest, contest_place=place)
    assert case.verdicts["excellence_threshold"] == outcome


@pytest.mark.parametrize("title", ["中华技能大奖", "全国技术能手", "广西技术能手", "桂林技术能手"])
def test_the_titles_of_the_sixth_condition(title: str) -> None:
    case = played(GUILIN, "excellence-below", skill_titles={title: ""})
    assert case.verdicts["excellence_threshold"] == "met"


@pytest.mark.parametrize(
    ("level", "outcome"),
    [("national", "met"), ("region", "met"), ("guilin", "met"), ("city", "verify"), ("other", "not_met")],
)
def test_the_science_awards_of_the_sixth_condition(level: str, outcome: str) -> None:
    changed = {"contest_kind": "none", "contest_place": None}
    case = played(GUILIN, "excellence-below", **changed, science_award=True, science_level=level)
    assert case.verdicts["excellence_threshold"] == outcome


@pytest.mark.parametrize(("place", "counted"), [(5, 2), (6, 1)])
def test_beside_another_condition_the_sixth_counts_only_where_it_reaches_its_line(
    place: int, counted: int
) -> None:
    case = played(GUILIN, "excellence-below", conditions={"craft": "", "excellence": ""}, contest_place=place)
    assert "excellence_threshold" not in case.verdicts
    assert (case.verdicts["six_conditions"], case.conclusion) == ("met", "pending")
    told = said(case, "six_conditions", "reckoning")
    assert (f"符合{counted}项" in told, "没到线，不算" in told) == (True, counted == 1)
    assert ("成绩出类拔萃" in text_of(case.printed("cover"))) == (counted == 2)


def test_what_staff_must_verify_says_so_on_the_checklist() -> None:
    assert "成绩出类拔萃（待核实）" in text_of(played(GUILIN, "science-city").printed("cover"))
    assert "待核实" not in text_of(played(GUILIN, "self").printed("cover"))


def test_the_lines_that_the_chat_names_are_the_figures() -> None:
    figures = programme(GUILIN).figures
    contest = programme(GUILIN).form("nominee").questions["contest_kind"]
    assert isinstance(contest, ChoiceQuestion)
    lines = {option.value: option.explain for option in contest.offered}
    for kind, figure in (
        ("national_first", "national_place"),
        ("industry", "industry_place"),
        ("region_industry", "region_industry_place"),
        ("region_workers", "region_workers_place"),
    ):
        assert lines[kind] == f"前{figures[figure].value}名够线"
    assert lines["guilin"] == f"第{figures['guilin_place'].value}名够线"


def test_a_trainee_goes_first_at_equal_merit() -> None:
    [mark] = programme(GUILIN).priorities
    assert (mark.id, mark.clause) == ("cultivated", "第七条")
    held = [
        expression(mark.condition).holds(played(GUILIN, "self", cultivated=is_).scope)
        for is_ in (True, False)
    ]
    assert held == [True, False]


def test_the_checklist_has_no_cell_that_stays_empty() -> None:
    assert "填写人本人" in text_of(played(GUILIN, "self").printed("cover"))
    assert "填写人" not in text_of(played(GUILIN, "experts").printed("cover"))


# Routes


def test_consent_is_the_nominees_and_never_the_units() -> None:
    assert "nominee_consent" not in played(GUILIN, "self").verdicts
    for name in ("unit", "experts"):
        assert played(GUILIN, name).verdicts["nominee_consent"] == "met"
        assert played(GUILIN, name, nominee_consent=False).conclusion == "blocked"
    assert not any("unit_consent" in each for each in programme(GUILIN).form("nominee").questions)


def test_the_criminal_record_certificate_is_listed_for_two_routes_only() -> None:
    for name in ("self", "unit"):
        case = played(GUILIN, name)
        assert "no_crime" in papers(case)
        assert case.verdicts["no_crime"] == "met"
        assert played(GUILIN, name, no_crime_certificate=False).conclusion == "material_missing"
    experts = played(GUILIN, "experts")
    assert "no_crime" not in papers(experts)
    assert "no_crime" not in experts.verdicts


def test_the_letter_belongs_to_the_experts_route() -> None:
    assert {name: "letter" in played(GUILIN, name).documents for name in ("self", "unit", "experts")} == {
        "self": False,
        "unit": False,
        "experts": True,
    }


@pytest.mark.parametrize("name", ["self", "unit", "experts"])
def test_public_officials_need_two_separate_opinions_on_every_route(name: str) -> None:
    opinions = {"discipline_opinion", "personnel_opinion"}
    assert opinions <= papers(played(GUILIN, name, public_official=True))
    assert not opinions & papers(played(GUILIN, name))


def experts(*changed: dict[str, Any]) -> Played:
    """The case of two experts, the last of them changed."""
    case = played(GUILIN, "experts")
    rows = [dict(row) for row in case.experts]
    for row, change in zip(reversed(rows), reversed(changed), strict=False):
        row.update(change)
    return Played(case.programme, case.case, case.answers, rows)


@pytest.mark.parametrize(
    ("changed", "outcome"),
    [
        ({}, "met"),
        ({"expert_master": False}, "not_met"),
        ({"expert_master": False, "expert_skill_level": "高级技师"}, "not_met"),
        ({"expert_master": False, "expert_skill_level": "高级技师", "expert_guilin": True}, "met"),
        ({"expert_master": False, "expert_skill_level": "首席技师", "expert_guilin": True}, "verify"),
        ({"expert_skill_level": "无"}, "met"),
        ({"expert_same_trade": False}, "not_met"),
        ({"expert_trade": "轮胎硫化工"}, "verify"),
    ],
)
def test_an_expert_is_a_senior_technician_or_technical_expert_of_guilin_in_the_same_trade(
    changed: dict[str, Any], outcome: str
) -> None:
    assert experts(changed).verdicts["experts"] == outcome


def test_an_expert_who_is_both_counts_once_and_nominees_cannot_recommend_themselves() -> None:
    case = played(GUILIN, "experts")
    both = {**case.experts[0], "expert_master": True}
    assert Played(case.programme, case.case, case.answers, [both]).verdicts["experts"] == "not_met"
    own = {"expert_id_number": case.answers["id_number"]}
    assert experts(own).verdicts["experts"] == "not_met"


@pytest.mark.parametrize(
    ("colour", "outcome"),
    [("red", "met"), ("mixed", "verify"), ("grey", "verify"), ("white", "not_met"), ("blue", "not_met")],
)
def test_the_photo_is_red(colour: str, outcome: str) -> None:
    photo = {**played(GUILIN, "self").answers["photo"], "background": colour}
    assert played(GUILIN, "self", photo=photo).verdicts["photo_background"] == outcome
    asked = programme(GUILIN).form("nominee").questions["photo"]
    assert isinstance(asked, PhotoQuestion)
    assert asked.background == "red"
