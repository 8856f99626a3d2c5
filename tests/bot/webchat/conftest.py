from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path

import pytest
from aiohttp.test_utils import TestServer
from pytest_aiohttp.plugin import AiohttpServer

from bot.courier import Courier
from bot.house.conversation import Conversation
from bot.webchat.keepers import CHANNEL, DOOR
from bot.webchat.policy import Policy
from bot.webchat.server import application, listening
from forms.printing.workers import Workers
from tests.bot.webchat.browsing import (  # noqa: F401 - fixtures
    arrives,
    browser,
    case,
    house,
    programme,
    starts,
    visits,
)
from tests.bot.webchat.caller import HOME, Caller
from tests.bot.webchat.house import conversation as opened

Opens = Callable[..., Awaitable[TestServer]]


@pytest.fixture
def conversation(crew: Workers, tmp_path: Path) -> Iterator[Conversation]:
    with opened(tmp_path, crew) as behind:
        yield behind


@pytest.fixture
async def opens(conversation: Conversation, aiohttp_server: AiohttpServer) -> AsyncIterator[Opens]:
    """Open the door, with a courier beside it, and with another policy than the usual one."""
    couriers = []

    async def open_door(**limits: object) -> TestServer:
        policy = Policy(**{"public_url": HOME, **limits})
        app = application(conversation, policy)
        couriers.append(asyncio.create_task(Courier(conversation, {CHANNEL: app[DOOR]}).run()))
        return await aiohttp_server(app, **listening(policy))

    yield open_door
    for courier in couriers:
        courier.cancel()


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
