"""Token buckets: how often something may be done under one name."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Pace:
    """So many at once, then so many a minute."""

    burst: int
    per_minute: float


#: Keys remembered at most, of each kind.
REMEMBERED = 20_000


class Buckets:
    """One pace for many keys. The keys used longest ago are forgotten first, so memory stays bounded."""

    def __init__(self, pace: Pace, clock: Callable[[], float] = time.monotonic) -> None:
        self._pace = pace
        self._clock = clock
        self._levels: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, key: str, amount: float = 1) -> float:
        """Take `amount`; 0 when there was so much to take, else the seconds until there is."""
        now = self._clock()
        level, since = self._levels.pop(key, (float(self._pace.burst), now))
        level = min(self._pace.burst, level + (now - since) * self._pace.per_minute / 60)
        taken = level >= amount
        self._levels[key] = (level - amount if taken else level, now)
        if len(self._levels) > REMEMBERED:
            self._levels.popitem(last=False)
        return 0.0 if taken else (amount - level) * 60 / self._pace.per_minute

    def give(self, key: str, amount: float = 1) -> None:
        """Give back what was taken and not used."""
        if key in self._levels:
            level, since = self._levels[key]
            self._levels[key] = (min(self._pace.burst, level + amount), since)
