"""Health and readiness, each fault made for real: a stranger learns a code and no more."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from aiohttp.test_utils import TestServer
from pytest_aiohttp.plugin import AiohttpServer
from sqlalchemy import create_engine, text

from bot.house import readiness
from bot.house.conversation import Conversation
from bot.house.readiness import Readiness
from bot.webchat.policy import Policy
from bot.webchat.server import application, listening
from storage.database import Database
from storage.files import FileStore
from storage.keyring import Master
from tests.bot.webchat.caller import HOME, Caller

Serves = Callable[[Readiness], Awaitable[TestServer]]


@pytest.fixture
def serves(conversation: Conversation, aiohttp_server: AiohttpServer) -> Serves:
    async def serve(asked: Readiness) -> TestServer:
        policy = Policy(public_url=HOME)
        return await aiohttp_server(application(conversation, policy, None, asked), **listening(policy))

    return serve


@pytest.fixture
def house(database: Database, tmp_path: Path) -> Readiness:
    return readiness.of_house(database, FileStore(tmp_path / "stored"))


async def asked(server: TestServer, path: str = "/readyz") -> tuple[int, dict[str, object]]:
    async with Caller(server) as stranger:
        answer = await stranger.get(path)
        assert stranger.cookie == "", "whoever asks gets no session"
        assert answer.headers["Cache-Control"] == "private, no-store"
        return answer.status, await answer.json()


async def not_ready(server: TestServer) -> str:
    status, told = await asked(server)
    assert status == 503
    assert set(told) == {"ready", "code"} and told["ready"] is False
    return str(told["code"])


async def test_a_house_that_works_is_ready(serves: Serves, house: Readiness) -> None:
    server = await serves(house)
    assert await asked(server) == (200, {"ready": True})
    assert await asked(server, "/healthz") == (200, {"alive": True})


async def test_without_its_database_it_lives_and_is_not_ready(
    serves: Serves, house: Readiness, database: Database
) -> None:
    server = await serves(house)
    database.close()
    assert await not_ready(server) == "database"
    assert await asked(server, "/healthz") == (200, {"alive": True})


async def test_tables_of_another_version_are_not_ready(
    serves: Serves, house: Readiness, database: Database, url: str
) -> None:
    server = await serves(house)
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    engine.dispose()
    assert await not_ready(server) == "migrations"


async def test_a_keyring_that_is_away_is_not_ready(
    serves: Serves, house: Readiness, database: Database, url: str
) -> None:
    server = await serves(house)
    if url.startswith("sqlite"):
        (Path(url.removeprefix("sqlite:///")).parent / "keys.sqlite").write_bytes(b"no database at all" * 500)
    else:
        engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
        with engine.begin() as connection:
            connection.execute(text("DROP TABLE sealing_key"))
        engine.dispose()
    assert await not_ready(server) == "keys"


async def test_a_keyring_under_a_master_key_that_was_taken_away_is_not_ready(
    serves: Serves, house: Readiness, database: Database
) -> None:
    server = await serves(house)
    await database.run(lambda unit: unit.sealed.make("ab" * 16))
    database.keyring._masters = lambda: Master.read("77" * 32)
    assert await not_ready(server) == "keys"


async def test_files_that_cannot_be_written_are_not_ready(
    serves: Serves, house: Readiness, tmp_path: Path
) -> None:
    server = await serves(house)
    shutil.rmtree(tmp_path / "stored")  # the disk is not mounted any more
    assert await not_ready(server) == "files"


async def test_once_it_is_told_to_stop_it_is_not_ready_however_well_it_is(
    serves: Serves, house: Readiness
) -> None:
    server = await serves(house)
    assert await asked(server) == (200, {"ready": True})
    house.stopping = True
    assert await not_ready(server) == "stopping", "what was good a moment ago is not told any more"
    assert await asked(server, "/healthz") == (200, {"alive": True})


async def test_it_is_ready_again_once_it_is(
    serves: Serves, house: Readiness, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readiness, "_GOOD", 0.0)
    server = await serves(house)
    shutil.rmtree(tmp_path / "stored")
    assert await not_ready(server) == "files"
    FileStore(tmp_path / "stored")
    assert await asked(server) == (200, {"ready": True})


async def test_a_database_that_does_not_answer_is_told_in_time(
    serves: Serves, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readiness, "_PATIENCE", 0.05)
    server = await serves(Readiness({"database": lambda: asyncio.sleep(60)}))
    assert await not_ready(server) == "database"


async def test_however_many_ask_the_parts_are_asked_once() -> None:
    count = 0

    async def counts() -> None:
        nonlocal count
        count += 1
        await asyncio.sleep(0.01)

    parts = Readiness({"database": counts})
    assert set(await asyncio.gather(*(parts.trouble() for _ in range(200)))) == {""}
    assert await parts.trouble() == ""
    assert count == 1
