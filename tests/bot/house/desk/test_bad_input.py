"""What goes wrong at a desk is answered in words with a way on, and leaves the case as it was."""

from __future__ import annotations

import io

import pytest
from openpyxl import load_workbook
from sqlalchemy import update

from storage import desk_tables
from tests.bot.house import offices
from tests.bot.house.desk.bureau import Bureau, hands_in
from tests.bot.house.desk.cases import forges, lying, said
from tests.bot.house.order_desk import Desk
from tests.bot.household import House, Someone


def goes_on(someone: Someone) -> None:
    """There is something to press."""
    assert someone.screen.buttons or someone.screen.all_buttons()
    assert len(said(someone)) > len("看板")


async def test_whoever_is_demoted_in_mid_press_decides_nothing(house: House) -> None:
    case = await lying(house)
    await case.opens()
    await case.clerk.presses("受理")
    await house.database.run(
        lambda unit: unit.connection.execute(
            update(desk_tables.seat).where(desk_tables.seat.c.name == "韦经办").values(role="auditor")
        )
    )
    await case.clerk.presses("还是受理")
    assert "您的席位不能做这一步。要办，请找负责人或经办人" in said(case.clerk)
    assert (await case.stay()).state == "here"
    goes_on(case.clerk)


async def test_a_case_of_another_office_is_none_here(house: House) -> None:
    case = await lying(house)
    city = await case.bureau.seats("莫科长", case.bureau.city)
    row = await case.stay()
    for verb, about in (("open", row.id), ("case", ""), ("accept_now", ""), ("remark", "nominee.1.q.trade")):
        await forges(city, verb, about)
        assert "陆建华" not in said(city)
    assert "不在您这里了" in await forges(city, "open", row.id)
    goes_on(city)
    await city.says(row.number)
    assert "没有找到" in said(city) and "这里只找得到交到" in said(city)
    goes_on(city)
    assert (await case.stay()).state == "here"


async def test_of_two_acceptances_one_counts_and_the_other_sees_who_was_quicker(house: House) -> None:
    case = await lying(house)
    other = await case.bureau.seats("李经办", case.bureau.county)
    await case.opens()
    await case.opens(other)
    await forges(case.clerk, "accept_now")
    assert "韦经办刚才已经办了这一件" in await forges(other, "accept_now")
    assert "那一步已经过去了" in await forges(case.clerk, "accept_now", behind=3)
    goes_on(other)


async def test_a_remark_on_a_question_that_no_longer_applies_is_none(house: House) -> None:
    case = await lying(house, corrects=True)
    await case.opens()
    for about in ("nominee.1.q.employer", "nominee.1.q.unheard", "expert.9.q.letter", "nonsense"):
        await forges(case.clerk, "remark", about)
        await case.clerk.says("写全称")
        told = said(case.clerk)
        assert "没有了" in told or "不用填了" in told, about
        goes_on(case.clerk)
        await case.opens()
    assert await house.rows("remark") == 0


async def test_what_a_person_says_while_staff_look_is_not_what_they_look_at(house: House) -> None:
    case = await lying(house)
    await case.opens()
    row = await case.stay()
    await offices.says(house, row.case, trade="改过的工种")
    await case.clerk.presses("逐项看", "看：工种")
    assert "工种：焊工" in said(case.clerk)
    await forges(case.clerk, "correcting")
    assert "您的席位不能做这一步" in said(case.clerk)
    goes_on(case.clerk)


async def test_an_export_of_nothing_is_refused_with_what_to_do(house: House) -> None:
    bureau = await Bureau(house).opens()
    clerk = await bureau.seats("韦经办", bureau.county)
    await forges(clerk, "packets", "small")
    assert "没有可以导出的" in said(clerk)
    goes_on(clerk)
    assert await house.rows("export") == 0


@pytest.mark.parametrize("text", ["=1+1", "+8613800000000", "@SUM(A1)", "-2", "\t=1"])
async def test_a_cell_that_begins_like_a_formula_is_a_text(house: House, text: str) -> None:
    desk = Desk(house)
    (case,) = await desk.opens("anna")
    await offices.says(house, case, name=text)
    await offices.again(house, case)
    content = await desk.fetches(desk.clerk, await desk.makes(case, kind="table"))
    page = load_workbook(io.BytesIO(content or b"")).active
    assert page
    cells = [cell for row in page.iter_rows() for cell in row if cell.value is not None]
    assert any(str(cell.value).endswith(text.strip()) for cell in cells)
    assert {cell.data_type for cell in cells} == {"s"}


async def test_a_chat_that_blocks_the_bot_stands_where_a_head_sees_it(house: House) -> None:
    bureau = await Bureau(house).opens()
    head = await bureau.seats("黄主席", bureau.county, "head")
    clerk = await bureau.seats("韦经办", bureau.county)
    anna = await hands_in(house)
    await house.conversation.unreachable("web", anna.address, gone=True)
    await clerk.says("看板")
    await clerk.presses("打开陆建华", "留言")
    await clerk.says("请补一张照片")
    await head.says("看板")
    await head.presses("更多")
    assert "条通知送不到，请打电话告诉他们" in said(head)
    goes_on(head)


@pytest.mark.parametrize(
    ("verb", "about"),
    [
        ("takeover", ""),
        ("drop", "nothing"),
        ("unsettle", "nothing"),
        ("tick", "nothing"),
        ("undo", ""),
        ("return_now", ""),
        ("assign", "nobody"),
        ("tray", "nonsense"),
        ("page", "nonsense"),
        ("seat", "nonsense"),
        ("programme", "nonsense"),
        ("answer", "99"),
        ("surely", ""),
        ("anew", ""),
        ("explain", ""),
        ("met", "nothing"),
        ("lack", "99"),
        ("reason", "99"),
        ("no_answer", "nothing"),
        ("erase_now", "nominee.1"),
        ("begin_now", "nothing"),
        ("pick", "nothing"),
        ("set", "nothing"),
        ("reopen", "x.y"),
        ("unheard_of", "x"),
    ],
)
async def test_a_press_that_nobody_offered_is_answered_and_changes_nothing(
    house: House, verb: str, about: str
) -> None:
    case = await lying(house)
    head = await case.bureau.seats("黄主席", case.bureau.county, "head")
    await case.opens(head)
    before = await case.stay()
    await forges(head, verb, about)
    goes_on(head)
    now = await case.stay()
    assert (now.state, now.version, now.round) == (before.state, before.version, before.round)
    await head.says("看板")
    goes_on(head)
