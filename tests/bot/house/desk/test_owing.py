"""A part that came back to somebody else keeps the case waiting until it is answered, and no longer."""

from __future__ import annotations

from sqlalchemy import Table, select

from storage import invitations, remarks, stays
from storage.desk_tables import seat
from storage.tables import case
from storage.unit import Unit
from tests.bot.house.desk.bureau import COUNTY, Bureau
from tests.bot.house.invitees import asks, gathered, nominated, takes, text, writes
from tests.bot.household import House, Someone, picture, stream


async def handed_in(house: House) -> tuple[Bureau, Someone, Someone]:
    """A case with one technician's letter, at the county union."""
    bureau = await Bureau(gathered(house)).opens()
    await bureau.seats("韦经办", bureau.county)
    anna = await nominated(Someone(house, address="anna"))
    expert = await takes(Someone(house, address="mo"), await asks(anna))
    await writes(expert)
    await anna.says("进度")
    await anna.presses("接着填")
    await anna.says("第一机床厂", "书法", "手艺好", "写完了")
    kept = await house.conversation.receive("web", "anna", "证书.jpg", stream(picture()))
    await anna.take(file=kept)
    await anna.presses("发完了")
    await anna.presses("没问题", "属实", "递交", COUNTY, "递交给")
    return bureau, anna, expert


async def comes_back(bureau: Bureau, question: str, text: str) -> None:
    """What staff send back on the technician's part."""
    house = bureau.house

    def send(unit: Unit) -> None:
        (row,) = stays.of_cases(unit, bureau.county, _all(unit, case))
        (clerk,) = _all(unit, seat)
        part = next(each.party for each in invitations.of_case(unit, row.case) if each.role == "expert")
        remarks.write(unit, row.case, part, question, "wrong", text, clerk, house.now, row.round)
        assert remarks.send(unit, row.case, house.now) == (part,)
        assert stays.decide(unit, row.id, row.version, "returned", None, house.now)

    await house.database.run(send)


def _all(unit: Unit, table: Table) -> list[str]:
    return list(unit.connection.execute(select(table.c.id)).scalars())


async def test_the_nominee_waits_for_a_letter_that_came_back_and_hands_in_again_once_it_is_there(
    house: House,
) -> None:
    bureau, anna, expert = await handed_in(house)
    assert "已递交给" in text(anna)
    await comes_back(bureau, "letter", "写具体些")
    await anna.take()
    assert "退回给莫振邦的还没改好" in text(anna)
    await expert.take()
    assert "写具体些" in text(expert)
    await expert.says("他修好过三台进口机床")
    await anna.take()
    assert "退回给莫振邦的还没改好" in text(anna), "it is written, and not handed in yet"
    await expert.presses("没问题，交上我这一份", "属实，交上")
    await anna.take()
    assert "还没改好" not in text(anna)
    await anna.presses("再次递交", "再次递交给")
    assert "第2次" in text(anna)
