"""Several people at one device: what digits are worth, how often they may be tried, and what never mixes."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.house.attempts import TooManyAttempts
from bot.house.beside import MOST, Change, NoPin, PlainPin, WrongPin, digits, hashed
from bot.house.devices import Place
from storage import tables
from tests.bot.household import House, Someone, library


@pytest.fixture
async def anna(house: House) -> Someone:
    someone = Someone(house, "anna")
    await someone.begins()
    await someone.says("单位推荐")
    return someone


async def changes(
    house: House, here: str, fresh: str, own: str = "", back: str = "", given: str = ""
) -> bool:
    change = Change(f"aside.{here}", own, f"aside.{back}" if back else "", given)
    return await house.conversation.change_over(Place("web", here), fresh, change)


@pytest.mark.parametrize(
    "typed", ["", "123", "1234567", "1111", "000000", "1234", "345678", "9876", "12a4", "四五六七"]
)
def test_digits_that_are_guessed_first_are_no_digits(typed: str) -> None:
    with pytest.raises(PlainPin):
        digits(typed)


@pytest.mark.parametrize(("typed", "plain"), [("7391", "7391"), (" ２５８０ ", "2580"), ("112233", "112233")])
def test_digits_are_read_however_wide(typed: str, plain: str) -> None:
    assert digits(typed) == plain


def test_the_same_digits_never_look_the_same() -> None:
    assert hashed("7391") != hashed("7391") and "7391" not in hashed("7391")


async def test_whoever_stands_aside_is_reached_by_no_door(house: House, anna: Someone) -> None:
    assert await changes(house, "anna", "bert", "7391")
    await anna.take()
    assert not anna.screen.who
    bert = Someone(house, "bert")
    await bert.take()
    assert not bert.screen.who and "同意" in str(bert.screen.parts)
    rows = select(tables.door.c.address, tables.door.c.pin)
    ((address, pin),) = await house.database.read(lambda unit: unit.connection.execute(rows).all())
    assert address == "aside.anna" and "7391" not in pin


async def test_they_come_back_by_their_digits_where_they_were(house: House, anna: Someone) -> None:
    asked = anna.asked
    await changes(house, "anna", "bert", "7391")
    bert = Someone(house, "bert")
    await bert.begins()
    with pytest.raises(WrongPin):
        await changes(house, "bert", "new", "2580", "anna", "7392")
    await bert.take()
    assert bert.screen.who
    await changes(house, "bert", "new", "2580", "anna", "7391")
    again = Someone(house, "new")
    await again.take()
    assert again.asked == asked and again.screen.who[:8] == anna.screen.who[:8]
    here, others = await house.conversation.beside.listed(Place("web", "new"), ("aside.bert", "aside.anna"))
    assert here and [each.address for each in others] == ["aside.bert"]


async def test_where_nothing_is_kept_nobody_stands_aside(house: House) -> None:
    assert not await changes(house, "nobody", "new", "7391")
    assert await house.rows("door") == 0


async def test_guesses_are_counted_before_they_are_looked_at(house: House, anna: Someone) -> None:
    await changes(house, "anna", "bert", "7391")
    guesses = [changes(house, "bert", f"new{n}", "", "anna", f"{n:04}") for n in range(40)]
    outcomes = await asyncio.gather(*guesses, return_exceptions=True)
    assert sum(isinstance(each, WrongPin) for each in outcomes) == 5
    assert sum(isinstance(each, TooManyAttempts) for each in outcomes) == 35
    with pytest.raises(TooManyAttempts):
        await changes(house, "bert", "new", "", "anna", "7391")
    house.now += timedelta(minutes=16)
    await changes(house, "bert", "new", "", "anna", "7391")


async def test_digits_are_not_tried_anew_after_a_restart(house: House, anna: Someone) -> None:
    await changes(house, "anna", "bert", "7391")
    for number in range(5):
        with pytest.raises(WrongPin):
            await changes(house, "bert", "new", "", "anna", f"{number:04}")
        house.open(library())
    with pytest.raises(TooManyAttempts):
        await changes(house, "bert", "new", "", "anna", "7391")


async def test_digits_that_were_wrong_too_often_are_worth_nothing(house: House, anna: Someone) -> None:
    await changes(house, "anna", "bert", "7391")
    for _ in range(MOST):
        house.now += timedelta(minutes=16)
        with pytest.raises(WrongPin):
            await changes(house, "bert", "new", "", "anna", "0000")
    house.now += timedelta(minutes=16)
    with pytest.raises(NoPin):
        await changes(house, "bert", "new", "", "anna", "7391")


async def test_the_recovery_code_leads_back_whatever_became_of_the_digits(
    house: House, anna: Someone
) -> None:
    await anna.says("恢复码")
    assert anna.screen.code
    code = anna.screen.code.text
    await changes(house, "anna", "bert")
    bert = Someone(house, "bert")
    await bert.comes_with(code)
    assert bert.screen.who[:8] == anna.screen.who[:8]
    _, others = await house.conversation.beside.listed(Place("web", "bert"), ("aside.anna",))
    assert others == ()


async def test_what_waits_for_whoever_stands_aside_is_told_once_they_are_back(
    house: House, anna: Someone
) -> None:
    await anna.says("恢复码")
    assert anna.screen.code
    code = anna.screen.code.text
    await changes(house, "anna", "bert", "7391")
    phone = Someone(house, "phone")
    await phone.comes_with(code)
    bert = Someone(house, "bert")
    await bert.take()
    assert "接上了您的申报" not in str(bert.screen.parts)
    await changes(house, "bert", "new", "", "anna", "7391")
    again = Someone(house, "new")
    await again.take()
    assert "接上了您的申报" in str(again.screen.parts)
