"""How often wrong codes may be tried at a door and from a network: never is the code itself locked.

They are counted in the database, so that neither a restart nor another process forgets them, under an HMAC: of no
network is kept where it is.
"""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta

from forms.message import Message, say
from storage import attempts
from storage.unit import Unit

WITHIN = timedelta(minutes=15)
#: Wrong codes in that time at one door, and from one network, which may be that of a whole factory.
_AT_A_DOOR, _FROM_A_NETWORK = 5, 60


class TooManyAttempts(Exception):  # noqa: N818 - a limit, not a defect
    """Too many wrong codes came from here. `wait` is how long until one may be tried again."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(wait)
        self.wait = wait

    @property
    def minutes(self) -> int:
        """The wait in whole minutes, at least one."""
        return max(1, -(-int(self.wait.total_seconds()) // 60))

    @property
    def message(self) -> Message:
        """What the person is told."""
        return say(
            "码打错的次数太多了，请过{minutes}分钟再试。您的码没有失效，到时候照样能用。",
            minutes=self.minutes,
        )


class Attempts:
    """Wrong codes by door and by network: so few are enough beside 49 bits that live for 15 minutes.

    `purpose` keeps those of one kind of code apart from another's. To be called within a unit of work.
    """

    def __init__(self, key: bytes, purpose: str) -> None:
        self._key = hmac.digest(key, f"attempts\x00{purpose}".encode(), "sha256")

    def check(self, unit: Unit, door: tuple[str, str], network: str, now: datetime) -> None:
        """Raises TooManyAttempts. Until the unit is through, nobody else counts for this door and network."""
        sources = self._sources(door, network)
        attempts.one_by_one(unit, sources)
        for source, most in sources.items():
            # What lies ahead was counted before a clock was set back: it keeps nobody out for longer than the rest.
            times = attempts.recent(unit, source, now - WITHIN, now + WITHIN)
            if len(times) >= most:
                raise TooManyAttempts(min(times[-most] + WITHIN - now, WITHIN))

    def wrong(self, unit: Unit, door: tuple[str, str], network: str, now: datetime) -> None:
        """Count a wrong code."""
        attempts.add(unit, self._sources(door, network), now)

    def right(self, unit: Unit, door: tuple[str, str], network: str) -> None:
        """The last one counted was not wrong."""
        attempts.take_back(unit, self._sources(door, network))

    def _sources(self, door: tuple[str, str], network: str) -> dict[str, int]:
        """Under which names it is counted, and how many may be wrong of each."""
        here = {self._name(f"door {door[0]} {door[1]}"): _AT_A_DOOR}
        return {**here, self._name(f"network {network}"): _FROM_A_NETWORK} if network else here

    def _name(self, source: str) -> str:
        return hmac.digest(self._key, source.encode(), "sha256").hex()


def run_out(unit: Unit, now: datetime) -> None:
    """Forget the wrong codes that count no more."""
    attempts.run_out(unit, now - WITHIN, now + WITHIN)
