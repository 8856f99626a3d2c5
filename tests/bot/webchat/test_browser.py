"""The page in a real browser on a phone's screen, with the real server behind it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from aiohttp.test_utils import TestServer, unused_port
from playwright.async_api import Browser, expect

from bot.house.conversation import Conversation
from bot.webchat.policy import Pace, Policy
from bot.webchat.server import application
from forms.casefile import CaseFile
from forms.programme import Programme
from tests.bot.webchat.browsing import CASES, FILES, SEEN, Visits, needs_browser, usable
from tests.bot.webchat.house import House

pytestmark = needs_browser


async def test_a_whole_application_to_its_pdf(visits: Visits, programme: Programme, case: CaseFile) -> None:
    someone = await visits()
    page = someone.page
    await someone.begins(programme.title)
    await someone.plays(programme, case, CASES)
    await usable(page)
    said = await page.locator("#log").inner_text()
    for private in (case.answers["id_number"], case.answers["phone"]):
        assert private not in said
        assert private[-4:] in said
    await someone.presses("没问题", "属实")
    await expect(someone.live).to_contain_text("材料生成好了")
    cards = page.locator(".card h2")
    assert await cards.count() == len(case.expect.documents or ()) + 2  # and all of it, as PDF and ZIP

    async with page.expect_download() as saving:
        await page.locator(".card a").first.click()
    saved = await saving.value
    assert saved.suggested_filename.endswith(".pdf")
    assert "陆建华" in saved.suggested_filename
    assert (await saved.path()).read_bytes().startswith(b"%PDF")

    await page.locator(".card button").first.click()
    await expect(page.locator("img.page").nth(1)).to_be_visible()
    assert await page.locator("img.page").first.evaluate(
        "image => image.decode().then(() => image.naturalWidth)"
    )
    await usable(page)


async def test_a_killed_server_loses_nothing(
    browser: Browser, visits: Visits, tmp_path: Path, programme: Programme, case: CaseFile
) -> None:
    house = House(tmp_path)
    house.open()
    try:
        someone = await visits(url=house.url)
        page = someone.page
        await someone.begins(programme.title)
        await someone.plays(programme, case, CASES, until="trade")
        house.kill()
        await page.fill("#text", "焊工")
        await page.press("#text", "Enter")
        await expect(page.locator(".own").last).to_contain_text("待发送")
        await expect(page.locator("#line")).to_contain_text("连上后自动发送")
        house.open()
        # After many attempts the page waits long before another one; the network's return hurries it.
        await page.evaluate("() => dispatchEvent(new Event('online'))")
        await someone.settled()
        await expect(page.locator(".own").last).to_contain_text("从事工种（专业）：焊工")
        await expect(page.locator("#line")).to_be_empty()
        assert await someone.question() == "trade_start"
        await page.reload()
        await someone.settled()
        assert await someone.question() == "trade_start"
    finally:
        house.kill()


async def test_an_answer_whose_receipt_was_lost_counts_once(visits: Visits, programme: Programme) -> None:
    someone = await visits()
    page = someone.page
    await someone.begins(programme.title)
    # The line breaks right behind the message: the server hears it, the page hears no answer.
    await page.evaluate(
        """() => {
            const send = WebSocket.prototype.send;
            WebSocket.prototype.send = function (text) {
                send.call(this, text);
                if (!text.includes("ping")) {
                    WebSocket.prototype.send = send;
                    this.close();
                }
            };
        }"""
    )
    await someone.presses("单位推荐")
    assert await someone.question() == "in_area"
    assert "那一步已经过去了" not in await page.locator("#log").inner_text()


async def test_files_show_themselves_and_can_be_stopped(
    visits: Visits, programme: Programme, case: CaseFile
) -> None:
    someone = await visits()
    page = someone.page
    await someone.begins(programme.title)
    await someone.plays(programme, case, CASES, until="photo")
    await expect(page.locator("#choices")).to_contain_text("拍照或选文件")

    slow = await page.context.new_cdp_session(page)
    await slow.send("Network.enable")
    line = {"offline": False, "latency": 50, "downloadThroughput": -1}
    await slow.send("Network.emulateNetworkConditions", {**line, "uploadThroughput": 6_000})
    await page.click("#attach")
    async with page.expect_file_chooser() as chooser:
        await page.get_by_role("button", name="从相册选").click()
    await (await chooser.value).set_files(FILES / "photo-white.jpg")
    await expect(page.locator(".upload img")).to_be_visible()
    await expect(page.locator(".percent")).to_contain_text("%")
    await usable(page)
    await page.get_by_role("button", name="取消 photo-white.jpg").click()
    await expect(page.locator(".upload")).to_have_count(0)
    assert await someone.question() == "photo"

    await slow.send("Network.emulateNetworkConditions", {**line, "uploadThroughput": -1})
    await someone.sends(FILES / "photo-white.jpg")
    assert await someone.question() == "certificates"
    await someone.sends(FILES / "certificate.jpg", FILES / "certificate.pdf", FILES / "id-card.pdf")
    await expect(someone.live).to_contain_text("收到 3 份")
    # The question is not repeated for each of several files.
    assert await page.locator(".block", has_text=re.compile(r"收到 \d 份")).count() == 1
    await usable(page)


async def test_a_line_of_the_summary_is_edited_and_found_again(
    visits: Visits, programme: Programme, case: CaseFile
) -> None:
    someone = await visits()
    page = someone.page
    await someone.begins(programme.title)
    await someone.plays(programme, case, CASES, until="phone")
    await someone.unfolds("基本情况")
    await page.get_by_role("button", name="民族").click()
    await someone.settled()
    await someone.presses("更多…")
    await expect(page.locator("dialog .found")).to_have_text("58 项")
    await usable(page)
    await page.fill("dialog input", "没有这个")
    await expect(page.locator("dialog .found")).to_contain_text("没有找到")
    await page.fill("dialog input", "仫佬")
    await page.press("dialog input", "Enter")
    await someone.settled()
    if await someone.question():
        await someone.says("检查答案")
    row = page.locator(".line-row", has_text="仫佬族")
    await expect(row).to_be_visible()


async def test_the_same_interview_in_two_tabs_and_on_two_devices(
    visits: Visits, programme: Programme
) -> None:
    phone = await visits()
    await phone.begins(programme.title)
    tab = await visits(phone.page.context)
    await phone.presses("个人自主申报")
    await expect(tab.page.locator("#log")).to_contain_text("推荐方式：个人自主申报")
    await tab.presses("是")
    await expect(phone.page.locator("#composer")).to_have_attribute("data-question", "trade")

    await phone.page.click("#menu")
    await phone.page.get_by_role("button", name="换设备继续").click()
    code = await phone.page.locator(".code").inner_text()
    await usable(phone.page)
    desk = await visits(viewport={"width": 1280, "height": 800}, has_touch=False, is_mobile=False)
    await desk.page.goto(f"{phone.page.url}resume#{code}")
    await expect(desk.choice("是我的，接过来")).to_be_visible()
    assert code not in desk.page.url
    assert code not in await desk.page.locator("#log").inner_text()
    await usable(desk.page)
    await desk.presses("是我的，接过来")
    await expect(desk.page.locator("#composer")).to_have_attribute("data-question", "trade")


async def test_by_keyboard_alone(visits: Visits, programme: Programme) -> None:
    someone = await visits(viewport={"width": 1024, "height": 768}, has_touch=False, is_mobile=False)
    page = someone.page
    await expect(page.locator("#choices :focus")).to_contain_text("同意，开始")
    for label in ("同意，开始", programme.title, "个人自主申报", "是"):
        assert await someone.choice(label).evaluate("choice => choice === document.activeElement")
        assert await page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle") == "solid"
        await page.keyboard.press("Enter")
        await someone.settled()
    # A question to be typed takes the focus to the field; Enter sends, but not while an input method composes.
    await expect(page.locator("#text")).to_be_focused()
    await page.keyboard.type("焊工")
    await page.evaluate(
        """() => document.getElementById("text").dispatchEvent(
            new KeyboardEvent("keydown", {key: "Enter", isComposing: true, bubbles: true, cancelable: true}))"""
    )
    assert await someone.question() == "trade"
    await page.keyboard.press("Enter")
    await someone.settled()
    assert await someone.question() == "trade_start"
    await page.locator("#choices button").last.focus()
    await page.keyboard.type("2010.6")
    await page.keyboard.press("Enter")
    await someone.settled()
    assert await someone.question() == "area_start"
    await page.locator("#menu").focus()
    await page.keyboard.press("Enter")
    await expect(page.locator("dialog")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.locator("dialog")).to_have_count(0)
    await expect(page.locator("#menu")).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", ["100%", "200%"])
async def test_everything_is_named_and_legible(
    visits: Visits, programme: Programme, scheme: str, size: str
) -> None:
    someone = await visits(color_scheme=scheme)
    page = someone.page
    await page.evaluate("size => document.documentElement.style.fontSize = size", size)
    await usable(page)
    await someone.begins(programme.title)
    await usable(page)
    await someone.presses("个人自主申报", "是")
    await someone.says("焊工", "2020年6月")  # not met, with its ways on
    await expect(page.locator(".tone-not_met .badge")).to_contain_text("不符合")
    await usable(page)
    await someone.presses("改一下")
    await someone.says("很久以前")  # a problem
    await expect(page.locator(".tone-problem")).to_be_visible()
    await someone.says("2010年6月", "怎么填", "条件对照")
    await expect(page.locator(".tone-met .badge").last).to_contain_text("符合")
    await usable(page)
    await someone.says("检查答案")
    await usable(page)
    await page.click("#menu")
    await usable(page)


async def test_what_cannot_be_used_is_found(visits: Visits) -> None:
    """The check above is itself checked."""
    someone = await visits()
    await someone.page.evaluate(
        """() => {
            document.getElementById("menu").removeAttribute("aria-label");
            document.querySelector(".tone-note").style.color = "#aaa";
            document.querySelector("#choices button").style.cssText = "width: 20px; padding: 0";
        }"""
    )
    found = await someone.page.evaluate(SEEN)
    assert [what.split(" ")[0].rstrip(":") for what in found] == ["no", "small", "faint"]


async def test_whoever_is_too_fast_waits_and_is_heard(
    visits: Visits, conversation: Conversation, programme: Programme
) -> None:
    port = unused_port()
    url = f"http://127.0.0.1:{port}"
    slow = Policy(public_url=url, messages=Pace(3, 15))
    async with TestServer(application(conversation, slow), port=port):
        someone = await visits(url=url)
        await someone.begins(programme.title)
        await someone.choice("单位推荐").click()
        await expect(someone.page.locator("#line")).to_contain_text("秒后自动再发")
        await someone.settled()
        assert await someone.question() == "in_area"


async def test_in_english(visits: Visits) -> None:
    someone = await visits()
    page = someone.page
    await someone.presses("English")
    await expect(page.locator("html")).to_have_attribute("lang", "en")
    await expect(page.locator("#menu")).to_have_attribute("aria-label", "Menu")
    await expect(page.locator("#text")).to_have_attribute("placeholder", "Type here")
    # Nothing is kept of it before consent, and still it holds: over a lost line, and with the consent.
    await page.evaluate("() => dispatchEvent(new Event('offline'))")
    await page.evaluate("() => dispatchEvent(new Event('online'))")
    await someone.presses("Agree and start")
    await expect(page.locator("html")).to_have_attribute("lang", "en")


@pytest.mark.parametrize("way", ["", "/i#abc"])
async def test_the_wrong_address_says_the_right_one(visits: Visits, house: House, way: str) -> None:
    someone = await visits()
    page = someone.page
    await page.route(
        "**/elsewhere", lambda route: route.fulfill(status=200, body="", content_type="text/html")
    )
    html = await page.evaluate("() => fetch('/').then((answer) => answer.text())")
    moved = html.replace("http://127.0.0.1", "http://192.0.2.1").replace(
        "http://localhost", "http://192.0.2.2"
    )
    await page.route(
        f"{house.url}{way.partition('#')[0] or '/'}",
        lambda route: route.fulfill(status=200, body=moved, content_type="text/html"),
    )
    await page.goto(house.url + way)
    await expect(page.locator("#line a")).to_have_attribute(
        "href", house.url.replace("127.0.0.1", "192.0.2.1") + way
    )


async def test_whoever_wants_a_person_gets_a_number_to_tap(visits: Visits, programme: Programme) -> None:
    someone = await visits()
    await someone.begins(programme.title)
    await someone.page.locator("#text").fill("找人工客服")
    await someone.page.keyboard.press("Enter")
    dial = someone.page.locator('a[href^="tel:+86"]')
    await expect(dial.first).to_be_visible()
    await expect(dial.first).to_have_text("0771-2805708")
