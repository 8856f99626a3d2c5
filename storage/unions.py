"""Codes that a union issues for one party of a case, when whoever it is has lost every way back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, insert, select

from dialogs.interview import Interview
from storage.states import STATE, opened, text_of
from storage.tables import case, code, interview, party, person
from storage.unit import Unit

#: Interviews that are opened at once; and of more than so many under one name nobody reads a list.
_AT_ONCE, _MANY = 500, 500


@dataclass(frozen=True)
class Found:
    """A party of a case with what it has said. `person` is whose it is now."""

    case: str
    party: str
    role: str
    person: str
    interview: str
    created: datetime
    state: Interview


@dataclass(frozen=True)
class Issued:
    """A code of the union: for which party, by whom, from when and until when, and what became of it."""

    digest: str
    case: str
    role: str
    issuer: str
    created: datetime
    opens: datetime
    expires: datetime
    used: datetime | None
    void: datetime | None


_FOUND = (
    select(
        party.c.case,
        party.c.id,
        party.c.role,
        party.c.person,
        interview.c.id,
        case.c.created,
        *STATE,
    )
    .select_from(party)
    .join(interview, interview.c.party == party.c.id)
    .join(person, person.c.id == interview.c.person)
    .join(case, case.c.id == party.c.case)
    .order_by(case.c.created.desc(), party.c.role.desc(), party.c.number)
)


def called(unit: Unit, name: str) -> tuple[Found, ...]:
    """The parties in whose answers a name stands, latest cases first.

    Every interview is opened for it, some at a time: it is asked at a counter, a few times a year.
    """
    said = select(interview.c.id, interview.c.version, interview.c.state).order_by(interview.c.id)
    named: list[str] = []
    after: str | None = ""
    while after is not None:
        some = said.where(interview.c.party.is_not(None), interview.c.id > after).limit(_AT_ONCE)
        rows = unit.connection.execute(some).all()
        unit.sealed.warm(row.state for row in rows)
        named += (row.id for row in rows if name in text_of(unit, *row))
        after = rows[-1].id if rows else None
    return _found(unit, interview.c.id.in_(named[:_MANY]))


def parties(unit: Unit, identifier: str) -> tuple[Found, ...]:
    """The parties of a case."""
    return _found(unit, party.c.case == identifier)


def _found(unit: Unit, wanted: ColumnElement[bool]) -> tuple[Found, ...]:
    rows = unit.connection.execute(_FOUND.where(wanted))
    return tuple(
        Found(of, part, role, whose, identifier, created, opened(unit, *state))
        for of, part, role, whose, identifier, created, *state in rows
    )


def issue(  # noqa: PLR0913, PLR0917  # one row
    unit: Unit, digest: str, part: str, issuer: str, at: datetime, opens: datetime, expires: datetime
) -> None:
    """A code for one party, which opens nothing before `opens`."""
    values = {
        "digest": digest,
        "kind": "union",
        "party": part,
        "issuer": issuer,
        "created": at,
        "opens": opens,
        "expires": expires,
    }
    unit.connection.execute(insert(code), values)


def standing(unit: Unit, part: str, at: datetime) -> tuple[str, ...]:
    """The digests of a party's codes that still open something, or will."""
    standings = unit.connection.execute(
        select(code.c.digest).where(
            code.c.party == part,
            code.c.kind == "union",
            code.c.used.is_(None),
            code.c.void.is_(None),
            code.c.expires > at,
        )
    )
    return tuple(standings.scalars())


def issued(unit: Unit) -> tuple[Issued, ...]:
    """Every code that was issued, the latest first."""
    rows = unit.connection.execute(
        select(
            code.c.digest,
            party.c.case,
            party.c.role,
            code.c.issuer,
            code.c.created,
            code.c.opens,
            code.c.expires,
            code.c.used,
            code.c.void,
        )
        .join(party, party.c.id == code.c.party)
        .where(code.c.kind == "union")
        .order_by(code.c.created.desc())
    )
    return tuple(Issued(*row) for row in rows)
