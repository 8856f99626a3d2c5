"""Asking somebody in from the page, and coming by the link: the address bar, the card, what is no use and why."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable

import pytest
from playwright.async_api import Browser, expect

from forms.casefile import CaseFile, read_case
from forms.programme import Programme
from tests.bot.webchat.browsing import CASES, PHONE, Visits, needs_browser, usable
from tests.bot.webchat.caller import Caller, Line
from tests.bot.webchat.house import House
from tests.bot.webchat.test_accessible import clean
from tests.bot.webchat.test_wechat import AGENT, WITHOUT, kept
from tests.bot.webchat.visitor import Visitor
from tests.bot.webchat.walking import walked

pytestmark = needs_browser
Asks = Callable[..., Awaitable[Visitor]]


@pytest.fixture(scope="module")
def experts() -> CaseFile:
    path = CASES / "experts.yaml"
    return read_case(path.name, path.read_text("utf-8"))


@pytest.fixture
def asks(browser: Browser, visits: Visits, house: House, programme: Programme, experts: CaseFile) -> Asks:
    """Open the page as a nominee who has just asked an expert in."""

    async def ask(**device: object) -> Visitor:
        token = await walked(house.url, programme, experts, "employer")
        context = await browser.new_context(**{**PHONE, **device})  # type: ignore[arg-type]  # as browsers take them
        if "user_agent" in device:
            await context.add_init_script(WITHOUT)
        await context.add_cookies([{"name": "jiangjian", "value": token, "url": house.url}])
        someone = await visits(context)
        await asked_in(someone, "莫振邦", "师傅")
        return someone

    return ask


async def asked_in(someone: Visitor, name: str, relation: str) -> None:
    """From the task list to the card with the link."""
    await someone.says("进度")
    await someone.page.locator('.line-row[data-edit="去请推荐专家"]').last.click()
    await someone.settled()
    await someone.says(name, relation)
    await expect(someone.page.locator(".invite-card")).to_contain_text(name)


async def link_of(someone: Visitor) -> str:
    words = await someone.page.locator(".invite-text").inner_text()
    found = re.search(r"http\S+/i#[\w-]{43}$", words)
    assert found, words
    return found.group()


async def test_the_token_leaves_the_address_bar_and_is_nowhere_to_be_read(
    asks: Asks, visits: Visits, house: House
) -> None:
    link = await link_of(await asks())
    token = link.partition("#")[2]
    expert = await visits(url=link)
    await expect(expert.live).to_contain_text("请您写一份专家推荐函")
    page = expert.page
    assert page.url == f"{house.url}/"
    assert token not in await page.content()
    assert "（打开邀请链接）" in await page.locator("#log").inner_text()
    assert token not in str(
        await page.evaluate("() => [{...localStorage}, {...sessionStorage}, history.state]")
    )
    await clean(page, "the question at the door")
    await page.reload()
    await expert.settled()
    await expect(expert.live).to_contain_text("是您本人吗")


async def test_a_link_whose_mark_an_app_spelt_out_opens_all_the_same(
    asks: Asks, visits: Visits, house: House
) -> None:
    link = await link_of(await asks())
    expert = await visits(url=link.replace("#", "%23"))
    await expect(expert.live).to_contain_text("是您本人吗")
    assert expert.page.url == f"{house.url}/"


async def test_what_a_person_pastes_is_masked(asks: Asks, visits: Visits) -> None:
    nominee = await asks()
    words = await nominee.page.locator(".invite-text").inner_text()
    expert = await visits()
    await expert.says(words)
    await expect(expert.live).to_contain_text("是您本人吗")
    said = await expert.page.locator(".own").last.inner_text()
    assert "莫振邦您好" in said and (await link_of(nominee)).partition("#")[2] not in said


async def test_the_card_hands_on_words_a_link_and_a_picture(asks: Asks, house: House) -> None:
    someone = await asks(permissions=["clipboard-read", "clipboard-write"])
    page = someone.page
    card = page.locator(".invite-card")
    words = await card.locator(".invite-text").inner_text()
    assert words.startswith("莫振邦您好") and "{link}" not in words
    await card.get_by_role("button", name="复制邀请的话").click()
    await expect(card.get_by_role("status")).to_have_text("已复制")
    assert await page.evaluate("() => navigator.clipboard.readText()") == words
    await card.get_by_role("button", name="复制链接").click()
    link = await link_of(someone)
    await page.wait_for_function(
        "(link) => navigator.clipboard.readText().then((text) => text === link)", arg=link
    )
    (address,) = await kept(page, ".invite-card img")
    assert address.startswith(f"{house.url}/i/code.png") and link.partition("#")[2] not in address
    await clean(page, "an invitation to hand on")
    await usable(page)
    # It is gone once the conversation goes on.
    await someone.presses("回到进度清单")
    await expect(card).to_have_count(0)


async def test_what_nobody_else_can_open_says_so(asks: Asks) -> None:
    someone = await asks()
    await expect(someone.page.locator(".invite-warning")).to_contain_text("链接只在这台设备上打得开")


async def test_wechat_keeps_the_picture_and_copies_the_old_way(asks: Asks) -> None:
    someone = await asks(user_agent=AGENT)
    page = someone.page
    await kept(page, ".invite-card img")
    assert await page.evaluate("() => window.blobs ?? 0") == 0
    assert await page.locator(".invite-card a[download], .invite-card a[target]").count() == 0
    await page.get_by_role("button", name="复制邀请的话").click()
    await expect(page.locator(".invite-card")).to_contain_text("已复制")
    assert await page.get_by_role("button", name="转发").count() == 0


async def test_where_a_phone_can_share_it_does(asks: Asks, browser: Browser) -> None:
    someone = await asks()
    page = someone.page
    shared = "Object.defineProperty(navigator, 'share', { value: async (what) => { window.shared = what; } })"
    await page.context.add_init_script(shared)
    await page.reload()
    await someone.settled()
    await page.get_by_role("button", name="转发").click()
    told = await page.evaluate("() => window.shared")
    assert told["text"] == await page.locator(".invite-text").inner_text()


@pytest.mark.parametrize("spoiled", ["", "abc", "{cut}", "{link}xyz", "%E4%B8%AD"])
async def test_a_garbled_link_is_kindly_answered(
    asks: Asks, visits: Visits, house: House, spoiled: str
) -> None:
    token = (await link_of(await asks())).partition("#")[2] if "{" in spoiled else ""
    expert = await visits(url=f"{house.url}/i#{spoiled.format(cut=token[:-3], link=token)}")
    await expect(expert.live).to_contain_text("这个邀请链接不完整")
    assert expert.page.url == f"{house.url}/"


async def test_a_link_forwarded_to_a_second_person_tells_both_ways_on(asks: Asks, visits: Visits) -> None:
    link = await link_of(await asks())
    first = await visits(url=link)
    await first.presses("是我，开始")
    second = await visits(url=link)
    await expect(second.live).to_contain_text("这个链接已经用过了")
    again = await visits(first.page.context, url=link)
    await expect(again.live).to_contain_text("这个链接您已经用过了，不用再点")


async def test_two_who_opened_it_and_both_press_are_one_party(asks: Asks, visits: Visits) -> None:
    link = await link_of(await asks())
    first, second = await visits(url=link), await visits(url=link)
    await first.presses("是我，开始")
    await second.presses("是我，开始")
    await expect(second.live).to_contain_text("同意")
    assert "隐私说明" in await first.live.inner_text()
    assert "这个链接已经用过了" in await second.page.locator("#log").inner_text()


async def test_it_is_asked_for_in_no_address(house: House) -> None:
    async with Caller(house.url, origin=house.url) as caller:
        assert (await caller.get("/i")).status == 200
        assert (await caller.get(f"/i/{'A' * 43}")).status == 404
        assert (await caller.get("/i/code.png")).status == 404  # nobody asks anybody in there
        line: Line = await caller.connects()
        assert line.screen["invitation"] is None
