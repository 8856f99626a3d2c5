"""When a programme takes applications."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from forms.kinds.base import Frozen
from forms.spans import day_at


class Window(Frozen):
    """When applications are taken, in the programme's own time zone; both days count. Absent: not set yet."""

    opens: date | None = None
    closes: date | None = None
    zone: str = "Asia/Shanghai"
    clause: str = ""
    grace_minutes: int = 0

    def state(self, now: datetime) -> Literal["unset", "not_yet", "open", "closed"]:
        """Whether an application can be handed in at `now` (aware)."""
        if self.closes is None and self.opens is None:
            return "unset"
        if self.opens and now < datetime.combine(self.opens, time(), ZoneInfo(self.zone)):
            return "not_yet"
        if self.closes:
            end = datetime.combine(self.closes + timedelta(days=1), time(), ZoneInfo(self.zone))
            if now >= end + timedelta(minutes=self.grace_minutes):
                return "closed"
        return "open"

    def today(self, now: datetime) -> date:
        """The calendar day at `now` where the programme is."""
        return day_at(now, self.zone)
