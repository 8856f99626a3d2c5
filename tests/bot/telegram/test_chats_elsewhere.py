"""A chat that another process goes on in: what was asked here is over, and the older keyboard goes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.telegram.chats import Chats
from tests.bot.telegram.line import Line
from tests.bot.telegram.test_chats import chats, gone, line, screen, sender, settled

__all__ = ["chats", "gone", "line", "sender"]

NOW = datetime(2026, 6, 15, 4, tzinfo=UTC)


def ago(seconds: float) -> datetime:
    return NOW - timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("latest", "asked"),
    [
        ([("1", ago(0))], "姓名？"),
        ([("1", ago(0)), ("0", ago(60))], "姓名？"),
        ([("2", ago(0)), ("1", ago(60))], ""),
        ([("1", ago(0)), ("2", ago(1))], ""),
        ([("2", ago(0))], ""),
        ([], ""),
    ],
    ids=[
        "ours is the last",
        "another's was long before",
        "another's is the last",
        "clocks may be apart",
        "only another's",
        "none is known",
    ],
)
async def test_what_was_asked_here_holds_while_ours_is_the_last_that_was_taken(
    chats: Chats, latest: list[tuple[str, datetime]], asked: str
) -> None:
    chats.show(7, screen("姓名？", 1))
    chats.took(7, "1")
    await settled(chats)
    chats.caught_up(7, latest)
    assert chats.question(7) == asked


async def test_a_newer_screen_elsewhere_takes_the_keyboard_of_the_one_here(chats: Chats, line: Line) -> None:
    chats.show(7, screen("姓名？", 1))
    await settled(chats)
    chats.overtaken(7, 105)
    await settled(chats)
    assert line.changed == [(100, "")]
    assert (chats.live(7), chats.question(7)) == (105, "")
    chats.show(7, screen("籍贯？", 3))
    await settled(chats)
    assert line.changed == [(100, ""), (105, "")]


async def test_word_of_an_older_screen_elsewhere_changes_nothing(chats: Chats, line: Line) -> None:
    chats.show(7, screen("姓名？", 1))
    await settled(chats)
    chats.overtaken(7, 99)
    chats.overtaken(8, 105)
    await settled(chats)
    assert line.changed == []
    assert (chats.live(7), chats.question(7)) == (100, "姓名？")
