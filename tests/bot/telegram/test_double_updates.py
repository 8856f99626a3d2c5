"""Updates reach the bot as from Telegram: kept until confirmed, and only one way at a time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.bot.telegram.caller import Caller
from tests.bot.telegram.double import Telegram
from tests.bot.telegram.phone import Phone

OTHER_POLLER = (
    "409 Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
)


async def got(caller: Caller, **values: Any) -> list[int]:
    return [update["update_id"] for update in await caller.done("getUpdates", **values)]


async def test_only_a_higher_offset_confirms(caller: Caller, telegram: Telegram, phone: Phone) -> None:
    phone.says("甲")
    first, second = await got(caller)
    assert await got(caller, offset=first) == [first, second]
    assert await got(caller, offset=first) == [first]  # asked again at once, the server gives one at a time
    assert await got(caller, offset=second) == [second]
    assert telegram.updates.confirmed == [first]
    assert await got(caller, offset=second + 1, timeout=0) == []
    assert telegram.updates.confirmed == [first, second]


async def test_a_bot_that_spins_is_slowed_down(caller: Caller, phone: Phone) -> None:
    phone.says("甲")
    phone.says("乙")
    assert len(await got(caller)) == 3
    assert len(await got(caller)) == 1
    assert len(await got(caller, limit=2, offset=-1)) == 1


async def test_a_long_poll_ends_when_something_arrives(caller: Caller, phone: Phone) -> None:
    (first,) = await got(caller)
    polling = asyncio.create_task(got(caller, offset=first + 1, timeout=30))
    await asyncio.sleep(0)
    phone.says("甲")
    assert await polling == [first + 1]


async def test_the_last_poller_wins(caller: Caller, telegram: Telegram) -> None:
    (first,) = await got(caller)
    polling = asyncio.create_task(caller.call("getUpdates", offset=first + 1, timeout=30))
    await telegram.updates.until(lambda: telegram.updates.polled, "a poller")
    second = asyncio.create_task(caller.call("getUpdates", offset=first + 1, timeout=30))
    told = await polling
    assert f"{told['error_code']} {told['description']}" == OTHER_POLLER
    second.cancel()


async def test_a_poll_that_went_away_takes_nothing_with_it(
    caller: Caller, telegram: Telegram, phone: Phone
) -> None:
    (first,) = await got(caller)
    with pytest.raises(TimeoutError):
        await caller.call("getUpdates", offset=first + 1, timeout=30, seconds=0.1)
    await telegram.updates.until(lambda: not telegram.updates.polled, "the poller to go")
    phone.says("甲")
    assert telegram.updates.pending[first + 1].handed_out == 0
    assert await got(caller, offset=first + 1) == [first + 1]


async def test_what_was_not_asked_for_does_not_come(caller: Caller, phone: Phone) -> None:
    (first,) = await got(caller, allowed_updates=["message"])
    phone.edits(phone.says("甲"), "乙")
    phone.blocks()
    assert len(await got(caller, offset=first + 1, allowed_updates=["message"])) == 1


async def test_presses_expire_and_messages_stay(caller: Caller, telegram: Telegram, phone: Phone) -> None:
    await caller.says(phone, "x", "好")
    phone.press("好")
    telegram.updates.expire("callback_query")
    assert len(await got(caller)) == 1


class Hook:
    """A web server that takes updates, as long as `status` says so."""

    def __init__(self) -> None:
        self.status = 200
        self.answer: dict[str, Any] = {}
        self.taken: list[dict[str, Any]] = []
        self.secrets: list[str | None] = []
        self.held: dict[str, asyncio.Event] = {}
        self.under_way = 0
        self.most = 0
        self.heard = asyncio.Condition()

    async def take(self, request: web.Request) -> web.Response:
        update = await request.json()
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        hold = self.held.get(next(key for key in update if key != "update_id"))
        if hold:
            await hold.wait()
        self.under_way -= 1
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        status = self.status
        async with self.heard:
            self.taken.append(update)
            self.heard.notify_all()
        return web.json_response(self.answer, status=status)

    async def hears(self, number: int) -> None:
        async with asyncio.timeout(5), self.heard:
            await self.heard.wait_for(lambda: len(self.taken) >= number)


@pytest.fixture
async def hook() -> Hook:
    return Hook()


@pytest.fixture
async def url(hook: Hook) -> AsyncIterator[str]:
    app = web.Application()
    app.router.add_post("/hook", hook.take)
    async with TestServer(app) as server:
        yield str(server.make_url("/hook"))


async def test_a_webhook_is_shown_the_secret(
    caller: Caller, hook: Hook, url: str, telegram: Telegram
) -> None:
    await caller.done("setWebhook", url=url, secret_token="s-1")
    await hook.hears(1)
    assert hook.taken[0]["message"]["text"] == "/start"
    assert hook.secrets == ["s-1"]
    assert await caller.refused("setWebhook", url=url, secret_token="密") == (
        "400 Bad Request: secret token contains unallowed characters"
    )
    said = await caller.refused("getUpdates")
    assert said == (
        "409 Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the "
        "webhook first"
    )
    telegram.local = False
    said = await caller.refused("setWebhook", url=url)
    assert said == "400 Bad Request: bad webhook: An HTTPS URL must be provided for webhook"


async def test_a_delivery_is_repeated_until_it_is_taken(
    caller: Caller, hook: Hook, url: str, phone: Phone, telegram: Telegram
) -> None:
    hook.status = 500
    await caller.done("setWebhook", url=url)
    await hook.hears(3)
    assert len({update["update_id"] for update in hook.taken}) == 1
    phone.says("甲")
    hook.status = 200
    hook.taken.clear()
    await hook.hears(2)
    assert [update["message"]["text"] for update in hook.taken][-2:] == ["/start", "甲"]
    await telegram.updates.settled()


async def test_texts_and_presses_come_side_by_side(
    caller: Caller, hook: Hook, url: str, phone: Phone
) -> None:
    await caller.says(phone, "x", "好")
    held = hook.held["message"] = asyncio.Event()
    await caller.done("setWebhook", url=url)
    phone.says("甲")
    phone.press("好")
    await hook.hears(1)
    assert "callback_query" in hook.taken[0]
    held.set()
    await hook.hears(3)
    assert [update["message"]["text"] for update in hook.taken[1:]] == ["/start", "甲"]


async def test_a_method_in_the_answer_is_carried_out(
    caller: Caller, hook: Hook, url: str, phone: Phone
) -> None:
    hook.answer = {"method": "sendMessage", "chat_id": phone.id, "text": "您好"}
    await caller.done("setWebhook", url=url)
    await phone.hears("您好")
