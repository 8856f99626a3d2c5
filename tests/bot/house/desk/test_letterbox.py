"""Words of a person go to the office that has their case, are answered in their chat, and can be read again."""

from __future__ import annotations

import json

from sqlalchemy import select

from storage import letters, stays
from storage.tables import event
from tests.bot.house.desk.bureau import COUNTY, Bureau, hands_in
from tests.bot.household import House
from tests.dialogs.desk.desks import words


async def _written(house: House) -> list[tuple[str, bool]]:
    def read(unit):  # type: ignore[no-untyped-def]  # a unit
        case = next(iter(unit.connection.execute(select(stays.stay.c.case)).scalars()))
        return [(each.text, letters.waits(each)) for each in letters.of_case(unit, case)]

    return await house.database.read(read)  # type: ignore[no-any-return]


async def test_words_are_answered_in_the_chat_and_read_again(house: House) -> None:
    bureau = await Bureau(house).opens()
    clerk = await bureau.seats("韦经办", bureau.county)
    someone = await hands_in(house)
    await clerk.take()
    await someone.says("找人工")
    assert f"就发给{COUNTY}" in words(someone.screen)
    await someone.says("原件要带去吗？")
    assert "原件要带去吗？（等着回）" in words(someone.screen)
    await clerk.take()
    assert "陆建华那一件" in words(clerk.screen)
    assert "有人留言：原件要带去吗？" in words(clerk.screen)
    await clerk.presses("有人留言 1", "陆建华")
    assert "陆建华留言，等着回：原件要带去吗？" in words(clerk.screen)
    await clerk.presses("留言")
    await clerk.says("要带，看完就还您。")
    await someone.take()
    said = words(someone.screen)
    assert f"{COUNTY}给您留言：要带，看完就还您。" in said
    assert "韦经办" not in said
    assert "（等着回）" not in said
    assert await _written(house) == [("原件要带去吗？", False), ("要带，看完就还您。", False)]


async def test_what_comes_while_an_answer_is_written_stays_open(house: House) -> None:
    bureau = await Bureau(house).opens()
    clerk = await bureau.seats("韦经办", bureau.county)
    someone = await hands_in(house)
    await someone.says("留言", "一")
    await clerk.take()
    await clerk.presses("陆建华", "留言")
    await someone.says("二")
    await clerk.says("答一")
    assert await _written(house) == [("一", False), ("二", True), ("答一", False)]
    assert any("这几条不用回" in each.label for each in clerk.screen.buttons)
    await clerk.presses("这几条不用回")
    assert ("二", False) in await _written(house)


async def test_only_the_first_that_waits_is_told_to_the_office(house: House) -> None:
    bureau = await Bureau(house).opens()
    clerk = await bureau.seats("韦经办", bureau.county)
    someone = await hands_in(house)
    await clerk.take()
    await someone.says("留言", "一", "二")
    await clerk.take()
    assert "有人留言：一" in words(clerk.screen)
    assert "有人留言：二" not in words(clerk.screen)


async def test_a_letter_stands_in_no_history(house: House) -> None:
    await Bureau(house).opens()
    someone = await hands_in(house)
    await someone.says("留言", "秘密的话")
    rows = await house.database.read(
        lambda unit: (
            unit.connection.execute(select(event.c.details).where(event.c.kind == "wrote")).scalars().all()
        )
    )
    assert len(rows) == 1
    assert "秘密" not in json.dumps(rows[0], ensure_ascii=False)


async def test_a_case_that_was_taken_back_has_nobody_to_write_to(house: House) -> None:
    await Bureau(house).opens()
    someone = await hands_in(house)
    await someone.says("留言", "撤回")
    await someone.presses("撤回来改")
    await someone.says("留言")
    assert "没有人在线" in words(someone.screen)
