"""An office with people at its desk, and cases that lie there."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import insert, select, update

from dialogs.keeping import written
from storage import desk_tables, handing, interviews, invitations, tables
from storage.handing import Sealed
from storage.tables import new_id
from storage.unit import Unit
from tests.bot.household import House, Someone


async def opened(house: House, name: str = "小城总工会") -> str:
    """An office; gives its id."""
    made = new_id()
    values = {"id": made, "name": name, "aliases": [], "programmes": [], "kind": "city", "created": house.now}
    await house.database.run(lambda unit: unit.connection.execute(insert(desk_tables.office), values))
    return made


async def person_of(someone: Someone) -> str:
    """Who stands at a door."""
    found = select(tables.door.c.person).where(tables.door.c.address == someone.address)
    return str(await someone.house.database.read(lambda unit: unit.connection.execute(found).scalar_one()))


async def seated(house: House, office: str, someone: Someone, role: str = "clerk") -> str:
    """A seat of somebody's; gives its id."""
    made = new_id()
    values = {
        "id": made,
        "office": office,
        "person": await person_of(someone),
        "role": role,
        "name": "韦晓梅",
    }
    times = {"created": house.now, "taken": house.now}
    await house.database.run(
        lambda unit: unit.connection.execute(insert(desk_tables.seat), {**values, **times})
    )
    return made


async def unseated(house: House, seat: str) -> None:
    """The seat ends."""
    change = update(desk_tables.seat).where(desk_tables.seat.c.id == seat).values(ended=house.now)
    await house.database.run(lambda unit: unit.connection.execute(change))


async def case_of(someone: Someone) -> str:
    """The case that somebody's current interview is for."""
    found = (
        select(tables.party.c.case)
        .join(tables.interview, tables.interview.c.party == tables.party.c.id)
        .join(tables.person, tables.person.c.current == tables.interview.c.id)
        .where(tables.person.c.id == await person_of(someone))
    )
    return str(await someone.house.database.read(lambda unit: unit.connection.execute(found).scalar_one()))


async def lies(house: House, case: str, office: str, state: str = "here") -> None:
    """The case lies at the office as it stands now; each later than the one before."""

    def stay(unit: Unit) -> None:
        sealed(unit, case, house)
        programme = select(tables.case.c.programme).where(tables.case.c.id == case)
        number = len(unit.connection.execute(select(desk_tables.stay.c.id)).all())
        at = house.now + timedelta(seconds=number)
        values = {"id": new_id(), "case": case, "office": office, "round": 1, "state": state, "version": 1}
        found = unit.connection.execute(programme).scalar_one()
        unit.connection.execute(
            insert(desk_tables.stay),
            {**values, "programme": found, "arrived": at, "since": at, "due": "9999"},
        )

    await house.database.run(stay)


def sealed(unit: Unit, case: str, house: House) -> int:
    """What every part of a case says now is a round of it; gives its number."""
    parts = [
        Sealed(row.party, row.role, row.number, row.state)
        for row in invitations.of_case(unit, case)
        if row.state
    ]
    return handing.seal(unit, case, parts, {}, house.now).round


async def again(house: House, case: str) -> None:
    """The case is handed in again, as it stands now."""

    def hand_in(unit: Unit) -> None:
        change = update(desk_tables.stay).where(desk_tables.stay.c.case == case)
        unit.connection.execute(change.values(round=sealed(unit, case, house)))

    await house.database.run(hand_in)


async def says(house: House, case: str, **answers: str) -> None:
    """The nominee of a case has other answers now."""

    def change(unit: Unit) -> None:
        speaker = invitations.leading(unit, case)
        assert speaker
        state = speaker.state.model_copy(update={"answers": {**speaker.state.answers, **answers}})
        interviews.save(unit, speaker, written(state))

    await house.database.run(change)


async def withdrawn(house: House, case: str) -> None:
    """The case is taken back."""
    await now_is(house, case, "withdrawn")


async def now_is(house: House, case: str, state: str) -> None:
    """The case at its offices is in another state."""
    change = update(desk_tables.stay).where(desk_tables.stay.c.case == case).values(state=state)
    await house.database.run(lambda unit: unit.connection.execute(change))
