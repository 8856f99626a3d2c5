"""What offices keep of one person: what goes with them, and what becomes another's when two turn out to be one."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, select, update

from storage import desks, erasures, exports, letters, notices, seats, stays
from storage.desk_tables import (
    case_find,
    correction,
    erasure,
    handed,
    letter,
    paper_in,
    remark,
    settled,
    standing,
    statement,
    stay,
)
from storage.handing import content_of, seal_content
from storage.tables import party
from storage.unit import Unit


def forget(unit: Unit, someone: str, at: datetime) -> None:
    """What offices keep of a person apart from their cases goes: the seats they had end, and have no name."""
    seats.forget(unit, someone, at)
    letters.forget(unit, letter.c.person == someone)
    unit.connection.execute(delete(erasure).where(erasure.c.person == someone))


def forget_cases(
    unit: Unit, someone: str, cases: Collection[str], led: Collection[str], at: datetime
) -> None:
    """What offices keep of a person in some cases goes; of these `led` are about them, and are withdrawn.

    Where a case lay, and who decided what, stays known, but not in which words. What they said in others' cases goes out
    of what was handed in, whose digest remains that of the whole, and with it what staff sent back on it or mended in it.
    What offices have made of any of it to take along is fetched no more.
    """
    exports.recall(unit, cases)
    unit.sealed.destroy(led)
    letters.forget(unit, letter.c.case.in_(led))
    letters.forget(unit, letter.c.person == someone, letter.c.case.in_(cases))
    for table in (handed, case_find, remark, settled, paper_in, correction, erasure, standing, statement):
        unit.connection.execute(delete(table).where(table.c.case.in_(led)))
    unit.connection.execute(delete(erasure).where(erasure.c.person == someone, erasure.c.case.in_(cases)))
    unit.connection.execute(update(stay).where(stay.c.case.in_(led)).values(reason=""))
    unit.connection.execute(
        update(stay)
        .where(stay.c.case.in_(led), stay.c.state.in_(stays.STANDING))
        .values(state="withdrawn", version=stay.c.version + 1, since=at, decided=at, holder=None)
    )
    notices.forget_cases(unit, cases)  # what waits at doors of the others holds their words
    parts = set(
        unit.connection.execute(
            select(party.c.id).where(party.c.person == someone, party.c.case.in_(cases))
        ).scalars()
    )
    for said in (remark, correction):  # of the tables above these have a row for each party
        unit.connection.execute(delete(said).where(said.c.party.in_(parts)))
    _unsay(unit, parts, led)


def _unsay(unit: Unit, parts: Collection[str], led: Collection[str]) -> None:
    """What some parties said goes out of the rounds that were handed in.

    They are sealed under the same key, the case's: copies of the database from before stay readable.
    """
    cases = select(party.c.case).where(party.c.id.in_(parts), party.c.case.not_in(led))
    held = select(handed.c.id, handed.c.case, handed.c.content).where(handed.c.case.in_(cases))
    for row in unit.connection.execute(held).all():
        opened = content_of(unit, row.id, row.content)
        if not opened:
            continue  # nobody can read it any more
        content = json.loads(opened)
        content["parts"] = [each for each in content["parts"] if each["party"] not in parts]
        text = json.dumps(content, ensure_ascii=False, sort_keys=True)
        kept = seal_content(unit, row.case, row.id, text)
        unit.connection.execute(update(handed).where(handed.c.id == row.id).values(content=kept))


def merge(unit: Unit, one: str, into: str, at: datetime) -> None:
    """What offices keep of one person is another's from now on; of two desks the other's stays."""
    seats.merge(unit, one, into, at)
    desks.merge(unit, one, into)
    erasures.merge(unit, one, into)
    unit.connection.execute(update(letter).where(letter.c.person == one).values(person=into))
