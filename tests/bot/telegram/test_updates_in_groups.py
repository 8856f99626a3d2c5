"""What is said in groups, and who comes and goes there."""

from __future__ import annotations

from typing import Any

import pytest
from aiogram import Bot

from bot.telegram.updates import Incoming, read
from tests.bot.telegram.raw import ANNA, GROUP, JPEG, PRIVATE, membership, message, update


@pytest.fixture(scope="module")
def bot() -> Bot:
    return Bot("42:TEST-token")


def wrote(bot: Bot, **content: Any) -> Incoming | None:
    return read(update(message=message(**content)), bot)


def in_group(bot: Bot, kind: str = "message", **content: Any) -> Incoming | None:
    return read(update(**{kind: message(chat=GROUP, **content)}), bot)


@pytest.mark.parametrize(
    ("text", "addressed"),
    [("/start", ""), ("/start@jiangjian_bot", "jiangjian_bot"), ("/top10@other_bot x", "other_bot")],
)
def test_a_command_in_a_group(bot: Bot, text: str, addressed: str) -> None:
    found = in_group(bot, text=text, message_thread_id=9, is_topic_message=True)
    assert found
    assert (found.what, found.chat, found.thread, found.addressed) == ("group", -1001, 9, addressed)


def test_a_group_s_message_is_not_a_private_one_of_the_same_number(bot: Bot) -> None:
    here, there = wrote(bot, text="/start"), in_group(bot, text="/start")
    assert here and there
    assert here.key != there.key


GROUP_TALK: list[dict[str, Any]] = [
    {"text": "大家好"},
    {"text": "@jiangjian_bot 我叫陆建华"},
    {"text": "看 /start"},
    {"text": "/"},
    {"text": "/start", "from": {**ANNA, "is_bot": True}},
    {"text": "/start", "sender_chat": {"id": -2, "type": "channel"}, "is_automatic_forward": True},
    {"photo": [{**JPEG, "file_id": "l"}], "caption": "/start"},
    {"sticker": {"file_id": "x", "file_unique_id": "y", "type": "regular", "width": 1, "height": 1,
                 "is_animated": False, "is_video": False}},
    {"new_chat_members": [ANNA]},
    {"left_chat_member": ANNA},
    {"pinned_message": {"message_id": 1, "date": 0, "chat": GROUP}},
    {"migrate_from_chat_id": -5},
    {"chat": {"id": -3, "type": "channel", "title": "x"}, "text": "/start"},
]  # fmt: skip


@pytest.mark.parametrize("content", GROUP_TALK, ids=range(len(GROUP_TALK)))
def test_what_else_is_said_in_a_group_is_not_for_us(bot: Bot, content: dict[str, Any]) -> None:
    content = {"chat": GROUP, **content}
    assert wrote(bot, **content) is None
    assert read(update(edited_message=message(**content)), bot) is None


def test_an_edit_in_a_group_is_nothing(bot: Bot) -> None:
    assert in_group(bot, "edited_message", text="/start", edit_date=3) is None


def test_who_speaks_for_the_group_is_heard(bot: Bot) -> None:
    anonymous = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
    found = in_group(bot, text="/start", sender_chat=GROUP, **{"from": anonymous})
    assert found and found.what == "group"


def test_a_group_that_moves(bot: Bot) -> None:
    found = wrote(bot, chat={**GROUP, "type": "group"}, migrate_to_chat_id=-100200)
    assert found and (found.what, found.chat, found.text) == ("moved", -1001, "-100200")


def test_a_press_in_a_group(bot: Bot) -> None:
    shown = message(chat=GROUP, text="?")
    query = {"id": "9", "from": ANNA, "chat_instance": "1", "data": "x", "message": shown}
    found = read(update(callback_query=query), bot)
    assert found and (found.what, found.query) == ("group", "9")


@pytest.mark.parametrize(
    ("before", "after", "arrives"),
    [
        ("left", "member", True),
        ("kicked", "muted", True),
        ("barred", "member", True),
        ("member", "kicked", False),
        ("member", "muted", False),
        ("left", "barred", False),
    ],
)
def test_coming_into_a_group(bot: Bot, before: str, after: str, arrives: bool) -> None:
    found = read(membership(GROUP, before, after), bot)
    assert bool(found) == arrives
    assert found is None or found.what == "group"
    assert read(membership({**GROUP, "type": "channel"}, before, after), bot) is None


def test_changes_in_one_second_are_different_things(bot: Bot) -> None:
    other = {**ANNA, "id": 8}
    changes = [
        membership(PRIVATE, "member", "kicked"),
        membership(PRIVATE, "kicked", "member"),
        membership({**PRIVATE, "id": 8}, "member", "kicked", other),
        membership(GROUP, "left", "member"),
        membership({**GROUP, "id": -1002}, "left", "member"),
    ]
    found = [read(each, bot) for each in changes]
    assert len({each.key for each in found if each}) == len(changes)
