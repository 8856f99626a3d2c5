"""People and the doors that lead to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select, update

from dialogs.interview import Interview
from storage import deskwork
from storage.interviews import beside
from storage.tables import STANDING, code, consent, door, file, interview, party, person
from storage.unit import Unit


@dataclass(frozen=True)
class Door:
    """Where a person speaks from: since when, and when last, as far as it was noted."""

    channel: str
    address: str
    device: str
    since: datetime
    seen: datetime | None


def doors(unit: Unit, someone: str) -> tuple[Door, ...]:
    """All doors that lead to a person, the latest first."""
    rows = unit.connection.execute(
        select(door.c.channel, door.c.address, door.c.device, door.c.created, door.c.seen)
        .where(door.c.person == someone)
        .order_by(door.c.created.desc(), door.c.channel, door.c.address)
    )
    return tuple(
        Door(channel, address, device or "", since, seen) for channel, address, device, since, seen in rows
    )


def known(unit: Unit, someone: str) -> bool:
    """Whether there is such a person."""
    return unit.connection.execute(select(person.c.id).where(person.c.id == someone)).first() is not None


def join(unit: Unit, channel: str, address: str, someone: str, at: datetime) -> None:
    """Let a door lead to a person. Whoever spoke there before keeps what is theirs, but a short code made there."""
    _void_short(unit, channel, address, but=someone)
    here = (door.c.channel == channel, door.c.address == address)
    moved = unit.connection.execute(update(door).where(*here).values(person=someone, created=at))
    if not moved.rowcount:
        values = {"channel": channel, "address": address, "person": someone, "created": at}
        unit.connection.execute(insert(door), values)


def end(unit: Unit, channel: str, address: str) -> None:
    """A door leads nowhere any more, and neither does the short code that may have been made there."""
    _void_short(unit, channel, address)
    unit.connection.execute(delete(door).where(door.c.channel == channel, door.c.address == address))


def speaks(unit: Unit, someone: str, state: Interview) -> None:
    """What an interview says of the person themselves: their language, and when they agreed to what is kept."""
    unit.connection.execute(update(person).where(person.c.id == someone).values(**beside(state)))


def unreminded(unit: Unit, someone: str, since: datetime | None) -> None:
    """Note since when a person wants no reminders; None where they want them again."""
    unit.connection.execute(update(person).where(person.c.id == someone).values(unreminded=since))


def _void_short(unit: Unit, channel: str, address: str, but: str = "") -> None:
    """It is not noted at which of a person's doors their one short code was made: another is made in no time."""
    there = select(door.c.person).where(
        door.c.channel == channel, door.c.address == address, door.c.person != but
    )
    unit.connection.execute(delete(code).where(code.c.kind == "short", code.c.person.in_(there)))


def touch(unit: Unit, channel: str, address: str, device: str, at: datetime) -> None:
    """Note that a door is in use, and a word on the device that it is."""
    values: dict[str, object] = {"seen": at, **({"device": device} if device else {})}
    unit.connection.execute(
        update(door).where(door.c.channel == channel, door.c.address == address).values(values)
    )


def unused(unit: Unit, channel: str, since: datetime) -> tuple[Door, ...]:
    """The doors of a channel where nobody has been since a moment."""
    rows = unit.connection.execute(
        select(door.c.channel, door.c.address, door.c.device, door.c.created, door.c.seen).where(
            door.c.channel == channel, door.c.created < since, (door.c.seen.is_(None)) | (door.c.seen < since)
        )
    )
    return tuple(Door(kind, address, device or "", came, seen) for kind, address, device, came, seen in rows)


def unreachable(unit: Unit, channel: str, address: str, since: datetime | None) -> None:
    """Note since when nothing can be delivered at a door; None where it can again."""
    here = (door.c.channel == channel, door.c.address == address)
    other = door.c.unreachable.is_(None) if since else door.c.unreachable.is_not(None)
    unit.connection.execute(update(door).where(*here, other).values(unreachable=since))


def may_merge(unit: Unit, one: str, other: str) -> bool:
    """Whether all that two people have can be one person's: nobody is two parties of one case."""
    also = party.alias("also")
    both = select(party.c.id).join(also, also.c.case == party.c.case)
    standing = (party.c.state.in_(STANDING), also.c.state.in_(STANDING))
    shared = unit.connection.execute(
        both.where(party.c.person == one, also.c.person == other, *standing)
    ).first()
    return shared is None


def since(unit: Unit, channel: str, address: str) -> datetime | None:
    """When the person at a door first came; None where nobody did."""
    came = (
        select(person.c.created)
        .join(door, door.c.person == person.c.id)
        .where(door.c.channel == channel, door.c.address == address)
    )
    return unit.connection.execute(came).scalar_one_or_none()


def merge(unit: Unit, one: str, into: str, at: datetime) -> None:
    """All that one person has is another's from now on: applications, seats, files, doors, codes that lead there."""
    deskwork.merge(unit, one, into, at)
    for table in (interview, party, file, door, consent):
        unit.connection.execute(update(table).where(table.c.person == one).values(person=into))
    unit.connection.execute(delete(code).where(code.c.person == one, code.c.kind == "short"))
    # Their recovery code goes on opening what it opened; the one that is shown is that of the other.
    unit.connection.execute(update(code).where(code.c.person == one).values(person=into, generation=0))
    unit.connection.execute(delete(person).where(person.c.id == one))
