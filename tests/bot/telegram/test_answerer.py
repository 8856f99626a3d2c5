"""What the kill harness takes for lost: only what the bot let go of, whatever is shown while something still waits."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tests.bot.telegram.answerer import Answerer
from tests.bot.telegram.caller import Caller
from tests.bot.telegram.double import Telegram


@asynccontextmanager
async def waiting() -> AsyncIterator[tuple[Caller, Answerer]]:
    """Somebody has answered question 0 and asks for their Screen, as it takes long; a bot that is called by hand."""
    async with Telegram() as telegram, Caller(telegram) as bot:
        person = Answerer(telegram, random.Random(1))
        person.step = 0
        answering = asyncio.create_task(person.goes_on())
        await asyncio.sleep(0)
        assert telegram.updates.pending
        person.nudge()
        yield bot, person
        await bot.says(person.phone, "请填第1项", "菜单")
        await asyncio.wait_for(answering, 10)
        assert (person.step, person.unshown) == (1, 0 if person.lost else 1)


async def confirms(bot: Caller) -> None:
    """Let go of everything so far."""
    last = (await bot.done("getUpdates"))[-1]["update_id"]
    await bot.done("getUpdates", offset=last + 1)


async def test_a_screen_of_before_is_no_loss_while_the_answer_waits() -> None:
    async with waiting() as (bot, person):
        await bot.says(person.phone, "请填第0项", "菜单")
        await asyncio.sleep(1)
        assert person.lost == 0
    assert person.lost == 0


async def test_an_answer_that_was_let_go_and_is_asked_for_again_is_lost() -> None:
    async with waiting() as (bot, person):
        await confirms(bot)
        said = len(person.phone.chat.messages)
        await bot.says(person.phone, "请填第0项", "菜单")
        async with asyncio.timeout(10):
            while not person.lost:  # noqa: ASYNC110  # it is said by nobody
                await asyncio.sleep(0.02)
        assert len(person.phone.chat.messages) == said + 2, "it is said once more"
