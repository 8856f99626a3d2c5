"""The unit of work: everything one transaction reads and writes, in the words of the house.

A Unit lives as long as its transaction. Nothing here waits for anything but the database.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, exists, func, insert, literal, select, update

from dialogs.interview import Interview
from dialogs.keeping import read, written
from dialogs.turn import Event
from forms.attachment import Attachment
from forms.loader import Source
from storage.tables import (
    case,
    door,
    event,
    file,
    interview,
    message,
    new_id,
    party,
    person,
    resume_code,
    snapshot,
)


class Conflict(Exception):  # noqa: N818  # not an error: it says “again”
    """Another unit was first. Nothing of this one is kept; what it did can be tried again."""


@dataclass(frozen=True)
class Seat:
    """Who speaks at a door and the interview they are in.

    `case` and `party` are None before a programme is chosen. `others` tells whether the person has further
    interviews, `seen` whether the message asked about was taken already, `unreachable` whether the door was noted as
    one where nothing can be delivered.
    """

    person: str
    interview: str
    version: int
    state: Interview
    party: str | None = None
    case: str | None = None
    others: bool = False
    seen: bool = False
    unreachable: bool = False


@dataclass(frozen=True)
class Kept:
    """How much a person has stored: files, and bytes in all."""

    files: int
    size: int


_OTHER = interview.alias("other")
_SEAT = (
    select(
        person.c.id,
        interview.c.id,
        interview.c.version,
        interview.c.state,
        interview.c.party,
        party.c.case,
        exists(literal(1)).where(_OTHER.c.person == person.c.id, _OTHER.c.id != person.c.current),
        exists(literal(1)).where(
            message.c.channel == bindparam("channel"),
            message.c.conversation == bindparam("conversation"),
            message.c.message == bindparam("message"),
        ),
        door.c.unreachable,
    )
    .select_from(door)
    .join(person, person.c.id == door.c.person)
    .join(interview, interview.c.id == person.c.current)
    .outerjoin(party, party.c.id == interview.c.party)
    .where(door.c.channel == bindparam("channel"), door.c.address == bindparam("address"))
)
_INTERVIEW = (
    select(interview.c.person, interview.c.version, interview.c.state, interview.c.party, party.c.case)
    .outerjoin(party, party.c.id == interview.c.party)
    .where(interview.c.id == bindparam("wanted"))
)
_SAVE = (
    update(interview)
    .where(interview.c.id == bindparam("saved"), interview.c.version == bindparam("known"))
    .values(state=bindparam("now"), version=interview.c.version + 1, party=bindparam("part"))
)
_OTHERS = (
    select(interview.c.id, interview.c.state)
    .where(interview.c.person == bindparam("whose"), interview.c.id != bindparam("except"))
    .order_by(interview.c.created.desc(), interview.c.id)
    .limit(bindparam("most"))
)
_EXPERTS = (
    select(interview.c.state)
    .join(party, party.c.id == interview.c.party)
    .where(party.c.case == bindparam("of"), party.c.role == "expert")
    .order_by(interview.c.created, interview.c.id)
)
_COUNT = insert(message)
_HAPPENED = insert(event)

#: How many of a person's other interviews a screen lists: the latest ones.
_LISTED = 20


class Unit:
    """What one transaction may do. Errors of the database come through as SQLAlchemy raises them."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    # Turns

    def seat(self, channel: str, address: str, conversation: str = "", message_id: str = "") -> Seat | None:
        """Who speaks at this door; None where nothing was kept yet."""
        row = self.connection.execute(
            _SEAT,
            {"channel": channel, "address": address, "conversation": conversation, "message": message_id},
        ).one_or_none()
        if row is None:
            return None
        owner, identifier, version, state, part, of, others, seen, unreachable = row
        return Seat(
            owner,
            identifier,
            version,
            read(state),
            part,
            of,
            bool(others),
            bool(seen),
            unreachable is not None,
        )

    def welcome(self, channel: str, address: str, state: Interview, at: datetime) -> Seat:
        """A new person at a new door, in a new interview. Conflict where the door is taken meanwhile."""
        somebody, identifier = new_id(), new_id()
        self.connection.execute(insert(person), {"id": somebody, "current": identifier, "created": at})
        self.connection.execute(
            insert(door), {"channel": channel, "address": address, "person": somebody, "created": at}
        )
        self._begin(identifier, somebody, state, at)
        return Seat(somebody, identifier, 1, state)

    def count(self, channel: str, conversation: str, message_id: str, at: datetime) -> None:
        """Note a message as taken. Conflict where it was."""
        self.connection.execute(
            _COUNT, {"channel": channel, "conversation": conversation, "message": message_id, "at": at}
        )

    def save(self, seat: Seat, state: Interview, part: str | None) -> None:
        """The interview as it now stands. Conflict where its version is no longer the one that was read."""
        saved = self.connection.execute(
            _SAVE,
            {"saved": seat.interview, "known": seat.version, "now": written(state), "part": part},
        )
        if saved.rowcount != 1:
            raise Conflict(f"interview {seat.interview} is past version {seat.version}")

    def record(self, identifier: str, events: Sequence[Event], at: datetime) -> None:
        """Add to an interview's history."""
        if events:
            self.connection.execute(
                _HAPPENED,
                [
                    {
                        "interview": identifier,
                        "at": at,
                        "kind": happened.kind,
                        "about": happened.about,
                        "details": dict(happened.details),
                    }
                    for happened in events
                ],
            )

    # Interviews and cases

    def others(self, seat: Seat) -> tuple[tuple[str, Interview], ...]:
        """The latest of the person's other interviews, newest first, by id."""
        rows = self.connection.execute(
            _OTHERS, {"whose": seat.person, "except": seat.interview, "most": _LISTED}
        )
        return tuple((identifier, read(state)) for identifier, state in rows)

    def experts(self, identifier: str) -> tuple[dict[str, Any], ...]:
        """The answers of a case's experts who have finished their part, in the order they came."""
        states = self.connection.execute(_EXPERTS, {"of": identifier}).scalars()
        parts = (read(state) for state in states)
        return tuple(part.answers for part in parts if part.finished_at)

    def begin(self, someone: str, state: Interview, at: datetime) -> None:
        """A further interview of a person, which they are in from now on."""
        identifier = new_id()
        self._begin(identifier, someone, state, at)
        self.enter(someone, identifier)

    def _begin(self, identifier: str, someone: str, state: Interview, at: datetime) -> None:
        self.connection.execute(
            insert(interview),
            {
                "id": identifier,
                "person": someone,
                "party": None,
                "state": written(state),
                "version": 1,
                "created": at,
            },
        )

    def enter(self, someone: str, identifier: str) -> None:
        """Make one of a person's own interviews the one they are in. LookupError where it is not theirs."""
        own = exists(literal(1)).where(interview.c.id == identifier, interview.c.person == someone)
        moved = self.connection.execute(
            update(person).where(person.c.id == someone, own).values(current=identifier)
        )
        if moved.rowcount != 1:
            raise LookupError(identifier)

    def interview(self, identifier: str) -> Seat:
        """An interview by its id, whoever's it is. Raises sqlalchemy.exc.NoResultFound."""
        owner, version, state, part, of = self.connection.execute(_INTERVIEW, {"wanted": identifier}).one()
        return Seat(owner, identifier, version, read(state), part, of)

    def open_case(self, someone: str, state: Interview, source: Source, at: datetime) -> str:
        """A case for an interview that has chosen its programme; gives the id of the person's part in it."""
        self._pin(source)
        opened, part = new_id(), new_id()
        self.connection.execute(insert(case), {"id": opened, "created": at, **_standing(state)})
        self.connection.execute(
            insert(party), {"id": part, "case": opened, "person": someone, "role": state.party}
        )
        return part

    def update_case(self, identifier: str, state: Interview, source: Source | None) -> None:
        """Where a case stands, after its interview; `source` where its definition changed."""
        if source is not None:
            self._pin(source)
        self.connection.execute(update(case).where(case.c.id == identifier).values(**_standing(state)))

    def _pin(self, source: Source) -> None:
        if self.source(source.digest) is None:
            self.connection.execute(
                insert(snapshot),
                {"digest": source.digest, "programme": source.id, "source": source.to_json()},
            )

    def source(self, digest: str) -> Source | None:
        """The definition that cases were begun with, by its digest."""
        text = self.connection.execute(
            select(snapshot.c.source).where(snapshot.c.digest == digest)
        ).scalar_one_or_none()
        return None if text is None else Source.from_json(text)

    # Files

    def kept(self, someone: str) -> Kept:
        """How much a person has stored. Others who ask for the same person wait until this unit is through."""
        self.connection.execute(select(person.c.id).where(person.c.id == someone).with_for_update())
        files, size = self.connection.execute(
            select(func.count(), func.coalesce(func.sum(file.c.size), 0)).where(file.c.person == someone)
        ).one()
        return Kept(int(files), int(size))

    def add_file(self, seat: Seat, attachment: Attachment, size: int, at: datetime) -> None:
        """Note a stored file as the person's own; `size` is the bytes that were kept."""
        self.connection.execute(
            insert(file),
            {
                "id": attachment.file,
                "person": seat.person,
                "interview": seat.interview,
                "name": attachment.name,
                "size": size,
                "facts": attachment.model_dump_json(),
                "created": at,
            },
        )

    def file(self, someone: str, identifier: str) -> Attachment | None:
        """A person's own file; None for anyone else's."""
        facts = self.connection.execute(
            select(file.c.facts).where(file.c.id == identifier, file.c.person == someone)
        ).scalar_one_or_none()
        return None if facts is None else Attachment.model_validate_json(facts)

    # Doors

    def issue_code(self, digest: str, someone: str, expires: datetime) -> None:
        """A code for a person, by its SHA-256. Any earlier one is void."""
        self.connection.execute(delete(resume_code).where(resume_code.c.person == someone))
        self.connection.execute(
            insert(resume_code), {"digest": digest, "person": someone, "expires": expires}
        )

    def use_code(self, digest: str, at: datetime) -> str | None:
        """Use up a code: whose it is, or None where it is wrong, used or expired."""
        used = self.connection.execute(
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
        return str(self.connection.execute(whose).scalar_one())

    def unreachable(self, channel: str, address: str, since: datetime | None) -> None:
        """Note since when nothing can be delivered at a door; None where it can again."""
        here = (door.c.channel == channel, door.c.address == address)
        other = door.c.unreachable.is_(None) if since else door.c.unreachable.is_not(None)
        self.connection.execute(update(door).where(*here, other).values(unreachable=since))

    def join(self, channel: str, address: str, someone: str, at: datetime) -> None:
        """Let a door lead to a person.

        Whoever spoke there before and has no other door comes along with all they have, so that nothing already
        entered is out of reach.
        """
        here = (door.c.channel == channel, door.c.address == address)
        before = self.connection.execute(select(door.c.person).where(*here)).scalar_one_or_none()
        if before is None:
            self.connection.execute(
                insert(door), {"channel": channel, "address": address, "person": someone, "created": at}
            )
            return
        if before == someone:
            return
        self.connection.execute(update(door).where(*here).values(person=someone))
        if self.connection.execute(select(door.c.person).where(door.c.person == before)).first() is None:
            for table in (interview, party, file):
                self.connection.execute(update(table).where(table.c.person == before).values(person=someone))
            self.connection.execute(delete(resume_code).where(resume_code.c.person == before))
            self.connection.execute(delete(person).where(person.c.id == before))


def _standing(state: Interview) -> dict[str, object]:
    return {
        "programme": state.programme,
        "digest": state.digest,
        "practice": state.practice,
        "finished": datetime.fromisoformat(state.finished_at) if state.finished_at else None,
    }
