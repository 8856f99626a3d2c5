"""Somebody goes: those whose part hangs on theirs are told, and what is left of ended parts goes after thirty days."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.house.afterwards import Afterward, Changed, Dropped, Gone, Posted
from bot.house.archive import Archive
from bot.house.devices import Devices
from bot.house.post import DoorKey
from dialogs.inviting import called
from dialogs.words import Words
from forms.message import Message, Own, say
from storage import invitations, retention
from storage.belongings import doors_of, forget
from storage.interviews import Speaker
from storage.invitations import Row
from storage.unit import Unit

#: For how long whoever wrote it may take along what they wrote in a part that has ended.
KEPT = timedelta(days=30)
#: Parts that are let go in one unit.
_TOGETHER = 50


class Partings:
    """What follows from it. All but `lapse` is to be called within `Archive.run`."""

    def __init__(self, archive: Archive, devices: Devices) -> None:
        self._archive = archive
        self._devices = devices

    def forgotten(self, unit: Unit, speaker: Speaker, here: DoorKey, now: datetime) -> tuple[Afterward, ...]:
        """Delete everything kept of whoever speaks here; gives what is left to do then."""
        others = tuple(door for door in doors_of(unit, speaker.person) if door != here)
        return (*self._forget(unit, speaker.person, now), Gone(others), *map(Changed, others))

    async def lapse(self, now: datetime) -> tuple[Afterward, ...]:
        """Let go what was written in parts that ended long ago; gives what is left to do then."""

        def let_go(unit: Unit) -> tuple[Afterward, ...] | None:
            parts = retention.lapsed(unit, now - KEPT, _TOGETHER)
            return tuple(each for part in parts for each in self._let_go(unit, part, now)) if parts else None

        done: tuple[Afterward, ...] = ()
        while (left := await self._archive.run(let_go)) is not None:
            done += left
        return done

    def _let_go(self, unit: Unit, part: str, now: datetime) -> tuple[Afterward, ...]:
        lapsed = retention.let_go(unit, part)
        if lapsed is None:
            return ()
        dropped = Dropped(lapsed.files)
        if lapsed.more:
            return (dropped,)
        # Nothing else is kept of them: no door needs to lead to nothing.
        doors = doors_of(unit, lapsed.person)
        return (dropped, *self._forget(unit, lapsed.person, now), *map(Changed, doors))

    def _forget(self, unit: Unit, person: str, now: datetime) -> tuple[Afterward, ...]:
        askers = {part: whom for part in _parts(unit, person) if (whom := _asker(unit, part))}
        left = forget(unit, person, now)
        for writer in left.writers:
            self._devices.tell_all(unit, writer, _ENDED, now)
        for part in left.parts:
            row, asker = invitations.of_party(unit, part), askers.get(part)
            if row and asker:
                gone = say("{who}删掉了自己的内容，退出了。可以再请一位。", who=self._called(unit, row))
                self._devices.tell_all(unit, asker, gone, now)
        return (Dropped(left.files), *((Posted(),) if left.writers or left.parts else ()))

    def _called(self, unit: Unit, row: Row) -> Message | Own:
        case = invitations.case_of(unit, row.party)
        programme = self._archive.pinned(unit, invitations.digest_of_case(unit, case))
        participant = programme.participant(row.role) if programme else None
        if programme is None or participant is None:
            return say("您请的一位")
        return Own(called(Words("zh", programme), participant, row.number))


def _parts(unit: Unit, person: str) -> tuple[str, ...]:
    return tuple(row.party for row in invitations.of_person(unit, person))


def _asker(unit: Unit, part: str) -> str | None:
    """Who needs to know that a party is gone: whoever the case is about, or else whoever asked it in."""
    leading = invitations.leads(invitations.of_case(unit, invitations.case_of(unit, part)))
    if leading and leading.person and leading.party != part:
        return leading.person
    return invitations.asker(unit, part)


_ENDED = say(
    "请您帮忙的那份申报，申报人已经全部删除，您不用再写了，谢谢您。您写过的，30天内还可以下载，之后删除。"
)
