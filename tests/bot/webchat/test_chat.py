"""The conversation over the WebSocket."""

from __future__ import annotations

import json
import re
from typing import Any
from uuid import uuid4

import pytest
from aiohttp import WSMsgType
from structlog.testing import capture_logs

from bot.house.conversation import Conversation
from bot.webchat.policy import Pace
from tests.bot.webchat.caller import Caller


async def test_the_first_word_is_the_screen(caller: Caller) -> None:
    await caller.get("/")
    line = await caller.connects()
    assert [part["tone"] for part in line.screen["parts"]] == ["say", "note", "ask"]
    assert {"label": "同意，开始", "style": "primary"}.items() <= line.screen["buttons"][0].items()


async def test_an_answer_is_echoed_and_counted(caller: Caller) -> None:
    line = await caller.connects()
    await line.begins()
    heard = await line.presses("个人自主申报")
    assert heard["screen"]["echo"] == "✓ 推荐方式：个人自主申报"
    assert line.asked == "in_area"
    assert line.screen["progress"]["all_done"] == 1


async def test_a_message_sent_again_counts_once(caller: Caller) -> None:
    line = await caller.connects()
    await line.begins()
    token = next(b["token"] for b in line.screen["buttons"] if b["label"] == "单位推荐")
    message = {"id": str(uuid4()), "choice": token}
    await line.socket.send_json(message)
    first = await line.hears()
    await line.socket.close()
    again = await caller.connects()
    await again.socket.send_json(message)
    second = await again.hears()
    assert first["for"] == second["for"] == message["id"]
    assert first["screen"]["asks"] == second["screen"]["asks"]
    assert "那一步已经过去了" not in json.dumps(second, ensure_ascii=False)


async def test_the_same_id_of_another_person_is_another_message(caller: Caller, other: Caller) -> None:
    mine, theirs = await caller.connects(), await other.connects()
    shared = str(uuid4())
    for line in (mine, theirs):
        token = line.screen["buttons"][0]["token"]
        await line.socket.send_json({"id": shared, "choice": token})
        assert "请选要申报的项目" in json.dumps(await line.hears(), ensure_ascii=False)


async def test_the_other_tab_sees_it_too(caller: Caller) -> None:
    first, second = await caller.connects(), await caller.connects()
    await first.begins()
    seen = [await second.hears(), await second.hears()]
    assert [list(message) for message in seen] == [["screen"], ["screen"]]
    assert seen[-1]["screen"] == first.screen
    # What the other tab shows now can be pressed there.
    second.screen = seen[-1]["screen"]
    await second.presses("单位推荐")
    assert second.screen["echo"]


async def test_looking_again_disturbs_no_other_tab(caller: Caller) -> None:
    first, second = await caller.connects(), await caller.connects()
    await first.says()
    await first.presses("同意")
    assert "请选要申报的项目" in json.dumps(await second.hears(), ensure_ascii=False)


async def test_beyond_the_limit_the_oldest_tab_closes(opens: Any) -> None:
    async with Caller(await opens(sockets_per_session=2)) as caller:
        lines = [await caller.connects() for _ in range(3)]
        closed = await lines[0].socket.receive()
        assert (closed.type, closed.data) == (WSMsgType.CLOSE, 4408)
        assert (await lines[2].says())["screen"]


GARBLED = [
    "",
    "{",
    "[]",
    "null",
    '"text"',
    "[" * 20_000,
    json.dumps({"text": "no id"}),
    json.dumps({"id": "not-a-uuid", "text": "x"}),
    json.dumps({"id": 5, "text": "x"}),
    json.dumps({"id": str(uuid4()), "text": 5}),
    json.dumps({"id": str(uuid4()), "text": None}),
    json.dumps({"id": str(uuid4()), "text": "a", "choice": "b"}),
    *(
        json.dumps({"id": str(uuid4()), **said, **meant})
        for said, meant in (
            ({"text": "x"}, {"question": "name", "revision": "3"}),
            ({"text": "x"}, {"question": "name", "revision": True}),
            ({"text": "x"}, {"question": "name", "revision": -1}),
            ({"text": "x"}, {"question": "name", "revision": 1.5}),
            ({"text": "x"}, {"question": "name"}),
            ({"text": "x"}, {"question": "name", "revision": None}),
            ({"text": "x"}, {"revision": 3}),
            ({"text": "x"}, {"question": None, "revision": 3}),
            ({"text": "x"}, {"question": ["name"], "revision": 3}),
            ({"text": "x"}, {"question": "姓名", "revision": 3}),
            ({"text": "x"}, {"question": "Name", "revision": 3}),
            ({"file": "x"}, {"question": "name\n", "revision": 3}),
            ({"file": "x"}, {"question": "n" * 65, "revision": 3}),
            ({"choice": "3.abc"}, {"question": "name", "revision": 3}),
            ({}, {"question": "name", "revision": 3}),
        )
    ),
    json.dumps({"id": str(uuid4()), "choice": "x" * 200}),
    json.dumps({"id": str(uuid4()), "file": {"file": "x"}}),
    json.dumps({"id": str(uuid4()), "text": "\ud800"}),
]


@pytest.mark.parametrize("said", GARBLED, ids=range(len(GARBLED)))
async def test_garbled_messages_are_refused_in_words(caller: Caller, said: str) -> None:
    line = await caller.connects()
    await line.socket.send_str(said)
    heard = await line.hears()
    assert heard["error"] == "bad_request"
    assert heard["say"]["zh"]
    assert heard["say"]["en"]
    await line.presses("同意")
    assert "请选要申报的项目" in line.text


async def test_a_text_for_a_question_that_moved_on_is_not_its_answer(caller: Caller) -> None:
    first, second = await caller.connects(), await caller.connects()
    await first.begins()
    second.screen = (await second.hears(), await second.hears())[1]["screen"]
    meant = second.screen["revision"]
    await first.presses("个人自主申报")
    await second.hears()
    refused = await second.says(text="单位推荐", question="route", revision=meant)
    assert refused["error"] == "moved_on"
    assert "没有记下" in refused["say"]["zh"]
    assert second.asked == "in_area"
    assert second.screen == (await second.says())["screen"]
    taken = {"id": str(uuid4()), "text": "是", **second.meant}
    for _ in range(2):  # sent again after its receipt was lost, it is no text of yesterday
        await second.socket.send_json(taken)
        assert (await second.hears())["screen"]["asks"]["question"] == "trade"


async def test_a_command_means_the_same_at_every_question(caller: Caller) -> None:
    line = await caller.connects()
    await line.begins()
    for command, shown in (("/review", "summary"), ("/verdicts", ""), ("/papers", ""), ("/mine", "您的申报")):
        before = line.screen
        await line.says(text=command)
        assert line.screen != before
        assert not line.asked
        assert shown in json.dumps(line.screen["parts"], ensure_ascii=False)
        await line.says(text="/back")
        assert line.asked == "route"


async def test_a_screen_says_whose_it_is_and_nothing_else(caller: Caller, other: Caller) -> None:
    line = await caller.connects()
    assert line.screen["who"] == ""
    await line.presses("同意")
    who = line.screen["who"]
    assert re.fullmatch("[0-9a-f]{16}", who)
    await line.presses("2026年“南宁工匠”")
    await line.says(text="/mine")
    assert line.screen["who"] == who
    # Another application of the same person, another person.
    await line.presses("另填一份")
    another = line.screen["who"]
    assert another[:8] == who[:8]
    assert another[8:] != who[8:]
    theirs = await other.connects()
    await theirs.presses("同意")
    assert theirs.screen["who"][:8] != who[:8]


async def test_a_language_holds_before_anything_is_kept(caller: Caller) -> None:
    line = await caller.connects()
    await line.presses("English")
    agree = next(b["token"] for b in line.screen["buttons"] if b["style"] == "primary")
    looked = await line.says(locale="en")
    assert looked["screen"]["locale"] == "en"
    assert (await line.says(locale="klingon"))["screen"]["locale"] == "zh"
    await line.says(choice=agree, locale="en")
    assert line.screen["locale"] == "en"
    assert (await caller.connects()).screen["locale"] == "en"


async def test_a_text_that_is_too_long_is_told_how_long_it_may_be(caller: Caller) -> None:
    line = await caller.connects()
    refused = await line.says(text="x" * 12_001)
    assert refused["error"] == "too_long"
    assert "12000" in refused["say"]["zh"]
    assert "12000" in refused["say"]["en"]


async def test_a_message_beyond_all_size_closes_the_line(caller: Caller) -> None:
    line = await caller.connects()
    await line.socket.send_str(json.dumps({"id": str(uuid4()), "text": "长" * 30_000}, ensure_ascii=False))
    assert (await line.socket.receive()).type is WSMsgType.CLOSE
    assert line.socket.close_code == 1009


async def test_only_words_are_spoken(caller: Caller) -> None:
    line = await caller.connects()
    await line.socket.send_bytes(b"{}")
    assert (await line.socket.receive()).type in (WSMsgType.CLOSE, WSMsgType.CLOSED)


async def test_ping_is_answered_without_a_turn(caller: Caller) -> None:
    line = await caller.connects()
    await line.socket.send_json({"ping": 7})
    assert await line.hears() == {"pong": 7}


async def test_too_many_messages_are_asked_to_wait(opens: Any) -> None:
    async with Caller(await opens(messages=Pace(3, 60))) as caller:
        line = await caller.connects()
        await line.says()
        await line.says()
        refused = await line.says(text="你好")
        assert refused["error"] == "too_fast"
        assert refused["retry"] == 1


async def test_a_fault_tells_nothing_of_what_was_said(
    caller: Caller, conversation: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = await caller.connects()
    private = "4501" + "03198109129970"

    async def fails(*_: object, **__: object) -> None:
        raise RuntimeError(private)

    with capture_logs() as logs:
        monkeypatch.setattr(conversation, "take", fails)
        heard = await line.says(text=private)
        monkeypatch.undo()
    assert heard["error"] == "broken"
    assert private not in json.dumps(heard) + str(logs)
    assert logs[0]["event"] == "web.turn_failed"
    assert logs[0]["error"] == "RuntimeError"
    assert (await line.says())["screen"]
