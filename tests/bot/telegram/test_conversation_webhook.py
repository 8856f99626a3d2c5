"""People on Telegram, and a bot that their updates are delivered to."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import ClientSession

from forms.library import Library
from forms.printing.workers import Workers
from tests.bot.telegram.double import Telegram
from tests.bot.telegram.house import (
    Blemishes,
    library,
    opens_document,
    telegram,
    together,
    webhook,
    whole_application,
)
from tests.bot.telegram.phone import Phone
from tests.bot.telegram.service import NOON, PUBLIC, SECRET, Service

__all__ = ["library", "telegram", "webhook"]
pytestmark = together

HEADER = "X-Telegram-Bot-Api-Secret-Token"


@pytest.fixture
def service(webhook: Service) -> Service:
    webhook.at(NOON)
    return webhook


@pytest.fixture
def phone(telegram: Telegram, service: Service) -> Phone:
    return Phone(telegram)


@pytest.fixture(autouse=True)
def _no_blemish(telegram: Telegram, service: Service) -> object:
    blemishes = Blemishes(telegram, service)
    yield
    blemishes.none()


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def anybody() -> AsyncIterator[ClientSession]:
    """Somebody who found the webhook's address."""
    async with ClientSession() as session:
        yield session


async def test_a_whole_application_with_its_photo_and_its_papers(
    service: Service, library: Library, crew: Workers, tmp_path: Path
) -> None:
    player = await whole_application(service, library, crew, tmp_path)
    message, text = await opens_document(player.phone, "推荐申请表")
    assert message.json["document"]["file_name"] == "“南宁工匠”推荐申请表-陆建华.pdf"
    assert "陆建华" in text
    assert not service.telegram.called("getUpdates")


async def test_telegram_was_given_the_address_and_the_secret(telegram: Telegram, service: Service) -> None:
    assert telegram.updates.webhook == f"{PUBLIC}/telegram"
    assert telegram.updates.secret == SECRET
    assert telegram.updates.allowed == {"message", "edited_message", "callback_query", "my_chat_member"}


async def test_a_text_and_a_press_at_the_same_moment(phone: Phone, service: Service) -> None:
    screen = await phone.begins()
    phone.presses_on(screen, "是")
    phone.says("焊工")
    await phone.telegram.updates.settled()
    answers = (await service.interview(phone)).answers
    assert answers["in_area"] is True


async def test_many_people_at_once(telegram: Telegram, service: Service) -> None:
    people = [Phone(telegram) for _ in range(20)]
    await asyncio.gather(*(person.begins() for person in people))
    for person in people:
        assert (await service.interview(person)).answers == {"route": "unit"}


SECRETS: list[dict[str, Any]] = [
    {},
    {HEADER: ""},
    {HEADER: "wrong"},
    {HEADER: SECRET[:-1]},
    {HEADER: SECRET + " x"},
    {HEADER: SECRET.upper()},
    {HEADER: "密钥"},
    {HEADER: "\x80\xff"},
    {"X-Telegram-Bot-Api-Secret": SECRET},
    {"Authorization": f"Bearer {SECRET}"},
]


@pytest.mark.parametrize("shown", SECRETS, ids=range(len(SECRETS)))
async def test_who_does_not_know_the_secret_is_not_heard(
    anybody: ClientSession, service: Service, phone: Phone, shown: dict[str, str]
) -> None:
    forged = {
        "update_id": 1,
        "message": {
            "message_id": 1,
            "date": 1,
            "chat": phone.chat.json,
            "from": phone.user,
            "text": "/start",
        },
    }
    async with anybody.post(f"{service.url}/telegram", json=forged, headers=shown) as response:
        assert response.status in (401, 403)
        assert not (await response.text()).strip()
    async with asyncio.timeout(20):
        await Phone(phone.telegram).tells("/start")
    assert not phone.chat.changes


BODIES = [
    b"",
    b"{",
    b"null",
    b"[]",
    b"17",
    b'"text"',
    b"\xff\xfe",
    b"[" * 100_000,
    b"{}",
    b'{"update_id": "x"}',
    json.dumps({"update_id": 2, "message": {"text": "x" * 2_000_000}}).encode(),
]


@pytest.mark.parametrize("body", BODIES, ids=range(len(BODIES)))
async def test_a_body_that_is_no_update(
    anybody: ClientSession, service: Service, phone: Phone, body: bytes
) -> None:
    async with anybody.post(
        f"{service.url}/telegram", data=BytesIO(body), headers={HEADER: SECRET}
    ) as response:
        assert response.status in (200, 400, 413)
    await phone.tells("/start")


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "HEAD"])
async def test_only_post_delivers(anybody: ClientSession, service: Service, method: str) -> None:
    async with anybody.request(method, f"{service.url}/telegram", headers={HEADER: SECRET}) as response:
        assert response.status in (401, 403, 404, 405)


async def test_the_web_chat_is_open_beside_it(anybody: ClientSession, service: Service) -> None:
    async with anybody.get(service.url) as page:
        assert page.status == 200
        assert "匠荐" in await page.text()


async def test_what_is_delivered_again_counts_once(
    anybody: ClientSession, service: Service, phone: Phone
) -> None:
    screen = await phone.begins()
    phone.presses_on(screen, "是")
    raw = next(iter(phone.telegram.updates.pending.values())).json
    await phone.sees_screen()
    before = (await service.interview(phone)).revision
    for _ in range(3):
        async with anybody.post(
            f"{service.url}/telegram", data=raw.encode(), headers={HEADER: SECRET}
        ) as response:
            assert response.status == 200
    assert (await service.interview(phone)).revision == before


async def test_what_came_while_the_bot_was_away_is_delivered_later(
    telegram: Telegram, service: Service
) -> None:
    people = [Phone(telegram) for _ in range(5)]
    for person in people:
        await person.begins()
    assert await service.stop() == 0
    for person in people:
        person.says("是")
    await service.start()
    for person in people:
        await person.sees_screen(30)
        assert (await service.interview(person)).answers["in_area"] is True


# The same update once more: Telegram delivers again what it has no 200 for


async def delivered(anybody: ClientSession, service: Service, update: dict[str, Any]) -> None:
    async with anybody.post(f"{service.url}/telegram", json=update, headers={HEADER: SECRET}) as response:
        assert response.status == 200


@pytest.mark.parametrize("restarted", [False, True])
async def test_an_update_that_comes_again_is_answered_and_counts_once(
    anybody: ClientSession, service: Service, phone: Phone, restarted: bool
) -> None:
    await phone.begins()
    message = phone.says("是")
    asked = (await phone.sees_screen()).text.splitlines()[-1]
    await phone.telegram.updates.settled()
    kept = await service.interview(phone)
    if restarted:
        await service.kill()
        await service.start()
    phone.listens()
    await delivered(anybody, service, {"update_id": 1, "message": message.shown()})
    assert asked in (await phone.sees_screen()).text
    assert await service.interview(phone) == kept


@pytest.mark.parametrize("text", ["/mydata", "/delete", "/resume", "/help"])
async def test_a_command_that_comes_again_is_answered_and_not_obeyed_again(
    anybody: ClientSession, service: Service, phone: Phone, text: str
) -> None:
    await phone.begins()
    asked = (await phone.tells("/start")).text.splitlines()[-1]
    message = phone.says(text)
    await phone.until(lambda: phone.news, "an answer")
    await phone.telegram.updates.settled()
    if text in ("/mydata", "/delete"):  # a page is open now
        asked = "您在这里存着：1份申报"
    phone.listens()
    await delivered(anybody, service, {"update_id": 1, "message": message.shown()})
    assert asked in (await phone.sees_screen()).text
    assert [change.kind for change in phone.chat.changes[phone.since :]].count("sent") == 1


async def test_an_edit_and_a_press_that_come_again(
    anybody: ClientSession, service: Service, phone: Phone
) -> None:
    phone.telegram.forgiven.append("message is not modified")
    await phone.begins()
    message = phone.says("/bakc")
    await phone.hears("没有“/bakc”这个命令")
    phone.edits(message, "/menu")
    await phone.sees_screen()
    await phone.telegram.updates.settled()
    phone.listens()
    await delivered(anybody, service, {"update_id": 1, "edited_message": message.shown()})
    screen = await phone.sees_screen()
    assert "接着填" in screen.buttons
    phone.press("接着填")
    await phone.sees_screen()
    await phone.telegram.updates.settled()
    phone.listens()
    await delivered(anybody, service, {"update_id": 2, "callback_query": phone.pressed})
    assert "南宁市工作" in (await phone.sees_screen()).text


async def test_a_repeat_of_what_a_stranger_said(
    anybody: ClientSession, service: Service, phone: Phone
) -> None:
    message = phone.says("/start")
    await phone.sees_screen()
    await phone.telegram.updates.settled()
    phone.listens()
    await delivered(anybody, service, {"update_id": 1, "message": message.shown()})
    assert "同意我为申报收集" in (await phone.sees_screen()).text
