"""Several fronts on one PostgreSQL: one of them asks Telegram, and the next one when that goes; or any is delivered to."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, suppress
from functools import partial
from pathlib import Path

import pytest
from aiohttp import ClientError, ClientSession, web
from aiohttp.test_utils import TestServer

from storage import interviews
from tests.bot.telegram.double import Telegram
from tests.bot.telegram.phone import Phone
from tests.bot.telegram.service import PUBLIC, Service
from tests.storage.rings import Kept, ring


@pytest.fixture
async def telegram() -> AsyncIterator[Telegram]:
    async with Telegram() as servers:
        yield servers


@pytest.fixture
async def fronts(
    telegram: Telegram, postgresql: Callable[..., str], postgresql_up_to_date: str, tmp_path: Path
) -> AsyncIterator[list[Service]]:
    """The first asks; the second has come later."""
    url = postgresql(postgresql_up_to_date)
    shared = {"JIANGJIAN_DATABASE": url, "JIANGJIAN_DATA": tmp_path / "shared"}
    services = [Service(telegram, tmp_path / name, **shared) for name in ("one", "other")]
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(services[0])
        stack.push_async_callback(_ends, services[1])
        await opens(services[1])
        yield services


async def opens(service: Service) -> None:
    """Start a front that does not ask yet."""
    lines = len(service.lines)
    await service.launch()
    await service.until(
        lambda: "on Telegram" in "".join(service.lines[lines:]) or not service.running, "a front to open"
    )
    assert service.running, service.told


async def _ends(service: Service) -> None:
    if service.running:
        await service.stop()


async def test_one_front_asks_and_the_next_one_when_it_is_killed(
    telegram: Telegram, fronts: list[Service]
) -> None:
    one, other = fronts
    phone = Phone(telegram)
    await phone.begins()
    await one.kill()
    await phone.chooses("是")
    await opens(one)
    await other.stop()
    await phone.tells("菜单")
    told = "\n".join(service.told for service in fronts)
    assert "another process asks Telegram" not in told
    assert not [fault for service in fronts for fault in service.faults]


class Balancer:
    """Hands each delivery to the next front; where that does not answer, to another."""

    def __init__(self, fronts: list[Service]) -> None:
        self._fronts = fronts
        self._number = 0
        self.took = [0 for _ in fronts]

    async def hands_on(self, request: web.Request) -> web.Response:
        body = await request.read()
        self._number += 1
        for shift in range(len(self._fronts)):
            at = (self._number + shift) % len(self._fronts)
            with suppress(ClientError, OSError):
                url = self._fronts[at].url + request.path
                async with ClientSession() as session:
                    response = await session.post(url, data=body, headers=request.headers)
                    self.took[at] += 1
                    return web.Response(status=response.status, body=await response.read())
        return web.Response(status=502)


@pytest.fixture
async def balanced(
    telegram: Telegram,
    postgresql: Callable[..., str],
    postgresql_up_to_date: str,
    tmp_path: Path,
    aiohttp_server: Callable[..., Awaitable[TestServer]],
) -> AsyncIterator[tuple[list[Service], Balancer]]:
    """Two fronts at one address, to which Telegram delivers."""
    shared = {
        "JIANGJIAN_DATABASE": postgresql(postgresql_up_to_date),
        "JIANGJIAN_DATA": tmp_path / "shared",
    }
    services = [Service(telegram, tmp_path / name, webhook=True, **shared) for name in ("one", "other")]
    async with AsyncExitStack() as stack:
        for each in services:
            await stack.enter_async_context(each)
        balancer = Balancer(services)
        app = web.Application()
        app.router.add_post("/{path:.*}", balancer.hands_on)
        server = await aiohttp_server(app)
        telegram.updates.reached_at[PUBLIC] = str(server.make_url("")).rstrip("/")
        yield services, balancer


async def test_whatever_front_is_delivered_to_each_answer_stands_at_its_question(
    telegram: Telegram, balanced: tuple[list[Service], Balancer], tmp_path: Path
) -> None:
    fronts, balancer = balanced
    people = [Phone(telegram) for _ in range(8)]
    typed = ("焊工", "2015年7月")

    async def fills(phone: Phone) -> None:
        await phone.begins()
        await phone.chooses("是")
        for text in typed:
            await phone.tells(text)

    async def hurries(phone: Phone) -> None:
        await phone.begins()
        await phone.chooses("是")
        for text in typed:
            phone.says(text)

    await asyncio.gather(*map(fills, people[:4]), *map(hurries, people[4:]))
    await telegram.updates.settled(60)
    assert min(balancer.took) >= 5 * len(people) // 3, balancer.took
    settings = fronts[0].environment()
    kept = Kept(settings["JIANGJIAN_DATABASE"], ring(f"sqlite:///{tmp_path / 'shared' / 'x.sqlite'}"))
    try:
        for phone in people:
            seat = await kept.read(partial(interviews.speaker, channel="telegram", address=str(phone.id)))
            assert seat
            assert seat.state.answers == {
                "route": "unit",
                "in_area": True,
                "trade": "焊工",
                "trade_start": "2015-07",
            }
            await phone.until(
                lambda phone=phone: len([each for each in phone.chat.standing if each.rows]) == 1,
                "one keyboard to stand, that of the last question",
            )
    finally:
        kept.close()
