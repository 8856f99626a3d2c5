"""Deletion of what an office has: the person asks, the office settles it, and what is agreed to goes as any deletion."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

from bot.house.desk.not_done import NotDone
from bot.house.desk.telling import Telling
from bot.house.partings import Partings
from bot.house.trailing import HOUSE, Trail
from dialogs.desk import deeds
from dialogs.roles import role_of
from forms.message import Own, say
from storage import erasures, invitations, stays
from storage.invitations import Row
from storage.stays import Stay
from storage.unit import Unit

if TYPE_CHECKING:
    from bot.house.desk.errands import Errands


class ErasingCases:
    """Of one house. To be called within `Archive.run`."""

    def __init__(self, partings: Partings, telling: Telling, trail: Trail) -> None:
        self._partings = partings
        self._telling = telling
        self._trail = trail

    def asked(self, unit: Unit, person: str, now: datetime) -> tuple[str, ...]:
        """A person wants everything gone: gives the cases that offices have to settle first, and asks them."""
        held = erasures.held(unit, person)
        for row in held:
            if erasures.ask(unit, row.case, person, now):
                message = say("编号{number}，有人申请删除，请打开这一件答复。", number=Own(row.number))
                self._telling.office(unit, row.office, message, message, now)
        return tuple(row.case for row in held)

    def noted(self, unit: Unit, person: str, but: Collection[str], now: datetime) -> None:
        """Of cases about a person that offices ever had, the trail tells that they are gone; not of those `but`."""
        for row in invitations.of_person(unit, person):
            case = invitations.case_of(unit, row.party)
            last = stays.latest(unit, case) if role_of(row.role).leads and case not in but else None
            if last:
                self._trail.note(unit, case, None, "deleted", last.id, now)

    def emptied(self, unit: Unit, row: Stay, now: datetime) -> None:
        """What a case had may not be kept, and is gone: its office is told without a word of what it was."""
        self._trail.note(unit, row.case, None, "deleted", f"{row.id} {HOUSE}", now)
        message = say(
            "编号{number}，申报里有不能在这里收集的内容，已经全部删除，不用办了。已经导出、打印的，请马上按规定处理。",
            number=Own(row.number),
        )
        self._telling.office(unit, row.office, message, message, now)

    def agreed(self, errands: Errands, deed: deeds.ErasureAgreed) -> None:
        """What the person asked for is done: as a deletion of theirs, for this case."""
        unit, row, now = errands.unit, errands.case, errands.now
        if row.version != deed.version:
            raise NotDone(say("这一件刚才已经有人办了，请看现在的样子。"))
        party = self._open(errands, deed.part)
        message = say(
            "{office}同意删除，您在编号{number}那一份申报里的内容已经全部删除了。",
            office=Own(errands.seat.office_name),
            number=Own(row.number),
        )
        self._trail.note(unit, row.case, errands.seat.id, "deleted", row.id, now)
        errands.after.extend(self._partings.case_gone(unit, party.person or "", row.case, message, now))
        if role_of(party.role).leads:
            errands.page = ("board", "")
        errands.said.append(say("已经删除，也告诉本人了。"))

    def kept(self, errands: Errands, deed: deeds.ErasureKept) -> None:
        """It stays for now; the person reads why."""
        unit, row, now = errands.unit, errands.case, errands.now
        party = self._open(errands, deed.part)
        if not deed.reason:
            raise NotDone(say("暂不删除要写理由。"))
        erasures.keep(unit, row.case, party.person or "", errands.seat.id, deed.reason, now)
        message = say(
            "您申请删除，{office}答复暂不删除：{reason}",
            office=Own(errands.seat.office_name),
            reason=Own(deed.reason),
        )
        self._telling.person(unit, party.person, message, now, row.case)
        self._trail.note(unit, row.case, errands.seat.id, "erasure_kept", row.id, now, deed.reason)
        errands.posted()

    @staticmethod
    def _open(errands: Errands, key: str) -> Row:
        """The party that asks. Raises `NotDone` where it does not (any more)."""
        unit, case = errands.unit, errands.case.case
        rows = invitations.of_case(unit, case)
        party = next((each for each in rows if each.key == key), None)
        waits = {each.person for each in erasures.of_case(unit, case) if each.answered is None}
        if party is None or party.person not in waits:
            raise NotDone(say("这个申请已经答复过了，或者撤掉了。"))
        return party
