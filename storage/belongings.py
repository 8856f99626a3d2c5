"""Everything that is kept of one person: to hand them a copy, and to delete it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Column, Table, Text, and_, cast, delete, exists, func, literal, or_, select

from dialogs.scene import Kept
from forms.parties import LEADING
from storage import uploads
from storage.tables import (
    case,
    case_key,
    code,
    crossing,
    door,
    event,
    file,
    interview,
    message,
    notice,
    party,
    person,
)
from storage.unit import Unit


@dataclass(frozen=True)
class Stored:
    """A file whose bytes are kept: its id, its sender's name for it, its bytes, and what is known of it as text."""

    file: str
    name: str
    size: int
    facts: str


@dataclass(frozen=True)
class Belongings:
    """What a person has here, as it stands in the rows: whatever stands there can be handed over.

    Moments are ISO UTC. `state` of an interview and `details` of an event are JSON, unless something broke them.
    """

    doors: tuple[dict[str, Any], ...]
    interviews: tuple[dict[str, Any], ...]
    events: tuple[dict[str, Any], ...]
    files: tuple[Stored, ...]


def belongings(unit: Unit, someone: str) -> Belongings:
    """Everything kept of a person. Addresses of doors are left out: that of a web session is a key to it."""
    run = unit.connection.execute
    doors = run(
        select(door.c.channel, door.c.device, _plain(door.c.created), _plain(door.c.seen))
        .where(door.c.person == someone)
        .order_by(door.c.created)
    )
    interviews = run(
        select(
            interview.c.id,
            _plain(interview.c.created),
            party.c.role,
            case.c.programme,
            _plain(interview.c.state),
        )
        .outerjoin(party, party.c.id == interview.c.party)
        .outerjoin(case, case.c.id == party.c.case)
        .where(interview.c.person == someone)
        .order_by(interview.c.created, interview.c.id)
    )
    events = run(
        select(event.c.interview, _plain(event.c.at), event.c.kind, event.c.about, _plain(event.c.details))
        .where(event.c.interview.in_(_own(someone)))
        .order_by(event.c.id)
    )
    files = run(
        select(file.c.id, _plain(file.c.name), file.c.size, _plain(file.c.facts))
        .where(file.c.person == someone, file.c.size > 0, file.c.arriving.is_(None))
        .order_by(file.c.created)
    )
    return Belongings(
        tuple(dict(row) for row in doors.mappings()),
        tuple(dict(row) for row in interviews.mappings()),
        tuple(dict(row) for row in events.mappings()),
        tuple(Stored(*row) for row in files),
    )


def _plain(column: Column[Any]) -> Any:
    """A column as the text that stands there: reading it as what it should be fails on rows that are not."""
    return cast(column, Text).label(column.name)


def doors_of(unit: Unit, someone: str) -> tuple[tuple[str, str], ...]:
    """The doors that lead to a person, as channel and address."""
    rows = unit.connection.execute(select(door.c.channel, door.c.address).where(door.c.person == someone))
    return tuple((channel, address) for channel, address in rows)


def count(unit: Unit, someone: str) -> Kept:
    """How much is kept of a person."""
    whole = (file.c.person == someone, file.c.size > 0, file.c.arriving.is_(None))
    counts = (
        select(func.count()).select_from(party).where(party.c.person == someone),
        select(func.count()).select_from(file).where(*whole),
        select(func.count()).select_from(door).where(door.c.person == someone),
    )
    numbers = unit.connection.execute(select(*(each.scalar_subquery() for each in counts))).one()
    return Kept(*map(int, numbers))


def forget(unit: Unit, someone: str) -> tuple[str, ...]:
    """Delete everything kept of a person but the bytes of their files, whose ids it gives.

    A case goes with the last who had a part in it; what others have said in one stays theirs. What a case has in
    common with others was drawn from the nominee's answers and goes with them.
    """
    files = uploads.disown(unit, someone)
    cases = select(party.c.case).where(party.c.person == someone)
    parts = select(party.c.id).where(party.c.person == someone)
    own_cases = tuple(unit.connection.execute(cases).scalars())
    taken = exists(literal(1)).where(
        door.c.person == someone,
        door.c.channel == message.c.channel,
        door.c.address == message.c.conversation,
    )
    others = exists(literal(1)).where(party.c.case == case.c.id)
    for statement in (
        delete(event).where(event.c.interview.in_(_own(someone))),
        delete(interview).where(interview.c.person == someone),
        delete(case_key).where(case_key.c.case.in_(cases.where(party.c.role == LEADING))),
        delete(code).where(or_(code.c.person == someone, code.c.party.in_(parts))),
        delete(party).where(party.c.person == someone),
        delete(case).where(and_(case.c.id.in_(own_cases), ~others)),
        delete(message).where(taken),
        *(delete(table).where(_at_doors_of(someone, table)) for table in (crossing, notice)),
        delete(door).where(door.c.person == someone),
        delete(person).where(person.c.id == someone),
    ):
        unit.connection.execute(statement)
    return files


def lately(unit: Unit, channel: str, within: timedelta) -> tuple[str, ...]:
    """The doors of a channel where something was taken shortly before the very last of it."""
    latest = unit.connection.execute(
        select(func.max(message.c.at)).where(message.c.channel == channel)
    ).scalar_one()
    if latest is None:
        return ()
    spoke = select(message.c.conversation).where(
        message.c.channel == channel, message.c.at >= latest - within
    )
    here = select(door.c.address).where(door.c.channel == channel, door.c.address.in_(spoke))
    return tuple(unit.connection.execute(here).scalars())


def _at_doors_of(someone: str, table: Table) -> Any:
    return exists(literal(1)).where(
        door.c.person == someone, door.c.channel == table.c.channel, door.c.address == table.c.address
    )


def _own(someone: str) -> Any:
    return select(interview.c.id).where(interview.c.person == someone)
