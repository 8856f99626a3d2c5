"""The double's files, speed and troubles are Telegram's."""

from __future__ import annotations

from io import BytesIO

import pytest
from aiohttp import ClientError
from PIL import Image

from tests.bot.telegram.caller import Caller
from tests.bot.telegram.double import Telegram
from tests.bot.telegram.flood import Limits
from tests.bot.telegram.group import Group
from tests.bot.telegram.phone import Phone

# Files


async def test_a_file_comes_back_byte_for_byte(caller: Caller, phone: Phone, telegram: Telegram) -> None:
    content = bytes(range(256)) * 8192
    sent = phone.sends_file(content, "简历.docx").json["document"]
    assert (sent["file_name"], sent["file_size"]) == ("简历.docx", len(content))
    found = await caller.done("getFile", file_id=sent["file_id"])
    url = f"{telegram.url}/file/bot{telegram.token}/{found['file_path']}"
    async with caller.session.get(url) as response:
        assert await response.read() == content
    async with caller.session.get(url.replace(telegram.token, "1:x")) as response:
        assert response.status == 404


async def test_twenty_megabytes_are_the_most(caller: Caller, phone: Phone) -> None:
    large = phone.sends_file(b"x", "大.pdf", size=20 * 1024 * 1024 + 1).json["document"]["file_id"]
    assert await caller.refused("getFile", file_id=large) == "400 Bad Request: file is too big"
    assert await caller.refused("getFile", file_id="nonsense") == "400 Bad Request: invalid file_id"


async def test_what_is_sent_as_a_photo_must_be_one(caller: Caller, phone: Phone) -> None:
    broken = await caller.uploads("sendPhoto", ("photo", "x.jpg", b"no picture"), chat_id=phone.id)
    assert broken["description"] == "Bad Request: IMAGE_PROCESS_FAILED"
    picture = BytesIO()
    Image.new("RGB", (2100, 100)).save(picture, "PNG")
    narrow = await caller.uploads("sendPhoto", ("photo", "x.png", picture.getvalue()), chat_id=phone.id)
    assert narrow["description"] == "Bad Request: PHOTO_INVALID_DIMENSIONS"


async def test_documents_keep_their_chinese_names(caller: Caller, phone: Phone) -> None:
    name = "“南宁工匠”推荐申请表-陆建华.pdf"
    told = await caller.uploads(
        "sendDocument",
        ("document", name, b"%PDF-1.7"),
        chat_id=phone.id,
        caption="<b>表</b>",
        parse_mode="HTML",
    )
    assert told["result"]["document"]["file_name"] == name
    assert told["result"]["document"]["mime_type"] == "application/pdf"
    assert told["result"]["caption"] == "表"
    empty = await caller.uploads("sendDocument", ("document", name, b""), chat_id=phone.id)
    assert empty["description"] == "Bad Request: file must be non-empty"
    again = await caller.done(
        "sendDocument", chat_id=phone.id, document=told["result"]["document"]["file_id"]
    )
    assert again["document"]["file_name"] == name


async def test_albums_are_of_two_to_ten_of_a_kind(caller: Caller, phone: Phone) -> None:
    told = await caller.uploads("sendDocument", ("document", "a.pdf", b"%PDF"), chat_id=phone.id)
    known = told["result"]["document"]["file_id"]
    paper = {"type": "document", "media": known}
    sent = await caller.done("sendMediaGroup", chat_id=phone.id, media=[paper, paper])
    assert sent[0]["media_group_id"] == sent[1]["media_group_id"]
    for media in ([], [paper], [paper] * 11, [paper, {"type": "photo", "media": known}]):
        assert (await caller.refused("sendMediaGroup", chat_id=phone.id, media=media)).startswith("400 ")


async def test_a_thumbnail_is_a_small_jpeg(caller: Caller, phone: Phone) -> None:
    for side, kept in ((320, True), (321, False)):
        picture = BytesIO()
        Image.new("RGB", (side, side)).save(picture, "JPEG")
        told = await caller.uploads(
            "sendDocument",
            ("document", "a.pdf", b"%PDF"),
            ("small", "p.jpg", picture.getvalue()),
            chat_id=phone.id,
            thumbnail="attach://small",
        )
        assert ("thumbnail" in told["result"]["document"]) == kept


# Speed


async def test_one_message_a_second_in_a_chat() -> None:
    now = 0.0
    async with Telegram(limits=Limits(burst=3), clock=lambda: now) as telegram, Caller(telegram) as caller:
        phone, other = Phone(telegram), Phone(telegram)
        for each in (phone, other):
            each.says("/start")
        for _ in range(3):
            message = await caller.says(phone)
        told = await caller.call("sendMessage", chat_id=phone.id, text="x")
        assert told == {
            "ok": False,
            "error_code": 429,
            "description": "Too Many Requests: retry after 1",
            "parameters": {"retry_after": 1},
        }
        await caller.says(other)
        await caller.done("editMessageText", chat_id=phone.id, message_id=message["message_id"], text="y")
        now = 1.0
        await caller.says(phone)
        assert "429" in await caller.refused("sendMessage", chat_id=phone.id, text="x")


async def test_thirty_messages_a_second_over_all() -> None:
    now = 0.0
    async with Telegram(limits=Limits(), clock=lambda: now) as telegram, Caller(telegram) as caller:
        phones = [Phone(telegram) for _ in range(31)]
        for phone in phones:
            phone.says("/start")
        for phone in phones[:30]:
            await caller.says(phone)
        assert "429" in await caller.refused("sendMessage", chat_id=phones[30].id, text="x")
        now = 0.1
        await caller.says(phones[30])


async def test_twenty_messages_a_minute_in_a_group() -> None:
    now = 0.0
    async with (
        Telegram(limits=Limits(burst=100), clock=lambda: now) as telegram,
        Caller(telegram) as caller,
    ):
        group = Group(telegram)
        group.invites_bot(Phone(telegram))
        for number in range(20):
            await caller.done("sendMessage", chat_id=group.chat.id, text=str(number))
        told = await caller.call("sendMessage", chat_id=group.chat.id, text="x")
        assert told["parameters"]["retry_after"] == 3


# Trouble on demand


async def test_trouble_before_and_after_the_effect(caller: Caller, telegram: Telegram, phone: Phone) -> None:
    telegram.fail("too_many", "sendMessage", retry_after=7)
    assert (await caller.call("sendMessage", chat_id=phone.id, text="x"))["parameters"] == {"retry_after": 7}
    telegram.fail("internal", chat=phone.id)
    said = await caller.refused("sendMessage", chat_id=phone.id, text="x")
    assert said == "500 Internal Server Error"
    standing = len(phone.chat.standing)
    for trouble, error in (("lost_before", ClientError), ("silent_before", TimeoutError)):
        telegram.fail(trouble, "sendMessage")  # type: ignore[arg-type]  # one of its words
        with pytest.raises(error):
            await caller.call("sendMessage", chat_id=phone.id, text="x", seconds=0.2)
        assert len(phone.chat.standing) == standing
    for trouble, error in (("lost_after", ClientError), ("silent_after", TimeoutError)):
        telegram.fail(trouble, "sendMessage")  # type: ignore[arg-type]  # one of its words
        with pytest.raises(error):
            await caller.call("sendMessage", chat_id=phone.id, text="x", seconds=0.2)
        standing += 1
        assert len(phone.chat.standing) == standing
    telegram.fail("bad_gateway", "getMe")
    async with caller.session.get(f"{telegram.url}/bot{telegram.token}/getMe") as response:
        assert (response.status, response.content_type) == (502, "text/html")


# Commands and the menu


async def test_commands_by_scope_and_language(caller: Caller, telegram: Telegram) -> None:
    def commands(*names: str) -> list[dict[str, str]]:
        return [{"command": name, "description": name} for name in names]

    await caller.done("setMyCommands", commands=commands("start"))
    scope = {"type": "all_private_chats"}
    await caller.done("setMyCommands", commands=commands("start", "back"), scope=scope, language_code="zh")
    assert await caller.done("getMyCommands") == commands("start")
    assert telegram.profile.commands_for(language="zh") == commands("start", "back")
    assert telegram.profile.commands_for(language="en") == commands("start")
    for wrong, said in (
        (commands("Start"), "BOT_COMMAND_INVALID"),
        (commands("开始"), "BOT_COMMAND_INVALID"),
        ([{"command": "x", "description": ""}], "BOT_COMMAND_DESCRIPTION_INVALID"),
    ):
        assert await caller.refused("setMyCommands", commands=wrong) == f"400 Bad Request: {said}"
    await caller.done("setChatMenuButton", menu_button={"type": "commands"})
    button = {"type": "web_app", "text": "网页", "web_app": {"url": "http://a.example"}}
    assert "Only HTTPS links" in await caller.refused("setChatMenuButton", menu_button=button)
