"""The story so far and the person's own things, in a real browser."""

from __future__ import annotations

import zipfile

from playwright.async_api import expect

from forms.casefile import CaseFile
from forms.programme import Programme
from tests.bot.webchat.browsing import CASES, Visits, needs_browser, usable
from tests.bot.webchat.visitor import Visitor

pytestmark = needs_browser

_LINES = "all => all.map(each => each.querySelector('.words').textContent)"


async def scrolled_up(someone: Visitor) -> None:
    """To the very top, as a finger or a wheel does it."""
    await someone.page.locator("#scroll").hover()
    await someone.page.mouse.wheel(0, -20_000)


async def test_after_a_reload_the_story_stands_above_and_goes_on_backwards(
    visits: Visits, programme: Programme, case: CaseFile
) -> None:
    someone = await visits()
    page = someone.page
    await someone.begins(programme.title)
    await someone.plays(programme, case, CASES, until="phone")
    assert await page.locator(".past-answer").count() == 0, "what stands in the thread is not told twice"
    await page.reload()
    await someone.settled()
    await expect(page.locator(".past-answer")).to_have_count(10)
    assert await someone.question() == "phone"
    await expect(someone.live.locator(".tone-ask")).to_be_in_viewport()
    shown = await page.locator(".past-answer").evaluate_all(_LINES)
    assert case.answers["id_number"] not in "".join(shown)
    assert any(line.endswith(str(case.answers["id_number"])[-4:]) and "*" in line for line in shown)
    await usable(page)

    # A line that broke and came back tells nothing again.
    await page.context.set_offline(True)
    await page.evaluate("dispatchEvent(new Event('offline'))")
    await page.context.set_offline(False)
    await page.evaluate("dispatchEvent(new Event('online'))")
    await someone.says("19000000101")
    await expect(page.locator("#composer")).not_to_have_attribute("data-question", "phone")
    assert await page.locator(".past-answer").evaluate_all(_LINES) == shown

    # Upwards there is more, and what was being read stays where it is.
    await scrolled_up(someone)
    await expect(page.locator(".story-more")).to_have_count(0)
    told = await page.locator(".past-answer").evaluate_all(_LINES)
    assert told[-10:] == shown
    assert len(told) > 10
    await expect(page.locator(".past-answer").nth(len(told) - 10)).to_be_in_viewport()
    sections = await page.locator(".story-section").all_inner_texts()
    assert sections[0]


async def test_the_story_is_no_news_to_who_listens_and_can_be_used_by_keyboard(
    visits: Visits, programme: Programme, case: CaseFile
) -> None:
    someone = await visits(viewport={"width": 1280, "height": 2600}, has_touch=False, is_mobile=False)
    page = someone.page
    await someone.begins(programme.title)
    await someone.plays(programme, case, CASES, until="phone")
    await page.reload()
    await someone.settled()
    way = page.locator(".story-more")
    await expect(way).to_be_visible()
    story = page.locator("#log > #story")
    await expect(story).to_have_attribute("aria-live", "off")
    await expect(page.get_by_role("group", name="前面填的")).to_be_visible()
    await way.focus()
    await page.keyboard.press("Enter")
    await expect(page.locator(".past-answer").nth(10)).to_be_attached()
    assert await page.evaluate("document.activeElement.closest('#story') !== null"), "the focus is not lost"
    answer = page.get_by_role("button", name="改：从事工种")
    await answer.focus()
    await page.keyboard.press("Enter")
    await expect(page.locator("#composer")).to_have_attribute("data-question", "trade")
    await expect(someone.live).to_contain_text("现在填的是")
    await someone.settled()
    await someone.says("钳工")
    await expect(page.locator("#composer")).to_have_attribute("data-question", "phone")


async def test_another_device_reads_the_whole_story(
    visits: Visits, programme: Programme, case: CaseFile
) -> None:
    someone = await visits()
    await someone.begins(programme.title)
    await someone.plays(programme, case, CASES, until="trade_start")
    code = await someone.page.evaluate(
        "fetch('/resume/code', {method: 'POST', headers: {'Content-Type': 'application/json'}, body: '{}'})"
        ".then(response => response.json()).then(told => told.code)"
    )
    other = await visits()
    await other.says(f"/resume {code}")
    await other.presses("是我的，接过来")
    # Somebody is here now: the page tells what they have said so far, as it does after a reload.
    await expect(other.page.locator(".past-answer").last).to_be_visible()
    assert await other.question() == "trade_start"
    await expect(other.page.locator(".past-answer").last).to_contain_text(str(case.answers["trade"]))
    await expect(other.page.locator(".past-ask").first).to_be_visible()


async def test_the_menu_leads_to_the_copy_and_to_deletion(visits: Visits, programme: Programme) -> None:
    someone = await visits()
    page = someone.page
    await page.click("#menu")
    await usable(page)
    await page.get_by_role("button", name="隐私说明").click()
    await someone.settled()
    await expect(someone.live).to_contain_text("2805708")
    await someone.begins(programme.title)
    await someone.presses("单位推荐")
    tab = await visits(page.context)
    await expect(tab.page.locator(".past-answer")).to_have_count(1)

    await page.click("#menu")
    await page.get_by_role("button", name="我的数据").click()
    await someone.settled()
    async with page.expect_download() as saving:
        await page.locator(".card a").click()
    saved = await saving.value
    assert saved.suggested_filename == "我的全部内容.zip"
    with zipfile.ZipFile(await saved.path()) as archive:
        assert archive.namelist() == ["everything.json"]

    await page.click("#menu")
    await page.get_by_role("button", name="删除我的全部内容").last.click()
    await someone.settled()
    await usable(page)
    await someone.presses("全部删除")
    for visitor in (someone, tab):
        log = visitor.page.locator("#log")
        await expect(log).to_contain_text("您的全部内容已经按您的要求删除了")
        await expect(log).not_to_contain_text("单位推荐")
        await expect(visitor.page.locator(".past-answer")).to_have_count(0)
        await expect(visitor.choice("同意，开始")).to_be_visible()


async def test_in_english(visits: Visits, programme: Programme) -> None:
    someone = await visits()
    page = someone.page
    await someone.presses("English", "Agree and start")
    await page.locator("#choices .choice.option").first.click()
    await someone.settled()
    await page.locator("#choices .choice.option").first.click()
    await someone.settled()
    await page.reload()
    await someone.settled()
    await expect(page.get_by_role("group", name="The story so far")).to_be_visible()
    await someone.says("delete my data")
    await expect(someone.live).to_contain_text("It cannot be undone")
    await someone.presses("Delete everything")
    await expect(page.locator("#log")).to_contain_text("Everything was deleted at your wish")
