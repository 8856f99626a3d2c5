"""How much of everything there is, for whoever watches an installation: numbers, and nothing of anybody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Column, ColumnElement, func, select, true

from storage.desk_tables import export
from storage.jobs import waiting
from storage.tables import file, outbox
from storage.unit import Unit


@dataclass(frozen=True)
class Figures:
    """What waits and what lies here. `oldest` is for how long the item that is due the longest has been so.

    `exports` is by state, of those that are not over; `size` the bytes of all files; `jobs` is what waits
    for a hand on any machine, by what there is to do.
    """

    waiting: int
    due: int
    oldest: timedelta
    dead: int
    exports: Mapping[str, int]
    files: int
    size: int
    jobs: Mapping[str, int]


def figures(unit: Unit, now: datetime) -> Figures:
    """The figures as they are now."""

    def counted(state: Column[str], *which: ColumnElement[bool]) -> dict[str, int]:
        rows = unit.connection.execute(select(state, func.count()).where(*which).group_by(state))
        return {name: count for name, count in rows}  # noqa: C416 - rows are no pairs to the checker

    items = counted(outbox.c.state, outbox.c.state != "sent")
    waits = (outbox.c.state == "waiting", outbox.c.due <= now)
    due, first = unit.connection.execute(select(func.count(), func.min(outbox.c.due)).where(*waits)).one()
    stored = select(func.count(), func.coalesce(func.sum(file.c.size), 0)).where(file.c.arriving.is_(None))
    files, size = unit.connection.execute(stored).one()
    return Figures(
        waiting=items.get("waiting", 0),
        due=due,
        oldest=now - first if first else timedelta(),
        dead=items.get("dead", 0),
        exports=counted(export.c.state, true()),
        files=files,
        size=int(size),
        jobs=waiting(unit),
    )
