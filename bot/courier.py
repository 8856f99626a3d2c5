"""Speaks to people of our own accord: takes what waits in the outbox, lets the right door deliver it, and settles.

A courier may die at any moment: its lease runs out and another one, or the same after a restart, tries again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol
from uuid import uuid4
from weakref import WeakValueDictionary

import structlog

from bot.house.conversation import Conversation
from bot.house.post import DoorKey
from dialogs.turn import Say, Screen, Turn
from dialogs.words import Words
from forms.message import say
from storage.outbox import Item

log = structlog.get_logger(__name__)

#: Seconds between two looks where nobody says that something waits.
_EVERY = 5.0
#: So often something may have been said and nobody knows: it is said no more then, and waits for whoever comes.
_MAYBE_SAID = 2
_AGAIN = say("下面这条您可能已经收到过一次。是同一条，不用再办。")


@dataclass(frozen=True)
class Receipt:
    """What a door did: the id of its message, "" where the Screen waits there until somebody comes."""

    message: str = ""


class Undelivered(Exception):  # noqa: N818  # how things are, not a defect
    """A door could not deliver now; `wait` is how long it wants to be left alone, where it says so."""

    def __init__(self, wait: timedelta | None = None) -> None:
        super().__init__(wait)
        self.wait = wait


class Door(Protocol):
    """A channel as a courier sees it. A `page` shows what stands there, however often it is asked to; a chat says it again."""

    @property
    def page(self) -> bool:
        """Whether it is one."""
        ...

    async def deliver(self, address: str, screen: Screen) -> Receipt:
        """Show a Screen that nobody has asked for. Raises `Undelivered`."""
        ...


class Courier:
    """Delivers for one process. `doors` are by channel; what is for another channel waits at its door."""

    def __init__(self, conversation: Conversation, doors: Mapping[str, Door]) -> None:
        self._conversation = conversation
        self._doors = doors
        self._locks: WeakValueDictionary[DoorKey, asyncio.Lock] = WeakValueDictionary()

    async def run(self) -> None:
        """Deliver until cancelled."""
        while True:
            try:
                while await self.round():
                    pass
            except Exception as error:  # the database is away: what waits, waits on
                log.error("courier.failed", error=type(error).__name__)
            await self._conversation.post.wait(_EVERY)

    async def round(self) -> int:
        """Deliver what is due now; gives how much that was."""
        items = await self._conversation.post.claim()
        await asyncio.gather(*(self._deliver(item) for item in items))
        return len(items)

    async def deliver(self, identifier: str) -> None:
        """Deliver this item of the outbox, where it is due and in nobody's hands: a job's way in."""
        item = await self._conversation.post.claim_one(int(identifier))
        if item:
            await self._deliver(item)

    async def _deliver(self, item: Item) -> None:
        post = self._conversation.post
        try:
            if await post.opened(item):
                return
        except Exception as error:
            log.warning("courier.not_opened", kind=item.kind, error=type(error).__name__)
            await post.failed(item, None)
            return
        where = await post.whither(item)
        door = self._doors.get(where[0]) if where else None
        if where is None or door is None:
            await post.delivered(item, "")
            return
        async with self._one_by_one(where):
            await self._say(item, door, *where)

    async def _say(self, item: Item, door: Door, channel: str, address: str) -> None:
        """Let a door show what waits there: all of it at once, so that what others of its items tell is told with it."""
        post = self._conversation.post
        begun: int | None = None
        try:
            notices = await post.beside(item)
            if not notices:
                await post.delivered(item, "")
                return
            screen = await self._conversation.take(channel, address, Turn(address, str(uuid4())))
            begun = await post.sending(item)
            if begun is None:
                return  # it took so long that another one has it
            if begun and not door.page:
                # Whoever said it died over it: once more, and known for that.
                if begun >= _MAYBE_SAID:
                    await post.delivered(item, "")
                    return
                screen = screen.telling((Say(Words(screen.locale)(_AGAIN), "note"),))
            receipt = await door.deliver(address, screen)
        except Undelivered as error:
            await post.failed(item, error.wait, begun=begun is not None)
        except Exception as error:
            log.warning("courier.not_delivered", channel=channel, error=type(error).__name__)
            await post.failed(item, None, begun=begun is not None)
        else:
            await post.delivered(item, receipt.message, () if door.page else notices)

    def _one_by_one(self, where: DoorKey) -> asyncio.Lock:
        """Keeps from a door the second message with what the first has told."""
        return self._locks.setdefault(where, asyncio.Lock())
