"""Paper in hand, words with people, codes and seats: each way, and what is refused with a sentence."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Select, select

from storage import letters, seats
from storage.tables import party
from storage.unit import Unit
from tests.bot.house.desk.cases import Lying, forges, lying, said, shows
from tests.bot.household import House, Someone

DAY = timedelta(days=1)


# Paper


async def test_paper_is_ticked_with_what_it_lacks_and_unticked(house: House) -> None:
    case = await lying(house)
    await case.opens()
    await case.clerk.presses("纸质材料", "申请表", "收到了")
    assert "纸质还差1样" in said(case.clerk)
    assert (await case.stay()).lacking == 1
    await case.clerk.presses("证书复印件", "收到了，但有缺", "缺公章")
    assert "但缺公章" in str(case.clerk.screen.parts)
    assert (await case.stay()).lacking == 1
    await case.anna.take()
    assert "纸质的工会已经收到：申请表。" in said(case.anna)
    assert "证书复印件收到了，但缺公章，请去补" in said(case.anna)
    assert "还要送去" not in said(case.anna)
    await case.clerk.presses("证书复印件", "补齐了")
    assert "纸质都齐了" in said(case.clerk)
    assert (await case.stay()).lacking == 0
    await case.clerk.presses("申请表", "原件退回本人了")
    assert "退回" in str(case.clerk.screen.parts)
    await case.clerk.presses("证书复印件", "没收到，记错了")
    assert (await case.stay()).lacking == 1


async def test_both_sides_see_how_many_copies_have_come(house: House) -> None:
    case = await lying(house)
    await case.opens()
    await case.clerk.presses("纸质材料", "申请表", "只收到2份")
    assert "还差1份" in str(case.clerk.screen.parts)
    assert (await case.stay()).lacking == 2
    await case.anna.take()
    assert "还要送去：\n· 申请表，1份\n" in said(case.anna)
    await case.clerk.presses("申请表", "补齐了")
    assert (await case.stay()).lacking == 1
    await case.anna.take()
    assert "申请表，1份" not in said(case.anna)


async def test_all_paper_is_ticked_at_a_go_and_each_is_an_entry(house: House) -> None:
    case = await lying(house)
    await case.opens()
    await case.clerk.presses("纸质材料", "都收到了（2样）")
    assert "纸质都齐了" in said(case.clerk)
    assert (await case.stay()).lacking == 0
    await case.clerk.presses("申请表", "没收到，记错了")
    assert (await case.stay()).lacking == 1


async def test_paper_that_is_not_due_is_not_ticked(house: House) -> None:
    case = await lying(house)
    await case.opens()
    assert "这一样现在不用交了" in await forges(case.clerk, "tick", "nothing")


# People


def _nominee(case: str) -> Select[str]:
    return select(party.c.person).where(party.c.case == case, party.c.role == "nominee")


async def writes(house: House, case: Lying, text: str) -> None:
    """The person leaves a word for the office."""
    row = await case.stay()

    def write(unit: Unit) -> None:
        speaker = unit.connection.execute(_nominee(row.case)).scalar_one()
        letters.write(unit, row.case, str(speaker), text, house.now)

    await house.database.run(write)


async def test_a_word_is_answered_in_the_persons_chat_and_what_was_not_seen_stays_open(house: House) -> None:
    case = await lying(house)
    await case.opens()
    await writes(house, case, "周三能来交吗？")
    await case.clerk.presses("留言")
    assert "周三能来交吗" in said(case.clerk)
    await writes(house, case, "要带原件吗？")
    await case.clerk.says("能，九点以后都行。")
    row = await case.stay()
    kept = await house.database.read(lambda unit: letters.of_case(unit, row.case))
    assert [each.text for each in kept if not each.seat and each.answered is None] == ["要带原件吗？"]
    await case.anna.take()
    assert "青秀区总工会给您留言：能，九点以后都行。" in said(case.anna)
    await case.clerk.says("要带。")
    kept = await house.database.read(lambda unit: letters.of_case(unit, row.case))
    assert all(each.answered for each in kept if not each.seat)


async def test_whoever_lost_their_code_gets_one_that_works_a_day_later(house: House) -> None:
    case = await lying(house)
    await case.opens()
    await case.clerk.presses("本人丢了恢复码", "看过身份证，是本人，给码")
    told = said(case.clerk)
    code = told.partition("新的恢复码：")[2].partition("。")[0]
    assert code
    await case.clerk.take()
    await case.clerk.says("看板")
    assert code not in shows(case.clerk)
    await case.anna.take()
    assert "有人到工会说丢了恢复码" in said(case.anna)
    assert ("韦经办", "补发了恢复码") in await case.trail()
    stranger = Someone(house, address="stranger")
    await stranger.says(code)
    assert "陆建华" not in shows(stranger)
    house.now += DAY + timedelta(minutes=1)
    again = Someone(house, address="again")
    await again.comes_with(code)
    assert "已递交给" in said(again)


async def test_a_seat_is_offered_taken_and_ended_and_one_head_stays(house: House) -> None:
    case = await lying(house)
    head = await case.bureau.seats("黄主席", case.bureau.county, "head")
    await head.says("看板")
    await head.presses("更多", "同事和席位", "请一位经办人")
    await head.says("李经办")
    invitation = head.screen.invitation
    assert invitation
    fresh = Someone(house, address="fresh")
    await fresh.says(invitation.token)
    await fresh.presses("是我，入座")
    assert "青秀区总工会" in said(fresh)
    await forges(head, "colleagues")
    await head.presses("收回李经办的席位", "收回")
    await fresh.take()
    assert "席位收回了" in said(fresh)
    assert "陆建华" not in shows(fresh)

    def own(unit: Unit) -> str:
        return next(e.id for e in seats.of_office(unit, case.bureau.county) if e.name == "黄主席")

    seat = await house.database.read(own)
    assert "这是最后一位负责人，不能收回" in await forges(head, "unseat_now", seat)


async def test_a_seat_of_another_office_or_one_that_ended_is_not_ended(house: House) -> None:
    case = await lying(house)
    head = await case.bureau.seats("黄主席", case.bureau.county, "head")
    await case.bureau.seats("莫科长", case.bureau.city)

    def theirs(unit: Unit) -> str:
        return seats.of_office(unit, case.bureau.city)[0].id

    seat = await house.database.read(theirs)
    for wanted in (seat, "0" * 32):
        assert "这个席位已经收回了" in await forges(head, "unseat_now", wanted)
    found = await house.database.read(lambda unit: seats.find(unit, seat))
    assert found is not None
    assert found.ended is None


async def test_a_case_whose_holder_lost_their_seat_is_free(house: House) -> None:
    case = await lying(house)
    head = await case.bureau.seats("黄主席", case.bureau.county, "head")
    await case.opens()
    assert (await case.stay()).held_by == "韦经办"
    await head.says("看板")
    await head.presses("更多", "同事和席位", "收回韦经办的席位", "收回")
    assert (await case.stay()).holder is None
