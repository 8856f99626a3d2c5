"""What is kept of one person is found whole, and deleted whole, and nobody else's is touched."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from dialogs.events import Answered
from dialogs.interview import Interview
from forms.attachment import Attachment
from forms.loader import Source
from forms.message import say
from storage import cases, codes, counted, interviews, notices, people, tables, uploads
from storage.belongings import belongings, forget, lately
from storage.database import Database
from storage.interviews import Speaker
from storage.tables import new_id
from storage.unit import Unit

NOW = datetime(2026, 6, 15, 4, tzinfo=UTC)
SOURCE = Source({"programme.yaml": "id: small\n"})


async def settle(database: Database, address: str, case: str = "") -> Speaker:
    """A person with one of everything."""

    def work(unit: Unit) -> Speaker:
        begun = Interview(programme="small", digest=SOURCE.digest, answers={"name": address})
        seat = interviews.welcome(unit, "telegram", address, begun, NOW)
        if case:
            cases.take_part(unit, case, seat, begun.model_copy(update={"role": "expert"}))
        else:
            cases.open_case(unit, seat, begun, SOURCE, NOW)
        interviews.record(unit, seat.interview, (Answered("name"),), NOW)
        counted.count(unit, "telegram", address, "1", NOW)
        codes.issue_short(unit, f"code-{address}", seat.person, NOW, NOW + timedelta(minutes=15))
        codes.keep_lasting(unit, f"lasting-{address}", seat.person, 1, NOW)
        codes.ask(unit, "telegram", address, f"code-{address}", NOW)
        notices.place(unit, "telegram", address, say("told"), NOW)
        people.join(unit, "web", f"session-of-{address}", seat.person, NOW)
        facts = Attachment(file=new_id(), name="证.jpg", media="image", mime="image/jpeg", size=9)
        uploads.reserve(unit, seat, facts.file, uploads.Wanted(9, 9, uploads.Quota(), NOW))
        uploads.settle(unit, facts, 9, "0" * 64)
        found = interviews.speaker(unit, "telegram", address)
        assert found
        return found

    return await database.run(work)


async def rows(database: Database) -> dict[str, int]:
    def count(unit: Unit) -> dict[str, int]:
        return {
            table.name: unit.connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in tables.metadata.sorted_tables
        }

    return await database.run(count)


async def test_everything_of_a_person_is_found(database: Database) -> None:
    anna = await settle(database, "anna")
    await settle(database, "ben")
    found = await database.run(lambda unit: belongings(unit, anna.person))
    assert [door["channel"] for door in found.doors] == ["telegram", "web"]
    assert "address" not in found.doors[0]
    assert [(each["id"], each["role"]) for each in found.interviews] == [(anna.interview, "nominee")]
    assert '"name":"anna"' in found.interviews[0]["state"]
    assert [(each["kind"], each["about"]) for each in found.events] == [("answered", "name")]
    assert [file.name for file in found.files] == ["证.jpg"]


async def test_forgetting_leaves_nothing_and_nobody_else_loses_anything(database: Database) -> None:
    await settle(database, "ben")
    before = await rows(database)
    anna = await settle(database, "anna")
    kept = tuple(file.file for file in (await database.run(lambda unit: belongings(unit, anna.person))).files)
    gone = await database.run(lambda unit: forget(unit, anna.person))
    assert gone == kept
    assert len(gone) == 1
    assert await rows(database) == before
    assert await database.run(lambda unit: interviews.speaker(unit, "telegram", "anna")) is None
    assert await database.run(lambda unit: interviews.speaker(unit, "web", "session-of-anna")) is None
    assert await database.run(lambda unit: interviews.speaker(unit, "telegram", "ben")) is not None


async def test_a_case_goes_with_the_last_of_its_people(database: Database) -> None:
    anna = await settle(database, "anna")
    assert anna.case
    expert = await settle(database, "expert", case=anna.case)
    key = {"case": anna.case, "rule": "one", "key": "0" * 64}
    await database.run(lambda unit: unit.connection.execute(tables.case_key.insert(), key))
    await database.run(lambda unit: forget(unit, expert.person))
    assert (await rows(database))["case_key"] == 1
    expert = await settle(database, "expert", case=anna.case)
    await database.run(lambda unit: forget(unit, anna.person))
    left = await rows(database)
    assert (left["case"], left["case_key"]) == (1, 0)
    assert await database.run(lambda unit: interviews.speaker(unit, "telegram", "expert")) == expert
    await database.run(lambda unit: forget(unit, expert.person))
    left = await rows(database)
    assert {name: number for name, number in left.items() if number} == {"snapshot": 1}


async def test_forgetting_a_stranger_is_nothing(database: Database) -> None:
    assert await database.run(lambda unit: forget(unit, new_id())) == ()


async def test_a_door_where_nothing_can_be_delivered(database: Database) -> None:
    await settle(database, "anna")

    async def unreachable(channel: str, address: str) -> bool:
        found = await database.run(lambda unit: interviews.speaker(unit, channel, address))
        assert found
        return found.unreachable

    await database.run(lambda unit: people.unreachable(unit, "telegram", "anna", NOW))
    await database.run(lambda unit: people.unreachable(unit, "telegram", "anna", NOW + timedelta(days=1)))
    assert await unreachable("telegram", "anna")
    assert not await unreachable("web", "session-of-anna")
    query = select(tables.door.c.unreachable).where(tables.door.c.address == "anna")
    since: Any = await database.run(lambda unit: unit.connection.execute(query).scalar_one())
    assert since == NOW
    await database.run(lambda unit: people.unreachable(unit, "telegram", "anna", None))
    assert not await unreachable("telegram", "anna")


async def test_who_spoke_lately(database: Database) -> None:
    for address in ("anna", "ben", "carl"):
        await settle(database, address)

    def speak(unit: Unit) -> None:
        counted.count(unit, "telegram", "anna", "2", NOW + timedelta(minutes=10))
        counted.count(unit, "telegram", "ben", "2", NOW + timedelta(minutes=9))
        counted.count(unit, "telegram", "nobody", "2", NOW + timedelta(minutes=10))
        counted.count(unit, "web", "session-of-carl", "2", NOW + timedelta(minutes=60))

    await database.run(speak)
    found = await database.run(lambda unit: lately(unit, "telegram", timedelta(minutes=2)))
    assert sorted(found) == ["anna", "ben"]
    assert await database.run(lambda unit: lately(unit, "terminal", timedelta(minutes=2))) == ()
