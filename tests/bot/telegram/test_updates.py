"""Updates are read for what people did; nothing that arrives makes the reading fail."""

from __future__ import annotations

from typing import Any

import pytest
from aiogram import Bot

from bot.telegram.updates import Incoming, read
from dialogs.turn import Meant
from tests.bot.telegram.raw import ANNA, GROUP, JPEG, PRIVATE, membership, message, update


@pytest.fixture(scope="module")
def bot() -> Bot:
    return Bot("42:TEST-token")


def wrote(bot: Bot, **content: Any) -> Incoming | None:
    return read(update(message=message(**content)), bot)


def test_a_text(bot: Bot) -> None:
    found = wrote(bot, text=" 壮族\n")
    assert found
    assert (found.what, found.user, found.chat, found.text) == ("text", 7, 7, " 壮族\n")
    assert (found.id, found.message, found.thread, found.language) == ("42:m5", 5, 0, "zh")


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
    assert (found.what, found.text, found.message, found.query, found.id) == (
        "press",
        "7.abc",
        5,
        "99",
        "42:c99",
    )


def test_a_press_on_a_message_that_is_gone_or_not_told(bot: Bot) -> None:
    gone = {"chat": PRIVATE, "message_id": 5, "date": 0}  # no word of its topic
    query = {"id": "99", "from": ANNA, "chat_instance": "1", "data": "x"}
    found = read(update(callback_query={**query, "message": gone}), bot)
    assert found and (found.message, found.thread) == (5, None)
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
    assert (found.sent.name, found.text) == ("IMG_5.jpg", "我的照片")
    turn = found.turn(text=found.text, answers="photo", locale="en")
    assert (turn.conversation, turn.message_id, turn.album, turn.locale) == ("7", "42:m5", "55", "en")
    assert turn.answers == Meant("photo")


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
    assert found and (found.what, found.text) == ("contact", "+8613877112233")
    found = wrote(bot, contact=contact)
    assert found and (found.what, found.argument) == ("other", "+8613877112233")


PLACE = {"latitude": 22.8, "longitude": 108.3}
CLIP = {"file_id": "v", "file_unique_id": "u", "duration": 3}
NOT_UNDERSTOOD: list[tuple[str, dict[str, Any]]] = [
    ("location", {"location": PLACE}),
    ("venue", {"venue": {"location": PLACE, "title": "厂", "address": "路"}, "location": PLACE}),
    ("voice", {"voice": CLIP}),
    ("audio", {"audio": CLIP, "caption": "听"}),
    ("dice", {"dice": {"emoji": "🎲", "value": 3}}),
    ("story", {"story": {"chat": PRIVATE, "id": 3}}),
    ("paid_media", {"paid_media": {"star_count": 5, "paid_media": [{"type": "preview"}]}}),
    ("checklist", {"checklist": {"title": "一", "tasks": [{"id": 1, "text": "二"}]}}),
    ("giveaway", {"giveaway": {"chats": [GROUP], "winners_selection_date": 1, "winner_count": 1}}),
    ("unknown", {"telepathy": {"thought": "x"}}),
    ("unknown", {}),
]


@pytest.mark.parametrize(("kind", "content"), NOT_UNDERSTOOD, ids=range(len(NOT_UNDERSTOOD)))
def test_what_is_sent_but_not_understood(bot: Bot, kind: str, content: dict[str, Any]) -> None:
    found = wrote(bot, **content)
    assert found and (found.what, found.text) == ("other", kind)


def test_what_nobody_sent_is_nothing(bot: Bot) -> None:
    assert wrote(bot, pinned_message=message(text="?")) is None
    assert wrote(bot, message_auto_delete_timer_changed={"message_auto_delete_time": 60}) is None
    assert wrote(bot, forum_topic_created={"name": "一", "icon_color": 1}) is None
    assert wrote(bot, text="hi", **{"from": {**ANNA, "is_bot": True}}) is None


# What a message has to do with others


def test_a_reply_to_a_question_tells_its_words(bot: Bot) -> None:
    me = {"id": 42, "is_bot": True, "first_name": "匠荐"}
    asked = message(text="您的姓名？", message_id=3, **{"from": me})
    found = wrote(bot, text="陆建华", reply_to_message=asked)
    assert found and (found.quotes, found.amends) == ("您的姓名？", "")
    paper = {"file_id": "d", "file_unique_id": "u"}
    sent = {name: value for name, value in asked.items() if name != "text"}
    found = wrote(bot, text="这里错了", reply_to_message=sent | {"document": paper, "caption": "申请表"})
    assert found and found.turn(text=found.text).quotes == "申请表"


def test_a_reply_to_ones_own_message_amends_it(bot: Bot) -> None:
    found = wrote(bot, text="陆建国", reply_to_message=message(text="陆建华", message_id=3))
    assert found and (found.id, found.amends, found.quotes) == ("42:m5", "42:m3", "")
    assert found.turn(text=found.text).amends == "42:m3"


def test_what_begins_a_topic_is_not_replied_to(bot: Bot) -> None:
    root = message(message_id=3, forum_topic_created={"name": "一", "icon_color": 1})
    found = wrote(bot, text="陆建华", reply_to_message=root, message_thread_id=3, is_topic_message=True)
    assert found and (found.amends, found.quotes, found.thread) == ("", "", 3)


def test_a_thread_of_replies_is_no_topic(bot: Bot) -> None:
    found = wrote(bot, text="陆建华", message_thread_id=3)
    assert found and found.thread == 0


def edited(bot: Bot, **content: Any) -> Incoming:
    found = read(update(edited_message=message(**{"edit_date": 1_780_000_009, **content})), bot)
    assert found
    return found


def test_an_edit_amends_its_message(bot: Bot) -> None:
    found = edited(bot, text="改了")
    assert (found.what, found.text, found.amends, found.message) == ("text", "改了", "42:m5", 5)
    assert found.edited
    assert found.turn(text=found.text).amends == "42:m5"


def test_edits_of_one_message_are_different_things(bot: Bot) -> None:
    """Also two within one second; the same edit once more is the same thing."""
    keys = [
        wrote_key(bot, text="一"),
        edited(bot, text="二").key,
        edited(bot, text="三").key,
        edited(bot, text="二", edit_date=1_780_000_010).key,
    ]
    assert len(set(keys)) == 4
    assert edited(bot, text="三").key == keys[2]


def wrote_key(bot: Bot, **content: Any) -> str:
    found = wrote(bot, **content)
    assert found
    return found.key


def test_an_edit_that_says_the_same(bot: Bot) -> None:
    first = wrote(bot, text="一")
    assert first
    assert edited(bot, text="一", link_preview_options={"url": "https://example.org"}).says == first.says
    assert edited(bot, text="二").says != first.says


def test_an_edited_caption_and_another_file(bot: Bot) -> None:
    paper = {"file_id": "d", "file_unique_id": "u", "file_name": "一.pdf"}
    found = edited(bot, document=paper, caption="证书")
    assert found.sent
    assert (found.what, found.text, found.sent.name, found.amends) == ("file", "证书", "一.pdf", "42:m5")
    other = edited(bot, document=paper | {"file_unique_id": "w"}, caption="证书")
    assert found.key != other.key
    assert found.says != other.says
    assert found.says != edited(bot, document=paper, caption="荣誉证书").says


def test_an_edit_into_a_command_is_a_command(bot: Bot) -> None:
    found = edited(bot, text="/back")
    assert (found.what, found.text, found.amends) == ("command", "back", "")


def test_a_file_that_replies(bot: Bot) -> None:
    found = wrote(bot, photo=[{**JPEG, "file_id": "l"}], reply_to_message=message(text="x", message_id=3))
    assert found and (found.what, found.amends) == ("file", "42:m3")


def test_blocking_and_coming_back(bot: Bot) -> None:
    found = read(membership(PRIVATE, "member", "kicked"), bot)
    assert found and found.what == "blocked"
    found = read(membership(PRIVATE, "kicked", "member"), bot)
    assert found and found.what == "unblocked"


# What cannot be read


READABLE_IN_PART: list[tuple[dict[str, Any], str, str]] = [
    ({"text": "壮族", "entities": [{"type": "bold"}]}, "text", "壮族"),
    ({"text": "壮族", "reply_to_message": {"message_id": 3}}, "text", "壮族"),
    ({"text": "壮族", "quote": {"position": "x"}, "forward_origin": {"type": "ether"}}, "text", "壮族"),
    ({"text": {"a": 1}}, "other", "unknown"),
    ({"text": 17}, "other", "unknown"),
    ({"photo": [{}]}, "other", "unknown"),
    ({"photo": []}, "other", "unknown"),
    ({"document": {}, "caption": "证书"}, "other", "unknown"),
]


@pytest.mark.parametrize(("content", "what", "text"), READABLE_IN_PART, ids=range(len(READABLE_IN_PART)))
@pytest.mark.parametrize("kind", ["message", "edited_message"])
def test_of_a_message_that_counts_what_can_be_read(
    bot: Bot, kind: str, content: dict[str, Any], what: str, text: str
) -> None:
    found = read(update(**{kind: message(**content)}), bot)
    assert found and (found.what, found.text) == (what, text)


def test_a_press_on_a_message_that_cannot_be_read(bot: Bot) -> None:
    query = {"id": "9", "from": ANNA, "chat_instance": "1", "data": "7.abc", "message": {"message_id": "?"}}
    found = read(update(callback_query=query), bot)
    assert found and (found.what, found.text, found.chat, found.message) == ("press", "7.abc", 7, None)


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
        {"update_id": 1, "message": {**message(text="x"), "from": {"id": 7}}},
        {"update_id": 1, "my_chat_member": {**membership(PRIVATE, "left", "member"), "date": "x"}},
        {"update_id": 10**30, "poll": {"id": "1"}},
    ],
)
def test_bad_updates_are_nothing_and_raise_nothing(bot: Bot, raw: Any) -> None:
    assert read(raw, bot) is None


def test_lone_surrogates_and_controls_come_through_as_they_are(bot: Bot) -> None:
    found = wrote(bot, text="a\ud800\x00b")
    assert found is None or found.text == "a\ud800\x00b"
