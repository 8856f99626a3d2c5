"""What Telegram and the public address say: with a token that is refused, one that is right, and nobody there."""

from __future__ import annotations

from pathlib import Path

import pytest
from aiohttp import web
from pydantic import SecretStr
from pytest_aiohttp.plugin import AiohttpServer

from bot.doctor.online import asked
from bot.doctor.seen import Seen
from bot.house.settings import Settings
from tests.bot.telegram.double import Telegram


@pytest.fixture
def given(telegram: Telegram, tmp_path: Path) -> Settings:
    token = SecretStr(telegram.token)
    return Settings(data=tmp_path).model_copy(update={"bot_token": token, "telegram_api": telegram.url})


@pytest.fixture
async def telegram() -> object:
    async with Telegram() as servers:
        yield servers


async def found(given: Settings, **more: object) -> dict[str, Seen]:
    return {seen.what: seen for seen in await asked(given.model_copy(update=more))}


async def test_a_token_that_telegram_knows(given: Settings) -> None:
    told = await found(given)
    assert {seen.level for seen in told.values()} == {"ok"}
    assert told["bot"].how.startswith("@")


async def test_a_token_that_it_does_not_know(given: Settings) -> None:
    told = await found(given, bot_token=SecretStr("1:" + "x" * 35))
    assert told["bot"].level == "fault" and "@BotFather" in told["bot"].do


async def test_nobody_there(given: Settings) -> None:
    told = await found(given, telegram_api="http://127.0.0.1:1")
    assert told["bot"].level == "fault" and "no answer" in told["bot"].how
    assert given.bot_token.get_secret_value() not in str(told["bot"])


async def test_a_webhook_that_is_set_nowhere(given: Settings) -> None:
    told = await found(given, webhook_url="https://a.example/telegram")
    assert told["webhook"].level == "warning"


@pytest.mark.parametrize(("status", "level"), [(200, "ok"), (503, "fault")])
async def test_the_public_address(
    given: Settings, aiohttp_server: AiohttpServer, status: int, level: str
) -> None:
    async def ready(_: web.Request) -> web.Response:
        told = {"ready": True} if status == 200 else {"ready": False, "code": "database"}
        return web.json_response(told, status=status)

    app = web.Application()
    app.add_routes([web.get("/readyz", ready)])
    server = await aiohttp_server(app)
    told = await found(given, public_url=str(server.make_url("")).rstrip("/"))
    assert told["public address"].level == level


async def test_a_public_address_where_something_else_answers(
    given: Settings, aiohttp_server: AiohttpServer
) -> None:
    server = await aiohttp_server(web.Application())
    told = await found(given, public_url=str(server.make_url("")).rstrip("/"))
    assert told["public address"].level == "fault"
