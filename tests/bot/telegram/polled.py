"""A bot that asks for updates, a phone, and no test that leaves a blemish: for a module of conversations.

To be imported by name: `polling` and `telegram` of `house` come along.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.bot.telegram.double import Telegram
from tests.bot.telegram.house import Blemishes, polling, telegram
from tests.bot.telegram.phone import Phone
from tests.bot.telegram.service import NOON, Service

__all__ = ["no_blemish", "phone", "polling", "service", "telegram"]


@pytest.fixture
def service(polling: Service) -> Service:
    polling.at(NOON)
    return polling


@pytest.fixture
def phone(telegram: Telegram, service: Service) -> Phone:
    return Phone(telegram)


@pytest.fixture(autouse=True)
def no_blemish(telegram: Telegram, service: Service) -> Iterator[None]:
    blemishes = Blemishes(telegram, service)
    yield
    blemishes.none()
