"""Finished cases are counted by their keys, one's own left out, and are forgotten with their case."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from functools import partial

from sqlalchemy import func, select

from dialogs.interview import Interview
from forms.loader import Source
from storage import cases, interviews
from storage.belongings import forget
from storage.case_keys import count_keys, keep_keys
from storage.database import Database
from storage.tables import case_key
from storage.unit import Unit

NOW = datetime(2026, 6, 15, 4, tzinfo=UTC)
SOURCE = Source({"programme.yaml": "id: small\n"})
ONE, TWO = "1" * 64, "2" * 64


async def case(database: Database, address: str) -> str:
    """The id of a case that somebody new has begun."""

    def work(unit: Unit) -> str:
        seat = interviews.welcome(unit, "web", address, Interview(), NOW)
        state = Interview(programme=SOURCE.id, digest=SOURCE.digest)
        return cases.open_case(unit, seat, state, SOURCE, NOW)

    return await database.run(work)


async def counts(database: Database, own: str | None) -> dict[str, int]:
    return await database.run(lambda unit: count_keys(unit, {ONE, TWO}, own))


async def test_the_others_are_counted_and_not_oneself(database: Database) -> None:
    anna, bert, cleo = [await case(database, name) for name in ("anna", "bert", "cleo")]
    for one in (anna, bert, cleo):
        await database.run(partial(keep_keys, case=one, keys={"group": ONE}))
    assert await counts(database, anna) == {ONE: 2, TWO: 0}
    assert await counts(database, None) == {ONE: 3, TWO: 0}


async def test_the_latest_keys_of_a_case_stand(database: Database) -> None:
    anna = await case(database, "anna")
    await database.run(lambda unit: keep_keys(unit, anna, {"group": ONE, "other": TWO}))
    await database.run(lambda unit: keep_keys(unit, anna, {"group": TWO}))
    assert await counts(database, None) == {ONE: 0, TWO: 1}
    await database.run(lambda unit: keep_keys(unit, anna, {}))
    assert await counts(database, None) == {ONE: 0, TWO: 0}


async def test_two_that_finish_at_once_both_count(database: Database) -> None:
    both = [await case(database, name) for name in ("anna", "bert")]
    await asyncio.gather(*(database.run(partial(keep_keys, case=one, keys={"group": ONE})) for one in both))
    assert [(await counts(database, one))[ONE] for one in both] == [1, 1]


async def test_keys_go_with_their_case(database: Database) -> None:
    anna = await case(database, "anna")
    await database.run(lambda unit: keep_keys(unit, anna, {"group": ONE}))

    def gone(unit: Unit) -> int:
        seat = interviews.speaker(unit, "web", "anna")
        assert seat
        forget(unit, seat.person, NOW)
        return int(unit.connection.execute(select(func.count()).select_from(case_key)).scalar_one())

    assert await database.run(gone) == 0
