"""On a phone: leave and come back, lose the phone and come back, somebody else's code, two devices."""

from __future__ import annotations

import re

from playwright.async_api import Locator, expect

from forms.programme import Programme
from tests.bot.webchat.browsing import Visits, needs_browser, usable
from tests.bot.webchat.visitor import Visitor

pytestmark = needs_browser

CODE = re.compile(r"[2-9A-Z]{4}(?:-[2-9A-Z]{4}){4}")
DESK = {"viewport": {"width": 1280, "height": 800}, "has_touch": False, "is_mobile": False}


async def begun(visits: Visits, programme: Programme) -> tuple[Visitor, str]:
    """An application with its first answer, and the code that was told with it."""
    someone = await visits()
    await someone.begins(programme.title)
    await someone.presses("个人自主申报")
    told = CODE.search(await someone.live.inner_text())
    assert told
    return someone, told[0]


async def above(card: Locator) -> str:
    """How the bubble above a card begins."""
    return str(await card.evaluate("card => card.previousElementSibling.querySelector('.words').innerText"))[
        :4
    ]


async def below(card: Locator) -> str:
    return str(await card.evaluate("card => card.nextElementSibling.innerText"))


def menu(someone: Visitor, label: str) -> Locator:
    return someone.page.locator("dialog .menu-row", has_text=re.compile(f"^{label}$"))


async def opens_menu(someone: Visitor, label: str) -> None:
    await someone.page.click("#menu")
    await menu(someone, label).click()
    await someone.settled()


async def test_leaving_and_coming_back_by_the_code(visits: Visits, programme: Programme) -> None:
    phone, code = await begun(visits, programme)
    await opens_menu(phone, "离开这台设备")
    card = phone.page.locator(".code-card")
    await expect(card.locator(".code")).to_have_text(code)
    assert await above(card) == "离开以后", "the code first, then the question"
    assert "现在离开吗" in await below(card)
    assert await card.locator("img").evaluate("image => image.decode().then(() => image.naturalWidth)") > 300
    await usable(phone.page)
    await phone.presses("抄好了，离开")
    await expect(phone.page.locator(".code-card .code")).to_have_text(code)
    assert await above(phone.page.locator(".code-card")) == "已经离开", "not below the greeting"
    assert "个人自主申报" not in await phone.page.locator("#log").inner_text(), "nothing said is left to read"
    await usable(phone.page)
    await phone.page.reload()
    await phone.settled()
    await expect(phone.choice("同意，开始")).to_be_visible()
    await expect(phone.page.locator(".code-card")).to_have_count(0)
    await phone.presses("我填过，用恢复码")
    await expect(phone.live).to_contain_text("请把恢复码打在这里")
    await phone.says(f"恢复码 {code[:-4]}2222")
    await expect(phone.live).to_contain_text("这个码不对")
    said = await phone.page.locator("#log").inner_text()
    assert said.count("隐私说明：") == said.count("您好，我是匠荐") == 1, (
        "what is new does not drown in the greeting"
    )
    await usable(phone.page)
    await phone.says(code.lower())
    assert code not in (await phone.page.locator("#log").inner_text()).upper()
    await expect(phone.choice("是我的，接过来")).to_be_visible()
    await usable(phone.page)
    await phone.presses("是我的，接过来")
    assert await phone.question() == "in_area"


async def test_after_losing_the_phone_the_paper_opens_it_and_the_old_phone_is_shut(
    visits: Visits, programme: Programme
) -> None:
    lost, code = await begun(visits, programme)
    new = await visits()
    await new.page.goto(f"{new.page.url}resume#{code}")
    await new.settled()
    await new.presses("是我的，接过来")
    assert await new.question() == "in_area"
    await expect(lost.page.locator("#log")).to_contain_text("有人用恢复码")
    await opens_menu(new, "我的设备")
    await usable(new.page)
    await new.presses("退出：网页")
    await expect(lost.choice("同意，开始")).to_be_visible()
    assert "个人自主申报" not in await lost.page.locator("#log").inner_text()
    await opens_menu(new, "恢复码")
    await usable(new.page)
    await new.presses("换一个新的恢复码", "换一个新的")
    fresh = await new.page.locator(".code-card .code").inner_text()
    assert fresh != code
    await lost.says(code)
    await expect(lost.live).to_contain_text("这个码不对")


async def test_a_strangers_link_takes_nothing(visits: Visits, programme: Programme) -> None:
    _, theirs = await begun(visits, programme)
    mine, own = await begun(visits, programme)
    await mine.presses("是")
    await mine.page.goto(f"{mine.page.url}resume#{theirs}")
    await mine.settled()
    await expect(mine.live).to_contain_text("不是您自己的就不要接")
    await expect(mine.live).to_contain_text("原样留着")
    await usable(mine.page)
    await mine.presses("是我的，接过来")
    await expect(mine.live).to_contain_text(own)
    assert await mine.question() == "in_area"
    await mine.says(own)
    await mine.presses("是我的，接过来")
    assert await mine.question() == "trade"


async def test_a_desk_shows_the_code_to_be_printed(visits: Visits, programme: Programme) -> None:
    _, code = await begun(visits, programme)
    desk = await visits(**DESK)
    await desk.says(code)
    await usable(desk.page)
    await desk.presses("是我的，接过来")
    await opens_menu(desk, "恢复码")
    await usable(desk.page)
    await desk.page.emulate_media(media="print")
    picture = desk.page.locator(".code-picture")
    assert await picture.evaluate("image => getComputedStyle(image).visibility") == "visible"
    assert await desk.page.locator("#choices").evaluate("e => getComputedStyle(e).visibility") == "hidden"
    await desk.page.emulate_media(media="screen")
    await desk.presses("抄好了，返回")
    await expect(desk.page.locator(".code-card")).to_have_count(0)
