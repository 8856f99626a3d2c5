"""What others must learn reaches their doors once, whatever becomes of the courier."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.courier import Courier, Receipt, Undelivered
from bot.house.post import tell
from dialogs.turn import Screen
from forms.message import say
from storage import tables
from tests.bot.household import House, Someone


class Phone:
    """A door that can be spoken to: it keeps what was shown, and fails when it is told to."""

    page = False

    def __init__(self) -> None:
        self.shown: list[tuple[str, str]] = []
        self.failing: list[Exception] = []
        self.rang = asyncio.Event()

    async def deliver(self, address: str, screen: Screen) -> Receipt:
        if self.failing:
            raise self.failing.pop()
        self.shown.append((address, str(screen.told)))
        self.rang.set()
        return Receipt(str(len(self.shown)))


@pytest.fixture
def phone() -> Phone:
    return Phone()


@pytest.fixture
def courier(house: House, phone: Phone) -> Courier:
    return Courier(house.conversation, {"telegram": phone})


async def joined(house: House) -> tuple[Someone, Someone]:
    """Somebody on Telegram, and the same person at another device, which they have just joined."""
    anna = Someone(house, "7", "telegram")
    await anna.fills()
    code = await house.conversation.resume_code("telegram", "7")
    laptop = Someone(house, "laptop", "web")
    await laptop.take()
    await laptop.says(code)
    await laptop.presses("是我的，接过来")
    return anna, laptop


async def items(house: House) -> list[tuple[str, int, str | None]]:
    found = select(tables.outbox.c.state, tables.outbox.c.attempts, tables.outbox.c.message)
    rows = await house.database.read(lambda unit: unit.connection.execute(found).all())
    return [tuple(row) for row in rows]


async def test_a_second_device_is_told_at_the_first_of_our_own_accord(
    house: House, courier: Courier, phone: Phone
) -> None:
    anna, _ = await joined(house)
    assert await courier.round() == 1
    [(address, told)] = phone.shown
    assert address == "7" and "接上了您的申报" in told
    assert await items(house) == [("sent", 1, "1")]
    assert await courier.round() == 0
    await anna.says("菜单")
    assert "接上了您的申报" not in str(anna.screen.parts), "it was read, and is not told twice"


async def test_each_of_several_is_told_though_those_before_are_gone(
    house: House, courier: Courier, phone: Phone
) -> None:
    anna, laptop = await joined(house)
    assert await courier.round() == 1
    for told in range(2, 5):
        await anna.says("菜单")  # what was told before is gone with this
        await laptop.says("恢复码")
        await laptop.presses("换一个新的")
        await laptop.presses("换")
        assert await courier.round() == 1
        assert len(phone.shown) == told
        assert "恢复码在网页上换过了" in phone.shown[-1][1]


async def tells(house: House, *words: str) -> None:
    """Somebody at the house has something to say at a door."""
    for each in words:
        await house.database.run(lambda unit, each=each: tell(unit, ("telegram", "7"), say(each), house.now))


async def test_what_waits_at_one_door_is_told_in_one_message(
    house: House, courier: Courier, phone: Phone
) -> None:
    await joined(house)
    await tells(house, "受理了", "通过了")
    while await courier.round():
        pass
    [(_, told)] = phone.shown
    assert all(each in told for each in ("接上了您的申报", "受理了", "通过了"))
    assert {state for state, _, _ in await items(house)} == {"sent"}


async def test_a_chat_is_told_each_thing_once_though_nobody_answers(
    house: House, courier: Courier, phone: Phone
) -> None:
    await joined(house)
    await courier.round()
    await tells(house, "受理了")
    await courier.round()
    assert "受理了" in phone.shown[1][1]
    assert "接上了您的申报" not in phone.shown[1][1], "it stands in the message above"


async def test_a_page_shows_all_that_nobody_has_answered(house: House, phone: Phone) -> None:
    phone.page = True
    courier = Courier(house.conversation, {"telegram": phone})
    await joined(house)
    await courier.round()
    await tells(house, "受理了")
    await courier.round()
    assert "接上了您的申报" in phone.shown[1][1], "on a page it would be gone"


async def test_what_was_read_meanwhile_is_not_told_again(
    house: House, courier: Courier, phone: Phone
) -> None:
    anna, _ = await joined(house)
    await anna.says("菜单")
    assert "接上了您的申报" in str(anna.screen.parts)
    assert await courier.round() == 1
    assert phone.shown == []
    assert await items(house) == [("sent", 1, "")]


async def test_a_door_that_cannot_be_spoken_to_shows_it_to_whoever_comes(house: House) -> None:
    anna, _ = await joined(house)
    assert await Courier(house.conversation, {}).round() == 1
    await anna.take()
    assert "接上了您的申报" in str(anna.screen.parts)


async def test_what_fails_is_tried_again_later_and_later(
    house: House, courier: Courier, phone: Phone
) -> None:
    await joined(house)
    phone.failing = [RuntimeError("broken"), Undelivered(timedelta(seconds=90)), Undelivered()]
    assert await courier.round() == 1
    assert await courier.round() == 0, "not at once"
    house.now += timedelta(seconds=5)
    assert await courier.round() == 1
    house.now += timedelta(seconds=60)
    assert await courier.round() == 0, "the door named a longer time"
    house.now += timedelta(seconds=30)
    assert await courier.round() == 1
    house.now += timedelta(hours=1)
    assert await courier.round() == 1
    assert len(phone.shown) == 1
    assert await items(house) == [("sent", 4, "1")]


async def test_what_can_never_be_told_is_dead_in_the_end_and_still_stands_at_the_door(
    house: House, courier: Courier, phone: Phone
) -> None:
    anna, _ = await joined(house)
    phone.failing = [Undelivered() for _ in range(20)]
    for _ in range(12):
        house.now += timedelta(hours=13)
        await courier.round()
    assert [state for state, _, _ in await items(house)] == ["dead"]
    await anna.take()
    assert "接上了您的申报" in str(anna.screen.parts)


async def test_two_couriers_deliver_it_once(house: House, courier: Courier, phone: Phone) -> None:
    await joined(house)
    other = House(house.database, house.files, house.workers)
    other.now = house.now
    rounds = (courier, Courier(other.conversation, {"telegram": phone}))
    await asyncio.gather(*(each.round() for each in rounds))
    assert len(phone.shown) == 1


async def test_what_a_courier_had_in_hand_when_it_died_is_delivered_by_the_next(
    house: House, courier: Courier, phone: Phone
) -> None:
    await joined(house)
    assert len(await house.conversation.post.claim()) == 1
    assert await courier.round() == 0
    house.now += timedelta(seconds=61)
    assert await courier.round() == 1
    assert len(phone.shown) == 1


async def dies_over_it(house: House, courier: Courier) -> None:
    """A courier says it and is killed before it has noted that; then its lease runs out."""
    with pytest.MonkeyPatch.context() as killed:
        killed.setattr(house.conversation.post, "delivered", _killed)
        with pytest.raises(Killed):
            await courier.round()
    house.now += timedelta(seconds=61)


class Killed(BaseException):
    """The process is gone."""


async def _killed(*given: object) -> None:
    raise Killed


async def test_what_may_have_been_said_is_said_once_more_and_is_known_for_that(
    house: House, courier: Courier, phone: Phone
) -> None:
    anna, _ = await joined(house)
    await dies_over_it(house, courier)
    assert await items(house) == [("waiting", 1, "?")], "it is written before it is said"
    await dies_over_it(house, courier)
    assert "可能已经收到过" not in phone.shown[0][1]
    assert "可能已经收到过" in phone.shown[1][1]
    assert await courier.round() == 1
    assert len(phone.shown) == 2, "and never a third time"
    assert await items(house) == [("sent", 3, "")]
    await anna.take()
    assert "接上了您的申报" in str(anna.screen.parts), "whoever comes sees it all the same"


async def test_what_a_living_courier_could_not_say_is_said_as_often_as_it_takes(
    house: House, courier: Courier, phone: Phone
) -> None:
    await joined(house)
    phone.failing = [Undelivered() for _ in range(4)]
    for _ in range(6):
        await courier.round()
        house.now += timedelta(hours=2)
    assert ["可能已经收到过" in told for _, told in phone.shown] == [False]
    assert [(state, message) for state, _, message in await items(house)] == [("sent", "1")]


async def test_who_died_before_saying_it_leaves_no_doubt(
    house: House, courier: Courier, phone: Phone
) -> None:
    await joined(house)
    assert len(await house.conversation.post.claim()) == 1
    house.now += timedelta(seconds=61)
    assert await courier.round() == 1
    assert ["可能已经收到过" in told for _, told in phone.shown] == [False]


async def test_a_page_that_is_asked_twice_to_look_shows_it_once(house: House, phone: Phone) -> None:
    anna, _ = await joined(house)
    phone.page = True
    courier = Courier(house.conversation, {"telegram": phone})
    for _ in range(3):
        await dies_over_it(house, courier)
        await anna.take()  # the page asks for what stands there
        assert str(anna.screen.parts).count("接上了您的申报") == 1
    assert await courier.round() == 1
    assert len(phone.shown) == 4
    await anna.says("菜单")
    assert "接上了您的申报" not in str(anna.screen.parts)


async def test_whoever_lost_the_lease_meanwhile_says_nothing(
    house: House, courier: Courier, phone: Phone
) -> None:
    await joined(house)
    take = house.conversation.take
    elsewhere = Courier(house.conversation, {"telegram": phone})

    async def slowly(*given: object, **more: object) -> Screen:
        house.now += timedelta(seconds=61)
        house.conversation.take = take  # type: ignore[method-assign]  # slow but once
        assert await elsewhere.round() == 1
        return await take(*given, **more)  # type: ignore[arg-type]  # as it was asked

    house.conversation.take = slowly  # type: ignore[method-assign,assignment]  # as above
    await courier.round()
    assert len(phone.shown) == 1


async def test_whoever_waits_is_woken_at_once(house: House, courier: Courier, phone: Phone) -> None:
    running = asyncio.ensure_future(courier.run())
    await joined(house)
    async with asyncio.timeout(4):  # it looks by itself after five seconds
        await phone.rang.wait()
    running.cancel()


async def test_payloads_carry_ids_alone(house: House) -> None:
    await joined(house)
    found = select(tables.outbox.c.payload)
    [payload] = await house.database.read(lambda unit: unit.connection.execute(found).scalars().all())
    assert list(payload) == ["notice"] and payload["notice"].isdecimal()
