"""Offices as they are kept: in their order, with the way up, changed and closed without leaving anything in the air."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import insert

from forms.offices import Office
from storage import offices, seats
from storage.conflicts import Conflict
from storage.database import Database
from storage.desk_tables import stay
from storage.offices import InTheWay
from storage.tables import case, new_id, snapshot
from storage.unit import Unit

NOW = datetime(2026, 6, 15, 4, tzinfo=UTC)
COUNTY = Office(
    name="桂林市七星区总工会",
    kind="county",
    above="桂林市总工会",
    aliases=("七星区工会",),
    phone="0773-5550101",
    address="七星路1号",
    hours="9:00—12:00",
    corrects=True,
)
CITY = Office(name="桂林市总工会", kind="city", above="广西壮族自治区总工会", programmes=("guilin",))
PROVINCE = Office(name="广西壮族自治区总工会", kind="province")
ALL = (COUNTY, CITY, PROVINCE)


async def brought(database: Database) -> dict[str, str]:
    ids = await database.run(lambda unit: offices.add(unit, ALL, NOW))
    return dict(zip((each.name for each in ALL), ids, strict=True))


def lie(unit: Unit, office: str, state: str) -> str:
    """A case that lies at an office; gives its id."""
    of = new_id()
    unit.connection.execute(insert(snapshot), {"digest": of, "programme": "guilin", "source": "{}"})
    unit.connection.execute(
        insert(case), {"id": of, "programme": "guilin", "digest": of, "practice": False, "created": NOW}
    )
    unit.connection.execute(
        insert(stay),
        {
            "id": of,
            "case": of,
            "office": office,
            "programme": "guilin",
            "round": 1,
            "state": state,
            "version": 1,
            "arrived": NOW,
            "since": NOW,
            "due": "9999",
        },
    )
    return of


async def test_offices_are_kept_as_they_were_written_whatever_their_order(database: Database) -> None:
    await brought(database)
    kept = await database.read(offices.standing)
    assert tuple(each.office for each in kept) == ALL


async def test_the_way_up_is_the_nearest_first(database: Database) -> None:
    ids = await brought(database)
    up = await database.read(lambda unit: offices.way_up(unit, ids[COUNTY.name]))
    assert [each.office.name for each in up] == [CITY.name, PROVINCE.name]
    assert await database.read(lambda unit: offices.way_up(unit, ids[PROVINCE.name])) == ()


async def test_two_of_one_name_are_not_kept(database: Database) -> None:
    await brought(database)
    with pytest.raises(Conflict):
        await database.run(lambda unit: offices.add(unit, [PROVINCE], NOW))


async def test_an_office_is_changed_and_those_below_go_along_with_its_name(database: Database) -> None:
    ids = await brought(database)
    new = CITY.model_copy(update={"name": "桂州市总工会", "above": "", "hours": "下午"})
    assert await database.run(lambda unit: offices.change(unit, ids[CITY.name], new))
    kept = {each.id: each.office for each in await database.read(offices.standing)}
    assert kept[ids[CITY.name]] == new
    assert kept[ids[COUNTY.name]].above == "桂州市总工会"


async def test_an_office_that_others_pass_cases_on_to_is_not_closed(database: Database) -> None:
    ids = await brought(database)
    in_the_way = await database.run(lambda unit: offices.close(unit, ids[CITY.name], NOW))
    assert in_the_way == InTheWay((COUNTY.name,), 0)
    assert len(await database.read(offices.standing)) == 3


@pytest.mark.parametrize(("state", "kept"), [("here", True), ("returned", True), ("passed", False)])
async def test_an_office_with_cases_before_it_is_not_closed(
    database: Database, state: str, kept: bool
) -> None:
    ids = await brought(database)
    await database.run(lambda unit: lie(unit, ids[COUNTY.name], state))
    in_the_way = await database.run(lambda unit: offices.close(unit, ids[COUNTY.name], NOW))
    assert in_the_way == (InTheWay((), 1) if kept else None)


async def test_a_closed_office_receives_nothing_and_its_seats_and_links_end(database: Database) -> None:
    ids = await brought(database)

    def asked(unit: Unit) -> str:
        waiting = seats.invite(unit, ids[COUNTY.name], "clerk", "张三", NOW)
        seats.link(unit, waiting, "d" * 64, "", NOW, NOW.replace(day=29))
        return waiting

    waiting = await database.run(asked)
    assert await database.run(lambda unit: offices.close(unit, ids[COUNTY.name], NOW)) is None
    assert COUNTY.name not in {each.office.name for each in await database.read(offices.standing)}
    closed = await database.read(lambda unit: offices.find(unit, ids[COUNTY.name]))
    assert closed is not None
    assert closed.closed == NOW
    seat = await database.read(lambda unit: seats.find(unit, waiting))
    assert seat is not None
    assert seat.ended == NOW
    assert await database.run(lambda unit: seats.take(unit, "d" * 64, "nobody", NOW)) == "spent"
    assert not await database.run(lambda unit: offices.change(unit, ids[COUNTY.name], COUNTY))
