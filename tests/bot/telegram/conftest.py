from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.bot.telegram.caller import Caller
from tests.bot.telegram.double import Telegram
from tests.bot.telegram.phone import Phone


@pytest.fixture
async def telegram() -> AsyncIterator[Telegram]:
    """Telegram's servers without limits on speed."""
    async with Telegram() as servers:
        yield servers


@pytest.fixture
def phone(telegram: Telegram) -> Phone:
    return Phone(telegram)


@pytest.fixture
async def caller(telegram: Telegram, phone: Phone) -> AsyncIterator[Caller]:
    """A bot that the person has begun to speak with."""
    phone.says("/start")
    async with Caller(telegram) as someone:
        yield someone
