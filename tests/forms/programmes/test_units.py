"""What units say for themselves: it stands in place of what the nominee would say, on paper and in the judgement."""

from __future__ import annotations

from typing import Any

import pytest

from dialogs.interview import Interview
from dialogs.scene import Scene
from dialogs.view import View
from forms.library import BUILT_IN
from tests.forms.programmes.cases import Played, case_of, played, programme

NANNING, GUILIN, LIUZHOU, DAGUO = "nanning-2026", "guilin", "liuzhou-2025", "daguo-jiangsu-2026"
PROGRAMMES = (NANNING, GUILIN, LIUZHOU, DAGUO, "nanyue-2020")
ANSWER = {
    "unit_person": "韦晓梅",
    "unit_position": "人力资源部经理",
    "unit_phone": "19000000997",
    "unit_facts": True,
}


def with_unit(case: Played, **said: Any) -> Played:
    """The case with what the unit said, changed as a test wants it; None takes an answer away."""
    row = {**case.others.get("unit", [ANSWER])[0], **said}
    kept = {name: value for name, value in row.items() if value is not None}
    return Played(case.programme, case.case, case.answers, case.experts, {"unit": [kept]})


def asked(case: Played) -> set[str]:
    """The questions of the nominee's that apply."""
    interview = Interview(answers=case.answers)
    view = View(case.programme, interview, Scene(case.case.now, (case.programme,), parts=case.parts))
    return {question.id for question in view.steps}


# Nanning: the employer agrees that somebody applies


@pytest.mark.parametrize(("agrees", "outcome"), [(True, "met"), (False, "not_met")])
def test_the_employers_own_word_is_judged_in_place_of_the_nominees(agrees: bool, outcome: str) -> None:
    case = with_unit(played(NANNING, "self", unit_consent=None), unit_agrees=agrees, unit_refusal="再等一年")
    assert "unit_consent" not in asked(case)
    assert case.verdicts["unit_agrees"] == outcome
    assert "unit_consent" not in case.verdicts
    assert case.conclusion == ("eligible" if agrees else "blocked")


def test_while_the_employer_has_not_answered_the_nominee_is_asked() -> None:
    case = played(NANNING, "self")
    assert "unit_consent" in asked(case)
    assert "unit_agrees" not in case.verdicts


@pytest.mark.parametrize("name", ["unit", "experts", "other"])
def test_on_other_routes_the_employers_word_weighs_nothing(name: str) -> None:
    case = with_unit(played(NANNING, name), unit_agrees=False, unit_refusal="再等一年")
    assert case.conclusion == played(NANNING, name).conclusion
    assert "单位答复" not in case.text("cover")


def test_the_list_of_papers_says_who_answered_and_what() -> None:
    case = with_unit(played(NANNING, "self", unit_consent=None), unit_agrees=True)
    assert "单位答复韦晓梅，人力资源部经理；19000000997；同意" in case.text("cover")
    refused = with_unit(
        played(NANNING, "self", unit_consent=None), unit_agrees=False, unit_refusal="再等一年"
    )
    assert "19000000997；不同意：再等一年" in refused.text("cover")
    assert "单位答复" not in played(NANNING, "self").text("cover")


# Guilin and Liuzhou: the unit recommends


@pytest.mark.parametrize("agrees", [True, False])
def test_guilins_recommending_unit_answers_where_the_nominee_fills_in(agrees: bool) -> None:
    case = with_unit(played(GUILIN, "unit", filled_by="nominee"), unit_agrees=agrees, unit_refusal="定了别人")
    assert case.verdicts["unit_recommends"] == ("met" if agrees else "not_met")
    word = "推荐" if agrees else "不推荐：定了别人"
    assert f"单位答复韦晓梅，人力资源部经理；19000000997；{word}" in case.text("cover")


def test_liuzhous_unit_gives_its_clerk_its_name_and_its_order_itself() -> None:
    case = played(LIUZHOU, "unit-fills")
    assert not {"clerk_name", "clerk_phone", "priority", "nominating_unit"} & asked(case)
    cells = dict(
        zip([c.title for c in case.programme.sheet("summary").columns], case.cells("summary"), strict=True)
    )
    assert cells["推荐优先顺序"] == "2"
    assert cells["推荐单位"] == "柳州市柳南区机电行业协会"
    assert cells["经办人及联系电话"] == "覃海燕 19000000995"


def test_liuzhous_unit_that_names_no_other_is_the_employer() -> None:
    case = with_unit(played(LIUZHOU, "unit-fills"), unit_name=None)
    assert case.scope["recommender"] == case.answers["employer"]
    assert case.scope["email_name"].startswith(case.answers["employer"])


def test_until_then_liuzhous_nominee_says_it() -> None:
    case = played(LIUZHOU, "unit-county")
    assert {"clerk_name", "clerk_phone", "priority"} <= asked(case)
    cells = dict(
        zip([c.title for c in case.programme.sheet("summary").columns], case.cells("summary"), strict=True)
    )
    assert (cells["推荐优先顺序"], cells["经办人及联系电话"]) == ("1", "韦晓梅 19000000997")


@pytest.mark.parametrize("name", ["self", "experts"])
def test_what_a_unit_said_on_a_route_that_was_left_is_printed_nowhere(name: str) -> None:
    unit = {**ANSWER, "unit_name": "柳州市某协会", "unit_agrees": True, "unit_priority": 3}
    case = with_unit(played(LIUZHOU, name), **unit)
    assert case.conclusion == played(LIUZHOU, name).conclusion
    assert case.cells("summary") == played(LIUZHOU, name).cells("summary")
    assert case.scope["email_name"] == played(LIUZHOU, name).scope["email_name"]


# 大国工匠: the enterprise states and seals

OWN = ("methods", "unique_skill", "project", "field", "role")


def test_what_the_enterprise_has_written_is_not_asked_again_and_stands_on_the_form() -> None:
    case = played(DAGUO, "enterprise")
    assert not {"politics", "role"} & asked(case)
    assert {"methods", "project", "unique_skill"} <= asked(case)
    assert "坚定拥护“两个确立”，党性强、作风正" in case.text("recommendation")


@pytest.mark.parametrize("name", OWN)
def test_each_part_that_the_enterprise_gives_takes_the_place_of_the_nominees(name: str) -> None:
    case = played(
        DAGUO,
        "enterprise",
        difficulty={"project": "", "field": ""},
        field="本人写的领域情况",
        role="本人写的作用",
    )
    given = with_unit(
        case, **{**dict.fromkeys([f"unit_{each}" for each in OWN]), f"unit_{name}": "企业盖章的这一段"}
    )
    assert name not in asked(given)
    assert {each for each in OWN if each != name} <= asked(given)
    text = given.text("resume")
    assert text.count("企业盖章的这一段") == 1
    assert ("本人写的作用" in text) == (name != "role")


@pytest.mark.parametrize(
    ("said", "rule"),
    [("unit_cleared", "enterprise_cleared"), ("unit_supports", "enterprise_supports")],
)
def test_a_statement_that_the_enterprise_does_not_give_bars_the_form_that_has_it_printed(
    said: str, rule: str
) -> None:
    case = with_unit(played(DAGUO, "enterprise"), **{said: False})
    assert case.verdicts[rule] == "not_met"
    assert case.conclusion == "blocked"


def test_the_enterprise_is_asked_in_the_words_that_the_form_has_printed() -> None:
    printed = (BUILT_IN / DAGUO / "print" / "recommendation.html").read_text("utf-8")
    questions = programme(DAGUO).form("unit").questions
    assert "企业将积极搭建大国工匠成长平台，支持其发挥社会作用，履行社会责任。" in printed
    assert questions["unit_supports"].ask.startswith(
        "企业将积极搭建大国工匠成长平台，支持其发挥社会作用，履行社会责任。"
    )
    assert questions["unit_politics"].label == programme(DAGUO).leading.questions["politics"].label


# What belongs to a unit


@pytest.mark.parametrize("identifier", PROGRAMMES)
def test_the_name_of_the_unit_belongs_to_it_and_nothing_of_the_person_does(identifier: str) -> None:
    questions = programme(identifier).leading.questions
    assert questions["employer"].belongs == "unit"
    persons = {
        "name",
        "id_number",
        "phone",
        "position",
        "trade",
        "photo",
        "resume",
        "narrative",
        "nominee_consent",
    }
    assert all(questions[name].belongs == "person" for name in persons & questions.keys())


@pytest.mark.parametrize("identifier", PROGRAMMES)
def test_no_nominee_is_anybody_elses_party(identifier: str) -> None:
    for each in programme(identifier).parties:
        assert programme(identifier).has_form(each.party)
        assert not set(each.sees) & {"id_number", "phone", "home_address", "photo"}, each.party


def test_the_cases_of_units_have_the_answers_that_their_forms_ask() -> None:
    for identifier, name in [
        (NANNING, "unit-agrees"),
        (GUILIN, "unit-recommends"),
        (LIUZHOU, "unit-fills"),
        (DAGUO, "enterprise"),
    ]:
        for row in case_of(identifier, name).parties["unit"]:
            assert row.keys() <= programme(identifier).form("unit").questions.keys()
