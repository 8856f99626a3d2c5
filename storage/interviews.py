"""Interviews: who speaks at a door, and what they said."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, exists, func, insert, literal, or_, select, update

from dialogs.events import Event
from dialogs.interview import Interview
from dialogs.keeping import Written, attached, written
from storage.conflicts import Conflict
from storage.desk_tables import desk, seat, stay
from storage.states import SHUT, STATE, opened, read_beside, sealed, text_of
from storage.tables import (
    Instant,
    code,
    crossing,
    door,
    event,
    file,
    interview,
    message,
    new_id,
    notice,
    party,
    person,
)
from storage.tables import (
    attached as attached_to,
)
from storage.tables import (
    case as case_of,
)
from storage.unit import Unit


@dataclass(frozen=True)
class Speaker:
    """Who speaks at a door and the interview they are in.

    `case` and `party` are None before a programme is chosen. `others` tells whether the person has further
    interviews, `seen` whether the message asked about was taken already, `unreachable` whether the door was noted as
    one where nothing can be delivered. `device` and `used` are what is noted of the door; `coded` tells whether the
    person has a recovery code, `awaited` whether a question or a sentence waits at the door. `files` is whatever may be
    the id of a file in what was read. `unreminded` tells that the person wants no reminders, `at_desk` that their doors
    show the desk of an office, `seated` that they have a seat somewhere, `lies` that the case lies or lay
    at an office, `alone` that the case is known to have no other party.
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
    device: str = ""
    used: datetime | None = None
    coded: bool = False
    awaited: bool = False
    files: frozenset[str] = frozenset()
    unreminded: bool = False
    at_desk: bool = False
    seated: bool = False
    lies: bool = False
    alone: bool = False


_OTHER = interview.alias("other")
_BESIDE = party.alias("beside")
_HERE: Mapping[str, Any] = {"channel": bindparam("channel"), "address": bindparam("address")}
_ASKED = exists(literal(1)).where(*(crossing.c[name] == value for name, value in _HERE.items()))
_TOLD = exists(literal(1)).where(*(notice.c[name] == value for name, value in _HERE.items()))
_AWAITED = select(or_(_ASKED, _TOLD))
_SPEAKER = (
    select(
        person.c.id,
        *STATE,
        interview.c.party,
        party.c.case,
        exists(literal(1)).where(_OTHER.c.person == person.c.id, _OTHER.c.id != person.c.current),
        exists(literal(1)).where(
            message.c.channel == bindparam("channel"),
            message.c.conversation == bindparam("conversation"),
            message.c.message == bindparam("message"),
        ),
        door.c.unreachable,
        door.c.device,
        func.coalesce(door.c.seen, door.c.created, type_=Instant),
        exists(literal(1)).where(code.c.person == person.c.id, code.c.kind == "lasting"),
        or_(_ASKED, _TOLD),
        person.c.unreminded.is_not(None),
        exists(literal(1)).where(desk.c.person == person.c.id, desk.c.open),
        exists(literal(1)).where(seat.c.person == person.c.id, seat.c.ended.is_(None)),
        exists(literal(1)).where(stay.c.case == party.c.case),
        ~exists(literal(1)).where(_BESIDE.c.case == party.c.case, _BESIDE.c.id != party.c.id),
    )
    .select_from(door)
    .join(person, person.c.id == door.c.person)
    .join(interview, interview.c.id == person.c.current)
    .outerjoin(party, party.c.id == interview.c.party)
    .outerjoin(case_of, case_of.c.id == party.c.case)
    .where(door.c.channel == bindparam("channel"), door.c.address == bindparam("address"))
)
_INTERVIEW = (
    select(interview.c.person, *STATE, interview.c.party, party.c.case)
    .select_from(interview)
    .join(person, person.c.id == interview.c.person)
    .outerjoin(party, party.c.id == interview.c.party)
    .outerjoin(case_of, case_of.c.id == party.c.case)
    .where(interview.c.id == bindparam("wanted"))
)
_SAVE = (
    update(interview)
    .where(interview.c.id == bindparam("saved"), interview.c.version == bindparam("known"))
    .values(state=bindparam("now"), version=interview.c.version + 1)
)
_OTHERS = (
    select(*STATE)
    .select_from(interview)
    .join(person, person.c.id == interview.c.person)
    .outerjoin(party, party.c.id == interview.c.party)
    .outerjoin(case_of, case_of.c.id == party.c.case)
    .where(interview.c.person == bindparam("whose"), interview.c.id != bindparam("except"))
    .order_by(interview.c.created.desc(), interview.c.id)
    .limit(bindparam("most"))
)
_HAPPENED = insert(event)

#: How many of a person's other interviews a screen lists: the latest ones.
_LISTED = 60


def speaker(  # noqa: PLR0913, PLR0917  # a door, a message at it, and what is known without being read
    unit: Unit,
    channel: str,
    address: str,
    conversation: str = "",
    message_id: str = "",
    recalled: Callable[[str, int], tuple[Interview, frozenset[str]] | None] = lambda identifier, version: (
        None
    ),
) -> Speaker | None:
    """Who speaks at this door; None where nothing was kept yet.

    `recalled` gives an interview by its id as it stands at a version and what in it may be files, where that is known: it
    is neither opened nor read once more.
    """
    row = unit.connection.execute(
        _SPEAKER,
        {"channel": channel, "address": address, "conversation": conversation, "message": message_id},
    ).one_or_none()
    if row is None:
        return _found_again(unit, channel, address)
    *read_first, coded, awaited, unreminded, at_desk, seated, lies, alone = row
    owner, *kept, part, of, others, seen, unreachable, device, used = read_first
    identifier, version, state, *beside_it = kept
    interview_and_files = recalled(identifier, version)
    if interview_and_files is None:
        text = text_of(unit, identifier, version, state)
        interview_and_files = read_beside(text, *beside_it), attached(text)
    return Speaker(
        owner,
        identifier,
        version,
        interview_and_files[0],
        part,
        of,
        bool(others),
        bool(seen),
        unreachable is not None,
        device or "",
        used,
        bool(coded),
        bool(awaited),
        interview_and_files[1],
        bool(unreminded),
        bool(at_desk),
        bool(seated),
        bool(lies),
        bool(alone),
    )


def awaited(unit: Unit, channel: str, address: str) -> bool:
    """Whether a question or a sentence waits at a door, whoever comes by it."""
    return bool(unit.connection.execute(_AWAITED, {"channel": channel, "address": address}).scalar_one())


def _found_again(unit: Unit, channel: str, address: str) -> Speaker | None:
    """Whoever's door leads to an interview that is not there is in the latest of the others, or else in a new one."""
    row = unit.connection.execute(
        select(door.c.person, person.c.created)
        .join(person, person.c.id == door.c.person)
        .where(door.c.channel == channel, door.c.address == address)
    ).one_or_none()
    if row is None:
        return None
    latest = unit.connection.execute(
        select(interview.c.id)
        .where(interview.c.person == row.person)
        .order_by(interview.c.created.desc())
        .limit(1)
    ).scalar_one_or_none()
    if latest is None:
        latest = new_id()
        _begin(unit, latest, row.person, Interview(), row.created)
    enter(unit, row.person, latest)
    return by_id(unit, latest)


def welcome(unit: Unit, channel: str, address: str, state: Interview, at: datetime) -> Speaker:
    """A new person at a new door, in a new interview. Conflict where the door is taken meanwhile."""
    somebody, identifier = new_id(), new_id()
    unit.sealed.make(
        somebody
    )  # kept with the interview's in one stroke; whatever waits at their doors needs it
    unit.connection.execute(
        insert(person), {"id": somebody, "current": identifier, "created": at, **beside(state)}
    )
    unit.connection.execute(
        insert(door), {"channel": channel, "address": address, "person": somebody, "created": at}
    )
    _begin(unit, identifier, somebody, state, at)
    return Speaker(somebody, identifier, 1, state, used=at)


def beside(state: Interview) -> dict[str, object]:
    """What is kept of an interview with its person."""
    consented = datetime.fromisoformat(state.consented_at) if state.consented_at else None
    return {"locale": state.locale, "consented": consented}


def save(unit: Unit, speaking: Speaker, state: Written) -> None:
    """The interview as it now stands. Conflict where its version is no longer the one that was read."""
    now = sealed(unit, speaking.interview, speaking.version + 1, state)
    saved = unit.connection.execute(
        _SAVE, {"saved": speaking.interview, "known": speaking.version, "now": now}
    )
    if saved.rowcount != 1:
        raise Conflict(f"interview {speaking.interview} is past version {speaking.version}")
    named = attached(state)
    if named != speaking.files:
        attach(unit, speaking.interview, named)


def interrupt(unit: Unit, parts: Collection[str]) -> None:
    """Whatever these parties say at this moment is thought about anew: what they were asked is asked no more, or else.

    To be done before their answers are read: none comes in between any more.
    """
    held = select(interview.c.id, interview.c.version, interview.c.state).where(interview.c.party.in_(parts))
    for identifier, version, state in unit.connection.execute(held.with_for_update()).all():
        again: dict[str, Any] = {"version": version + 1}
        if not (text := text_of(unit, identifier, version, state)).startswith(SHUT):
            again["state"] = sealed(unit, identifier, version + 1, text)
        unit.connection.execute(update(interview).where(interview.c.id == identifier).values(**again))


def attach(unit: Unit, identifier: str, named: frozenset[str]) -> None:
    """Note which files an interview names, out of ids that may be some."""
    here = attached_to.c.interview == identifier
    unit.connection.execute(delete(attached_to).where(here, attached_to.c.file.not_in(named)))
    attached = select(attached_to.c.file).where(here)
    whose = select(interview.c.person).where(interview.c.id == identifier).scalar_subquery()
    added = select(literal(identifier), file.c.id).where(
        file.c.id.in_(named), file.c.person == whose, file.c.id.not_in(attached)
    )
    unit.connection.execute(insert(attached_to).from_select(["interview", "file"], added))


def record(unit: Unit, identifier: str, events: Sequence[Event], at: datetime) -> None:
    """Add to an interview's history."""
    if events:
        unit.connection.execute(
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


def others(unit: Unit, speaking: Speaker) -> tuple[tuple[str, Interview], ...]:
    """The latest of the person's other interviews, newest first, by id."""
    rows = unit.connection.execute(
        _OTHERS, {"whose": speaking.person, "except": speaking.interview, "most": _LISTED}
    )
    return tuple((state[0], opened(unit, *state)) for state in rows)


def of(unit: Unit, someone: str) -> tuple[Interview, ...]:
    """All of a person's interviews, newest first."""
    rows = unit.connection.execute(
        select(*STATE)
        .select_from(interview)
        .join(person, person.c.id == interview.c.person)
        .outerjoin(party, party.c.id == interview.c.party)
        .outerjoin(case_of, case_of.c.id == party.c.case)
        .where(interview.c.person == someone)
        .order_by(interview.c.created.desc(), interview.c.id)
    )
    return tuple(opened(unit, *state) for state in rows)


def of_party(unit: Unit, part: str) -> Speaker | None:
    """The interview of a party, whoever's it is; None where there is none."""
    identifier = unit.connection.execute(
        select(interview.c.id).where(interview.c.party == part)
    ).scalar_one_or_none()
    return by_id(unit, identifier) if identifier else None


def begin(unit: Unit, someone: str, state: Interview, at: datetime) -> str:
    """A further interview of a person, which they are in from now on; gives its id."""
    identifier = new_id()
    _begin(unit, identifier, someone, state, at)
    enter(unit, someone, identifier)
    return identifier


def _begin(unit: Unit, identifier: str, someone: str, state: Interview, at: datetime) -> None:
    unit.connection.execute(
        insert(interview),
        {
            "id": identifier,
            "person": someone,
            "party": None,
            "state": sealed(unit, identifier, 1, written(state)),
            "version": 1,
            "created": at,
        },
    )


def enter(unit: Unit, someone: str, identifier: str) -> None:
    """Make one of a person's own interviews the one they are in. LookupError where it is not theirs."""
    own = exists(literal(1)).where(interview.c.id == identifier, interview.c.person == someone)
    moved = unit.connection.execute(
        update(person).where(person.c.id == someone, own).values(current=identifier)
    )
    if moved.rowcount != 1:
        raise LookupError(identifier)


def by_id(unit: Unit, identifier: str) -> Speaker:
    """An interview by its id, whoever's it is. Raises sqlalchemy.exc.NoResultFound."""
    owner, *kept, part, of = unit.connection.execute(_INTERVIEW, {"wanted": identifier}).one()
    _, version, state, *beside_it = kept
    text = text_of(unit, identifier, version, state)
    return Speaker(owner, identifier, version, read_beside(text, *beside_it), part, of, files=attached(text))
