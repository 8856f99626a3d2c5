"""Every case of the programmes, message by message: what the Conversation says is what is seen on Telegram."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.house import wiring
from bot.house.settings import Settings
from forms.casefile import CaseFile
from forms.library import Library
from forms.printing.workers import Workers
from storage import interviews
from storage.database import Database
from tests.bot.telegram.double import Telegram
from tests.bot.telegram.house import CASES, PROGRAMME, case_of, library, reference
from tests.bot.telegram.phone import Phone
from tests.bot.telegram.player import TelegramPlayer, bare_answers
from tests.bot.telegram.service import Service
from tests.storage.rings import kept_at

__all__ = ["library"]

AT_ONCE = 6  # people who are interviewed side by side


@pytest.fixture
async def service(telegram: Telegram, tmp_path: Path) -> AsyncIterator[Service]:
    async with Service(telegram, tmp_path / "bot") as running:
        yield running


@pytest.fixture
def stores(tmp_path: Path, service: Service) -> Iterator[tuple[Database, Database]]:
    """The reference's database and the bot's."""
    with wiring.database(Settings(data=tmp_path / "reference")) as kept:
        bots = kept_at(service.database)
        yield kept, bots
        bots.close()


@pytest.mark.timeout(1200)  # more than a thousand turns, on a machine that may do much else
async def test_every_case_is_seen_on_telegram_as_it_is_told(
    telegram: Telegram,
    service: Service,
    stores: tuple[Database, Database],
    crew: Workers,
    library: Library,
    tmp_path: Path,
) -> None:
    programme = library.named(PROGRAMME)
    assert programme
    kept, bots = stores
    room = asyncio.Semaphore(AT_ONCE)
    by_time = defaultdict(list)
    for path in sorted(CASES.glob("*.yaml")):
        by_time[case_of(path).now].append(path)

    async def play(path: Path) -> tuple[str, list[str], int]:
        case = case_of(path)
        conversation = reference(tmp_path / "reference", library, kept, crew, case)
        async with room:
            player = TelegramPlayer(Phone(telegram), conversation, kept, bots, programme, case, path.parent)
            await player.play()
        told = await player.view()
        seat = await bots.run(lambda unit: interviews.speaker(unit, "telegram", str(player.phone.id)))
        assert seat
        differences = list(player.differences)
        if bare_answers(seat.state.answers) != bare_answers(told.interview.answers):
            differences.append(f"{seat.state.answers} instead of {told.interview.answers}")
        for name in (
            "programme",
            "digest",
            "practice",
            "skipped",
            "later",
            "appealed",
            "faced",
            "finished_at",
        ):
            if getattr(seat.state, name) != getattr(told.interview, name):
                differences.append(f"{name}: {getattr(seat.state, name)!r}")
        differences += _against_case(case, seat.state.answers)
        return path.stem, differences, player.turns

    turns = 0
    wrong: dict[str, list[str]] = {}
    for now, paths in by_time.items():
        service.at(now.isoformat())
        for name, differences, taken in await asyncio.gather(*map(play, paths)):
            turns += taken
            if differences:
                wrong[name] = differences
    assert not wrong
    assert not telegram.refusals
    assert not service.faults
    assert turns > 1000


def _against_case(case: CaseFile, answers: dict[str, Any]) -> list[str]:
    """What is kept differs from the plain answers that the case gave."""
    plain = {name: value for name, value in case.answers.items() if isinstance(value, str | int | bool)}
    return [
        f"{name}: {answers.get(name)!r} instead of {value!r}"
        for name, value in plain.items()
        if name in answers and not isinstance(answers[name], dict) and answers[name] != value
    ]
