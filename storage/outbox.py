"""What others must learn: written in the transaction that makes it true, delivered afterwards.

A deliverer claims items under a lease, delivers, and settles. If it dies, the lease runs out and the item is
claimed again; a deliverer whose lease ran out can no longer settle, because the next claim has counted an
attempt. That sending begins is written before it does: whoever comes after a crash knows that it may have happened.
The outcome is written once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, or_, select, update

from storage import jobs
from storage.tables import outbox
from storage.unit import Unit

#: Pauses before the next attempt; after the last one the item is a dead letter.
PAUSES = tuple(timedelta(seconds=seconds) for seconds in (5, 30, 120, 600, 3600, 4 * 3600, 12 * 3600))


#: How far the clocks of two machines may be apart: what is due a moment later by ours is due.
_APART = timedelta(seconds=2)
#: What was due so long ago has been missed.
_MISSED = timedelta(seconds=60)
#: While an item waits: one for each time that sending began and nobody knows how it ended.
_BEGUN = "?"


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
    row = {"kind": kind, "key": key, "payload": dict(payload), "state": "waiting", "due": due, "attempts": 0}
    made = unit.connection.execute(insert(outbox).values(row).returning(outbox.c.id)).scalar_one()
    _job(unit, made, jobs.until(due))
    return True


def settled(unit: Unit, key: str) -> bool:
    """Whether the item of a key was put in and is delivered, or given up."""
    state = unit.connection.execute(select(outbox.c.state).where(outbox.c.key == key)).scalar()
    return state is not None and state != "waiting"


def newest(unit: Unit, item: Item, prefix: str) -> bool:
    """Whether nothing was put in behind an item under a key that begins so."""
    behind = select(outbox.c.id).where(
        outbox.c.id > item.id, outbox.c.key.startswith(prefix, autoescape=True)
    )
    return unit.connection.execute(behind.limit(1)).first() is None


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


def claim_one(unit: Unit, identifier: int, now: datetime, lease: timedelta) -> Item | None:
    """Take this item for `lease`; None where nothing is left to do. What is not due yet, or in other hands, comes again."""
    row = unit.connection.execute(
        select(outbox).where(outbox.c.id == identifier, outbox.c.state == "waiting").with_for_update()
    ).one_or_none()
    if row is None:
        return None
    free = max(row.due, row.lease_until or row.due)
    if free > now + _APART:
        _job(unit, identifier, free - now)
        return None
    taken = {"lease_until": now + lease, "attempts": row.attempts + 1}
    unit.connection.execute(update(outbox).where(outbox.c.id == identifier).values(**taken))
    return Item(row.id, row.key, row.kind, row.payload, row.attempts + 1)


def missed(unit: Unit, now: datetime, most: int = 500) -> tuple[int, ...]:
    """Items that have been due for a while and are in nobody's hands: nobody's job tells of them any more."""
    free = or_(outbox.c.lease_until.is_(None), outbox.c.lease_until <= now)
    waiting = (outbox.c.state == "waiting", outbox.c.due <= now - _MISSED, free)
    rows = unit.connection.execute(select(outbox.c.id).where(*waiting).order_by(outbox.c.due).limit(most))
    item_ids = tuple(int(each) for each in rows.scalars())
    for each in item_ids:
        jobs.put(unit, "deliver", str(each), key=f"deliver {each}")
    return item_ids


def settle(unit: Unit, item: Item, message: str) -> bool:
    """Note an item as sent, with the channel's id of the message. False where the lease was lost."""
    return _close(unit, item, state="sent", message=message, lease_until=None)


def postpone(unit: Unit, item: Item, now: datetime, wait: timedelta | None = None) -> bool:
    """Try a failed item again later, after `wait` where the receiver named a time; at last it is dead.

    False where the lease was lost.
    """
    if item.attempts > len(PAUSES):
        return _close(unit, item, state="dead", lease_until=None)
    pause = wait or PAUSES[item.attempts - 1]
    return _later(unit, item, pause, due=now + pause)


def wait(unit: Unit, item: Item, due: datetime) -> bool:
    """Leave an item until later without counting that as a try. False where the lease was lost."""
    return _later(unit, item, jobs.until(due), due=due, attempts=item.attempts - 1)


def prune(unit: Unit, before: datetime, kind: str = "") -> int:
    """Drop items, of one kind or of all, that were sent and were due before a moment; gives how many.

    Their keys are unknown from then on.
    """
    these = (outbox.c.kind == kind,) if kind else ()
    return unit.connection.execute(
        delete(outbox).where(outbox.c.state == "sent", outbox.c.due < before, *these)
    ).rowcount


def sending(unit: Unit, item: Item) -> int | None:
    """Sending begins now: gives how often it began before without anybody's knowing how that ended.

    None where the lease was lost: another one is at it. It stands where the channel's id of the message comes to stand.
    """
    mine = (outbox.c.id == item.id, outbox.c.state == "waiting", outbox.c.attempts == item.attempts)
    row = unit.connection.execute(select(outbox.c.message).where(*mine).with_for_update()).one_or_none()
    if row is None:
        return None
    begun = row.message or ""
    _close(unit, item, message=begun + _BEGUN)
    return len(begun)


def unsent(unit: Unit, item: Item) -> None:
    """What `sending` began has ended, and nothing was sent."""
    mine = (outbox.c.id == item.id, outbox.c.state == "waiting", outbox.c.attempts == item.attempts)
    begun = unit.connection.execute(select(outbox.c.message).where(*mine)).scalar()
    if begun:
        _close(unit, item, message=begun.removesuffix(_BEGUN) or None)


def _later(unit: Unit, item: Item, after: timedelta, **values: object) -> bool:
    if not _close(unit, item, **values, lease_until=None):
        return False
    _job(unit, item.id, after)
    return True


def _job(unit: Unit, identifier: int, after: timedelta) -> None:
    jobs.put(unit, "deliver", str(identifier), after)


def _close(unit: Unit, item: Item, **values: object) -> bool:
    mine = (outbox.c.id == item.id, outbox.c.state == "waiting", outbox.c.attempts == item.attempts)
    return unit.connection.execute(update(outbox).where(*mine).values(**values)).rowcount == 1
