"""What is left of a part that has ended goes after a while: until then its writer may take it along."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, exists, literal, select, update

from storage import letters, seats, uploads
from storage.belongings import close
from storage.desk_tables import letter
from storage.tables import STANDING, attached, code, consent, event, file, interview, party
from storage.unit import Unit


def lapsed(unit: Unit, before: datetime, most: int) -> tuple[str, ...]:
    """Parties that are somebody's and ended before a moment."""
    ended = (party.c.state.not_in(STANDING), party.c.person.is_not(None), party.c.changed < before)
    rows = select(party.c.id).where(*ended).order_by(party.c.changed, party.c.id).limit(most)
    return tuple(unit.connection.execute(rows).scalars())


@dataclass(frozen=True)
class Lapsed:
    """Whose party it was, the files whose bytes go, and whether anything else is kept of that person."""

    person: str
    files: tuple[str, ...]
    more: bool


def let_go(unit: Unit, part: str) -> Lapsed | None:
    """Delete what was said and sent in a party that has ended. None where it is nobody's any more.

    Files that another of the person's applications names stay with that, and letters where they have another part in it.
    """
    row = unit.connection.execute(
        select(party.c.person, party.c.case).where(
            party.c.id == part, party.c.person.is_not(None), party.c.state.not_in(STANDING)
        )
    ).one_or_none()
    if row is None:
        return None
    own = unit.connection.execute(select(interview.c.id).where(interview.c.party == part)).scalars().all()
    unit.sealed.destroy(own)
    files: tuple[str, ...] = ()
    for identifier in own:
        unit.connection.execute(delete(attached).where(attached.c.interview == identifier))
        files += uploads.clear(unit, identifier)
    for statement in (
        update(file).where(file.c.interview.in_(own)).values(interview=None),
        delete(event).where(event.c.interview.in_(own)),
        delete(interview).where(interview.c.id.in_(own)),
        delete(code).where(code.c.party == part),
        update(party).where(party.c.id == part).values(person=None, consented=None),
        delete(consent).where(consent.c.party == part),
    ):
        unit.connection.execute(statement)
    letters.forget(
        unit, letter.c.case == row.case, letter.c.person == row.person, ~_has_a_part(row.person, row.case)
    )
    close(unit, (row.case,))
    more = unit.connection.execute(select(interview.c.id).where(interview.c.person == row.person).limit(1))
    return Lapsed(row.person, files, more.first() is not None or bool(seats.of_person(unit, row.person)))


def _has_a_part(someone: str, identifier: str) -> ColumnElement[bool]:
    return exists(literal(1)).where(party.c.case == identifier, party.c.person == someone)
