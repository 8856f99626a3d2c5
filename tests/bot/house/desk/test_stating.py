"""What a receiving union writes itself, from its seat: asked one by one, guarded by its version, printed, passed on."""

from __future__ import annotations

import asyncio

import pytest

from bot.workshop.rehearsal import pdf_text
from dialogs.turn import Meant
from storage import deskwork, statements
from storage.statements import Stated
from tests.bot.house.desk.bureau import CITY, COUNTY
from tests.bot.house.desk.cases import Lying, forges, lying, said, shows, stated
from tests.bot.house.test_own_cases import told
from tests.bot.household import House, Someone

REASON = "十年如一日，手艺过硬"


async def kept(case: Lying) -> Stated | None:
    """What stands about the case."""
    row = await case.stay()
    return await case.house.database.read(lambda unit: statements.of_round(unit, row.case, row.round))


async def there(house: House) -> Lying:
    """A case that the clerk has open, of which nothing of the union's own is written."""
    case = await lying(stated(house))
    await case.opens()
    return case


async def writes(someone: Someone, text: str = REASON) -> str:
    """Somebody writes the reason, from the case on."""
    await someone.presses("去写推荐理由", "一项一项写")
    await someone.says(text)
    return said(someone)


async def test_the_questions_come_one_by_one_and_what_stands_is_shown(house: House) -> None:
    case = await there(house)
    assert "工会填写的内容还差：推荐理由" in said(case.clerk)
    await case.clerk.presses("去写推荐理由", "一项一项写")
    assert "请写推荐理由。" in said(case.clerk)
    await case.clerk.says(REASON)
    assert "电话是多少？" in said(case.clerk)
    await case.clerk.presses("跳过")
    shown = said(case.clerk)
    assert f"推荐理由：{REASON}" in shown
    assert f"{COUNTY} 韦经办" in shown
    await case.clerk.presses("回到这一件")
    assert "还差：推荐理由" not in said(case.clerk)
    assert ("韦经办", "写了受理工会自己填的内容") in await case.trail()


async def test_what_the_nominee_has_is_taken_over_in_one_press(house: House) -> None:
    case = await there(house)
    await case.clerk.presses("去写推荐理由")
    assert "本人填的推荐理由：我热爱焊接" in said(case.clerk)
    await case.clerk.presses("用本人填好的")
    found = await kept(case)
    assert found and found.answers == {"office_reason": "我热爱焊接"}
    assert "推荐理由：我热爱焊接" in said(case.clerk)


async def test_what_stands_is_changed_and_changed_back(house: House) -> None:
    case = await there(house)
    await writes(case.clerk)
    await case.clerk.presses("先写到这里", "改：推荐理由")
    await case.clerk.says("手艺一流，带出许多徒弟")
    await case.clerk.presses("跳过")
    assert "推荐理由：手艺一流，带出许多徒弟" in said(case.clerk)
    await case.clerk.presses("撤销刚才的修改")
    assert f"推荐理由：{REASON}" in said(case.clerk)
    assert ("韦经办", "撤销了受理工会自己填的一处修改") in await case.trail()


async def test_too_long_a_text_is_kept_asked_again_and_still_lacking(house: House) -> None:
    case = await there(house)
    shown = await writes(case.clerk, "手艺一流" * 8)
    assert "请写推荐理由。" in shown
    found = await kept(case)
    assert found and found.answers["office_reason"] == "手艺一流" * 8
    await case.opens()
    assert "还差：推荐理由" in said(case.clerk)


async def test_nothing_is_passed_up_by_accident_and_knowingly_it_is(house: House) -> None:
    case = await there(house)
    await case.clerk.presses(f"上报{CITY}")
    assert "不写，照样上报" in shows(case.clerk)
    refused = await forges(case.clerk, "pass_now")
    assert "还没有上报" in refused
    assert (await case.stay()).state == "here"
    await case.clerk.presses("去写推荐理由", "回到这一件", f"上报{CITY}", "不写，照样上报")
    assert (await case.stay()).state == "here"
    await case.clerk.presses("确定不写，上报")
    assert (await case.stay()).state == "passed"


async def test_what_was_written_is_passed_up_and_read_above(house: House) -> None:
    case = await there(house)
    boss = await case.bureau.seats("市经办", case.bureau.city)
    await writes(case.clerk)
    await case.opens()
    await case.clerk.presses(f"上报{CITY}", "上报")
    assert (await case.stay()).state == "passed"
    await case.opens(boss)
    await boss.presses("看工会填写的内容")
    assert REASON in said(boss)
    assert "改：" not in shows(boss)
    assert "由先收到的工会写" in await forges(boss, "unstate")
    printed = await house.conversation.document("web", boss.address, "application")
    assert REASON in pdf_text(printed.content)


async def test_the_nominees_own_print_has_nothing_of_it(house: House) -> None:
    case = await there(house)
    await writes(case.clerk)
    conversation = house.conversation
    theirs = await conversation.document("web", case.anna.address, "application")
    ours = await conversation.document("web", case.clerk.address, "application")
    assert REASON not in pdf_text(theirs.content)
    assert REASON in pdf_text(ours.content)


async def test_of_two_who_write_at_once_one_counts_and_the_other_sees_how_it_stands(house: House) -> None:
    case = await there(house)
    await case.clerk.presses("去写推荐理由", "一项一项写")
    other = await case.bureau.seats("李经办", case.bureau.county)
    await case.opens(other)
    await other.presses("由我接着办", "去写推荐理由", "一项一项写")
    await case.clerk.says("我写的")
    assert "正打开着这一件" in said(case.clerk)
    await other.says("他写的")
    await case.opens()
    await case.clerk.presses("由我接着办")
    await forges(case.clerk, "statement")
    await forges(other, "statement")
    await case.clerk.presses("改：推荐理由")
    row = await case.stay()
    found = await kept(case)
    assert found and found.answers == {"office_reason": "他写的"}
    # somebody else at the same desk was quicker: the version, and not the hands, decides
    await house.database.run(
        lambda unit: statements.state(
            unit,
            row.case,
            row.round,
            found.version,
            {"office_reason": "快一步"},
            was=found.answers,
            at_office=case.bureau.county,
            seat_id=None,
            at=house.now,
        )
    )
    await case.clerk.says("慢一步")
    assert "刚才有同事也在写" in said(case.clerk)
    now = await kept(case)
    assert now and now.answers == {"office_reason": "快一步"}


async def test_a_hundred_presses_at_once_are_one_change(house: House) -> None:
    case = await there(house)
    await case.clerk.presses("去写推荐理由")
    token = case.clerk.token("用本人填好的")
    await asyncio.gather(*(case.clerk.take(choice=token) for _ in range(100)))
    found = await kept(case)
    assert found and found.version == 1
    assert [what for _, what in await case.trail()].count("写了受理工会自己填的内容") == 1


async def test_it_stands_through_a_return_and_is_shown_before_and_after(house: House) -> None:
    case = await there(house)
    await writes(case.clerk)
    await case.opens()
    await case.clerk.presses("逐项看", "看：工种", "写错了", "有错别字", "看一遍意见", "确定退回")
    await case.anna.take()
    await case.anna.says("电焊工")
    await case.anna.presses("没问题", "属实", "再次递交")
    await case.opens()
    await case.clerk.presses("看工会填写的内容")
    assert "这是第1次递交时写的" in said(case.clerk)
    await case.clerk.presses("改：推荐理由")
    await case.clerk.says("改好了")
    await case.opens()
    await case.clerk.presses("和上一次对比")
    assert REASON in shows(case.clerk)
    assert "改好了" in shows(case.clerk)


async def test_what_another_union_wrote_does_not_stand_where_the_case_goes_instead(house: House) -> None:
    case = await there(house)
    await writes(case.clerk)
    row = await case.stay()
    await house.database.run(
        lambda unit: statements.arrived(unit, row.case, row.round, case.bureau.city, house.now)
    )
    found = await kept(case)
    assert found and not found.answers


async def test_a_text_for_another_question_goes_nowhere(house: House) -> None:
    case = await there(house)
    await case.clerk.take(text=REASON, whole=True, answers=Meant("office_reason"))
    assert "那一步已经过去了" in said(case.clerk)
    assert await kept(case) is None


async def test_a_text_written_whole_is_the_answer_whatever_it_reads_like_once_it_is_meant(
    house: House,
) -> None:
    case = await there(house)
    await case.clerk.presses("去写推荐理由", "一项一项写")
    await case.clerk.take(text="看板", whole=True, answers=Meant("office_reason"))
    assert await kept(case) is None
    await case.clerk.says("对的")
    found = await kept(case)
    assert found and found.answers == {"office_reason": "看板"}


@pytest.mark.parametrize("typed", ["怎么填", "这个怎么写"])
async def test_how_it_is_filled_in_is_told(house: House, typed: str) -> None:
    case = await there(house)
    await case.clerk.presses("去写推荐理由", "一项一项写")
    await case.clerk.says(typed)
    assert "印在申请表上" in said(case.clerk)
    assert await kept(case) is None


async def test_a_copy_has_it_once_the_union_has_accepted(house: House) -> None:
    case = await there(house)
    await writes(case.clerk)
    (before,) = (await told(case.anna))[1]
    assert before["stated"] == []
    await case.opens()
    await case.clerk.presses("受理", "还是受理")
    text, (after,) = await told(case.anna)
    assert [(each["answers"], each["by"]) for each in after["stated"]] == [
        ({"office_reason": REASON}, COUNTY)
    ]
    assert "韦经办" not in text


async def test_what_is_deleted_with_the_case_is_gone(house: House) -> None:
    case = await there(house)
    await writes(case.clerk)
    row = await case.stay()
    await house.database.run(
        lambda unit: deskwork.forget_cases(unit, "nobody", [row.case], [row.case], house.now)
    )
    assert await house.rows("statement") == 0
