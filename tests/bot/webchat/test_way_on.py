"""The way on is in sight wherever one reads, on every size of screen, and stronger than what takes away."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import Page

from tests.bot.webchat.browsing import PHONE, Visits, needs_browser, usable
from tests.bot.webchat.visitor import Visitor

pytestmark = needs_browser

#: Screens on which the way on was below the fold, with the size of type in per cent.
SIZES = [
    pytest.param((390, 844), 100, "light", id="phone"),
    pytest.param((320, 568), 100, "dark", id="small phone in the dark"),
    pytest.param((844, 390), 100, "light", id="on its side"),
    pytest.param((390, 844), 200, "light", id="large type"),
]
_SEEN = """way => {
    const { top, bottom, left, right } = way.getBoundingClientRect();
    const at = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
    const held = document.getElementById("composer").getBoundingClientRect().top;
    return bottom <= held + 1 && top >= 0 && left >= 0 && right <= innerWidth && way.contains(at);
}"""


async def in_sight(page: Page, label: str) -> bool:
    """Whether a button is on the screen whole, with nothing over it, however far one has scrolled."""
    way = page.locator("#choices .choice", has_text=label).first
    seen = []
    for far in (0, 0.5, 1):
        await page.evaluate(
            """far => {
                const scroll = document.getElementById("scroll");
                scroll.scrollTo({ top: far * (scroll.scrollHeight - scroll.clientHeight), behavior: "instant" });
            }""",
            far,
        )
        seen.append(bool(await way.evaluate(_SEEN)))
    return all(seen)


async def sized(visit: Visits, question: str, size: tuple[int, int], scheme: str, type_size: int) -> Visitor:
    device: dict[str, Any] = {
        **PHONE,
        "viewport": {"width": size[0], "height": size[1]},
        "color_scheme": scheme,
    }
    someone = await visit(question, **device)
    await someone.page.evaluate("size => document.documentElement.style.fontSize = `${size}%`", type_size)
    return someone


@pytest.mark.parametrize(("size", "type_size", "scheme"), SIZES)
async def test_rows_that_were_written(
    arrives: Visits, size: tuple[int, int], type_size: int, scheme: str
) -> None:
    someone = await sized(arrives, "honours", size, scheme, type_size)
    await someone.says("2018年12月 广西技术能手 自治区人社厅\n2015年4月 南宁市五一劳动奖章 南宁市总工会")
    while await someone.offers("对的"):
        await someone.presses("对的")
    await usable(someone.page)
    assert await in_sight(someone.page, "写完了")
    strength = "button => button.classList.contains('plain')"
    for weak in ("删掉最后一条", "删掉某一条"):
        assert await someone.choice(weak).evaluate(strength), weak


@pytest.mark.parametrize(("size", "type_size", "scheme"), SIZES)
@pytest.mark.parametrize("question", ["photo", "certificates", "brief"])
async def test_a_camera_and_a_field_are_stronger_than_passing_by(
    arrives: Visits, question: str, size: tuple[int, int], type_size: int, scheme: str
) -> None:
    someone = await sized(arrives, question, size, scheme, type_size)
    await usable(someone.page)
    assert await in_sight(someone.page, "打开写作框" if question == "brief" else "拍照或选文件")
    strong = await someone.page.locator("#choices .choice.primary").all_inner_texts()
    assert len(strong) == 1


async def test_ticks_have_their_end_in_sight(arrives: Visits) -> None:
    someone = await arrives("skill_titles", viewport={"width": 320, "height": 568})
    await someone.page.locator("#choices [role=checkbox]").first.click()
    await someone.settled()
    assert await in_sight(someone.page, "选好了")


async def test_none_of_these_is_no_stronger_than_one_of_them(arrives: Visits) -> None:
    someone = await arrives("skill_titles", viewport={"width": 320, "height": 568})
    assert await someone.page.locator("#choices .choice.primary").count() == 0
    assert await in_sight(someone.page, "都没有")


async def test_what_is_agreed_to_is_read_first(visits: Visits) -> None:
    someone = await visits(viewport={"width": 320, "height": 568})
    consent = someone.choice("同意，开始")
    assert not await consent.evaluate(_SEEN), "the notice is longer than the screen"
    await consent.scroll_into_view_if_needed()
    assert await consent.evaluate(_SEEN)
