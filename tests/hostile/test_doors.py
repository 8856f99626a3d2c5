"""Forged presses, sessions, headers and links: whoever was given nothing gets nothing, and nothing is kept of it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from hashlib import sha256
from itertools import product
from pathlib import Path
from typing import Any, cast

import pytest
from aiohttp import WSServerHandshakeError
from aiohttp.test_utils import TestServer
from multidict import CIMultiDict

from bot.house.spelling import long_code, short_code
from dialogs.moves import VERBS
from dialogs.turn import Action
from forms.printing.workers import Workers
from storage import interviews
from storage.database import Database
from tests.bot.house.desk.bureau import Bureau
from tests.bot.house.invitees import asks, gathered, nominated
from tests.bot.house.test_coming_back import code_of, fills_a_little, texts
from tests.bot.household import House, Someone
from tests.bot.webchat.caller import HOME, Caller
from tests.bot.webchat.test_cookies import FOREIGN
from tests.bot.webchat.test_limits import raw

TABLES = ("person", "door", "interview", "case", "party", "file", "stay", "handed", "code", "seat")


@pytest.fixture
def house(database: Database, tmp_path: Path) -> House:
    return House(database, tmp_path / "files", cast("Workers", None))


async def kept(house: House, someone: Someone) -> dict[str, Any]:
    speaker = await house.database.run(
        lambda unit: interviews.speaker(unit, someone.channel, someone.address)
    )
    assert speaker
    return {"answers": speaker.state.answers, **{table: await house.rows(table) for table in TABLES}}


# Presses


def forged(someone: Someone) -> Iterator[str]:
    """Tokens of everything that could ever be pressed, at the revision on screen, but what is offered there."""
    offered = set(someone.screen.tokens())
    abouts = ("", "trade", "name", "self", "small", "expert 1", "go", "yes", "1", "zh", someone.address)
    for verb, about in product(sorted(VERBS), abouts):
        token = Action(verb, about).token(someone.screen.revision)
        if token not in offered:
            yield token


async def test_no_press_that_was_not_offered_does_anything(house: House) -> None:
    anna = Someone(house)
    await fills_a_little(anna)
    before, asked = await kept(house, anna), anna.asked
    for token in list(forged(anna)):
        await anna.take(choice=token)
        assert anna.asked == asked
    for token in (
        "",
        ".",
        "0.",
        "x.y",
        "-1.000000000000",
        "9" * 60,
        "\0",
        "1.menu",
        "🙂",
        "' OR 1=1",
        "ffffffff.ffffffffffff",
    ):
        await anna.take(choice=token)
    assert await kept(house, anna) == before


async def test_presses_of_another_s_screen_are_nobody_s(house: House) -> None:
    anna, bert = Someone(house), Someone(house, "bert")
    await fills_a_little(anna)
    await fills_a_little(bert)
    await bert.says("我的数据")
    before = await kept(house, anna)
    for token in bert.screen.tokens():
        await anna.take(choice=token)
    assert await kept(house, anna) == before


# Codes and links


async def test_guessed_links_open_nothing_and_leave_nothing_behind(house: House) -> None:
    anna = await nominated(Someone(gathered(house)))
    token = await asks(anna)
    desk = await Bureau(house).opens()
    seat = await house.database.run(
        lambda unit: house.conversation.staff.seating.invite(
            unit, desk.county, "clerk", "李姐", "test", house.now
        )
    )
    before = {table: await house.rows(table) for table in (*TABLES, "crossing", "notice")}
    real = re.search(r"[A-Za-z0-9_-]{43}", seat.link)
    assert real
    for mark, known in (("i_", token.removeprefix("i_")), ("s_", real[0])):
        guesses = {f"{known[:-1]}{char}" for char in "ABCDEFabcdef0123" if char != known[-1]} | {
            known.swapcase(),
            known[::-1],
            sha256(known.encode()).hexdigest()[:43],
            "_" * 43,
            known[:42],
            known + "A",
        }
        for number, guess in enumerate(sorted(guesses - {known})):
            stranger = Someone(house, f"stranger {number}")
            for spelled in (f"{mark}{guess}", f"https://x/{mark[0]}#{mark}{guess}", f"/start {mark}{guess}"):
                await stranger.says(spelled)
                assert not stranger.screen.who
                assert not any("是我" in button.label for button in stranger.screen.buttons), spelled
    # One kind of link is no other kind.
    for wrong in (f"s_{token.removeprefix('i_')}", f"i_{real[0]}"):
        stranger = Someone(house, "crossed")
        await stranger.says(wrong)
        assert not any("是我" in button.label for button in stranger.screen.buttons)
    assert {table: await house.rows(table) for table in (*TABLES, "crossing", "notice")} == before


async def test_codes_are_guessed_at_no_door_and_from_no_network_for_long(house: House) -> None:
    """Many doors of many networks: each is stopped at its own limit, and the right code is never the one locked."""
    anna = Someone(house)
    code = await fills_a_little(anna)
    tried = 0
    for network, door in product(("198.51.100.7", "203.0.113.9", "2001:db8:0:1"), range(14)):
        guesser = Someone(house, f"{network} {door}")
        for _ in range(6):
            guess = short_code() if door % 2 else long_code()
            said = texts(await guesser.take(text=f"恢复码 {guess}", network=network))
            tried += "这个码不对" in said
    assert tried == 3 * 60
    assert await house.rows("crossing") == 0
    elsewhere = Someone(house, "at home")
    await elsewhere.comes_with(code)
    assert elsewhere.screen.who


async def test_what_was_leaked_of_codes_opens_nothing(house: House) -> None:
    """Whoever reads the database alone has digests: given as codes, links or cookies they are nothing."""
    anna = Someone(house)
    await fills_a_little(anna)
    await code_of(anna)

    def dump(unit: Any) -> list[str]:
        from sqlalchemy import select

        from storage.tables import code, door

        return [
            *unit.connection.execute(select(code.c.digest)).scalars(),
            *unit.connection.execute(select(door.c.address)).scalars(),
        ]

    for number, leaked in enumerate(await house.database.run(dump)):
        stranger = Someone(house, f"stranger {number}")
        for text in (leaked, f"恢复码 {leaked[:20].upper()}", f"i_{leaked[:43]}", f"s_{leaked[:43]}"):
            await stranger.says(text)
            assert not stranger.screen.who
            assert "接着它填吗" not in texts(stranger.screen)


# Sessions, origins, hosts


def acting(server: TestServer) -> list[tuple[str, str]]:
    """Every route of the door that does more than look, however many there come to be."""
    assert server.app
    return sorted(
        {(route.method, route.resource.canonical) for route in server.app.router.routes() if route.resource}
        - {("GET", each.canonical) for each in server.app.router.resources()}
        - {("HEAD", each.canonical) for each in server.app.router.resources()}
    )


async def test_every_route_that_acts_asks_for_our_origin(server: TestServer) -> None:
    routes = acting(server)
    assert ("POST", "/files") in routes and ("POST", "/people") in routes and len(routes) >= 4
    for origin in FOREIGN:
        async with Caller(server, origin) as caller:
            await caller.get("/")
            for method, path in routes:
                refused = await caller.request(method, path, headers={"Sec-Fetch-Site": "same-origin"})
                assert refused.status == 403, (origin, path)


async def test_no_foreign_page_gets_a_line_however_it_asks(opens: Any) -> None:
    server = await opens(idle=0.5)
    ways = (["Upgrade"], ["keep-alive", "Upgrade"], ["keep-alive, Upgrade"], ["close"], ["UPGRADE"], [])

    async def asks(origin: str, lines: list[str], host: str) -> None:
        connection = "".join(f"Connection: {line}\r\n" for line in lines)
        head = (
            f"GET /chat HTTP/1.1\r\nHost: {host}\r\nOrigin: {origin}\r\nUpgrade: websocket\r\n{connection}"
            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
        )
        answer = await raw(server, head.encode(), ends=False)
        assert answer.startswith(b"HTTP/1.1 403"), (origin, lines, host, answer[:80])

    foreign = [origin for origin in FOREIGN if origin is not None]
    for origin in foreign:
        hosts = ("jiangjian.example", "evil.example")
        await asyncio.gather(*(asks(origin, lines, host) for lines, host in product(ways, hosts)))


async def test_a_session_is_only_what_was_handed_out(server: TestServer) -> None:
    async with Caller(server) as anna, Caller(server) as other:
        line = await anna.connects()
        await line.presses("同意")
        token = anna.cookie.partition("=")[2]
        address = sha256(token.encode()).hexdigest()
        for planted in (
            f"__Host-jiangjian={address[:43]}",
            f"jiangjian={token}",
            f"__host-jiangjian={token}",
            f"__Host-jiangjian-beside={token}",
            f"__Host-jiangjian={token[:-1]}",
            f"__Host-jiangjian={token}.{token}",
            f'__Host-jiangjian="{token} "',
        ):
            other.cookie = planted
            headers = CIMultiDict([("Origin", HOME), ("Cookie", planted)])
            try:
                async with other._session.ws_connect("/chat", headers=headers) as socket:
                    first = await socket.receive(timeout=10)
                    assert "请选要申报的项目" not in str(first.data), planted
            except WSServerHandshakeError as error:
                assert error.status in (400, 403), planted
