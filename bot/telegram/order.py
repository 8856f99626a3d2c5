"""Updates side by side across people, one after the other for each of them, none let go before it counts."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from itertools import chain, repeat
from typing import Any

import structlog
from aiogram import Bot
from sqlalchemy.exc import InterfaceError, OperationalError

from bot.house.faults import note
from bot.telegram.updates import Incoming, read
from storage.conflicts import Conflict

log = structlog.get_logger(__name__)

#: What passes by itself: the database is away or busy, others were faster.
_PASSING = (OperationalError, InterfaceError, Conflict)
#: Seconds before an update is tried again: as long as it takes where the fault passes, else a few times.
_PASSING_PAUSES = (0.2, 1, 3, 10)
_LONGEST_PAUSE = 30
_PAUSES = (0.1, 0.5, 2)
#: Updates remembered as done, so that one sent again is not done again, and what as many messages say.
_REMEMBERED = 10_000

_Hand = Callable[[Incoming], Awaitable[None]]


class Order:
    """Hands each update to `handle`, again where it fails, and `give_up` where it keeps failing.

    `handle` returns once what the person did is durable; what it shows them, it does not wait for. What was done
    already and comes once more goes to `repeated`: it counts once, and is answered all the same.
    """

    def __init__(
        self,
        bot: Bot,
        handle: _Hand,
        repeated: _Hand,
        give_up: _Hand,
    ) -> None:
        self._bot = bot
        self._handle = handle
        self._repeated = repeated
        self._give_up = give_up
        self._in_hand: dict[str, asyncio.Task[None]] = {}
        self._done: OrderedDict[str, None] = OrderedDict()
        self._last: dict[int, asyncio.Task[None]] = {}
        self._says: OrderedDict[tuple[int, int], str] = OrderedDict()

    def accept(self, raw: Any) -> asyncio.Task[None] | None:
        """Take an update in hand: a task that ends when it counts, None where there is nothing to do."""
        incoming = read(raw, self._bot)
        if incoming is None:
            return None
        in_hand = self._in_hand.get(incoming.key)
        if in_hand:
            return in_hand
        hand = self._repeated if incoming.key in self._done else self._handle
        if hand is self._handle and self._same(incoming):
            return None
        before = self._last.get(incoming.user)
        task = asyncio.get_running_loop().create_task(self._in_turn(before, hand, incoming))
        self._in_hand[incoming.key] = self._last[incoming.user] = task
        task.add_done_callback(lambda ended: self._ended(ended, incoming))
        return task

    async def rest(self, patience: float) -> bool:
        """Wait for what is in hand; False where something was cut off, which then stays unconfirmed."""
        tasks = set(self._in_hand.values())
        if tasks:
            _, left = await asyncio.wait(tasks, timeout=patience)
            for task in left:
                task.cancel()
            await asyncio.gather(*left, return_exceptions=True)
            return not left
        return True

    def _same(self, incoming: Incoming) -> bool:
        """Whether an edit leaves what the message says as it was: a preview of a link, a place that moves on."""
        if not incoming.says or incoming.message is None:
            return False
        message = (incoming.chat, incoming.message)
        before = self._says.pop(message, "")
        self._says[message] = incoming.says
        if len(self._says) > _REMEMBERED:
            self._says.popitem(last=False)
        return incoming.edited and before == incoming.says

    def _ended(self, task: asyncio.Task[None], incoming: Incoming) -> None:
        self._in_hand.pop(incoming.key, None)
        if self._last.get(incoming.user) is task:
            del self._last[incoming.user]
        if task.cancelled():
            self._says.pop((incoming.chat, incoming.message or 0), None)
        elif not task.exception():
            self._done[incoming.key] = None
            self._done.move_to_end(incoming.key)
            if len(self._done) > _REMEMBERED:
                self._done.popitem(last=False)

    async def _in_turn(self, before: asyncio.Task[None] | None, hand: _Hand, incoming: Incoming) -> None:
        if before and not before.done():
            await asyncio.wait((before,))
        passing = chain(_PASSING_PAUSES, repeat(_LONGEST_PAUSE))
        pauses = iter(_PAUSES)
        while True:
            try:
                return await hand(incoming)
            except _PASSING as error:
                pause = next(passing)
                log.warning("telegram.waiting", error=type(error).__name__, seconds=pause)
            except Exception as error:
                failed = type(error).__name__
                again = next(pauses, None)
                if again is None:
                    note("telegram.given_up", error)
                    return await self._give_up(incoming)
                pause = again
                log.warning("telegram.again", what=incoming.what, error=failed, seconds=pause)
            await asyncio.sleep(pause)
