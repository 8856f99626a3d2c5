"""What stays in a chat when its button was pressed, and what goes."""

from __future__ import annotations

from bot.telegram.chats import Chats
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
