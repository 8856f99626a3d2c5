"""Everything that is kept of one person: to hand them a copy, and to delete it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Column, Table, Text, cast, delete, exists, func, literal, or_, select, update
from sqlalchemy import case as case_when

from dialogs.scene import Kept
from dialogs.trail_words import LOOKED, TOLD, word
from forms.parties import LEADING
from storage import consents, deskwork, trail, uploads
from storage.desk_tables import letter, office, seat
from storage.tables import (
    GONE,
    STANDING,
    attached,
    case,
    case_key,
    code,
    consent,
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

    `by` of a letter is the office that wrote it, "" where they did; `consents` have the words that were shown; `looked` is
    which office did what with a case of theirs; `seats` are those at offices. Moments are ISO UTC.
    `state` of an interview and `details` of an event are JSON, unless something broke them.
    """

    doors: tuple[dict[str, Any], ...]
    interviews: tuple[dict[str, Any], ...]
    events: tuple[dict[str, Any], ...]
    files: tuple[Stored, ...]
    letters: tuple[dict[str, Any], ...] = ()
    consents: tuple[dict[str, Any], ...] = ()
    looked: tuple[dict[str, Any], ...] = ()
    seats: tuple[dict[str, Any], ...] = ()


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
            interview.c.version,
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
    seats = run(
        select(
            office.c.name.label("office"),
            seat.c.role,
            seat.c.name,
            _plain(seat.c.taken),
            _plain(seat.c.ended),
        )
        .join(office, office.c.id == seat.c.office)
        .where(seat.c.person == someone)
        .order_by(seat.c.taken)
    )
    letters = run(
        select(
            letter.c.id,
            letter.c.case,
            func.coalesce(office.c.name, "").label("by"),
            _plain(letter.c.at),
            letter.c.text,
        )
        .outerjoin(seat, seat.c.id == letter.c.seat)
        .outerjoin(office, office.c.id == seat.c.office)
        .where(letter.c.person == someone)
        .order_by(letter.c.id)
    )
    return Belongings(
        tuple(dict(row) for row in doors.mappings()),
        tuple(_interview(unit, **row) for row in interviews.mappings()),
        tuple(dict(row) for row in events.mappings()),
        tuple(_stored(unit, *row) for row in files),
        tuple(_letter(unit, **row) for row in letters.mappings()),
        tuple(asdict(each) for each in consents.of_person(unit, someone)),
        tuple(_looked(unit, someone)),
        tuple(dict(row) for row in seats.mappings()),
    )


def _looked(unit: Unit, someone: str) -> Iterator[dict[str, Any]]:
    """What offices did with the person's cases, as far as it is theirs to know: no names of staff."""
    parts = unit.connection.execute(
        select(party.c.case, func.max(case_when((party.c.role == LEADING, 1), else_=0)))
        .where(party.c.person == someone)
        .group_by(party.c.case)
        .order_by(party.c.case)
    )
    for identifier, leads in parts.all():
        for each in trail.entries(unit, identifier):
            if each.office and each.kind in (TOLD if leads else LOOKED):
                yield {"case": identifier, "at": each.at, "office": each.office, "did": word(each.kind).text}


def _interview(unit: Unit, id: str, version: int, state: str, **row: Any) -> dict[str, Any]:  # its column
    return {"id": id, **row, "state": unit.sealed.glance("interview.state", f"{id}|{version}", state)}


def _stored(unit: Unit, file: str, name: str, size: int, facts: str) -> Stored:
    opened = unit.sealed.glance
    return Stored(file, opened(uploads.NAME, file, name), size, opened(uploads.FACTS, file, facts))


def _letter(unit: Unit, id: int, text: str, **row: Any) -> dict[str, Any]:  # its column
    return {**row, "text": unit.sealed.glance("letter.text", str(id), text)}


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
    applications, files, doors = map(int, numbers)
    return Kept(applications, files, doors)


@dataclass(frozen=True)
class Left:
    """What is left to do once somebody is forgotten: the ids of files whose bytes go, and who is to be told.

    `writers` are people whose part ended with the application that it was for. `parts` are the parties that the
    forgotten had in others' applications and that had not ended.
    """

    files: tuple[str, ...] = ()
    writers: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()


def forget(unit: Unit, someone: str, at: datetime) -> Left:
    """Delete everything kept of a person but the bytes of their files.

    An application that was theirs ends with it: whoever was asked and did not come is asked no more, and what others
    have written stays theirs, as that of an ended part. Their part in somebody else's application has left, and nobody
    has it. A case goes with the last who had a part in it. What a case has in common with others was drawn from the
    nominee's answers and goes with them, and so does what offices have of it. A seat that they had has ended and has no
    name; what the trail tells stays and resolves to nobody.
    """
    files = uploads.disown(unit, someone)
    unit.sealed.destroy({someone, *unit.connection.execute(_own(someone)).scalars()})
    rows = _parts(unit, someone)
    writers, left = _leave(unit, someone, rows, at)
    deskwork.forget(unit, someone, at)
    taken = exists(literal(1)).where(
        door.c.person == someone,
        door.c.channel == message.c.channel,
        door.c.address == message.c.conversation,
    )
    for statement in (
        delete(event).where(event.c.interview.in_(_own(someone))),
        delete(interview).where(interview.c.person == someone),
        delete(code).where(code.c.person == someone),
        delete(message).where(taken),
        *(delete(table).where(_at_doors_of(someone, table)) for table in (crossing, notice)),
        delete(door).where(door.c.person == someone),
        delete(person).where(person.c.id == someone),
    ):
        unit.connection.execute(statement)
    close(unit, {row.case for row in rows})
    return Left(files, writers, left)


def forget_cases(unit: Unit, someone: str, cases: Collection[str], at: datetime) -> Left:
    """As `forget`, of what a person has in some cases alone; they themselves, and all else of theirs, stay."""
    rows = [row for row in _parts(unit, someone) if row.case in cases]
    gone = select(interview.c.id).where(
        interview.c.person == someone, interview.c.party.in_([row.id for row in rows])
    )
    return _forget_some(unit, someone, rows, unit.connection.execute(gone).scalars().all(), at)


def forget_but(unit: Unit, someone: str, cases: Collection[str], at: datetime) -> Left:
    """As `forget`, of all but what a person has in some cases: these, the person and their doors stay."""
    rows = [row for row in _parts(unit, someone) if row.case not in cases]
    stay = select(party.c.id).where(party.c.person == someone, party.c.case.in_(cases))
    gone = select(interview.c.id).where(
        interview.c.person == someone, or_(interview.c.party.is_(None), interview.c.party.not_in(stay))
    )
    return _forget_some(unit, someone, rows, unit.connection.execute(gone).scalars().all(), at)


def _forget_some(
    unit: Unit, someone: str, rows: Sequence[Any], interviews: Sequence[str], at: datetime
) -> Left:
    writers, left = _leave(unit, someone, rows, at)
    for statement in (
        delete(attached).where(attached.c.interview.in_(interviews)),
        delete(event).where(event.c.interview.in_(interviews)),
    ):
        unit.connection.execute(statement)
    files = uploads.unnamed(unit, someone)
    unit.sealed.destroy(interviews)
    for other in (
        update(file).where(file.c.interview.in_(interviews)).values(interview=None),
        delete(interview).where(interview.c.id.in_(interviews)),
    ):
        unit.connection.execute(other)
    latest = unit.connection.execute(
        select(interview.c.id)
        .where(interview.c.person == someone)
        .order_by(interview.c.created.desc())
        .limit(1)
    ).scalar_one_or_none()
    current = unit.connection.execute(select(person.c.current).where(person.c.id == someone)).scalar_one()
    if latest and current in interviews:
        unit.connection.execute(update(person).where(person.c.id == someone).values(current=latest))
    close(unit, {row.case for row in rows})
    return Left(files, writers, left)


def _parts(unit: Unit, someone: str) -> Sequence[Any]:
    return unit.connection.execute(
        select(party.c.id, party.c.case, party.c.role, party.c.state).where(party.c.person == someone)
    ).all()


def _leave(
    unit: Unit, someone: str, rows: Sequence[Any], at: datetime
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """A person has these parts no more; gives who wrote for an application that ends with it, and what parts are left."""
    ids, cases = [row.id for row in rows], {row.case for row in rows}
    led = {row.case for row in rows if row.role == LEADING and row.state in STANDING}
    writers = _orphaned(unit, led, someone, at)
    deskwork.forget_cases(unit, someone, cases, led, at)
    own, stood = party.c.id.in_(ids), party.c.state.in_(STANDING)
    for statement in (
        update(interview).where(interview.c.party.in_(ids)).values(party=None),
        delete(case_key).where(case_key.c.case.in_(led)),
        delete(code).where(code.c.party.in_(ids)),
        delete(party).where(own, party.c.case.in_(led)),
        update(party).where(own, stood).values(state="withdrawn", changed=at, confirmed=None),
        update(party).where(own).values(person=None, consented=None),
        delete(consent).where(consent.c.party.in_(ids)),
    ):
        unit.connection.execute(statement)
    return writers, tuple(row.id for row in rows if row.case not in led and row.state in STANDING)


def anything(unit: Unit, someone: str) -> bool:
    """Whether an interview or a seat of a person is left."""
    interviews = select(interview.c.id).where(interview.c.person == someone).limit(1)
    sits = select(seat.c.id).where(seat.c.person == someone, seat.c.ended.is_(None)).limit(1)
    return any(unit.connection.execute(each).first() is not None for each in (interviews, sits))


def close(unit: Unit, cases: Collection[str]) -> None:
    """Of some cases, those in which nobody has a part any more go, with all who were asked and never came."""
    had = exists(literal(1)).where(party.c.case == case.c.id, party.c.person.is_not(None))
    empty = unit.connection.execute(select(case.c.id).where(case.c.id.in_(cases), ~had)).scalars().all()
    unit.sealed.destroy(empty)
    for statement in (
        delete(code).where(code.c.party.in_(select(party.c.id).where(party.c.case.in_(empty)))),
        delete(party).where(party.c.case.in_(empty)),
        delete(case).where(case.c.id.in_(empty)),
    ):
        unit.connection.execute(statement)


def _orphaned(unit: Unit, led: Collection[str], someone: str, at: datetime) -> tuple[str, ...]:
    """End what others do in the applications of a person; gives those others."""
    others = (party.c.case.in_(led), or_(party.c.person.is_(None), party.c.person != someone))
    ids = select(party.c.id).where(*others)
    stood = (*others, party.c.state.in_(STANDING), party.c.person.is_not(None))
    # Whoever takes a part at this very moment is through before us, or finds that it is gone.
    unit.connection.execute(ids.with_for_update())
    writers = unit.connection.execute(select(party.c.person).where(*stood).distinct()).scalars().all()
    came = exists(literal(1)).where(interview.c.party == party.c.id)
    for statement in (
        delete(code).where(code.c.party.in_(ids), code.c.kind == "invite"),
        update(party).where(*stood).values(state="revoked", reason=GONE, changed=at, confirmed=None),
        delete(party).where(*others, party.c.person.is_(None), ~came),
    ):
        unit.connection.execute(statement)
    return tuple(str(each) for each in writers)


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
