"""Cases follow their leading part; the ends of the others are counted against what it said."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import select

from dialogs.interview import Interview
from dialogs.keeping import written
from storage import cases, interviews, tables
from storage.database import Database
from storage.unit import Unit
from tests.storage.test_interviews import NOW, SOURCE, seat, welcome


async def test_a_case_pins_its_definition_and_follows_its_interview(database: Database) -> None:
    made = await welcome(database)
    state = Interview(programme="small", digest=SOURCE.digest)

    def begin(unit: Unit) -> None:
        cases.open_case(unit, made, state, SOURCE, NOW)
        interviews.save(unit, made, written(state))

    await database.run(begin)
    found = await seat(database)
    assert found.case and found.party
    assert await database.run(lambda unit: cases.definition(unit, SOURCE.digest)) == SOURCE
    done = state.model_copy(update={"finished_at": "2026-06-15T12:30:00+08:00"})
    await database.run(lambda unit: cases.stands(unit, found.case or "", done, NOW))
    kept = await database.run(lambda unit: unit.connection.execute(select(tables.case)).one())
    assert (kept.programme, kept.digest, kept.practice) == ("small", SOURCE.digest, False)
    assert kept.finished == datetime(2026, 6, 15, 4, 30, tzinfo=UTC)
    assert (kept.status, kept.version, kept.changed) == ("finished", 2, NOW)


async def test_the_end_of_a_part_is_counted_against_the_version_of_its_case(database: Database) -> None:
    made, other = await welcome(database), await welcome(database, "expert")
    state = Interview(programme="small", digest=SOURCE.digest)

    def begin(unit: Unit) -> str:
        opened = cases.open_case(unit, made, state, SOURCE, NOW)
        cases.take_part(unit, opened, other, state.model_copy(update={"role": "expert"}))
        return opened

    opened = await database.run(begin)
    expert = await seat(database, "expert")
    assert (expert.case, expert.state.role) == (opened, "expert")
    await database.run(lambda unit: cases.stands(unit, opened, state, NOW))
    await database.run(lambda unit: cases.confirmed(unit, expert.party or "", True))
    parts = select(tables.party.c.role, tables.party.c.number, tables.party.c.state, tables.party.c.confirmed)
    found = await database.run(lambda unit: unit.connection.execute(parts.order_by("role")).all())
    assert [tuple(row) for row in found] == [("expert", 1, "confirmed", 2), ("nominee", 1, "joined", None)]
    case = await database.run(lambda unit: unit.connection.execute(select(tables.case)).one())
    assert case.status == "open", "whoever recommends does not end the case"
    await database.run(lambda unit: cases.confirmed(unit, expert.party or "", False))
    found = await database.run(lambda unit: unit.connection.execute(parts.order_by("role")).all())
    assert tuple(found[0]) == ("expert", 1, "joined", None)
