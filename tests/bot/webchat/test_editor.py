"""A longer text in one field: counted as the server counts, taken back, kept on the device, edited whole."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect

from forms.casefile import CaseFile
from forms.counting import count
from forms.programme import Programme
from tests.bot.webchat.browsing import PHONE, Visits, needs_browser, usable
from tests.bot.webchat.test_accessible import DESK, clean
from tests.bot.webchat.visitor import Visitor

pytestmark = needs_browser

MIXED = "2015年7月，我用 CO2 气体保护焊（GMAW-P）干了3.5米，合格率98.6%——“一次成”！\n第二段 end."


async def opened(someone: Visitor) -> Page:
    await someone.page.locator("#choices .choice:has(.icon-pen)").click()
    await expect(someone.page.locator(".writing-field")).to_be_focused()
    return someone.page


async def pastes(page: Page, words: str) -> None:
    await page.locator(".writing-field").evaluate(
        """(field, words) => {
            const carried = new DataTransfer();
            carried.setData("text/plain", words);
            field.dispatchEvent(new ClipboardEvent("paste", {clipboardData: carried, bubbles: true, cancelable: true}));
        }""",
        words,
    )


@pytest.mark.parametrize("device", [PHONE, DESK, {**PHONE, "viewport": {"width": 320, "height": 568}}])
async def test_a_text_is_written_kept_and_sent_whole(
    arrives: Visits, device: dict[str, object], programme: Programme
) -> None:
    someone = await arrives("brief", **device)
    page = await opened(someone)
    stands = page.locator(".writing-count")
    await expect(stands).to_have_text("已写 0 字 · 还差约 720 字")
    await page.keyboard.insert_text(MIXED)
    await expect(stands).to_contain_text(f"已写 {count(MIXED)} 字")
    await clean(page, "the editor")
    await usable(page)
    await page.reload()
    await someone.settled()
    await expect(page.locator("#choices")).to_contain_text(f"接着写（已写 {count(MIXED)} 字）")
    await opened(someone)
    await expect(page.locator(".writing-field")).to_have_value(MIXED)
    await page.keyboard.insert_text("\n" + "焊" * 750)
    await expect(stands).to_contain_text("字数合适")
    await page.keyboard.insert_text("焊" * 200)
    await expect(stands).to_contain_text("多了")
    await page.get_by_role("button", name="撤回").click()
    await page.locator(".writing-field").fill(MIXED + "\n" + "焊" * 750)
    await page.get_by_role("button", name="写好了").click()
    await someone.settled()
    assert await someone.question() == "narrative"
    assert await page.evaluate("() => Object.keys(localStorage).length") == 0, "what was sent is kept no more"

    await someone.unfolds("事迹材料")
    await page.locator(".line-row", has_text="个人事迹简介").click()
    await someone.settled()
    await opened(someone)
    await expect(page.locator(".writing-field")).to_have_value(MIXED + "\n" + "焊" * 750)


async def test_steps_back_and_forward(arrives: Visits) -> None:
    someone = await arrives("brief")
    page = await opened(someone)
    back, forth = page.get_by_role("button", name="撤回"), page.get_by_role("button", name="恢复")
    await expect(back).to_be_disabled()
    await page.keyboard.insert_text("第一段。")
    await page.wait_for_timeout(700)  # a pause in writing
    await page.keyboard.insert_text("第二段。")
    await back.click()
    await expect(page.locator(".writing-field")).to_have_value("第一段。")
    await back.click()
    await expect(page.locator(".writing-field")).to_have_value("")
    await forth.click()
    await forth.click()
    await expect(page.locator(".writing-field")).to_have_value("第一段。第二段。")
    await expect(forth).to_be_disabled()
    await page.keyboard.insert_text("新")
    await page.keyboard.press("Control+z")  # the browser's own way
    await expect(page.locator(".writing-field")).to_have_value("第一段。第二段。")


@pytest.mark.parametrize(
    ("pasted", "taken"),
    [
        ("一\r\n二\r\n\r\n\r\n\r\n三", "一\n二\n\n三"),
        ("\ufeff从事\u00a0焊工\u200b\t多年 \u3000\n完", "从事 焊工 多年\n完"),
        ("一\u000b二\u2028三", "一\n二\n三"),
        ("图\ufffc在此", "图在此"),
    ],
)
async def test_what_word_and_wechat_put_beside_the_words_stays_out(
    arrives: Visits, pasted: str, taken: str
) -> None:
    page = await opened(await arrives("brief"))
    await pastes(page, pasted)
    await expect(page.locator(".writing-field")).to_have_value(taken)


async def test_an_outline_to_start_from_is_no_part_of_the_text(
    arrives: Visits, programme: Programme, case: CaseFile
) -> None:
    someone = await arrives("brief")
    page = await opened(someone)
    prompts = programme.form("nominee").questions["brief"].outline  # type: ignore[attr-defined]
    await page.get_by_role("button", name="提纲").click()
    value = await page.locator(".writing-field").input_value()
    assert all(f"【{prompt}】" in value for prompt in prompts)
    await expect(page.locator(".writing-count")).to_contain_text("已写 0 字")
    await expect(page.get_by_role("button", name="写好了")).to_be_disabled()
    await page.keyboard.insert_text("我是一名焊工。")
    await page.get_by_role("button", name="写好了").click()
    await someone.settled()
    await expect(someone.live).to_contain_text("现在 7 字")
    await expect(page.locator(".own").last).not_to_contain_text("【")
    # What is remarked on is mended in the same field, where all of it stands.
    await opened(someone)
    await expect(page.locator(".writing-field")).to_have_value("我是一名焊工。")


async def test_closing_keeps_what_was_written_and_a_part_sent_in_the_chat_is_in_it(arrives: Visits) -> None:
    someone = await arrives("brief")
    page = someone.page
    await someone.says("发来的第一段。", "发来的第二段。")
    await opened(someone)
    await expect(page.locator(".writing-field")).to_have_value("发来的第一段。\n发来的第二段。")
    await page.keyboard.insert_text("再加一句。")
    await page.get_by_role("button", name="关闭").click()
    await expect(page.locator("dialog")).to_have_count(0)
    await opened(someone)
    await expect(page.locator(".writing-field")).to_have_value("发来的第一段。\n发来的第二段。再加一句。")


async def test_what_was_refused_waits_in_the_field(arrives: Visits) -> None:
    someone = await arrives("brief")
    page = await opened(someone)
    await page.keyboard.insert_text("雪\U0001fadf花")
    await page.get_by_role("button", name="写好了").click()
    await someone.settled()
    await expect(someone.live).to_contain_text("这些字符印不出来")
    await opened(someone)
    await expect(page.locator(".writing-field")).to_have_value("雪\U0001fadf花")
