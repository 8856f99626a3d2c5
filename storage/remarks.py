"""What staff send back on single questions, and slips that they mend."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, select, update

from dialogs.at_office import Sort
from storage.desk_tables import correction, remark, seat
from storage.tables import new_id, party
from storage.unit import Unit


@dataclass(frozen=True)
class Remark:
    """A row of `storage.desk_tables.remark`; `key` is its party as it is named within the case: “expert 1”."""

    id: str
    party: str
    key: str
    question: str
    sort: Sort
    text: str
    by: str
    at: datetime
    round: int
    sent: datetime | None
    answered: int | None


@dataclass(frozen=True)
class Correction:
    """A row of `storage.desk_tables.correction`, its values as JSON has them; None where there was no answer."""

    id: str
    party: str
    key: str
    question: str
    was: Any
    now: Any
    by: str
    at: datetime
    undone: datetime | None


def write(  # noqa: PLR0913, PLR0917  # one row
    unit: Unit,
    of: str,
    part: str,
    question: str,
    sort: Sort,
    text: str,
    seat_: str,
    at: datetime,
    round_: int,
) -> str:
    """A remark that is not sent yet, in place of one on the same question that was not either; gives its id."""
    unit.connection.execute(
        delete(remark).where(remark.c.party == part, remark.c.question == question, remark.c.sent.is_(None))
    )
    made = new_id()
    unit.connection.execute(
        insert(remark),
        {
            "id": made,
            "case": of,
            "party": part,
            "question": question,
            "sort": sort,
            "text": unit.sealed.seal(of, "remark.text", made, text),
            "seat": seat_,
            "at": at,
            "round": round_,
        },
    )
    return made


def drop(unit: Unit, of: str, identifier: str) -> bool:
    """A remark of a case that was not sent is none any more. False where it was sent, or is no remark of the case."""
    gone = unit.connection.execute(
        delete(remark).where(remark.c.id == identifier, remark.c.case == of, remark.c.sent.is_(None))
    )
    return gone.rowcount == 1


def send(unit: Unit, of: str, at: datetime) -> tuple[str, ...]:
    """Send what is written on a case; gives the parties that are to answer."""
    waiting = (remark.c.case == of, remark.c.sent.is_(None))
    parties = unit.connection.execute(select(remark.c.party).where(*waiting).distinct()).scalars().all()
    unit.connection.execute(update(remark).where(*waiting).values(sent=at))
    return tuple(parties)


def recall(unit: Unit, of: str, at: datetime) -> tuple[str, ...]:
    """What was sent at a moment is being written again; gives the parties that need not answer."""
    sent = (remark.c.case == of, remark.c.sent == at, remark.c.answered.is_(None))
    parties = unit.connection.execute(select(remark.c.party).where(*sent).distinct()).scalars().all()
    unit.connection.execute(update(remark).where(*sent).values(sent=None))
    return tuple(parties)


def answered(unit: Unit, of: str, round_: int) -> None:
    """A case is handed in again: whatever was sent back is answered with that round."""
    unit.connection.execute(
        update(remark)
        .where(remark.c.case == of, remark.c.sent.is_not(None), remark.c.answered.is_(None))
        .values(answered=round_)
    )


def of_case(unit: Unit, of: str) -> tuple[Remark, ...]:
    """Every remark on a case, in the order in which they were written."""
    rows = unit.connection.execute(
        select(
            remark.c.id,
            remark.c.party,
            party.c.role,
            party.c.number,
            remark.c.question,
            remark.c.sort,
            remark.c.text,
            func.coalesce(seat.c.name, ""),
            remark.c.at,
            remark.c.round,
            remark.c.sent,
            remark.c.answered,
        )
        .join(party, party.c.id == remark.c.party)
        .outerjoin(seat, seat.c.id == remark.c.seat)
        .where(remark.c.case == of)
        .order_by(remark.c.at, remark.c.id)
    )
    return tuple(
        Remark(
            row[0],
            row[1],
            f"{row[2]} {row[3]}",
            row[4],
            row[5],
            unit.sealed.glance("remark.text", row[0], row[6]),
            *tuple(row)[7:],
        )
        for row in rows
    )


def open_of(unit: Unit, part: str) -> tuple[Remark, ...]:
    """What a party still has to answer."""
    of = unit.connection.execute(select(party.c.case).where(party.c.id == part)).scalar_one_or_none()
    if of is None:
        return ()
    return tuple(
        each for each in of_case(unit, of) if each.party == part and each.sent and each.answered is None
    )


def correct(  # noqa: PLR0913, PLR0917  # one row
    unit: Unit, of: str, part: str, question: str, was: Any, now: Any, seat_: str, at: datetime
) -> str:
    """A slip that was mended; gives the correction's id."""
    made = new_id()
    unit.connection.execute(
        insert(correction),
        {
            "id": made,
            "case": of,
            "party": part,
            "question": question,
            "was": _sealed(unit, of, "correction.was", made, was),
            "now": _sealed(unit, of, "correction.now", made, now),
            "seat": seat_,
            "at": at,
        },
    )
    return made


def _sealed(unit: Unit, of: str, what: str, identifier: str, value: Any) -> str:
    return unit.sealed.seal(of, what, identifier, json.dumps(value, ensure_ascii=False))


def corrections(unit: Unit, of: str) -> tuple[Correction, ...]:
    """Every slip that was mended in a case."""
    rows = unit.connection.execute(
        select(
            correction.c.id,
            correction.c.party,
            party.c.role,
            party.c.number,
            correction.c.question,
            correction.c.was,
            correction.c.now,
            func.coalesce(seat.c.name, ""),
            correction.c.at,
            correction.c.undone,
        )
        .join(party, party.c.id == correction.c.party)
        .outerjoin(seat, seat.c.id == correction.c.seat)
        .where(correction.c.case == of)
        .order_by(correction.c.at, correction.c.id)
    )
    return tuple(
        Correction(
            row[0],
            row[1],
            f"{row[2]} {row[3]}",
            row[4],
            json.loads(unit.sealed.glance("correction.was", row[0], row[5]) or "null"),
            json.loads(unit.sealed.glance("correction.now", row[0], row[6]) or "null"),
            *tuple(row)[7:],
        )
        for row in rows
    )


def undo(unit: Unit, of: str, identifier: str, at: datetime) -> bool:
    """Whoever owns an answer takes a correction back. False where it was, or is none of the case."""
    gone = unit.connection.execute(
        update(correction)
        .where(correction.c.id == identifier, correction.c.case == of, correction.c.undone.is_(None))
        .values(undone=at)
    )
    return gone.rowcount == 1
