"""The board of an office: its trays, page by page, in the order of what is to be done first.

Counts go no further than they are shown and pages begin behind a row, so that a board of a hundred thousand cases is as
quick as one of a hundred.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    String,
    and_,
    bindparam,
    func,
    literal,
    select,
    tuple_,
    type_coerce,
)

from storage.desk_tables import COMPLETE, DONE, DOUBTFUL, NEW, WORKED_ON, stay
from storage.letters import stays_with_letters
from storage.stays import ROWS, Stay, read
from storage.unit import Unit

#: What a tray is of: so that a statement is made once and not for everybody who looks.
_OFFICE = bindparam("at_office", type_=String())
_SEAT = bindparam("of_seat", type_=String())
_TODAY = bindparam("on_day", type_=String())
_MOST = bindparam("at_most", type_=Integer())


def _tray(tray: str) -> tuple[ColumnElement[bool], ...]:
    here = stay.c.state == "here"
    trays: Mapping[str, ColumnElement[bool]] = {
        "next": here,
        "new": NEW,
        "mine": and_(stay.c.assigned == _SEAT, WORKED_ON),
        "returned": stay.c.state == "returned",
        "verify": DOUBTFUL,
        "complete": COMPLETE,
        "overdue": and_(here, stay.c.due < _TODAY),
        "letters": stay.c.id.in_(stays_with_letters(_OFFICE)),
        "done": DONE,
    }
    # What is found by its letters is few and the office's own: named again, the office would lead over all it has.
    return (trays[tray],) if tray == "letters" else (stay.c.office == _OFFICE, trays[tray])


def page(  # noqa: PLR0913, PLR0917  # what narrows a board
    unit: Unit,
    office: str,
    tray: str,
    seat_: str,
    today: str,
    most: int,
    *,
    programme: str = "",
    employer: str = "",
    after: tuple[str, str, str] | None = None,
) -> tuple[Stay, ...]:
    """A page of a tray, nearest deadline and oldest wait first: at most `most`, behind the row that `after` names."""
    wanted = [*_tray(tray)]
    if programme:
        wanted.append(stay.c.programme == programme)
    if employer:
        wanted.append(stay.c.unit == employer)
    if after:
        wanted.append(tuple_(stay.c.due, stay.c.since, stay.c.id) > tuple_(*map(literal, after)))
    ids = (
        select(stay.c.id).where(*wanted).order_by(stay.c.due, stay.c.since, stay.c.id).limit(most).subquery()
    )
    rows = unit.connection.execute(
        ROWS.where(stay.c.id.in_(select(ids.c.id))).order_by(stay.c.due, stay.c.since, stay.c.id),
        {"at_office": office, "of_seat": seat_, "on_day": today},
    )
    return tuple(read(unit, rows))


def place(unit: Unit, identifier: str) -> tuple[str, str, str] | None:
    """Where a row stands on the board; None where it is gone."""
    row = unit.connection.execute(
        select(stay.c.due, type_coerce(stay.c.since, String), stay.c.id).where(stay.c.id == identifier)
    ).one_or_none()
    return (row[0], row[1], row[2]) if row else None


def many(  # noqa: PLR0913, PLR0917  # as `page`
    unit: Unit, office: str, trays: Sequence[str], seat_: str, today: str, most: int
) -> Mapping[str, int]:
    """How many rows each tray has, counted no further than `most`."""
    values = {"at_office": office, "of_seat": seat_, "on_day": today, "at_most": most}
    row = unit.connection.execute(_counting(tuple(trays)), values).one()
    return dict(zip(trays, map(int, row), strict=True))


@cache
def _counting(trays: tuple[str, ...]) -> Select[*tuple[Any, ...]]:
    """The statement that counts these trays: making it takes ten times as long as the database takes to count."""
    return select(
        *(
            select(func.count())
            .select_from(select(literal(1)).where(*_tray(tray)).limit(_MOST).subquery())
            .scalar_subquery()
            .label(tray)
            for tray in trays
        )
    )


def programmes(unit: Unit, office: str) -> tuple[str, ...]:
    """The programmes of which cases have come to an office."""
    # From each to the next by the index: a plain DISTINCT goes over every case.
    following = select(func.min(stay.c.programme)).where(stay.c.office == office)
    first = following.label("programme")
    one = select(first).cte("known", recursive=True)
    later = following.where(stay.c.programme > one.c.programme).scalar_subquery()
    each = one.union_all(select(later).where(one.c.programme.is_not(None)))
    rows = unit.connection.execute(select(each.c.programme).where(each.c.programme.is_not(None)))
    return tuple(sorted(rows.scalars()))
