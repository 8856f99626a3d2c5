"""Doors that stand aside: of one device that several people share, all but the one who speaks there now.

A door that stands aside has an address that no session leads to; the digits that bring it back are kept beside it as a
slow hash.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete, insert, select, update

from storage.tables import crossing, door, notice
from storage.unit import Unit


@dataclass(frozen=True)
class Aside:
    """A door that stands aside: whose it is, the hash of its digits ("": none were set), how often they were wrong."""

    person: str
    pin: str
    misses: int


def find(unit: Unit, channel: str, address: str) -> Aside | None:
    """The door that stands aside at an address; None where there is none."""
    row = unit.connection.execute(
        select(door.c.person, door.c.pin, door.c.misses).where(
            door.c.channel == channel, door.c.address == address
        )
    ).one_or_none()
    return None if row is None else Aside(row.person, row.pin or "", row.misses)


def move(unit: Unit, channel: str, address: str, to: str, pin: str = "") -> None:
    """A door has another address from now on, with all that waits there, and digits that bring it back or none.

    Nobody may stand at the new address, nor wait there.
    """
    for table in (door, notice, crossing):
        here = (table.c.channel == channel, table.c.address == address)
        unit.connection.execute(update(table).where(*here).values(address=to))
    moved = (door.c.channel == channel, door.c.address == to)
    unit.connection.execute(update(door).where(*moved).values(pin=pin or None, misses=0))


def missed(unit: Unit, channel: str, address: str, most: int) -> None:
    """Wrong digits were given. After so many the right ones bring nobody back either."""
    here = (door.c.channel == channel, door.c.address == address)
    unit.connection.execute(update(door).where(*here).values(misses=door.c.misses + 1))
    unit.connection.execute(update(door).where(*here, door.c.misses >= most).values(pin=None))


def carry(unit: Unit, channel: str, address: str, to: str) -> None:
    """What is asked at a door is asked at another one instead, from its beginning."""
    asked = (crossing.c.channel == channel, crossing.c.address == address)
    row = unit.connection.execute(select(crossing.c.digest, crossing.c.expires).where(*asked)).one_or_none()
    if row is None:
        return
    there = (crossing.c.channel == channel, crossing.c.address == to)
    unit.connection.execute(delete(crossing).where(*asked))
    unit.connection.execute(delete(crossing).where(*there))
    values = {"channel": channel, "address": to, "digest": row.digest, "expires": row.expires}
    unit.connection.execute(insert(crossing), values)
