"""The scope of a case."""

from __future__ import annotations

from datetime import UTC, datetime
from random import Random
from typing import Any

import pytest

from forms.answers import scope, walk, wording
from forms.library import BUILT_IN, homes
from forms.loader import load
from forms.programme import Wording
from forms.rules import Judged, judge
from tests.forms.definitions import tiny
from tests.forms.programmes.cases import programme

NOON = datetime(2026, 6, 15, 4, tzinfo=UTC)
LEVEL = (Wording(when="national", text="高"), Wording(text="低"))


@pytest.mark.parametrize(
    ("names", "text"), [({"national": True}, "高"), ({"national": False}, "低"), ({}, None)]
)
def test_a_derived_text_waits_for_every_condition_before_it(names: dict[str, Any], text: str | None) -> None:
    """What stands last is not taken before the answers that could still bring what stands first."""
    assert wording(LEVEL, names) == text


def test_a_derived_text_without_its_answer_is_absent() -> None:
    assert wording((Wording(text="{{ name }}自荐"),), {}) is None


@pytest.mark.parametrize(
    ("said", "day"),
    [("", "2026-06-15"), ("counted_to: closes\n", "2026-06-30"), ("counted_to: 2027-03-31\n", "2027-03-31")],
)
def test_years_are_counted_to_the_day_the_notice_names(said: str, day: str) -> None:
    programme = load(tiny(programme=said))
    assert scope(programme, {}, NOON)["counted_to"] == day


@pytest.mark.parametrize("identifier", sorted(home.name for home in homes(BUILT_IN)))
def test_a_walk_that_goes_on_from_another_comes_to_what_one_from_the_start_does(identifier: str) -> None:
    """Whatever is given, changed or taken back, in whatever order, also of questions that are not asked."""
    ours, chance = programme(identifier), Random(identifier)
    form = ours.leading
    given: dict[str, Any] = {}
    before, judged = None, None
    for _ in range(300):
        question = chance.choice(list(form.questions.values()))
        given = {name: value for name, value in given.items() if name != question.id}
        if chance.random() < 0.9:
            given[question.id] = chance.choice([*question.variants(), question.fullest()])
        fresh = walk(ours, given, NOON)
        before = walk(ours, given, NOON, before=before)
        assert (before.steps, before.scope) == (fresh.steps, fresh.scope)
        verdicts = judge(ours, before.scope, before=judged)
        assert verdicts == judge(ours, fresh.scope)
        judged = Judged(before.scope, verdicts)


def test_a_walk_that_goes_on_takes_what_reads_an_answer_anew() -> None:
    ours = programme("nanning-2026")
    first = walk(ours, {}, NOON)
    passive = next(name for name in ours.leading.questions if name in ours.leading.passive)
    assert passive not in first.scope
    asked = passive in {question.id for question in first.steps}
    assert (passive in walk(ours, {passive: "甲"}, NOON, before=first).scope) == asked
    assert walk(ours, {"route": "self"}, NOON, before=first).steps != first.steps
