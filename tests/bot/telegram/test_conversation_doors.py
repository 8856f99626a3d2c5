"""One person at both doors: what is begun in Telegram goes on in a browser, and the other way round."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from forms.library import Library
from tests.bot.telegram.double import Telegram
from tests.bot.telegram.house import SAMPLES, Blemishes, arrives, library, polling, telegram, together
from tests.bot.telegram.phone import Phone
from tests.bot.telegram.service import NOON, Service
from tests.bot.webchat.caller import Caller

__all__ = ["library", "polling", "telegram"]
pytestmark = together

CODE = re.compile(r"\b[0-9A-Z]{5}-[0-9A-Z]{5}\b")


@pytest.fixture
def service(polling: Service) -> Service:
    polling.at(NOON)
    return polling


@pytest.fixture
def phone(telegram: Telegram, service: Service) -> Phone:
    return Phone(telegram)


@pytest_asyncio.fixture(loop_scope="module")
async def browser(service: Service) -> AsyncIterator[Caller]:
    async with Caller(service.url, service.url) as someone:
        yield someone


@pytest.fixture(autouse=True)
def _no_blemish(telegram: Telegram, service: Service) -> object:
    blemishes = Blemishes(telegram, service)
    yield
    blemishes.none()


async def test_a_file_too_large_for_telegram_comes_by_the_web(
    phone: Phone, service: Service, library: Library, browser: Caller
) -> None:
    await arrives(service, library, phone, "photo")
    phone.sends_file(b"x", "照片.jpg", size=21 * 1024 * 1024)
    told = (await phone.hears("在匠荐网页里打上口令")).text
    assert "localhost" not in told, "an address of this machine is nobody else's"
    code = CODE.search(told)
    assert code
    line = await browser.connects()
    await line.says(text=f"/resume {code[0]}")
    await line.presses("是我的")
    assert line.asked == "photo"
    photo = (SAMPLES / "photo-white.jpg").read_bytes()
    file = (await (await browser.sends("photo.jpg", photo)).json())["file"]
    await line.says(file=file)
    assert line.asked != "photo"
    assert (await service.interview(phone)).answers["photo"]["file"] == file
    asked = line.text.splitlines()[-1]
    assert asked in (await phone.tells("/start")).text


async def test_what_is_begun_in_a_browser_goes_on_in_telegram(
    phone: Phone, service: Service, telegram: Telegram, browser: Caller
) -> None:
    line = await browser.connects()
    await line.begins()
    await line.presses("单位推荐")
    link = (await (await browser.post("/resume/code")).json())["telegram"]
    address, _, start = link.partition("?start=")
    assert address == f"https://t.me/{telegram.bot['username']}"
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,64}", start), "what Telegram passes on"
    phone.says(f"/start {start}")
    await phone.hears("接着它填吗")
    phone.press("是我的，接过来")
    await phone.hears("接上了")
    assert line.text.splitlines()[-1] in (await phone.sees_screen()).text
    assert await line.hears() == {"changed": True}
    await phone.chooses("是")
    await line.says()
    assert "有人用15分钟的口令在Telegram上接上了" in line.text
    assert line.asked != "in_area"
    assert (await service.interview(phone)).answers == {"route": "unit", "in_area": True}
