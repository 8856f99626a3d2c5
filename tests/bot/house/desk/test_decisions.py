"""Decisions: each counts once and may be taken back while nobody has built on it; whoever it concerns is told."""

from __future__ import annotations

from datetime import timedelta

import pytest

from storage import stays
from tests.bot.house.desk.cases import CITY, Lying, forges, lying, said, shows, speaks, together
from tests.bot.household import House

MINUTES = timedelta(minutes=1)


async def remarks(case: Lying, question: str, text: str) -> None:
    """The clerk writes a remark on a question of some part: “nominee.1.q.trade”."""
    await forges(case.clerk, "remark", question)
    await case.clerk.presses("写错了")
    await case.clerk.says(text)


async def decides(case: Lying, verb: str) -> None:
    """The clerk decides so, with all that belongs to it."""
    await case.opens()
    if verb == "return_now":
        await remarks(case, "nominee.1.q.trade", "写全称")
    if verb == "refuse":
        await case.clerk.presses("不予受理", "通知里别的要求")
        await case.clerk.says("材料是别人的")
        await case.clerk.presses("确定不予受理")
        return
    await forges(case.clerk, verb)


DECISIONS = {
    "return_now": "returned",
    "accept_now": "accepted",
    "pass_now": "passed",
    "refuse": "refused",
}
every = pytest.mark.parametrize("verb", DECISIONS)


@every
async def test_a_decision_counts_and_is_taken_back_within_ten_minutes(house: House, verb: str) -> None:
    case = await lying(house)
    await decides(case, verb)
    assert (await case.stay()).state == DECISIONS[verb]
    house.now += 9 * MINUTES
    await case.clerk.take()
    await case.clerk.presses("撤销刚才的决定")
    assert (await case.stay()).state == "here"
    assert (await case.trail())[-1] == ("韦经办", "撤销了刚才的决定")
    house.now += 20 * MINUTES
    await speaks(house)
    await case.anna.take()
    told = said(case.anna)
    assert not any(words in told for words in ("受理了您的申报", "上报", "没有受理"))
    assert "工作人员撤回了，正在重新看" in told


@every
async def test_after_ten_minutes_it_stands(house: House, verb: str) -> None:
    case = await lying(house)
    await decides(case, verb)
    house.now += 11 * MINUTES
    await case.clerk.take()
    assert "撤销刚才的决定" not in shows(case.clerk)
    assert "过了10分钟，不能撤销了" in await forges(case.clerk, "undo")
    assert (await case.stay()).state == DECISIONS[verb]


@every
async def test_it_is_taken_back_once(house: House, verb: str) -> None:
    case = await lying(house)
    await decides(case, verb)
    await forges(case.clerk, "undo")
    before = await case.stay()
    assert "没有可以撤销的决定" in await forges(case.clerk, "undo")
    assert await case.stay() == before


@pytest.mark.parametrize(
    ("verb", "words"),
    [("accept_now", "受理了您的申报"), ("pass_now", f"上报{CITY}"), ("refuse", "没有受理您的申报")],
)
async def test_whoever_it_is_about_learns_of_it_once_it_stands(house: House, verb: str, words: str) -> None:
    case = await lying(house)
    await decides(case, verb)
    await speaks(house)
    house.now += 11 * MINUTES
    await speaks(house)
    await case.anna.take()
    assert words in said(case.anna)


async def test_what_came_back_is_asked_of_whoever_owes_it_and_of_nobody_else(house: House) -> None:
    case = await together(house)
    await case.opens()
    await remarks(case, "nominee.1.q.trade", "写全称")
    await remarks(case, "expert.2.q.letter", "写具体些")
    await case.clerk.presses("看一遍意见")
    assert "推荐专家二" in said(case.clerk)
    await case.clerk.presses("确定退回")
    first, second = case.experts
    for each in (case.anna, first, second):
        await each.take()
    assert "写全称" in said(case.anna)
    assert "写具体些" not in said(case.anna)
    assert case.anna.asked == "trade"
    assert "退回了，有1处请您改一下" in said(second)
    assert second.asked == "letter"
    assert "退回" not in said(first)


async def test_whoever_owes_nothing_learns_that_another_part_came_back(house: House) -> None:
    case = await together(house)
    await case.opens()
    await remarks(case, "expert.1.q.letter", "写具体些")
    await forges(case.clerk, "return_now")
    await case.anna.take()
    assert "要改的是别人那一部分" in said(case.anna)


async def test_nothing_is_sent_back_without_a_remark(house: House) -> None:
    case = await lying(house)
    await case.opens()
    assert "还没有写意见" in await forges(case.clerk, "return_now")
    assert (await case.stay()).state == "here"


@pytest.mark.parametrize("verb", ["accept_now", "pass_now"])
async def test_a_case_with_remarks_that_are_not_sent_is_not_passed_on_by_accident(
    house: House, verb: str
) -> None:
    case = await lying(house)
    await case.opens()
    await remarks(case, "nominee.1.q.trade", "写全称")
    assert "还有1条写好没退回的意见" in await forges(case.clerk, verb)
    assert (await case.stay()).state == "here"


async def test_a_return_is_taken_back_until_somebody_has_begun_to_change_what_came_back(house: House) -> None:
    case = await lying(house)
    await decides(case, "return_now")
    await case.anna.take()
    await case.anna.says("电焊工")
    assert "本人已经在改了" in await forges(case.clerk, "undo")
    assert (await case.stay()).state == "returned"


async def test_whoever_owed_an_answer_learns_that_they_owe_it_no_more_and_the_remark_is_still_written(
    house: House,
) -> None:
    case = await lying(house)
    await decides(case, "return_now")
    await forges(case.clerk, "undo")
    await case.anna.take()
    assert "撤销了刚才的退回" in said(case.anna)
    assert "写好还没退回的意见：1条" in said(case.clerk)


async def test_what_the_office_above_has_opened_is_not_taken_back(house: House) -> None:
    case = await lying(house)
    city = await case.bureau.seats("莫科长", case.bureau.city)
    await decides(case, "pass_now")
    await case.opens(city)
    await case.clerk.take()
    assert "撤销刚才的决定" not in shows(case.clerk)
    assert "上面的工会已经打开看了" in await forges(case.clerk, "undo")
    assert (await case.stay()).state == "passed"
    assert (await case.stay(case.bureau.city)).state == "here"


async def test_a_case_that_is_passed_up_lies_above_with_its_trail(house: House) -> None:
    case = await lying(house)
    city = await case.bureau.seats("莫科长", case.bureau.city)
    await decides(case, "pass_now")
    await city.take()
    assert "上报来一件：陆建华" in said(city)
    await case.opens(city)
    await city.presses("经过")
    assert "韦经办" in shows(city)
    assert "报送上级" in shows(city)
    assert (await case.stay(case.bureau.city)).before == (await case.stay()).id


async def test_the_office_at_the_top_passes_nothing_on(house: House) -> None:
    case = await lying(house)
    city = await case.bureau.seats("莫科长", case.bureau.city)
    await decides(case, "pass_now")
    await case.opens(city)
    assert "上面没有再报的工会" in await forges(city, "pass_now")


async def test_a_refusal_names_its_clause_and_reason_to_whoever_it_is_about(house: House) -> None:
    case = await lying(house)
    await case.opens()
    await case.clerk.presses("不予受理", "干满10年")
    await case.clerk.says("档案里只有八年")
    assert (await case.stay()).state == "here", "it is read once more first"
    await case.clerk.presses("确定不予受理")
    row = await case.stay()
    assert (row.state, row.clause, row.reason) == ("refused", "干满10年（四）", "档案里只有八年")
    await case.anna.take()
    assert "干满10年（四）" in said(case.anna)
    assert "档案里只有八年" in said(case.anna)


async def test_a_refusal_by_a_rule_that_there_is_not_is_none(house: House) -> None:
    case = await lying(house)
    await case.opens()
    await forges(case.clerk, "clause", "nothing")
    await case.clerk.says("就是不行")
    await case.clerk.presses("确定不予受理")
    assert "这一条现在不适用了" in said(case.clerk)
    assert (await case.stay()).state == "here"


async def test_of_two_who_decide_one_counts_and_the_other_is_told_who_was_quicker(house: House) -> None:
    case = await lying(house)
    other = await case.bureau.seats("李经办", case.bureau.county)
    await case.opens()
    await case.opens(other)
    assert "韦经办正打开着这一件" in said(other)
    assert "韦经办正打开着这一件" in await forges(other, "accept_now")
    await forges(case.clerk, "accept_now")
    assert "韦经办刚才已经办了这一件" in await forges(other, "pass_now")
    assert "已受理（韦经办" in said(other)
    assert (await case.stay()).state == "accepted"


async def test_a_press_that_comes_twice_decides_once(house: House) -> None:
    case = await lying(house)
    await case.opens()
    await forges(case.clerk, "accept_now")
    first = await case.stay()
    assert "那一步已经过去了" in await forges(case.clerk, "accept_now", behind=1)
    await forges(case.clerk, "accept_now")
    assert await case.stay() == first
    assert "刚才已经办了这一件" in said(case.clerk)


async def test_what_its_owner_took_back_is_brought_back_by_no_undo(house: House) -> None:
    case = await lying(house)
    await case.clerk.take()
    row = await case.stay()
    await case.anna.presses("撤回来改", "撤回来改")
    assert (await case.stay()).state == "withdrawn"
    assert "不在您这里了" in await forges(case.clerk, "open", row.id)
    await forges(case.clerk, "undo")
    assert (await case.stay()).state == "withdrawn"


async def test_a_remark_on_what_is_asked_no_more_is_not_sent(house: House) -> None:
    case = await together(house, corrects=True)
    await case.opens()
    await remarks(case, "expert.1.q.letter", "写具体些")
    await case.experts[0].presses("不参加了")
    await case.experts[0].presses("退出，不再参加")
    assert "已经退出了" in await forges(case.clerk, "return_now")
    assert (await case.stay()).state == "here"
    await forges(case.clerk, "returning")
    await case.clerk.presses("不提了")
    assert "还没有写意见" in said(case.clerk)


async def test_what_is_not_passed_on_after_all_is_accepted_as_it_was_before(house: House) -> None:
    case = await lying(house)
    other = await case.bureau.seats("李经办", case.bureau.county)
    await decides(case, "accept_now")
    accepted = await case.stay()
    house.now += 3 * MINUTES
    await forges(other, "open", accepted.id)
    await forges(other, "pass_now")
    house.now += 9 * MINUTES
    await speaks(house)  # the acceptance would have been told by now
    await forges(other, "undo")
    row = await case.stay()
    assert (row.state, row.decided_by, row.decided) == ("accepted", "韦经办", accepted.decided)
    assert "已受理（韦经办" in said(other)
    assert await case.house.database.read(lambda unit: stays.above(unit, row.id)) is None
    assert "不能撤销了" in await forges(other, "undo"), "the acceptance is older than that"
    await speaks(house)
    await case.anna.take()
    assert "受理了您的申报" in said(case.anna)
    assert "上报" not in said(case.anna)


async def test_an_acceptance_that_was_told_is_not_told_again_when_passing_on_is_taken_back(
    house: House,
) -> None:
    case = await lying(house)
    await decides(case, "accept_now")
    house.now += 20 * MINUTES
    await speaks(house)
    await case.anna.take()
    assert "受理了您的申报" in said(case.anna)
    told = await house.rows("notice")
    await forges(case.clerk, "open", (await case.stay()).id)
    await forges(case.clerk, "pass_now")
    await forges(case.clerk, "undo")
    house.now += 20 * MINUTES
    await speaks(house)
    assert await house.rows("notice") == told
    assert (await case.stay()).state == "accepted"


async def test_undoing_leads_back_step_by_step(house: House) -> None:
    case = await lying(house)
    await decides(case, "accept_now")
    await forges(case.clerk, "pass_now")
    states = []
    for _ in range(3):
        await forges(case.clerk, "undo")
        states.append((await case.stay()).state)
    assert states == ["accepted", "here", "here"]
    await forges(case.clerk, "pass_now")
    await forges(case.clerk, "undo")
    assert (await case.stay()).state == "here", "it was passed on as it came"
