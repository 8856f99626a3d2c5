"""What people want gone while an office has it: the office agrees, or keeps it for now and says why."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select, update

from storage import handing, stays
from storage.desk_tables import erasure, stay
from storage.tables import case, party
from storage.unit import Unit


@dataclass(frozen=True)
class Erasure:
    """A request: about which case, whose, since when. `answered` with a reason: the office keeps it for now."""

    case: str
    person: str
    asked: datetime
    answered: datetime | None
    reason: str


def held(unit: Unit, someone: str) -> tuple[stays.Stay, ...]:
    """Where the person's word is part of what an office has now: these cases are not theirs alone to delete."""
    rows = unit.connection.execute(
        select(stay.c.id, party.c.id)
        .join(party, party.c.case == stay.c.case)
        .join(case, case.c.id == stay.c.case)
        .where(party.c.person == someone, stay.c.state.in_(stays.STANDING), ~case.c.practice)
        .order_by(stay.c.arrived, stay.c.id)
    ).all()
    held_stays = []
    for identifier, part in rows:
        row = stays.one(unit, identifier)
        sealed = handing.of_round(unit, row.case, row.round) if row else None
        if row and sealed and any(each.party == part for each in sealed.parts) and row not in held_stays:
            held_stays.append(row)
    return tuple(held_stays)


def ask(unit: Unit, of: str, someone: str, at: datetime) -> bool:
    """They want it gone. False where that is asked already and nobody has answered."""
    mine = (erasure.c.case == of, erasure.c.person == someone)
    if unit.connection.execute(select(erasure.c.case).where(*mine, erasure.c.answered.is_(None))).first():
        return False
    unit.connection.execute(delete(erasure).where(*mine))
    unit.connection.execute(insert(erasure), {"case": of, "person": someone, "asked": at})
    return True


def keep(unit: Unit, of: str, someone: str, seat: str, reason: str, at: datetime) -> bool:  # noqa: PLR0913, PLR0917  # one row
    """The office keeps it for now. False where nobody asks, or it is answered already."""
    done = unit.connection.execute(
        update(erasure)
        .where(erasure.c.case == of, erasure.c.person == someone, erasure.c.answered.is_(None))
        .values(answered=at, seat=seat, reason=_sealed(unit, of, someone, reason))
    )
    return done.rowcount == 1


def of_case(unit: Unit, of: str) -> tuple[Erasure, ...]:
    """Every request about a case, the oldest first."""
    rows = unit.connection.execute(
        select(erasure.c.case, erasure.c.person, erasure.c.asked, erasure.c.answered, erasure.c.reason)
        .where(erasure.c.case == of)
        .order_by(erasure.c.asked, erasure.c.person)
    )
    return tuple(Erasure(*row[:4], _opened(unit, row.case, row.person, row.reason)) for row in rows)


def asked(unit: Unit, cases: Collection[str]) -> frozenset[str]:
    """Those of some cases about which a request waits."""
    rows = unit.connection.execute(
        select(erasure.c.case).where(erasure.c.case.in_(cases), erasure.c.answered.is_(None))
    )
    return frozenset(rows.scalars())


def merge(unit: Unit, one: str, into: str) -> None:
    """What one person wants gone is what another wants, unless they have asked for it themselves."""
    asked = select(erasure.c.case).where(erasure.c.person == into)
    unit.connection.execute(delete(erasure).where(erasure.c.person == one, erasure.c.case.in_(asked)))
    held = select(erasure.c.case, erasure.c.reason).where(erasure.c.person == one)
    for of, reason in unit.connection.execute(held).all():
        again = _sealed(unit, of, into, _opened(unit, of, one, reason))
        here = (erasure.c.case == of, erasure.c.person == one)
        unit.connection.execute(update(erasure).where(*here).values(person=into, reason=again))


def _sealed(unit: Unit, of: str, someone: str, reason: str) -> str:
    return unit.sealed.seal(of, _WHAT, f"{of}|{someone}", reason)


def _opened(unit: Unit, of: str, someone: str, reason: str) -> str:
    return unit.sealed.glance(_WHAT, f"{of}|{someone}", reason)


_WHAT = "erasure.reason"
