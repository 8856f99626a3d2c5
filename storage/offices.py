"""The unions that receive cases: how they are kept, added, changed and closed, and the way up between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, insert, select, update

from forms.office_names import HEIGHT
from forms.offices import Office
from storage.desk_tables import office, seat, stay
from storage.tables import code, new_id
from storage.unit import Unit

#: States of a stay in which an office still has a case before it.
LYING = ("here", "returned")


@dataclass(frozen=True)
class Kept:
    """An office as it is kept; `office.above` is the name of the one above, and `closed` since when it receives nothing."""

    id: str
    office: Office
    closed: datetime | None


_ABOVE = office.alias("above")
_ROWS = (
    select(office, _ABOVE.c.name.label("above_name"))
    .outerjoin(_ABOVE, _ABOVE.c.id == office.c.above)
    .order_by(office.c.created, office.c.id)
)


def standing(unit: Unit) -> tuple[Kept, ...]:
    """The offices that are open, as they were written down."""
    return _kept(unit, office.c.closed.is_(None))


def every(unit: Unit) -> tuple[Kept, ...]:
    """All offices, those that were closed as well."""
    return _kept(unit, office.c.id.is_not(None))


def find(unit: Unit, identifier: str) -> Kept | None:
    """An office by its id, closed or not; None where there is none."""
    return next(iter(_kept(unit, office.c.id == identifier)), None)


def _kept(unit: Unit, wanted: Any) -> tuple[Kept, ...]:
    return tuple(
        Kept(
            row.id,
            Office(
                name=row.name,
                kind=row.kind,
                above=row.above_name or "",
                aliases=row.aliases,
                programmes=row.programmes,
                phone=row.phone,
                address=row.address,
                hours=row.hours,
                corrects=row.corrects,
            ),
            row.closed,
        )
        for row in unit.connection.execute(_ROWS.where(wanted))
    )


def hold(unit: Unit, identifier: str) -> None:
    """An office is not closed before this unit is over."""
    unit.connection.execute(select(office.c.id).where(office.c.id == identifier).with_for_update(read=True))


def way_up(unit: Unit, identifier: str) -> tuple[Kept, ...]:
    """The offices above one, the nearest first."""
    ids = {each.office.name: each for each in every(unit)}
    way: list[Kept] = []
    at = next((each for each in ids.values() if each.id == identifier), None)
    while at and (above := ids.get(at.office.above)) and above not in way:
        way.append(above)
        at = above
    return tuple(way)


def add(unit: Unit, offices: Sequence[Office], at: datetime) -> tuple[str, ...]:
    """Keep new offices; gives their ids in the same order. `forms.offices.faults` must find nothing wrong with them.

    IntegrityError where one of that name is kept already, KeyError where the one above is not.
    """
    ids = {each.office.name: each.id for each in every(unit)}
    moments = {
        each.name: at + timedelta(microseconds=index) for index, each in enumerate(offices)
    }  # keeps their order
    for each in sorted(offices, key=lambda each: -HEIGHT[each.kind]):  # whoever is above is there before
        ids[each.name] = new_id()
        above = ids[each.above] if each.above else None
        values = {"id": ids[each.name], "above": above, "created": moments[each.name], **_columns(each)}
        unit.connection.execute(insert(office), values)
    return tuple(ids[each.name] for each in offices)


def change(unit: Unit, identifier: str, to: Office) -> bool:
    """An office is as given from now on. False where there is none that is open; KeyError where the one above is none."""
    above = {each.office.name: each.id for each in every(unit)}[to.above] if to.above else None
    changed = unit.connection.execute(
        update(office)
        .where(office.c.id == identifier, office.c.closed.is_(None))
        .values(above=above, **_columns(to))
    )
    return changed.rowcount == 1


def _columns(each: Office) -> dict[str, Any]:
    return each.model_dump(mode="json", exclude={"above"})


@dataclass(frozen=True)
class InTheWay:
    """What keeps an office from being closed: names of those below it that are open, and how many cases lie there."""

    below: tuple[str, ...]
    cases: int


def close(unit: Unit, identifier: str, at: datetime) -> InTheWay | None:
    """An office receives nothing more, and its seats end. What is in the way, and then nothing is done; else None."""
    unit.connection.execute(select(office.c.id).where(office.c.id == identifier).with_for_update())
    below = select(office.c.name).where(office.c.above == identifier, office.c.closed.is_(None))
    lying = select(func.count()).where(stay.c.office == identifier, stay.c.state.in_(LYING))
    in_the_way = InTheWay(
        tuple(unit.connection.execute(below.order_by(office.c.created, office.c.id)).scalars()),
        int(unit.connection.execute(lying).scalar_one()),
    )
    if in_the_way.below or in_the_way.cases:
        return in_the_way
    own = select(seat.c.id).where(seat.c.office == identifier)
    for statement in (
        update(code)
        .where(code.c.seat.in_(own), code.c.used.is_(None), code.c.void.is_(None))
        .values(void=at),
        update(seat).where(seat.c.office == identifier, seat.c.ended.is_(None)).values(ended=at),
        update(office).where(office.c.id == identifier, office.c.closed.is_(None)).values(closed=at),
    ):
        unit.connection.execute(statement)
    return None
