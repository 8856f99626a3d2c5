"""What is kept of a person, over HTTP: the copy as a download, deletion at every tab, the story page by page."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from aiohttp.test_utils import TestServer

from bot.webchat.policy import Pace
from forms.library import BUILT_IN
from tests.bot.webchat.caller import Caller, Line
from tests.bot.webchat.conftest import Opens

SCAN = BUILT_IN / "_shared" / "files" / "certificate.jpg"
GONE = "您的全部内容已经按您的要求删除了"


async def opened(caller: Caller) -> zipfile.ZipFile:
    response = await caller.get("/documents/mydata.zip")
    assert response.status == 200
    content = await response.read()
    assert response.content_length == len(content)
    assert response.content_type == "application/zip"
    assert "attachment" in response.headers["Content-Disposition"]
    assert "no-store" in response.headers["Cache-Control"]
    archive = zipfile.ZipFile(io.BytesIO(content))
    assert archive.testzip() is None
    return archive


async def joined(caller: Caller, other: Caller, lines: int) -> list[Line]:
    """Another browser of the same person, with some tabs."""
    code = (await (await caller.post("/resume/code")).json())["code"]
    coming = await other.connects()
    await coming.says(text=f"/resume {code}")
    await coming.presses("是我的")
    await coming.socket.close()
    return [await other.connects() for _ in range(lines)]


async def test_the_copy_is_offered_in_the_conversation_and_downloads(caller: Caller) -> None:
    line = await caller.connects()
    await line.begins()
    response = await caller.sends("证书.jpg", SCAN.read_bytes())
    file = (await response.json())["file"]
    await line.says(text="我的数据")
    (card,) = line.screen["cards"]
    assert (card["document"], card["format"], card["filename"]) == ("mydata", "zip", "我的全部内容.zip")
    archive = await opened(caller)
    assert archive.read(f"files/{file[:12]}-证书.jpg") == SCAN.read_bytes()
    told = json.loads(archive.read("everything.json"))
    assert told["interviews"][0]["programme"] == "nanning-2026"


async def test_a_copy_before_a_programme_is_chosen(caller: Caller) -> None:
    line = await caller.connects()
    await line.presses("同意")
    await line.says(text="/mydata")
    assert line.screen["cards"]
    assert (await opened(caller)).namelist() == ["everything.json"]


async def test_nobody_gets_what_is_not_theirs(caller: Caller, other: Caller) -> None:
    line = await caller.connects()
    await line.begins()
    await other.get("/")
    assert (await other.get("/documents/mydata.zip")).status == 404
    other.cookie = ""
    assert (await other.get("/documents/mydata.zip")).status == 401
    assert (await other.get("/story")).status == 401


async def test_copies_have_the_pace_of_documents(opens: Opens) -> None:
    server = await opens(documents=Pace(1, 1))
    async with Caller(server) as caller:
        line = await caller.connects()
        await line.begins()
        await opened(caller)
        assert (await caller.get("/documents/mydata.zip")).status == 429


@pytest.mark.parametrize("words", ["/delete", "/mydata", "/privacy", "删除我的资料", "delete my data"])
async def test_typed_at_a_question_they_are_no_answer(caller: Caller, words: str) -> None:
    line = await caller.connects()
    await line.begins()
    asked, revision = line.asked, line.screen["revision"]
    assert asked
    await line.says(text=words, question=asked, revision=revision)
    assert not line.screen["asks"]
    assert not line.screen["echo"]
    button = next(b for b in line.screen["buttons"] if b["label"] in ("返回", "不删，返回"))
    await line.says(choice=button["token"])
    assert line.asked == asked
    assert line.screen["progress"]["all_done"] == 0


async def test_deleting_tells_every_tab_of_every_session(caller: Caller, other: Caller) -> None:
    first = await caller.connects()
    await first.begins()
    elsewhere = await joined(caller, other, lines=2)
    assert await first.hears() == {"changed": True}, "that somebody joined"
    await first.socket.close()
    line, second = await caller.connects(), await caller.connects()
    await line.says(text="删除我的全部内容")
    assert (await second.hears())["screen"]["parts"]
    button = next(b for b in line.screen["buttons"] if b["style"] == "danger")
    await line.says(choice=button["token"])
    assert line.text.startswith(GONE)
    assert line.screen["who"] == ""
    told = (await second.hears())["screen"]
    assert told["parts"][0]["text"].startswith(GONE)
    for tab in elsewhere:
        assert await tab.hears() == {"changed": True}
        await tab.says()
        assert tab.text.startswith(GONE)
        assert tab.screen["who"] == ""
    assert (await caller.get("/documents/mydata.zip")).status == 404
    assert (await (await caller.get("/story")).json())["entries"] == []


async def test_the_story_comes_in_pages_from_the_question_on_screen_backwards(
    server: TestServer, caller: Caller
) -> None:
    line = await caller.connects()
    assert await (await caller.get("/story")).json() == {"entries": [], "earlier": None}
    await line.begins()
    assert (await (await caller.get("/story")).json())["entries"] == []
    await line.presses("单位")
    for _ in range(3):
        await line.presses(line.screen["buttons"][0]["label"])
    told = await (await caller.get(f"/story?before={line.asked}")).json()
    assert told["earlier"] is None
    assert len(told["entries"]) == line.screen["progress"]["all_done"]
    first = told["entries"][0]
    assert first["section"]
    assert first["ask"]
    assert first["label"] == "推荐方式"
    assert "单位" in first["value"]
    await line.says(choice=first["edit"]["token"])
    assert line.asked == "route"
    assert (await (await caller.get("/story?before=route")).json())["entries"] == []


@pytest.mark.parametrize("before", ["x" * 65, "<script>", "名字", "../etc"])
async def test_a_place_in_the_story_that_makes_no_sense(caller: Caller, before: str) -> None:
    line = await caller.connects()
    await line.begins()
    assert (await caller.get("/story", params={"before": before})).status == 400
