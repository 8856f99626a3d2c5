"""The scope of a case."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from forms.answers import scope, wording
from forms.loader import load
from forms.programme import Wording
from tests.forms.definitions import tiny

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
