"""What goes wrong while typing and tapping: nothing is answered unread, nothing typed is lost, nothing private stays."""

from __future__ import annotations

from playwright.async_api import Dialog, Page, expect

from bot.house import troubles
from forms.casefile import CaseFile
from forms.programme import Programme
from tests.bot.webchat.browsing import CASES, Visits, needs_browser, usable

pytestmark = needs_browser


async def dispatch(page: Page, event: str) -> None:
    """What the browser says when its network goes and comes."""
    await page.evaluate("name => dispatchEvent(new Event(name))", event)


async def test_a_second_tap_answers_nothing_unread(
    visits: Visits, programme: Programme, case: CaseFile
) -> None:
    someone = await visits()
    page = someone.page
    await someone.begins(programme.title)
    await someone.plays(programme, case, CASES, until="frontline")
    box = await page.locator("#choices .choice.option").first.bounding_box()
    assert box
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    await page.touchscreen.tap(*middle)
    await expect(page.locator("#composer")).to_have_attribute("data-question", "union_member")
    # Wherever the new buttons lie: none of them is taken while they are new.
    assert await page.evaluate(
        """() => {
            const unread = document.getElementById("choices").classList.contains("unread");
            document.querySelector("#choices .choice.option").click();
            return unread;
        }"""
    )
    await someone.settled()
    assert await someone.question() == "union_member"
    await someone.presses("是")
    assert await someone.question() == "public_official"


async def test_ticked_options_keep_what_explains_them(
    visits: Visits, programme: Programme, case: CaseFile
) -> None:
    someone = await visits(viewport={"width": 320, "height": 568})
    page = someone.page
    await someone.begins(programme.title)
    await someone.plays(programme, case, CASES, until="conditions")
    explained = page.locator("#choices .explain")
    await expect(explained).to_have_count(6)
    await someone.presses("具有工艺专长", "体现领军作用")
    await expect(explained).to_have_count(6)
    await expect(someone.live).to_contain_text("下面六项，您符合哪几项？")
    await usable(page)
    await page.reload()
    await someone.settled()
    await expect(explained).to_have_count(6)
    await someone.presses("选好了")
    await someone.says("上一步")
    assert await someone.question() == "conditions"
    await expect(explained).to_have_count(6)


async def test_a_text_that_waited_is_given_back_where_the_question_moved_on(
    visits: Visits, programme: Programme
) -> None:
    phone = await visits()
    page = phone.page
    await phone.begins(programme.title)
    tab = await visits(page.context)
    await phone.presses("个人自主申报", "是")
    await expect(tab.page.locator("#composer")).to_have_attribute("data-question", "trade")
    # The other tab answers first; this one has not heard of it when its words are sent.
    await page.evaluate(
        """() => {
            const send = WebSocket.prototype.send;
            WebSocket.prototype.send = function (text) {
                WebSocket.prototype.send = send;
                window.letGo = () => this.send(text);
            };
        }"""
    )
    await page.fill("#text", "焊工")
    await page.click("#send")
    await page.wait_for_function("() => window.letGo")
    await tab.says("钳工")
    assert await tab.question() == "trade_start"
    await page.evaluate("() => window.letGo()")
    await phone.settled()
    assert await phone.question() == "trade_start"
    await expect(page.locator(".own").last).to_contain_text(
        "这条没有记下。请看下面这一步。您写的先留着，回到那一题就放回输入框。"
    )
    await expect(page.locator("#text")).to_have_value("")
    await expect(phone.live.locator(".tone-ask")).to_be_visible()
    await phone.presses("上一步")
    await expect(page.locator("#text")).to_have_value("焊工")


async def test_what_was_typed_is_not_lost(visits: Visits, programme: Programme) -> None:
    someone = await visits()
    page = someone.page
    await someone.begins(programme.title)
    await someone.presses("个人自主申报", "是")
    await someone.says("焊工", "很久以前")
    await expect(page.locator(".tone-problem")).to_be_visible()
    await expect(page.locator("#text")).to_have_value("很久以前")
    # Given back to be mended; it is no answer to the question before.
    await someone.presses("上一步")
    await expect(page.locator("#text")).to_have_value("")

    much = "长" * 12_001
    await page.fill("#text", much)
    await page.click("#send")
    await expect(page.locator("#line")).to_contain_text("这一条太长了（12001 字），一次最多收 12000 字")
    await expect(page.locator("#text")).to_have_value(much)

    asked: list[str] = []

    async def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        await dialog.accept()

    page.on("dialog", stay)
    await page.reload()
    assert asked == ["beforeunload"]


async def test_private_numbers_are_masked_however_they_are_written(
    visits: Visits, programme: Programme, case: CaseFile
) -> None:
    someone = await visits()
    page = someone.page
    await someone.begins(programme.title)
    await someone.plays(programme, case, CASES, until="id_number")
    number = str(case.answers["id_number"])
    wide = number.translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"})
    wrong = number[:-1] + "1"
    for written in (wrong, wide, f"{wrong[:6]} {wrong[6:14]} {wrong[14:]}", wrong[:17] + "Ｘ"):
        await someone.says(written)
        own = await page.locator(".own .words").last.inner_text()
        assert own.startswith("4501**********")
        if await someone.offers("不对，我重填"):
            await someone.presses("不对，我重填")


async def test_the_bar_tells_the_state_of_the_line(visits: Visits, programme: Programme) -> None:
    someone = await visits()
    page = someone.page
    line = page.locator("#line")
    await someone.begins(programme.title)
    await dispatch(page, "offline")
    await expect(line).to_contain_text("网络断开了")
    await dispatch(page, "online")
    await expect(line).to_be_empty()

    # With an answer on its way the next one waits; that said, the bar is about the line again.
    await page.evaluate(
        """() => {
            const send = WebSocket.prototype.send;
            WebSocket.prototype.send = () => {};
            window.heal = () => (WebSocket.prototype.send = send);
        }"""
    )
    await dispatch(page, "offline")
    await expect(line).to_contain_text("网络断开了")
    await page.fill("#text", "个人自主申报")
    await page.click("#send")
    await page.fill("#text", "是")
    await page.click("#send")
    await expect(line).to_contain_text("上一条还没送到")
    await expect(line).to_contain_text("网络断开了", timeout=6000)
    await expect(page.locator("#text")).to_have_value("是")


async def test_an_edit_that_leads_elsewhere_is_forgotten(
    visits: Visits, programme: Programme, case: CaseFile
) -> None:
    someone = await visits()
    page = someone.page
    await someone.begins(programme.title)
    await someone.plays(programme, case, CASES, until="phone")
    await someone.unfolds("基本情况")
    await page.locator(".line-row[data-edit]", has_text="民族").click()
    await someone.settled()
    await someone.says("上一步", "检查答案")
    await expect(page.locator(".summary")).to_be_visible()
    await expect(page.locator(".just-edited")).to_have_count(0)


async def test_lists_keep_their_shape(visits: Visits, programme: Programme, case: CaseFile) -> None:
    someone = await visits(viewport={"width": 320, "height": 568})
    page = someone.page
    await someone.begins(programme.title)
    await someone.plays(programme, case, CASES, until="frontline")
    await someone.says("材料清单")
    for mark in await page.locator(".mark").all():
        assert await mark.evaluate("mark => mark.getClientRects().length") == 1
    indented = someone.live.locator(".indented").first
    assert await indented.evaluate("note => parseFloat(getComputedStyle(note).paddingLeft)") > 10
    await usable(page)
    await someone.says("长" * 300)
    unfold = page.get_by_role("button", name="展开").last
    box = await unfold.bounding_box()
    assert box
    assert box["height"] >= 44


async def test_a_text_that_is_too_long_is_refused_at_once_in_the_servers_words(
    visits: Visits, programme: Programme
) -> None:
    someone = await visits()
    await someone.begins(programme.title)
    most = int(await someone.page.locator("html").get_attribute("data-max-text") or 0)
    await someone.page.fill("#text", "焊" * (most + 1))
    await someone.page.click("#send")
    await expect(
        someone.page.get_by_text(str(troubles.words("too_long", count=most + 1, most=most)))
    ).to_be_visible()
    assert len(await someone.page.input_value("#text")) == most + 1
