"""Which definition the open cases are pinned to, and their move to another one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from forms.parties import LEADING
from storage import interviews
from storage.conflicts import Conflict
from storage.interviews import Speaker
from storage.tables import case, interview, party
from storage.unit import Unit


@dataclass(frozen=True)
class Standing:
    """A case with what it is pinned to, at one version. `open` is false once it is handed in."""

    case: str
    programme: str
    digest: str
    version: int
    open: bool


@dataclass(frozen=True)
class Part:
    """A part in a case that somebody has begun, with its interview. `confirmed` tells whether it is done."""

    speaker: Speaker
    confirmed: bool


def open_cases(unit: Unit) -> tuple[str, ...]:
    """The cases that are not handed in, the oldest first."""
    query = select(case.c.id).where(case.c.status == "open").order_by(case.c.created, case.c.id)
    return tuple(unit.connection.execute(query).scalars())


def standing(unit: Unit, identifier: str) -> Standing | None:
    """A case by its id; None where there is none."""
    row = unit.connection.execute(
        select(case.c.id, case.c.programme, case.c.digest, case.c.version, case.c.status).where(
            case.c.id == identifier
        )
    ).one_or_none()
    return None if row is None else Standing(*row[:4], open=row.status == "open")


def parts(unit: Unit, identifier: str) -> tuple[Part, ...]:
    """The parts in a case: its nominee's first, then the others by role and number."""
    rows = unit.connection.execute(
        select(interview.c.id, party.c.state)
        .join(party, party.c.id == interview.c.party)
        .where(party.c.case == identifier)
        .order_by(party.c.role != LEADING, party.c.role, party.c.number)
    ).all()
    return tuple(Part(interviews.by_id(unit, row.id), row.state == "confirmed") for row in rows)


def move(unit: Unit, before: Standing, digest: str, at: datetime) -> None:
    """Pin an open case to another definition, which is kept already, as a new version of the case.

    Conflict where the case is no longer as it was known.
    """
    moved = unit.connection.execute(
        update(case)
        .where(case.c.id == before.case, case.c.version == before.version, case.c.status == "open")
        .values(digest=digest, version=case.c.version + 1, changed=at)
    )
    if moved.rowcount != 1:
        raise Conflict(f"case {before.case} is past version {before.version}")
