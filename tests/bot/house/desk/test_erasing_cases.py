"""Whoever deletes everything while an office has their case asks it: the office agrees, or says why it stays for now."""

from __future__ import annotations

from sqlalchemy import func, select

from bot.house.trailing import done_by
from dialogs.turn import Say, Screen, Table
from forms.loader import Source
from storage import stays, trail
from storage.desk_tables import erasure, handed, stay
from storage.tables import case, door, interview, party, person
from storage.unit import Unit
from tests.bot.house.desk.bureau import COUNTY, Bureau, hands_in
from tests.bot.household import SOURCE, House, Someone, library
from tests.dialogs.desk.desks import words


async def _count(house: House, column: object) -> int:
    query = select(func.count()).select_from(column)  # type: ignore[arg-type]  # a table
    return int(await house.database.read(lambda unit: unit.connection.execute(query).scalar_one()))


def labels(screen: Screen) -> str:
    return " | ".join(each.label for each in screen.buttons)


async def _asks(house: House) -> tuple[Someone, Someone]:
    """Somebody who handed in asks for all to go; with whoever sits at the office."""
    bureau = await Bureau(house).opens()
    clerk = await bureau.seats("韦经办", bureau.county)
    someone = await hands_in(house)
    await clerk.take()
    await clerk.presses("陆建华")
    await someone.says("删除我的全部内容")
    return someone, clerk


async def test_why_it_is_kept_and_until_when_is_said_before_the_press(house: House) -> None:
    someone, _ = await _asks(house)
    said = words(someone.screen)
    assert f"删除要先经{COUNTY}同意" in said
    assert "评选、公示时有人提出异议" in said
    assert "评选结束满2年，会自动删除" in said


async def test_the_case_stays_and_the_office_learns_of_it(house: House) -> None:
    someone, clerk = await _asks(house)
    await someone.presses("全部删除")
    said = words(someone.screen)
    assert f"已经替您向{COUNTY}申请删除" in said
    assert "已经向青秀区总工会申请删除，还没有答复" in said
    assert await _count(house, case) == 1
    await clerk.take()
    assert "有人申请删除，请打开这一件答复" in words(clerk.screen)
    assert "陆建华6月" in words(clerk.screen) or "申请删除，等您这里定" in words(clerk.screen)
    await clerk.says("看板")
    (table,) = (part for part in clerk.screen.parts if isinstance(part, Table))
    assert "有人申请删除" in table.rows[0].cells[-1]


async def test_asked_twice_it_is_one_request(house: House) -> None:
    someone, _ = await _asks(house)
    await someone.presses("全部删除")
    await someone.says("删除我的全部内容")
    await someone.presses("全部删除")
    assert await _count(house, erasure) == 1


async def test_agreed_to_it_goes_as_any_deletion_and_the_trail_remains(house: House) -> None:
    someone, clerk = await _asks(house)
    await someone.presses("全部删除")
    row = await house.database.read(lambda unit: unit.connection.execute(select(stay.c.case)).scalar_one())
    await clerk.take()
    await clerk.presses("去答复")
    assert "不能恢复" in words(clerk.screen)
    await clerk.presses("同意删除")
    assert "已经删除，也告诉本人了" in words(clerk.screen)
    for table in (case, stay, handed, party, erasure):
        assert await _count(house, table) == 0, table
    assert await _count(house, person) == await _count(house, interview) == 1, "the clerk's alone"
    last = await house.database.read(lambda unit: trail.entries(unit, row)[-1])
    assert (last.kind, last.name, done_by(last)) == ("deleted", "韦经办", "staff")
    await someone.take()
    assert f"{COUNTY}同意删除" in words(someone.screen)
    assert "同意，开始" in labels(someone.screen)


async def test_kept_for_now_the_person_reads_why_and_may_ask_again(house: House) -> None:
    someone, clerk = await _asks(house)
    await someone.presses("全部删除")
    await clerk.take()
    await clerk.presses("去答复", "暂不删除")
    await clerk.says("公示没结束，6月底以后可以删。")
    assert "去答复" not in labels(clerk.screen)
    await someone.take()
    assert "答复暂不删除：公示没结束，6月底以后可以删。" in words(someone.screen)
    await someone.says("删除我的全部内容")
    await someone.presses("全部删除")
    await clerk.take()
    assert "去答复" in labels(clerk.screen)


async def test_an_answer_from_an_old_screen_counts_once(house: House) -> None:
    someone, clerk = await _asks(house)
    await someone.presses("全部删除")
    await clerk.take()
    await clerk.presses("去答复", "暂不删除")
    await clerk.says("理由一")
    assert await _count(house, erasure) == 1
    await clerk.presses("经过")
    (table,) = (part for part in clerk.screen.parts if isinstance(part, Table))
    assert [row.cells[2] for row in table.rows].count("答复了暂不删除") == 1


async def test_what_was_taken_back_goes_at_once(house: House) -> None:
    await Bureau(house).opens()
    someone = await hands_in(house)
    await someone.says("撤回")
    await someone.presses("撤回来改")
    await someone.says("删除我的全部内容")
    assert "同意" not in "".join(part.text for part in someone.screen.parts if isinstance(part, Say))
    await someone.presses("全部删除")
    for table in (case, handed, person, door):
        assert await _count(house, table) == 0, table


async def test_all_else_of_the_person_goes_at_once(house: House) -> None:
    await Bureau(house).opens()
    someone = await hands_in(house)
    await someone.says("我的申报")
    await someone.presses("另填一份", "小城工匠 ·")
    assert await _count(house, case) == 2
    await someone.says("删除我的全部内容")
    assert f"删除要先经{COUNTY}同意" in words(someone.screen)
    await someone.presses("全部删除")
    assert await _count(house, case) == 1
    assert await _count(house, interview) == 1
    assert "还没有答复" in words(someone.screen)

    def standing(unit: Unit) -> str:
        (only,) = unit.connection.execute(select(stay.c.case)).scalars()
        row = stays.current(unit, only)
        return row.state if row else ""

    assert await house.database.read(standing) == "here"


async def test_what_may_not_be_collected_goes_from_the_office_too_and_nobody_is_asked(house: House) -> None:
    rules = SOURCE.files["rules.yaml"].replace(
        "condition: union_member,", "condition: union_member, erase: true, failing: blocked,"
    )
    house.open(library(Source({**SOURCE.files, "rules.yaml": rules})))
    bureau = await Bureau(house).opens()
    clerk = await bureau.seats("韦经办", bureau.county)
    someone = await hands_in(house)
    await clerk.take()
    await clerk.presses("陆建华", "逐项看", "看：工会会员", "写错了")
    await clerk.says("请核对")
    await clerk.presses("看一遍意见", "确定退回")
    await someone.take()
    await someone.presses("否")
    assert "已经填的都删除了" in words(someone.screen)
    assert await _count(house, handed) == 0
    await clerk.says("看板")
    assert "不能在这里收集的内容，已经全部删除" in words(clerk.screen)
    await clerk.presses("办完的") if "退回去的" not in labels(clerk.screen) else await clerk.presses(
        "退回去的"
    )
    tables = [part for part in clerk.screen.parts if isinstance(part, Table)]
    assert not tables or all("陆建华" not in row.cells[0] for row in tables[0].rows)
