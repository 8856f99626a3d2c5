"""Chats show one current Screen, and everything above it reads as a record."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import EditMessageText, GetMe, SendMessage

from bot.telegram import chats as module
from bot.telegram.chats import Chats
from bot.telegram.rates import Pace
from bot.telegram.rendering import Bubble
from bot.telegram.sender import Sender
from dialogs.turn import Action, Asks, Button, Say, Screen
from tests.bot.telegram.line import FREE, Line

NOT_MODIFIED = "Bad Request: message is not modified: specified new message content"


@pytest.fixture
def line() -> Line:
    return Line()


@pytest.fixture
async def sender(line: Line) -> Sender:
    return Sender(Bot("42:TEST-token", session=line), Pace(FREE), pauses=(0, 0))


def screen(text: str, revision: int, echo: str = "", title: str = "小城工匠", **more: Any) -> Screen:
    asks = more.pop("asks", Asks(text))
    return Screen(
        parts=(*more.pop("said", ()), Say(text, "ask")),
        buttons=(Button(Action("menu"), "菜单"),),
        asks=asks,
        revision=revision,
        echo=echo,
        title=title,
        **more,
    )


@pytest.fixture
async def gone() -> list[int]:
    return []


@pytest.fixture
async def chats(sender: Sender, gone: list[int]) -> AsyncIterator[Chats]:
    async def blocked(chat: int) -> None:
        gone.append(chat)

    async def relocated(chat: int, locale: str) -> None:
        gone.append(-chat)

    chats = Chats(sender, blocked, relocated)
    yield chats
    await chats.drain(1)


async def settled(chats: Chats) -> None:
    assert await chats.drain(3)


async def test_a_typed_answer_leaves_the_question_and_takes_its_buttons(chats: Chats, line: Line) -> None:
    chats.show(7, screen("姓名？", 1))
    await settled(chats)
    chats.show(7, screen("民族？", 2, echo="✓ 姓名：陆建华"))
    await settled(chats)
    assert line.said == ["<b>姓名？</b>", "✓ 姓名：陆建华\n\n<b>民族？</b>"]
    assert line.changed == [(100, "")]


async def test_a_pressed_answer_becomes_the_record(chats: Chats, line: Line) -> None:
    chats.show(7, screen("民族？", 1))
    await settled(chats)
    assert chats.show(7, screen("籍贯？", 2, echo="✓ 民族：壮族"), pressed=100) == ""
    await settled(chats)
    assert line.said == ["<b>民族？</b>", "<b>籍贯？</b>"]
    assert line.changed == [(100, "✓ 民族：壮族")]


async def test_what_was_told_before_a_question_stays_when_its_message_changes(
    chats: Chats, line: Line
) -> None:
    chats.show(
        7, screen("会员？", 1, echo="✓ 工种：焊工", said=(Say("满10年", "met"), Say("看清楚", "note")))
    )
    await settled(chats)
    chats.show(7, screen("菜单", 2, asks=None), pressed=100)
    await settled(chats)
    chats.show(7, screen("会员？", 3), pressed=100)
    await settled(chats)
    chats.show(7, screen("学历？", 4, echo="✓ 会员：是"), pressed=100)
    await settled(chats)
    above = "✓ 工种：焊工\n\n✅ 满10年\n\n"
    assert [text for _, text in line.changed] == [
        f"{above}<b>菜单</b>",
        f"{above}<b>会员？</b>",
        f"{above}✓ 会员：是",
    ]
    assert len(line.said) == 2


async def test_ticks_change_in_place_and_quick_ones_at_once(chats: Chats, line: Line) -> None:
    chats.show(7, screen("哪几项？", 1))
    await settled(chats)
    line.waits = asyncio.Event()
    for revision in range(2, 7):
        chats.show(7, screen("哪几项？", revision), pressed=100)
        await asyncio.sleep(0.01)
    line.waits.set()
    await settled(chats)
    assert len(line.said) == 1
    assert line.changed == [(100, "<b>哪几项？</b>")] * 2
    last = line.asked[-1]
    assert isinstance(last, EditMessageText) and last.reply_markup
    token = last.reply_markup.inline_keyboard[0][0].callback_data
    assert token == Action("menu").token(6)


async def test_what_was_agreed_to_stays_in_the_chat(chats: Chats, line: Line) -> None:
    chats.show(7, screen("同意吗？", 0, title="", asks=None))
    await settled(chats)
    chats.show(7, screen("请选项目", 1, title="", asks=None), pressed=100)
    await settled(chats)
    assert line.said == ["<b>同意吗？</b>", "<b>请选项目</b>"]
    assert line.changed == [(100, "")]


async def test_a_screen_that_was_overtaken_is_not_sent_but_its_news_are(chats: Chats, line: Line) -> None:
    line.waits = asyncio.Event()
    chats.show(7, screen("一？", 1))
    await asyncio.sleep(0.01)
    chats.show(7, screen("二？", 2, echo="✓ 一：甲"))
    chats.show(7, screen("三？", 3, echo="✓ 二：乙", said=(Say("满10年", "met"),)))
    chats.show(7, screen("三？", 3, said=(Say("没看懂", "problem"),)))
    line.waits.set()
    await settled(chats)
    assert line.said == [
        "<b>一？</b>",
        "✓ 一：甲\n\n✓ 二：乙\n\n✅ 满10年\n\n⚠️ 没看懂\n\n<b>三？</b>",
    ]


async def test_an_album_gets_one_reply(chats: Chats, line: Line) -> None:
    for revision in range(1, 4):
        chats.show(7, screen("证书？", revision), hold=0.2)
        await asyncio.sleep(0.05)
    await settled(chats)
    assert line.said == ["<b>证书？</b>"]


async def test_a_second_press_on_an_answered_question_only_pops_up(chats: Chats, line: Line) -> None:
    chats.show(7, screen("民族？", 1))
    await settled(chats)
    chats.show(7, screen("籍贯？", 2, echo="✓ 民族：壮族"), pressed=100)
    stale = screen("籍贯？", 2, said=(Say("那一步已经过去了，请看下面这一步。", "note"),))
    assert chats.show(7, stale, pressed=100) == "那一步已经过去了，请看下面这一步。"
    await settled(chats)
    assert line.said == ["<b>民族？</b>", "<b>籍贯？</b>"]
    assert line.changed == [(100, "✓ 民族：壮族")]


async def test_after_a_restart_the_pressed_message_is_taken_for_the_current_one(
    chats: Chats, line: Line
) -> None:
    chats.show(7, screen("籍贯？", 2, echo="✓ 民族：壮族"), pressed=55)
    await settled(chats)
    assert line.changed == [(55, "✓ 民族：壮族")]
    assert line.said == ["<b>籍贯？</b>"]


async def test_a_message_that_is_gone_is_said_anew(chats: Chats, line: Line) -> None:
    chats.show(7, screen("哪几项？", 1))
    await settled(chats)
    line.refuse(400, "Bad Request: message to edit not found")
    chats.show(7, screen("哪几项？", 2), pressed=100)
    await settled(chats)
    assert line.said == ["<b>哪几项？</b>"] * 2


async def test_an_edit_that_changes_nothing_is_fine(chats: Chats, line: Line) -> None:
    chats.show(7, screen("哪几项？", 1))
    await settled(chats)
    line.refuse(400, NOT_MODIFIED)
    chats.show(7, screen("哪几项？", 1), pressed=100)
    await settled(chats)
    assert line.said == ["<b>哪几项？</b>"]


async def test_who_blocked_the_bot_is_noted_and_left_alone(chats: Chats, line: Line, gone: list[int]) -> None:
    line.refuse(403, "Forbidden: bot was blocked by the user")
    chats.tell(7, Bubble("一"))
    chats.tell(7, Bubble("二"))
    await settled(chats)
    assert gone == [7]
    assert line.said == ["一"]
    assert not chats.knows(7)


async def test_markup_that_telegram_cannot_read_goes_as_plain_text(chats: Chats, line: Line) -> None:
    line.refuse(400, "Bad Request: can't parse entities: unsupported start tag")
    chats.tell(7, Bubble("<b>1 &lt; 2</b>"))
    await settled(chats)
    assert line.said == ["<b>1 &lt; 2</b>", "1 < 2"]


async def test_one_that_cannot_be_sent_does_not_hold_up_the_next(chats: Chats, line: Line) -> None:
    line.refuse(400, "Bad Request: something new")
    chats.tell(7, Bubble("一"))
    chats.show(7, screen("姓名？", 1))
    await settled(chats)
    assert line.said == ["一", "<b>姓名？</b>"]


async def test_another_language_is_told_of(chats: Chats, gone: list[int]) -> None:
    chats.heard(7, 0, "zh")
    chats.show(7, screen("Name?", 2, locale="en", who="somebody"))
    await settled(chats)
    assert gone == [-7]
    assert chats.locale(7) == "en"


async def test_pages_turn_without_a_new_message(chats: Chats, line: Line) -> None:
    chats.turn(7, 55, screen("民族？", 1), "p1")
    await settled(chats)
    assert line.said == []
    assert line.changed == [(55, "")]


async def test_draining_ends_what_takes_too_long(chats: Chats, line: Line) -> None:
    line.waits = asyncio.Event()
    chats.tell(7, Bubble("一"))
    await asyncio.sleep(0.01)
    assert not await chats.drain(0.05)


# Telegram out of order, for longer than a request is tried again


def away(line: Line, times: int) -> None:
    line.answers += [TelegramNetworkError(method=GetMe(), message="away") for _ in range(times)]


async def test_what_telegram_was_too_long_away_for_is_said_afterwards(
    chats: Chats, line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_AWAY", 0)
    away(line, 3 * 4)
    chats.tell(7, Bubble("一"))
    chats.show(7, screen("姓名？", 1))
    await settled(chats)
    assert line.said[-2:] == ["一", "<b>姓名？</b>"]
    away(line, 3 * 2)
    chats.show(7, screen("民族？", 2, echo="✓ 姓名：陆建华"), pressed=None)
    await settled(chats)
    assert line.said[-1] == "✓ 姓名：陆建华\n\n<b>民族？</b>"
    assert chats.locale(7) == "zh"


async def test_a_screen_that_is_overtaken_while_telegram_is_away_leaves_its_news(
    chats: Chats, line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_AWAY", 0.05)
    away(line, 3)
    chats.show(7, screen("一？", 1, echo="✓ 零：子"))
    await asyncio.sleep(0.01)
    chats.show(7, screen("二？", 2, echo="✓ 一：甲"))
    await settled(chats)
    assert line.said[-1] == "✓ 零：子\n\n✓ 一：甲\n\n<b>二？</b>"


async def test_a_notice_of_a_screen_that_is_overtaken_is_told_above_the_newer_one(
    chats: Chats, line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_AWAY", 0.05)
    away(line, 3)
    chats.show(7, screen("一？", 1).telling((Say("有人接上了您的申报。", "note"),)))
    await asyncio.sleep(0.01)
    chats.show(7, screen("二？", 2, echo="✓ 一：甲"))
    await settled(chats)
    assert line.said[-1] == "有人接上了您的申报。\n\n✓ 一：甲\n\n<b>二？</b>"


async def test_two_notices_upon_a_stale_press_are_both_told(chats: Chats, line: Line) -> None:
    chats.show(7, screen("一？", 1))
    await settled(chats)
    told = (Say("有人接上了您的申报。", "note"), Say("那一步已经过去了。", "note"))
    assert chats.show(7, screen("一？", 1).telling(told), pressed=55) == ""
    await settled(chats)
    assert line.said[-1] == "有人接上了您的申报。\n那一步已经过去了。\n\n<b>一？</b>"


async def test_an_edit_waits_for_telegram(chats: Chats, line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_AWAY", 0)
    chats.show(7, screen("哪几项？", 1))
    await settled(chats)
    away(line, 3 * 3)
    chats.show(7, screen("哪几项？", 2), pressed=100)
    await settled(chats)
    assert len(line.changed) == 3 * 3 + 1


# Answers that cannot be read


@pytest.mark.parametrize("body", ["<html>", '{"ok": true, "result": {"message_id": "?"}}', ""])
async def test_a_yes_that_cannot_be_read_is_not_asked_for_again(chats: Chats, line: Line, body: str) -> None:
    line.answers.append((200, body))
    chats.show(7, screen("姓名？", 1))
    await settled(chats)
    assert line.said == ["<b>姓名？</b>"]
    chats.show(7, screen("菜单", 2, asks=None), pressed=55)
    await settled(chats)
    assert line.changed == [(55, "<b>菜单</b>")], "what is pressed is taken for the current one"


async def test_of_a_yes_that_cannot_be_read_the_number_is(chats: Chats, line: Line) -> None:
    line.answers.append((200, {"ok": True, "result": {"message_id": 77, "date": "tomorrow"}}))
    chats.show(7, screen("姓名？", 1))
    await settled(chats)
    chats.show(7, screen("民族？", 2, echo="✓ 姓名：陆建华"))
    await settled(chats)
    assert line.changed == [(77, "")]


# Which question something is for


async def test_a_file_is_for_the_question_that_was_asked_when_it_was_sent(chats: Chats, line: Line) -> None:
    for number, question in enumerate(("照片？", "证书？", "奖励？")):
        chats.show(7, screen(question, number))
        await settled(chats)
    assert [chats.question(7, file) for file in (100, 101, 102, 103)] == ["", "照片？", "证书？", "奖励？"]
    assert chats.question(7) == "奖励？"
    assert chats.question(8) == chats.question(8, 101) == ""


async def test_behind_a_message_of_unknown_number_nothing_is_guessed(chats: Chats, line: Line) -> None:
    chats.show(7, screen("照片？", 1))
    await settled(chats)
    line.answers.append((200, "<html>"))
    chats.show(7, screen("证书？", 2))
    await settled(chats)
    assert chats.question(7, 105) == ""


async def test_a_question_that_takes_the_place_of_another(chats: Chats, line: Line) -> None:
    chats.show(7, screen("照片？", 1))
    await settled(chats)
    chats.show(7, screen("证书？", 2), pressed=100)
    await settled(chats)
    assert chats.question(7, 105) == "证书？"


@pytest.mark.parametrize("locale", ["zh", "en"])
async def test_nothing_of_an_erased_application_is_known(chats: Chats, line: Line, locale: str) -> None:
    """What follows a deletion is said below it, in whatever language, and no file is for what was asked before."""
    chats.show(7, screen("照片？", 1, who="person-and-one"))
    await settled(chats)
    chats.show(7, screen("全部删除？", 1, who="person-and-one", asks=None))
    await settled(chats)
    chats.show(7, screen("同意吗？", 0, title="", asks=None, locale=locale), pressed=101)
    await settled(chats)
    assert line.said == ["<b>照片？</b>", "<b>全部删除？</b>", "<b>同意吗？</b>"]
    assert line.changed == [(100, ""), (101, "")], "only keyboards went"
    assert [chats.question(7), *(chats.question(7, file) for file in (101, 102, 105))] == [""] * 4
    assert not chats.begun(7)


async def test_another_application_is_shown_below_the_one_before(chats: Chats, line: Line) -> None:
    chats.show(7, screen("菜单", 3, who="person-and-one", asks=None))
    await settled(chats)
    chats.show(7, screen("照片？", 3, who="person-and-two"), pressed=100)
    await settled(chats)
    assert line.said == ["<b>菜单</b>", "<b>照片？</b>"]
    assert line.changed == [(100, "")]


# Topics


async def test_each_is_said_in_the_topic_in_which_the_person_spoke(chats: Chats, line: Line) -> None:
    chats.heard(7, 31)
    chats.tell(7, Bubble("一"))
    chats.heard(7, 32)
    chats.heard(7, None)
    chats.show(7, screen("姓名？", 1))
    await settled(chats)
    chats.heard(7, 0)
    chats.show(7, screen("民族？", 2))
    await settled(chats)
    sent = [method.message_thread_id for method in line.asked if isinstance(method, SendMessage)]
    assert sent == [31, 32, None]
