"""Who is still to be reminded of a closing day."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String, cast, exists, func, literal, select

from storage.desk_tables import remark, stay
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


def unanswered(
    unit: Unit, digest: str, prefix: str, before: datetime, most: int
) -> tuple[tuple[str, str], ...]:
    """Parties of such cases to which something was sent back before a moment, with the key that no item has yet.

    The key is the prefix, the stay, its version, and the party: it is another one each time that the case comes back.
    """
    key = (
        literal(prefix)
        .concat(stay.c.id)
        .concat(" ")
        .concat(cast(stay.c.version, String))
        .concat(" ")
        .concat(party.c.id)
    )
    sent = exists(literal(1)).where(
        remark.c.party == party.c.id, remark.c.sent < before, remark.c.answered.is_(None)
    )
    rows = (
        select(key, party.c.id)
        .select_from(party)
        .join(case, case.c.id == party.c.case)
        .join(stay, stay.c.case == case.c.id)
        .join(person, person.c.id == party.c.person)
        .where(case.c.digest == digest, ~case.c.practice, person.c.unreminded.is_(None))
        .where(stay.c.state == "returned", party.c.state.in_(("joined", "confirmed")), sent)
        .where(~exists(literal(1)).where(outbox.c.key == key))
        .order_by(party.c.id)
        .limit(most)
    )
    return tuple((row[0], row[1]) for row in unit.connection.execute(rows))
