"""Somebody goes: those whose part hangs on theirs are told, and what is left of ended parts goes after thirty days."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime, timedelta

from bot.house.afterwards import Afterward, Changed, Dropped, Gone, Posted
from bot.house.archive import Archive
from bot.house.devices import Devices
from bot.house.post import DoorKey, tell
from dialogs.inviting import called
from dialogs.roles import role_of
from dialogs.words import Words
from forms.message import Message, Own, say
from storage import deskwork, invitations, retention, stays
from storage.belongings import Left, anything, doors_of, forget, forget_but, forget_cases
from storage.interviews import Speaker
from storage.invitations import Row
from storage.stays import Stay
from storage.tables import GONE
from storage.unit import Unit

#: For how long whoever wrote it may take along what they wrote in a part that has ended.
KEPT = timedelta(days=30)
#: Parts that are let go in one unit.
_TOGETHER = 50


#: The cases that offices have of a person who wants all gone; and that cases of theirs are gone, but not those named.
Keeps = Callable[[Unit, str, datetime], tuple[str, ...]]
Notes = Callable[[Unit, str, Collection[str], datetime], None]

Emptied = Callable[[Unit, Stay, datetime], None]


class Partings:
    """What follows from it. All but `lapse` is to be called within `Archive.run`."""

    def __init__(self, archive: Archive, devices: Devices) -> None:
        self._archive = archive
        self._devices = devices
        self._keeps: Keeps = lambda unit, person, now: ()
        self._emptied: Emptied = lambda unit, row, now: None
        self._notes: Notes = lambda unit, person, but, now: None

    def hear(self, keeps: Keeps, notes: Notes, emptied: Emptied) -> None:
        """What offices have of a person is theirs to settle (`keeps` gives the cases), and what goes is noted.

        Of what is `emptied` they are told.
        """
        self._keeps, self._notes, self._emptied = keeps, notes, emptied

    def forgotten(self, unit: Unit, speaker: Speaker, here: DoorKey, now: datetime) -> tuple[Afterward, ...]:
        """Delete everything kept of whoever speaks here; gives what is left to do then.

        What an office has stays until it has agreed, and with it the person and their doors: then nobody is `Gone`.
        """
        others = tuple(door for door in doors_of(unit, speaker.person) if door != here)
        kept = self._keeps(unit, speaker.person, now)
        if kept:
            self._notes(unit, speaker.person, kept, now)
            gone = self._told(unit, speaker.person, now, lambda: forget_but(unit, speaker.person, kept, now))
            return (*gone, *map(Changed, others), Posted())
        return (*self._forget(unit, speaker.person, now), Gone(others), *map(Changed, others))

    def emptied(self, unit: Unit, speaker: Speaker, now: datetime) -> tuple[Afterward, ...]:
        """A part was emptied of what may not be collected: what offices have of it goes, and nobody is asked.

        Where the case is about them, what others wrote for it goes at once, too, and whoever was asked in is asked no more.
        """
        if speaker.case is None:
            return ()
        leads = role_of(speaker.state.role).leads
        left = self._dismissed(unit, speaker, now) if leads else ()
        row = stays.latest(unit, speaker.case)
        if row is None:
            return (Gone(()), *left) if left else ()
        led = (row.case,) if leads else ()
        deskwork.forget_cases(unit, speaker.person, (row.case,), led, now)
        self._emptied(unit, row, now)
        return (Gone(()), Posted(), *left)

    def _dismissed(self, unit: Unit, speaker: Speaker, now: datetime) -> tuple[Afterward, ...]:
        """Everybody else of the case: their links open nothing, what they wrote is gone, and they are told."""
        left: tuple[Afterward, ...] = ()
        for row in invitations.of_case(unit, speaker.case or ""):
            if row.party == speaker.party:
                continue
            stood = invitations.end(unit, row.party, "revoked", now, GONE)
            doors = doors_of(unit, row.person) if row.person and row.person != speaker.person else ()
            left += self._let_go(unit, row.party, now)
            if stood:
                for door in doors:
                    tell(unit, door, _STOPPED, now)
                left += (Posted(),) if doors else ()
        return left

    def case_gone(  # whose, which, and what they are told
        self, unit: Unit, person: str, case: str, told: Message, now: datetime
    ) -> tuple[Afterward, ...]:
        """Delete what a person has in one case, and them where nothing else is kept of them."""
        doors = doors_of(unit, person)
        gone = self._told(unit, person, now, lambda: forget_cases(unit, person, (case,), now))
        if anything(unit, person):
            self._devices.tell_all(unit, person, told, now)
            return (*gone, Gone(()), Posted())
        gone += self._forget(unit, person, now)
        for door in doors:
            tell(unit, door, told, now)
        return (*gone, Gone(()), *map(Changed, doors), Posted())

    async def lapse(self, now: datetime) -> tuple[Afterward, ...]:
        """Let go what was written in parts that ended long ago; gives what is left to do then."""

        def let_go(unit: Unit) -> tuple[Afterward, ...] | None:
            parts = retention.lapsed(unit, now - KEPT, _TOGETHER)
            return tuple(each for part in parts for each in self._let_go(unit, part, now)) if parts else None

        done: tuple[Afterward, ...] = ()
        while (left := await self._archive.run(let_go)) is not None:
            done += left
        return done

    def passed_by(self, unit: Unit, person: str, now: datetime) -> tuple[Afterward, ...]:
        """Delete what is kept of somebody who only agreed; gives what is left to do then."""
        doors = doors_of(unit, person)
        return (*self._forget(unit, person, now), *map(Changed, doors))

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
        self._notes(unit, person, (), now)
        return self._told(unit, person, now, lambda: forget(unit, person, now))

    def _told(
        self, unit: Unit, person: str, now: datetime, forgets: Callable[[], Left]
    ) -> tuple[Afterward, ...]:
        """Let go what is to go, and tell those who wrote for it or had asked for it."""
        askers = {part: whom for part in _parts(unit, person) if (whom := _asker(unit, part))}
        left = forgets()
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


_STOPPED = say("请您帮忙的那份申报停止了：里面有不能在这里收集的内容，您写的也一起删除了，不用再写，谢谢您。")
_ENDED = say(
    "请您帮忙的那份申报，申报人已经全部删除，您不用再写了，谢谢您。您写过的，30天内还可以下载，之后删除。"
)
