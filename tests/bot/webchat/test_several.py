"""Several people at one browser: one begins beside another, nobody sees another's, digits or the code lead back."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import Page, expect

from tests.bot.webchat.browsing import Visits, needs_browser, usable
from tests.bot.webchat.house import House
from tests.bot.webchat.test_accessible import clean
from tests.bot.webchat.test_inviting import Asks, asks, experts, link_of  # noqa: F401 - fixtures
from tests.bot.webchat.visitor import Visitor

pytestmark = needs_browser


async def changes(someone: Visitor, own: str = "", to: str = "新来的人", pin: str = "") -> None:
    """In the open sheet: choose who is next, and set the digits of whoever leaves."""
    page = someone.page
    await page.get_by_role("radio", name=re.compile(re.escape(to))).check()
    if pin:
        await page.locator(".people-more:visible .pin-field").fill(pin)
    if own:
        await page.locator("#people-own").fill(own)
    await page.get_by_role("button", name="换人", exact=True).click()


async def changed(someone: Visitor, *answers: str, to: str = "新来的人") -> None:
    """The same from the menu, until the next one may speak."""
    await opened(someone.page)
    own, *pin = answers
    async with someone.page.expect_navigation():
        await changes(someone, own, to, *pin)
    await someone.settled()


async def opened(page: Page) -> None:
    await page.click("#menu")
    await page.get_by_role("button", name="换个人用这台设备").click()
    await expect(page.locator(".people")).to_be_visible()


async def test_an_expert_writes_beside_the_nominee_and_each_comes_back_by_their_digits(
    asks: Asks,  # noqa: F811 - a fixture
    house: House,
) -> None:
    nominee = await asks()
    page = nominee.page
    link = await link_of(nominee)
    await page.fill("#text", "还没发出去的话")
    assert (
        await page.get_by_role("link", name="让对方在这台设备上填").get_attribute("href")
        == link[len(house.url) :]
    )
    await page.get_by_role("link", name="让对方在这台设备上填").click()
    await nominee.settled()
    await expect(nominee.live).to_contain_text("这台设备上现在是填")
    await expect(page.locator("#log")).to_contain_text("这是您自己发出的邀请链接")
    assert not await nominee.offers("是我，开始")
    await nominee.presses("我是另一个人，另开一处")
    await expect(page.get_by_role("radio", name="新来的人")).to_be_checked()
    await expect(page.locator(".people")).to_contain_text("农*强先放一放")
    await page.screenshot(path="/tmp/webtry/who.png")
    await clean(page, "who is next")
    await usable(page)
    async with page.expect_navigation():
        await changes(nominee, "7391")
    await nominee.settled()

    # The question has come along, and nothing else has.
    await expect(nominee.live).to_contain_text("请您写一份专家推荐函")
    assert await page.input_value("#text") == ""
    assert "还没发出去的话" not in str(await page.evaluate("() => ({...localStorage})"))
    assert "去请推荐专家" not in await page.locator("#log").inner_text()
    await nominee.presses("是我，开始", "同意，开始")
    assert await nominee.question() == "expert_relation"
    await nominee.says("我是他师傅")
    asked = await nominee.question()

    await opened(page)
    await expect(page.locator(".people-name").first).to_have_text("农*强")
    await clean(page, "somebody stands aside")
    await usable(page)
    await changes(nominee, "2580", "农*强", "1357")
    await expect(page.locator(".people-trouble")).to_contain_text("数字密码不对")
    assert await nominee.question() == asked
    async with page.expect_navigation():
        await changes(nominee, "2580", "农*强", "7391")
    await nominee.settled()
    await expect(page.locator("#title")).to_contain_text("南宁工匠")
    await nominee.says("进度")
    await expect(nominee.live).to_contain_text("莫振邦")
    assert "expert" not in await nominee.question()

    await changed(nominee, "7391", "2580", to="还没填姓名")
    assert await nominee.question() == asked


async def test_without_digits_only_the_recovery_code_leads_back(asks: Asks) -> None:  # noqa: F811
    nominee = await asks()
    page = nominee.page
    await nominee.says("恢复码")
    code = await page.locator(".code-card output").inner_text()
    await changed(nominee, "")
    await opened(page)
    await page.get_by_role("radio", name=re.compile("农")).check()
    await expect(page.locator(".people")).to_contain_text("这一位没有数字密码")
    await page.keyboard.press("Escape")
    await nominee.says(code)
    await nominee.presses("是我的，接过来")
    await nominee.says("进度")
    await expect(nominee.live).to_contain_text("莫振邦")
    await opened(page)
    assert await page.locator(".people-name").all_inner_texts() == ["新来的人"]


@pytest.mark.parametrize("own", ["1234", "0000", "9876", "12", "ab12", "六六六六"])
async def test_digits_that_anybody_would_try_are_refused(asks: Asks, own: str) -> None:  # noqa: F811
    nominee = await asks()
    await opened(nominee.page)
    await changes(nominee, own)
    await expect(nominee.page.locator(".people-trouble")).to_contain_text("4到6位数字")


async def test_another_tab_shows_nothing_of_whoever_gave_way(asks: Asks, visits: Visits) -> None:  # noqa: F811
    nominee = await asks()
    tab = await visits(nominee.page.context)
    await expect(tab.page.locator("#title")).to_contain_text("南宁工匠")
    async with tab.page.expect_navigation():
        await changed(nominee, "7391")
    await tab.settled()
    await expect(tab.page.locator("#title")).to_have_text("匠荐")
    assert "莫振邦" not in await tab.page.inner_text("body")
