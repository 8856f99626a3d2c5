"""The hours in which nobody is spoken to of our own accord: from nine in the evening to eight in the morning."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

EVENING, MORNING = time(21), time(8)


def waking(now: datetime, zone: str) -> datetime:
    """From when on somebody may be spoken to: now, or at eight in the morning in that time zone. `now` is aware."""
    local = now.astimezone(ZoneInfo(zone))
    if MORNING <= local.time() < EVENING:
        return now
    day = local.date() + timedelta(days=local.time() >= EVENING)
    return datetime.combine(day, MORNING, ZoneInfo(zone))


def quiet(now: datetime, zone: str) -> bool:
    """Whether nobody is to be spoken to."""
    return waking(now, zone) != now
