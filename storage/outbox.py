"""What others must learn: written in the transaction that makes it true, delivered afterwards.

A deliverer claims items under a lease, delivers, and settles. If it dies, the lease runs out and the item is
claimed again; a deliverer whose lease ran out can no longer settle, because the next claim has counted an
attempt. Sending may thus happen twice after a crash, and the item's key lets the receiver know it again; the
outcome is written once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, or_, select, update

from storage.tables import outbox
from storage.unit import Unit

#: Pauses before the next attempt; after the last one the item is a dead letter.
PAUSES = tuple(timedelta(seconds=seconds) for seconds in (5, 30, 120, 600, 3600, 4 * 3600, 12 * 3600))


@dataclass(frozen=True)
class Item:
    """Something to deliver. `key` is the same however often it is tried; `attempts` counts this one too."""

    id: int
    key: str
    kind: str
    payload: Mapping[str, str]
    attempts: int


def enqueue(unit: Unit, kind: str, key: str, payload: Mapping[str, str], due: datetime) -> bool:
    """Put an item in, to be delivered from `due` on. False where `key` is known already: it stays one item."""
    if unit.connection.execute(select(outbox.c.id).where(outbox.c.key == key)).first():
        return False
    unit.connection.execute(
        insert(outbox),
        {"kind": kind, "key": key, "payload": dict(payload), "state": "waiting", "due": due, "attempts": 0},
    )
    return True


def claim(unit: Unit, now: datetime, lease: timedelta, most: int) -> tuple[Item, ...]:
    """Take up to `most` items that are due and in nobody's hands, the longest due first, for `lease`."""
    free = or_(outbox.c.lease_until.is_(None), outbox.c.lease_until <= now)
    rows = unit.connection.execute(
        select(outbox.c.id, outbox.c.key, outbox.c.kind, outbox.c.payload, outbox.c.attempts)
        .where(outbox.c.state == "waiting", outbox.c.due <= now, free)
        .order_by(outbox.c.due, outbox.c.id)
        .limit(most)
        .with_for_update(skip_locked=True)  # SQLite has one writer and needs no lock
    ).all()
    if rows:
        unit.connection.execute(
            update(outbox)
            .where(outbox.c.id.in_([row.id for row in rows]))
            .values(lease_until=now + lease, attempts=outbox.c.attempts + 1)
        )
    return tuple(Item(row.id, row.key, row.kind, row.payload, row.attempts + 1) for row in rows)


def settle(unit: Unit, item: Item, message: str) -> bool:
    """Note an item as sent, with the channel's id of the message. False where the lease was lost."""
    return _close(unit, item, state="sent", message=message, lease_until=None)


def postpone(unit: Unit, item: Item, now: datetime, wait: timedelta | None = None) -> bool:
    """Try a failed item again later, after `wait` where the receiver named a time; at last it is dead.

    False where the lease was lost.
    """
    if item.attempts > len(PAUSES):
        return _close(unit, item, state="dead", lease_until=None)
    return _close(unit, item, due=now + (wait or PAUSES[item.attempts - 1]), lease_until=None)


def wait(unit: Unit, item: Item, due: datetime) -> bool:
    """Leave an item until later without counting that as a try. False where the lease was lost."""
    return _close(unit, item, due=due, lease_until=None, attempts=item.attempts - 1)


def prune(unit: Unit, before: datetime, kind: str = "") -> int:
    """Drop items, of one kind or of all, that were sent and were due before a moment; gives how many.

    Their keys are unknown from then on.
    """
    these = (outbox.c.kind == kind,) if kind else ()
    return unit.connection.execute(
        delete(outbox).where(outbox.c.state == "sent", outbox.c.due < before, *these)
    ).rowcount


def _close(unit: Unit, item: Item, **values: object) -> bool:
    mine = (outbox.c.id == item.id, outbox.c.state == "waiting", outbox.c.attempts == item.attempts)
    return unit.connection.execute(update(outbox).where(*mine).values(**values)).rowcount == 1
