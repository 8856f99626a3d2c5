"""Offices, seats and stays as rows, for tests of what hangs on them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import insert, select

from storage import handing, stays
from storage.desk_tables import office, seat, stay
from storage.stays import Stay
from storage.tables import case, new_id, snapshot
from storage.unit import Unit

NOW = datetime(2026, 6, 15, 4, tzinfo=UTC)


def found(unit: Unit, *names: str) -> None:
    """Offices of these names as their ids, each with the seat “s-NAME” of a clerk called after it."""
    for name in names:
        union = {"id": name, "name": f"{name}总工会", "aliases": [], "programmes": [], "kind": "union"}
        unit.connection.execute(insert(office), {**union, "created": NOW})
        clerk = {"id": f"s-{name}", "office": name, "role": "clerk", "name": f"{name}干事", "created": NOW}
        unit.connection.execute(insert(seat), clerk)


def lie(unit: Unit, case: str, name: str, state: str = "here", days: int = 0) -> None:
    """A stay of a case at an office, which began so many days later than others."""
    at = NOW + timedelta(days=days)
    values = {
        "id": f"{case[:8]}-{name}-{days}",
        "case": case,
        "office": name,
        "programme": "small",
        "round": 1,
    }
    rest = {"state": state, "version": 1, "arrived": at, "since": at, "due": "9999"}
    unit.connection.execute(insert(stay), {**values, **rest})


def receive(  # one case as an office gets it
    unit: Unit,
    name: str,
    whose: str = "韦小宝",
    employer: str = "",
    minutes: int = 0,
    programme: str = "small",
) -> Stay:
    """A new case that was handed in to an office under this name and unit, so many minutes after others."""
    if unit.connection.execute(select(snapshot.c.digest)).first() is None:
        unit.connection.execute(insert(snapshot), {"digest": "d", "programme": "small", "source": "{}"})
    at, of = NOW + timedelta(minutes=minutes), new_id()
    made = {"id": of, "programme": programme, "digest": "d", "practice": False, "created": at}
    unit.connection.execute(insert(case), made)
    sealed = handing.seal(unit, of, (), {"name": whose, "unit": employer}, at)
    handing.number_of(unit, of)
    made_stay = stays.arrive(unit, of, name, programme, sealed.round, at, "2026-06-30", 0, 0)
    row = stays.one(unit, made_stay)
    assert row
    return row
