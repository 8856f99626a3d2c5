"""The web chat inside Telegram: a further device of the person who opened it."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from aiohttp.test_utils import TestServer, unused_port
from playwright.async_api import expect

from bot.house.conversation import Conversation
from bot.webchat.policy import Policy
from bot.webchat.server import application
from dialogs.turn import Screen, Turn
from tests.bot.launching import TOKEN, signed
from tests.bot.webchat.browsing import Visits, installed, together
from tests.bot.webchat.caller import Caller
from tests.bot.webchat.house import NOON

USER = 5_000_000_777


async def acts(conversation: Conversation, number: int, verb: str = "", about: str = "") -> Screen:
    """What somebody does in Telegram."""
    look = Turn(str(USER), "")
    screen = await conversation.take("telegram", str(USER), look)
    token = next(
        (
            token
            for token, button in screen.tokens().items()
            if button.action.verb == verb and (not about or about in button.action.about)
        ),
        None,
    )
    turn = Turn(str(USER), f"42:m{number}", choice=token) if verb else look
    return await conversation.take("telegram", str(USER), turn)


@pytest.fixture
async def begun(conversation: Conversation) -> Conversation:
    conversation._token = TOKEN
    await acts(conversation, 1, "consent")
    await acts(conversation, 2, "programme", "nanning-2026")
    await acts(conversation, 3, "pick", "self")
    return conversation


async def opens(caller: Caller, raw: str) -> tuple[int, dict[str, object]]:
    if not caller.cookie:
        assert (await caller.get("/launch")).status == 200
    answer = await caller.post("/launch", json={"launch": raw})
    return answer.status, await answer.json()


async def test_it_goes_on_where_telegram_stands_and_both_are_told(
    caller: Caller, begun: Conversation
) -> None:
    asked = (await acts(begun, 0)).asks
    assert asked
    assert await opens(caller, signed(USER, NOON)) == (200, {"code": ""})
    line = await caller.connects()
    assert line.asked == asked.question
    assert "和 Telegram 里是同一份" in line.text
    told = await begun.take("telegram", str(USER), Turn(str(USER), ""))
    assert any("您从这里打开了" in part.text for part in told.told)


async def test_it_counts_once(caller: Caller, other: Caller, begun: Conversation) -> None:
    raw = signed(USER, NOON)
    assert (await opens(caller, raw))[0] == 200
    status, body = await opens(other, raw)
    assert (status, body["error"]) == (403, "launch_over")
    assert (await (await other.post("/resume/code")).json())["error"] == "no_case"
    assert (await opens(caller, raw))[0] == 200, "a page that is loaded again stays where it is"


@pytest.mark.parametrize(
    ("raw", "error"),
    [
        (signed(USER, NOON - timedelta(minutes=6)), "launch_over"),
        (signed(USER, NOON, "1:another"), "not_proven"),
        ("", "not_proven"),
        (signed(USER + 1, NOON), "not_agreed"),
    ],
)
async def test_what_does_not_count_is_told_kindly(
    caller: Caller, begun: Conversation, raw: str, error: str
) -> None:
    status, body = await opens(caller, raw)
    assert status in (403, 409)
    assert body["error"] == error
    assert "Telegram" in str(body["say"]) or "对话" in str(body["say"])


async def test_another_application_at_this_door_is_asked_about(caller: Caller, begun: Conversation) -> None:
    line = await caller.connects()
    await line.begins()
    await line.presses("单位推荐")
    status, body = await opens(caller, signed(USER, NOON))
    assert status == 200
    await line.says(text=f"/resume {body['code']}")
    assert "接着它填吗" in line.text


async def test_no_other_page_may_sign_anybody_in(caller: Caller, begun: Conversation) -> None:
    await caller.get("/launch")
    foreign = {"Origin": "https://evil.example"}
    answer = await caller.post("/launch", json={"launch": signed(USER, NOON)}, headers=foreign)
    assert answer.status == 403
    for body in ("x", "[]", "{}", '{"launch": 1}'):
        answer = await caller.post("/launch", data=body, headers={"Content-Type": "application/json"})
        assert (await answer.json())["error"] == "bad_request"


async def test_no_frame_may_hold_the_page(caller: Caller) -> None:
    answer = await caller.get("/launch")
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Frame-Options"] == "DENY"


@installed
@together
async def test_the_page_signs_in_by_its_address_and_takes_that_out_of_it(
    begun: Conversation, visits: Visits
) -> None:
    port = unused_port()
    home = f"http://127.0.0.1:{port}"

    def address(raw: str, platform: str) -> str:
        fragment = urlencode({"tgWebAppData": raw, "tgWebAppVersion": "9.0", "tgWebAppPlatform": platform})
        return f"{home}/launch#{fragment}"

    async with TestServer(application(begun, Policy(public_url=home)), port=port):
        someone = await visits(url=address(signed(USER, NOON), "android"))
        await expect(someone.page.locator("#log")).to_contain_text("和 Telegram 里是同一份")
        assert someone.page.url == f"{home}/"
        stranger = await visits(url=address(signed(USER, NOON, "1:another"), "ios"))
        await expect(stranger.page.locator("body")).to_contain_text("认不出您是谁")
        assert stranger.page.url == f"{home}/"
        for platform in ("weba", "webk", "web", ""):
            other = await visits(url=address(signed(USER, NOON), platform))
            await expect(other.page.locator("body")).to_contain_text("在浏览器里另开一页")
            assert other.page.url == f"{home}/"
            await expect(other.page.locator("#log")).not_to_contain_text("同一份")
