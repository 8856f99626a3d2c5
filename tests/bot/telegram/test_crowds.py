"""One account that floods, and a crowd of new ones: neither fills a table nor keeps anybody waiting who has begun."""

from __future__ import annotations

import asyncio
from typing import Any

from aiogram import Bot
from aiogram.methods import SendMessage
from sqlalchemy import create_engine, text

from bot.house.paces import Pace as Pacing
from bot.telegram.chats import Chats
from bot.telegram.haste import AT_ONCE, Haste
from bot.telegram.rates import Pace
from bot.telegram.sender import Sender
from tests.bot.telegram.house import forgiven, library, together
from tests.bot.telegram.line import FREE, Line
from tests.bot.telegram.phone import Phone
from tests.bot.telegram.polled import no_blemish, phone, polling, service, telegram
from tests.bot.telegram.service import Service
from tests.bot.telegram.test_chats import screen

__all__ = ["forgiven", "library", "no_blemish", "phone", "polling", "service", "telegram"]
pytestmark = together


async def test_who_sends_beyond_all_measure_waits_and_nobody_else_does() -> None:
    now = 0.0
    haste = Haste(Pacing(5, 60), Pacing(20, 0.001), lambda: now)
    assert [haste.wait(1) for _ in range(5)] == [0.0] * 5
    assert haste.wait(1) > 0
    assert haste.wait(2) == 0
    now += 10
    assert haste.wait(1) == 0
    taken = 0
    for _ in range(200):
        now += 1
        taken += haste.wait(1) == 0
    assert taken < 20, "in a day"
    assert haste.tells(1) and not haste.tells(1) and haste.tells(2)


async def test_strangers_stand_in_a_line_of_their_own() -> None:
    line = Line()
    sender = Sender(Bot("42:TEST-token", session=line), Pace(FREE), pauses=(0, 0))

    async def nothing(*_: Any) -> None:
        pass

    chats = Chats(sender, nothing, nothing, strangers=20)
    for chat in range(100, 180):
        chats.show(chat, screen("同意吗？", 0, title=""))
        chats.show(chat, screen("同意吗？", 0, title=""))  # the same one again takes no other place
    assert chats.crowded
    chats.show(7, screen("姓名？", 1, who="anna"))
    await chats.shown(7, 5)
    served = [each.chat_id for each in line.asked if isinstance(each, SendMessage)]
    assert 7 in served and len(served) <= 22, "before half of the line"
    for chat in range(100, 180):
        await chats.shown(chat, 10)
    served = [each.chat_id for each in line.asked if isinstance(each, SendMessage)]
    assert sorted(served) == [7, *range(100, 180)], "and everybody is answered, once"
    assert not chats.crowded
    await chats.drain(3)


def rows(service: Service, query: str, **values: Any) -> int:
    engine = create_engine(service.database)
    try:
        with engine.connect() as connection:
            return int(connection.execute(text(query), values).scalar_one())
    finally:
        engine.dispose()


async def test_one_account_that_floods_is_stopped_and_told_once(phone: Phone, service: Service) -> None:
    await phone.begins()
    await asyncio.sleep(0)
    for number in range(AT_ONCE.burst + 120):
        phone.says(f"嗯{number}")
    await phone.telegram.updates.settled()
    query = "SELECT count(*) FROM message WHERE conversation = :chat"
    kept = rows(service, query, chat=str(phone.id))
    assert kept < AT_ONCE.burst + 100
    told = [message for message in phone.chat.standing if "发得太快了" in message.text]
    assert 1 <= len(told) <= 3
    other = Phone(phone.telegram)
    await other.begins()


async def test_a_crowd_of_new_accounts_leaves_nothing(phone: Phone, service: Service) -> None:
    await phone.begins()
    before = {
        table: rows(service, f"SELECT count(*) FROM {table}") for table in ("person", "door", "message")
    }
    crowd = [Phone(phone.telegram) for _ in range(150)]
    for stranger in crowd:
        stranger.says("/start")
        stranger.says("你好")
    await phone.telegram.updates.settled()
    after = {table: rows(service, f"SELECT count(*) FROM {table}") for table in before}
    assert after == before
    assert all(stranger.chat.standing for stranger in crowd), "each is greeted"
