"""Asking Telegram for updates. What is fetched is confirmed only once it counts.

Telegram takes the offset of a request as the confirmation of everything before it. So the offset stops at the first
update that does not count yet; while one takes long (a large file), new ones are fetched from there on at short
intervals, and those that came before are recognised. Nobody waits for somebody else's upload.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from typing import Any

import structlog
from aiogram import Bot
from aiogram.exceptions import (
    AiogramError,
    TelegramConflictError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.methods import TelegramMethod

from bot.house.failure import Failure
from bot.telegram.order import Order
from bot.telegram.updates import WANTED

log = structlog.get_logger(__name__)

#: Seconds that Telegram holds a request open while nothing happens, and that an answer may take beyond that.
_OPEN, _PATIENCE = 30, 15
#: Seconds to wait for updates in hand before looking for new ones; it grows while the first of them is stuck. Not
#: under half a second: asked again sooner with the same offset, Telegram gives one update only.
_GLANCE, _LONGEST_GLANCE = 0.6, 2.0
#: Seconds between tries while Telegram cannot be asked; doubles up to the longest.
_PAUSE, _LONGEST_PAUSE = 1.0, 30.0
_MOST = 100

REFUSED = "Telegram refuses BOT_TOKEN: ask @BotFather for the right one"


class RawUpdates(TelegramMethod[list[Any]]):
    """`getUpdates` as raw JSON: one update that aiogram cannot read must not hold up all the others."""

    __returning__ = list[Any]
    __api_method__ = "getUpdates"

    offset: int | None = None
    limit: int | None = None
    timeout: int | None = None
    allowed_updates: list[str] | None = None


class Polling:
    """Fetches until told to stop. `tell` gets a line for the operator when something changes for the worse or better."""

    def __init__(self, bot: Bot, order: Order, tell: Callable[[str], None]) -> None:
        self._bot = bot
        self._order = order
        self._tell = tell
        self._offset: int | None = None
        self._in_hand: dict[int, asyncio.Task[None] | None] = {}
        self._trouble = ""
        self._pause = _PAUSE

    async def run(self, stop: asyncio.Event) -> None:
        """Until `stop`; then what is in hand is left to be finished by `finish`. Raises `Failure` on a wrong token."""
        stopping = asyncio.ensure_future(stop.wait())
        glance = _GLANCE
        try:
            while not stop.is_set():
                fetching = asyncio.ensure_future(self._fetch(0 if self._in_hand else _OPEN))
                await asyncio.wait((fetching, stopping), return_when=asyncio.FIRST_COMPLETED)
                if not fetching.done():
                    fetching.cancel()
                    await asyncio.wait((fetching,))
                    break
                if not self._hand_on(fetching.result()) and not self._in_hand:
                    continue
                await self._wait(glance, stopping)
                glance = _GLANCE if self._advance() else min(2 * glance, _LONGEST_GLANCE)
        finally:
            stopping.cancel()

    async def finish(self) -> None:
        """Confirm what counts by now, so that the next start does not get it again."""
        if self._advance() and self._offset is not None:
            try:
                method = RawUpdates(offset=self._offset, limit=1, timeout=0, allowed_updates=WANTED)
                await self._bot(method, request_timeout=_PATIENCE)
            except (AiogramError, TimeoutError) as error:
                # They come again and are recognised.
                log.info("telegram.unconfirmed", error=type(error).__name__)

    def _hand_on(self, fetched: list[Any]) -> bool:
        """Hand on what is new; whether there was anything."""
        new = False
        for raw in fetched:
            number = raw.get("update_id") if isinstance(raw, dict) else None
            if not isinstance(number, int):
                log.warning("telegram.update_without_number")
            elif number not in self._in_hand:
                self._in_hand[number] = self._order.accept(raw)
                new = True
        return new

    async def _wait(self, seconds: float, stopping: asyncio.Future[Any]) -> None:
        """For everything in hand, but not for long."""
        tasks = [task for task in self._in_hand.values() if task and not task.done()]
        if tasks:
            counting = asyncio.ensure_future(asyncio.wait(tasks))
            await asyncio.wait((counting, stopping), timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
            counting.cancel()

    def _advance(self) -> bool:
        """Move the offset over what counts; whether it moved."""
        moved = False
        for number in list(self._in_hand):
            task = self._in_hand[number]
            if task and (not task.done() or task.cancelled()):
                break
            del self._in_hand[number]
            self._offset = number + 1
            moved = True
        return moved

    async def _fetch(self, hold: int) -> list[Any]:
        """The next updates; none after a pause where Telegram could not be asked."""
        method = RawUpdates(offset=self._offset, limit=_MOST, timeout=hold, allowed_updates=WANTED)
        try:
            fetched = await self._bot(method, request_timeout=hold + _PATIENCE)
        except (TelegramUnauthorizedError, TelegramNotFound) as error:
            raise Failure(REFUSED) from error
        except TelegramRetryAfter as error:
            await asyncio.sleep(error.retry_after)
            return []
        except TelegramConflictError:
            return await self._later(
                "another process asks Telegram for this bot's updates: stop one of the two"
            )
        except (AiogramError, TimeoutError, OSError) as error:
            return await self._later(f"Telegram cannot be reached ({type(error).__name__})")
        if self._trouble:
            self._tell("Telegram answers again")
        self._trouble, self._pause = "", _PAUSE
        if not fetched and hold:
            # All is confirmed. After a quiet week Telegram begins its numbers anew, perhaps below the offset.
            self._offset = None
        return fetched

    async def _later(self, trouble: str) -> list[Any]:
        if trouble != self._trouble:
            self._tell(f"{trouble}; trying again")
        self._trouble = trouble
        await asyncio.sleep(self._pause * random.uniform(0.7, 1.3))  # noqa: S311 - spreads, hides nothing
        self._pause = min(2 * self._pause, _LONGEST_PAUSE)
        return []
