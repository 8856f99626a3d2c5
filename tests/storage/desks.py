"""Offices, seats and stays as rows, for tests of what hangs on them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import insert

from storage.desk_tables import office, seat, stay
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
