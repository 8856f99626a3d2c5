"""Rules across cases and answers that may not be kept, on real databases through the whole conversation."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from forms.loader import Source
from forms.printing.workers import Workers
from storage import interviews
from storage.database import Database
from tests.bot.household import SOURCE, House, Someone, library, picture, stream

RULE = """
  - id: one_trade
    title: 每个工种一人
    clause: 四
    across: {same: [trade], most: 1}
    reckoning: "{{ trade }}已有{{ peers.one_trade }}人"
    met: 没满
    unmet: 满了
"""


def changed(rules: str) -> Source:
    return Source({**SOURCE.files, "rules.yaml": rules})


@pytest.fixture
def house(database: Database, tmp_path: Path, crew: Workers) -> House:
    house = House(database, tmp_path / "files", crew)
    house.open(library(changed(SOURCE.files["rules.yaml"] + RULE)))
    return house


async def finish(someone: Someone) -> None:
    """Everything from the first question to the packet."""
    await someone.fills()
    await hand_in(someone)


async def hand_in(someone: Someone) -> None:
    sent = await someone.house.conversation.receive(
        someone.channel, someone.address, "证书.jpg", stream(picture())
    )
    await someone.take(file=sent)
    await someone.presses("发完了", "没问题，生成", "属实，生成材料")


async def mark(someone: Someone) -> str:
    """What the cards of the packet say beside their titles."""
    return (await someone.take()).cards[0].note


def said(someone: Someone) -> str:
    return "\n".join(part.text for part in someone.screen.parts if hasattr(part, "text"))


async def test_the_first_to_finish_keeps_the_second_from_it(house: House) -> None:
    anna, bert = Someone(house, "anna"), Someone(house, "bert")
    await finish(anna)
    assert await mark(anna) == "附件1"
    await bert.begins()
    await bert.says("个人申报", "焊 工")
    assert "焊 工已有1人，满了，不符合（四）" in said(bert)
    assert any(button.label.startswith("改一下") for button in bert.screen.buttons)
    await bert.presses("改一下：工种")
    await bert.says("钳工")
    assert "钳工已有0人，没满，符合（四）" in said(bert)


async def test_what_is_not_finished_counts_for_nobody(house: House) -> None:
    anna, bert = Someone(house, "anna"), Someone(house, "bert")
    await anna.fills()
    await bert.begins()
    await bert.says("个人申报", "焊工")
    assert "焊工已有0人，没满，符合（四）" in said(bert)


async def test_practice_counts_for_nobody(house: House) -> None:
    anna, bert = Someone(house, "anna"), Someone(house, "bert")
    await anna.begins()
    await anna.says("个人申报", "焊工", "2024年7月")
    await anna.presses("先当练习填下去", "是", "技艺", "选好了")
    await anna.says("陆建华", "450122198409129963")
    await anna.presses("对的", "跳过")
    await anna.says("我热爱焊接")
    await hand_in(anna)
    assert "样张" in await mark(anna)
    assert await house.rows("case_key") == 0
    await bert.begins()
    await bert.says("个人申报", "焊工")
    assert "已有0人" in said(bert)


async def test_an_answer_changed_afterwards_frees_the_place(house: House) -> None:
    anna, bert = Someone(house, "anna"), Someone(house, "bert")
    await finish(anna)
    await anna.presses("检查答案", "改：工种")
    await anna.says("钳工")
    await bert.begins()
    await bert.says("个人申报", "焊工")
    assert "已有0人" in said(bert)


async def test_two_that_finish_at_once_are_told_of_each_other(house: House) -> None:
    """Nothing is locked: whoever was not first is kept from it, and where nobody was, both are one too many."""
    anna, bert = Someone(house, "anna"), Someone(house, "bert")
    for someone in (anna, bert):
        await someone.fills()
    for someone in (anna, bert):
        sent = await house.conversation.receive("web", someone.address, "证书.jpg", stream(picture()))
        await someone.take(file=sent)
        await someone.presses("发完了", "没问题，生成")
    await asyncio.gather(anna.presses("属实，生成材料"), bert.presses("属实，生成材料"))
    await asyncio.gather(anna.take(), bert.take())
    kept = await house.rows("case_key") // 2  # what is the same, and what is nearly
    told = ["焊工已有1人，满了" in said(someone) for someone in (anna, bert)]
    assert told.count(True) == kept  # one where they were taken one after the other, else both


async def test_a_copy_of_a_second_one_is_marked_on_paper_too(house: House) -> None:
    anna, bert = Someone(house, "anna"), Someone(house, "bert")
    await finish(anna)
    await bert.begins()
    await bert.says("个人申报", "焊工")
    await bert.presses("先当练习填下去")
    printed = await house.conversation.document("web", "bert", "application")
    plain = await house.conversation.document("web", "anna", "application")
    assert len(printed.content) != len(plain.content)


async def test_what_may_not_be_kept_is_gone_from_the_database_and_the_disk(house: House) -> None:
    rules = SOURCE.files["rules.yaml"].replace(
        "condition: union_member,", "condition: union_member, erase: true, failing: blocked,"
    )
    assert rules != SOURCE.files["rules.yaml"]
    house.open(library(changed(rules)))
    anna = Someone(house, "anna")
    await anna.fills()
    sent = await house.conversation.receive("web", "anna", "证书.jpg", stream(picture()))
    await anna.take(file=sent)
    assert house.stored()
    assert await house.rows("file") == 1
    await anna.presses("菜单", "检查答案", "改：工会会员", "否")
    assert "已经填的都删除了" in said(anna)
    assert house.stored() == []
    assert await house.rows("file") == 0
    seat = await house.database.run(lambda unit: interviews.speaker(unit, "web", "anna"))
    assert seat
    assert seat.state.answers == {"union_member": False}
