"""What stays in a chat when its button was pressed, and what goes."""

from __future__ import annotations

from bot.telegram.chats import Chats
from dialogs.turn import Say
from tests.bot.telegram.line import Line
from tests.bot.telegram.test_chats import chats, gone, line, screen, sender, settled

__all__ = ["chats", "gone", "line", "sender"]


async def test_what_a_press_agreed_to_stays_word_for_word(chats: Chats, line: Line) -> None:
    chats.show(7, screen("以上都属实，同意吗？", 1, asks=None))
    await settled(chats)
    done = screen("材料生成好了。", 2, echo="属实，生成材料", asks=None, agreed=True)
    chats.show(7, done, pressed=100)
    await settled(chats)
    assert line.changed == [(100, "")], "only its buttons go"
    assert line.said[1].startswith("属实，生成材料\n\n")


async def test_so_it_does_after_a_restart(chats: Chats, line: Line) -> None:
    done = screen("材料生成好了。", 2, echo="属实，生成材料", asks=None, agreed=True)
    chats.show(7, done, pressed=100)
    await settled(chats)
    assert line.changed == [(100, "")]


async def test_what_is_told_once_stays_whatever_its_message_turns_into(chats: Chats, line: Line) -> None:
    chats.show(7, screen("会员？", 1, said=(Say("恢复码是 8RT2", "note"), Say("不清楚", "problem")), once=2))
    await settled(chats)
    chats.show(7, screen("菜单", 2, asks=None, said=(Say("退回了", "note"),), once=1), pressed=100)
    await settled(chats)
    chats.show(7, screen("会员？", 3), pressed=100)
    await settled(chats)
    chats.show(7, screen("学历？", 4, echo="✓ 会员：是"), pressed=100)
    await settled(chats)
    assert [text for _, text in line.changed] == [
        "恢复码是 8RT2\n\n退回了\n\n<b>菜单</b>",
        "恢复码是 8RT2\n\n退回了\n\n<b>会员？</b>",
        "恢复码是 8RT2\n\n退回了\n\n✓ 会员：是",
    ]


async def test_what_a_page_tells_stays_when_another_takes_its_place(chats: Chats, line: Line) -> None:
    chats.show(7, screen("材料生成好了。", 1, asks=None, said=(Say("受理了", "note"),), once=1))
    await settled(chats)
    chats.show(7, screen("材料清单", 2, asks=None), pressed=100)
    await settled(chats)
    assert line.changed == [(100, "受理了\n\n<b>材料清单</b>")]
