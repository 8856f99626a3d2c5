"""What one person repeats, or thousands leave who only pass by, does not grow without end.

A message is known for as long as it may come again, of a flood the latest are; a history keeps the first and the
latest of what was done again and again; of whoever agreed and then said nothing, nothing stays.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from bot.house.afterwards import Afterward
from bot.house.archive import Archive
from dialogs.events import Consented, Spoken
from storage import thinning
from storage.unit import Unit

#: For so long a message may come again: Telegram keeps it for a day, a phone that was switched off for longer.
KNOWN = timedelta(days=90)
#: Whoever says more than this in a day has the latest of it known alone.
BUSY, LATEST = 500, 2000
#: So often the same thing stands in a history, besides the first time.
SAME = 100
#: What happened more than twice between two looks is looked at.
_AGAIN = 2
#: So many events are looked at where it is not known how far the last look came.
_BACK = 100_000
#: For so long whoever only agreed may stay away.
STRANGE = timedelta(days=30)
_NOTHING = (Consented.kind, Spoken.kind)
_TOGETHER = 200


class Bounding:
    """Of one house. `forgets` deletes everything kept of a person, within a unit."""

    def __init__(
        self, archive: Archive, forgets: Callable[[Unit, str, datetime], tuple[Afterward, ...]]
    ) -> None:
        self._archive = archive
        self._forgets = forgets
        self._seen: int | None = None

    async def sweep(self, now: datetime) -> tuple[Afterward, ...]:
        """All of it; gives what is left to do then."""
        while await self._archive.run(lambda unit: thinning.forget_messages(unit, now - KNOWN, _TOGETHER)):
            pass
        day = now - timedelta(days=1)
        for channel, conversation in await self._archive.read(
            lambda unit: thinning.talkative(unit, day, BUSY)
        ):
            await self._archive.run(
                partial(thinning.thin_messages, channel=channel, conversation=conversation, keep=LATEST)
            )
        await self._histories()
        return await self._passers_by(now)

    async def _histories(self) -> None:
        last = await self._archive.read(thinning.last_event)
        since = max(0, last - _BACK) if self._seen is None else self._seen
        for same in await self._archive.read(lambda unit: thinning.repeated(unit, since, _AGAIN)):
            await self._archive.run(partial(thinning.thin_events, same=same, keep=SAME))
        self._seen = last

    async def _passers_by(self, now: datetime) -> tuple[Afterward, ...]:
        def find(unit: Unit, among: tuple[str, ...] | None = None) -> tuple[str, ...]:
            return thinning.passers_by(unit, now - STRANGE, _NOTHING, _TOGETHER, among)

        def let_go(unit: Unit, among: tuple[str, ...]) -> tuple[Afterward, ...]:
            still = find(unit, among)  # somebody may have come back meanwhile
            return tuple(each for one in still for each in self._forgets(unit, one, now))

        left: tuple[Afterward, ...] = ()
        while strangers := await self._archive.read(find):  # beside whoever writes: all people are looked at
            left += await self._archive.run(partial(let_go, among=strangers))
        return left
