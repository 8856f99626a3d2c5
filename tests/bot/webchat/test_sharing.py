"""Several people at one browser, over the wire: cookies that open nothing by themselves, and requests that are refused."""

from __future__ import annotations

from typing import Any

import pytest
from aiohttp.test_utils import TestServer

from bot.webchat.tabs import SOMEBODY_ELSE
from tests.bot.webchat.caller import HOME, Caller

BESIDE = "__Host-jiangjian-beside"


class Browser(Caller):
    """A browser that keeps both cookies."""

    def __init__(self, server: TestServer, origin: str | None = HOME) -> None:
        super().__init__(server, origin)
        self.cookies: dict[str, str] = {}

    def _keep(self, response: Any) -> None:
        self.cookies |= {name: morsel.value for name, morsel in response.cookies.items()}
        self.cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    async def changes(self, own: str = "", to: str = "", pin: str = "", **more: Any) -> tuple[int, Any]:
        answer = await self.post("/people", json={"to": to, "pin": pin, "own": own}, **more)
        return answer.status, await answer.json()

    async def people(self) -> Any:
        return await (await self.get("/people")).json()

    async def begins(self) -> str:
        """Agree and choose a programme; gives for whom the Screen is."""
        line = await self.connects()
        await line.begins()
        await line.socket.close()
        return str(line.screen["who"])

    async def who(self) -> str:
        line = await self.connects()
        await line.socket.close()
        return str(line.screen["who"])


@pytest.fixture
async def shared(server: TestServer) -> Any:
    async with Browser(server) as browser:
        yield browser


async def test_one_begins_beside_the_other_and_both_come_back(shared: Browser) -> None:
    anna = await shared.begins()
    assert await shared.changes("7391") == (200, {"left": True})
    assert await shared.who() == ""
    bert = await shared.begins()
    (other,) = (await shared.people())["others"]
    assert other["pin"] and other["name"] == "" and "南宁工匠" in other["programme"]
    assert (await shared.changes("2580", other["id"], "7391"))[0] == 200
    assert await shared.who() == anna
    (other,) = (await shared.people())["others"]
    assert (await shared.changes("7391", other["id"], "2580"))[0] == 200
    assert await shared.who() == bert


async def test_wrong_digits_change_nothing(shared: Browser) -> None:
    await shared.begins()
    await shared.changes("7391")
    bert = await shared.begins()
    (other,) = (await shared.people())["others"]
    before = dict(shared.cookies)
    status, told = await shared.changes("2580", other["id"], "7392")
    assert (status, told["error"]) == (403, "wrong_pin")
    assert shared.cookies == before and await shared.who() == bert


async def test_digits_are_locked_and_say_for_how_long(shared: Browser) -> None:
    await shared.begins()
    await shared.changes("7391")
    (other,) = (await shared.people())["others"]
    for _ in range(5):
        await shared.changes("", other["id"], "7392")
    status, told = await shared.changes("", other["id"], "7391")
    assert (status, told["error"], told["retry"]) == (429, "pin_locked", 900)
    assert "15分钟" in told["say"]["zh"]


async def test_a_handle_is_no_session(shared: Browser, server: TestServer) -> None:
    await shared.begins()
    session = shared.cookies["__Host-jiangjian"]
    await shared.changes("7391")
    async with Browser(server) as thief:
        for stolen in (shared.cookies[BESIDE], session):  # the session of before leads nowhere either
            thief.cookies = {"__Host-jiangjian": stolen}
            thief.cookie = f"__Host-jiangjian={stolen}"
            assert await thief.who() == ""
        thief.cookies = {"__Host-jiangjian": "x" * 43, BESIDE: shared.cookies[BESIDE]}
        thief.cookie = "; ".join(f"{name}={value}" for name, value in thief.cookies.items())
        (other,) = (await thief.people())["others"]
        assert (await thief.changes("", other["id"], "2580"))[0] == 403


async def test_an_answer_lost_on_the_way_loses_nobody(shared: Browser) -> None:
    anna = await shared.begins()
    before = dict(shared.cookies)
    await shared.changes("7391")
    shared.cookies = before  # the browser never heard it
    shared.cookie = "; ".join(f"{name}={value}" for name, value in before.items())
    assert await shared.changes("2580") == (200, {"left": False})
    (other,) = (await shared.people())["others"]
    assert (await shared.changes("", other["id"], "7391"))[0] == 200
    assert await shared.who() == anna


async def test_open_pages_of_whoever_gave_way_close(shared: Browser) -> None:
    await shared.begins()
    line = await shared.connects()
    await shared.changes("7391")
    closed = await line.socket.receive(timeout=10)
    assert closed.data == SOMEBODY_ELSE


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 400),
        ([], 400),
        ({"to": "", "pin": "", "own": 7391}, 400),
        ({"to": "", "pin": "", "own": "7" * 33}, 400),
        ({"to": "nobody", "pin": "7391", "own": ""}, 409),
        ({"to": "", "pin": "", "own": "1234"}, 400),
    ],
)
async def test_what_nobody_asks_is_refused(shared: Browser, body: Any, status: int) -> None:
    await shared.begins()
    assert (await shared.post("/people", json=body)).status == status


async def test_only_our_own_page_changes_people(server: TestServer) -> None:
    async with Browser(server, origin="https://elsewhere.example") as foreign:
        await foreign.get("/")
        assert (await foreign.changes("7391"))[0] == 403


async def test_the_cookie_of_others_is_kept_from_scripts(shared: Browser) -> None:
    await shared.begins()
    answer = await shared.post("/people", json={"to": "", "pin": "", "own": ""})
    for name in ("__Host-jiangjian", BESIDE):
        morsel = answer.cookies[name]
        assert (
            morsel["httponly"] and morsel["secure"] and morsel["samesite"] == "Lax" and morsel["path"] == "/"
        )


@pytest.mark.parametrize("spoiled", ["", ".", "....", "x", "x" * 43 + ".%00", ".".join(["y" * 43] * 50)])
async def test_a_spoiled_cookie_names_nobody(shared: Browser, spoiled: str) -> None:
    await shared.begins()
    shared.cookie += f"; {BESIDE}={spoiled}"
    assert (await shared.people())["others"] == []
