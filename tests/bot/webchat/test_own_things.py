"""What people may ask for on the web: somebody to talk to, a copy of what is kept of them, and that it be gone."""

from __future__ import annotations

import zipfile

from playwright.async_api import expect

from forms.programme import Programme
from tests.bot.webchat.browsing import Visits, needs_browser, usable

pytestmark = needs_browser


async def test_a_person_to_ask_is_one_tap_away_before_and_after_consent(
    visits: Visits, programme: Programme
) -> None:
    someone = await visits()
    page = someone.page
    await expect(page.locator("#log")).to_contain_text("先点“先问人”，有工会的电话")
    await someone.presses("先问人")
    assert await page.locator(".block").last.locator("a[href^='tel:']").count() > 1
    await usable(page)
    await someone.begins(programme.title)
    await page.click("#menu")
    await page.get_by_role("button", name="隐私说明").click()
    await someone.settled()
    call = someone.live.locator("a[href^='tel:']").first
    assert (await call.get_attribute("href") or "").removeprefix("tel:").lstrip("+").isdecimal()
    await expect(call).to_have_text(f"{programme.area_code}-{programme.office.phone}")


async def test_a_copy_is_downloaded_and_everything_deleted(visits: Visits, programme: Programme) -> None:
    someone = await visits()
    page = someone.page
    await someone.begins(programme.title)
    await someone.presses("个人自主申报")
    await page.click("#menu")
    await page.get_by_role("button", name="我的数据").click()
    await someone.settled()
    async with page.expect_download() as saving:
        await page.get_by_role("link", name="下载").click()
    assert "everything.json" in zipfile.ZipFile(await (await saving.value).path()).namelist()
    await page.click("#menu")
    await page.locator("dialog .menu-row", has_text="删除我的全部内容").click()
    await someone.settled()
    await page.locator("#choices .choice.danger").click()
    await expect(page.locator("#log")).to_contain_text("您的全部内容已经按您的要求删除了")
    assert await someone.offers("同意，开始")
    assert await page.evaluate("() => localStorage.length") == 0
