"""When applications are taken, and on which days before the end people are reminded."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from forms.loader import Source
from forms.window import Window
from tests.forms.definitions import tiny
from tests.forms.test_lint import found


@pytest.mark.parametrize("days", [[2, 7], [7, 7], [0], [91], ["soon"]])
def test_days_that_make_no_sense_are_refused(days: list[object]) -> None:
    with pytest.raises(ValidationError):
        Window.model_validate({"reminds": days})


@pytest.mark.parametrize("days", [[7, 2], [30], []])
def test_each_day_stands_once_the_furthest_first(days: list[int]) -> None:
    assert Window.model_validate({"reminds": days}).reminds == tuple(days)


def test_unsaid_it_is_a_week_and_two_days() -> None:
    assert Window().reminds == (7, 2)


@pytest.mark.parametrize(
    ("window", "why"),
    [
        ("{opens: 2026-06-01, closes: 2026-06-30, reminds: [14, 3]}", ""),
        ("{opens: 2026-06-25, closes: 2026-06-30, reminds: [14, 3]}", "14 days before the closing day"),
        ("{reminds: [14]}", "there is no closing day"),
        ("{opens: 2026-06-25, closes: 2026-06-30}", ""),
    ],
)
def test_reminders_that_nobody_could_get_are_found(window: str, why: str) -> None:
    files = tiny().files
    lines = [line for line in files["programme.yaml"].splitlines() if not line.startswith("window:")]
    text = "\n".join([*lines, f"window: {window}", ""])
    reasons = [each.reason for each in found(Source({**files, "programme.yaml": text}))]
    assert (
        any(why in each for each in reasons)
        if why
        else not any("remind" in e or "days before" in e for e in reasons)
    )
