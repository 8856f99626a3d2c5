"""Asking somebody to a seat at an office: the link, and until when it may be used.

The command line asks for a union, and heads do from their desk. Whoever may is checked by whoever calls.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.house.links import Links
from bot.house.tokens import SEAT_MARK, SeatTokens, digest_of
from forms.seats import Role
from storage import seats
from storage.seats import Seat
from storage.unit import Unit

#: How long the link of a seat lasts.
LASTS = timedelta(days=14)


@dataclass(frozen=True)
class Offered:
    """A seat that waits for somebody, and until when: its token with its mark, as it may be typed at any door, its link in
    the web chat and the one in Telegram, "" where there is none or the bot's name is not known.
    """

    seat: str
    token: str
    link: str
    telegram: str
    expires: datetime


class Seating:
    """What gives a seat its link. To be called within a unit."""

    def __init__(self, key: bytes, links: Links) -> None:
        self._tokens = SeatTokens(key)
        self._links = links

    def invite(  # noqa: PLR0913, PLR0917  # a seat, and who asks
        self, unit: Unit, office: str, role: Role, name: str, issuer: str, now: datetime
    ) -> Offered:
        """A new seat that waits for somebody, with a link that works once; `issuer` is a seat, or a word on who asks."""
        made = seats.invite(unit, office, role, name, now)
        seats.link(unit, made, digest_of(self._tokens.of(made)), issuer, now, now + LASTS)
        return self._offered(made, now + LASTS)

    def shown(self, seat: Seat, now: datetime) -> Offered | None:
        """The link of a seat again; None where it opens nothing any more, or is of another key than today's."""
        if seat.person or seat.ended or seat.expires is None or seat.expires <= now:
            return None
        return self._offered(seat.id, seat.expires)

    def token(self, seat: Seat, now: datetime) -> str:
        """The token of a seat with its mark, while it waits for somebody; "" where it opens nothing."""
        offered = self.shown(seat, now)
        return offered.token if offered else ""

    def _offered(self, seat: str, expires: datetime) -> Offered:
        token = SEAT_MARK + self._tokens.of(seat)
        return Offered(seat, token, self._links.seat_link(token), self._links.seated_link(token), expires)
