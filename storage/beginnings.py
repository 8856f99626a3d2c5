"""Whether anybody has begun anything in an installation."""

from __future__ import annotations

from sqlalchemy import exists, select

from storage.desk_tables import office
from storage.tables import case
from storage.unit import Unit


def untouched(unit: Unit) -> bool:
    """Whether there is no application and no office yet."""
    begun = (exists(select(each.c.id)) for each in (case, office))
    return not any(unit.connection.execute(select(each)).scalar_one() for each in begun)
