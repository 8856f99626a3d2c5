"""Several fronts on one PostgreSQL: one of them asks Telegram, and the next one when that goes."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from tests.bot.telegram.double import Telegram
from tests.bot.telegram.phone import Phone
from tests.bot.telegram.service import Service


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
