"""How often wrong codes may be tried at a door and from a network: never is the code itself locked."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Iterable
from datetime import datetime, timedelta

from forms.message import Message, say

_WITHIN = timedelta(minutes=15)
#: Wrong codes in that time at one door, and from one network, which may be that of a whole factory.
_AT_A_DOOR, _FROM_A_NETWORK = 5, 60
#: Doors and networks remembered; those that were quiet the longest are forgotten.
_REMEMBERED = 20_000


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
    """Wrong codes by door and by network, in memory: enough beside 49 bits that live for 15 minutes."""

    def __init__(self) -> None:
        self._wrong: OrderedDict[str, deque[datetime]] = OrderedDict()

    def check(self, door: tuple[str, str], network: str, now: datetime) -> None:
        """Raises TooManyAttempts."""
        for key, most in _keys(door, network):
            times = self._recent(key, now)
            if len(times) >= most:
                raise TooManyAttempts(times[-most] + _WITHIN - now)

    def wrong(self, door: tuple[str, str], network: str, now: datetime) -> None:
        """Count a wrong code."""
        for key, most in _keys(door, network):
            times = self._wrong.setdefault(key, deque(maxlen=most))
            times.append(now)
            self._wrong.move_to_end(key)
        while len(self._wrong) > _REMEMBERED:
            self._wrong.popitem(last=False)

    def right(self, door: tuple[str, str], network: str) -> None:
        """The last one counted was not wrong."""
        for key, _ in _keys(door, network):
            if self._wrong.get(key):
                self._wrong[key].pop()

    def _recent(self, key: str, now: datetime) -> deque[datetime]:
        times = self._wrong.get(key, deque())
        while times and times[0] <= now - _WITHIN:
            times.popleft()
        return times


def _keys(door: tuple[str, str], network: str) -> Iterable[tuple[str, int]]:
    yield f"door {door[0]} {door[1]}", _AT_A_DOOR
    if network:
        yield f"network {network}", _FROM_A_NETWORK
