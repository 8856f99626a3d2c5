"""Many at the desks of one office, all pressing at once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Iterable
from datetime import timedelta

from sqlalchemy import select

from dialogs.turn import Screen
from storage.desk_tables import stay
from storage.stays import STANDING
from storage.unit import Unit
from tests.bot.house.desk.bureau import Bureau, hands_in
from tests.bot.house.desk.standing import faults
from tests.bot.household import House, Someone
from tests.dialogs.desk.desks import words


async def bureau(house: House, clerks: int, heads: int = 1) -> tuple[Bureau, list[Someone]]:
    """An office with so many clerks, and heads behind them."""
    opened = await Bureau(house).opens()
    people = [await opened.seats(f"经办{each}", opened.county) for each in range(clerks)]
    people += [await opened.seats(f"负责人{each}", opened.county, "head") for each in range(heads)]
    return opened, people


async def lying(house: House, office: str = "") -> str:
    """The stay that came last, of those that stand; at an office."""

    def read(unit: Unit) -> str:
        wanted = (stay.c.state.in_(STANDING), *((stay.c.office == office,) if office else ()))
        rows = unit.connection.execute(select(stay.c.id).where(*wanted).order_by(stay.c.arrived.desc()))
        return str(rows.scalars().first())

    return await house.database.read(read)


async def state_of(house: House, identifier: str) -> str:
    """Of a stay; "" where there is none."""
    query = select(stay.c.state).where(stay.c.id == identifier)
    return str(await house.database.read(lambda unit: unit.connection.execute(query).scalar() or ""))


async def opens(someone: Someone, identifier: str) -> Screen:
    """Somebody opens a case from their board, however old that is."""
    return await someone.take(choice=f"0.~open~{identifier}")


async def does(someone: Someone, verb: str, about: str = "") -> Screen:
    """Somebody presses a button of the Screen they have."""
    return await someone.take(choice=f"{someone.screen.revision:x}.~{verb}~{about}")


async def comes(house: House, address: str) -> tuple[Someone, str]:
    """Somebody hands in, a minute after whoever was before; and where that lies."""
    house.now += timedelta(minutes=1)
    someone = await hands_in(house, address)
    return someone, await lying(house)


async def unheld(people: Iterable[Someone], identifier: str, beside: str) -> None:
    """All of them have a case open, and nobody holds it: who did has opened another and come back by a tab of old."""
    for each in people:
        await opens(each, identifier)
    first = next(iter(people))
    await opens(first, beside)


async def together(*presses: Awaitable[object]) -> None:
    """All at once."""
    await asyncio.gather(*presses)


async def sound(house: House) -> None:
    """Nothing of the rows is between two states."""
    found = await house.database.read(lambda unit: faults(unit, house.key))
    assert not found, "\n".join(found)


def says(someone: Someone, *some: str) -> bool:
    """Whether any of this stands on somebody's Screen."""
    return any(each in words(someone.screen) for each in some)
