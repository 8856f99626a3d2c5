"""What is to be told at doors of their own accord: put in the outbox by the unit that makes it true.

Payloads carry ids alone. What is told is worked out when it is delivered; what has been read meanwhile is not told
again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.house.archive import Archive
from forms.message import Message
from storage import notices, outbox
from storage.outbox import Item
from storage.unit import Unit

#: Seconds for which an item is in one courier's hands.
_LEASE = timedelta(seconds=60)
_TOGETHER = 20
#: For how long an item is known that was told: as long as anything may be put in under its key again.
_KEPT = timedelta(days=90)

#: A door: its channel, and the address there.
DoorKey = tuple[str, str]


def tell(unit: Unit, door: DoorKey, message: Message, now: datetime, code: str = "") -> None:
    """Let a sentence wait at a door for its next Screen, and have the door spoken to if that can be done."""
    notice = notices.place(unit, *door, message, now, code)
    outbox.enqueue(unit, "notice", f"notice {notice}", {"notice": str(notice)}, now)


class Post:
    """The outbox as couriers see it."""

    def __init__(self, archive: Archive, clock: Callable[[], datetime]) -> None:
        self._archive = archive
        self._clock = clock
        self._new = asyncio.Event()

    def wake(self) -> None:
        """Something may be waiting."""
        self._new.set()

    async def wait(self, seconds: float) -> None:
        """Until something may be waiting, or for so long: another process puts things in, too."""
        try:
            async with asyncio.timeout(seconds):
                await self._new.wait()
        except TimeoutError:
            pass
        self._new.clear()

    async def claim(self) -> tuple[Item, ...]:
        """What is due and in nobody's hands; it is ours for a minute."""
        return await self._archive.run(lambda unit: outbox.claim(unit, self._clock(), _LEASE, _TOGETHER))

    async def whither(self, item: Item) -> DoorKey | None:
        """The door that an item is for; None where it needs to be told no more."""
        return await self._archive.read(lambda unit: notices.where(unit, int(item.payload["notice"])))

    async def delivered(self, item: Item, message: str) -> None:
        """It was told, in a message of that id; "" where the door shows it when somebody comes."""

        def settle(unit: Unit) -> None:
            if outbox.settle(unit, item, message) and message:
                notices.read(unit, int(item.payload["notice"]), self._clock())

        await self._archive.run(settle)

    async def failed(self, item: Item, wait: timedelta | None) -> None:
        """It could not be told now; it is tried again later, after `wait` where the door named a time."""
        await self._archive.run(lambda unit: outbox.postpone(unit, item, self._clock(), wait))

    async def prune(self) -> None:
        """Drop what was told long ago; what could not be told stays for whoever looks after it."""
        await self._archive.run(lambda unit: outbox.prune(unit, self._clock() - _KEPT))
