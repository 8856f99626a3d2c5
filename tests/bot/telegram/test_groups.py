"""One line an hour in each group, also over starts, and whatever became of the note of it."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiogram import Bot

from bot.house.links import Links
from bot.telegram import groups
from bot.telegram.groups import Groups
from bot.telegram.rates import Pace
from bot.telegram.sender import Sender
from bot.telegram.updates import Incoming
from tests.bot.telegram.line import FREE, Line

NOON = datetime(2026, 6, 15, 12, tzinfo=UTC)


class Hall:
    """Groups with a clock that is set, over a note that stays."""

    def __init__(self, note: Path) -> None:
        self.line = Line()
        self.now = NOON
        self._note = note
        self._tasks: list[asyncio.Task[None]] = []
        self.opens()

    def opens(self) -> None:
        sender = Sender(Bot("42:TEST-token", session=self.line), Pace(FREE), pauses=(0,))
        links = Links("http://localhost", username="jiangjian_bot")
        run = lambda errand: self._tasks.append(asyncio.ensure_future(errand))  # noqa: E731 - stands for a method
        self.groups = Groups(sender, links, lambda: self.now, run, self._note)

    async def hears(self, group: int, addressed: str = "", language: str = "") -> int:
        """Somebody gives a command; how many lines were said in all."""
        here = Incoming("group", 7, group, "42:m1", addressed=addressed, language=language)
        self.groups.heard(here)
        await asyncio.gather(*self._tasks)
        return len(self.line.said)


@pytest.fixture
async def hall(tmp_path: Path) -> Hall:
    return Hall(tmp_path / "told")


async def test_once_an_hour_in_each_group(hall: Hall) -> None:
    assert [await hall.hears(-1), await hall.hears(-1), await hall.hears(-2)] == [1, 1, 2]
    hall.now += timedelta(seconds=3599)
    assert await hall.hears(-1) == 2
    hall.now += timedelta(seconds=1)
    assert await hall.hears(-1) == 3


async def test_of_thousands_of_groups_so_many_are_told_in_an_hour(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(groups, "_MOST", 20)
    for group in range(1, 60):
        await hall.hears(-group)
    assert await hall.hears(-100) == 20
    hall.now += timedelta(hours=1)
    assert await hall.hears(-100) == 21


async def test_a_start_does_not_forget_the_hour(hall: Hall) -> None:
    await hall.hears(-1)
    hall.opens()
    assert await hall.hears(-1) == 1
    assert await hall.hears(-2) == 2


async def test_another_number_of_the_same_group(hall: Hall) -> None:
    await hall.hears(-1)
    hall.groups.moved(-1, -1001)
    hall.groups.moved(-5, -1005)
    assert await hall.hears(-1001) == 1
    assert await hall.hears(-1005) == 2


async def test_another_bot_s_command(hall: Hall) -> None:
    assert await hall.hears(-1, addressed="other_bot") == 0
    assert await hall.hears(-1, addressed="JIANGJIAN_BOT") == 1


@pytest.mark.parametrize("note", ["", "[", "[1]", '{"x": "y"}', "\x00", "null"])
async def test_a_note_that_cannot_be_read(tmp_path: Path, note: str) -> None:
    (tmp_path / "told").write_text(note)
    hall = Hall(tmp_path / "told")
    assert [await hall.hears(-1), await hall.hears(-1)] == [1, 1]


async def test_a_note_that_cannot_be_written(tmp_path: Path) -> None:
    hall = Hall(tmp_path / "nowhere" / "told")
    assert [await hall.hears(-1), await hall.hears(-1)] == [1, 1]


async def test_in_the_language_of_who_asked(hall: Hall) -> None:
    for group, language in ((-1, "en"), (-2, "zh"), (-3, "vi")):
        await hall.hears(group, language=language)
    assert ["private" in line for line in hall.line.said] == [True, False, True]
