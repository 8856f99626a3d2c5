"""A seat is taken once, by one person, while its link lasts; what may be done from it is known at every moment."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

from sqlalchemy import select, update

from forms.offices import Office
from forms.seats import Role, rights
from storage import codes, offices, seats
from storage.database import Database
from storage.desk_tables import stay
from storage.unit import Unit
from tests.storage.test_interviews import welcome
from tests.storage.test_offices import lie

NOW = datetime(2026, 6, 15, 4, tzinfo=UTC)
LATER = NOW + timedelta(days=14)
CITY = Office(name="桂林市总工会", kind="city")
COUNTY = Office(name="七星区总工会", kind="county", above="桂林市总工会", corrects=True)


async def county(database: Database) -> str:
    """The id of a county's office below the city's."""
    return (await database.run(lambda unit: offices.add(unit, [COUNTY, CITY], NOW)))[0]


async def waiting(database: Database, office: str, digest: str, role: Role = "clerk") -> str:
    """The id of a seat that waits for somebody."""

    def ask(unit: Unit) -> str:
        made = seats.invite(unit, office, role, "张三", NOW)
        seats.link(unit, made, digest, "command line", NOW, LATER)
        return made

    return await database.run(ask)


async def someone(database: Database, address: str = "anna") -> str:
    return (await welcome(database, address)).person


async def take(database: Database, digest: str, person: str, at: datetime = NOW) -> str:
    return await database.run(lambda unit: seats.take(unit, digest, person, at))


async def test_a_seat_is_taken_and_says_whose_and_where_it_is(database: Database) -> None:
    office, anna = await county(database), await someone(database)
    made = await waiting(database, office, "one")
    (before,) = await database.read(lambda unit: seats.of_office(unit, office))
    assert (before.person, before.expires) == (None, LATER)
    found = await database.read(lambda unit: codes.find(unit, "one", NOW))
    assert found is not None
    assert (found.kind, found.seat) == ("seat", made)
    assert await take(database, "one", anna) == "taken"
    (seat,) = await database.read(lambda unit: seats.of_person(unit, anna))
    assert (seat.id, seat.office, seat.office_name, seat.above) == (made, office, COUNTY.name, CITY.name)
    assert (seat.role, seat.name, seat.taken, seat.expires) == ("clerk", "张三", NOW, None)
    assert seat.rights == rights(["clerk"], corrects=True)


async def test_a_link_works_once_and_in_time(database: Database) -> None:
    office, anna = await county(database), await someone(database)
    await waiting(database, office, "one")
    assert await take(database, "one", anna, LATER) == "spent"
    assert await take(database, "none", anna) == "spent"
    assert await take(database, "one", anna) == "taken"
    assert await take(database, "one", await someone(database, "ben")) == "spent"
    assert (await database.read(lambda unit: seats.linked(unit, "one"))) is not None
    assert (await database.read(lambda unit: seats.linked(unit, "none"))) is None


async def test_one_of_many_who_press_at_once_has_it(database: Database) -> None:
    office = await county(database)
    await waiting(database, office, "one")
    people = [await someone(database, f"p{number}") for number in range(20)]
    came = await asyncio.gather(*(take(database, "one", each) for each in people))
    assert sorted(came) == ["spent"] * 19 + ["taken"]
    (seat,) = await database.read(lambda unit: seats.of_office(unit, office))
    assert seat.person == people[came.index("taken")]


async def test_nobody_has_the_same_seat_twice_and_the_link_stays_good(database: Database) -> None:
    office, anna, ben = await county(database), await someone(database), await someone(database, "ben")
    for digest in ("one", "two"):
        await waiting(database, office, digest)
    assert await take(database, "one", anna) == "taken"
    assert await take(database, "two", anna) == "seated"
    assert await take(database, "two", ben) == "taken"


async def test_one_person_may_have_several_roles_and_offices(database: Database) -> None:
    office, anna = await county(database), await someone(database)
    (other,) = await database.run(
        lambda unit: offices.add(unit, [Office(name="象山区总工会", kind="county")], NOW)
    )
    asked: tuple[tuple[str, str, Role], ...] = (
        ("1", office, "clerk"),
        ("2", office, "head"),
        ("3", other, "auditor"),
    )
    for digest, where, role in asked:
        await waiting(database, where, digest, role)
        assert await take(database, digest, anna) == "taken"

    found = await database.read(lambda unit: seats.of_person(unit, anna))
    assert {(each.office, each.role, each.rights.may("invite")) for each in found} == {
        (office, "clerk", False),
        (office, "head", True),
        (other, "auditor", False),
    }


async def test_from_a_seat_that_has_ended_nothing_may_be_done(database: Database) -> None:
    office, anna = await county(database), await someone(database)
    made = await waiting(database, office, "one")
    await take(database, "one", anna)
    of = await database.run(lambda unit: lie(unit, office, "here"))
    await database.run(
        lambda unit: unit.connection.execute(update(stay).values(assigned=made, holder=made, held=NOW))
    )
    assert await database.run(lambda unit: seats.end(unit, made, NOW))
    assert not await database.run(lambda unit: seats.end(unit, made, NOW))
    assert await database.read(lambda unit: seats.of_person(unit, anna)) == ()
    ended = await database.read(lambda unit: seats.find(unit, made))
    assert ended is not None
    assert not ended.rights.acts
    kept = await database.read(
        lambda unit: unit.connection.execute(
            select(stay.c.assigned, stay.c.holder).where(stay.c.id == of)
        ).one()
    )
    assert tuple(kept) == (None, None)


async def test_a_seat_that_is_taken_back_before_anybody_came_opens_nothing(database: Database) -> None:
    office, anna = await county(database), await someone(database)
    made = await waiting(database, office, "one")
    await database.run(lambda unit: seats.end(unit, made, NOW))
    assert await take(database, "one", anna) == "spent"


async def test_whoever_had_a_seat_may_have_it_again(database: Database) -> None:
    office, anna = await county(database), await someone(database)
    made = await waiting(database, office, "one")
    await take(database, "one", anna)
    await database.run(lambda unit: seats.end(unit, made, NOW))
    await waiting(database, office, "two")
    assert await take(database, "two", anna) == "taken"
