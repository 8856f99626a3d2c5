"""Leaving, the list of one's devices, and sessions that end."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.bot.house.test_coming_back import CODE, anna, fills_a_little, house, texts
from tests.bot.household import House, Someone
from tests.storage.servers import database, empty_url, postgresql, url

__all__ = ["anna", "database", "empty_url", "house", "postgresql", "url"]


async def test_leaving_shows_the_code_before_and_after_and_shuts_the_door(
    anna: Someone, house: House
) -> None:
    code = await fills_a_little(anna)
    asked = await anna.says("离开这台设备")
    assert asked.code
    assert asked.code.text == code
    gone = await anna.presses("抄好了，离开")
    assert gone.code
    assert gone.code.text == code
    assert gone.title == ""
    assert await house.rows("door") == 0
    with pytest.raises(LookupError):
        await house.conversation.document("web", "anna", "application")
    again = await anna.take()
    assert again.code is None, "whoever comes next does not see it"
    assert not CODE.search(texts(again))
    await anna.says(code)
    await anna.presses("接过来")
    assert anna.asked == "trade_start"


async def test_devices_are_listed_and_ended(anna: Someone, house: House) -> None:
    code = await fills_a_little(anna)
    phone = Someone(house, "phone")
    await phone.take(device="Android · 微信")
    await phone.take(text=code, device="Android · 微信")
    await phone.take(choice=phone.token("接过来"), device="Android · 微信")
    house.now += timedelta(days=3)
    screen = await anna.says("我的设备")
    listed = texts(screen)
    assert "网页（这台）：2026年6月15日 12:00起，最近用过：2026年6月18日" in listed
    assert "网页 · Android · 微信：2026年6月15日 12:00起" in listed
    heard: list[str] = []
    house.conversation.listen("web", heard.append)
    screen = await anna.presses("退出：网页 · Android")
    assert "已经退出" in texts(screen)
    assert heard == ["phone"]
    gone = await phone.take()
    assert "被退出了" in texts(gone)
    assert gone.title == ""
    assert await house.conversation.attachment("web", "phone", "0" * 32) is None


async def test_a_session_that_nobody_uses_ends_on_the_server(anna: Someone, house: House) -> None:
    code = await fills_a_little(anna)
    for _ in range(3):
        house.now += timedelta(days=119)
        await anna.take()
        assert anna.screen.title, "used now and again it stays"
    house.now += timedelta(days=121)
    screen = await anna.take()
    assert screen.title == ""
    assert "自动退出" in texts(screen)
    assert await house.rows("door") == 0
    await anna.says(code)
    await anna.presses("接过来")
    assert anna.screen.title


async def test_sessions_end_though_nobody_comes(anna: Someone, house: House) -> None:
    await fills_a_little(anna)
    chat = Someone(house, "chat", "telegram")
    await fills_a_little(chat)
    house.now += timedelta(days=121)
    await house.conversation.expire()
    assert await house.rows("door") == 1
    assert "自动退出" in texts(await anna.take())
    assert (await chat.take()).title, "a chat is somebody's own"
