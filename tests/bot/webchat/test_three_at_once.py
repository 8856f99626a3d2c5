"""Three people in browsers of their own, at once: a nominee and two experts, from the invitations to both letters."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

from playwright.async_api import Browser, expect

from forms.casefile import CaseFile
from forms.programme import Programme
from tests.bot.webchat.browsing import CASES, PHONE, Visits, needs_browser, usable
from tests.bot.webchat.house import House
from tests.bot.webchat.test_accessible import clean
from tests.bot.webchat.test_inviting import asked_in, experts, link_of  # noqa: F401 - a fixture
from tests.bot.webchat.visitor import Visitor
from tests.bot.webchat.walking import walked

pytestmark = needs_browser
#: Where to leave pictures of what was seen, to be looked at; nowhere unless asked for.
PICTURES = os.environ.get("JIANGJIAN_TEST_PICTURES", "")
#: What an expert is asked beside what a case file says of them.
ABOUT = {"expert_relation": "同一个项目上的同事", "expert_facts": True}


async def seen(someone: Visitor, name: str) -> None:
    """Clean and usable; a picture of it at a phone's width and at a desk's."""
    page = someone.page
    await clean(page, name)
    await usable(page)
    if PICTURES:
        await page.screenshot(path=Path(PICTURES) / f"{name}-390.png")
        await page.set_viewport_size({"width": 1280, "height": 900})
        await page.screenshot(path=Path(PICTURES) / f"{name}-1280.png")
        await page.set_viewport_size(PHONE["viewport"])


async def writes(visits: Visits, link: str, programme: Programme, case: CaseFile, number: int) -> Visitor:
    """An expert, from the link to their own half as it prints."""
    expert = await visits(url=link)
    if number == 0:
        await seen(expert, "door")
    await expert.presses("是我，开始")
    if number == 0:
        await seen(expert, "consent")
    await expert.presses("同意，开始")
    said = {**ABOUT, **case.parties["expert"][number]}
    await expert.plays(programme, case.model_copy(update={"answers": said}), CASES, role="expert")
    await expert.presses("没问题，交上我这一份", "属实，交上")
    await expect(expert.live).to_contain_text("您这一部分填好了")
    return expert


async def test_both_letters_come_in_while_the_nominee_goes_on(
    browser: Browser,
    visits: Visits,
    house: House,
    programme: Programme,
    experts: CaseFile,  # noqa: F811 - the fixture
) -> None:
    token = await walked(house.url, programme, experts, "employer")
    context = await browser.new_context(**PHONE)
    await context.add_cookies([{"name": "jiangjian", "value": token, "url": house.url}])
    nominee = await visits(context)
    await asked_in(nominee, "莫振邦", "师傅")
    links = [await link_of(nominee)]
    await seen(nominee, "ask")
    await asked_in(nominee, "覃秀兰", "同行")
    links.append(await link_of(nominee))
    assert links[0] != links[1]

    async def goes_on() -> None:
        await nominee.presses("回到进度清单", "接着填")
        await nominee.plays(programme, experts, CASES, until="contest")

    one, two, _ = await asyncio.gather(
        *(writes(visits, link, programme, experts, number) for number, link in enumerate(links)), goes_on()
    )
    await nominee.says("进度")
    tasks = await nominee.live.inner_text()
    assert tasks.count("已完成") == 2 and "莫振邦" in tasks and "覃秀兰" in tasks, tasks
    await seen(nominee, "tasks")
    everything = await nominee.page.locator("#log").inner_text()
    assert "双堵半封" not in everything.replace(str(experts.answers), "")
    for expert, other in ((one, "覃秀兰"), (two, "莫振邦")):
        log = await expert.page.locator("#log").inner_text()
        assert other not in log and "452123198806039994" not in log
        await expert.page.get_by_role("button", name="查看").first.click()
        await expect(expert.page.locator("img.page").first).to_be_visible()
    await one.page.wait_for_function("() => document.querySelector('img.page')?.naturalWidth > 0")
    await seen(one, "half")
