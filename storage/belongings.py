"""Everything that is kept of one person: to hand them a copy, and to delete it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Table, and_, delete, exists, func, literal, or_, select

from forms.attachment import Attachment
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
class Belongings:
    """What a person has here. All but the files as JSON, times in ISO UTC; `files` are those whose bytes are kept."""

    doors: tuple[dict[str, Any], ...]
    interviews: tuple[dict[str, Any], ...]
    events: tuple[dict[str, Any], ...]
    files: tuple[Attachment, ...]


def belongings(unit: Unit, someone: str) -> Belongings:
    """Everything kept of a person. Addresses of doors are left out: that of a web session is a key to it."""
    run = unit.connection.execute
    doors = run(
        select(door.c.channel, door.c.device, door.c.created, door.c.seen)
        .where(door.c.person == someone)
        .order_by(door.c.created)
    )
    interviews = run(
        select(interview.c.id, interview.c.created, party.c.role, interview.c.state)
        .outerjoin(party, party.c.id == interview.c.party)
        .where(interview.c.person == someone)
        .order_by(interview.c.created, interview.c.id)
    )
    events = run(
        select(event.c.interview, event.c.at, event.c.kind, event.c.about, event.c.details)
        .where(event.c.interview.in_(_own(someone)))
        .order_by(event.c.id)
    )
    files = run(
        select(file.c.facts)
        .where(file.c.person == someone, file.c.size > 0, file.c.arriving.is_(None))
        .order_by(file.c.created)
    )
    return Belongings(
        tuple(_json(row) for row in doors.mappings()),
        tuple(_json(row) for row in interviews.mappings()),
        tuple(_json(row) for row in events.mappings()),
        tuple(Attachment.model_validate_json(facts) for facts in files.scalars()),
    )


def forget(unit: Unit, someone: str) -> tuple[str, ...]:
    """Delete everything kept of a person but the bytes of their files, whose ids it gives.

    A case goes with the last who had a part in it; what others have said in one stays theirs. What a case has in
    common with others was drawn from the nominee's answers and goes with them.
    """
    files = uploads.disown(unit, someone)
    cases = select(party.c.case).where(party.c.person == someone)
    parts = select(party.c.id).where(party.c.person == someone)
    known = tuple(unit.connection.execute(cases).scalars())
    taken = exists(literal(1)).where(
        door.c.person == someone,
        door.c.channel == message.c.channel,
        door.c.address == message.c.conversation,
    )
    others = exists(literal(1)).where(party.c.case == case.c.id)
    for statement in (
        delete(event).where(event.c.interview.in_(_own(someone))),
        delete(interview).where(interview.c.person == someone),
        delete(case_key).where(case_key.c.case.in_(cases.where(party.c.role == "nominee"))),
        delete(code).where(or_(code.c.person == someone, code.c.party.in_(parts))),
        delete(party).where(party.c.person == someone),
        delete(case).where(and_(case.c.id.in_(known), ~others)),
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


def _json(row: Any) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in row.items()}
