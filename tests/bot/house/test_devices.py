"""Leaving, the list of one's devices, and sessions that end."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.house.intake import NotBegun
from forms.attachment import Attachment
from storage import interviews, uploads
from storage.unit import Unit
from storage.uploads import Quota, Wanted
from tests.bot.house.test_coming_back import CODE, anna, fills_a_little, house, texts
from tests.bot.household import House, Someone, stream

__all__ = ["anna", "house"]


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
    screen = await anna.presses("退出：网页 · Android")
    assert "已经退出" in texts(screen)
    gone = await phone.take()
    assert "被退出了" in texts(gone)
    assert gone.title == ""
    assert await house.conversation.attachment("web", "phone", "0" * 32) is None
    assert "被退出了" in texts(await phone.take()), "a reload shows it again"
    assert "被退出了" not in texts(await phone.presses("同意，开始")), "who begins anew has read it"


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


async def keeps_a_file(someone: Someone, file: str) -> None:
    """A file in its row alone: what it holds is not looked at."""
    house = someone.house

    def keep(unit: Unit) -> None:
        speaker = interviews.speaker(unit, someone.channel, someone.address)
        assert speaker
        uploads.reserve(unit, speaker, file, Wanted(1, 1, Quota(), house.now))
        kept = Attachment(file=file, name="a.pdf", media="pdf", mime="application/pdf", size=1)
        uploads.settle(unit, kept, 1, "")

    await house.database.run(keep)


async def reads(someone: Someone, file: str) -> dict[str, bool]:
    """What can be had at a door without a word in the chat."""
    behind, here = someone.house.conversation, (someone.channel, someone.address)

    async def had(wanted: object) -> bool:
        try:
            return bool(await wanted)  # type: ignore[misc]
        except (LookupError, NotBegun):
            return False

    return {
        "file": await had(behind.attachment(*here, file)),
        "story": await had(behind.story(*here, "")),
        "copy": bool([copy async for copy in behind.copies(*here, 1 << 30)]),
        "short code": await had(behind.resume_code(*here)),
        "recovery code": await had(behind.recovery_code(*here)),
    }


async def test_a_door_that_has_run_out_gives_nothing_before_it_is_swept(anna: Someone, house: House) -> None:
    await fills_a_little(anna)
    await keeps_a_file(anna, "f" * 32)
    house.now += timedelta(days=119)
    assert set((await reads(anna, "f" * 32)).values()) == {True}
    await anna.take()
    house.now += timedelta(days=120)
    assert set((await reads(anna, "f" * 32)).values()) == {False}
    with pytest.raises(NotBegun):
        await house.conversation.receive("web", "anna", "a.jpg", stream(b"x"))
    assert not await house.conversation.forget("web", "anna"), (
        "a cookie found on an old phone deletes nothing"
    )
    assert await house.rows("person") == 1


async def test_who_leaves_takes_the_short_code_along(anna: Someone, house: House) -> None:
    await fills_a_little(anna)
    code = await house.conversation.resume_code("web", "anna")
    await anna.says("离开这台设备")
    await anna.presses("抄好了，离开")
    finder = Someone(house, "finder")
    await finder.take()
    await finder.says(code)
    assert "这个码不对" in texts(finder.screen)


async def test_a_device_that_is_ended_takes_its_short_code_along(anna: Someone, house: House) -> None:
    lasting = await fills_a_little(anna)
    phone, thief = Someone(house, "phone"), Someone(house, "thief")
    await phone.take()
    await phone.comes_with(lasting)
    code = await house.conversation.resume_code("web", "phone")
    await thief.take()
    asked = await thief.says(code)
    assert "要在这台设备上接着它填吗" in texts(asked)
    await anna.says("我的设备")
    await anna.presses("退出：")
    await thief.presses("接过来")
    assert "没有接成" in texts(thief.screen), "the question that stood already opens nothing either"
    assert thief.screen.title == ""


async def test_who_goes_over_takes_the_short_code_of_what_stays_along(anna: Someone, house: House) -> None:
    theirs = await fills_a_little(anna)
    ben = Someone(house, "ben")
    await fills_a_little(ben)
    code = await house.conversation.resume_code("web", "ben")
    own = await house.conversation.resume_code("web", "anna")
    await ben.comes_with(theirs)
    finder = Someone(house, "finder")
    await finder.take()
    await finder.says(code)
    assert "这个码不对" in texts(finder.screen)
    await finder.says(own)
    assert "要在这台设备上接着它填吗" in texts(finder.screen), "that of the person they went over to stays"


async def test_what_waits_for_nobody_is_swept(anna: Someone, house: House) -> None:
    code = await fills_a_little(anna)
    asks = Someone(house, "asks")
    await asks.take()
    await asks.says(code)
    await house.conversation.resume_code("web", "anna")
    house.now += timedelta(minutes=14)
    await house.conversation.expire()
    assert (await house.rows("crossing"), await house.rows("code")) == (1, 2)
    house.now += timedelta(minutes=2)
    await house.conversation.expire()
    assert await house.rows("code") == 1, "the recovery code stays, the short one ran out"
    assert await house.rows("crossing") == 1, "what is said there now is still no answer to anything else"
    phone = Someone(house, "phone")
    await phone.take()
    await phone.comes_with(code)
    await anna.says("我的设备")
    await anna.presses("退出：")
    await anna.take()
    here = await house.rows("notice")
    house.now += timedelta(days=119)
    await anna.take()
    await house.conversation.expire()
    assert await house.rows("notice") == here
    house.now += timedelta(days=2)
    await anna.take()
    await house.conversation.expire()
    assert await house.rows("notice") == here - 1, "nobody has come to the phone that was ended"
    assert await house.rows("crossing") == 0
    assert "被退出了" not in texts(await phone.take())
