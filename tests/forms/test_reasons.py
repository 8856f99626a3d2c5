"""Ready-made reasons: every kind has some of every sort that makes sense for it, short and plain, in both languages."""

from __future__ import annotations

import pytest

from dialogs.words import catalogue
from forms.kinds import registry
from forms.reasons import READY_MADE, REASONS, ready_made

SORTS = ("wrong", "missing", "outdated")
#: What makes no sense: half of what is taken whole or not at all, and what does not go out of date.
SENSELESS = {
    ("id-number", "missing"),
    ("id-number", "outdated"),
    ("month", "missing"),
    ("yes-no", "missing"),
    ("choice", "missing"),
}


@pytest.mark.parametrize("kind", sorted(registry()))
@pytest.mark.parametrize("sort", SORTS)
def test_every_kind_has_a_reason_of_every_sort_that_makes_sense(kind: str, sort: str) -> None:
    assert bool(ready_made(kind, sort)) == ((kind, sort) not in SENSELESS)


def test_there_are_none_for_kinds_or_sorts_that_there_are_not() -> None:
    assert REASONS.keys() == registry().keys()
    assert {sort for sorts in REASONS.values() for sort in sorts} == set(SORTS)
    assert ready_made("riddle", "wrong") == ()


@pytest.mark.parametrize("text", sorted(READY_MADE))
def test_a_reason_is_short_says_what_would_be_right_and_has_its_english(text: str) -> None:
    assert len(text) <= 30
    assert text.endswith("。")
    assert "请" in text or "要" in text
    assert catalogue("en")[text]


@pytest.mark.parametrize("kind", sorted(REASONS))
def test_no_reason_stands_twice_for_one_kind(kind: str) -> None:
    texts = [str(reason) for reasons in REASONS[kind].values() for reason in reasons]
    assert len(set(texts)) == len(texts)
