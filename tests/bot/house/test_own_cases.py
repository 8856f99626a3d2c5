"""A copy of one's own data tells what offices keep of one's cases: one's own part, and staff by office alone."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import select, update

from forms.in_hand import InHand
from forms.settling import Settlement
from storage import desk_tables, papers_in, settlements, stays
from storage.unit import Unit
from tests.bot.house.desk.bureau import COUNTY, Bureau, hands_in
from tests.bot.house.test_copies import copies, opened
from tests.bot.household import House, Someone


async def told(someone: Someone) -> tuple[str, list[dict[str, Any]]]:
    """The copy as text, and what it tells of cases at offices."""
    (copy,) = await copies(someone)
    text = (await opened(copy)).read("everything.json").decode()
    return text, json.loads(text)["at_offices"]


async def returned(house: House, *, corrects: bool = False) -> tuple[Someone, Someone]:
    """A case that came back with a remark and was handed in again."""
    bureau = await Bureau(house).opens(corrects=corrects)
    clerk = await bureau.seats("韦经办", bureau.county)
    anna = await hands_in(house)
    await clerk.take()
    await clerk.presses("陆建华", "逐项看", "看：工种", "写错了", "有错别字", "看一遍意见", "确定退回")
    await anna.take()
    await anna.says("电焊工")
    await anna.presses("没问题", "属实", "再次递交")
    return clerk, anna


async def test_every_round_and_what_was_sent_back_is_in_it(house: House) -> None:
    clerk, anna = await returned(house)
    await clerk.says("看板")
    await clerk.presses("陆建华", "逐项看", "看：姓名", "写错了")
    await clerk.says("还没有退回的一条")
    text, (case,) = await told(anna)
    assert [each["answers"]["trade"] for each in case["handed_in"]] == ["焊工", "电焊工"]
    (remark,) = case["sent_back"]
    assert (remark["question"], remark["sort"], remark["by"]) == ("trade", "wrong", COUNTY)
    assert remark["answered_in_round"] == 2 and "有错别字" in remark["text"]
    assert [(each["office"], each["state"]) for each in case["offices"]] == [(COUNTY, "here")]
    assert "韦经办" not in text, "staff by their office, not by name"
    assert "还没有退回的一条" not in text, "what is not sent is not said"


async def test_corrections_settlements_and_paper_are_in_it(house: House) -> None:
    clerk, anna = await returned(house, corrects=True)
    await clerk.says("看板")
    await clerk.presses("陆建华", "逐项看", "看：姓名", "笔误")
    await clerk.says("陆建花")

    def note(unit: Unit) -> None:
        (identifier,) = unit.connection.execute(select(desk_tables.stay.c.id)).scalars()
        row = stays.one(unit, identifier)
        rule = house.conversation._archive.library.named("small")
        assert rule and row and row.holder
        settled = Settlement(rule.rules[0].id, "met", "看过原件", "x", COUNTY, row.holder, house.now)
        settlements.settle(unit, row.case, settled)
        papers_in.tick(unit, row.case, InHand("application", 2, "缺公章", row.holder, house.now))

    await house.database.run(note)
    text, (case,) = await told(anna)
    assert [(each["question"], each["was"], each["now"], each["by"]) for each in case["corrected"]] == [
        ("name", "陆建华", "陆建花", COUNTY)
    ]
    assert [(each["outcome"], each["reason"], each["by"]) for each in case["settled"]] == [
        ("met", "看过原件", COUNTY)
    ]
    assert [(each["paper"], each["copies"], each["lacks"]) for each in case["paper_in"]] == [
        ("application", 2, "缺公章")
    ]
    assert "韦经办" not in text


async def test_a_copy_comes_also_where_a_round_cannot_be_read_any_more(house: House) -> None:
    _, anna = await returned(house)
    broken = update(desk_tables.handed).where(desk_tables.handed.c.round == 1).values(content="{")
    await house.database.run(lambda unit: unit.connection.execute(broken))
    _, (case,) = await told(anna)
    assert [each["answers"] is None for each in case["handed_in"]] == [True, False]


async def test_nothing_of_it_is_in_the_copy_of_whoever_handed_in_nothing(house: House) -> None:
    await returned(house)
    berta = Someone(house, "berta")
    await berta.fills()
    assert (await told(berta))[1] == []
