"""Telegram's limits on what a bot sends: a bucket for all, one for each chat, one for each group."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

from tests.bot.telegram.refusal import too_many


@dataclass(frozen=True)
class Limits:
    """Messages a second overall and in one chat, a minute in a group, and how many at once are let pass."""

    overall: float = 30
    chat: float = 1
    burst: int = 5
    group: float = 20


class _Bucket:
    def __init__(self, rate: float, size: float, now: float) -> None:
        self.rate, self.size, self.level, self.at = rate, size, size, now

    def lacks(self, now: float, cost: int) -> float:
        """Seconds until there is room; 0 where there is now."""
        self.level = min(self.size, self.level + (now - self.at) * self.rate)
        self.at = now
        return max(0.0, (min(cost, self.size) - self.level) / self.rate)


class Flood:
    """Counts what is sent. `limits` None lets everything pass."""

    def __init__(self, limits: Limits | None, clock: Callable[[], float]) -> None:
        self.limits = limits
        self._clock = clock
        self._buckets: dict[tuple[str, int], _Bucket] = {}

    def admit(self, chat: int, *, group: bool, cost: int = 1, edit: bool = False) -> None:
        """Let `cost` messages pass, or raise 429. Edits do not count against the second of a private chat."""
        if self.limits is None:
            return
        now = self._clock()
        rates = [(("all", 0), self.limits.overall, self.limits.overall)]
        if not edit:
            rates.append((("chat", chat), self.limits.chat, float(self.limits.burst)))
        if group:
            rates.append((("group", chat), self.limits.group / 60, self.limits.group))
        buckets = []
        for key, rate, size in rates:
            buckets.append(self._buckets.setdefault(key, _Bucket(rate, size, now)))
        wait = max(bucket.lacks(now, cost) for bucket in buckets)
        if wait > 0:
            raise too_many(ceil(wait))
        for bucket in buckets:
            bucket.level -= cost
