"""What many ask for is made once; who leaves disturbs nobody who stays."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from bot.house.shared import Shared
from forms.printing.queue import Errand, Urgency

Makes = Callable[[Errand], Coroutine[Any, Any, bytes]]


class Bakery:
    """Makes things and notes how: each waits until it is let go."""

    def __init__(self) -> None:
        self.made: list[Errand] = []
        self.let_go = asyncio.Event()

    async def bake(self, errand: Errand) -> bytes:
        self.made.append(errand)
        await self.let_go.wait()
        return b"bread"


async def asks(shared: Shared[bytes], make: Makes, urgency: Urgency = Urgency.ASKED) -> asyncio.Task[bytes]:
    task = asyncio.create_task(shared.get("key", make, Errand("anna", urgency)))
    for _ in range(3):
        await asyncio.sleep(0)
    return task


async def test_it_is_made_once_for_all() -> None:
    shared, bakery = Shared[bytes](100, len), Bakery()
    everybody = [await asks(shared, bakery.bake) for _ in range(100)]
    bakery.let_go.set()
    assert await asyncio.gather(*everybody) == [b"bread"] * 100
    assert await (await asks(shared, bakery.bake)) == b"bread"
    assert len(bakery.made) == 1


async def test_the_last_who_leaves_takes_it_along() -> None:
    shared, bakery = Shared[bytes](100, len), Bakery()
    first, second = await asks(shared, bakery.bake), await asks(shared, bakery.bake)
    first.cancel()
    await asyncio.wait((first,))
    assert len(shared) == 1
    second.cancel()
    await asyncio.wait((second,))
    assert not len(shared)
    bakery.let_go.set()
    assert await (await asks(shared, bakery.bake)) == b"bread"
    assert len(bakery.made) == 2


async def test_what_has_begun_is_finished_for_whoever_asks_next() -> None:
    shared, bakery = Shared[bytes](100, len), Bakery()
    someone = await asks(shared, bakery.bake)
    bakery.made[0].begun = True
    someone.cancel()
    await asyncio.wait((someone,))
    assert bakery.made[0].urgency is Urgency.AHEAD
    bakery.let_go.set()
    assert await (await asks(shared, bakery.bake)) == b"bread"
    assert len(bakery.made) == 1


async def test_asking_for_what_is_made_ahead_makes_it_urgent() -> None:
    shared, bakery = Shared[bytes](100, len), Bakery()
    ahead = await asks(shared, bakery.bake, Urgency.AHEAD)
    assert bakery.made[0].urgency is Urgency.AHEAD
    someone = await asks(shared, bakery.bake)
    assert bakery.made[0].urgency is Urgency.ASKED
    someone.cancel()
    await asyncio.wait((someone,))
    assert bakery.made[0].urgency is Urgency.AHEAD
    bakery.let_go.set()
    assert await ahead == b"bread"


async def test_memory_is_bounded_and_failures_are_not_kept() -> None:
    shared = Shared[bytes](10, len)

    async def makes(content: bytes) -> bytes:
        if not content:
            raise ValueError
        return content

    for number in range(5):
        await shared.get(str(number), lambda _: makes(b"1234"), Errand())
    assert list(shared._known) == ["3", "4"]
    with pytest.raises(ValueError):
        await shared.get("fails", lambda _: makes(b""), Errand())
    await asyncio.sleep(0)
    assert list(shared._known) == ["3", "4"]
    assert await shared.get("huge", lambda _: makes(b"x" * 11), Errand()) == b"x" * 11
    await asyncio.sleep(0)
    assert not len(shared)
