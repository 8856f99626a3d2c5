"""The token of a link that asks somebody in, to a case or to a seat: how it is made, known again, until when it works."""

from __future__ import annotations

import hmac
import re
from base64 import urlsafe_b64encode
from datetime import datetime, time, timedelta
from functools import lru_cache
from hashlib import sha256
from zoneinfo import ZoneInfo

from forms.programme import Programme
from storage import invitations
from storage.invitations import Row
from storage.unit import Unit

#: What stands before a token wherever it travels, so that it is known for what it is: an invitation's, a seat's.
MARK = "i_"
SEAT_MARK = "s_"
#: How long a link lasts where the programme closes later than that, or has no closing day.
LONGEST = timedelta(days=60)


def digest_of(token: str) -> str:
    """What is kept of a token."""
    return sha256(token.encode()).hexdigest()


@lru_cache(maxsize=2)
def _patterns(mark: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A token as it travels; and what was meant for one and is none: cut off, run into other letters, or empty."""
    path = f"/{mark[0]}(?:#|%23)"
    marked = rf"(?:{path}(?:{mark})?|[?&]start={mark}|(?<![A-Za-z0-9_-]){mark})"
    token = re.compile(marked + r"([A-Za-z0-9_-]{43})(?![A-Za-z0-9_-])")
    return token, re.compile(rf".*(?:{path}|[?&]start={mark})\S*|{mark}\S*", re.DOTALL)


def typed(text: str, mark: str = MARK) -> str:
    """The token in what somebody typed, pasted or opened, with the words around it; "" where there is none."""
    match = _patterns(mark)[0].search(text)
    return match.group(1) if match else ""


def garbled(text: str, mark: str = MARK) -> bool:
    """Whether something was meant for a link with this mark and holds no token: it is never an answer."""
    return not typed(text, mark) and _patterns(mark)[1].fullmatch(text.strip()) is not None


def expires(programme: Programme, now: datetime) -> datetime:
    """Until when a link made now may be used: the end of the closing day, and no longer than sixty days."""
    closes = programme.window.closes
    latest = now + LONGEST
    if closes is None or programme.window.state(now) == "closed":
        return latest
    return min(latest, datetime.combine(closes + timedelta(days=1), time(), ZoneInfo(programme.window.zone)))


def _token(key: bytes, of: str) -> str:
    """256 bits as 43 characters."""
    return urlsafe_b64encode(hmac.digest(key, of.encode(), "sha256")).decode().rstrip("=")


class SeatTokens:
    """The tokens of seats: they follow from the installation's key and the seat, so that a link can be shown again."""

    def __init__(self, key: bytes) -> None:
        self._key = hmac.digest(key, b"seats", "sha256")

    def of(self, seat: str) -> str:
        """The token of a seat's one link, without its mark."""
        return _token(self._key, seat)


class Tokens:
    """The tokens of one installation: 256 bits that follow from its key, the party and how manieth link it is.

    Only their SHA-256 is kept; whoever asked somebody in can be shown the link again.
    """

    def __init__(self, key: bytes) -> None:
        self._key = hmac.digest(key, b"invitations", "sha256")

    def of(self, part: str, generation: int) -> str:
        """The token of a party's link."""
        return _token(self._key, f"{part}\x00{generation}")

    def shown(self, row: Row) -> str:
        """The token of a party's standing link, with its mark; "" where there is none, or it was made under another key."""
        token = self.of(row.party, row.generation) if row.digest and not row.used else ""
        return MARK + token if token and digest_of(token) == row.digest else ""

    def make(  # a party, who asks, and for how long
        self, unit: Unit, part: str, issuer: str, now: datetime, until: datetime
    ) -> None:
        """A new link for a party, in place of the one before."""
        generation = invitations.made(unit, part) + 1
        digest = digest_of(self.of(part, generation))
        invitations.link(unit, part, digest, generation, issuer, now, until)
