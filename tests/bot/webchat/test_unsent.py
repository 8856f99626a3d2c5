"""What is typed and not yet sent: it stays with its question, on this device, and with nobody else."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import BrowserContext, Dialog, Page, expect

from forms.casefile import CaseFile
from forms.programme import Programme
from tests.bot.webchat.browsing import CASES, Visits, needs_browser, usable

pytestmark = needs_browser


async def stored(page: Page) -> dict[str, str]:
    """Everything on the device, by key."""
    found: dict[str, str] = await page.evaluate("() => ({...localStorage})")
    return found


async def types(page: Page, words: str) -> None:
    """As by hand, at the end of what stands there."""
    await page.locator("#text").press_sequentially(words)


async def again(context: BrowserContext, page: Page, visits: Visits) -> Any:
    """The page opened anew after the browser had gone without a word."""
    await page.close(run_before_unload=False)
    return await visits(context)


async def test_a_reload_or_a_crash_loses_no_text(visits: Visits, programme: Programme) -> None:
    someone = await visits()
    page = someone.page
    await someone.begins(programme.title)
    await someone.presses("个人自主申报", "是")
    await types(page, "电焊")
    await page.reload()
    await someone.settled()
    field = page.locator("#text")
    await expect(field).to_have_value("电焊")
    await expect(page.locator("#line")).to_contain_text("放回了输入框")
    await usable(page)
    await types(page, "工")  # the cursor is at the end
    await expect(field).to_have_value("电焊工")

    someone = await again(page.context, page, visits)
    page = someone.page
    await expect(page.locator("#text")).to_have_value("电焊工")
    await page.click("#send")
    await someone.settled()
    assert await someone.question() == "trade_start"
    assert await stored(page) == {}
    await page.reload()
    await someone.settled()
    await expect(page.locator("#text")).to_have_value("")


async def test_at_a_desk_one_goes_on_typing(visits: Visits, programme: Programme) -> None:
    someone = await visits(viewport={"width": 1280, "height": 800}, has_touch=False, is_mobile=False)
    page = someone.page
    await someone.begins(programme.title)
    await types(page, "个人")
    await page.reload()
    await someone.settled()
    await expect(page.locator("#text")).to_be_focused()
    await page.keyboard.type("自主申报")
    await expect(page.locator("#text")).to_have_value("个人自主申报")


async def test_what_waits_behind_an_upload_outlives_a_crash(arrives: Visits, visits: Visits) -> None:
    someone = await arrives("certificates")
    page = someone.page
    await page.route("**/files", lambda route: None)
    await someone.chooses(*sorted((CASES.parent.parent / "_shared" / "files").glob("certificate.*")))
    await page.fill("#text", "没有别的证书了")
    await page.click("#send")
    await expect(page.locator(".own").last).to_contain_text("还有2个在传")
    someone = await again(page.context, page, visits)
    await expect(someone.page.locator("#text")).to_have_value("没有别的证书了")


async def test_nothing_is_written_before_consent(visits: Visits) -> None:
    someone = await visits()
    await types(someone.page, "你好")
    assert await stored(someone.page) == {}


async def test_nothing_private_is_written(
    visits: Visits, programme: Programme, case: CaseFile, arrives: Visits
) -> None:
    someone = await arrives("id_number")
    page = someone.page
    await types(page, "450122")
    assert await stored(page) == {}
    asked: list[str] = []

    async def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        await dialog.accept()

    # Where the device keeps nothing, leaving is asked about.
    page.on("dialog", stay)
    await page.reload()
    assert asked == ["beforeunload"]
    await someone.settled()
    await expect(page.locator("#text")).to_have_value("")

    await someone.plays(programme, case, CASES, until="native_place")
    await types(page, "南宁，电话1380013800")
    assert "南宁，电话" in str(await stored(page))
    await types(page, "0")
    assert await stored(page) == {}


async def test_text_stays_with_its_question_when_another_tab_answers(
    visits: Visits, programme: Programme
) -> None:
    phone = await visits()
    page = phone.page
    field = page.locator("#text")
    await phone.begins(programme.title)
    await phone.presses("个人自主申报", "是")
    tab = await visits(page.context)
    await types(page, "焊工，从学徒")
    await tab.says("钳工")
    await expect(page.locator("#composer")).to_have_attribute("data-question", "trade_start")
    await expect(field).to_have_value("")
    await expect(page.locator("#line")).to_contain_text("先留着，回到那一题就放回输入框")
    await usable(page)
    # The tab that answered erases only what it wrote itself.
    await page.reload()
    await phone.settled()
    await phone.says("2010年6月")
    assert await phone.question() == "area_start"
    await phone.presses("上一步", "上一步")
    assert await phone.question() == "trade"
    await expect(field).to_have_value("焊工，从学徒")
    await types(page, "做起")
    await expect(field).to_have_value("焊工，从学徒做起")


async def test_an_input_method_that_is_composing_keeps_its_question(
    visits: Visits, programme: Programme
) -> None:
    phone = await visits()
    page = phone.page
    field = page.locator("#text")
    await phone.begins(programme.title)
    await phone.presses("个人自主申报", "是")
    tab = await visits(page.context)
    typing = await page.context.new_cdp_session(page)
    await field.focus()
    await typing.send("Input.imeSetComposition", {"text": "han", "selectionStart": 3, "selectionEnd": 3})
    await tab.says("钳工")
    await expect(page.locator("#composer")).to_have_attribute("data-question", "trade_start")
    await expect(field).to_have_value("han")
    await typing.send("Input.insertText", {"text": "焊工"})
    await expect(field).to_have_value("")
    await phone.presses("上一步")
    await expect(field).to_have_value("焊工")

    # Where its question is back before it is composed, nothing happened.
    composer = page.locator("#composer")
    await field.press("End")
    await typing.send("Input.imeSetComposition", {"text": "de", "selectionStart": 2, "selectionEnd": 2})
    await tab.says("铆工")
    await expect(composer).to_have_attribute("data-question", "trade_start")
    await tab.presses("上一步")
    await expect(composer).to_have_attribute("data-question", "trade")
    await typing.send("Input.insertText", {"text": "的"})
    await expect(field).to_have_value("焊工的")


async def test_what_is_typed_for_one_field_of_a_row_is_none_of_the_next(
    arrives: Visits, visits: Visits
) -> None:
    phone = await arrives("resume")
    page = phone.page
    field = page.locator("#text")
    await phone.presses("一项一项填")
    tab = await visits(page.context)
    await types(page, "2009年10")
    await tab.says("2010年5月")
    await expect(field).to_have_value("")
    await types(page, "先进")
    await tab.presses("放弃这一条", "一项一项填")
    await expect(field).to_have_value("2009年10")
    await tab.says("2010年5月")
    await expect(field).to_have_value("先进")


async def test_a_question_that_reads_otherwise_is_read_before_it_is_answered(
    arrives: Visits, visits: Visits
) -> None:
    phone = await arrives("conditions")
    page = phone.page
    tab = await visits(page.context)
    await types(page, "体现领军作用")
    await tab.presses("具有工艺专长")
    await expect(page.locator("#choices .on")).to_have_count(1)
    await page.click("#send")
    await expect(page.locator(".own").last).to_contain_text("您写的放回了输入框")
    await page.click("#send")
    await expect(page.locator("#choices .on")).to_have_count(2)


async def test_leaving_the_device_leaves_nothing_on_it(visits: Visits, programme: Programme) -> None:
    someone = await visits()
    page = someone.page
    await someone.begins(programme.title)
    await someone.presses("个人自主申报", "是")
    await types(page, "焊工")
    await someone.presses("上一步")
    await types(page, "也可以")
    assert len(await stored(page)) == 2
    await page.click("#menu")
    await page.get_by_role("button", name="离开这台设备").click()
    await someone.settled()
    await someone.presses("抄好了，离开")
    await expect(page.locator("#text")).to_have_value("")
    assert await stored(page) == {}


async def test_another_person_at_the_device_finds_nothing(visits: Visits, programme: Programme) -> None:
    someone = await visits()
    page = someone.page
    await someone.begins(programme.title)
    await someone.presses("个人自主申报", "是")
    await types(page, "焊工")
    assert len(await stored(page)) == 1
    await page.context.clear_cookies()
    other = await again(page.context, page, visits)
    assert await stored(other.page) == {}
    await other.begins(programme.title)
    await other.presses("个人自主申报", "是")
    await expect(other.page.locator("#text")).to_have_value("")


async def test_an_emptied_application_leaves_nothing(visits: Visits, programme: Programme) -> None:
    someone = await visits()
    page = someone.page
    await someone.begins(programme.title)
    await someone.presses("个人自主申报", "是")
    await types(page, "焊工")
    await someone.presses("菜单", "重新开始")
    assert len(await stored(page)) == 1
    await someone.presses("清空，重新开始")
    assert await stored(page) == {}


async def test_after_seven_days_it_is_gone(visits: Visits, programme: Programme) -> None:
    someone = await visits()
    page = someone.page
    await someone.begins(programme.title)
    await someone.presses("个人自主申报", "是")
    await types(page, "焊工")
    ages = """days => {
        const [name] = Object.keys(localStorage);
        const at = Date.now() - days * 86_400_000;
        localStorage.setItem(name, JSON.stringify({ ...JSON.parse(localStorage.getItem(name)), at }));
    }"""
    await page.evaluate(ages, 6.9)
    await page.reload()
    await someone.settled()
    await expect(page.locator("#text")).to_have_value("焊工")
    await page.evaluate(ages, 7.1)
    await page.reload()
    await someone.settled()
    await expect(page.locator("#text")).to_have_value("")
    assert await stored(page) == {}


async def test_what_somebody_else_wrote_there_does_no_harm(visits: Visits, programme: Programme) -> None:
    someone = await visits()
    page = someone.page
    await someone.begins(programme.title)
    await someone.presses("个人自主申报", "是")
    await types(page, "焊工")
    await page.evaluate(
        """() => {
            for (const name of Object.keys(localStorage)) localStorage.setItem(name, '{"text": 5');
            localStorage.setItem("theirs", "kept");
        }"""
    )
    await page.reload()
    await someone.settled()
    await expect(page.locator("#text")).to_have_value("")
    assert await stored(page) == {"theirs": "kept"}


async def test_there_is_an_end_to_what_is_kept(visits: Visits, programme: Programme) -> None:
    someone = await visits()
    page = someone.page
    await someone.begins(programme.title)
    await someone.presses("个人自主申报", "是")
    await types(page, "焊工")
    await page.evaluate(
        """() => {
            const [name] = Object.keys(localStorage);
            const { at } = JSON.parse(localStorage.getItem(name));
            for (let n = 0; n < 40; n++) {
                localStorage.setItem(`${name}${n}`, JSON.stringify({ text: "x", at: at - 1000 + n }));
            }
        }"""
    )
    await someone.presses("上一步")
    await types(page, "是的")
    kept = await stored(page)
    assert len(kept) == 30
    assert {"焊工", "是的"} < {entry.split('"')[3] for entry in kept.values()}


UNAVAILABLE = """Object.defineProperty(window, "localStorage", { get() { throw new DOMException("no"); } })"""
FULL = """Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); }"""


@pytest.mark.parametrize("trouble", [UNAVAILABLE, FULL], ids=["unavailable", "full"])
async def test_a_device_that_keeps_nothing_is_no_error(
    visits: Visits, programme: Programme, trouble: str
) -> None:
    someone = await visits()
    page = someone.page
    await page.add_init_script(trouble)
    await page.reload()
    await someone.settled()
    await someone.begins(programme.title)
    await someone.presses("个人自主申报", "是")
    await types(page, "焊工")
    await someone.presses("上一步", "是")
    assert await someone.question() == "trade"
    await expect(page.locator("#text")).to_have_value("焊工")
    await page.click("#send")
    await someone.settled()
    assert await someone.question() == "trade_start"
