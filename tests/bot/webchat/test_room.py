"""Uploads at once for which there is no room, of a person or on our disk, over real HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import pytest
from aiohttp import ClientResponse
from pytest_aiohttp.plugin import AiohttpServer

from bot.house import wiring
from bot.house.conversation import Conversation
from bot.house.settings import Settings
from bot.webchat.policy import Pace, Policy
from bot.webchat.server import application, listening
from forms.printing.workers import Workers
from storage.chunks import lying_size
from tests.bot.webchat.caller import HOME, Caller
from tests.bot.webchat.conftest import Opens
from tests.bot.webchat.house import NOON
from tests.bot.webchat.test_files import PHOTO, begun
from tests.built_in import built_in

MB = 1024 * 1024
QUOTA = 10 * MB
SIZE = 600_000


@contextmanager
def behind(settings: Settings, crew: Workers) -> Iterator[Conversation]:
    with wiring.database(settings) as kept:
        yield wiring.conversation(settings, built_in(), kept, crew, lambda: NOON)


@pytest.fixture
def conversation(crew: Workers, tmp_path: Path) -> Iterator[Conversation]:
    with behind(Settings(data=tmp_path, largest_person=QUOTA // MB), crew) as opened:
        yield opened


def picture(number: int) -> bytes:
    """One of forty that differ, each of `SIZE` bytes."""
    return PHOTO.read_bytes().ljust(SIZE - 1, b"\0") + bytes([number])


async def streamed(content: bytes) -> AsyncIterator[bytes]:
    """The same without its length said beforehand."""
    for start in range(0, len(content), 64 * 1024):
        yield content[start : start + 64 * 1024]


def lying(directory: Path) -> int:
    total = 0
    for path in (directory / "files").rglob("*"):
        try:
            total += path.stat().st_size if path.is_file() else 0
        except FileNotFoundError:  # it has moved to its place
            continue
    return total


@asynccontextmanager
async def watched(directory: Path) -> AsyncIterator[list[int]]:
    """The bytes that lay there, look by look."""
    seen: list[int] = []

    async def watches() -> None:
        while True:
            seen.append(lying(directory))
            await asyncio.sleep(0.005)

    watching = asyncio.create_task(watches())
    try:
        yield seen
    finally:
        watching.cancel()


@pytest.mark.parametrize("declared", [True, False], ids=["declared", "streamed"])
async def test_forty_at_once_keep_what_fits_and_refuse_the_rest_in_words(
    opens: Opens, tmp_path: Path, declared: bool
) -> None:
    server = await opens(uploads=Pace(100, 100))
    async with Caller(server) as caller, Caller(server) as neighbour:
        line = await begun(caller)
        await begun(neighbour)
        bodies = [picture(number) for number in range(40)]
        async with watched(tmp_path) as seen:
            answers: list[ClientResponse] = await asyncio.gather(
                *(caller.sends("a.jpg", body if declared else streamed(body)) for body in bodies)
            )
            beside = await neighbour.sends("b.jpg", PHOTO.read_bytes())
        kept = [each for each in answers if each.status == 201]
        refused = [each for each in answers if each.status != 201]
        assert refused
        for each in refused:
            assert each.status == 413
            said = await each.json()
            assert said["error"] == "too_many_files"
            assert "太多" in said["say"]["zh"]
        assert beside.status == 201, "another person's room is their own"
        # A person's room is counted by what they send; sealed, each file lies a little larger.
        photo, seals = lying_size(len(PHOTO.read_bytes())), len(bodies) * (lying_size(SIZE) - SIZE)
        assert max(seen) <= QUOTA + seals + photo
        assert lying(tmp_path) == len(kept) * lying_size(SIZE) + photo
        if declared:
            assert len(kept) == QUOTA // SIZE
        elif len(kept) < QUOTA // SIZE:
            # Of those whose size nobody said, each may have held what the others waited for. It is given back.
            again = await caller.sends("a.jpg", picture(40))
            assert again.status == 201
            kept.append(again)
        # What was taken is there, whole, and the conversation goes on.
        for each in kept:
            facts = await each.json()
            assert (facts["size"], facts["trouble"]) == (SIZE, None)
        assert (await line.presses("个人自主申报"))["screen"]


async def test_a_disk_of_six_megabytes_keeps_whole_files_and_blames_nobody(
    small_disk: Path, crew: Workers, aiohttp_server: AiohttpServer
) -> None:
    with behind(Settings(data=small_disk), crew) as opened:
        policy = Policy(public_url=HOME)
        server = await aiohttp_server(application(opened, policy), **listening(policy))
        async with Caller(server) as caller:
            line = await begun(caller)
            answers = await asyncio.gather(*(caller.sends("a.jpg", picture(number)) for number in range(20)))
            kept = [await each.json() for each in answers if each.status == 201]
            refused = [each for each in answers if each.status != 201]
            assert kept
            assert refused
            for each in refused:
                assert each.status == 507
                assert "不是您的文件有问题" in (await each.json())["say"]["zh"]
            assert {(each["size"], each["trouble"]) for each in kept} == {(SIZE, None)}
            assert lying(small_disk) == len(kept) * lying_size(SIZE)
            assert (await caller.get(f"/files/{kept[-1]['file']}")).status == 200
            assert (await line.presses("个人自主申报"))["screen"], "an answer still finds room"
