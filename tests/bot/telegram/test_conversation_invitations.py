"""Asking somebody in on Telegram: the link handed on, opened in another account, and the part done there."""

from __future__ import annotations

from forms.library import Library
from tests.bot.telegram.house import library, together
from tests.bot.telegram.parties import LETTER, asks, confirms, nominates, qualifies, takes
from tests.bot.telegram.phone import Phone
from tests.bot.telegram.polled import no_blemish, phone, polling, service, telegram
from tests.bot.telegram.service import Service

__all__ = ["library", "no_blemish", "phone", "polling", "service", "telegram"]
pytestmark = together


async def test_explore(phone: Phone, service: Service, library: Library) -> None:
    await nominates(service, library, phone)
    handed = await asks(phone)
    print(handed.shared, handed.token, handed.copied)
    expert = Phone(service.telegram, "老莫")
    try:
        await takes(expert, handed.token)
        await qualifies(expert)
        for each in LETTER:
            await expert.tells(each)
        await expert.chooses("写完了")
        print(expert.chat)
        phone.listens()
        await confirms(expert)
    finally:
        print(expert.chat)
    try:
        await phone.hears("推荐专家一已经完成", 20)
    finally:
        print(phone.chat)
    assert 0
