"""Wrong codes, by the source that they came from: for a while only, and never by an address."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, func, insert, or_, select

from storage.tables import attempt
from storage.unit import Unit


def one_by_one(unit: Unit, sources: Iterable[str]) -> None:
    """Whoever else counts for one of these sources waits until this unit is through: so no two are both the last."""
    if unit.connection.dialect.name == "postgresql":  # SQLite has one writer
        for source in sorted(sources):  # always in the same order: nobody waits for each other
            unit.connection.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(source, 0))))


def recent(unit: Unit, source: str, since: datetime, until: datetime) -> tuple[datetime, ...]:
    """When wrong codes came from a source, the earliest first."""
    rows = unit.connection.execute(
        select(attempt.c.at)
        .where(attempt.c.source == source, attempt.c.at > since, attempt.c.at <= until)
        .order_by(attempt.c.at)
    )
    return tuple(rows.scalars())


def add(unit: Unit, sources: Iterable[str], at: datetime) -> None:
    """Count one for each source."""
    unit.connection.execute(insert(attempt), [{"source": source, "at": at} for source in sources])


def take_back(unit: Unit, sources: Iterable[str]) -> None:
    """The last one that was counted for each source is not counted."""
    for source in sources:
        last = select(func.max(attempt.c.id)).where(attempt.c.source == source).scalar_subquery()
        unit.connection.execute(delete(attempt).where(attempt.c.id == last))


def run_out(unit: Unit, since: datetime, until: datetime) -> None:
    """Forget those outside a time; what lies ahead was counted by a clock that was wrong."""
    unit.connection.execute(delete(attempt).where(or_(attempt.c.at <= since, attempt.c.at > until)))
