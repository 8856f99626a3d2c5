"""Whoever wrote for somebody's case has the same ways while an office has it: words to it, and deletion that it settles."""

from __future__ import annotations

from sqlalchemy import select

from storage import handing, invitations
from storage.desk_tables import stay
from storage.unit import Unit
from tests.bot.house.desk.cases import said, together
from tests.bot.household import House


async def _sealed(house: House) -> tuple[str, ...]:
    """The parties in what was handed in."""

    def read(unit: Unit) -> tuple[str, ...]:
        case = unit.connection.execute(select(stay.c.case)).scalar_one()
        content = handing.of_round(unit, case, 1)
        return tuple(each.key for each in content.parts) if content else ()

    return await house.database.read(read)


async def test_an_expert_writes_and_is_answered_and_nobody_else(house: House) -> None:
    case = await together(house)
    first, second = case.experts
    await first.says("找人工", "签名签在哪里？")
    await case.opens()
    await case.clerk.presses("留言")
    assert "推荐专家一，6月15日" in said(case.clerk)
    assert "就发给推荐专家一" in said(case.clerk)
    await case.clerk.says("右下角。")
    await first.take()
    assert "给您留言：右下角。" in said(first)
    for other in (second, case.anna):
        await other.take()
        assert "右下角" not in said(other)
        await other.says("留言")
        assert "签名签在哪里" not in said(other)


async def test_an_experts_letter_goes_once_the_office_agrees_and_the_case_stays(house: House) -> None:
    case = await together(house)
    first, _ = case.experts
    assert await _sealed(house) == ("nominee 1", "expert 1", "expert 2")
    await first.says("删除我的全部内容")
    assert "同意" in said(first)
    await first.presses("全部删除")
    assert await _sealed(house) == ("nominee 1", "expert 1", "expert 2")
    await case.opens()
    assert "推荐专家一" in said(case.clerk)
    await case.clerk.presses("推荐专家一申请删除", "同意删除")
    assert await _sealed(house) == ("nominee 1", "expert 2")
    assert "陆建华" in said(case.clerk)
    await first.take()
    assert "同意删除" in said(first)

    def standing(unit: Unit) -> dict[str, str]:
        only = unit.connection.execute(select(stay.c.case)).scalar_one()
        return {each.key: each.standing for each in invitations.of_case(unit, only)}

    assert (await house.database.read(standing))["expert 1"] == "withdrawn"
