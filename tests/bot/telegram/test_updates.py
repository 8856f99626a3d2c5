"""Updates are read for what people did; nothing that arrives makes the reading fail."""

from __future__ import annotations

from typing import Any

import pytest
from aiogram import Bot

from bot.telegram.updates import Incoming, read

ANNA = {"id": 7, "is_bot": False, "first_name": "安娜", "language_code": "zh-hans"}
PRIVATE = {"id": 7, "type": "private", "first_name": "安娜"}
GROUP = {"id": -1001, "type": "supergroup", "title": "焊接车间"}
JPEG = {"file_unique_id": "u", "width": 90, "height": 120}


@pytest.fixture(scope="module")
def bot() -> Bot:
    return Bot("42:TEST-token")


def message(**content: Any) -> dict[str, Any]:
    return {"message_id": 5, "date": 1_780_000_000, "chat": PRIVATE, "from": ANNA, **content}


def update(**kind: Any) -> dict[str, Any]:
    return {"update_id": 1, **kind}


def wrote(bot: Bot, **content: Any) -> Incoming | None:
    return read(update(message=message(**content)), bot)


def test_a_text(bot: Bot) -> None:
    found = wrote(bot, text=" 壮族\n")
    assert found == Incoming("text", 7, 7, "42:m5", text=" 壮族\n", language="zh")


def test_the_same_update_has_the_same_key_and_another_bot_has_another(bot: Bot) -> None:
    first = wrote(bot, text="壮族")
    again = read({"update_id": 999, "message": message(text="壮族")}, bot)
    other = read(update(message=message(text="壮族")), Bot("43:TEST-token"))
    assert first and again and other
    assert first.key == again.key != other.key


@pytest.mark.parametrize(
    ("text", "name", "argument"),
    [
        ("/start", "start", ""),
        ("/start join_ABCDE-FGHJK", "start", "join_ABCDE-FGHJK"),
        ("/Resume@jiangjian_bot  abcde fghjk ", "resume", "abcde fghjk"),
        (" /help", "help", ""),
    ],
)
def test_commands(bot: Bot, text: str, name: str, argument: str) -> None:
    found = wrote(bot, text=text)
    assert found
    assert (found.what, found.text, found.argument) == ("command", name, argument)


def test_what_only_begins_like_a_command_is_text(bot: Bot) -> None:
    for text in ("/", "/2015年7月", "/ start", "1/2"):
        found = wrote(bot, text=text)
        assert found
        assert found.what == "text"


def test_a_press(bot: Bot) -> None:
    query = {"id": "99", "from": ANNA, "chat_instance": "1", "data": "7.abc", "message": message(text="?")}
    found = read(update(callback_query=query), bot)
    assert found
    assert (found.what, found.text, found.message, found.query, found.key) == (
        "press",
        "7.abc",
        5,
        "99",
        "42:c99",
    )


def test_a_press_on_a_message_that_is_gone_or_not_told(bot: Bot) -> None:
    gone = {"chat": PRIVATE, "message_id": 5, "date": 0}
    query = {"id": "99", "from": ANNA, "chat_instance": "1", "data": "x"}
    found = read(update(callback_query={**query, "message": gone}), bot)
    assert found and found.message == 5
    found = read(update(callback_query=query), bot)
    assert found
    assert (found.message, found.chat) == (None, 7)
    found = read(update(callback_query={"id": "9", "from": ANNA, "chat_instance": "1"}), bot)
    assert found and found.text == ""


def test_the_largest_size_of_a_photo(bot: Bot) -> None:
    small = {**JPEG, "file_id": "s", "file_size": 100}
    large = {**JPEG, "file_id": "l", "file_size": 9000, "width": 900, "height": 1200}
    found = wrote(bot, photo=[large, small], media_group_id="55", caption="我的照片")
    assert found and found.what == "file" and found.sent
    assert (found.sent.id, found.sent.size, found.sent.width, found.sent.album) == ("l", 9000, 900, "55")
    assert found.sent.name == "IMG_5.jpg"


def test_documents_and_videos(bot: Bot) -> None:
    paper = {
        "file_id": "d",
        "file_unique_id": "u",
        "file_name": "事迹.docx",
        "file_size": 5,
        "mime_type": "x/y",
    }
    found = wrote(bot, document=paper)
    assert found and found.sent and found.sent.name == "事迹.docx" and not found.sent.video
    video = {"file_id": "v", "file_unique_id": "u", "width": 1280, "height": 720, "duration": 95}
    found = wrote(bot, video=video)
    assert found and found.sent and found.sent.video
    assert (found.sent.seconds, found.sent.size, found.sent.name) == (95, 0, "VID_5.mp4")
    # An animation comes with a document of the same file.
    found = wrote(bot, animation=video, document={**paper, "mime_type": "video/mp4"})
    assert found and found.sent and found.sent.id == "v"


def test_ones_own_phone_number_is_an_answer_and_another_person_is_not(bot: Bot) -> None:
    contact = {"phone_number": "+8613877112233", "first_name": "安娜"}
    found = wrote(bot, contact={**contact, "user_id": 7})
    assert found and (found.what, found.text) == ("text", "+8613877112233")
    found = wrote(bot, contact=contact)
    assert found and found.what == "other"


def test_what_is_sent_but_not_understood(bot: Bot) -> None:
    for content in (
        {"location": {"latitude": 22.8, "longitude": 108.3}},
        {"voice": {"file_id": "v", "file_unique_id": "u", "duration": 3}},
        {"dice": {"emoji": "🎲", "value": 3}},
    ):
        found = wrote(bot, **content)
        assert found and found.what == "other"


def test_what_nobody_sent_is_nothing(bot: Bot) -> None:
    pinned = message(text="?")
    assert wrote(bot, pinned_message=pinned) is None
    assert wrote(bot, message_auto_delete_timer_changed={"message_auto_delete_time": 60}) is None
    assert wrote(bot, text="hi", **{"from": {**ANNA, "is_bot": True}}) is None


def test_groups(bot: Bot) -> None:
    found = wrote(bot, chat=GROUP, text="/start")
    assert found and (found.what, found.chat) == ("group", -1001)
    assert wrote(bot, chat=GROUP, pinned_message=message(text="?")) is None
    query = {
        "id": "9",
        "from": ANNA,
        "chat_instance": "1",
        "data": "x",
        "message": message(chat=GROUP, text="?"),
    }
    found = read(update(callback_query=query), bot)
    assert found and found.what == "group"


def membership(chat: dict[str, Any], before: str, after: str) -> dict[str, Any]:
    me = {"id": 42, "is_bot": True, "first_name": "匠荐"}
    told = {
        "member": {"user": me, "status": "member"},
        "left": {"user": me, "status": "left"},
        "kicked": {"user": me, "status": "kicked", "until_date": 0},
    }
    return update(
        my_chat_member={
            "chat": chat,
            "from": ANNA,
            "date": 1_780_000_000,
            "old_chat_member": told[before],
            "new_chat_member": told[after],
        }
    )


def test_blocking_and_coming_back(bot: Bot) -> None:
    found = read(membership(PRIVATE, "member", "kicked"), bot)
    assert found and found.what == "blocked"
    found = read(membership(PRIVATE, "kicked", "member"), bot)
    assert found and found.what == "unblocked"
    found = read(membership(GROUP, "left", "member"), bot)
    assert found and found.what == "group"
    assert read(membership(GROUP, "member", "kicked"), bot) is None


def test_an_edited_message(bot: Bot) -> None:
    found = read(update(edited_message=message(text="改了", edit_date=1_780_000_009)), bot)
    assert found and (found.what, found.key) == ("edited", "42:e5")


@pytest.mark.parametrize(
    "raw",
    [
        None,
        5,
        "",
        [],
        {},
        {"update_id": "x"},
        {"update_id": 1},
        {"update_id": 1, "message": None},
        {"update_id": 1, "message": {}},
        {"update_id": 1, "message": {"message_id": 5}},
        {"update_id": 1, "message": {"message_id": 5, "date": "yesterday", "chat": PRIVATE}},
        {"update_id": 1, "message": {"message_id": 5, "date": 1, "chat": {"id": 1, "type": "ether"}}},
        {"update_id": 1, "message": {"message_id": 5, "date": 1, "chat": PRIVATE}},
        {"update_id": 1, "callback_query": {"id": "1"}},
        {"update_id": 1, "brand_new_thing": {"a": 1}},
        {"update_id": 1, "message": message(text={"a": 1})},
        {"update_id": 1, "message": message(photo=[])},
        {"update_id": 1, "message": message(photo=[{}])},
        {"update_id": 10**30, "poll": {"id": "1"}},
    ],
)
def test_bad_updates_are_nothing_and_raise_nothing(bot: Bot, raw: Any) -> None:
    assert read(raw, bot) is None


def test_lone_surrogates_and_controls_come_through_as_they_are(bot: Bot) -> None:
    found = wrote(bot, text="a\ud800\x00b")
    assert found is None or found.text == "a\ud800\x00b"
