"""What staff and people are told of a case, at all their doors."""

from __future__ import annotations

from datetime import datetime

from bot.house.post import tell
from forms.message import Message
from storage import people, seats
from storage.people import Door
from storage.unit import Unit

#: Where offices are, and what rings there.
ZONE = "Asia/Shanghai"
_CHAT = "telegram"


class Telling:
    """Puts sentences where they wait for a next Screen, and lets couriers speak them. To be called within a unit.

    `names` tells that Telegram may carry names: what is said there goes by servers abroad.
    """

    def __init__(self, *, names: bool = False) -> None:
        self._names = names

    def office(  # noqa: PLR0913, PLR0917  # who, what, and not whom
        self, unit: Unit, office: str, message: Message, plain: Message, now: datetime, case: str = ""
    ) -> None:
        """Everybody of an office who decides; `plain` is what may be said where no name may be.

        What holds words of somebody's names its `case`.
        """
        told = set[str]()
        for each in seats.of_office(unit, office):
            if each.person is None or each.person in told or each.role == "auditor":
                continue
            told.add(each.person)
            self.seat(unit, each.person, message, plain, now, case)

    def seat(  # noqa: PLR0913, PLR0917  # as `office`
        self, unit: Unit, person: str, message: Message, plain: Message, now: datetime, case: str = ""
    ) -> None:
        """One person with a seat."""
        for door in people.doors(unit, person):
            open_ = self._names or door.channel != _CHAT
            self._door(unit, door, message if open_ else plain, now, case)

    def person(  # whose, what, and with which case it goes
        self, unit: Unit, person: str | None, message: Message, now: datetime, case: str = ""
    ) -> None:
        """Whoever a party is; nobody where there is none."""
        for door in people.doors(unit, person) if person else ():
            self._door(unit, door, message, now, case)

    @staticmethod
    def _door(unit: Unit, door: Door, message: Message, now: datetime, case: str) -> None:
        """A chat rings: at night it waits until the morning. A page shows it at once to whoever has it open."""
        quiet = ZONE if door.channel == _CHAT else ""
        tell(unit, (door.channel, door.address), message, now, quiet=quiet, case=case)
