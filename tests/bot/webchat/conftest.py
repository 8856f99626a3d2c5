from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest
from aiohttp.test_utils import TestServer
from pytest_aiohttp.plugin import AiohttpServer

from bot.house import wiring
from bot.house.conversation import Conversation
from bot.house.settings import Settings
from bot.webchat.policy import Policy
from bot.webchat.server import application, listening
from forms.printing.workers import Workers
from tests.bot.webchat.browsing import arrives, browser, case, house, programme, visits  # noqa: F401
from tests.bot.webchat.caller import HOME, Caller
from tests.bot.webchat.house import conversation as opened

Opens = Callable[..., Awaitable[TestServer]]


@pytest.fixture(scope="session")
def crew() -> Iterator[Workers]:
    with wiring.workers(Settings(workers=1)) as workers:
        yield workers


@pytest.fixture
def conversation(crew: Workers, tmp_path: Path) -> Iterator[Conversation]:
    with opened(tmp_path, crew) as behind:
        yield behind


@pytest.fixture
def opens(conversation: Conversation, aiohttp_server: AiohttpServer) -> Opens:
    """Open the door with another policy than the usual one."""

    async def open_door(**limits: object) -> TestServer:
        policy = Policy(**{"public_url": HOME, **limits})
        return await aiohttp_server(application(conversation, policy), **listening(policy))

    return open_door


@pytest.fixture
async def server(opens: Opens) -> TestServer:
    return await opens()


@pytest.fixture
async def caller(server: TestServer) -> Caller:
    async with Caller(server) as someone:
        yield someone


@pytest.fixture
async def other(server: TestServer) -> Caller:
    async with Caller(server) as someone:
        yield someone
