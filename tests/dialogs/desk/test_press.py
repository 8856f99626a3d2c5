"""Buttons of the desk say themselves what they mean, and travel by every door."""

from __future__ import annotations

import pytest

from dialogs.desk.press import Press, Pressed, pressed
from dialogs.turn import Action


def test_a_token_comes_back_as_what_was_pressed() -> None:
    token = Press("open", "a" * 32).token(41)
    assert len(token) <= 64
    assert pressed(token) == Pressed(41, "open", "a" * 32)


def test_a_token_of_a_conversation_is_none_of_the_desk() -> None:
    assert pressed(Action("open", "a" * 32).token(41)) is None


@pytest.mark.parametrize("about", ["a" * 60, "电焊", "a b", "a\nb", "~"])
def test_what_no_door_could_carry_is_refused_where_it_is_made(about: str) -> None:
    with pytest.raises(ValueError, match="no token"):
        Press("open", about).token(1)


@pytest.mark.parametrize(
    "token", ["", "x", "1.~", "1.~OPEN~", "g.~open~", "1.~open~\n", "1.open", "1.~open~a~b"]
)
def test_what_somebody_made_up_is_nothing(token: str) -> None:
    assert pressed(token) is None
