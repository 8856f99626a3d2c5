"""A digest a day to those with a seat who want one: what came, what is due, who waits for an answer.

It is an item of the outbox that names a seat; what it says is worked out when its hour has come.
"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.house.archive import Archive
from bot.house.desk.telling import ZONE, Telling
from dialogs.desk.board import MOST
from forms.hours import quiet
from forms.message import Own, say
from storage import boards, outbox, seats
from storage.outbox import Item
from storage.unit import Unit

#: The kind of item.
KIND = "digest"
_ZONE = ZoneInfo(ZONE)
_TRAYS = ("next", "new", "overdue", "verify", "letters", "mine")


class Digests:
    """Puts digests into the outbox and tells them."""

    def __init__(self, archive: Archive, telling: Telling) -> None:
        self._archive = archive
        self._telling = telling

    async def put(self, now: datetime) -> int:
        """Put in those whose hour has come today; gives how many. Again and again, each is put in once.

        At night there are none: what was missed while nothing ran is in the one of the next day.
        """
        if quiet(now, ZONE):
            return 0
        local = now.astimezone(_ZONE)
        day = local.date().isoformat()

        def put(unit: Unit) -> int:
            due = [
                each for each in seats.digested(unit) if each.digest is not None and each.digest <= local.hour
            ]
            return sum(
                outbox.enqueue(unit, KIND, f"{KIND} {each.id} {day}", {"seat": each.id}, now) for each in due
            )

        return await self._archive.run(put)

    def tell(self, unit: Unit, item: Item, now: datetime) -> None:
        """Tell whoever has the seat, where anything waits for them."""
        seat = seats.find(unit, item.payload["seat"])
        if seat is None or seat.ended or seat.person is None or seat.digest is None:
            return
        today = now.astimezone(_ZONE).date().isoformat()
        count = boards.many(unit, seat.office, _TRAYS, seat.id, today, MOST + 1)
        if not count["next"] and not count["letters"]:
            return
        message = say(
            "{office}今天：要办的{next}件，其中新到{new}件、过了截止{overdue}件、待核实{verify}件；留言等着回{letters}件；分给您的{mine}件。",
            office=Own(seat.office_name),
            **{tray: Own(_shown(number)) for tray, number in count.items()},
        )
        self._telling.seat(unit, seat.person, message, message, now)


def _shown(number: int) -> str:
    return f"{MOST}+" if number > MOST else str(number)
