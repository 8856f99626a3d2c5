from __future__ import annotations

import os
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


#: Conversations over HTTP whose waiting still races under load, and the kill harness: run on demand.
ON_DEMAND = ["test_conversation_*.py", "test_trouble.py", "test_bad_updates.py", "test_kill_harness.py"]
_wanted = bool(os.environ.get("JIANGJIAN_TELEGRAM_HTTP"))
collect_ignore_glob = [] if _wanted else ON_DEMAND


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not _wanted:
        names = ", ".join(ON_DEMAND)
        terminalreporter.write_line(
            f"not run: tests/bot/telegram/{names}; set JIANGJIAN_TELEGRAM_HTTP=1 for them"
        )
