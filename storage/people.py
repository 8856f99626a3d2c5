"""People and the doors that lead to them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, insert, select, update

from storage.tables import door, file, interview, party, person, resume_code
from storage.unit import Unit


def issue_code(unit: Unit, digest: str, someone: str, expires: datetime) -> None:
    """A code for a person, by its SHA-256. Any earlier one is void."""
    unit.connection.execute(delete(resume_code).where(resume_code.c.person == someone))
    unit.connection.execute(insert(resume_code), {"digest": digest, "person": someone, "expires": expires})


def use_code(unit: Unit, digest: str, at: datetime) -> str | None:
    """Use up a code: whose it is, or None where it is wrong, used or expired."""
    used = unit.connection.execute(
        update(resume_code)
        .where(
            resume_code.c.digest == digest,
            resume_code.c.used.is_(None),
            resume_code.c.expires > at,
        )
        .values(used=at)
    )
    if used.rowcount != 1:
        return None
    whose = select(resume_code.c.person).where(resume_code.c.digest == digest)
    return str(unit.connection.execute(whose).scalar_one())


def unreachable(unit: Unit, channel: str, address: str, since: datetime | None) -> None:
    """Note since when nothing can be delivered at a door; None where it can again."""
    here = (door.c.channel == channel, door.c.address == address)
    other = door.c.unreachable.is_(None) if since else door.c.unreachable.is_not(None)
    unit.connection.execute(update(door).where(*here, other).values(unreachable=since))


def since(unit: Unit, channel: str, address: str) -> datetime | None:
    """When the person at a door first came; None where nobody did."""
    came = (
        select(person.c.created)
        .join(door, door.c.person == person.c.id)
        .where(door.c.channel == channel, door.c.address == address)
    )
    return unit.connection.execute(came).scalar_one_or_none()


def join(unit: Unit, channel: str, address: str, someone: str, at: datetime) -> None:
    """Let a door lead to a person.

    Whoever spoke there before and has no other door comes along with all they have, so that nothing already
    entered is out of reach.
    """
    here = (door.c.channel == channel, door.c.address == address)
    before = unit.connection.execute(select(door.c.person).where(*here)).scalar_one_or_none()
    if before is None:
        unit.connection.execute(
            insert(door), {"channel": channel, "address": address, "person": someone, "created": at}
        )
        return
    if before == someone:
        return
    unit.connection.execute(update(door).where(*here).values(person=someone))
    if unit.connection.execute(select(door.c.person).where(door.c.person == before)).first() is None:
        for table in (interview, party, file):
            unit.connection.execute(update(table).where(table.c.person == before).values(person=someone))
        unit.connection.execute(delete(resume_code).where(resume_code.c.person == before))
        unit.connection.execute(delete(person).where(person.c.id == before))
