"""The house seals the trail of every day that is over, once, and not before all of it is written."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.house.archive import Archive
from bot.house.trailing import HOUSE, OPERATOR, Trail, done_by
from forms.library import Library
from storage.database import Database
from storage.trail import Entry, latest
from tests.bot.household import House

NOON = datetime(2026, 6, 15, 4, tzinfo=UTC)
MIDNIGHT = datetime(2026, 6, 15, 16, tzinfo=UTC)


async def test_a_day_is_closed_an_hour_after_its_end(database: Database) -> None:
    trail, archive = Trail(b"k" * 32), Archive(database, Library((), (), {}, {}))
    await archive.run(lambda unit: trail.note(unit, "a", None, "seen", "", NOON))
    await trail.close_days(archive, MIDNIGHT + timedelta(minutes=59))
    assert await archive.read(latest) is None
    for _ in range(2):
        await trail.close_days(archive, MIDNIGHT + timedelta(minutes=60))
        last = await archive.read(latest)
        assert last and (last.day, last.entries) == ("2026-06-15", 1)
    await archive.run(lambda unit: trail.note(unit, "a", None, "seen", "", MIDNIGHT))
    await trail.close_days(archive, MIDNIGHT + timedelta(days=40, hours=1))
    last = await archive.read(latest)
    assert last and (last.day, last.entries) == ("2026-07-25", 2)
    assert await archive.read(trail.verify) is None


async def test_one_installation_cannot_prove_what_another_wrote(database: Database) -> None:
    archive = Archive(database, Library((), (), {}, {}))
    await archive.run(lambda unit: Trail(b"k" * 32).note(unit, "a", None, "seen", "", NOON))
    broken = await archive.read(Trail(b"l" * 32).verify)
    assert broken and broken.fault == "changed"


async def test_the_house_closes_days_as_it_sweeps(house: House) -> None:
    archive, trail = Archive(house.database, Library((), (), {}, {})), house.conversation.trail
    await archive.run(lambda unit: trail.note(unit, "a", None, "seen", "", house.now))
    house.now += timedelta(days=1)
    await house.conversation.expire()
    last = await archive.read(latest)
    assert last and (last.day, last.entries) == ("2026-06-15", 1)


@pytest.mark.parametrize(
    ("seat", "about", "actor"),
    [
        ("c" * 32, "a1", "staff"),
        ("c" * 32, OPERATOR, "staff"),
        ("", "a1", "party"),
        ("", OPERATOR, "operator"),
        ("", f"a1 {HOUSE}", "house"),
    ],
)
def test_without_a_seat_an_entry_tells_who_else_it_was(seat: str, about: str, actor: str) -> None:
    assert done_by(Entry(1, NOON, seat, "", "", "deleted", about, "")) == actor
