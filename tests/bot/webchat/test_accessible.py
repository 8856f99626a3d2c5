"""Every state of the page under axe, on a phone and at a desk, light and dark."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page, expect

from forms.casefile import CaseFile
from forms.programme import Programme
from tests.bot.webchat.browsing import CASES, FILES, PHONE, Visits, needs_browser
from tests.bot.webchat.visitor import Visitor

pytestmark = needs_browser

DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}, "has_touch": False, "is_mobile": False}
DEVICES = pytest.mark.parametrize(
    "device",
    [
        pytest.param({**PHONE, "color_scheme": "light"}, id="phone"),
        pytest.param({**DESK, "color_scheme": "dark"}, id="desk"),
    ],
)
#: A question of each kind.
KINDS = ("route", "conditions", "trade_start", "name", "id_number", "ethnicity", "honours", "resume", "brief")
#: What hears a page goes by these.
OPTIONS = {"resultTypes": ["violations"]}


async def clean(page: Page, state: str) -> None:
    """Nothing on the page that axe minds, and it says who speaks."""
    await page.wait_for_function(
        "() => document.getAnimations().every((each) => each.playState === 'finished')"
    )
    found = await Axe().run(page, options=OPTIONS)
    minded = [
        f"{each['id']}: {node['html'][:160]}"
        for each in found.response["violations"]
        for node in each["nodes"]
    ]
    assert minded == [], state
    unsaid = "() => [...document.querySelectorAll('.bubble')].filter((each) => !each.querySelector('.speaker')).length"
    assert await page.evaluate(unsaid) == 0, state


async def opens_and_closes(someone: Visitor, name: str) -> None:
    """A sheet of the menu: clean, and the focus goes back to where it came from."""
    page = someone.page
    await page.click("#menu")
    await clean(page, "menu")
    await page.get_by_role("button", name=name).click()
    await expect(page.locator("dialog")).to_have_count(1)
    await expect(page.locator("dialog .spinner")).to_have_count(0)
    await clean(page, name)
    await page.keyboard.press("Escape")
    await expect(page.locator("dialog")).to_have_count(0)


@DEVICES
async def test_the_way_in(visits: Visits, programme: Programme, device: dict[str, Any]) -> None:
    someone = await visits(**device)
    page = someone.page
    await clean(page, "greeting")
    await someone.presses("先问人")
    await clean(page, "a person to ask")
    await someone.presses("同意，开始")
    await clean(page, "programmes")
    await someone.presses(programme.title, "个人自主申报", "是")
    await someone.says("焊工", "2020年6月")
    await clean(page, "a condition that is not met")
    await someone.presses("改一下")
    await someone.says("很久以前")
    await clean(page, "a problem")
    await someone.says("2010年6月", "怎么填", "条件对照")
    await clean(page, "verdicts")
    await page.evaluate("() => dispatchEvent(new Event('offline'))")
    await expect(page.locator("#line")).to_contain_text("网络断开了")
    await clean(page, "offline")


@DEVICES
@pytest.mark.parametrize("question", KINDS)
async def test_each_kind_of_question(arrives: Visits, question: str, device: dict[str, Any]) -> None:
    someone = await arrives(question, **device)
    await clean(someone.page, question)
    opener = someone.page.locator(".opener")
    if await opener.count():
        await opener.click()
        await clean(someone.page, "a long list")


@DEVICES
async def test_files_sheets_and_the_story(arrives: Visits, device: dict[str, Any]) -> None:
    someone = await arrives("photo", **device)
    page = someone.page
    await expect(page.locator(".past-ask").first).to_be_attached()
    await clean(page, "the story so far, and a photo")
    slow = await page.context.new_cdp_session(page)
    await slow.send("Network.enable")
    line = {"offline": False, "latency": 50, "downloadThroughput": -1}
    await slow.send("Network.emulateNetworkConditions", {**line, "uploadThroughput": 6_000})
    async with page.expect_file_chooser() as chooser:
        await page.click("#attach")
        if await page.locator("dialog").count():
            await clean(page, "how to send a file")
            await page.locator("dialog .menu-row").last.click()
    await (await chooser.value).set_files(FILES / "photo-white.jpg")
    await expect(page.locator(".percent")).to_contain_text("%")
    await clean(page, "a file on its way")
    await page.get_by_role("button", name="取消 photo-white.jpg").click()
    await slow.send("Network.emulateNetworkConditions", {**line, "uploadThroughput": -1})
    await opens_and_closes(someone, "换设备继续")
    await opens_and_closes(someone, "输入恢复码或口令")
    await someone.says("我的设备")
    await clean(page, "devices")
    await someone.says("恢复码")
    await expect(page.locator(".code-card")).to_be_visible()
    await clean(page, "a recovery code")


async def test_the_review_and_the_end(visits: Visits, programme: Programme, case: CaseFile) -> None:
    someone = await visits()
    page = someone.page
    await someone.begins(programme.title)
    await someone.plays(programme, case, CASES)
    await clean(page, "review")
    await page.emulate_media(color_scheme="dark")
    await clean(page, "review in the dark")
    await someone.presses("没问题")
    await clean(page, "declaration")
    await someone.presses("属实")
    await expect(someone.live).to_contain_text("材料生成好了")
    await clean(page, "documents")
    await page.get_by_role("button", name="查看").first.click()
    await expect(page.locator("img.page").nth(1)).to_be_visible()
    await clean(page, "pages of a document in the dark")
    await page.emulate_media(color_scheme="light")
    await clean(page, "pages of a document")


async def test_what_was_read_out_is_not_read_again(arrives: Visits) -> None:
    someone = await arrives("skill_titles")
    page = someone.page
    said = await someone.live.locator(".bubble").all_text_contents()
    assert await page.locator("#log").get_attribute("aria-live") == "polite"
    await page.locator("#choices [role=checkbox]").first.click()
    await someone.settled()
    again = "bubbles => bubbles.map((bubble) => [bubble.textContent, bubble.getAttribute('aria-live')])"
    for words, live in await someone.live.locator(".bubble").evaluate_all(again):
        assert live == ("off" if words in said else None), words


async def test_what_axe_minds_is_found(visits: Visits) -> None:
    """The check above is itself checked."""
    someone = await visits()
    await someone.page.evaluate(
        """() => {
            document.body.append(document.getElementById("composer"));
            document.getElementById("menu").removeAttribute("aria-label");
            document.querySelector(".speaker").remove();
        }"""
    )
    with pytest.raises(AssertionError, match="button-name"):
        await clean(someone.page, "spoiled")
