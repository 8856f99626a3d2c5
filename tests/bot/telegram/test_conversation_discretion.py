"""ID numbers do not stay in the chat."""

from __future__ import annotations

import pytest

from forms.kinds.id_number import check_character
from forms.library import Library
from tests.bot.telegram.chats import Message
from tests.bot.telegram.double import Telegram
from tests.bot.telegram.house import SAMPLES, arrives, forgiven, library, together
from tests.bot.telegram.phone import Phone
from tests.bot.telegram.polled import no_blemish, phone, polling, service, telegram
from tests.bot.telegram.service import Service

__all__ = ["forgiven", "library", "no_blemish", "phone", "polling", "service", "telegram"]
pytestmark = together

_DIGITS = "45010219840912201"
NUMBER = _DIGITS + check_character(_DIGITS)
TWO_DAYS = 48 * 3600


def readable(phone: Phone) -> list[Message]:
    """What of the chat shows the number."""
    return [message for message in phone.chat.standing if NUMBER in "".join(message.text.split())]


async def test_a_number_is_gone_once_it_is_saved(phone: Phone, service: Service, library: Library) -> None:
    await arrives(service, library, phone, "id_number")
    screen = await phone.tells(NUMBER)
    assert "我已经从对话里删掉了" in screen.text
    assert f"4501**********{NUMBER[-4:]}" in screen.text
    await phone.chooses("对的")
    assert (await service.interview(phone)).answers["id_number"] == NUMBER
    assert readable(phone) == []


@pytest.mark.parametrize(
    "text", ["我叫陆建华，身份证号{}，电话13800138000", "{}x", "身份证 {} 是我的", "请记一下：{}"]
)
async def test_it_is_gone_wherever_it_is_said(phone: Phone, text: str) -> None:
    await phone.begins()
    said = phone.says(text.format(NUMBER) if "x" not in text else f"N{NUMBER}")
    screen = await phone.sees_screen()
    assert said.deleted
    assert "删掉了" in screen.text
    assert readable(phone) == []


async def test_an_edit_and_a_caption(phone: Phone) -> None:
    await phone.begins()
    said = phone.says("我不知道")
    await phone.sees_screen()
    phone.edits(said, f"身份证号是{NUMBER}")
    await phone.hears("删掉了")
    assert said.deleted
    sent = phone.sends_photo(SAMPLES / "photo-white.jpg", caption=f"陆建华 {NUMBER}")
    await phone.hears("删掉了")
    assert sent.deleted
    assert readable(phone) == []


async def test_other_numbers_stay(phone: Phone, telegram: Telegram) -> None:
    await phone.begins()
    for text in ("13800138000", "0771-2805708", "2009.07-2012.03 2015.09-2018.11", "6222021234567890123"):
        said = phone.says(text)
        await phone.sees_screen()
        assert not said.deleted
    assert not telegram.called("deleteMessage", phone.id)


async def test_how_to_delete_it_oneself_is_said_once(phone: Phone, forgiven: list[str]) -> None:
    forgiven.append("message can't be deleted")
    await phone.begins()
    said = phone.says("我不知道")
    await phone.sees_screen()
    said.json["date"] -= TWO_DAYS + 60
    phone.edits(said, NUMBER)
    assert "长按它" in (await phone.hears("我删不掉")).text
    phone.edits(said, f"{NUMBER}。")
    screen = await phone.sees_screen()
    assert "我删不掉" not in screen.text
    assert not said.deleted


async def test_after_a_kill_between_saving_and_deleting_it_goes(
    phone: Phone, service: Service, telegram: Telegram
) -> None:
    await phone.begins()
    fault = telegram.fail("silent_before", "deleteMessage", chat=phone.id)
    said = phone.says(f"身份证号{NUMBER}")
    await telegram.until(lambda: fault.hits, "the bot to begin to delete it")
    await service.kill()
    assert not said.deleted
    await service.start()
    await telegram.until(lambda: said.deleted, "the message to go")
