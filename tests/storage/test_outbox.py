"""What others must learn arrives once, whatever dies on the way."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from storage import tables
from storage.database import Database
from storage.outbox import PAUSES, Item, claim, enqueue, postpone, prune, settle
from storage.unit import Unit

NOW = datetime(2026, 6, 15, 4, tzinfo=UTC)
LEASE = timedelta(minutes=1)


async def put(database: Database, count: int = 1) -> None:
    def work(unit: Unit) -> None:
        for number in range(count):
            enqueue(unit, "told", f"key-{number}", {"to": "anna"}, NOW)

    await database.run(work)


async def take(database: Database, now: datetime = NOW, most: int = 10) -> tuple[Item, ...]:
    return await database.run(lambda unit: claim(unit, now, LEASE, most))


async def test_an_item_is_put_in_once_and_only_with_its_transaction(database: Database) -> None:
    assert await database.run(lambda unit: enqueue(unit, "told", "k", {}, NOW))
    assert not await database.run(lambda unit: enqueue(unit, "told", "k", {}, NOW))

    def fails(unit: Unit) -> None:
        enqueue(unit, "told", "never", {}, NOW)
        raise RuntimeError

    assert isinstance((await asyncio.gather(database.run(fails), return_exceptions=True))[0], RuntimeError)
    assert [item.key for item in await take(database)] == ["k"]


async def test_what_is_claimed_is_nobody_elses_until_the_lease_runs_out(database: Database) -> None:
    await put(database)
    assert await take(database, NOW - timedelta(seconds=1)) == ()
    (first,) = await take(database)
    assert (first.kind, first.payload, first.attempts) == ("told", {"to": "anna"}, 1)
    assert await take(database) == ()
    (second,) = await take(database, NOW + LEASE)
    assert second.attempts == 2
    assert not await database.run(lambda unit: settle(unit, first, "m1"))
    assert await database.run(lambda unit: settle(unit, second, "m2"))
    assert not await database.run(lambda unit: settle(unit, second, "m2"))
    assert await take(database, NOW + timedelta(days=9)) == ()


async def test_failures_wait_longer_and_longer_and_end_as_a_dead_letter(database: Database) -> None:
    await put(database)
    now = NOW
    for pause in PAUSES:
        (item,) = await take(database, now)
        assert await database.run(lambda unit, item=item, now=now: postpone(unit, item, now))
        assert await take(database, now + pause - timedelta(seconds=1)) == ()
        now += pause
    (item,) = await take(database, now)
    assert await database.run(lambda unit: postpone(unit, item, now))
    assert await take(database, now + timedelta(days=9)) == ()
    assert (
        await database.run(lambda unit: unit.connection.execute(select(tables.outbox.c.state)).scalar())
        == "dead"
    )


async def test_the_receivers_own_pause_is_kept(database: Database) -> None:
    await put(database)
    (item,) = await take(database)
    await database.run(lambda unit: postpone(unit, item, NOW, timedelta(seconds=90)))
    assert await take(database, NOW + timedelta(seconds=89)) == ()
    assert len(await take(database, NOW + timedelta(seconds=90))) == 1


async def test_every_item_is_settled_once_though_deliverers_die(database: Database) -> None:
    """Eight deliverers at once; a third of their deliveries die before settling, half of those after sending."""
    await put(database, 60)
    chance = random.Random(7)
    settled: Counter[str] = Counter()
    received: dict[str, int] = {}
    now = [NOW]

    async def deliver() -> None:
        for item in await take(database, now[0], 7):
            fate = chance.random()
            if fate < 0.15:
                continue  # died before it was sent
            received[item.key] = received.get(item.key, 0) + 1
            if fate < 0.33:
                continue  # died after it was sent
            if await database.run(lambda unit, item=item: settle(unit, item, "m")):
                settled[item.key] += 1

    for _ in range(20):
        await asyncio.gather(*(deliver() for _ in range(8)))
        now[0] += LEASE
    assert len(settled) == len(received) == 60
    assert set(settled.values()) == {1}


async def test_what_was_told_long_ago_goes_and_nothing_else(database: Database) -> None:
    await put(database, 3)
    told, tried, _ = await take(database)
    await database.run(lambda unit: settle(unit, told, "m1"))
    for item in [tried] * (len(PAUSES) + 1):
        await database.run(lambda unit, item=item: postpone(unit, item, NOW))
    assert await database.run(lambda unit: prune(unit, NOW)) == 0
    assert await database.run(lambda unit: prune(unit, NOW + LEASE)) == 1
    kept = await database.run(
        lambda unit: unit.connection.execute(select(tables.outbox.c.key)).scalars().all()
    )
    assert sorted(kept) == ["key-1", "key-2"]
