"""A list whose rows are ticked is ticked where it stands: nothing is said twice, the focus stays, and a refusal is seen."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from playwright.async_api import Browser, expect

from dialogs.desk.course_scene import Candidate
from dialogs.desk.press import pressed
from dialogs.turn import Say, Screen
from tests.bot.webchat.browsing import PHONE, Visits, needs_browser
from tests.bot.webchat.desks import Desk
from tests.bot.webchat.test_accessible import DESK
from tests.dialogs.desk.desks import HEAD, at, screen, selection

pytestmark = needs_browser
_MANY = 10


def listed(on: frozenset[int] = frozenset(), refused: bool = False) -> Screen:
    """The list of a stage of which these go on."""
    everybody = tuple(
        Candidate(
            f"{number:032x}",
            f"4821-77{number:02}",
            f"第{number}人",
            "南宁机械厂",
            None,
            "on" * (number in on),
        )
        for number in range(_MANY)
    )
    counts = {"on": len(on), "": _MANY - len(on)}
    there = replace(selection(), candidates=everybody, of=_MANY, counts=counts)
    shown = screen("choosing", HEAD, at("choosing", stage="screening"), selection=there)
    said = (Say("超过人数了。", "problem"),) if refused else ()
    return replace(shown, parts=said + shown.parts, title="南宁市总工会", who="a" * 16)


@pytest.mark.parametrize("device", [PHONE, DESK], ids=["phone", "desk"])
async def test_a_row_is_ticked_where_it_stands(
    browser: Browser, visits: Visits, device: dict[str, Any]
) -> None:
    on: set[int] = set()

    def ticks(said: dict[str, Any]) -> Screen:
        press = pressed(str(said["choice"]))
        assert press
        if int(press.about, 16) == _MANY - 1:
            return listed(frozenset(on), refused=True)
        on.symmetric_difference_update({int(press.about, 16)})
        return listed(frozenset(on))

    desk = Desk(listed(), ticks)
    someone = await visits(await desk.opens(await browser.new_context(**device)))
    rows = someone.page.locator(".row-open")
    eighth = rows.nth(7)
    await eighth.scroll_into_view_if_needed()
    before = await eighth.bounding_box()
    await eighth.click()
    await expect(eighth).to_have_attribute("aria-pressed", "true")
    await expect(someone.page.locator(".table")).to_have_count(1)
    await expect(someone.page.locator(".own")).to_have_count(0)  # a tick is no line of the conversation
    after = await eighth.bounding_box()
    assert (
        before and after and abs(before["y"] - after["y"]) < before["height"]
    )  # it is under the finger still
    assert "通过1人" in await someone.page.locator("#log").inner_text()
    await eighth.click()
    await expect(eighth).to_have_attribute("aria-pressed", "false")
    await rows.nth(_MANY - 1).click()
    await expect(someone.page.get_by_text("超过人数了。")).to_be_in_viewport()


async def test_whoever_goes_through_the_rows_by_keys_stays_on_the_one_that_was_ticked(
    browser: Browser, visits: Visits
) -> None:
    desk = Desk(listed(), lambda said: listed(frozenset({2})))
    someone = await visits(await desk.opens(await browser.new_context(**DESK)))
    rows = someone.page.locator(".row-open")
    await rows.nth(2).focus()
    await someone.page.keyboard.press("Enter")
    await expect(rows.nth(2)).to_have_attribute("aria-label", "取消：第2人")
    await expect(rows.nth(2)).to_be_focused()
