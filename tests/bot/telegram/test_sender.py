"""Requests go at Telegram's pace, and its refusals are understood."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramNetworkError, TelegramRetryAfter
from aiogram.methods import SendChatAction, SendMessage

from bot.telegram.rates import Limits, Pace, Window
from bot.telegram.sender import Refused, Sender, Unreachable
from bot.telegram.session import Unread
from tests.bot.telegram.line import FREE, Line


@pytest.fixture
def line() -> Line:
    return Line()


@pytest.fixture
async def sender(line: Line) -> Sender:
    return Sender(Bot("42:TEST-token", session=line), Pace(FREE), pauses=(0, 0))


# Requests


async def test_a_request_that_telegram_holds_back_is_made_when_it_said(sender: Sender, line: Line) -> None:
    line.refuse(429, "Too Many Requests: retry after 1", retry_after=1)
    began = asyncio.get_running_loop().time()
    message = await sender.send(SendMessage(chat_id=7, text="hi"), 7, "message")
    assert message.message_id == 100
    assert asyncio.get_running_loop().time() - began >= 1


async def test_a_hold_of_hours_is_not_waited_for(sender: Sender, line: Line) -> None:
    line.refuse(429, "Too Many Requests: retry after 7200", retry_after=7200)
    with pytest.raises(TelegramRetryAfter):
        await sender.send(SendMessage(chat_id=7, text="hi"), 7)


async def test_faults_of_telegram_are_tried_again(sender: Sender, line: Line) -> None:
    line.refuse(500, "Internal Server Error")
    line.answers.append((502, "<html>Bad Gateway</html>"))
    assert await sender.send(SendChatAction(chat_id=7, action="typing"), 7) is True
    assert len(line.asked) == 3


async def test_a_telegram_that_stays_away_is_told_of(sender: Sender, line: Line) -> None:
    method = SendMessage(chat_id=7, text="hi")
    line.answers += [TelegramNetworkError(method=method, message="lost") for _ in range(3)]
    with pytest.raises(TelegramNetworkError):
        await sender.send(method, 7)


@pytest.mark.parametrize(
    ("code", "description", "expected"),
    [
        (403, "Forbidden: bot was blocked by the user", Unreachable),
        (403, "Forbidden: user is deactivated", Unreachable),
        (400, "Bad Request: chat not found", Unreachable),
        (400, "Bad Request: message to edit not found", Refused),
        (400, "Bad Request: query is too old and response timeout expired or query ID is invalid", Refused),
        (413, "Request Entity Too Large", Refused),
    ],
)
async def test_refusals(
    sender: Sender, line: Line, code: int, description: str, expected: type[Exception]
) -> None:
    line.refuse(code, description)
    with pytest.raises(expected):
        await sender.send(SendMessage(chat_id=7, text="hi"), 7)
    assert len(line.asked) == 1


UNREADABLE: list[dict[str, Any] | str] = [
    "",
    "<html>",
    '{"ok": true, "result": {"message_id": 1',
    "[" * 100_000,
    {"ok": True},
    {"ok": True, "result": {"date": 1}},
    {"ok": True, "result": [True]},
]


@pytest.mark.parametrize("body", UNREADABLE, ids=range(len(UNREADABLE)))
async def test_a_yes_that_cannot_be_read_is_not_asked_for_again(
    sender: Sender, line: Line, body: dict[str, Any] | str
) -> None:
    line.answers.append((200, body))
    with pytest.raises(Unread) as raised:
        await sender.send(SendMessage(chat_id=7, text="hi"), 7)
    assert raised.value.number is None
    assert len(line.asked) == 1


async def test_what_stands_in_an_answer_is_in_no_error(sender: Sender, line: Line) -> None:
    line.answers.append((200, {"ok": True, "result": {"message_id": 5, "text": "450103198109129970"}}))
    with pytest.raises(Unread) as raised:
        await sender.send(SendMessage(chat_id=7, text="hi"), 7)
    assert raised.value.number == 5
    assert "450103198109129970" not in str(raised.value.data)


async def test_a_topic_that_is_gone_is_left_for_the_chat(sender: Sender, line: Line) -> None:
    line.refuse(400, "Bad Request: message thread not found")
    await sender.send(SendMessage(chat_id=7, message_thread_id=3, text="hi"), 7)
    asked = [method.message_thread_id for method in line.asked if isinstance(method, SendMessage)]
    assert asked == [3, None]


# Pace


def test_a_window_lets_so_many_pass_in_any_span() -> None:
    window = Window(3, 1)
    times = [window.reserve(0.0) for _ in range(7)]
    assert times == [0, 0, 0, 1.02, 1.02, 1.02, 2.04]
    assert window.reserve(10.0) == 10


async def test_one_message_a_second_in_a_chat_and_thirty_over_all(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    real = asyncio.sleep

    async def sleep(seconds: float) -> None:
        nonlocal now
        now += seconds
        await real(0)

    monkeypatch.setattr(asyncio, "sleep", sleep)
    pace = Pace(Limits(), clock=lambda: now)
    went: list[float] = []
    for _ in range(3):
        await pace.turn(7, "message")
        went.append(now)
    assert [round(at, 2) for at in went] == [0, 1.02, 2.04]
    now = 100.0
    for chat in range(1000, 1061):
        await pace.turn(chat, "message")
    assert 102 <= now < 102.2
    now = 200.0
    for _ in range(21):
        await pace.turn(-5, "message")
    assert now >= 260


async def test_a_held_chat_waits_and_others_do_not(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    now = 0.0

    async def sleep(seconds: float) -> None:
        nonlocal now
        slept.append(seconds)
        now += seconds

    monkeypatch.setattr(asyncio, "sleep", sleep)
    pace = Pace(Limits(), clock=lambda: now)
    pace.hold(7, 30)
    await pace.turn(8, "message")
    assert slept == []
    await pace.turn(7, "other")
    assert sum(slept) == 30
