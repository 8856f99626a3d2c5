"""Nobody is spoken to at night, by the clock of where they are."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from forms.hours import quiet, waking

ZONE = "Asia/Shanghai"


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 6, day, hour, minute, tzinfo=ZoneInfo(ZONE))


@pytest.mark.parametrize("now", [at(15, 8), at(15, 12), at(15, 20, 59)])
def test_by_day_one_may_be_spoken_to_at_once(now: datetime) -> None:
    assert waking(now, ZONE) == now
    assert not quiet(now, ZONE)


@pytest.mark.parametrize(
    ("now", "morning"),
    [
        (at(15, 21), at(16, 8)),
        (at(15, 23, 59), at(16, 8)),
        (at(16, 0), at(16, 8)),
        (at(16, 7, 59), at(16, 8)),
    ],
)
def test_at_night_it_waits_until_the_morning(now: datetime, morning: datetime) -> None:
    assert waking(now, ZONE) == morning
    assert quiet(now, ZONE)


def test_the_clock_is_that_of_the_place() -> None:
    assert waking(at(15, 12).astimezone(ZoneInfo("UTC")), ZONE) == at(15, 12)
    assert waking(at(15, 12), "America/New_York") == at(15, 20)
