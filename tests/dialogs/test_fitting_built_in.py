"""“Which fits me?” over all programmes that come with the house, for seven made-up people from five places."""

from __future__ import annotations

from typing import Any

import pytest

from dialogs.fitting import Fit, fits
from dialogs.interview import Interview
from dialogs.precheck import MOST, precheck
from dialogs.scene import Scene
from forms.kinds.base import Question
from tests.built_in import built_in
from tests.dialogs.talking import NOON, Person

LIBRARY = built_in()
SCENE = Scene(NOON, LIBRARY.offered, common=LIBRARY.common)
#: Where someone works, as the label of a question about it names it.
PLACES = {
    "nanning-2026": "南宁",
    "liuzhou-2025": "柳州",
    "guilin": "桂林",
    "daguo-jiangsu-2026": "江苏",
    "nanyue-2020": "广东",
}
CONDITIONS = {"craft": "", "mastery": ""}
PEOPLE: list[tuple[str, str, dict[str, Any]]] = [
    ("nanning-2026", "eligible", {"trade": "焊工", "trade_start": "2003-07", "area_start": "2003-07"}),
    (
        "nanning-2026",
        "ineligible",
        {"trade": "工业机器人系统运维员", "trade_start": "2017-09", "area_start": "2017-09"},
    ),
    ("nanning-2026", "eligible", {"trade": "焊工", "trade_start": "2016-06-20", "area_start": "2010-08"}),
    ("guilin", "eligible", {"trade": "橡胶硫化工", "trade_start": "2009-07", "area_start": "2009-07"}),
    ("liuzhou-2025", "eligible", {"trade": "维修电工", "chinese_national": True}),
    ("daguo-jiangsu-2026", "pending", {"trade": "磨工"}),
    ("nanyue-2020", "eligible", {"trade": "模具钳工（工具钳工）", "frontline": False}),
]


def answer(home: str, told: dict[str, Any], question: Question) -> Any:
    """What this person says to a question of the pre-check; None where they skip it."""
    place = PLACES[home]
    if question.id == "in_area__which":
        options: Any = getattr(question, "options", ())
        return {option.value: "" for option in options if place in option.shown}
    name = question.id.partition("__")[0]
    if name in ("in_area", "in_province"):
        return place in question.label
    return {
        "frontline": True,
        "union_member": True,
        "conditions": CONDITIONS,
        "former_winner": False,
        "talent_plan": False,
        "recognised": False,
        "leader": False,
        **told,
    }.get(name)


def talked_through(home: str, told: dict[str, Any]) -> tuple[Interview, list[str]]:
    state, asked = Interview(fitting=True), list[str]()
    while True:
        items = precheck(state, SCENE).items
        item = next((each for each in items if each.question.id not in asked), None)
        if item is None:
            return state, asked
        asked.append(item.question.id)
        value = answer(home, told, item.question)
        if value is not None:
            state = state.model_copy(update={"answers": {**state.answers, item.question.id: value}})


def of(home: str, state: Interview) -> Fit:
    return next(fit for fit in fits(state, SCENE) if fit.programme.id == home)


@pytest.mark.parametrize(("home", "outcome", "told"), PEOPLE)
def test_everybody_comes_out_at_home_as_the_notice_says(
    home: str, outcome: str, told: dict[str, Any]
) -> None:
    state, asked = talked_through(home, told)
    assert of(home, state).outcome == outcome
    assert len(asked) <= MOST


@pytest.mark.parametrize(("home", "outcome", "told"), PEOPLE)
def test_everybody_is_ruled_out_elsewhere_by_where_they_work(
    home: str, outcome: str, told: dict[str, Any]
) -> None:
    state, _ = talked_through(home, told)
    for elsewhere in PLACES.keys() - {home}:
        fit = of(elsewhere, state)
        first = fit.verdicts[0]
        assert fit.outcome == "ineligible"
        assert (first.outcome, first.rule.id in ("in_area", "in_province")) == ("not_met", True)


def test_the_one_who_is_short_of_ten_years_reads_how_short() -> None:
    home, _, told = PEOPLE[1]
    state, _ = talked_through(home, told)
    assert [v.rule.id for v in of(home, state).verdicts if v.outcome == "not_met"] == ["trade_years"]


def test_a_question_that_one_programme_rewords_is_asked_in_the_common_words() -> None:
    items = precheck(Interview(fitting=True), SCENE).items
    frontline = next(item for item in items if item.name == "frontline")
    assert frontline.question.ask == LIBRARY.common["frontline"].ask
    assert len(frontline.programmes) > 2


def test_no_question_is_chinese_only_in_english() -> None:
    first, *others = LIBRARY.offered
    person = Person(first, programmes=tuple(others))
    person.presses("同意，开始", "English")
    person.says("Which programme suits me?")
    assert person.interview.fitting
    for _ in range(MOST):
        if not person.asked:
            break
        assert not any("一" <= char <= "鿿" for text in person.tone("ask") for char in text)
        person.says("skip")
    assert not person.asked
