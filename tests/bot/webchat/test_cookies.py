"""The cookie, the headers, the origin."""

from __future__ import annotations

import re

import pytest
from aiohttp import WSServerHandshakeError
from aiohttp.test_utils import TestServer
from multidict import CIMultiDict

from bot.webchat.policy import Policy
from tests.bot.webchat.caller import HOME, Caller

FOREIGN = [
    None,
    "",
    "null",
    "https://evil.example",
    "https://jiangjian.example.evil.example",
    "https://evil.example/https://jiangjian.example",
    "http://jiangjian.example",
    "https://jiangjian.example:8443",
    "https://jiangjian.example/",
    "https://www.jiangjian.example",
    "https://user@jiangjian.example",
    "HTTPS://JIANGJIAN.EXAMPLE",
]
ACTING = ["/files", "/resume/code"]


async def test_the_cookie_over_https(caller: Caller) -> None:
    page = await caller.get("/")
    cookie = page.headers["Set-Cookie"]
    assert re.match(r"__Host-jiangjian=[A-Za-z0-9_-]{43}; ", cookie)
    for flag in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/", "Max-Age="):
        assert flag in cookie
    assert "Domain" not in cookie


async def test_the_cookie_over_http(opens: object) -> None:
    server = await opens(public_url="http://localhost:8080")
    async with Caller(server) as caller:
        cookie = (await caller.get("/")).headers["Set-Cookie"]
    assert cookie.startswith("jiangjian=")
    assert "Secure" not in cookie
    assert "HttpOnly" in cookie


async def test_a_cookie_is_renewed_and_not_changed(caller: Caller) -> None:
    await caller.get("/")
    given = caller.cookie
    await caller.get("/resume")
    assert caller.cookie == given


@pytest.mark.parametrize("planted", ["x", "a" * 42, "a" * 44, "ä" * 43, "../" * 14 + "a"])
async def test_a_cookie_of_another_shape_is_replaced(caller: Caller, planted: str) -> None:
    caller.cookie = f"__Host-jiangjian={planted}".encode().decode("latin-1")
    await caller.get("/")
    assert re.fullmatch(r"__Host-jiangjian=[A-Za-z0-9_-]{43}", caller.cookie)


async def test_two_browsers_are_two_people(caller: Caller, other: Caller) -> None:
    await (await caller.connects()).presses("同意")
    assert "请选要申报的项目" not in (await other.connects()).text


@pytest.mark.parametrize("path", ["/", "/resume", "/nowhere", "/static/x/main.js", "/files/abc", "/chat"])
async def test_security_headers_everywhere(caller: Caller, path: str) -> None:
    headers = (await caller.get(path)).headers
    policy = headers["Content-Security-Policy"]
    for rule in (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "wss://jiangjian.example",
    ):
        assert rule in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Strict-Transport-Security"]
    assert "camera=()" in headers["Permissions-Policy"]
    assert "Server" not in headers


@pytest.mark.parametrize("origin", FOREIGN)
async def test_whatever_acts_asks_for_our_origin(server: TestServer, origin: str | None) -> None:
    async with Caller(server, origin) as caller:
        await caller.get("/")
        for path in ACTING:
            refused = await caller.post(path)
            assert refused.status == 403, path
            assert (await refused.json())["error"] == "foreign_origin"
        with pytest.raises(WSServerHandshakeError) as closed:
            await caller.connects()
        assert closed.value.status == 403


@pytest.mark.parametrize("path", ACTING)
async def test_our_own_origin_may_act(caller: Caller, path: str) -> None:
    await caller.get("/")
    assert (await caller.post(path)).status != 403


async def test_two_origins_are_none(caller: Caller) -> None:
    await caller.get("/")
    both = CIMultiDict([("Origin", HOME), ("Origin", "https://evil.example"), ("Cookie", caller.cookie)])
    async with caller._session.post("/resume/code", headers=both) as refused:
        assert refused.status == 403


async def test_the_host_header_decides_nothing(caller: Caller) -> None:
    """DNS rebinding: the foreign page's Origin and Host agree with each other."""
    await caller.get("/")
    rebound = {"Host": "evil.example", "Origin": "https://evil.example"}
    assert (await caller.post("/resume/code", headers=rebound)).status == 403
    assert (await caller.post("/resume/code", headers={"Host": "evil.example"})).status == 409


def test_loopback_has_two_names() -> None:
    assert Policy(public_url="http://localhost:8080/").origins == {
        "http://localhost:8080",
        "http://127.0.0.1:8080",
    }
    assert Policy(public_url="https://Jiangjian.example:443").origins == {"https://jiangjian.example"}


async def test_without_a_session_nothing_is_given(caller: Caller) -> None:
    for path in (
        "/files/abc",
        "/documents/application.pdf",
        "/documents/application.pages",
        "/documents/application/1.jpg",
    ):
        assert (await caller.get(path)).status == 401
    for path in ("/files", "/resume/code"):
        refused = await caller.post(path, headers={"X-File-Name": "a.jpg"}, data=b"x")
        assert refused.status == 401
        assert (await refused.json())["say"]["zh"]
    socket = await caller._session.ws_connect("/chat", headers={"Origin": HOME})
    await socket.receive()
    assert socket.close_code == 4401
