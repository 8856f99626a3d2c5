"""What offices keep of one person: what goes with them, and what becomes another's when two turn out to be one."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, select, update

from storage import exports, notices, seats, stays
from storage.desk_tables import (
    case_find,
    correction,
    desk,
    erasure,
    handed,
    letter,
    paper_in,
    remark,
    settled,
    standing,
    stay,
)
from storage.tables import party
from storage.unit import Unit


def forget(unit: Unit, someone: str, at: datetime) -> None:
    """What offices keep of a person apart from their cases goes: the seats they had end, and have no name."""
    seats.forget(unit, someone, at)
    for table in (letter, erasure):
        unit.connection.execute(delete(table).where(table.c.person == someone))


def forget_cases(
    unit: Unit, someone: str, cases: Collection[str], led: Collection[str], at: datetime
) -> None:
    """What offices keep of a person in some cases goes; of these `led` are about them, and are withdrawn.

    Where a case lay, and who decided what, stays known. What they said in others' cases goes out of what was handed in;
    its digest remains that of the whole.
    """
    for table in (handed, case_find, remark, settled, paper_in, correction, letter, erasure, standing):
        unit.connection.execute(delete(table).where(table.c.case.in_(led)))
    for table in (letter, erasure):
        unit.connection.execute(delete(table).where(table.c.person == someone, table.c.case.in_(cases)))
    unit.connection.execute(
        update(stay)
        .where(stay.c.case.in_(led), stay.c.state.in_(stays.STANDING))
        .values(state="withdrawn", version=stay.c.version + 1, since=at, decided=at, holder=None)
    )
    # What waits at doors of the others of a case holds their words; and what was taken along opens for nobody.
    notices.forget_cases(unit, cases)
    for identifier in _lying(unit, cases):
        exports.withdraw(unit, identifier, at)
    parts = set(
        unit.connection.execute(
            select(party.c.id).where(party.c.person == someone, party.c.case.in_(cases))
        ).scalars()
    )
    _unsay(unit, parts, led)


def _lying(unit: Unit, cases: Collection[str]) -> tuple[str, ...]:
    return tuple(
        unit.connection.execute(select(stay.c.case).where(stay.c.case.in_(cases)).distinct()).scalars()
    )


def _unsay(unit: Unit, parts: Collection[str], led: Collection[str]) -> None:
    """What some parties said goes out of the rounds that were handed in."""
    cases = select(party.c.case).where(party.c.id.in_(parts), party.c.case.not_in(led))
    rows = unit.connection.execute(select(handed.c.id, handed.c.content).where(handed.c.case.in_(cases)))
    for row in rows.all():
        content = json.loads(row.content)
        content["parts"] = [each for each in content["parts"] if each["party"] not in parts]
        text = json.dumps(content, ensure_ascii=False, sort_keys=True)
        unit.connection.execute(update(handed).where(handed.c.id == row.id).values(content=text))


def merge(unit: Unit, one: str, into: str, at: datetime) -> None:
    """What offices keep of one person is another's from now on; of two desks the other's stays."""
    seats.merge(unit, one, into, at)
    if unit.connection.execute(select(desk.c.person).where(desk.c.person == into)).first():
        unit.connection.execute(delete(desk).where(desk.c.person == one))
    asked = select(erasure.c.case).where(erasure.c.person == into)
    unit.connection.execute(delete(erasure).where(erasure.c.person == one, erasure.c.case.in_(asked)))
    for table in (desk, letter, erasure):
        unit.connection.execute(update(table).where(table.c.person == one).values(person=into))
