"""The double is as strict as Telegram: what it lets pass, Telegram lets pass."""

from __future__ import annotations

from typing import Any

import pytest

from tests.bot.telegram.caller import Caller
from tests.bot.telegram.double import Telegram
from tests.bot.telegram.group import Group
from tests.bot.telegram.phone import Phone

NOT_MODIFIED = (
    "400 Bad Request: message is not modified: specified new message content and reply markup are exactly the "
    "same as a current content and reply markup of the message"
)
TOO_OLD = "400 Bad Request: query is too old and response timeout expired or query ID is invalid"


async def test_who_the_bot_is(caller: Caller, telegram: Telegram) -> None:
    assert (await caller.done("getMe"))["username"] == "jiangjian_bot"
    assert (await caller.done("GETME"))["id"] == telegram.bot["id"]


async def test_a_wrong_token_is_nobody(telegram: Telegram) -> None:
    async with Caller(telegram, "4839574812:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA") as stranger:
        assert await stranger.refused("getMe") == "401 Unauthorized"
    async with Caller(telegram, "none") as stranger:
        assert await stranger.refused("getMe") == "404 Not Found"


async def test_an_unknown_method(caller: Caller) -> None:
    assert await caller.refused("sendTelepathy") == "404 Not Found: method not found"


# Texts


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "message text is empty"),
        (" \n ", "message text is empty"),
        ("<b></b>", "message text is empty"),
        ("长" * 4097, "message is too long"),
        ("😀" * 2049, "message is too long"),
        ("<b>", "can't parse entities: Can't find end tag corresponding to start tag \"b\""),
        ("</b>", "can't parse entities: Unexpected end tag at byte offset 0"),
        (
            "<b>x</i>",
            'can\'t parse entities: Unmatched end tag at byte offset 4, expected "</b>", found "</i>"',
        ),
        ("焊<x>", 'can\'t parse entities: Unsupported start tag "x" at byte offset 3'),
        ("1 < 2", 'can\'t parse entities: Unsupported start tag "" at byte offset 2'),
        ("<", "can't parse entities: Unclosed start tag at byte offset 0"),
        ("<b", "can't parse entities: Unclosed start tag at byte offset 0"),
        (
            "<span>x</span>",
            'can\'t parse entities: Tag "span" must have class "tg-spoiler" at byte offset 0',
        ),
        (
            '<a href="x>y</a>',
            "can't parse entities: Unclosed start tag at byte offset 0",
        ),
    ],
)
async def test_texts_that_are_refused(caller: Caller, phone: Phone, text: str, said: str) -> None:
    refused = await caller.refused("sendMessage", chat_id=phone.id, text=text, parse_mode="HTML")
    assert refused == f"400 Bad Request: {said}"


@pytest.mark.parametrize(
    ("source", "shown", "entities"),
    [
        ("x", "x", []),
        (" 焊工 \n", "焊工", []),
        ("a > b & c &amp; &lt;i&gt; &quot;&nbsp;", 'a > b & c & <i> "&nbsp;', []),
        ("<b>焊</b>工", "焊工", [("bold", 0, 1)]),
        ("😀<i>焊<b>工</b></i>", "😀焊工", [("italic", 2, 2), ("bold", 3, 1)]),
        ("<b> x</b> ", "x", [("bold", 0, 1)]),
        ('<a href="https://a.example/?x=1&amp;y">页</a>', "页", [("text_link", 0, 1)]),
        ("&#28938;&#x5de5;", "焊工", []),
        ("<blockquote expandable>x</blockquote>", "x", [("blockquote", 0, 1)]),
    ],
)
async def test_html_as_telegram_reads_it(
    caller: Caller, phone: Phone, source: str, shown: str, entities: list[Any]
) -> None:
    message = await caller.says(phone, source, parse_mode="HTML")
    assert message["text"] == shown
    found = [(each["type"], each["offset"], each["length"]) for each in message.get("entities", [])]
    assert found == entities


async def test_the_longest_text_is_counted_without_its_markup(caller: Caller, phone: Phone) -> None:
    await caller.says(phone, f"<b>{'长' * 4096}</b>", parse_mode="HTML")


# Whom a bot may speak to


async def test_a_bot_never_speaks_first(caller: Caller, telegram: Telegram) -> None:
    silent = Phone(telegram)
    said = await caller.refused("sendMessage", chat_id=silent.id, text="您好")
    assert said == "403 Forbidden: bot can't initiate conversation with a user"
    assert await caller.refused("sendMessage", chat_id=1, text="x") == "400 Bad Request: chat not found"
    assert await caller.refused("sendMessage", text="x") == "400 Bad Request: chat_id is empty"


async def test_who_blocked_the_bot_is_not_reached(caller: Caller, phone: Phone, telegram: Telegram) -> None:
    phone.blocks()
    for method in ("sendMessage", "sendChatAction"):
        said = await caller.refused(method, chat_id=phone.id, text="x", action="typing")
        assert said == "403 Forbidden: bot was blocked by the user"
    changes = [each.payload for each in telegram.updates.pending.values() if each.kind == "my_chat_member"]
    assert changes[-1]["new_chat_member"]["status"] == "kicked"
    phone.unblocks()
    await caller.says(phone)


async def test_a_group_that_removed_the_bot(caller: Caller, telegram: Telegram, phone: Phone) -> None:
    group = Group(telegram)
    group.invites_bot(phone)
    await caller.done("sendMessage", chat_id=group.chat.id, text="x")
    group.removes_bot(phone)
    said = await caller.refused("sendMessage", chat_id=group.chat.id, text="x")
    assert said == "403 Forbidden: bot was kicked from the group chat"


async def test_a_bot_hears_little_in_a_group(telegram: Telegram, phone: Phone) -> None:
    group = Group(telegram)
    group.invites_bot(phone)
    before = len(telegram.updates.pending)
    group.says(phone, "大家好")
    assert len(telegram.updates.pending) == before
    group.says(phone, "/start@jiangjian_bot")
    group.says(phone, "@jiangjian_bot 怎么报名")
    assert len(telegram.updates.pending) == before + 2


# Keyboards


@pytest.mark.parametrize(
    ("button", "said"),
    [
        ({"text": "x", "callback_data": "好" * 22}, "BUTTON_DATA_INVALID"),
        (
            {"text": "x"},
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            {"text": "x", "callback_data": ""},
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            {"callback_data": "x"},
            "can't parse inline keyboard button: Can't find field \"text\"",
        ),
        ({"text": " ", "callback_data": "x"}, "inline keyboard button text must be non-empty"),
        (
            {"text": "x", "url": "http://localhost:8080/"},
            "inline keyboard button URL 'http://localhost:8080/' is invalid: Wrong HTTP URL",
        ),
        (
            {"text": "x", "url": "ftp://a.example/"},
            "inline keyboard button URL 'ftp://a.example/' is invalid: Unsupported URL protocol",
        ),
        (
            {"text": "x", "web_app": {"url": "http://a.example/"}},
            "inline keyboard button Web App URL 'http://a.example/' is invalid: Only HTTPS links are allowed",
        ),
    ],
)
async def test_buttons_that_are_refused(
    caller: Caller, phone: Phone, button: dict[str, Any], said: str
) -> None:
    markup = {"inline_keyboard": [[button]]}
    refused = await caller.refused("sendMessage", chat_id=phone.id, text="x", reply_markup=markup)
    assert refused == f"400 Bad Request: {said}"


async def test_a_keyboard_has_its_limits(caller: Caller, phone: Phone) -> None:
    await caller.says(phone, "x", "a" * 64)
    rows = [[{"text": str(number), "callback_data": str(number)}] for number in range(101)]
    said = await caller.refused(
        "sendMessage", chat_id=phone.id, text="x", reply_markup={"inline_keyboard": rows}
    )
    assert said == "400 Bad Request: reply markup is too long"
    said = await caller.refused("sendMessage", chat_id=phone.id, text="x", reply_markup="{")
    assert said == "400 Bad Request: can't parse reply keyboard markup JSON object"


async def test_a_press_is_answered_once(caller: Caller, phone: Phone) -> None:
    await caller.says(phone, "x", "好")
    query = phone.press("好")
    assert await caller.done("answerCallbackQuery", callback_query_id=query, text="记下了")
    assert await caller.refused("answerCallbackQuery", callback_query_id=query) == TOO_OLD
    assert await caller.refused("answerCallbackQuery", callback_query_id="17") == TOO_OLD


async def test_a_press_is_answered_in_time(phone: Phone) -> None:
    now = 0.0
    async with Telegram(clock=lambda: now) as telegram, Caller(telegram) as caller:
        late = Phone(telegram)
        late.says("/start")
        await caller.says(late, "x", "好")
        query = late.press("好")
        now = 151
        assert await caller.refused("answerCallbackQuery", callback_query_id=query) == TOO_OLD


# Editing


async def test_an_edit_must_change_something(caller: Caller, phone: Phone) -> None:
    message = await caller.says(phone, "<b>问</b>", "好", parse_mode="HTML")
    same = {"chat_id": phone.id, "message_id": message["message_id"]}
    markup = message["reply_markup"]
    edit = {**same, "text": "<b>问</b> ", "parse_mode": "HTML", "reply_markup": markup}
    assert await caller.refused("editMessageText", **edit) == NOT_MODIFIED
    assert await caller.refused("editMessageReplyMarkup", **same, reply_markup=markup) == NOT_MODIFIED
    await caller.done(
        "editMessageText",
        **{**edit, "text": "问"},
    )
    assert phone.chat.standing[-1].buttons == ["好"]
    await caller.done("editMessageText", **same, text="✓ 好")
    assert phone.chat.standing[-1].buttons == []
    assert await caller.refused("editMessageReplyMarkup", **same) == NOT_MODIFIED


async def test_what_cannot_be_edited(caller: Caller, phone: Phone) -> None:
    own = phone.chat.standing[0]
    message = await caller.says(phone)
    edit = {"chat_id": phone.id, "text": "新"}
    said = await caller.refused("editMessageText", **edit, message_id=own.id)
    assert said == "400 Bad Request: message can't be edited"
    for missing in (0, 999):
        said = await caller.refused("editMessageText", **edit, message_id=missing)
        assert said == "400 Bad Request: message to edit not found"
    said = await caller.refused(
        "editMessageText", chat_id=phone.id, message_id=message["message_id"], text="长" * 4097
    )
    assert said == "400 Bad Request: MESSAGE_TOO_LONG"
    phone.deletes(phone.chat.messages[message["message_id"]])
    said = await caller.refused("editMessageText", **edit, message_id=message["message_id"])
    assert said == "400 Bad Request: message to edit not found"
    said = await caller.refused("deleteMessage", chat_id=phone.id, message_id=message["message_id"])
    assert said == "400 Bad Request: message to delete not found"


async def test_captions_are_not_texts(caller: Caller, phone: Phone) -> None:
    text = await caller.says(phone)
    told = await caller.uploads("sendDocument", ("document", "表.pdf", b"%PDF-1.7"), chat_id=phone.id)
    document = told["result"]["message_id"]
    said = await caller.refused("editMessageText", chat_id=phone.id, message_id=document, text="x")
    assert said == "400 Bad Request: there is no text in the message to edit"
    said = await caller.refused(
        "editMessageCaption", chat_id=phone.id, message_id=text["message_id"], caption="x"
    )
    assert said == "400 Bad Request: there is no caption in the message to edit"
    await caller.done("editMessageCaption", chat_id=phone.id, message_id=document, caption="申请表")
    assert (phone.chat.standing[-1].media, phone.chat.standing[-1].text) == ("document", "申请表")
