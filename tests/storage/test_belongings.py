"""What is kept of one person is found whole, and deleted whole, and nobody else's is touched."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from dialogs.events import Answered
from dialogs.interview import Interview
from forms.attachment import Attachment
from forms.loader import Source
from forms.message import say
from storage import cases, codes, counted, interviews, invitations, notices, people, tables, uploads
from storage.belongings import Left, belongings, forget, lately
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
    gone = await database.run(lambda unit: forget(unit, anna.person, NOW))
    assert gone.files == kept
    assert len(kept) == 1
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
    await database.run(lambda unit: forget(unit, expert.person, NOW))
    assert (await rows(database))["case_key"] == 1
    expert = await settle(database, "expert", case=anna.case)
    assert await states(database) == [
        ("expert", 1, "withdrawn", ""),
        ("expert", 2, "joined", ""),
        ("nominee", 1, "joined", ""),
    ]
    await database.run(lambda unit: forget(unit, anna.person, NOW))
    left = await rows(database)
    assert (left["case"], left["case_key"]) == (1, 0)
    there = await database.run(lambda unit: interviews.speaker(unit, "telegram", "expert"))
    assert there == replace(expert, alone=True)
    assert await states(database) == [("expert", 2, "revoked", "gone")]
    await database.run(lambda unit: forget(unit, expert.person, NOW))
    left = await rows(database)
    assert {name: number for name, number in left.items() if number} == {"snapshot": 1}


async def states(database: Database) -> list[tuple[str, int, str, str]]:
    wanted = (tables.party.c.role, tables.party.c.number, tables.party.c.state, tables.party.c.reason)
    query = select(*wanted).order_by(tables.party.c.role, tables.party.c.number)
    rows = await database.run(lambda unit: unit.connection.execute(query).all())
    return [tuple(row) for row in rows]


async def invited(database: Database, anna: Speaker) -> str:
    """Somebody whom anna has asked in, and who has not come."""

    def work(unit: Unit) -> str:
        assert anna.case
        assert anna.party
        part = invitations.invite(unit, anna.case, "expert", 1, NOW)
        invitations.link(unit, part, "link", 1, anna.party, NOW, NOW + timedelta(days=9))
        return part

    return await database.run(work)


async def test_whoever_was_asked_and_never_came_goes_with_whoever_asked(database: Database) -> None:
    before = await rows(database)
    anna = await settle(database, "anna")
    await invited(database, anna)
    gone = await database.run(lambda unit: forget(unit, anna.person, NOW))
    assert gone.writers == ()
    assert {**await rows(database), "snapshot": 0} == {**before, "snapshot": 0}


async def test_where_others_write_on_theirs_ends_and_nobody_can_come_any_more(database: Database) -> None:
    anna = await settle(database, "anna")
    await invited(database, anna)
    expert = await settle(database, "expert", case=anna.case or "")
    gone = await database.run(lambda unit: forget(unit, anna.person, NOW))
    assert gone.writers == (expert.person,)
    assert await states(database) == [("expert", 2, "revoked", "gone")]
    assert await database.run(lambda unit: codes.find(unit, "link", NOW)) is None


async def test_whoever_wrote_for_others_leaves_a_part_that_nobody_has(database: Database) -> None:
    anna = await settle(database, "anna")
    expert = await settle(database, "expert", case=anna.case or "")
    gone = await database.run(lambda unit: forget(unit, expert.person, NOW))
    assert (gone.writers, gone.parts) == ((), (expert.party,))
    assert await states(database) == [("expert", 1, "withdrawn", ""), ("nominee", 1, "joined", "")]
    await database.run(lambda unit: forget(unit, anna.person, NOW))
    assert {name: number for name, number in (await rows(database)).items() if number} == {"snapshot": 1}


async def test_a_case_that_was_begun_for_somebody_who_never_came_goes_with_its_beginner(
    database: Database,
) -> None:
    def begin(unit: Unit) -> Speaker:
        begun = Interview(role="expert", programme="small", digest=SOURCE.digest)
        seat = interviews.welcome(unit, "telegram", "expert", begun, NOW)
        cases.open_case(unit, seat, begun, SOURCE, NOW)
        found = interviews.speaker(unit, "telegram", "expert")
        assert found
        assert found.case
        assert found.party
        part = invitations.invite(unit, found.case, "nominee", 1, NOW)
        invitations.link(unit, part, "link", 1, found.party, NOW, NOW + timedelta(days=9))
        return found

    expert = await database.run(begin)
    await database.run(lambda unit: forget(unit, expert.person, NOW))
    assert {name: number for name, number in (await rows(database)).items() if number} == {"snapshot": 1}


async def test_forgetting_a_stranger_is_nothing(database: Database) -> None:
    assert await database.run(lambda unit: forget(unit, new_id(), NOW)) == Left()


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
