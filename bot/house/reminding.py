"""Reminders: once for each closing day and party, once for what was sent back, and where whoever asked somebody in wishes
it; never at night.

A reminder is an item of the outbox that names a party. What is told is worked out when its time has come, from how
things stand by then: whoever is done, has ended their part or wants no reminders is told nothing.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from bot.house.archive import Archive
from bot.house.company import enough, rests
from bot.house.devices import Devices
from dialogs.inviting import takes_part
from dialogs.roles import role_of
from forms.answers import scope
from forms.dates import spoken
from forms.hours import waking
from forms.message import Message, Own, say
from forms.programme import Programme
from forms.window import Window
from storage import invitations, offices, outbox, remarks, reminders, stays
from storage.invitations import Row
from storage.outbox import Item
from storage.unit import Unit

#: The kind of item.
KIND = "reminder"
#: What the key of an item begins with that is about something that was sent back.
_BACK = f"{KIND} returned"
#: At this time where the programme is.
_AT = time(9)
#: Once the closing day is over, or where there is none, what was sent back is reminded of after so long.
_RETURNED = timedelta(days=2)
#: Parties looked at in one unit.
_TOGETHER = 200


class Reminding:
    """Puts reminders into the outbox and tells them."""

    def __init__(self, archive: Archive, devices: Devices) -> None:
        self._archive = archive
        self._devices = devices

    async def put(self, now: datetime) -> int:
        """Put in what the time has come for; gives how much. Again and again, it is put in once."""
        count = 0
        for digest in await self._archive.read(reminders.editions):
            for work in (self._put, self._put_returned):
                while put := await self._archive.run(partial(work, digest=digest, now=now)):
                    count += put
        return count

    def _put_returned(self, unit: Unit, digest: str, now: datetime) -> int:
        """What was sent back and not handed in again where no closing day brings it back to mind: once for each time."""
        programme = self._archive.pinned(unit, digest)
        if programme is None or (programme.window.state(now) == "open" and programme.window.closes):
            return 0
        parties = reminders.unanswered(unit, digest, f"{_BACK} ", now - _RETURNED, _TOGETHER)
        for key, party in parties:
            payload = {"party": party, "quiet": programme.window.zone, "returned": "yes"}
            outbox.enqueue(unit, KIND, key, payload, waking(now, programme.window.zone))
        return len(parties)

    def _put(self, unit: Unit, digest: str, now: datetime) -> int:
        programme = self._archive.pinned(unit, digest)
        due = deadline(programme.window, now) if programme else None
        if programme is None or due is None:
            return 0
        moment, days = due
        prefix = f"{KIND} {programme.window.closes} {days} "
        parties = reminders.unasked(unit, digest, prefix, moment, _TOGETHER)
        for party in parties:
            payload = {"party": party, "quiet": programme.window.zone}
            outbox.enqueue(unit, KIND, prefix + party, payload, waking(now, programme.window.zone))
        return len(parties)

    def asked(self, unit: Unit, row: Row, programme: Programme, now: datetime) -> None:
        """Put in that somebody wants a party reminded."""
        zone = programme.window.zone
        payload = {"party": row.party, "quiet": zone, "asked": "yes"}
        outbox.enqueue(unit, KIND, f"{KIND} {now.isoformat()} {row.party}", payload, waking(now, zone))

    def tell(self, unit: Unit, item: Item, now: datetime) -> None:
        """Tell a party at all their doors, where they still have something to do."""
        row = invitations.of_party(unit, item.payload["party"])
        if row is None or row.person is None or row.state is None or not row.reachable:
            return
        programme = self._archive.pinned(unit, row.state.digest)
        back = _sent_back(unit, row) if programme else None
        if programme and back:
            self._devices.tell_all(
                unit, row.person, _again(programme, row, *back), now, programme.window.zone
            )
            return
        late = programme is None or programme.window.state(now) == "closed" or "returned" in item.payload
        if programme is None or row.state.practice or late:
            return
        rows = invitations.of_case(unit, invitations.case_of(unit, row.party))
        if not _owes(programme, row, rows, now):
            return
        message = _sentence(programme, row, rows, asked="asked" in item.payload)
        self._devices.tell_all(unit, row.person, message, now, programme.window.zone)


def deadline(window: Window, now: datetime) -> tuple[datetime, int] | None:
    """The last moment to remind at that has passed, and how many days it lies before the closing day.

    None where there is no such day, none has passed, or the day is over.
    """
    if window.closes is None or window.state(now) != "open":
        return None
    moments = (
        (datetime.combine(window.closes - timedelta(days=days), _AT, ZoneInfo(window.zone)), days)
        for days in window.reminds
    )
    return max(((moment, days) for moment, days in moments if moment <= now), default=None)


def _sent_back(unit: Unit, row: Row) -> tuple[str, int] | None:
    """The office that sent something back to a party, and how much; None where it owes nothing of that any more.

    Whoever a case is about owes it until it is handed in again, everybody else until their part is done again.
    """
    stay = stays.latest(unit, invitations.case_of(unit, row.party))
    if stay is None or stay.state != "returned" or row.standing not in {"joined", "confirmed"}:
        return None
    left = remarks.open_of(unit, row.party)
    done = row.state.finished_at if row.state else ""
    if done and not role_of(row.role).leads:
        left = tuple(each for each in left if each.sent and each.sent > datetime.fromisoformat(done))
    office = offices.find(unit, stay.office)
    return (office.office.name, len(left)) if left and office else None


def _again(programme: Programme, row: Row, office: str, count: int) -> Message:
    locale = row.state.locale if row.state else "zh"
    title = Own(programme.translate(programme.title, locale))
    if role_of(row.role).leads:
        return say(
            "提醒您：{title}，{office}退回了{count}处，您还没有再次递交。改好要再交一次。不想要提醒，说“不用提醒”。",
            title=title,
            office=Own(office),
            count=count,
        )
    return say(
        "提醒您：{title}，{office}退回给您{count}处，还没改好。改好要再交一次。不想要提醒，说“不用提醒”。",
        title=title,
        office=Own(office),
        count=count,
    )


def _owes(programme: Programme, row: Row, rows: tuple[Row, ...], now: datetime) -> bool:
    """Whether a party still has something to do."""
    leading = invitations.leads(rows)
    names = scope(programme, leading.state.answers, now) if leading and leading.state else {}
    if row.standing == "confirmed":
        return not rests(programme, row, names)
    if row.standing != "joined":
        return False
    participant = programme.participant(row.role)
    if participant is None:
        return role_of(row.role).leads
    return takes_part(participant, names) and not enough(programme, rows, row.role, now)


def _sentence(programme: Programme, row: Row, rows: tuple[Row, ...], *, asked: bool) -> Message:
    locale = row.state.locale if row.state else "zh"
    title = Own(programme.translate(programme.title, locale))
    closes = programme.window.closes
    about = invitations.leads(rows)
    name = str(about.state.answers.get("name", "")) if about and about.state else ""
    whom = Own(name) if name else say("被推荐人")
    until = say("截止日是{day}。", day=spoken(closes.isoformat())) if closes else Own("")
    if role_of(row.role).leads:
        return say(
            "提醒您：{title}，您的申报还没做完。{until}填过的都还在，接着填就行。不想要提醒，说“不用提醒”。",
            title=title,
            until=until,
        )
    if asked:
        return say(
            "{whom}那边提醒您：有一份材料等着您写（{title}）。{until}写过的都还在，接着写就行。不想要提醒，说“不用提醒”。",
            whom=whom,
            title=title,
            until=until,
        )
    return say(
        "提醒您：为{whom}写的材料还没写完（{title}）。{until}写过的都还在，接着写就行。不想要提醒，说“不用提醒”。",
        whom=whom,
        title=title,
        until=until,
    )
