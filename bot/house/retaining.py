"""Cases that are finished go after a time that the installation sets; never one that is under way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from bot.house.afterwards import Afterward
from bot.house.archive import Archive
from bot.house.partings import Partings
from bot.house.trailing import HOUSE, Trail
from dialogs.deletion import span
from forms.message import Message, Own, say
from storage import finished, invitations, stays
from storage.unit import Unit

#: For how long a case is kept after the last word on it, unless the installation says otherwise.
RETENTION = timedelta(days=730)
#: Cases looked at in one unit.
_TOGETHER = 100


@dataclass(frozen=True)
class Finished:
    """A case that may go: its number, its programme, and since when it is finished."""

    case: str
    number: str
    programme: str
    since: datetime


class Retaining:
    """Of one house; `lasts` is for how long a case is kept after the last word on it."""

    def __init__(self, archive: Archive, partings: Partings, trail: Trail, lasts: timedelta) -> None:
        self._archive = archive
        self._partings = partings
        self._trail = trail
        self._lasts = lasts
        self._swept: date | None = None

    async def sweep(self, now: datetime) -> tuple[Afterward, ...]:
        """Let go once a day what the time has come for."""
        if self._swept == now.date():
            return ()
        _, left = await self.let_go(now)
        self._swept = now.date()
        return left

    async def due(self, now: datetime) -> tuple[Finished, ...]:
        """The cases whose time is over, by id."""
        due: list[Finished] = []
        after = ""
        while quiet := await self._archive.read(
            partial(finished.quiet, before=now - self._lasts, after=after, most=_TOGETHER)
        ):
            after = quiet[-1].case
            due.extend(await self._archive.read(partial(self._over, cases=quiet, now=now)))
        return tuple(due)

    async def let_go(self, now: datetime) -> tuple[int, tuple[Afterward, ...]]:
        """Let them go, each in a unit of its own; gives how many, and what is left to do then."""
        count, left = 0, tuple[Afterward, ...]()
        for each in await self.due(now):
            gone = await self._archive.run(partial(self._let_go, case=each.case, now=now))
            count, left = count + (gone is not None), (*left, *(gone or ()))
        return count, left

    def _over(self, unit: Unit, cases: tuple[finished.Quiet, ...], now: datetime) -> tuple[Finished, ...]:
        return tuple(over for each in cases if (over := self._finished(unit, each.case, each.digest, now)))

    def _finished(self, unit: Unit, case: str, digest: str, now: datetime) -> Finished | None:
        programme, row = self._archive.pinned(unit, digest), stays.latest(unit, case)
        since = finished.since(unit, programme, case) if programme else None
        if row is None or programme is None or since is None or since > now - self._lasts:
            return None
        return Finished(case, row.number, programme.id, since)

    def _let_go(self, unit: Unit, case: str, now: datetime) -> tuple[Afterward, ...] | None:
        """One case, with the part of whoever it is about; what others wrote for it is theirs for a while yet."""
        over = self._finished(unit, case, invitations.digest_of_case(unit, case), now)
        leading = invitations.leads(invitations.of_case(unit, case))
        row = stays.latest(unit, case)
        if over is None or row is None or leading is None or leading.person is None:
            return None
        self._trail.note(unit, case, None, "deleted", f"{row.id} {HOUSE}", now)
        return self._partings.case_gone(unit, leading.person, case, self._told(over), now)

    def _told(self, over: Finished) -> Message:
        return say(
            "您编号{number}的申报，评选结束已满{span}，按规定删除了。",
            number=Own(over.number),
            span=span(self._lasts.days),
        )
