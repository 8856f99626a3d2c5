"""By what an office finds its cases: their faces as cards, and HMACs of whole values. Never beyond its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, select

from storage.desk_tables import case_find, handed, stay
from storage.handing import face_of
from storage.stays import STANDING
from storage.tables import case
from storage.unit import Unit

#: Rows that are read at once.
_AT_ONCE = 1000
#: Of more cases than this under one value nobody reads a list.
_MANY = 500


@dataclass(frozen=True)
class Card:
    """A case at an office by what it is searched for. `stands` while the office still has it."""

    stay: str
    since: datetime
    stands: bool
    name: str
    unit: str
    number: str


def cards(unit: Unit, office: str, since: datetime | None) -> Iterator[Card]:
    """An office's cards that came or changed at `since` or later, oldest first; with None all that stand."""
    wanted = [stay.c.office == office]
    wanted.append(stay.c.state.in_(STANDING) if since is None else stay.c.since >= since)
    rows = unit.connection.execute(
        select(
            stay.c.id, stay.c.since, stay.c.state, case.c.number, handed.c.id.label("round"), handed.c.face
        )
        .join(case, case.c.id == stay.c.case)
        .outerjoin(handed, and_(handed.c.case == stay.c.case, handed.c.round == stay.c.round))
        .where(*wanted)
        .order_by(stay.c.since)
        .execution_options(yield_per=_AT_ONCE)
    )
    for some in rows.partitions():
        unit.sealed.warm(row.face for row in some)
        for row in some:
            face = face_of(unit, row.round, row.face)
            yield Card(
                row.id,
                row.since,
                row.state in STANDING,
                face.get("name", ""),
                face.get("unit", ""),
                row.number or "",
            )


def standing(unit: Unit, office: str, stays: Sequence[str]) -> tuple[str, ...]:
    """Those of some stays that still stand at this very office, in their order."""
    # Asked by their ids alone: with the office named too, SQLite goes over all that stands there.
    rows = unit.connection.execute(select(stay.c.id, stay.c.office, stay.c.state).where(stay.c.id.in_(stays)))
    there = {row.id for row in rows if row.office == office and row.state in STANDING} if stays else set()
    return tuple(each for each in stays if each in there)


def whole(unit: Unit, office: str, keys: Mapping[str, str]) -> tuple[str, ...]:
    """The stays at an office of the cases with one of these HMACs, by kind: in the order of kinds, the latest first.

    Also of cases that the office has no more. Of each case its latest stay there.
    """
    latest: dict[str, str] = {}
    for kind, key in keys.items():
        cases = unit.connection.execute(
            select(case_find.c.case).where(case_find.c.kind == kind, case_find.c.key == key).limit(_MANY)
        ).scalars()
        if case_ids := list(cases):
            rows = unit.connection.execute(
                select(stay.c.case, stay.c.id)
                .where(stay.c.case.in_(case_ids), stay.c.office == office)
                .order_by(stay.c.arrived.desc(), stay.c.id)
            )
            for row in rows:
                latest.setdefault(row.case, row.id)
    return tuple(latest.values())


def of_unit(unit: Unit, office: str, key: str, most: int) -> tuple[str, ...]:
    """Stays at an office of cases from one unit, by what the board knows it by: also those that it has no more."""
    rows = unit.connection.execute(
        select(stay.c.id)
        .where(stay.c.office == office, stay.c.unit == key)
        .order_by(stay.c.state)
        .limit(most)
    )
    return tuple(rows.scalars())


def twins(unit: Unit, of: str, programme: str, office: str) -> tuple[tuple[str, ...], int]:
    """The other cases of a programme with the same ID number that were not withdrawn: at this office, the latest stay of
    each; and how many that have never been here.

    An office learns of another's cases that there are some, and nothing else.
    """
    own = select(case_find.c.key).where(case_find.c.case == of, case_find.c.kind == "id").scalar_subquery()
    rows = unit.connection.execute(
        select(stay.c.case, stay.c.id, stay.c.office, stay.c.state)
        .join(case_find, case_find.c.case == stay.c.case)
        .where(case_find.c.kind == "id", case_find.c.key == own)
        .where(stay.c.case != of, stay.c.programme == programme)
        .order_by(stay.c.arrived.desc(), stay.c.id)
    ).all()
    latest: dict[str, str] = {}
    for row in rows:
        latest.setdefault(row.case, row.state)
    counted = {each for each, state in latest.items() if state != "withdrawn"}
    here: dict[str, str] = {}
    for row in rows:
        if row.case in counted and row.office == office:
            here.setdefault(row.case, row.id)
    return tuple(here.values()), len(counted - here.keys())
