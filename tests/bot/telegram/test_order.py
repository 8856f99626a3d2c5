"""Side by side across people, in order for each; nothing is let go before it counts."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from aiogram import Bot
from sqlalchemy.exc import OperationalError

from bot.telegram import order as module
from bot.telegram.order import Order
from bot.telegram.updates import Incoming


class Hands:
    """Takes updates as it is told to: waits where there is an event, raises where there is an error."""

    def __init__(self) -> None:
        self.taken: list[str] = []
        self.given_up: list[str] = []
        self.waits: dict[str, asyncio.Event] = {}
        self.errors: list[Exception] = []

    async def handle(self, incoming: Incoming) -> None:
        if incoming.text in self.waits:
            await self.waits[incoming.text].wait()
        if self.errors:
            raise self.errors.pop(0)
        self.taken.append(incoming.text)

    async def give_up(self, incoming: Incoming) -> None:
        self.given_up.append(incoming.text)


@pytest.fixture
def hands(monkeypatch: pytest.MonkeyPatch) -> Hands:
    monkeypatch.setattr(module, "_PAUSES", (0, 0, 0))
    monkeypatch.setattr(module, "_PASSING_PAUSES", (0,) * 50)
    return Hands()


@pytest.fixture
async def order(hands: Hands) -> Order:
    return Order(Bot("42:TEST-token"), hands.handle, hands.give_up)


def text(number: int, said: str, user: int = 7) -> dict[str, Any]:
    person = {"id": user, "is_bot": False, "first_name": "安娜"}
    chat = {"id": user, "type": "private"}
    message = {"message_id": number, "date": 1, "chat": chat, "from": person, "text": said}
    return {"update_id": number, "message": message}


async def test_one_persons_updates_wait_for_each_other_and_nobody_elses(order: Order, hands: Hands) -> None:
    hands.waits["甲"] = asyncio.Event()
    first, second = order.accept(text(1, "甲")), order.accept(text(2, "乙"))
    other = order.accept(text(3, "丙", user=8))
    assert first and second and other
    await other
    assert hands.taken == ["丙"]
    hands.waits["甲"].set()
    await second
    assert hands.taken == ["丙", "甲", "乙"]


async def test_an_update_in_hand_or_done_is_taken_once(order: Order, hands: Hands) -> None:
    hands.waits["甲"] = asyncio.Event()
    first, again = order.accept(text(1, "甲")), order.accept(text(1, "甲"))
    assert first is again is not None
    hands.waits["甲"].set()
    await first
    assert order.accept(text(1, "甲")) is None
    assert hands.taken == ["甲"]


async def test_a_fault_that_passes_is_waited_for_however_long(order: Order, hands: Hands) -> None:
    hands.errors = [OperationalError("INSERT", {}, Exception("database is locked")) for _ in range(20)]
    task = order.accept(text(1, "甲"))
    assert task
    await task
    assert (hands.taken, hands.given_up) == (["甲"], [])


async def test_a_fault_that_stays_is_told_and_holds_up_nobody(order: Order, hands: Hands) -> None:
    hands.errors = [ValueError(str(number)) for number in range(4)]
    first, second = order.accept(text(1, "甲")), order.accept(text(2, "乙"))
    assert first and second
    await asyncio.wait((first, second))
    assert (hands.taken, hands.given_up) == (["乙"], ["甲"])


async def test_bad_updates_are_nothing_to_wait_for(order: Order) -> None:
    for raw in (None, {}, {"update_id": 1, "message": {}}):
        assert order.accept(raw) is None


async def test_a_stop_waits_for_what_is_in_hand(order: Order, hands: Hands) -> None:
    hands.waits["甲"] = asyncio.Event()
    order.accept(text(1, "甲"))
    asyncio.get_running_loop().call_later(0.05, hands.waits["甲"].set)
    assert await order.rest(5)
    assert hands.taken == ["甲"]


async def test_what_a_stop_cuts_off_was_not_done(order: Order, hands: Hands) -> None:
    hands.waits["甲"] = asyncio.Event()
    task = order.accept(text(1, "甲"))
    assert task
    assert not await order.rest(0.05)
    assert task.cancelled()
    assert order.accept(text(1, "甲")) is not None
    hands.waits["甲"].set()
    assert await order.rest(5)


async def test_nothing_is_remembered_of_people_who_are_served(order: Order) -> None:
    tasks = [order.accept(text(number, "x", user=number)) for number in range(1, 50)]
    await asyncio.gather(*(task for task in tasks if task))
    await asyncio.sleep(0)
    assert not order._last
    assert not order._in_hand
