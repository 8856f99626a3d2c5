"""The browser's way back: it closes what lies over the page and leaves the page only where nothing does."""

from __future__ import annotations

from playwright.async_api import Page, expect

from forms.programme import Programme
from tests.bot.webchat.browsing import Visits, needs_browser
from tests.bot.webchat.house import House

pytestmark = needs_browser


async def settled_history(page: Page, length: int) -> None:
    """The history stands at the page itself again, as long as it was plus what was gone back from."""
    await page.wait_for_function("() => history.state === null")
    assert await page.evaluate("() => history.length") <= length + 1


async def test_back_closes_the_sheet_and_then_leaves_the_page(
    visits: Visits, programme: Programme, house: House
) -> None:
    someone = await visits()
    page = someone.page
    await someone.begins(programme.title)
    before = await page.evaluate("() => history.length")
    sheet = page.locator("dialog")
    await page.click("#menu")
    await expect(sheet).to_be_visible()
    await page.go_back()
    await expect(sheet).to_have_count(0)
    assert await someone.question() == "route"
    await settled_history(page, before)

    # However it is closed, one step back is one step back.
    for close in ("button", "key", "veil"):
        await page.click("#menu")
        await expect(sheet).to_be_visible()
        if close == "button":
            await page.get_by_role("button", name="关闭").click()
        elif close == "key":
            await page.keyboard.press("Escape")
        else:
            await page.mouse.click(195, 20)
        await expect(sheet).to_have_count(0)
        await settled_history(page, before)
    await page.go_back()
    assert page.url == "about:blank"


async def test_a_sheet_that_gives_way_to_another_leaves_one_step(
    visits: Visits, programme: Programme
) -> None:
    someone = await visits()
    page = someone.page
    await someone.begins(programme.title)
    before = await page.evaluate("() => history.length")
    await page.click("#menu")
    await page.get_by_role("button", name="输入恢复码或口令").click()
    await expect(page.locator("#code")).to_be_visible()
    await expect(page.locator("dialog")).to_have_count(1)
    assert await page.evaluate("() => history.state") == {"sheets": 1}
    await page.go_back()
    await expect(page.locator("dialog")).to_have_count(0)
    await settled_history(page, before)
    # Forward again there is no sheet to be had.
    await page.go_forward()
    await settled_history(page, before)
    await expect(page.locator("dialog")).to_have_count(0)
    assert await someone.question() == "route"


async def test_after_a_reload_with_a_sheet_open_back_means_back(visits: Visits) -> None:
    someone = await visits()
    page = someone.page
    await page.click("#menu")
    await page.wait_for_function("() => history.state?.sheets === 1")
    await page.reload()
    await someone.settled()
    await page.wait_for_function("() => history.state === null")
    await page.go_back()
    assert page.url == "about:blank"


async def test_the_address_for_codes_leads_to_the_page_itself(
    visits: Visits, programme: Programme, house: House
) -> None:
    phone = await visits()
    await phone.begins(programme.title)
    await phone.page.click("#menu")
    await phone.page.get_by_role("button", name="换设备继续").click()
    code = await phone.page.locator(".code").inner_text()
    desk = await visits()
    page = desk.page
    await page.goto(f"{house.url}/resume")
    await expect(page.locator("#code")).to_be_visible()
    await page.fill("#code", code)
    await page.locator("dialog").get_by_role("button", name="继续").click()
    await expect(desk.choice("是我的，接过来")).to_be_visible()
    await page.wait_for_function("() => history.state === null")
    assert page.url == f"{house.url}/"
    await desk.settled()
    await desk.presses("是我的，接过来")
    assert await desk.question() == "route"
    await page.reload()
    await desk.settled()
    await expect(page.locator("dialog")).to_have_count(0)
    assert await desk.question() == "route"
