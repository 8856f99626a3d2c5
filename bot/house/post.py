"""What is to be told at doors of their own accord: put in the outbox by the unit that makes it true.

Payloads carry ids alone. What is told is worked out when it is delivered; what has been read meanwhile is not told
again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta

from bot.house.archive import Archive
from forms.hours import waking
from forms.message import Message
from storage import jobs, notices, outbox
from storage.outbox import Item
from storage.unit import Unit

#: Seconds for which an item is in one courier's hands.
_LEASE = timedelta(seconds=60)
_TOGETHER = 20
#: For how long an item is known that was told: as long as anything may be put in under its key again.
_KEPT = timedelta(days=90)
#: Nothing is put in again under the key of a notice: for so long one is known that was told.
_TOLD = timedelta(days=2)

#: For how long it stays noted which jobs were done.
_NOTED = timedelta(days=1)

#: A door: its channel, and the address there.
DoorKey = tuple[str, str]


#: What becomes of an item that names no door: it puts in what is to be told at doors.
Opens = Callable[[Unit, Item, datetime], None]


def tell(  # noqa: PLR0913, PLR0917  # one sentence, where and when
    unit: Unit,
    door: DoorKey,
    message: Message,
    now: datetime,
    code: str = "",
    quiet: str = "",
    case: str = "",
) -> None:
    """Let a sentence wait at a door for its next Screen, and have the door spoken to if that can be done.

    `quiet` is a time zone: nobody is spoken to at night there. What holds words of somebody's goes with its `case`.
    """
    notice = notices.place(unit, *door, message, now, code, case)
    payload = {"notice": str(notice), **({"quiet": quiet} if quiet else {})}
    outbox.enqueue(unit, "notice", f"notice {notice}", payload, now)


class Post:
    """The outbox as couriers see it. `opens` is by kind of item."""

    def __init__(
        self, archive: Archive, clock: Callable[[], datetime], opens: Mapping[str, Opens] | None = None
    ) -> None:
        self._archive = archive
        self._opens = opens or {}
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

    async def claim_one(self, identifier: int) -> Item | None:
        """This item, ours for a minute; None where it is told, or not for us now."""
        return await self._archive.run(lambda unit: outbox.claim_one(unit, identifier, self._clock(), _LEASE))

    async def missed(self) -> int:
        """Let those be delivered that a job was lost of; gives how many."""
        return len(await self._archive.run(lambda unit: outbox.missed(unit, self._clock())))

    async def opened(self, item: Item) -> bool:
        """Whether an item needs no door: it waits until the morning, or has put in what is told at several."""
        now = self._clock()
        morning = waking(now, item.payload["quiet"]) if "quiet" in item.payload else now
        if morning > now:
            await self._archive.run(lambda unit: outbox.wait(unit, item, morning))
            return True
        opens = self._opens.get(item.kind)
        if opens is None:
            return False

        def settle(unit: Unit) -> None:
            if outbox.settle(unit, item, ""):
                opens(unit, item, now)

        await self._archive.run(settle)
        self.wake()
        return True

    async def whither(self, item: Item) -> DoorKey | None:
        """The door that an item is for; None where it needs to be told no more."""
        return await self._archive.read(lambda unit: notices.where(unit, int(item.payload["notice"])))

    async def beside(self, item: Item) -> tuple[int, ...]:
        """As `storage.notices.beside`, of what an item is about."""
        return await self._archive.read(lambda unit: notices.beside(unit, int(item.payload["notice"])))

    async def sending(self, item: Item) -> int | None:
        """As `storage.outbox.sending`."""
        return await self._archive.run(lambda unit: outbox.sending(unit, item))

    async def delivered(self, item: Item, message: str, told: Collection[int] = ()) -> None:
        """It was told, in a message of that id; "" where the door shows it when somebody comes.

        `told` are the numbers of all notices that stand in that message for good, as in a chat.
        """

        def settle(unit: Unit) -> None:
            if not outbox.settle(unit, item, message) or not message:
                return
            if told:
                notices.told(unit, told, self._clock())
            else:
                notices.read(unit, int(item.payload["notice"]), self._clock())

        await self._archive.run(settle)

    async def failed(self, item: Item, wait: timedelta | None, *, begun: bool = False) -> None:
        """It could not be told now; it is tried again later, after `wait` where the door named a time.

        `begun` tells that its sending had begun.
        """

        def postpone(unit: Unit) -> None:
            if begun:
                outbox.unsent(unit, item)
            outbox.postpone(unit, item, self._clock(), wait)

        await self._archive.run(postpone)

    async def prune(self) -> None:
        """Drop what was told long ago; what could not be told stays for whoever looks after it."""
        await self._archive.run(self._prune)

    def _prune(self, unit: Unit) -> None:
        now = self._clock()
        outbox.prune(unit, now - _TOLD, "notice")
        outbox.prune(unit, now - _KEPT)
        jobs.prune(unit, now - _NOTED)
