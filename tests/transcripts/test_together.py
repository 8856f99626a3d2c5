"""Whole conversations of several people, word for word, on the engine, on the web chat and on Telegram.

A transcript that should change is written anew with JIANGJIAN_WRITE_TRANSCRIPTS=1, as those of cases are.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from forms.library import Library
from forms.printing.workers import Workers
from storage.database import Database
from tests.bot.house.invitees import SOURCE
from tests.bot.household import House, Someone
from tests.bot.telegram.double import Telegram
from tests.bot.telegram.phone import Phone
from tests.bot.telegram.service import Service
from tests.bot.webchat.caller import Caller
from tests.transcripts.speakers import Browsing, Speaker, Spoken, Texting, read, written

KEPT = sorted((Path(__file__).parent / "together").glob("*.talk"))
together = pytest.mark.parametrize("kept", KEPT, ids=lambda path: path.stem)


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    workers = Workers(1)
    yield workers
    workers.close()


@pytest.fixture
def house(database: Database, tmp_path: Path, workers: Workers) -> House:
    return House(database, tmp_path / "files", workers)


@pytest.fixture
def programmes(tmp_path: Path) -> Path:
    """A directory with the programme of these conversations, beside those that are built in."""
    for name, content in SOURCE.files.items():
        path = tmp_path / "programmes" / "small" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")
    return tmp_path / "programmes"


@pytest.fixture
async def telegram() -> AsyncIterator[Telegram]:
    async with Telegram() as servers:
        yield servers


@pytest.fixture
async def service(telegram: Telegram, programmes: Path, tmp_path: Path) -> AsyncIterator[Service]:
    """Both doors in one process."""
    async with Service(telegram, tmp_path / "bot", JIANGJIAN_PROGRAMMES=programmes) as running:
        yield running


async def play(kept: Path, comes: Callable[[str], Speaker]) -> str:
    """Let everybody do their lines; gives the transcript as it then is."""
    acts, people, link = read(kept), dict[str, Speaker](), ""
    for act in acts:
        if act.who not in people:
            people[act.who] = comes(act.who)
        link = await people[act.who].does(act, link) or link
    return written(acts)


@together
async def test_the_engine_leads_it_as_before(kept: Path, house: House, programmes: Path) -> None:
    house.open(Library.open([programmes]))
    told = await play(kept, lambda name: Spoken(Someone(house, name)))
    if os.environ.get("JIANGJIAN_WRITE_TRANSCRIPTS"):
        kept.write_text(told, "utf-8")
    assert told == kept.read_text("utf-8")


@together
async def test_the_web_chat_shows_it(kept: Path, service: Service) -> None:
    names = {act.who for act in read(kept)}
    async with AsyncExitStack() as stack:
        people: dict[str, Speaker] = {}
        for name in names:
            browser = await stack.enter_async_context(Caller(service.url, service.url))
            people[name] = Browsing(await browser.connects(), service, browser.cookie)
        await play(kept, people.__getitem__)


@together
async def test_telegram_shows_it_and_tells_the_others_by_itself(
    kept: Path, service: Service, telegram: Telegram
) -> None:
    await play(kept, lambda name: Texting(Phone(telegram, name), service))
    assert not telegram.refusals and not service.faults
