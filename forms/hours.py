"""The hour of the day where offices are: how it is said, and when nobody is spoken to of our own accord."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from forms.message import Message, Own, say

EVENING, MORNING = time(21), time(8)
_CHINA = ZoneInfo("Asia/Shanghai")


def clock(moment: datetime) -> Message:
    """A moment as people say it, on a Chinese clock."""
    local = moment.astimezone(_CHINA)
    return say("{month}月{day}日 {time}", month=local.month, day=local.day, time=Own(f"{local:%H:%M}"))


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
