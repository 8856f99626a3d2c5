"""When a programme takes applications."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import Field, field_validator

from forms.kinds.base import Frozen
from forms.spans import day_at


class Window(Frozen):
    """When applications are taken, in the programme's own time zone; both days count. Absent: not set yet.

    Whoever is not done is reminded so many days before the closing day (`reminds`), the furthest first; empty: never.
    """

    opens: date | None = None
    closes: date | None = None
    zone: str = "Asia/Shanghai"
    clause: str = ""
    grace_minutes: int = 0
    reminds: tuple[Annotated[int, Field(ge=1, le=90)], ...] = (7, 2)

    @field_validator("reminds")
    @classmethod
    def _in_order(cls, days: tuple[int, ...]) -> tuple[int, ...]:
        if list(days) != sorted(set(days), reverse=True):
            raise ValueError("each day once, the furthest first: [7, 2]")
        return days

    def state(self, now: datetime) -> Literal["unset", "not_yet", "open", "closed"]:
        """Whether an application can be handed in at `now` (aware)."""
        if self.closes is None and self.opens is None:
            return "unset"
        begins, ends = _bounds(self.opens, self.closes, self.zone, self.grace_minutes)
        if begins and now < begins:
            return "not_yet"
        return "closed" if ends and now >= ends else "open"

    def today(self, now: datetime) -> date:
        """The calendar day at `now` where the programme is."""
        return day_at(now, self.zone)


@lru_cache(maxsize=256)
def _bounds(
    opens: date | None, closes: date | None, zone: str, grace_minutes: int
) -> tuple[datetime | None, datetime | None]:
    """The first moment of the opening day, and the first that is too late; None where there is none."""
    there = ZoneInfo(zone)
    begins = datetime.combine(opens, time(), there) if opens else None
    if closes is None:
        return begins, None
    ends = datetime.combine(closes + timedelta(days=1), time(), there)
    return begins, ends + timedelta(minutes=grace_minutes)
