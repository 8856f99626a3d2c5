"""The trail in words."""

from __future__ import annotations

from typing import get_args

import pytest

from dialogs.trail_words import ACTORS, KINDS, Actor, Break, Fault, Kind, word
from dialogs.words import LOCALES, Words


def test_every_kind_has_a_word_of_its_own_in_every_language() -> None:
    assert set(KINDS) == set(get_args(Kind))
    for locale in LOCALES:
        assert len({Words(locale)(word) for word in KINDS.values()}) == len(KINDS)


def test_whoever_did_something_has_a_word_of_their_own() -> None:
    assert set(ACTORS) == set(get_args(Actor))
    for locale in LOCALES:
        assert len({Words(locale)(word) for word in ACTORS.values()}) == len(ACTORS)


def test_a_kind_that_is_not_known_here_is_called_as_it_stands() -> None:
    assert [str(word(kind)) for kind in ("seen", "carried_{off}")] == ["看了材料", "carried_{off}"]


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("fault", get_args(Fault))
def test_every_break_says_where_it_is(fault: Fault, locale: str) -> None:
    told = Words(locale)(Break(fault, "c" * 32, 7, "2026-06-15", 41, 40).message)
    if fault in {"gap", "changed"}:
        assert "c" * 32 in told and "7" in told
    else:
        assert "2026-06-15" in told
    if fault in {"fewer", "more"}:
        assert "41" in told and "40" in told
