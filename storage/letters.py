"""Letters: words between a person and the office that has their case.

A letter that a person wrote is open until somebody of the office answers. It waits at the office where the case lies,
and goes along when the case is passed on; each person of a case has a correspondence of their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    and_,
    delete,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)

from storage.desk_tables import letter, stay
from storage.sealed import owner_of
from storage.sealed_columns import correspondence
from storage.stays import STANDING
from storage.unit import Unit


@dataclass(frozen=True)
class Letter:
    """One letter. `seat` is whose it is, "" where the person wrote it; `answered` is since when it is open no more."""

    id: int
    case: str
    person: str
    seat: str
    text: str
    at: datetime
    answered: datetime | None


def addressee(unit: Unit, case: str) -> str:
    """The office that a letter about a case comes to; "" where no office has it or refused it last."""
    at = select(stay.c.office).where(stay.c.case == case, _answers()).order_by(stay.c.arrived.desc()).limit(1)
    return str(unit.connection.execute(at).scalar() or "")


def write(unit: Unit, case: str, person: str, text: str, at: datetime) -> int:
    """A letter from a person to whoever has their case; gives its number."""
    return _add(unit, case, person, text, at=at)


def reply(  # noqa: PLR0913, PLR0917  # one row
    unit: Unit, case: str, person: str, seat: str, text: str, at: datetime, until: int | None = None
) -> int:
    """A letter from a seat to a person; gives its number. It answers what is open of theirs in this case.

    `until` is the last letter that whoever answers has seen: a later one stays open.
    """
    read(unit, case, person, at, until)
    return _add(unit, case, person, text, seat=seat, at=at)


def read(unit: Unit, case: str, person: str, at: datetime, until: int | None = None) -> None:
    """What is open of a person's letters in a case, up to one, waits no more."""
    theirs = (_OPEN, letter.c.case == case, letter.c.person == person)
    seen = () if until is None else (letter.c.id <= until,)
    unit.connection.execute(update(letter).where(*theirs, *seen).values(answered=at))


def of_case(unit: Unit, case: str, person: str = "") -> tuple[Letter, ...]:
    """The letters of a case, as they were written; those of one person only where one is named."""
    whose = (letter.c.person == person,) if person else ()
    rows = unit.connection.execute(
        select(
            letter.c.id,
            letter.c.case,
            letter.c.person,
            func.coalesce(letter.c.seat, ""),
            letter.c.text,
            letter.c.at,
            letter.c.answered,
        )
        .where(letter.c.case == case, *whose)
        .order_by(letter.c.id)
    )
    return tuple(Letter(*row[:4], opened(unit, row.id, row.text), *row[5:]) for row in rows)


def waits(one: Letter) -> bool:
    """Whether a person's letter is open: nobody has answered it."""
    return not one.seat and one.answered is None


def stays_with_letters(office: str | BindParameter[str]) -> Select[str]:
    """The stays at an office whose cases have a letter that is for it to answer.

    It begins with the letters that are open, which are few: no index is to lead it over the cases of the office.
    """
    here = func.coalesce(stay.c.office, "") == office
    return (
        select(stay.c.id)
        .select_from(letter)
        .join(stay, stay.c.case == letter.c.case)
        .where(_OPEN, here, _answers())
    )


_OPEN = and_(letter.c.seat.is_(None), letter.c.answered.is_(None))


def _add(unit: Unit, case: str, person: str, text: str, **values: str | datetime) -> int:
    """A letter and then its words, which are sealed for the number that it was given."""
    row = {"case": case, "person": person, "text": "", **values}
    made = int(unit.connection.execute(insert(letter).values(**row).returning(letter.c.id)).scalar_one())
    kept = unit.sealed.seal(correspondence(unit.sealed, case, person), _WHAT, str(made), text)
    unit.connection.execute(update(letter).where(letter.c.id == made).values(text=kept))
    return made


def opened(unit: Unit, identifier: int, text: str) -> str:
    """The words of a letter, from its row; "" for one that does not open."""
    return unit.sealed.glance(_WHAT, str(identifier), text)


def forget(unit: Unit, *these: ColumnElement[bool]) -> None:
    """Delete whole correspondences, with the keys to them."""
    gone = unit.connection.execute(delete(letter).where(*these).returning(letter.c.text))
    unit.sealed.destroy({owner_of(text) for text in gone.scalars()})


_WHAT = "letter.text"


def _answers() -> ColumnElement[bool]:
    """Whether a stay's office answers for its case: it lies there, or lies nowhere since it was refused there."""
    other = stay.alias("other")
    elsewhere = exists(literal(1)).where(other.c.case == stay.c.case, other.c.state.in_(STANDING))
    later = exists(literal(1)).where(
        other.c.case == stay.c.case, other.c.state == "refused", other.c.arrived > stay.c.arrived
    )
    return or_(stay.c.state.in_(STANDING), and_(stay.c.state == "refused", ~elsewhere, ~later))
