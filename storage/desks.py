"""Desks: what somebody with a seat looks at, and whether their doors show it now."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete, insert, select, update

from storage.desk_tables import desk
from storage.unit import Conflict, Unit


@dataclass(frozen=True)
class Kept:
    """A desk as it is kept: its state as JSON, the version it was read at, whether it is open."""

    state: str
    version: int
    open: bool


def of(unit: Unit, person: str) -> Kept | None:
    """A person's desk; None where they have none."""
    row = unit.connection.execute(
        select(desk.c.state, desk.c.version, desk.c.open).where(desk.c.person == person)
    ).one_or_none()
    return Kept(row.state, row.version, bool(row.open)) if row else None


def set_up(unit: Unit, person: str, state: str, *, anew: bool = False) -> None:
    """A person's doors show their desk from now on: the one they had, a new one where they had none or want it `anew`."""
    shows = {"open": True, **({"state": state, "version": desk.c.version + 1} if anew else {})}
    shown = unit.connection.execute(update(desk).where(desk.c.person == person).values(**shows))
    if shown.rowcount == 0:
        values = {"person": person, "open": True, "state": state, "version": 1}
        unit.connection.execute(insert(desk), values)


def save(unit: Unit, person: str, version: int, state: str) -> None:
    """The desk as it now stands. Conflict where its version is no longer the one that was read."""
    saved = unit.connection.execute(
        update(desk)
        .where(desk.c.person == person, desk.c.version == version)
        .values(state=state, version=version + 1)
    )
    if saved.rowcount != 1:
        raise Conflict(f"the desk of {person} is past version {version}")


def leave(unit: Unit, person: str) -> None:
    """The person's doors show their own applications again."""
    unit.connection.execute(update(desk).where(desk.c.person == person).values(open=False))


def clear(unit: Unit, person: str) -> None:
    """Whoever has no seat any more has no desk."""
    unit.connection.execute(delete(desk).where(desk.c.person == person))
