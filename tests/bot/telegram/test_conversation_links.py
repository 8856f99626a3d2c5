"""Links that open the bot at a programme: t.me/…?start=p_PROGRAMME."""

from __future__ import annotations

import pytest

from tests.bot.telegram.house import PROGRAMME, together
from tests.bot.telegram.phone import Phone
from tests.bot.telegram.polled import no_blemish, phone, polling, service, telegram
from tests.bot.telegram.service import Service

__all__ = ["no_blemish", "phone", "polling", "service", "telegram"]
pytestmark = together

LATER = "2027-06-15T12:00:00+08:00"


@pytest.mark.parametrize("payload", [f"p_{PROGRAMME}", PROGRAMME, f"P_{PROGRAMME}".upper()])
async def test_a_link_opens_its_programme_after_consent(phone: Phone, service: Service, payload: str) -> None:
    screen = await phone.tells(f"/start {payload}")
    assert "南宁工匠" in screen.text
    assert (await service.interview(phone)).programme == "", "nothing is kept before the yes"
    await phone.chooses("同意，开始")
    assert (await service.interview(phone)).programme == PROGRAMME


async def test_the_wish_outlasts_another_language_and_a_yes_in_words(phone: Phone, service: Service) -> None:
    await phone.tells(f"/start p_{PROGRAMME}")
    await phone.chooses("English")
    await phone.tells("yes")
    assert (await service.interview(phone)).programme == PROGRAMME
    other = Phone(service.telegram)
    await other.tells(f"/start p_{PROGRAMME}")
    await other.tells("同意")
    assert (await service.interview(other)).programme == PROGRAMME


async def test_a_later_link_counts(phone: Phone, service: Service) -> None:
    await phone.tells("/start p_guilin")
    await phone.tells(f"/start p_{PROGRAMME}")
    await phone.chooses("同意，开始")
    assert (await service.interview(phone)).programme == PROGRAMME


async def test_a_link_to_what_is_not_there_is_answered_kindly(phone: Phone, service: Service) -> None:
    screen = await phone.tells("/start p_nanning-1999")
    assert "这个链接里的项目现在没有" in screen.text
    await phone.chooses("同意，开始")
    assert (await service.interview(phone)).programme == ""
    assert "请选要申报的项目" in phone.said


async def test_a_link_to_one_that_is_closed_says_so(phone: Phone, service: Service) -> None:
    service.at(LATER)
    screen = await phone.tells(f"/start p_{PROGRAMME}")
    assert "截止" in screen.text
    await phone.chooses("同意，开始")
    assert (await service.interview(phone)).programme == ""


async def test_who_is_in_the_middle_of_another_loses_nothing(phone: Phone, service: Service) -> None:
    await phone.begins()
    await phone.tells("是")
    before = await service.interview(phone)
    screen = await phone.tells("/start p_guilin")
    assert "会留着" in screen.text
    assert (await service.interview(phone)).answers == before.answers
    again = await phone.tells(f"/start {PROGRAMME}")
    assert "接着填" in again.text


@pytest.mark.parametrize("payload", ["p_", "p_" + "x" * 63, "a b", "x.y", "<b>"])
async def test_what_no_link_says_is_answered_all_the_same(phone: Phone, payload: str) -> None:
    phone.says(f"/start {payload}")
    screen = await phone.hears("链接")
    assert "同意" in phone.said or screen
