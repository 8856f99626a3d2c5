"""What staff and people are told: everybody who decides, no name where none may stand, and nobody's chat rings at night."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from forms.message import say
from storage import interviews, people
from storage.tables import outbox as items
from storage.unit import Unit
from tests.bot.house.desk.cases import Lying, forges, lying, said, speaks
from tests.bot.household import House, Someone

TELEGRAM = "4242"


async def joins(case: Lying, someone: Someone) -> Someone:
    """Somebody has Telegram too, as another door of theirs."""

    def join(unit: Unit) -> None:
        speaker = interviews.speaker(unit, "web", someone.address)
        assert speaker
        people.join(unit, "telegram", TELEGRAM, speaker.person, case.house.now)

    await case.house.database.run(join)
    return Someone(case.house, TELEGRAM, "telegram")


async def waiting(house: House) -> dict[str, int]:
    """How many items of the outbox wait, by when they are due: now, or later."""
    rows = await house.database.read(
        lambda unit: (
            unit.connection.execute(select(items.c.due).where(items.c.state == "waiting")).scalars().all()
        )
    )
    return {"now": sum(due <= house.now for due in rows), "later": sum(due > house.now for due in rows)}


async def test_all_who_decide_at_an_office_are_told_and_nobody_else(house: House) -> None:
    case = await lying(house)
    head = await case.bureau.seats("黄主席", case.bureau.county, "head")
    auditor = await case.bureau.seats("审计", case.bureau.county, "auditor")
    city = await case.bureau.seats("莫科长", case.bureau.city)
    await case.opens()
    await forges(case.clerk, "pass_now")
    await city.take()
    assert "上报来一件" in said(city)

    def tell(unit: Unit) -> None:
        telling = house.conversation.staff.decisions._telling
        telling.office(unit, case.bureau.county, say("都来开会"), say("开会"), house.now)

    await house.database.run(tell)
    for each, told in ((head, True), (case.clerk, True), (auditor, False), (city, False)):
        await each.take()
        assert ("都来开会" in said(each)) is told, each.address


async def test_no_name_goes_to_a_chat_abroad(house: House) -> None:
    case = await lying(house)
    chat = await joins(case, case.clerk)
    other = Someone(house, "another")
    await other.take()
    await speaks(house)

    def tell(unit: Unit) -> None:
        speaker = interviews.speaker(unit, "web", case.clerk.address)
        assert speaker
        telling = house.conversation.staff.decisions._telling
        telling.seat(unit, speaker.person, say("陆建华来了"), say("来了一件"), house.now)

    await house.database.run(tell)
    await chat.take()
    assert "来了一件" in said(chat)
    assert "陆建华来了" not in said(chat)
    await case.clerk.take()
    assert "陆建华来了" in said(case.clerk)


@pytest.mark.parametrize(
    ("hours", "rings"), [(0, True), (8, True), (9, False), (14, False), (19, False), (20, True)]
)
async def test_a_chat_rings_in_the_day_and_a_page_shows_it_at_once(
    house: House, hours: int, rings: bool
) -> None:
    """Noon in China, and so many hours later: from nine in the evening to eight in the morning nobody is spoken to."""
    case = await lying(house)
    await joins(case, case.anna)
    await speaks(house)
    house.now += timedelta(hours=hours)
    await case.opens()
    await forges(case.clerk, "letters")
    await case.clerk.says("请来一趟")
    await case.anna.take()
    assert "给您留言：请来一趟" in said(case.anna)
    await speaks(house)
    assert (await waiting(house))["later"] == (0 if rings else 1)
