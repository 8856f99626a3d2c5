"""What people do in Telegram, as the Turn that reaches the conversation: what it is for, and where it was said."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import pytest_asyncio

from bot.house import wiring
from bot.house.conversation import Conversation
from bot.house.links import Links
from bot.house.settings import Settings
from bot.telegram.running import Telegram as Door
from dialogs.turn import Meant, Screen, Turn
from forms.library import Library
from forms.printing.workers import Workers
from tests.bot.telegram.chats import Message
from tests.bot.telegram.double import Telegram
from tests.bot.telegram.house import SAMPLES, together
from tests.bot.telegram.interview import CHOICE, CONSENT, lay, takes
from tests.bot.telegram.phone import Phone
from tests.bot.telegram.waiting import Pulse

pytestmark = together

PHOTO = SAMPLES / "photo-white.jpg"
OTHER = SAMPLES / "photo-red.jpg"


class Listening:
    """The conversation, with an ear at it."""

    def __init__(self, conversation: Conversation) -> None:
        self.turns: list[Turn] = []
        self._conversation = conversation
        self._heard: dict[int, int] = {}
        self._pulse = Pulse()

    async def take(self, channel: str, address: str, turn: Turn) -> Screen:
        screen = await self._conversation.take(channel, address, turn)
        self.turns.append(turn)
        self._pulse.beat()
        return screen

    async def hears(self, phone: Phone) -> Turn:
        """The next thing that somebody said."""
        number = self._heard.get(phone.id, 0)
        self._heard[phone.id] = number + 1
        await self._pulse.until(
            lambda: len(self.said(phone)) > number, "a Turn", 40, lambda: self.said(phone)
        )
        return self.said(phone)[number]

    def __getattr__(self, name: str) -> Any:
        return getattr(self._conversation, name)

    def said(self, phone: Phone) -> list[Turn]:
        """What somebody said, without what only looks."""
        return [turn for turn in self.turns if turn.conversation == str(phone.id) and not turn.looks]


@pytest.fixture(scope="module")
def conversation(tmp_path_factory: pytest.TempPathFactory, crew: Workers) -> Iterator[Listening]:
    directory = tmp_path_factory.mktemp("turns")
    settings = Settings(data=directory)
    library = Library.open([lay(directory / "programmes")])
    with wiring.database(Settings(data=directory / "kept")) as kept:
        yield Listening(wiring.conversation(settings, library, kept, crew))


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def telegram() -> AsyncIterator[Telegram]:
    async with Telegram() as servers:
        yield servers


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def door(
    telegram: Telegram, conversation: Listening, crew: Workers, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Door]:
    settings = Settings(
        data=tmp_path_factory.mktemp("door"),
        bot_token=telegram.token,
        telegram_api=telegram.url,
        telegram_per_chat=0,
        telegram_overall=0,
    )
    opened = Door(settings, conversation, crew, Links("http://localhost"))  # type: ignore[arg-type]
    stop = asyncio.Event()
    running = asyncio.create_task(opened.run(stop))
    yield opened
    stop.set()
    await running


@pytest.fixture
def phone(telegram: Telegram, door: Door) -> Phone:
    return Phone(telegram)


async def begins(phone: Phone, conversation: Listening) -> None:
    """At the first question."""
    phone.says("/start")
    await phone.sees_screen()
    for step in (CONSENT, CHOICE):
        takes(phone, step)
        await conversation.hears(phone)
        await phone.sees_screen()


async def answers(phone: Phone, conversation: Listening, text: str = "甲乙") -> tuple[Message, Turn]:
    """Type the answer to the question on the screen, and see the next one."""
    message = phone.says(text)
    turn = await conversation.hears(phone)
    await phone.sees_screen()
    return message, turn


def key(phone: Phone, message: Message) -> str:
    return f"{phone.telegram.bot['id']}:m{message.id}"


async def test_a_text_says_which_question_it_answers(phone: Phone, conversation: Listening) -> None:
    await begins(phone, conversation)
    message, turn = await answers(phone, conversation)
    sent = datetime.fromtimestamp(message.json["date"], UTC)
    wanted = Turn(
        str(phone.id), key(phone, message), text="甲乙", answers=Meant("q0"), sent=sent, locale="zh"
    )
    assert turn == wanted


async def test_an_edit_amends_the_message_it_changes(phone: Phone, conversation: Listening) -> None:
    await begins(phone, conversation)
    message, _ = await answers(phone, conversation)
    for text in ("甲丙", "甲丁", "甲戊"):  # within one second
        phone.edits(message, text)
    for text in ("甲丙", "甲丁", "甲戊"):
        turn = await conversation.hears(phone)
        assert turn.text == text
        assert (turn.amends, turn.answers, turn.quotes) == (key(phone, message), None, "")


async def test_an_edit_that_says_the_same_is_silent(
    phone: Phone, conversation: Listening, telegram: Telegram
) -> None:
    await begins(phone, conversation)
    message, _ = await answers(phone, conversation, "https://example.org")
    shown = len(phone.chat.changes)
    phone.previews(message)
    await telegram.updates.settled()
    await answers(phone, conversation)
    assert [change.kind for change in phone.chat.changes[shown:]].count("sent") == 1
    assert not [turn for turn in conversation.said(phone) if turn.amends]


async def test_an_edited_command_is_obeyed(phone: Phone, conversation: Listening) -> None:
    await begins(phone, conversation)
    message = phone.says("/bakc")
    await phone.hears("没有“/bakc”这个命令")
    phone.edits(message, "/menu")
    turn = await conversation.hears(phone)
    assert (turn.text, turn.amends) == ("/menu", "")


async def test_a_reply_to_a_question_quotes_it(phone: Phone, conversation: Listening) -> None:
    await begins(phone, conversation)
    question = phone.screen
    assert question
    await answers(phone, conversation)
    phone.says("甲丙", to=question)
    turn = await conversation.hears(phone)
    assert (turn.text, turn.amends, turn.answers) == ("甲丙", "", None)
    assert "请填第0项" in turn.quotes


async def test_a_reply_to_ones_own_message_amends_it(phone: Phone, conversation: Listening) -> None:
    await begins(phone, conversation)
    message, _ = await answers(phone, conversation)
    phone.says("甲丙", to=message)
    turn = await conversation.hears(phone)
    assert (turn.text, turn.amends, turn.quotes) == ("甲丙", key(phone, message), "")


async def test_a_caption_goes_along_with_its_file(phone: Phone, conversation: Listening) -> None:
    await begins(phone, conversation)
    message = phone.sends_photo(PHOTO, caption="我的照片")
    turn = await conversation.hears(phone)
    assert turn.file and turn.file.media == "image"
    assert (turn.text, turn.amends, turn.answers) == ("我的照片", "", Meant("q0"))
    phone.edits(message, "本人照片")
    turn = await conversation.hears(phone)
    assert turn.file
    assert (turn.text, turn.amends) == ("本人照片", key(phone, message))


async def test_another_file_in_its_place_amends_it(phone: Phone, conversation: Listening) -> None:
    await begins(phone, conversation)
    message = phone.sends_file(PHOTO)
    await conversation.hears(phone)
    phone.replaces(message, OTHER)
    turn = await conversation.hears(phone)
    assert turn.file and turn.file.name == OTHER.name
    assert (turn.text, turn.amends) == (None, key(phone, message))


async def test_files_of_an_album_belong_to_the_question_that_was_asked(
    phone: Phone, conversation: Listening
) -> None:
    """Though the next question came up while they were on their way."""
    await begins(phone, conversation)
    phone.says("甲乙")
    files = phone.sends_album([PHOTO, OTHER])
    turns = [await conversation.hears(phone) for _ in range(3)]
    assert [turn.answers for turn in turns] == [Meant("q0")] * 3
    assert [turn.album for turn in turns] == ["", *[each.json["media_group_id"] for each in files]]


async def test_quick_texts_go_from_question_to_question(phone: Phone, conversation: Listening) -> None:
    await begins(phone, conversation)
    phone.says("甲乙")
    phone.says("甲丙")
    turns = [await conversation.hears(phone) for _ in range(2)]
    assert [turn.answers for turn in turns] == [Meant("q0"), Meant("q1")]


async def test_the_language_that_a_stranger_pressed_goes_along(phone: Phone, conversation: Listening) -> None:
    phone.says("/start")
    await phone.sees_screen()
    assert not conversation.said(phone)
    phone.press("English")
    await phone.hears("agree")
    phone.says("hello")
    turns = [await conversation.hears(phone) for _ in range(2)]
    assert [turn.locale for turn in turns] == ["zh", "en"]
