"""The board of an office: its trays, page by page, in the order of what is to be done first.

Counts go no further than they are shown and pages begin behind a row, so that a board of a hundred thousand cases is as
quick as one of a hundred.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, String, and_, exists, func, literal, select, tuple_, type_coerce

from storage.desk_tables import COMPLETE, DONE, DOUBTFUL, NEW, letter, stay
from storage.stays import ROWS, STANDING, Stay
from storage.unit import Unit


def _tray(tray: str, seat_: str, today: str) -> ColumnElement[bool]:
    here = stay.c.state == "here"
    waits = exists(literal(1)).where(
        letter.c.case == stay.c.case, letter.c.seat.is_(None), letter.c.answered.is_(None)
    )
    trays: Mapping[str, ColumnElement[bool]] = {
        "next": here,
        "new": NEW,
        "mine": and_(stay.c.assigned == seat_, stay.c.state.in_(STANDING)),
        "returned": stay.c.state == "returned",
        "verify": DOUBTFUL,
        "complete": COMPLETE,
        "overdue": and_(here, stay.c.due < today),
        "letters": waits,
        "done": DONE,
    }
    return trays[tray]


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
    wanted = [stay.c.office == office, _tray(tray, seat_, today)]
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
        ROWS.where(stay.c.id.in_(select(ids.c.id))).order_by(stay.c.due, stay.c.since, stay.c.id)
    )
    return tuple(Stay(*tuple(row)) for row in rows)


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
    counted = {
        tray: select(func.count())
        .select_from(
            select(literal(1))
            .where(stay.c.office == office, _tray(tray, seat_, today))
            .limit(most)
            .subquery()
        )
        .scalar_subquery()
        .label(tray)
        for tray in trays
    }
    row = unit.connection.execute(select(*counted.values())).one()
    return dict(zip(trays, map(int, row), strict=True))


def programmes(unit: Unit, office: str) -> tuple[str, ...]:
    """The programmes of which cases have come to an office."""
    rows = unit.connection.execute(select(stay.c.programme).where(stay.c.office == office).distinct())
    return tuple(sorted(rows.scalars()))
