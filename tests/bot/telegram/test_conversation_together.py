"""A nominee and two technicians over a webhook, on Telegram and on the web: invited, written, printed, told."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from hashlib import sha256
from socket import socket

import pytest
import pytest_asyncio

from forms.library import Library
from tests.bot.telegram.double import Telegram
from tests.bot.telegram.house import Blemishes, fills, library, opens_document, telegram, together
from tests.bot.telegram.parties import (
    LETTER,
    asks,
    confirms,
    nominates,
    qualifies,
    recommends,
    standing,
    takes,
    writes,
)
from tests.bot.telegram.phone import Phone
from tests.bot.telegram.service import NOON, PUBLIC, Service
from tests.bot.webchat.caller import HOME, Caller
from tests.forms.word.documents import docx, p

__all__ = ["library", "telegram"]
pytestmark = together


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def service(telegram: Telegram, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Service]:
    """A bot that updates are delivered to, beside a web chat that others can open."""
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {"JIANGJIAN_PUBLIC_URL": HOME, "JIANGJIAN_PORT": port}
    async with Service(
        telegram, tmp_path_factory.mktemp("bot"), webhook=True, now=NOON, **settings
    ) as running:
        running.url = telegram.updates.reached_at[PUBLIC] = f"http://127.0.0.1:{port}"
        yield running


@pytest.fixture
def phone(telegram: Telegram) -> Phone:
    return Phone(telegram)


@pytest.fixture(autouse=True)
def _no_blemish(telegram: Telegram, service: Service) -> Iterator[None]:
    blemishes = Blemishes(telegram, service)
    telegram.forgiven.append("message is not modified")
    yield
    blemishes.none()


async def test_two_technicians_write_their_halves_and_the_nominee_is_told_at_once(
    phone: Phone, service: Service, library: Library
) -> None:
    await nominates(service, library, phone)
    given = await asks(phone)
    assert f"{HOME}/i#" in given.words.text and "t.me/" in given.words.text
    assert given.copied.startswith(f"{HOME}/i#")
    expert = Phone(service.telegram, "老莫")
    await takes(expert, given.token)
    await qualifies(expert)
    assert "共 111 字" in (await writes(expert, *LETTER)).text
    _, draft = await opens_document(expert, "专家推荐函")
    assert LETTER[0][:20] in "".join(draft.split()) and "莫振邦" in draft
    phone.listens()
    await confirms(expert)
    await phone.hears("推荐专家一已经完成")
    second = await asks(phone, "覃秀兰", "同行")
    other = Phone(service.telegram, "覃姐")
    await takes(other, second.token)
    await qualifies(other, "覃秀兰", "450121197606089963")
    other.sends_file(docx(p("我从事压力管道焊接二十六年。") + p("推荐农国强参评。")), "推荐信.docx")
    await other.hears("已收到 22 字")
    await other.chooses("写好了")
    phone.listens()
    await confirms(other)
    await phone.hears("推荐专家二已经完成")
    _, own = await opens_document(other, "专家推荐函")
    assert "覃秀兰" in own and "莫振邦" not in own
    phone.says("进度")
    tasks = (await phone.hears("点哪一件就做哪一件")).text
    assert "莫振邦，已完成" in tasks and "覃秀兰，已完成" in tasks and LETTER[0] not in tasks


async def test_an_account_that_is_somebody_elses_is_told_the_web_link(
    phone: Phone, service: Service, library: Library
) -> None:
    await nominates(service, library, phone)
    expert = await recommends(service, (await asks(phone)).token)
    second = await asks(phone, "覃秀兰", "同行")
    expert.says(f"/start {second.token}")
    told = await expert.hears("同一个人不能担两个角色")
    assert f"{HOME}/i#{second.token[2:]}" in told.text
    colleague = Phone(service.telegram)
    await colleague.begins()
    colleague.says(f"/start {second.token}")
    question = await colleague.hears("是您本人吗？")
    assert f"用网页打开：{HOME}/i#{second.token[2:]}" in question.text


async def test_a_nominee_on_the_web_is_told_of_a_technician_on_telegram(
    service: Service, library: Library
) -> None:
    async with Caller(service.url, HOME) as browser:
        line = await browser.connects()
        await line.begins()
        await line.presses("专业人士推荐")
        address = sha256(browser.cookie.partition("=")[2].encode()).hexdigest()
        await fills(service, library, ("web", address), "photo", "experts")
        await line.says(text="进度")
        await line.says(choice=_line(line.screen, "去请推荐专家"))
        await line.says(text="莫振邦")
        await line.says(text="师傅")
        expert = Phone(service.telegram, "老莫")
        await takes(expert, await standing(service, "web", address))
        await qualifies(expert)
        await writes(expert, LETTER[0])
        await line.says()
        await confirms(expert)
        assert await line.hears() == {"changed": True}
        await line.says()
        assert "推荐专家一已经完成" in line.text


def _line(screen: dict[str, object], label: str) -> str:
    """The token of a way to go that stands in a summary."""
    parts: list[dict[str, object]] = screen["parts"]  # type: ignore[assignment]  # as the wire has it
    groups = [group for part in parts if part["type"] == "summary" for group in part["groups"]]  # type: ignore[attr-defined]
    return next(
        line["edit"]["token"] for group in groups for line in group["lines"] if line["edit"]["label"] == label
    )
