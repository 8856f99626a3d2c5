"""The person's own number with a press, where one is asked for."""

from __future__ import annotations

import pytest

from forms.library import Library
from tests.bot.telegram.house import arrives, library, together
from tests.bot.telegram.phone import Phone
from tests.bot.telegram.polled import no_blemish, phone, polling, service, telegram
from tests.bot.telegram.service import Service

__all__ = ["library", "no_blemish", "phone", "polling", "service", "telegram"]
pytestmark = together

BUTTON = "发送我的手机号"


def card(phone: Phone, number: str, *, whose: int | None = None) -> None:
    contact = {"phone_number": number, "first_name": "某人"}
    phone.sends(contact=contact | ({"user_id": whose} if whose else {}))


def offered(phone: Phone) -> list[str]:
    rows = (phone.chat.keyboard or {}).get("keyboard", [])
    return [button["text"] for row in rows for button in row if button.get("request_contact")]


@pytest.mark.parametrize("number", ["+8613800138000", "8613800138000", "13800138000", "+86 138 0013 8000"])
async def test_the_own_number_comes_with_a_press(
    phone: Phone, service: Service, library: Library, number: str
) -> None:
    screen = await arrives(service, library, phone, "phone")
    assert offered(phone) == [BUTTON]
    assert screen.id == max(message.id for message in phone.chat.standing), "the question stands last"
    card(phone, number, whose=phone.id)
    await phone.sees_screen()
    assert (await service.interview(phone)).answers["phone"] == "13800138000"
    assert offered(phone) == [], "the button is gone"
    assert "138****8000" in phone.said
    assert "13800138000" not in phone.said


async def test_somebody_elses_card_is_asked_about_with_a_masked_number(
    phone: Phone, service: Service, library: Library
) -> None:
    await arrives(service, library, phone, "phone")
    for whose in (None, phone.id + 1):
        card(phone, "+8613900139000", whose=whose)
        told = await phone.hears("别人的名片")
        assert "139****9000" in told.text
        assert "13900139000" not in told.text
    assert "phone" not in (await service.interview(phone)).answers


async def test_a_number_that_is_typed_takes_the_button_away_as_well(
    phone: Phone, service: Service, library: Library
) -> None:
    await arrives(service, library, phone, "phone")
    await phone.tells("13800138000")
    assert offered(phone) == []
    assert phone.said.count("138****8000") == 1, "it is told once"
    await phone.chooses("上一步")
    assert offered(phone) == [BUTTON]
    await phone.chooses("上一步")
    assert offered(phone) == []


async def test_no_other_question_takes_a_number_by_a_press(
    phone: Phone, service: Service, library: Library
) -> None:
    await arrives(service, library, phone, "employer")
    assert offered(phone) == []
    card(phone, "+8613800138000", whose=phone.id)
    await phone.hears("现在没有问到电话")
    assert "employer" not in (await service.interview(phone)).answers
