"""Codes that lead back, by their SHA-256, and the question that stands at a door where one was given.

A *lasting* code is a person's recovery code; a *short* one works once, for a quarter of an hour; one of the
*union* takes one party of a case to a new person; an *invite* makes whoever uses it one, and that of a *seat* gives
them a seat at an office.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import and_, delete, insert, or_, select, update

from storage.tables import code, crossing
from storage.unit import Unit

Kind = Literal["lasting", "short", "union", "invite", "seat"]


#: At so many doors it is asked about one code.
MOST = 50


@dataclass(frozen=True)
class Code:
    """A code that may be redeemed, now or from `opens` on. It is of a `person`, a `party` or a `seat`, by its kind."""

    digest: str
    kind: Kind
    person: str | None
    party: str | None
    opens: datetime | None
    seat: str | None


def _standing(at: datetime) -> Any:
    """What has neither been voided, used up nor run out."""
    return and_(
        code.c.void.is_(None),
        or_(code.c.kind == "lasting", code.c.used.is_(None)),
        or_(code.c.expires.is_(None), code.c.expires > at),
    )


def find(unit: Unit, digest: str, at: datetime) -> Code | None:
    """The code with this digest; None where it is wrong, void, used up or expired."""
    row = unit.connection.execute(
        select(code.c.digest, code.c.kind, code.c.person, code.c.party, code.c.opens, code.c.seat).where(
            code.c.digest == digest, _standing(at)
        )
    ).one_or_none()
    return None if row is None else Code(*row)


def use(unit: Unit, digest: str, at: datetime) -> bool:
    """Use a code, and use it up unless it lasts. False where it is not to be used now: somebody was first."""
    open_now = or_(code.c.opens.is_(None), code.c.opens <= at)
    used = unit.connection.execute(
        update(code).where(code.c.digest == digest, _standing(at), open_now).values(used=at)
    )
    return used.rowcount == 1


def issue_short(unit: Unit, digest: str, someone: str, at: datetime, expires: datetime) -> None:
    """A short code for a person. Any earlier one is gone."""
    unit.connection.execute(delete(code).where(code.c.person == someone, code.c.kind == "short"))
    _add(unit, digest=digest, kind="short", person=someone, created=at, expires=expires)


def lasting(unit: Unit, someone: str) -> tuple[tuple[int, str], ...]:
    """A person's lasting codes as (generation, digest), the one to show first, those of an older key behind it."""
    rows = unit.connection.execute(
        select(code.c.generation, code.c.digest)
        .where(code.c.person == someone, code.c.kind == "lasting", code.c.void.is_(None))
        .order_by(code.c.generation.desc(), code.c.created.desc())
    )
    return tuple((int(generation), str(digest)) for generation, digest in rows)


def keep_lasting(unit: Unit, digest: str, someone: str, generation: int, at: datetime) -> None:
    """A lasting code of a person, beside any they have."""
    _add(unit, digest=digest, kind="lasting", person=someone, generation=generation, created=at)


def void_lasting(unit: Unit, someone: str) -> None:
    """All lasting and short codes of a person are gone."""
    unit.connection.execute(
        delete(code).where(code.c.person == someone, code.c.kind.in_(("lasting", "short")))
    )


def run_out(unit: Unit, at: datetime) -> None:
    """Forget the short codes that have run out."""
    unit.connection.execute(delete(code).where(code.c.kind == "short", code.c.expires <= at))


def _add(unit: Unit, **values: object) -> None:
    unit.connection.execute(insert(code), values)


def void(unit: Unit, digest: str, at: datetime) -> bool:
    """A code opens nothing any more. False where it did not, before."""
    voided = unit.connection.execute(
        update(code).where(code.c.digest == digest, _standing(at)).values(void=at)
    )
    return voided.rowcount == 1


# The question at a door.


def ask(unit: Unit, channel: str, address: str, digest: str, expires: datetime) -> None:
    """From now on it is asked at this door whether to go where a code leads.

    Of one code it is asked at the latest `MOST` doors: whoever gives theirs at thousands fills no table.
    """
    answered(unit, channel, address)
    same = crossing.c.digest == digest
    last = (
        select(crossing.c.expires).where(same).order_by(crossing.c.expires.desc()).offset(MOST - 1).limit(1)
    )
    unit.connection.execute(delete(crossing).where(same, crossing.c.expires <= last.scalar_subquery()))
    values = {"channel": channel, "address": address, "digest": digest, "expires": expires}
    unit.connection.execute(insert(crossing), values)


def asked(unit: Unit, channel: str, address: str) -> tuple[str, datetime] | None:
    """The digest of the code that is asked about at a door and until when; None where none is.

    The code may open nothing any more, and the time may be over.
    """
    row = unit.connection.execute(
        select(crossing.c.digest, crossing.c.expires).where(
            crossing.c.channel == channel, crossing.c.address == address
        )
    ).one_or_none()
    return None if row is None else (str(row.digest), row.expires)


def abandoned(unit: Unit, since: datetime) -> None:
    """Forget the questions that were over before a moment, and that nobody has come back to."""
    unit.connection.execute(delete(crossing).where(crossing.c.expires < since))


def stage(unit: Unit, channel: str, address: str) -> str:
    """How far the question at a door has come; "" where it begins, or none is asked."""
    stands = unit.connection.execute(
        select(crossing.c.stage).where(crossing.c.channel == channel, crossing.c.address == address)
    ).scalar_one_or_none()
    return stands or ""


def go_on(unit: Unit, channel: str, address: str, stage: str) -> None:
    """The question at a door comes so far."""
    here = (crossing.c.channel == channel, crossing.c.address == address)
    unit.connection.execute(update(crossing).where(*here).values(stage=stage))


def answered(unit: Unit, channel: str, address: str) -> None:
    """Nothing is asked at this door any more."""
    unit.connection.execute(
        delete(crossing).where(crossing.c.channel == channel, crossing.c.address == address)
    )
