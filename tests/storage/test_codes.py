from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

from sqlalchemy import insert

from dialogs.interview import Interview
from storage import codes, desk_tables, interviews, people
from storage.database import Database
from storage.interviews import Speaker
from storage.unit import Unit
from tests.storage.desks import found
from tests.storage.test_interviews import NOW, rows, seat, welcome

LATER = NOW + timedelta(minutes=15)


async def test_a_short_code_is_used_once_and_in_time(database: Database) -> None:
    made = await welcome(database)
    await database.run(lambda unit: codes.issue_short(unit, "old", made.person, NOW, LATER))
    await database.run(lambda unit: codes.issue_short(unit, "new", made.person, NOW, LATER))
    assert await database.run(lambda unit: codes.find(unit, "old", NOW)) is None
    assert not await database.run(lambda unit: codes.use(unit, "old", NOW))
    assert not await database.run(lambda unit: codes.use(unit, "new", LATER))
    used = await asyncio.gather(*(database.run(lambda unit: codes.use(unit, "new", NOW)) for _ in range(50)))
    assert sum(used) == 1
    assert await database.run(lambda unit: codes.find(unit, "new", NOW)) is None


async def test_a_lasting_code_is_used_again_and_again_until_it_is_void(database: Database) -> None:
    made = await welcome(database)
    await database.run(lambda unit: codes.keep_lasting(unit, "paper", made.person, 1, NOW))
    for _ in range(2):
        assert await database.run(lambda unit: codes.use(unit, "paper", LATER))
    assert await database.run(lambda unit: codes.lasting(unit, made.person)) == ((1, "paper"),)
    await database.run(lambda unit: codes.void_lasting(unit, made.person))
    assert not await database.run(lambda unit: codes.use(unit, "paper", NOW))


async def test_one_question_stands_at_a_door(database: Database) -> None:
    def asked(unit: Unit) -> tuple[str, datetime] | None:
        return codes.asked(unit, "web", "anna")

    await database.run(lambda unit: codes.ask(unit, "web", "anna", "one", LATER))
    await database.run(lambda unit: codes.ask(unit, "web", "anna", "two", LATER))
    assert await database.run(asked) == ("two", LATER)
    assert await database.run(lambda unit: codes.asked(unit, "web", "ben")) is None
    await database.run(lambda unit: codes.answered(unit, "web", "anna"))
    assert await database.run(asked) is None


async def test_whoever_spoke_at_a_door_that_is_joined_keeps_what_is_theirs(database: Database) -> None:
    anna, ben = await welcome(database), await welcome(database, "ben")
    await database.run(lambda unit: people.join(unit, "web", "ben", anna.person, NOW))
    now = await seat(database, "ben")
    assert (now.person, now.interview, now.others) == (anna.person, anna.interview, False)
    assert await database.run(lambda unit: interviews.by_id(unit, ben.interview).person) == ben.person
    assert await database.run(rows("person")) == 2


async def test_two_people_are_one_with_all_that_leads_to_them(database: Database) -> None:
    anna, ben = await welcome(database), await welcome(database, "ben")

    def work(unit: Unit) -> Speaker:
        codes.keep_lasting(unit, "annas", anna.person, 4, NOW)
        codes.keep_lasting(unit, "bens", ben.person, 7, NOW)
        people.merge(unit, ben.person, anna.person, NOW)
        speaker = interviews.speaker(unit, "web", "ben")
        assert speaker
        return speaker

    one = await database.run(work)
    assert (one.person, one.others) == (anna.person, True)
    assert await database.run(lambda unit: interviews.of(unit, anna.person)) == (Interview(), Interview())
    assert await database.run(lambda unit: codes.lasting(unit, anna.person)) == ((4, "annas"), (0, "bens"))
    assert await database.run(rows("person")) == 1


async def test_nobody_sits_twice_in_one_place_once_two_people_are_one(database: Database) -> None:
    anna, ben = await welcome(database), await welcome(database, "ben")

    def work(unit: Unit) -> list[tuple[str, str | None, bool]]:
        found(unit, "青秀", "南宁")
        places = (("a", anna, "青秀"), ("b", ben, "青秀"), ("c", ben, "南宁"))
        for name, who, office in places:
            values = {"id": name, "person": who.person, "office": office, "role": "head", "name": name}
            unit.connection.execute(insert(desk_tables.seat), {**values, "created": NOW, "taken": NOW})
        people.merge(unit, ben.person, anna.person, NOW)
        rows = unit.connection.execute(
            desk_tables.seat.select().where(desk_tables.seat.c.role == "head").order_by(desk_tables.seat.c.id)
        )
        return [(row.id, row.person, row.ended is None) for row in rows]

    assert await database.run(work) == [
        ("a", anna.person, True),
        ("b", anna.person, False),
        ("c", anna.person, True),
    ]
