"""What a receiving union writes itself: guarded by its version, kept by rounds, gone with the case."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from storage import deskwork, statements
from storage.conflicts import Conflict
from storage.database import Database
from storage.desk_tables import statement
from storage.unit import Unit
from tests.storage.test_deskwork import begun, office, sit

NOW = datetime(2026, 6, 15, 4, tzinfo=UTC)
WORDS = {"office_reason": "手艺好"}


@pytest.fixture
async def case(database: Database) -> tuple[str, str, str]:
    """A case, an office and a seat there."""

    def make(unit: Unit) -> tuple[str, str, str]:
        speaker = begun(unit, "anna")
        where = office(unit)
        assert speaker.case
        return speaker.case, where, sit(unit, begun(unit, "wei").person, where)

    return await database.run(make)


async def write(
    database: Database, case: tuple[str, str, str], version: int, number: int = 1, **words: Any
) -> bool:
    of, where, seat = case
    return await database.run(
        lambda unit: statements.state(
            unit, of, number, version, words, was=None, at_office=where, seat_id=seat, at=NOW
        )
    )


async def stands(database: Database, of: str, number: int = 1) -> statements.Stated | None:
    return await database.read(lambda unit: statements.of_round(unit, of, number))


async def test_nothing_stands_before_anything_is_written(
    database: Database, case: tuple[str, str, str]
) -> None:
    assert await stands(database, case[0]) is None


async def test_it_is_read_as_it_was_written(database: Database, case: tuple[str, str, str]) -> None:
    assert await write(database, case, 0, **WORDS)
    found = await stands(database, case[0])
    assert found
    assert (found.answers, found.was, found.version, found.round) == (WORDS, None, 1, 1)
    assert (found.by, found.office, found.at) == ("张三", case[1], NOW)


@pytest.mark.parametrize("version", [0, 2])
async def test_over_other_words_than_those_read_nothing_is_written(
    database: Database, case: tuple[str, str, str], version: int
) -> None:
    assert await write(database, case, 0, **WORDS)
    assert not await write(database, case, version, office_reason="别的")
    found = await stands(database, case[0])
    assert found and found.answers == WORDS


async def test_of_fifty_at_once_one_writes(database: Database, case: tuple[str, str, str]) -> None:
    for version in range(3):
        wrote = await asyncio.gather(
            *(write(database, case, version, office_reason=str(each)) for each in range(50)),
            return_exceptions=True,
        )
        assert wrote.count(True) == 1
        assert all(each in {True, False} or isinstance(each, Conflict) for each in wrote)
    found = await stands(database, case[0])
    assert found and found.version == 3


async def test_each_round_keeps_what_stood_in_it(database: Database, case: tuple[str, str, str]) -> None:
    assert await write(database, case, 0, **WORDS)
    later = await stands(database, case[0], 2)
    assert later and (later.round, later.answers) == (1, WORDS)
    assert await write(database, case, 1, 2, office_reason="改了")
    assert not await write(database, case, 1, 2, office_reason="又改")
    before, now = await stands(database, case[0], 1), await stands(database, case[0], 2)
    assert before and before.answers == WORDS
    assert now and (now.answers, now.version) == ({"office_reason": "改了"}, 2)


async def test_at_another_office_it_begins_anew_and_at_the_same_it_stands(
    database: Database, case: tuple[str, str, str]
) -> None:
    of, where, _ = case
    assert await write(database, case, 0, **WORDS)
    await database.run(lambda unit: statements.arrived(unit, of, 2, where, NOW + timedelta(days=1)))
    same = await stands(database, of, 2)
    assert same and same.answers == WORDS
    other = await database.run(office)
    await database.run(lambda unit: statements.arrived(unit, of, 2, other, NOW + timedelta(days=1)))
    anew = await stands(database, of, 2)
    assert anew and (anew.answers, anew.office, anew.version) == ({}, other, 2)


async def test_the_words_stand_sealed_in_one_column(database: Database, case: tuple[str, str, str]) -> None:
    assert await write(database, case, 0, **WORDS)
    row = await database.read(lambda unit: unit.connection.execute(select(statement)).mappings().one())
    assert row["content"].startswith("s1.")
    assert not [name for name, value in row.items() if "手艺好" in str(value)]


async def test_it_goes_with_the_case(database: Database, case: tuple[str, str, str]) -> None:
    assert await write(database, case, 0, **WORDS)
    await database.run(lambda unit: deskwork.forget_cases(unit, "x", [case[0]], [case[0]], NOW))
    assert await stands(database, case[0]) is None
