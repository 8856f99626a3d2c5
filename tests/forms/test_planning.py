"""The plan backward from the closing day: one after the other, past what is done or not due, and what is late."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from forms.planning import Planned, Step, planned
from tests.forms.programmes.cases import programme

CLOSES = date(2026, 6, 30)
STEPS = (
    Step(id="proof", title="证明", days=5, when="route == 'self'", before="seal", clause="估计"),
    Step(id="notice", title="公示", days="notice_days", working=False, before="seal", clause="二"),
    Step(id="seal", title="盖章", days=3, done="sealed", before="office", clause="估计"),
    Step(id="office", title="审核", days=2, clause="估计"),
)


def plan(closes: date | None = CLOSES, **answers: Any) -> dict[str, Planned]:
    return {each.step.id: each for each in planned(STEPS, closes, answers, {"notice_days": 5})}


def test_each_step_is_over_before_the_next_one_begins() -> None:
    due = plan(route="self")
    assert (due["office"].begins, due["office"].ends) == (date(2026, 6, 29), CLOSES)
    assert (due["seal"].begins, due["seal"].ends) == (date(2026, 6, 24), date(2026, 6, 26))
    assert (due["proof"].begins, due["proof"].ends) == (date(2026, 6, 16), date(2026, 6, 23))
    assert (due["notice"].begins, due["notice"].ends) == (date(2026, 6, 19), date(2026, 6, 23))


def test_what_does_not_apply_is_left_out_and_what_is_not_answered_yet_too() -> None:
    assert list(plan(route="unit")) == list(plan()) == ["notice", "seal", "office"]


def test_what_is_done_takes_no_days_any_more() -> None:
    due = plan(sealed=True)
    assert due["seal"].done
    assert due["notice"].ends == date(2026, 6, 28)
    assert not plan(sealed=False)["seal"].done


def test_only_estimates_can_be_squeezed() -> None:
    due = plan(route="self")
    assert due["office"].squeezed == CLOSES
    assert due["seal"].squeezed == date(2026, 6, 29)
    assert due["notice"].squeezed == date(2026, 6, 24)


def test_without_a_closing_day_there_are_days_and_no_dates() -> None:
    due = plan(None)["notice"]
    assert (due.days, due.begins, due.ends) == (5, None, None)


def test_what_reaches_into_a_year_that_is_not_published_is_not_settled() -> None:
    assert all(each.settled for each in plan(route="self").values())
    assert not any(each.settled for each in plan(date(2199, 1, 3)).values())


def test_a_step_takes_at_least_a_day_and_says_where_that_stands() -> None:
    for wrong in ({"days": 0, "clause": "二"}, {"days": 1, "clause": ""}, {"days": 1}):
        with pytest.raises(ValidationError):
            Step(id="step", title="一步", **wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "name", ["nanning-2026", "guilin", "liuzhou-2025", "daguo-jiangsu-2026", "nanyue-2020"]
)
def test_every_programme_has_a_plan_and_says_what_is_a_guess(name: str) -> None:
    steps = programme(name).plan
    assert steps
    own = {step.id for step in steps if not step.estimated}
    assert own == ({"notice"} if name == "daguo-jiangsu-2026" else set())
