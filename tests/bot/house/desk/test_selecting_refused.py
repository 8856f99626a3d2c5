"""What does not count in a stage: who is gone, who was slower, who is no head, what is too much or too old."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from dialogs.turn import Table
from storage.desk_tables import stay
from tests.bot.house.desk.courses import NANNING, walk
from tests.bot.household import House
from tests.dialogs.desk.desks import words


async def test_whoever_is_withdrawn_cannot_go_on(house: House) -> None:
    way = await walk(house, NANNING, 2)
    await way.course()
    await way.head.presses("开始“初审”", "开始")
    gone = update(stay).where(stay.c.case == way.cases[0]).values(state="withdrawn")
    await house.database.run(lambda unit: unit.connection.execute(gone))
    await way.head.presses("通过：第01人")
    assert "没走到“初审”这一步的，没有记下" in way.said
    assert way.rows == [("第02人", "还没定")]
    assert await way.moved() == []


async def test_of_two_heads_at_once_one_counts_and_the_other_sees_why(house: House) -> None:
    way = await walk(house, NANNING, 2)
    other = await way.bureau.seats("李主席", way.bureau.city, "head")
    await way.course()
    await way.head.presses("开始“初审”", "开始")
    await way.course(other)
    await other.presses("看名单")
    await way.head.presses("通过：第01人")
    await other.presses("通过：第02人")
    assert "“初审”刚才有人改过了，这一次没有记下。" in words(other.screen)
    table = next(part for part in other.screen.parts if isinstance(part, Table))
    assert [row.cells[3] for row in table.rows] == ["通过，第1（最多50）", "还没定"]
    await other.presses("通过：第02人")
    assert "通过2人" in words(other.screen)


@pytest.mark.parametrize("role", ["clerk", "auditor"])
async def test_whoever_is_no_head_sees_and_moves_nothing(house: House, role: str) -> None:
    way = await walk(house, NANNING, 2)
    someone = await way.bureau.seats("韦经办", way.bureau.city, role)  # type: ignore[arg-type]
    await way.course()
    await way.head.presses("开始“初审”", "开始")
    pressed = way.head.token("通过：第01人")
    await way.course(someone)
    assert "由负责人来办" in words(someone.screen)
    await someone.presses("看“初审”的名单")
    assert not [each for each in someone.screen.all_buttons() if each.action.verb in {"pick", "fill"}]
    revision = someone.screen.revision
    await someone.take(choice=f"{revision:x}.{pressed.partition('.')[2]}")
    assert "您的席位不能做这一步" in words(someone.screen)
    assert await way.moved() == []


async def test_a_stage_that_was_closed_too_soon_goes_on_again(house: House) -> None:
    way = await walk(house, NANNING, 2)
    await way.walks("screening", 1)
    await way.course()
    await way.head.presses("“初审”结束错了，重新打开", "看名单", "通过：第02人")
    assert "通过2人" in way.said


async def test_a_place_moves_one_and_the_others_close_up(house: House) -> None:
    way = await walk(house, NANNING, 3)
    await way.course()
    await way.head.presses("开始“初审”", "开始", "没定的3人都通过", "写理由、改名次", "打开第03人")
    await way.head.says("第1名")
    assert "通过，第1" in way.said
    await way.head.says("9")
    assert "名次从1到3。" in way.said
    await way.head.says("国赛冠军")
    assert "说明：国赛冠军" in way.said
    await way.head.presses("回到名单")
    assert [how for _, how in way.rows] == [
        "通过，第2（最多50）",
        "通过，第3（最多50）",
        "通过，第1（最多50）",
    ]


async def test_an_older_screen_moves_nobody(house: House) -> None:
    way = await walk(house, NANNING, 2)
    await way.course()
    await way.head.presses("开始“初审”", "开始")
    old = way.head.token("通过：第02人")
    await way.head.presses("通过：第01人")
    await way.head.take(choice=old)
    assert "那一步已经过去了" in way.said
    assert [how for _, how in way.rows] == ["通过，第1（最多50）", "还没定"]


async def test_an_office_without_a_list_that_is_up_has_none_to_print(house: House) -> None:
    way = await walk(house, NANNING, 1)
    await way.course()
    with pytest.raises(LookupError):
        await house.conversation.document("web", way.head.address, "stage_list")
