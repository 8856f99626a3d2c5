"""What an office takes along: ordered, told when it is ready, and an entry of every case's trail once."""

from __future__ import annotations

import pytest

from bot.house.exporting import Exporting, NotExported
from storage import exports, stays, trail
from storage.unit import Unit
from tests.bot.house.desk.bureau import Bureau, hands_in
from tests.bot.household import House
from tests.dialogs.desk.desks import words


async def taken(house: House) -> list[str]:
    """Every case of the house, once for each entry that tells that it was taken along."""

    def read(unit: Unit) -> list[str]:
        cases = {row.case for row in unit.connection.execute(stays.ROWS)}
        return [case for case in cases for each in trail.entries(unit, case) if each.kind == "exported"]

    return await house.database.read(read)


async def test_the_trail_tells_once_of_what_is_taken_along_however_often_it_is_made(house: House) -> None:
    bureau = await Bureau(house).opens()
    clerk = await bureau.seats("韦经办", bureau.county)
    for address in ("anna", "ben"):
        await hands_in(house, address)
    await clerk.says("看板")
    await clerk.presses("更多", "导出表格和材料包", "全部材料包")
    assert "在排队" in words(clerk.screen)
    assert await taken(house) == []
    exporting: Exporting = house.conversation.exports
    assert await exporting.make_next()
    assert len(await taken(house)) == 2
    await clerk.take()
    assert "做好了" in words(clerk.screen)

    def again(unit: Unit) -> None:
        (ready,) = exports.of_office(unit, bureau.county)
        unit.connection.execute(
            exports.export.update().where(exports.export.c.id == ready.id).values(state="waiting")
        )

    await house.database.run(again)  # as if its maker had died
    assert await exporting.make_next()
    assert len(await taken(house)) == 2


async def test_what_somebody_takes_back_cannot_be_downloaded_from_a_link_made_before(house: House) -> None:
    bureau = await Bureau(house).opens()
    clerk = await bureau.seats("韦经办", bureau.county)
    anna = await hands_in(house, "anna")
    await hands_in(house, "ben")
    await clerk.says("看板")
    await clerk.presses("更多", "导出表格和材料包", "全部材料包")
    exporting: Exporting = house.conversation.exports
    assert await exporting.make_next()
    await clerk.take()
    (card,) = clerk.screen.cards
    ready = card.address.rpartition("/")[2]
    assert await exporting.may_have("web", clerk.address, ready)
    await anna.presses("撤回来改", "撤回来改")
    with pytest.raises(NotExported, match="export_recalled"):
        await exporting.may_have("web", clerk.address, ready)
    await clerk.take()
    assert "下载过的，请删掉" in words(clerk.screen)
    assert "不能再下载" in words(clerk.screen) and clerk.screen.cards == ()
    await clerk.presses("全部材料包")
    assert await exporting.make_next()
    await clerk.take()
    (card,) = clerk.screen.cards
    assert "-1份-" in card.title


async def test_what_a_part_of_is_deleted_is_fetched_no_more(house: House) -> None:
    bureau = await Bureau(house).opens()
    clerk = await bureau.seats("韦经办", bureau.county)
    anna = await hands_in(house, "anna")
    await clerk.says("看板")
    await clerk.presses("更多", "导出表格和材料包", "全部材料包")
    exporting: Exporting = house.conversation.exports
    assert await exporting.make_next()
    await clerk.take()
    ready = clerk.screen.cards[0].address.rpartition("/")[2]
    await house.conversation.forget("web", anna.address)
    assert await exporting.may_have("web", clerk.address, ready), "while it is the office's to settle"
    await clerk.says("看板")
    await clerk.presses("陆建华", "申请删除：去答复", "同意删除")
    with pytest.raises(NotExported, match="export_recalled"):
        await exporting.may_have("web", clerk.address, ready)


async def test_a_case_that_was_taken_back_before_it_was_made_is_told_to_have_been_fetched_by_nobody(
    house: House,
) -> None:
    bureau = await Bureau(house).opens()
    clerk = await bureau.seats("韦经办", bureau.county)
    anna = await hands_in(house, "anna")
    await hands_in(house, "ben")
    await clerk.says("看板")
    await clerk.presses("更多", "导出表格和材料包", "全部材料包")
    await anna.presses("撤回来改", "撤回来改")
    exporting: Exporting = house.conversation.exports
    assert await exporting.make_next()
    (ready,) = await house.database.read(lambda unit: exports.of_office(unit, bureau.county))
    assert await house.conversation.staff.downloads.export("web", clerk.address, ready.id)

    def told(unit: Unit) -> dict[str, list[str]]:
        kinds = {row.case: [each.kind for each in trail.entries(unit, row.case)] for row in stays_of(unit)}
        return {
            case: [each for each in told if each in {"exported", "downloaded"}]
            for case, told in kinds.items()
        }

    def stays_of(unit: Unit) -> list[stays.Stay]:
        return stays.read(unit, unit.connection.execute(stays.ROWS))

    found = await house.database.read(told)
    assert sorted(found.values()) == [[], ["exported", "downloaded"]]
