"""What a page of the desk reads: its own office's, no more than it shows, and what nobody heard of for a head."""

from __future__ import annotations

from storage import people
from storage.unit import Unit
from tests.bot.house.desk.bureau import COUNTY, Bureau, finishes
from tests.bot.house.desk.cases import forges, lying, said, shows
from tests.bot.household import House


async def test_a_head_sees_what_could_not_be_told_and_whom_to_call(house: House) -> None:
    case = await lying(house)
    head = await case.bureau.seats("黄主席", case.bureau.county, "head")
    row = await case.stay()
    await house.database.run(lambda unit: people.unreachable(unit, "web", "anna", house.now))
    await case.opens()
    await forges(case.clerk, "letters")
    await case.clerk.says("请来一趟")
    await head.says("看板")
    await head.presses("更多")
    assert "有1条通知送不到，请打电话告诉他们" in said(head)
    assert f"申报：{row.number}" in said(head)
    await head.presses(f"打开{row.number}")
    assert "陆建华" in said(head)
    await case.clerk.says("看板")
    await case.clerk.presses("更多")
    assert "送不到" not in said(case.clerk), "a head sees to it"
    await case.anna.take()
    await case.anna.take(text="进度")
    await head.says("看板")
    await head.presses("更多")
    assert "送不到" not in said(head), "they have read it"


async def test_a_colleague_who_blocked_the_bot_is_named_too(house: House) -> None:
    case = await lying(house)
    head = await case.bureau.seats("黄主席", case.bureau.county, "head")
    await case.opens()

    def gone(unit: Unit) -> None:
        people.unreachable(unit, "web", case.clerk.address, house.now)

    await house.database.run(gone)
    await case.opens(head)
    await head.presses("由我接着办")
    await head.says("看板")
    await head.presses("更多")
    assert "同事：韦经办" in said(head)
    assert "申报：" not in said(head)


async def test_an_export_of_nothing_is_refused_in_words_with_a_way_on(house: House) -> None:
    bureau = await Bureau(house).opens()
    clerk = await bureau.seats("韦经办", bureau.county)
    await forges(clerk, "packets", "small")
    assert said(clerk)
    assert "更多" in shows(clerk)
    assert await house.rows("export") == 0
    await forges(clerk, "table", "nothing")
    assert await house.rows("export") == 0


async def test_two_who_are_one_person_sit_where_either_sat_and_their_case_stays(house: House) -> None:
    bureau = await Bureau(house).opens()
    clerk = await bureau.seats("韦经办", bureau.county)
    city = await bureau.seats("莫科长", bureau.city)
    anna = await finishes(house)
    await anna.presses("递交", COUNTY, "递交给")
    code = await house.conversation.resume_code("web", city.address)
    await clerk.says(code)
    assert "青秀区总工会的席位" in said(clerk)
    await clerk.presses("两份都要，放在一起")
    await clerk.says("工作台")
    await clerk.says("看板")
    await clerk.presses("更多")
    both = said(clerk) + shows(clerk)
    assert "青秀区总工会" in both
    assert "南宁市总工会" in both
