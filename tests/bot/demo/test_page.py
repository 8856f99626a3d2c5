"""The demo as somebody meets it: one line offers it, one press makes it, three addresses show it, one press takes it away."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from aiohttp import ClientSession
from aiohttp.test_utils import TestServer
from pytest_aiohttp.plugin import AiohttpServer
from sqlalchemy import func, select

from bot.demo.page import Demo, offered
from bot.house import wiring
from bot.house.conversation import utc_now
from bot.house.settings import Settings
from bot.webchat.policy import Policy
from bot.webchat.server import application
from forms.offices import Office
from forms.printing.workers import Workers
from storage import offices, tables
from storage.database import Database
from tests.bot.webchat.caller import HOME, Caller, Line
from tests.built_in import built_in

TOLD = re.compile(r'href="(http://localhost:\d+)(/enter/[^"]+)"')


@contextmanager
def installation(directory: Path) -> Iterator[tuple[Settings, Database]]:
    settings = Settings(data=directory)
    with wiring.database(settings) as kept:
        yield settings, kept


@pytest.fixture
async def behind(tmp_path: Path, crew: Workers) -> AsyncIterator[tuple[Demo, Database]]:
    with installation(tmp_path) as (settings, kept):
        yield Demo(settings, built_in(), kept, crew, "http://localhost:8080", 0), kept


@pytest.fixture
async def server(
    behind: tuple[Demo, Database], tmp_path: Path, crew: Workers, aiohttp_server: AiohttpServer
) -> TestServer:
    demo, kept = behind
    conversation = wiring.conversation(Settings(data=tmp_path), built_in(), kept, crew)
    app = application(conversation, Policy(public_url=HOME))
    demo.install(app)
    return await aiohttp_server(app)


async def test_it_is_made_in_one_press_and_gone_in_another(
    server: TestServer, behind: tuple[Demo, Database], tmp_path: Path
) -> None:
    demo, kept = behind
    path = demo.url.removeprefix("http://localhost:8080")
    async with Caller(server) as visitor:
        assert "开始演示" in await (await visitor.get(path)).text()
        assert (await visitor.post(path, json={"do": "open"})).status == 200
        await demo.made()
        ways = TOLD.findall(await (await visitor.get(path)).text())
        assert len(ways) == 3

        lines = [await enters(home, way) for home, way in ways]
        nominee, expert, staff = (line.screen for _, line in lines)
        assert "覃秀兰，正在写" in told(nominee)
        assert expert["asks"]["question"] == "expert_letter"
        assert "南宁市江南区总工会" in told(staff)
        assert {"陆建华", "陈𬍛"} <= set(re.findall(r"陆建华|陈𬍛", told(staff)))

        assert "截止" in await (await visitor.get(path)).text()
        assert (await visitor.post(path, json={"do": "late"})).status == 200
        assert "过到截止以后" not in await (await visitor.get(path)).text()
        staff_line = lines[2][1]
        await staff_line.says()
        assert any("过期" in button["label"] for button in staff_line.screen["buttons"])

        assert (tmp_path / "demo").is_dir()
        for caller, line in lines:
            await line.socket.close()
            await caller.__aexit__(None, None, None)
        assert (await visitor.post(path, json={"do": "close"})).status == 200
        assert "开始演示" in await (await visitor.get(path)).text()
    assert not (tmp_path / "demo").exists()
    rows = await kept.read(
        lambda unit: [rows_in(unit.connection, name) for name in ("person", "case", "trail")]
    )
    assert rows == [0, 0, 0]
    async with ClientSession() as late:
        with pytest.raises(OSError):
            await late.get(ways[0][0])


async def enters(home: str, way: str) -> tuple[Caller, Line]:
    caller = await Caller(home, home).__aenter__()
    response = await caller.get(way, allow_redirects=False)
    assert response.status == 302
    (session,) = (name for name in response.cookies if not name.endswith("-beside"))
    caller.cookie = f"{session}={response.cookies[session].value}"
    return caller, await caller.connects()


def rows_in(connection, name: str) -> int:  # type: ignore[no-untyped-def]  # a SQLAlchemy connection
    table = tables.metadata.tables[name]
    return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def told(screen: dict[str, object]) -> str:
    return str(screen["parts"])


async def test_where_somebody_has_begun_it_is_not_offered(
    server: TestServer, behind: tuple[Demo, Database], tmp_path: Path
) -> None:
    demo, kept = behind
    assert await demo.free()
    await kept.run(lambda unit: offices.add(unit, (Office(name="青秀区总工会", kind="county"),), utc_now()))
    assert not await demo.free()
    path = demo.url.removeprefix("http://localhost:8080")
    async with Caller(server) as visitor:
        assert "已经有人开始用了" in await (await visitor.get(path)).text()
        await visitor.post(path, json={"do": "open"})
    assert not (tmp_path / "demo").exists()


@pytest.mark.parametrize("content", [{"do": "everything"}, {}, [], "open", {"do": ["open"]}])
async def test_what_is_no_press_does_nothing(
    server: TestServer, behind: tuple[Demo, Database], content: object
) -> None:
    path = behind[0].url.removeprefix("http://localhost:8080")
    async with Caller(server) as visitor:
        assert (await visitor.post(path, json=content)).status == 400


async def test_a_foreign_page_cannot_press(server: TestServer, behind: tuple[Demo, Database]) -> None:
    path = behind[0].url.removeprefix("http://localhost:8080")
    async with Caller(server, "https://elsewhere.example") as visitor:
        assert (await visitor.post(path, json={"do": "open"})).status == 403


async def test_its_address_is_another_one_each_time_and_not_guessed(server: TestServer) -> None:
    async with Caller(server) as visitor:
        assert (await visitor.get("/demo")).status == 404
        assert (await visitor.get("/demo/")).status == 404


async def test_it_speaks_english_to_those_whose_browser_does(
    server: TestServer, behind: tuple[Demo, Database]
) -> None:
    path = behind[0].url.removeprefix("http://localhost:8080")
    async with Caller(server) as visitor:
        page = await (await visitor.get(path, headers={"Accept-Language": "en-GB,en"})).text()
        assert 'lang="en"' in page and "Start the demo" in page


@pytest.mark.parametrize(
    ("host", "public_url", "demo", "is_offered"),
    [
        ("127.0.0.1", "", "local", True),
        ("localhost", "", "local", True),
        ("::1", "", "local", True),
        ("0.0.0.0", "", "local", False),
        ("192.168.1.5", "", "local", False),
        ("127.0.0.1", "https://jiangjian.example.org", "local", False),
        ("0.0.0.0", "", "on", True),
        ("127.0.0.1", "", "off", False),
    ],
)
def test_it_is_offered_on_this_machine_alone_unless_the_operator_says_otherwise(
    host: str, public_url: str, demo: str, is_offered: bool
) -> None:
    settings = Settings(host=host, public_url=public_url, demo=demo)  # type: ignore[arg-type]  # one of its words
    assert offered(settings) is is_offered
