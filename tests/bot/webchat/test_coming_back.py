"""Leaving, coming back and other people's codes, over real HTTP."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from aiohttp.test_utils import TestServer

from bot.webchat.device import device_of
from tests.bot.webchat import house
from tests.bot.webchat.caller import Caller, Line
from tests.bot.webchat.test_files import PHOTO

CODE = re.compile(r"[2-9A-Z]{4}(?:-[2-9A-Z]{4}){4}")


async def begun(caller: Caller) -> tuple[Line, str]:
    """An application with an answer, and the code that was told with it."""
    line = await caller.connects()
    await line.begins()
    await line.presses("个人自主申报")
    found = CODE.search(line.text)
    assert found
    return line, found[0]


async def test_leaving_and_coming_back(caller: Caller, other: Caller) -> None:
    line, code = await begun(caller)
    await line.says(text="/leave")
    assert line.screen["code"]["text"] == code
    assert line.screen["code"]["picture"]
    await line.presses("抄好了")
    assert line.screen["code"]["text"] == code
    assert line.screen["who"] == ""
    assert (await caller.get("/documents/application.pdf")).status == 404
    assert (await (await caller.post("/resume/code")).json())["error"] == "no_case"
    again = await other.connects()
    await again.says(text=code)
    assert "接着它填吗" in again.text
    await again.presses("是我的")
    assert again.asked == "in_area"


async def test_who_leaves_or_is_ended_takes_the_short_code_along(caller: Caller, other: Caller) -> None:
    line, code = await begun(caller)
    short = (await (await caller.post("/resume/code")).json())["code"]
    await line.says(text="/leave")
    await line.presses("抄好了")
    found = await other.connects()
    await found.says(text=short)
    assert "这个码不对" in found.text
    await found.says(text=code)
    assert "接着它填吗" in found.text, "the lasting one leads back"


async def test_a_cookie_that_nobody_used_for_long_reads_nothing_before_the_sweep(
    caller: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    await begun(caller)
    file = (await (await caller.sends("a.jpg", PHOTO.read_bytes())).json())["file"]
    asks = (f"/files/{file}", "/documents/mydata.zip", "/story")

    async def had() -> list[bool]:
        answers = [await caller.get(path) for path in asks]
        answers.append(await caller.post("/resume/code"))
        answers.append(await caller.sends("b.jpg", PHOTO.read_bytes()))
        told = (await answers[2].json())["entries"]
        return (
            [each.status < 300 for each in answers[:2]]
            + [bool(told)]
            + [each.status < 300 for each in answers[3:]]
        )

    monkeypatch.setattr(house, "NOON", house.NOON + timedelta(days=119))
    assert await had() == [True] * 5
    monkeypatch.setattr(house, "NOON", house.NOON + timedelta(days=2))
    assert await had() == [False] * 5
    tagged = await caller.get(asks[0], headers={"If-None-Match": f'"{file}"'})
    assert tagged.status == 404
    assert "自动退出" in (await caller.connects()).text


async def test_a_link_only_puts_the_question(caller: Caller, other: Caller) -> None:
    line, _ = await begun(caller)
    code = (await (await caller.post("/resume/code")).json())["code"]
    mine, _ = await begun(other)
    await mine.presses("是")
    await mine.says(text=f"/resume {code}")
    assert "原样留着" in mine.text
    await mine.presses("不接")
    assert mine.asked == "trade"
    await line.says()
    assert "有人用" not in line.text


async def test_the_other_device_learns_at_once(caller: Caller, other: Caller) -> None:
    line, code = await begun(caller)
    again = await other.connects()
    await again.says(text=code)
    await again.presses("是我的")
    assert await line.hears() == {"changed": True}
    await line.says()
    assert "有人用恢复码在网页上接上了" in line.text
    await line.says(text="/devices")
    await line.presses("退出：")
    assert await again.hears() == {"changed": True}
    await again.says()
    assert "被退出了" in again.text
    assert again.screen["title"] == ""
    assert "同意，开始" in [button["label"] for button in again.screen["buttons"]]


async def test_what_is_sent_names_no_address_of_another_session(caller: Caller, other: Caller) -> None:
    line, code = await begun(caller)
    again = await other.connects()
    await again.says(text=code)
    await again.presses("是我的")
    await line.hears()
    heard = await line.says(text="/devices")
    from hashlib import sha256

    token = other.cookie.partition("=")[2]
    assert sha256(token.encode()).hexdigest() not in str(heard)
    assert token not in str(heard)


async def test_guessing_from_one_network_leaves_others_alone(server: TestServer, opens: object) -> None:
    server = await opens(proxies=1)  # type: ignore[operator]
    async with Caller(server) as someone:
        _, code = await begun(someone)
    for number in range(12):
        async with Caller(server) as guesser:
            guesser.forwarded = "198.51.100.7"
            line = await guesser.connects()
            for _ in range(5):
                await line.says(text="恢复码 ABCD-2345-EFGH-6789-JKMN")
                assert "这个码不对" in line.text, number
    async with Caller(server) as guesser:
        guesser.forwarded = "198.51.100.7"
        line = await guesser.connects()
        await line.says(text=code)
        assert re.search(r"请过\d+分钟再试", line.text)
    async with Caller(server) as owner:
        owner.forwarded = "203.0.113.9"
        line = await owner.connects()
        await line.says(text=code)
        assert "接着它填吗" in line.text


AGENTS = {
    "Mozilla/5.0 (Linux; Android 14; V2301A) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/116.0 "
    "Mobile Safari/537.36 XWEB/1160065 MMWEBSDK/20240404 MicroMessenger/8.0.49 NetType/WIFI": "Android · 微信",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/17.5 Mobile/15E148 Safari/604.1": "iPhone · Safari",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0 "
    "Safari/537.36 Edg/124.0": "Windows · Edge",
    "Mozilla/5.0 (Phone; OpenHarmony 5.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/114.0 Safari/537.36 "
    "ArkWeb/4.1 Mobile HuaweiBrowser/5.1": "鸿蒙 · 华为浏览器",
    "curl/8.5": "",
    "": "",
    "x" * 100_000: "",
}


@pytest.mark.parametrize("agent", AGENTS, ids=lambda agent: AGENTS[agent] or str(len(agent)))
def test_a_device_has_a_short_name(agent: str) -> None:
    assert device_of(agent) == AGENTS[agent]
