"""Whoever fills in for several sees what each still lacks and puts them in order; each keeps to themselves."""

from __future__ import annotations

import pytest

from dialogs.turn import Table
from forms.library import Library
from forms.loader import Source, load
from tests.bot.house.desk.bureau import COUNTY, Bureau
from tests.bot.household import SOURCE, House, Someone, picture, stream

_PLACE = "      - {kind: number, id: place, label: 顺序, ask: 排第几？, min: 1, max: 9, unit: 位, optional: true}\n"
RANKED = Source(
    {
        **SOURCE.files,
        "programme.yaml": "preference: place\n" + SOURCE.files["programme.yaml"],
        "forms/application.yaml": SOURCE.files["forms/application.yaml"].replace(
            "      - {kind: prose, id: story", _PLACE + "      - {kind: prose, id: story"
        ),
    }
)


@pytest.fixture
async def clerk(house: House) -> Someone:
    """With two nominees, the second of them open."""
    programme = load(RANKED)
    house.open(Library((programme,), (), {programme.digest: RANKED}, {}))
    clerk = Someone(house, "clerk")
    await clerk.begins()
    await fill(clerk, "陆建华", "450122198409129963")
    await clerk.says("我的申报")
    await clerk.presses("另填一份", "小城工匠 ·")
    if any("不沿用" in button.label for button in clerk.screen.buttons):
        await clerk.presses("不沿用")
    await fill(clerk, "覃秀兰", "450121197606089963")
    return clerk


async def fill(clerk: Someone, name: str, number: str) -> None:
    await clerk.says("个人申报", "焊工", "2015年7月")
    await clerk.presses("是", "技艺", "选好了")
    await clerk.says(name, number)
    await clerk.presses("对的")


def names(clerk: Someone) -> list[str]:
    text = str(clerk.screen.parts)
    return sorted(("陆建华", "覃秀兰"), key=text.index)


async def test_everybody_is_there_with_what_they_lack(clerk: Someone) -> None:
    await clerk.says("总览")
    text = str(clerk.screen.parts)
    assert "您替2个人填着这个项目" in text
    assert "陆建华" in text and "覃秀兰" in text and text.count("还差2项") == 2


async def test_one_press_puts_somebody_further_up(clerk: Someone) -> None:
    await clerk.says("总览")
    before = names(clerk)
    await clerk.presses(f"把{before[1]}往前排")
    assert names(clerk) == before[::-1]
    await clerk.presses(f"把{before[0]}往前排")
    assert names(clerk) == before


async def test_the_place_stands_in_each_application(clerk: Someone) -> None:
    await clerk.says("总览")
    behind = names(clerk)[1]
    await clerk.presses(f"把{behind}往前排")
    await clerk.presses(f"去填：{behind}")
    await clerk.says("检查答案")
    assert "1位" in str(clerk.screen.parts)


async def test_a_stranger_has_no_part_in_the_order(house: House, clerk: Someone) -> None:
    other = Someone(house, "other")
    await other.begins()
    await other.says("总览")
    assert "陆建华" not in str(other.screen.parts) and "您替1个人" in str(other.screen.parts)


async def test_the_place_among_those_of_a_unit_comes_along_to_the_office(clerk: Someone) -> None:
    """It is asked within the form, and the board tells it."""
    house = clerk.house
    bureau = await Bureau(house).opens()
    staff = await bureau.seats("韦经办", bureau.county)
    await clerk.presses("跳过")
    await clerk.says("2", "我热爱焊接")
    kept = await house.conversation.receive("web", "clerk", "证书.jpg", stream(picture()))
    await clerk.take(file=kept)
    await clerk.presses("发完了", "没问题", "属实", "递交", COUNTY, "递交给")
    await staff.take()
    (table,) = (part for part in staff.screen.parts if isinstance(part, Table))
    assert "单位推荐第2位" in table.rows[0].cells[-1]
