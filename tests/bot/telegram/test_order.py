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
        self.repeats: list[str] = []
        self.waits: dict[str, asyncio.Event] = {}
        self.errors: list[Exception] = []

    async def handle(self, incoming: Incoming) -> None:
        if incoming.text in self.waits:
            await self.waits[incoming.text].wait()
        if self.errors:
            raise self.errors.pop(0)
        self.taken.append(incoming.text)

    async def repeated(self, incoming: Incoming) -> None:
        self.repeats.append(incoming.text)

    async def give_up(self, incoming: Incoming) -> None:
        self.given_up.append(incoming.text)


@pytest.fixture
def hands(monkeypatch: pytest.MonkeyPatch) -> Hands:
    monkeypatch.setattr(module, "_PAUSES", (0, 0, 0))
    monkeypatch.setattr(module, "_PASSING_PAUSES", (0,) * 50)
    return Hands()


@pytest.fixture
async def order(hands: Hands) -> Order:
    return Order(Bot("42:TEST-token"), hands.handle, hands.repeated, hands.give_up)


def text(number: int, said: str, user: int = 7, group: int = 0, edited: int = 0) -> dict[str, Any]:
    person = {"id": user, "is_bot": False, "first_name": "安娜"}
    chat = {"id": group or user, "type": "supergroup" if group else "private"}
    message = {"message_id": number, "date": 1, "chat": chat, "from": person, "text": said}
    if edited:
        return {"update_id": number, "edited_message": message | {"edit_date": edited}}
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
    assert hands.taken == ["甲"]


async def test_what_was_done_and_comes_again_is_answered_and_not_done_again(
    order: Order, hands: Hands
) -> None:
    for _ in range(3):
        task = order.accept(text(1, "甲"))
        assert task
        await task
    assert (hands.taken, hands.repeats) == (["甲"], ["甲", "甲"])


async def test_messages_of_one_number_in_two_chats_are_two(order: Order, hands: Hands) -> None:
    for update in (text(5, "/start", group=-1001), text(5, "甲"), text(5, "/help", group=-1002)):
        task = order.accept(update)
        assert task
        await task
    assert hands.taken == ["", "甲", ""]


async def test_an_edit_that_says_the_same_is_nothing_to_do(order: Order, hands: Hands) -> None:
    await done(order, text(1, "甲"))
    assert order.accept(text(1, "甲", edited=3)) is None
    await done(order, text(1, "乙", edited=4))
    assert order.accept(text(1, "乙", edited=5)) is None
    await done(order, text(1, "甲", edited=5))
    await done(order, text(1, "甲", edited=5))  # the same edit, delivered again
    assert (hands.taken, hands.repeats) == (["甲", "乙", "甲"], ["甲"])


async def test_an_edit_of_a_message_from_before_the_start_is_taken(order: Order, hands: Hands) -> None:
    await done(order, text(1, "甲", edited=3))
    assert hands.taken == ["甲"]


async def done(order: Order, update: dict[str, Any]) -> None:
    task = order.accept(update)
    assert task
    await task


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
