"""Desks: what somebody with a seat looks at, and whether their doors show it now."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete, insert, select, update

from storage.conflicts import Conflict
from storage.desk_tables import desk
from storage.unit import Unit


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
    return Kept(_opened(unit, person, row.version, row.state), row.version, bool(row.open)) if row else None


def set_up(unit: Unit, person: str, state: str, *, anew: bool = False) -> None:
    """A person's doors show their desk from now on: the one they had, a new one where they had none or want it `anew`."""
    version = unit.connection.execute(
        select(desk.c.version).where(desk.c.person == person).with_for_update()
    ).scalar_one_or_none()
    if version is None:
        kept = _sealed(unit, person, 1, state)
        unit.connection.execute(insert(desk), {"person": person, "open": True, "state": kept, "version": 1})
        return
    shows: dict[str, object] = {"open": True}
    if anew:
        shows |= {"state": _sealed(unit, person, version + 1, state), "version": version + 1}
    unit.connection.execute(update(desk).where(desk.c.person == person).values(**shows))


def save(unit: Unit, person: str, version: int, state: str) -> None:
    """The desk as it now stands. Conflict where its version is no longer the one that was read."""
    saved = unit.connection.execute(
        update(desk)
        .where(desk.c.person == person, desk.c.version == version)
        .values(state=_sealed(unit, person, version + 1, state), version=version + 1)
    )
    if saved.rowcount != 1:
        raise Conflict(f"the desk of {person} is past version {version}")


def leave(unit: Unit, person: str) -> None:
    """The person's doors show their own applications again."""
    unit.connection.execute(update(desk).where(desk.c.person == person).values(open=False))


def clear(unit: Unit, person: str) -> None:
    """Whoever has no seat any more has no desk."""
    unit.connection.execute(delete(desk).where(desk.c.person == person))


def merge(unit: Unit, one: str, into: str) -> None:
    """The desk of one person is another's, unless they have one."""
    own = of(unit, one)
    clear(unit, one)
    if own is None or of(unit, into) is not None:
        return
    kept = _sealed(unit, into, own.version, own.state)
    values = {"person": into, "open": own.open, "state": kept, "version": own.version}
    unit.connection.execute(insert(desk), values)


def _sealed(unit: Unit, person: str, version: int, state: str) -> str:
    return unit.sealed.seal(person, _WHAT, f"{person}|{version}", state)


def _opened(unit: Unit, person: str, version: int, state: str) -> str:
    return unit.sealed.glance(_WHAT, f"{person}|{version}", state)


_WHAT = "desk.state"
