"""The trail as the house keeps it: entries under a key of its own, and a head for every day that is over."""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta
from functools import partial

import structlog

from bot.house.archive import Archive
from dialogs.trail_words import Actor, Break, Kind
from storage import trail
from storage.unit import Unit

log = structlog.get_logger(__name__)

#: So long after midnight a day is closed: a unit that began before it is through by then.
_GRACE = timedelta(hours=1)
#: What an entry without a seat names where no person did it: taken along on the machine itself; gone because it was due.
OPERATOR, HOUSE = "jiangjian.export", "jiangjian.due"


class Trail:
    """The trail under an installation's key. `note` and `verify` are to be called within a unit of work."""

    def __init__(self, key: bytes) -> None:
        self._key = hmac.digest(key, b"trail", "sha256")

    def note(  # noqa: PLR0913, PLR0917  # one row
        self,
        unit: Unit,
        case: str,
        seat: str | None,
        kind: Kind,
        about: str,
        at: datetime,
        value: str = "",
    ) -> int:
        """As `storage.trail.note`."""
        return trail.note(unit, self._key, case, seat, kind, about, at, value)

    def verify(self, unit: Unit, chain: str = "") -> Break | None:
        """As `storage.trail.verify`. It reads all of the trail: beside whoever writes, please."""
        return trail.verify(unit, self._key, chain)

    async def close_days(self, archive: Archive, now: datetime) -> None:
        """Keep a head for every day that is over. It is told in the log: copied from there, it proves the last days."""
        today = (now - _GRACE).astimezone(trail.ZONE).date()
        for day in await archive.read(partial(trail.unclosed, before=today)):
            head = await archive.read(partial(trail.head, key=self._key, day=day))
            if await archive.run(partial(trail.close_day, closed=head)):
                log.info("trail.closed", day=head.day, entries=head.entries, head=head.head)


def done_by(entry: trail.Entry) -> Actor:
    """Who did what an entry tells: without a seat a party, unless it names who else it was."""
    if entry.seat:
        return "staff"
    named = entry.about.split(" ")
    if OPERATOR in named:
        return "operator"
    return "house" if HOUSE in named else "party"
