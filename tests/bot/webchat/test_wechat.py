"""Inside WeChat, as far as Chromium can stand for it: its name, and without what its browser does not have.

What the real one does is not tried here.
"""

from __future__ import annotations

import re
from typing import Any

from playwright.async_api import Browser, expect

from forms.casefile import CaseFile
from forms.programme import Programme
from tests.bot.webchat.browsing import CASES, PHONE, Visits, needs_browser, usable
from tests.bot.webchat.house import House
from tests.bot.webchat.visitor import Visitor

pytestmark = needs_browser

AGENT = (
    "Mozilla/5.0 (Linux; Android 14; V2309A Build/UP1A.231005.007; wv) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Version/4.0 Chrome/126.0.6478.188 Mobile Safari/537.36 XWEB/1260059 MMWEBSDK/20240404 MicroMessenger/8.0.49"
)
#: What is taken away: whoever calls it is told of by name.
WITHOUT = """
    delete window.open;
    window.open = undefined;
    for (const name of ["showOpenFilePicker", "showSaveFilePicker", "showDirectoryPicker", "onbeforeinstallprompt",
                        "TextDecoderStream", "CompressionStream"]) {
        delete window[name];
        Object.defineProperty(window, name, { value: undefined });
    }
    Object.defineProperty(Navigator.prototype, "clipboard", { get: () => undefined });
    Object.defineProperty(Navigator.prototype, "share", { get: () => undefined });
    Object.defineProperty(Navigator.prototype, "storage", { get: () => undefined });
    const create = URL.createObjectURL.bind(URL);
    URL.createObjectURL = (what) => {
        window.blobs = (window.blobs ?? 0) + 1;
        return create(what);
    };
"""


async def wechat(browser: Browser, visits: Visits) -> Visitor:
    context = await browser.new_context(**{**PHONE, "user_agent": AGENT})
    await context.add_init_script(WITHOUT)
    return await visits(context)


async def kept(page: Any, selector: str) -> list[str]:
    """The addresses of pictures, having seen that each is drawn from where its own address says."""
    found: list[str] = await page.locator(selector).evaluate_all(
        "images => Promise.all(images.map((image) => image.decode().then(() => image.src)))"
    )
    return found


async def test_documents_are_pictures_that_can_be_kept_and_nothing_is_downloaded(
    browser: Browser, visits: Visits, house: House, programme: Programme, case: CaseFile
) -> None:
    someone = await wechat(browser, visits)
    page = someone.page
    downloads: list[object] = []

    def downloaded(each: object) -> None:
        downloads.append(each)

    page.on("download", downloaded)
    await someone.begins(programme.title)
    await someone.plays(programme, case, CASES)
    await someone.presses("没问题", "属实")
    await expect(someone.live).to_contain_text("材料生成好了")
    assert await page.locator("a[download]").count() == 0
    before = await page.evaluate("() => window.blobs ?? 0")
    await page.get_by_role("button", name="查看").first.click()
    await expect(page.locator("img.page").nth(1)).to_be_visible()
    addresses = await kept(page, "img.page")
    assert len(addresses) > 1
    assert all(re.fullmatch(rf"{house.url}/documents/\w+/\d+\.jpg", each) for each in addresses)
    assert await page.evaluate("() => window.blobs ?? 0") == before
    await expect(page.locator("dialog .hint")).to_contain_text("长按一页")
    await usable(page)
    await page.get_by_role("link", name="打开 PDF").evaluate(
        "link => link.target === '' || Promise.reject(link.target)"
    )
    assert downloads == []


async def test_the_recovery_code_is_a_picture_at_an_address(
    browser: Browser, visits: Visits, house: House, programme: Programme
) -> None:
    someone = await wechat(browser, visits)
    await someone.begins(programme.title)
    await someone.presses("个人自主申报")
    await someone.says("恢复码")
    (address,) = await kept(someone.page, ".code-picture")
    assert address.startswith(f"{house.url}/resume/code.png")
    assert await someone.page.locator(".code-card a[download]").count() == 0
    await someone.page.get_by_role("button", name="复制恢复码").click()
    await expect(someone.page.locator(".code-card")).to_contain_text("已复制")


async def test_a_link_goes_on_in_a_real_browser_once(
    browser: Browser, visits: Visits, programme: Programme
) -> None:
    someone = await wechat(browser, visits)
    page = someone.page
    await someone.begins(programme.title)
    await someone.presses("个人自主申报")
    await page.click("#menu")
    await page.get_by_role("button", name="在浏览器打开").click()
    field = page.locator("#link")
    await expect(field).to_have_value(re.compile(r"/resume#\w{5}-\w{5}$"))
    link = await field.input_value()
    # The app's own “open in browser” takes along the page's address.
    assert page.url == link
    await usable(page)

    scanner = await visits(url=link)  # whatever looks at links presses nothing
    await expect(scanner.choice("是我的，接过来")).to_be_visible()
    await scanner.page.context.close()

    real = await visits(url=link)
    assert "#" not in real.page.url
    await real.presses("是我的，接过来")
    await expect(real.page.locator("#composer")).to_have_attribute("data-question", "in_area")
    await expect(page.locator("#log")).to_contain_text("接上了您的申报")
    await page.keyboard.press("Escape")
    await expect(page.locator("dialog")).to_have_count(0)
    assert "resume" not in page.url

    late = await visits(url=link)
    await expect(late.live).to_contain_text("不对，或者已经过期")
    await page.reload()
    await someone.settled()
    assert await someone.question() == "in_area"
