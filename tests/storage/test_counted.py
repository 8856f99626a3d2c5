"""A message that was taken counts once."""

from __future__ import annotations

import asyncio

from storage import counted, interviews
from storage.conflicts import Conflict
from storage.database import Database
from tests.storage.test_interviews import NOW, welcome


async def test_a_message_counts_once_in_a_hundred_way_race(database: Database) -> None:
    async def count() -> bool:
        try:
            await database.run(lambda unit: counted.count(unit, "web", "anna", "m1", NOW))
        except Conflict:
            return False
        return True

    assert sum(await asyncio.gather(*(count() for _ in range(100)))) == 1
    await welcome(database)
    found = [
        await database.run(lambda unit, m=m: interviews.speaker(unit, "web", "anna", "anna", m))
        for m in ("m1", "m2")
    ]
    assert [each.seen for each in found if each] == [True, False]
