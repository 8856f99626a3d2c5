"""Asking somebody in on Telegram: the link handed on, opened in another account, and the part done there."""

from __future__ import annotations

from forms.library import Library
from tests.bot.telegram.house import arrives, library, together
from tests.bot.telegram.phone import Phone
from tests.bot.telegram.polled import no_blemish, phone, polling, service, telegram
from tests.bot.telegram.service import Service

__all__ = ["library", "no_blemish", "phone", "polling", "service", "telegram"]
pytestmark = together


async def test_explore(phone: Phone, service: Service, library: Library) -> None:
    await arrives(service, library, phone, "photo", "experts")
    await phone.tells("进度")
    phone.press_like("去请推荐专家")
    await phone.sees_screen()
    await phone.tells("莫振邦")
    phone.says("师傅")
    await phone.hears("推荐专家一")
    import json

    link = [m for m in phone.chat.standing if m.media][-1]
    print(json.dumps(link.json["reply_markup"], ensure_ascii=False))
    url = link.rows[0][0]["copy_text"]["text"]
    expert = Phone(service.telegram, "老莫")
    await expert.tells("/start " + url.split("start=")[1])
    print(expert.chat)
    await expert.chooses("是我，开始")
    await expert.chooses("同意，开始")
    await expert.tells("同班组八年")
    await expert.chooses("是")
    await expert.tells("莫振邦")
    await expert.tells("450102197001159974")
    print(expert.chat)
    assert 0
