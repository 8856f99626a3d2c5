"""What an office takes along: ordered, told when it is ready, and an entry of every case's trail once."""

from __future__ import annotations

from bot.house.exporting import Exporting
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
