"""Reading goes on beside writing, and writes nothing."""

from __future__ import annotations

import asyncio
import threading

import pytest
from sqlalchemy import func, insert, select, text
from sqlalchemy.exc import OperationalError

from storage.conflicts import Conflict
from storage.database import Database
from storage.tables import person
from storage.unit import Unit
from tests.storage.test_interviews import NOW
from tests.storage.test_replaced_keys import no_commits

_ROWS = select(func.count()).select_from(person)


def add(unit: Unit, identifier: str) -> None:
    unit.connection.execute(insert(person), {"id": identifier, "current": "none", "created": NOW})


async def test_reading_sees_what_was_written_before(database: Database) -> None:
    for number in range(20):
        await database.run(lambda unit, number=number: add(unit, str(number)))
        assert await database.read(lambda unit: unit.connection.execute(_ROWS).scalar_one()) == number + 1


async def test_reading_does_not_wait_for_whoever_writes(database: Database) -> None:
    held, goes_on = threading.Event(), threading.Event()

    def write(unit: Unit) -> None:
        add(unit, "a")
        held.set()
        assert goes_on.wait(60)

    writing = asyncio.ensure_future(database.run(write))
    await asyncio.to_thread(held.wait, 60)
    assert await database.read(lambda unit: unit.connection.execute(_ROWS).scalar_one()) == 0
    goes_on.set()
    await writing


async def test_what_writes_after_all_is_done_as_a_unit(database: Database) -> None:
    done: list[str] = []

    def work(unit: Unit) -> str:
        done.append("begun")
        add(unit, "a")
        return "written"

    assert await database.read(work) == "written"
    assert done == ["begun", "begun"]
    assert await database.read(lambda unit: unit.connection.execute(_ROWS).scalar_one()) == 1


async def test_what_reading_raises_is_raised(database: Database) -> None:
    def work(unit: Unit) -> None:
        raise Conflict("again")

    with pytest.raises(Conflict):
        await database.read(work)


async def test_nothing_is_read_from_a_closed_database(database: Database) -> None:
    database.close()
    with pytest.raises(RuntimeError):
        await database.read(lambda unit: None)


async def test_after_a_commit_that_failed_the_next_one_is_through(database: Database) -> None:
    with no_commits(database), pytest.raises(OperationalError):
        await database.run(lambda unit: add(unit, "a"))
    await database.run(lambda unit: add(unit, "b"))
    assert await database.read(lambda unit: unit.connection.execute(_ROWS).scalar_one()) == 1


async def test_what_is_read_page_by_page_leaves_nothing_open(database: Database) -> None:
    def write(unit: Unit) -> None:
        for number in range(5):
            add(unit, str(number))

    def read(unit: Unit) -> list[str]:
        rows = unit.connection.execute(
            select(person.c.id).order_by(person.c.id), execution_options={"yield_per": 2}
        )
        return list(rows.scalars())

    await database.run(write)
    for _ in range(3):
        assert await database.read(read) == ["0", "1", "2", "3", "4"]
        assert await database.read(lambda unit: next(iter(read(unit)))) == "0"
    if await database.read(lambda unit: unit.connection.dialect.name) == "postgresql":
        waiting = text("SELECT count(*) FROM pg_stat_activity WHERE state LIKE 'idle in transaction%'")
        assert await database.read(lambda unit: unit.connection.execute(waiting).scalar_one()) == 0
