"""From the first question over two letters and one return to accepted, passed up, staged and taken along: five people, two doors.

A transcript that should change is written anew with JIANGJIAN_WRITE_TRANSCRIPTS=1, as those of cases are.
"""

from __future__ import annotations

import asyncio
import io
import os
import zipfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.house import wiring
from bot.house.links import Links
from bot.house.recovery import key_of
from bot.house.seating import Seating
from bot.house.settings import Settings
from forms.library import Library
from forms.loader import Source
from forms.printing.workers import Workers
from storage import desk_tables
from storage.database import Database
from tests.bot.house.desk.cases import STATED_SOURCE as STATED
from tests.bot.household import House, Someone
from tests.bot.selection import laid
from tests.bot.telegram.double import Telegram
from tests.bot.telegram.phone import Phone
from tests.bot.telegram.service import NOON, Service
from tests.bot.webchat.caller import Caller
from tests.transcripts.offices import SOURCE, seated
from tests.transcripts.speakers import Browsing, Speaker, Spoken, Texting, read, written

KEPT = Path(__file__).parent / "desk" / "accepted.talk"
UNION = Path(__file__).parent / "desk" / "union.talk"
#: Who is on Telegram where both doors are used.
ON_TELEGRAM = frozenset({"mo", "wei"})


async def play(comes: Callable[[str], Speaker], tick: Callable[[datetime], None], kept: Path = KEPT) -> str:
    """Let everybody do their lines, a second after each other; gives the transcript as it then is."""
    acts, people, link = read(kept), dict[str, Speaker](), ""
    for number, act in enumerate(acts):
        tick(datetime.fromisoformat(NOON) + timedelta(seconds=number))
        if act.who not in people:
            people[act.who] = comes(act.who)
        link = await people[act.who].does(act, link) or link
    return written(acts)


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    workers = Workers(1)
    yield workers
    workers.close()


async def on_the_engine(
    database: Database, tmp_path: Path, workers: Workers, source: Source, kept: Path
) -> None:
    """The engine says what was written down, or it is written anew."""
    house = House(database, tmp_path / "files", workers)
    house.open(Library.open([laid(source, tmp_path / "programmes")]))
    seats = await seated(database, house.conversation.staff.seating, house.now)

    def tick(now: datetime) -> None:
        house.now = now

    told = await play(lambda name: Spoken(Someone(house, name), seats.get(name, "")), tick, kept)
    if os.environ.get("JIANGJIAN_WRITE_TRANSCRIPTS"):
        kept.write_text(told, "utf-8")
    assert told == kept.read_text("utf-8")


async def test_the_engine_leads_it_as_before(database: Database, tmp_path: Path, workers: Workers) -> None:
    await on_the_engine(database, tmp_path, workers, SOURCE, KEPT)


async def test_the_engine_asks_the_union_for_its_own_words_as_before(
    database: Database, tmp_path: Path, workers: Workers
) -> None:
    await on_the_engine(database, tmp_path, workers, STATED, UNION)


@pytest.fixture
async def telegram() -> AsyncIterator[Telegram]:
    async with Telegram() as servers:
        yield servers


async def at_both_doors(
    telegram: Telegram, tmp_path: Path, source: Source, kept: Path, taken: str = ""
) -> bytes:
    """Both doors at once show what was written down; gives what somebody then takes along."""
    programmes = laid(source, tmp_path / "programmes")
    settings = {"JIANGJIAN_PROGRAMMES": programmes, "JIANGJIAN_TELEGRAM_NAMES": "1"}
    service = Service(telegram, tmp_path / "bot", **settings)
    with wiring.database(Settings(data=service.directory)) as rows:
        seating = Seating(key_of(service.directory, ""), Links("http://localhost"))
        seats = await seated(rows, seating, datetime.fromisoformat(NOON))
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(service)
        people: dict[str, Speaker] = {}
        callers: dict[str, Caller] = {}
        for name in {act.who for act in read(kept)}:
            if name in ON_TELEGRAM:
                people[name] = Texting(Phone(telegram, name), service, seats.get(name, ""))
                continue
            browser = callers[name] = await stack.enter_async_context(Caller(service.url, service.url))
            people[name] = Browsing(
                await browser.connects(), service, browser.cookie, browser, seats.get(name, "")
            )
        await play(people.__getitem__, lambda now: service.at(now.isoformat()), kept)
        packet = await taken_along(service, callers[taken]) if taken else b""
    assert not telegram.refusals
    assert not service.faults
    return packet


async def test_both_doors_show_it_at_once(telegram: Telegram, tmp_path: Path) -> None:
    packet = await at_both_doors(telegram, tmp_path, SOURCE, KEPT, "zhang")
    with zipfile.ZipFile(io.BytesIO(packet)) as bundle:
        assert bundle.testzip() is None
        assert any("陆建华" in name and name.endswith(".pdf") for name in bundle.namelist())


async def test_both_doors_ask_the_union_for_its_own_words(telegram: Telegram, tmp_path: Path) -> None:
    await at_both_doors(telegram, tmp_path, STATED, UNION)


async def taken_along(service: Service, browser: Caller) -> bytes:
    """The packets that were exported last, as their office fetches them."""
    wanted = select(desk_tables.export.c.id).where(desk_tables.export.c.state == "ready")
    with wiring.database(Settings(data=service.directory)) as kept:
        async with asyncio.timeout(60):
            while not (  # noqa: ASYNC110  # made in the background by another process
                found := await kept.read(lambda unit: unit.connection.execute(wanted).scalars().all())
            ):
                await asyncio.sleep(0.1)
    response = await browser.get(f"/exports/{found[-1]}")
    assert response.status == 200
    return await response.read()
