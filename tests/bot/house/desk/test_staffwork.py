"""What staff do on a case without deciding it, and what is refused with a sentence."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dialogs.turn import Table
from storage import remarks, seats, settlements, stays
from storage.desk_tables import stay
from storage.unit import Unit
from tests.bot.house.desk.bureau import hands_in
from tests.bot.house.desk.cases import Lying, forges, lying, said, shows, together
from tests.bot.household import House, Someone

DAY = timedelta(days=1)
NOT_YOURS = "您的席位不能做这一步"


async def remarks_on(case: Lying, question: str, text: str, whose: Someone | None = None) -> str:
    """Somebody at the desk writes a remark on a question."""
    staff = whose or case.clerk
    await forges(staff, "remark", question)
    await forges(staff, "sort", "wrong")
    await staff.says(text)
    return said(staff)


async def corrects(case: Lying, question: str, text: str) -> str:
    """The clerk mends a slip."""
    await forges(case.clerk, "remark", question)
    await forges(case.clerk, "correcting")
    await case.clerk.says(text)
    return said(case.clerk)


def board(someone: Someone) -> list[tuple[str, ...]]:
    """The lines of the board that somebody looks at."""
    tables = [part for part in someone.screen.parts if isinstance(part, Table)]
    return [row.cells for table in tables for row in table.rows]


# Who has it


async def test_one_case_is_in_one_pair_of_hands_and_taking_it_over_is_one_press(house: House) -> None:
    case = await lying(house)
    other = await case.bureau.seats("李经办", case.bureau.county)
    await case.opens()
    await case.opens(other)
    assert "韦经办正打开着这一件" in said(other)
    assert "要办，先点“由我接着办”" in await remarks_on(case, "nominee.1.q.trade", "写全称", other)
    await case.opens(other)
    await other.presses("由我接着办")
    assert (await case.stay()).held_by == "李经办"
    await case.clerk.take()
    assert "李经办把" in said(case.clerk)
    assert "接过去办了" in said(case.clerk)


async def test_whoever_goes_on_lets_go_and_whoever_looks_at_it_learns_at_once(house: House) -> None:
    case = await lying(house)
    other = await case.bureau.seats("李经办", case.bureau.county)
    third = await case.bureau.seats("王经办", case.bureau.county)
    await case.opens()
    await case.opens(other)
    await case.clerk.presses("逐项看", "回到这一件", "回到看板")
    assert (await case.stay()).holder is None
    await other.take()
    assert "韦经办不在看" in said(other)
    assert "正打开着" not in said(other)
    await third.take()
    assert "不在看" not in said(third), "nobody else is disturbed"
    assert "正打开着" not in await remarks_on(case, "nominee.1.q.trade", "写全称", other)
    await other.presses("看一遍意见")
    assert "写全称" in said(other)


@pytest.mark.parametrize("word", ["看板", "陆建", "更多"])
async def test_a_case_is_let_go_by_whatever_leads_away_from_it(house: House, word: str) -> None:
    case = await lying(house)
    await case.opens()
    await case.clerk.presses("条件对照")
    assert (await case.stay()).held_by == "韦经办"
    await (forges(case.clerk, "menu") if word == "更多" else case.clerk.says(word))
    assert (await case.stay()).holder is None


async def test_what_is_half_written_keeps_the_case_in_its_hands(house: House) -> None:
    case = await lying(house)
    other = await case.bureau.seats("李经办", case.bureau.county)
    await case.opens()
    await remarks_on(case, "nominee.1.q.trade", "写全称")
    await case.clerk.says("看板")
    assert "还有1条写好没退回的意见" in said(case.clerk)
    row = await case.stay()
    assert row.held_by == "韦经办"
    await hands_in(house, "berta")
    await case.clerk.says("看板")
    await forges(case.clerk, "tray", "new")
    await case.clerk.presses("打开陆建华")  # another one
    await forges(other, "open", row.id)
    assert "韦经办正打开着这一件" in said(other)
    await other.presses("由我接着办", "看一遍意见", "不提了")
    await other.says("看板")
    now = await house.database.read(lambda unit: stays.one(unit, row.id))
    assert now and now.holder is None


async def test_going_on_is_refused_by_nothing_that_became_of_the_case(house: House) -> None:
    case = await lying(house)
    await case.opens()
    row = await case.stay()
    gone = stay.update().where(stay.c.id == row.id).values(state="withdrawn")
    await house.database.run(lambda unit: unit.connection.execute(gone))
    await case.clerk.says("看板")
    assert "不在您这里" not in said(case.clerk)
    assert board(case.clerk) == []


async def test_an_auditor_leaves_no_mark_but_the_trails(house: House) -> None:
    case = await lying(house)
    auditor = await case.bureau.seats("审计", case.bureau.county, "auditor")
    await case.opens(auditor)
    assert (await case.stay()).holder is None
    assert (await case.trail())[-1] == ("审计", "看了材料")


async def test_a_head_gives_a_case_to_a_colleague_who_learns_of_it(house: House) -> None:
    case = await lying(house)
    head = await case.bureau.seats("黄主席", case.bureau.county, "head")
    await case.opens(head)
    await head.presses("由谁来办", "分给韦经办")
    assert (await case.stay()).assigned_to == "韦经办"
    await case.clerk.take()
    assert "黄主席把" in said(case.clerk)
    await head.presses("由谁来办", "谁都不分")
    assert (await case.stay()).assigned is None


async def test_a_case_is_given_to_nobody_who_cannot_work_on_it_here(house: House) -> None:
    case = await lying(house)
    head = await case.bureau.seats("黄主席", case.bureau.county, "head")
    await case.bureau.seats("审计", case.bureau.county, "auditor")
    await case.bureau.seats("莫科长", case.bureau.city)
    await case.opens(head)

    def wrong(unit: Unit) -> list[str]:
        there = [*seats.of_office(unit, case.bureau.county), *seats.of_office(unit, case.bureau.city)]
        return [each.id for each in there if each.name in {"审计", "莫科长"}]

    for seat in [*await house.database.read(wrong), "0" * 32]:
        assert "这位同事现在不能办这里的件" in await forges(head, "assign", seat)
    assert (await case.stay()).assigned is None


async def test_a_clerk_takes_a_case_on(house: House) -> None:
    case = await lying(house)
    await case.opens()
    await case.clerk.presses("由谁来办", "由我来办")
    assert (await case.stay()).assigned_to == "韦经办"
    assert NOT_YOURS in await forges(case.clerk, "assign")


# Remarks


async def test_a_remark_takes_the_place_of_the_one_before_and_is_dropped(house: House) -> None:
    case = await lying(house)
    await case.opens()
    await remarks_on(case, "nominee.1.q.trade", "写全称")
    await remarks_on(case, "nominee.1.q.trade", "写工种，不写岗位")
    await forges(case.clerk, "returning")
    assert "会退回这1条" in said(case.clerk)
    assert "写工种，不写岗位" in said(case.clerk)
    drop = next(b for b in case.clerk.screen.buttons if b.action.verb == "drop").action.about
    await case.clerk.presses("不提了")
    assert "还没有写意见" in said(case.clerk)
    assert "已经不提了" in await forges(case.clerk, "drop", drop)


async def test_a_remark_on_what_is_not_asked_is_none(house: House) -> None:
    case = await lying(house)
    await case.opens()
    assert "现在不用填了" in await remarks_on(case, "nominee.1.q.employer", "写全称"), "asked of a unit alone"
    for unknown in ("nominee.1.q.nothing", "expert.1.q.letter", "nothing"):
        await remarks_on(case, unknown, "写全称")
    row = await case.stay()
    assert not await house.database.read(lambda unit: remarks.of_case(unit, row.case))


async def test_a_remark_is_at_most_so_long(house: House) -> None:
    case = await lying(house)
    await case.opens()
    assert "一条意见最多300个字，这条有301个字" in await remarks_on(case, "nominee.1.q.trade", "长" * 301)


STATES = {"accept_now": "已受理", "pass_now": "已上报"}


@pytest.mark.parametrize("verb", STATES)
async def test_what_was_decided_is_neither_remarked_on_nor_mended(house: House, verb: str) -> None:
    case = await lying(house, corrects=True)
    await case.opens()
    await forges(case.clerk, verb)
    sentence = f"这一件{STATES[verb]}，现在不能做这一步"
    assert sentence in await remarks_on(case, "nominee.1.q.trade", "写全称")
    assert sentence in await corrects(case, "nominee.1.q.trade", "电焊工")


async def test_who_has_passed_a_case_on_does_nothing_more_to_it(house: House) -> None:
    case = await together(house)
    await case.opens()
    await forges(case.clerk, "pass_now")
    before = await case.stay(case.bureau.city)
    await forges(case.clerk, "met", "craft")
    await case.clerk.says("看过证书")
    assert "这一件已上报，现在不能做这一步" in said(case.clerk)
    for verb, about in (("tick", "form"), ("untick", "form"), ("giveback", "form"), ("unsettle", "craft")):
        assert "这一件已上报" in await forges(case.clerk, verb, about), verb
    for verb in ("takeover", "take_on", "issue_code"):
        assert "这一件已上报" in await forges(case.clerk, verb), verb
    await forges(case.clerk, "letters")
    await case.clerk.says("请来一趟")
    assert "这一件已上报" in said(case.clerk)
    assert await case.stay(case.bureau.city) == before


# Settling


async def test_what_is_left_to_staff_is_settled_with_a_reason_in_whoevers_part_it_is(house: House) -> None:
    case = await together(house)
    assert (await case.stay()).doubts == 3
    await case.opens()
    await case.clerk.presses("核实待核实的条件")
    told = said(case.clerk)
    assert "推荐专家一 · " in told
    assert "推荐专家二 · " in told
    await case.clerk.presses("符合：技艺突出")
    await case.clerk.says("看过证书")
    await case.clerk.presses("不符合：推荐专家二 · 了解被推荐人")
    assert "推荐专家二 · " in said(case.clerk)
    await case.clerk.says("打电话问过，只见过一面")
    row = await case.stay()
    found = await house.database.read(lambda unit: settlements.of_case(unit, row.case))
    assert {each.rule: each.outcome for each in found} == {"craft": "met", "near-2": "not_met"}
    assert row.doubts == 1
    assert "推荐专家二 · 了解被推荐人：青秀区总工会定了不符合，打电话问过，只见过一面" in said(case.clerk)
    assert "推荐专家一 · 了解被推荐人" in shows(case.clerk)
    await case.clerk.presses("重新定：推荐专家二")
    assert (await case.stay()).doubts == 2
    assert "符合：推荐专家二" in shows(case.clerk)


async def test_only_what_is_left_to_staff_is_settled(house: House) -> None:
    case = await together(house)
    await case.opens()
    for rule in ("years", "near-3", "nothing", "knows"):
        await forges(case.clerk, "met", rule)
        await case.clerk.says("看过证书")
        assert "这一条现在不用核实了" in said(case.clerk), rule
    assert (await case.stay()).doubts == 3


async def test_a_settlement_lapses_with_the_answer_that_it_rests_on(house: House) -> None:
    case = await together(house)
    await case.opens()
    await forges(case.clerk, "met", "craft")
    await case.clerk.says("看过证书")
    await forges(case.clerk, "met", "near")
    await case.clerk.says("问过本人")
    await remarks_on(case, "expert.1.q.relation", "写清楚")
    await forges(case.clerk, "return_now")
    await case.experts[0].take()
    await case.experts[0].says("同班组九年")
    await case.experts[0].presses("没问题，交上我这一份", "属实，交上")
    await case.anna.take()
    await case.anna.presses("再次递交", "再次递交给")
    assert (await case.stay()).doubts == 1, "that of the second technician"
    await case.opens()
    await case.clerk.presses("核实待核实的条件")
    assert "技艺突出：青秀区总工会定了符合，看过证书" in said(case.clerk)
    assert "问过本人" not in said(case.clerk), "the rule decides by itself now"


async def test_what_lapsed_says_that_it_is_to_be_settled_anew(house: House) -> None:
    case = await together(house, corrects=True)
    await case.opens()
    await forges(case.clerk, "met", "craft")
    await case.clerk.says("看过证书")
    assert (await case.stay()).doubts == 2
    row = await case.stay()
    settled = await house.database.read(lambda unit: settlements.of_case(unit, row.case))

    def other_ground(unit: Unit) -> None:
        settlements.settle(unit, row.case, type(settled[0])(**{**vars(settled[0]), "ground": "0" * 64}))

    await house.database.run(other_ground)
    await forges(case.clerk, "settling")
    assert "后来答案改了，要重新定" in said(case.clerk)
    assert "符合：技艺突出" in shows(case.clerk)


# Slips


async def test_a_slip_is_mended_told_and_put_back_by_its_owner(house: House) -> None:
    case = await lying(house, corrects=True)
    await case.opens()
    await corrects(case, "nominee.1.q.name", "陆健华")
    await case.clerk.says("看板")
    assert [row[0] for row in board(case.clerk)] == ["陆健华"]
    await case.clerk.says("陆健华")
    assert [row[0] for row in board(case.clerk)] == ["陆健华"]
    await case.anna.take()
    assert "替您改了一处笔误" in said(case.anna)
    await case.anna.presses("改回去")
    await case.clerk.says("看板")
    assert "本人把您这里替改的一处改回去了" in said(case.clerk)
    assert [row[0] for row in board(case.clerk)] == ["陆建华"]


async def test_a_slip_is_mended_only_where_the_office_may(house: House) -> None:
    case = await lying(house)
    await case.opens()
    await forges(case.clerk, "remark", "nominee.1.q.trade")
    assert NOT_YOURS in await forges(case.clerk, "correcting")


@pytest.mark.parametrize(
    ("question", "text", "words"),
    [
        ("nominee.1.q.trade", "焊工", "没有改，还是原来的"),
        ("nominee.1.q.id_number", "123", "18"),
        ("nominee.1.q.proofs", "看原件", ""),
    ],
)
async def test_what_is_no_slip_is_not_mended(house: House, question: str, text: str, words: str) -> None:
    case = await lying(house, corrects=True)
    await case.opens()
    assert words in await corrects(case, question, text)
    row = await case.stay()
    assert not await house.database.read(lambda unit: remarks.corrections(unit, row.case))


async def test_a_slip_that_makes_a_doubt_is_counted_and_so_is_putting_it_back(house: House) -> None:
    case = await together(house, corrects=True)
    await case.opens()
    await corrects(case, "nominee.1.q.trade", "钳工")
    assert (await case.stay()).doubts == 2
    await case.anna.take()
    await case.anna.presses("改回去")
    assert (await case.stay()).doubts == 3
