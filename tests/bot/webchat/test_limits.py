"""What a door bears: bodies that unpack, networks that bring a thousand, lines full of junk, heads that never end."""

from __future__ import annotations

import asyncio
import gzip
import json
import zlib
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import pytest
from aiohttp import ClientSession, WSMsgType
from aiohttp.test_utils import TestServer
from multidict import CIMultiDict
from structlog.testing import capture_logs

from bot.house.conversation import Conversation
from bot.webchat.policy import Pace
from bot.webchat.refusal import Refusal
from storage.files import NoRoom
from tests.bot.webchat.caller import HOME, Caller, Line
from tests.bot.webchat.test_files import PHOTO, begun

ZEROS = gzip.compress(bytes(4_000_000))


# Bodies stay as they were sent


async def test_what_would_unpack_is_refused_in_words(caller: Caller) -> None:
    await begun(caller)
    for encoding in ("gzip", "deflate", "br", "GZip", "identity, gzip", "x-gzip", "zstd", "nonsense"):
        body = zlib.compress(bytes(4_000_000)) if encoding == "deflate" else ZEROS
        for path in ("/files", "/resume", "/resume/code", "/nowhere"):
            headers = {"Content-Encoding": encoding, "X-File-Name": "a.jpg"}
            with capture_logs() as logs:
                refused = await caller.post(path, data=body, headers=headers)
            assert refused.status == 415, (path, encoding)
            assert "压缩" in (await refused.json())["say"]["zh"]
            assert logs == []


async def test_broken_gzip_is_refused_as_any(caller: Caller, caplog: pytest.LogCaptureFixture) -> None:
    await begun(caller)
    headers = {"Content-Encoding": "gzip", "X-File-Name": "a.jpg"}
    for body in (b"\x1f\x8b broken", ZEROS[:100], b"", b"x"):
        assert (await caller.post("/files", data=body, headers=headers)).status == 415
    assert not caplog.records


async def test_a_look_may_not_carry_one_either(caller: Caller) -> None:
    await caller.get("/")
    assert (await caller.get("/", data=ZEROS, headers={"Content-Encoding": "gzip"})).status == 415
    plain = await caller.sends("a.jpg", b"x")
    assert (await plain.json())["error"] == "not_begun"
    same = await caller.post("/resume/code", headers={"Content-Encoding": "identity"})
    assert (await same.json())["error"] == "no_case"


async def test_all_lines_of_the_header_are_read(caller: Caller) -> None:
    await caller.get("/")
    headers = CIMultiDict([("Content-Encoding", "identity"), ("Content-Encoding", "gzip"), ("Origin", HOME)])
    async with caller._session.post("/resume/code", headers=headers, data=ZEROS) as refused:
        assert refused.status == 415


async def raw(server: TestServer, *parts: bytes, ends: bool = True) -> bytes:
    """What the server answers to bytes as they are, until it closes the line."""
    reader, writer = await asyncio.open_connection(server.host, server.port)
    for part in parts:
        writer.write(part)
        await writer.drain()
    if ends:
        writer.write_eof()
    async with asyncio.timeout(20):
        answer = await reader.read()
    writer.close()
    return answer


async def test_a_body_shorter_than_announced_is_not_acknowledged(
    server: TestServer, caller: Caller, tmp_path: Path
) -> None:
    await begun(caller)
    content = PHOTO.read_bytes()
    head = (
        "POST /files HTTP/1.1\r\nHost: x\r\nOrigin: " + HOME + f"\r\nCookie: {caller.cookie}\r\n"
        f"X-File-Name: a.jpg\r\nContent-Length: {len(content) + 10}\r\n\r\n"
    )
    assert b"201" not in await raw(server, head.encode(), content)
    for _ in range(200):  # the server learns of it in its own time
        left = [path for path in (tmp_path / "files").rglob("*") if path.is_file()]
        if not left:
            break
        await asyncio.sleep(0.02)
    assert left == []


async def test_a_full_disk_is_told_as_ours(
    caller: Caller, conversation: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    await begun(caller)

    async def full(*_: object) -> None:
        raise NoRoom

    monkeypatch.setattr(conversation, "receive", full)
    refused = await caller.sends("a.jpg", PHOTO.read_bytes())
    assert refused.status == 507
    assert "不是您的文件有问题" in (await refused.json())["say"]["zh"]


# Newcomers


async def test_a_thousand_sessions_fill_no_table_and_keep_nobody_out(
    opens: Any, conversation: Conversation
) -> None:
    server = await opens(
        newcomers=Pace(20, 0.01),
        new_sessions=Pace(60, 0.01),
        connects=Pace(20, 30),
        address_factor=5,
        heartbeat=3600,  # nobody reads the open line meanwhile
    )
    async with Caller(server) as known, AsyncExitStack() as stack:
        line = await begun(known)
        session = await stack.enter_async_context(ClientSession(server.make_url("/")))
        outcomes: dict[str, int] = {}
        for number in range(1000):
            headers = {"Origin": HOME, "Cookie": f"__Host-jiangjian={number:043d}"}
            stranger = await session.ws_connect("/chat", headers=headers)
            heard = json.loads((await stranger.receive(timeout=20)).data)
            if "error" not in heard:
                agree = next(b for b in heard["screen"]["buttons"] if b["label"].startswith("同意"))
                await stranger.send_json({"id": str(uuid4()), "choice": agree["token"]})
                heard = json.loads((await stranger.receive(timeout=20)).data)
            else:
                closed = await stranger.receive(timeout=20)
                assert (closed.type, closed.data) == (WSMsgType.CLOSE, 4429)
            what = heard.get("error", "began")
            outcomes[what] = outcomes.get(what, 0) + 1
            await stranger.close()
        assert outcomes["began"] <= 20, outcomes
        assert outcomes["crowded"] > 0, outcomes
        assert set(outcomes) <= {"began", "crowded", "too_fast"}, outcomes
        # Whoever had begun at the same address goes on, on the line that is open and on a new one.
        assert (await line.presses("个人自主申报"))["screen"]
        again = await known.connects()
        assert (await again.says(text="是"))["screen"]
        assert (await known.sends("a.jpg", PHOTO.read_bytes())).status == 201


async def test_who_is_refused_is_told_so_and_when_to_come_back(opens: Any) -> None:
    server = await opens(newcomers=Pace(1, 0.1))
    async with Caller(server) as first, Caller(server) as second:
        await begun(first)
        line = await second.connects()
        refused = await line.presses("同意")
        assert refused["error"] == "crowded"
        assert 0 < refused["retry"] <= 600
        assert "已经开始填的人不受影响" in refused["say"]["zh"]
        assert "请过10分钟再来" in refused["say"]["zh"]
        assert line.screen == (await line.says())["screen"], "who only looks is shown the door as before"


async def test_looking_and_saying_no_count_for_nobody(opens: Any) -> None:
    server = await opens(newcomers=Pace(1, 1))
    async with Caller(server) as first, Caller(server) as second:
        undecided = await first.connects()
        for _ in range(3):
            await undecided.presses("不同意")
            await undecided.says()
        assert "screen" in await (await second.connects()).presses("同意")


async def test_newcomers_of_one_network_store_so_much(opens: Any) -> None:
    content = PHOTO.read_bytes()
    server = await opens(newcomers_bytes=Pace(int(2.5 * len(content)), 0.001))
    async with Caller(server) as first, Caller(server) as second:
        await begun(first)
        await begun(second)

        async def streamed() -> AsyncIterator[bytes]:
            yield content

        assert (await (await first.sends("", content)).json())["error"] == "bad_request"
        assert (await first.sends("a.jpg", content)).status == 201
        assert (await second.sends("a.jpg", streamed())).status == 201
        for body in (content, streamed()):
            refused = await second.sends("a.jpg", body)
            assert refused.status == 429
            assert (await refused.json())["error"] == "crowded_files"
        assert (await second.sends("b.jpg", content[: len(content) // 4])).status == 201


async def test_who_came_long_ago_is_no_newcomer(opens: Any) -> None:
    server = await opens(newcomers_bytes=Pace(1, 1), newcomer_hours=0)
    async with Caller(server) as someone:
        await begun(someone)
        assert (await someone.sends("a.jpg", PHOTO.read_bytes())).status == 201


# Lines


async def test_a_line_full_of_junk_is_closed_with_a_code_of_its_own(caller: Caller) -> None:
    line = await caller.connects()
    for _ in range(10):
        await line.socket.send_str("junk")
    for _ in range(10):
        assert (await line.hears())["error"] == "bad_request"
    closed = await line.socket.receive()
    assert (closed.type, closed.data) == (WSMsgType.CLOSE, 4400)


async def test_every_frame_counts(opens: Any) -> None:
    server = await opens(messages=Pace(5, 1), junk=10_000)
    for kind in ("pings", "own pings", "junk"):
        async with Caller(server) as caller:
            await floods(await caller.connects(), kind)


async def floods(line: Line, kind: str) -> None:
    """Send sixty frames at once: the line is closed."""
    for number in range(60):
        try:
            if kind == "pings":
                await line.socket.ping()
            elif kind == "own pings":
                await line.socket.send_json({"ping": number})
            else:
                await line.socket.send_str("junk")
        except ConnectionError:
            break
    while (heard := await line.socket.receive(timeout=10)).type is WSMsgType.TEXT:
        pass
    assert line.socket.close_code == 4429, heard


async def test_a_page_that_pings_now_and_then_is_answered(caller: Caller) -> None:
    line = await caller.connects()
    for number in range(20):
        await line.socket.send_json({"ping": number})
        assert await line.hears() == {"pong": number}


async def test_a_head_that_never_ends_closes_the_line(opens: Any) -> None:
    server = await opens(idle=0.3)
    assert await raw(server, b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ", ends=False) == b""
    assert await raw(server, ends=False) == b""
    # The next request's head on a line that has been used is waited for no longer.
    used = await raw(server, b"GET / HTTP/1.1\r\nHost: x\r\n\r\nGET / HT", ends=False)
    assert used.startswith(b"HTTP/1.1 200")
    async with Caller(server) as caller:
        line = await caller.connects()
        await asyncio.sleep(0.6)
        assert (await line.says())["screen"], "a conversation is no idle line"


async def test_a_small_body_that_stalls_is_given_up(opens: Any) -> None:
    async def stalls() -> AsyncIterator[bytes]:
        yield b'{"code":'
        await asyncio.sleep(5)

    async with Caller(await opens(upload_patience=0.2)) as caller:
        await caller.get("/")
        assert (await caller.post("/resume/code", data=stalls())).status == 408


async def test_an_upgrade_is_seen_in_every_connection_header(opens: Any) -> None:
    server = await opens(idle=0.5)
    for lines in (["keep-alive", "Upgrade"], ["keep-alive, upgrade"], ["close"], []):
        head = "".join(f"Connection: {line}\r\n" for line in lines).encode()
        answer = await raw(
            server,
            b"GET /chat HTTP/1.1\r\nHost: x\r\nOrigin: https://evil.example\r\nUpgrade: websocket\r\n"
            b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" + head + b"\r\n",
            ends=False,
        )
        assert answer.startswith(b"HTTP/1.1 403"), (lines, answer[:200])


# Paces


async def test_whoever_is_too_fast_is_told_when_to_try_again(opens: Any) -> None:
    one = Pace(1, 2)
    server = await opens(uploads=one, documents=one, previews=one, codes=one)
    asks = {
        "/files": lambda caller: caller.sends("a.jpg", PHOTO.read_bytes()),
        "/files/x": lambda caller: caller.get("/files/x"),
        "/documents": lambda caller: caller.get("/documents/application.pdf"),
        "/resume/code": lambda caller: caller.post("/resume/code"),
    }
    async with Caller(server) as caller:
        await begun(caller)
        for path, ask in asks.items():
            await ask(caller)
            refused = await ask(caller)
            assert refused.status == 429, path
            seconds = int(refused.headers["Retry-After"])
            assert 0 < seconds <= 30, path
            told = await refused.json()
            assert (told["error"], told["retry"]) == ("too_fast", seconds), path
            assert f"请过{seconds}秒再试" in told["say"]["zh"], path


@pytest.mark.parametrize(
    ("seconds", "zh", "en"),
    [
        (0, "过一会儿再试", "in a moment"),
        (1, "过1秒再试", "in 1 s"),
        (59, "过59秒再试", "in 59 s"),
        (60, "过1分钟再试", "in 1 min"),
        (61, "过2分钟再试", "in 2 min"),
        (3600, "过60分钟再试", "in 60 min"),
        (3601, "过2小时再试", "in 2 h"),
    ],
)
def test_how_long_to_wait_is_told_and_never_too_short(seconds: int, zh: str, en: str) -> None:
    refusal = Refusal("too_fast", retry=seconds)
    assert zh in refusal.chinese
    assert en in refusal.english


# Looks


async def test_previews_are_kept_by_the_browser_and_paced(opens: Any) -> None:
    async with Caller(await opens(previews=Pace(3, 1))) as caller:
        await begun(caller)
        file = (await (await caller.sends(quote("照片.jpg"), PHOTO.read_bytes())).json())["file"]
        first = await caller.get(f"/files/{file}")
        tag = first.headers["ETag"]
        again = await caller.get(f"/files/{file}", headers={"If-None-Match": tag})
        assert (again.status, await again.read(), again.headers["ETag"]) == (304, b"", tag)
        assert again.headers["Cache-Control"] == "private, no-cache"
        await caller.get(f"/files/{file}")
        refused = await caller.get(f"/files/{file}")
        assert refused.status == 429


async def test_what_a_browser_keeps_of_another_is_not_confirmed(caller: Caller, other: Caller) -> None:
    await begun(caller)
    await begun(other)
    file = (await (await caller.sends("a.jpg", PHOTO.read_bytes())).json())["file"]
    tag = (await caller.get(f"/files/{file}")).headers["ETag"]
    assert (await other.get(f"/files/{file}", headers={"If-None-Match": tag})).status == 404


async def test_a_look_leaves_the_queue_with_its_line(
    caller: Caller, conversation: Conversation, crew: Any
) -> None:
    await begun(caller)
    files = [
        (await (await caller.sends("a.jpg", PHOTO.read_bytes() + bytes([number]))).json())["file"]
        for number in range(8)
    ]
    looks = [asyncio.create_task(caller.get(f"/files/{file}")) for file in files]
    while not len(crew._queue):  # noqa: ASYNC110 - nothing tells of it
        await asyncio.sleep(0.002)
    for look in looks:
        look.cancel()
    await asyncio.gather(*looks, return_exceptions=True)
    for _ in range(200):
        if not len(crew._queue):
            break
        await asyncio.sleep(0.01)
    assert not len(crew._queue)
