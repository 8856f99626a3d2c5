"""Who is still to be reminded of a closing day."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import exists, func, literal, select

from storage.tables import Instant, case, outbox, party, person
from storage.unit import Unit


def editions(unit: Unit) -> tuple[str, ...]:
    """The definitions that cases which are no practice are pinned to, by digest."""
    return tuple(unit.connection.execute(select(case.c.digest).where(~case.c.practice).distinct()).scalars())


def unasked(unit: Unit, digest: str, prefix: str, before: datetime, most: int) -> tuple[str, ...]:
    """Parties of cases with that definition for whom the outbox has no item whose key is the prefix and their id.

    Only those that were somebody's before a moment and have not ended.
    """
    since = func.coalesce(party.c.changed, case.c.created, type_=Instant)
    asked = exists(literal(1)).where(outbox.c.key == literal(prefix).concat(party.c.id))
    rows = (
        select(party.c.id)
        .join(case, case.c.id == party.c.case)
        .join(person, person.c.id == party.c.person)
        .where(case.c.digest == digest, ~case.c.practice, person.c.unreminded.is_(None))
        .where(party.c.state.in_(("joined", "confirmed")), since < before, ~asked)
        .order_by(party.c.id)
        .limit(most)
    )
    return tuple(unit.connection.execute(rows).scalars())
