"""The links that bring people here: a programme to begin, remembered through the consent."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from forms.programme import Programme
from tests.bot.webchat.browsing import Visits, needs_browser
from tests.bot.webchat.caller import Caller
from tests.bot.webchat.house import House

pytestmark = needs_browser


async def test_a_link_opens_the_chat_at_its_programme(
    visits: Visits, house: House, programme: Programme
) -> None:
    someone = await visits(url=f"{house.url}/p/{programme.id}")
    await expect(someone.live).to_contain_text(f"您要填的是：{programme.title}")
    assert someone.page.url == f"{house.url}/"
    await someone.presses("同意，开始")
    await expect(someone.page.locator("#title")).to_have_text(programme.title)
    assert await someone.question() == "route"


@pytest.mark.parametrize("consent", ["好的，同意", "English"])
async def test_it_is_remembered_through_a_reload_a_change_of_language_and_a_typed_consent(
    visits: Visits, house: House, programme: Programme, consent: str
) -> None:
    someone = await visits(url=f"{house.url}/p/{programme.id}")
    await expect(someone.live).to_contain_text("您要填的是")
    await someone.page.reload()
    await someone.settled()
    await expect(someone.live).to_contain_text("您要填的是")
    if consent == "English":
        await someone.presses("English")
        await someone.presses("Agree and start")
    else:
        await someone.says("同意")
    await expect(someone.page.locator("#composer")).to_have_attribute("data-question", "route")
    await someone.page.reload()
    await someone.settled()
    assert await someone.question() == "route"
    assert await someone.page.locator("#log", has_text="打开链接里的项目").count() == 0, "it was granted"


async def test_somebody_on_the_way_goes_on_and_is_told(
    visits: Visits, house: House, programme: Programme
) -> None:
    someone = await visits()
    await someone.begins(programme.title)
    await someone.presses("个人自主申报")
    again = await visits(someone.page.context, url=f"{house.url}/p/{programme.id}")
    await expect(again.live).to_contain_text("您现在填的")
    assert await again.question() == "in_area"
    other = await visits(someone.page.context, url=f"{house.url}/p/liuzhou-2025")
    await expect(other.live).to_contain_text("另填一份")


async def test_an_unknown_programme_is_kindly_answered(visits: Visits, house: House) -> None:
    someone = await visits(url=f"{house.url}/p/nothing-1999")
    await expect(someone.live).to_contain_text("这个链接里的项目现在没有")
    await someone.presses("同意，开始")
    await expect(someone.live).to_contain_text("请选要申报的项目")


async def test_a_place_that_cannot_be_a_programme_is_no_page(house: House) -> None:
    async with Caller(house.url) as caller:
        assert (await caller.get(f"/p/{'x' * 65}")).status == 404
        assert (await caller.get("/p/a%2Fb")).status == 404
