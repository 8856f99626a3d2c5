"""A digest comes at its hour, once a day, to whoever wants one and has something to do."""

from __future__ import annotations

from datetime import timedelta

from tests.bot.house.desk.cases import Lying, forges, lying, said, speaks
from tests.bot.household import House

HOUR = timedelta(hours=1)
TODAY = "青秀区总工会今天：要办的1件，其中新到1件"


async def wants(case: Lying, hour: int) -> None:
    """The clerk wants one at this hour."""
    await case.clerk.says("看板")
    await case.clerk.presses("更多", "每天的提醒", f"每天{hour}点")


async def told(case: Lying) -> bool:
    """Whether the clerk is told one now."""
    await case.house.conversation.expire()
    await speaks(case.house)
    await case.clerk.take()
    return "今天：要办的" in said(case.clerk).splitlines()[0]


async def quiet(case: Lying) -> None:
    """What was told is read."""
    await case.clerk.says("看板")
    await case.clerk.says("看板")


async def test_it_comes_at_its_hour_once_a_day(house: House) -> None:
    case = await lying(house)
    await quiet(case)
    await wants(case, 14)
    assert "每天14点告诉您" in said(case.clerk)
    house.now += HOUR  # one in the afternoon in China
    assert not await told(case)
    house.now += HOUR
    assert await told(case)
    assert TODAY in said(case.clerk)
    await quiet(case)
    house.now += HOUR
    assert not await told(case)
    house.now += 23 * HOUR
    assert await told(case)


async def test_nobody_gets_one_at_night(house: House) -> None:
    case = await lying(house)
    await quiet(case)
    await wants(case, 17)
    house.now += 10 * HOUR  # ten in the evening: nothing ran at five
    assert not await told(case)
    house.now += 11 * HOUR  # nine in the morning
    assert not await told(case)


async def test_whoever_has_nothing_to_do_or_wants_none_is_left_alone(house: House) -> None:
    case = await lying(house)
    await case.opens()
    await forges(case.clerk, "accept_now")
    await wants(case, 14)
    house.now += 3 * HOUR
    assert not await told(case)
    await quiet(case)
    await case.clerk.presses("更多", "每天的提醒", "不要提醒")
    assert "现在没有每天的提醒" in said(case.clerk)
