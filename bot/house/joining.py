"""Codes by which a person goes on at another device."""

from __future__ import annotations

import hashlib
import secrets
from collections import defaultdict, deque
from datetime import datetime, timedelta

#: No 0 O, 1 I L, U V: nothing that is mistaken for another when read out. 30 characters, so ten of them are 49 bits.
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH = 10
LIFETIME = timedelta(minutes=15)
_WRONG_ALLOWED = 5
#: Doors remembered at most; the table is emptied of the old ones beyond it.
_DOORS = 10_000


class TooManyAttempts(Exception):  # noqa: N818 - a limit, not a defect
    """This door has tried too many wrong codes; it may try again after a quarter of an hour."""


def new_code() -> str:
    """A fresh code as it is shown: “ABCDE-FGHJK”."""
    code = "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))
    return f"{code[:5]}-{code[5:]}"


def digest_of(code: str) -> str:
    """The SHA-256 of a code, however it was typed: case, spaces and hyphens do not matter."""
    typed = "".join(char for char in code.upper() if char.isalnum())
    return hashlib.sha256(typed.encode()).hexdigest()


class Attempts:
    """Wrong codes by door, in memory: enough beside 49 bits that live for 15 minutes."""

    def __init__(self) -> None:
        self._wrong: defaultdict[tuple[str, str], deque[datetime]] = defaultdict(deque)

    def check(self, door: tuple[str, str], now: datetime) -> None:
        """Raises TooManyAttempts."""
        if len(self._recent(door, now)) >= _WRONG_ALLOWED:
            raise TooManyAttempts

    def wrong(self, door: tuple[str, str], now: datetime) -> None:
        """Count a wrong code."""
        if len(self._wrong) >= _DOORS:
            for known in list(self._wrong):
                self._recent(known, now)
        self._wrong[door].append(now)

    def _recent(self, door: tuple[str, str], now: datetime) -> deque[datetime]:
        times = self._wrong.get(door, deque())
        while times and times[0] <= now - LIFETIME:
            times.popleft()
        if not times:
            self._wrong.pop(door, None)
        return times
