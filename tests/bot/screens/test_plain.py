"""What a Screen says, in order."""

from __future__ import annotations

from bot.screens.plain import told
from dialogs.turn import Code, Say, Screen

PARTS = (Say("请抄好："), Say("您好。"), Say("同意吗？", "ask"))
WRITTEN = "【匠荐恢复码】ABCD"


def test_a_recovery_code_stands_below_the_words_that_announce_it() -> None:
    code = Code("ABCD", "匠荐恢复码", "不要给别人看。", below="请抄好：")
    assert list(told(Screen(PARTS, code=code))) == ["请抄好：", WRITTEN, "您好。", "同意吗？"]
    # What is told in front of a Screen, later, moves it along.
    news = (Say("有人用恢复码接上了。"), *PARTS)
    assert list(told(Screen(news, code=code)))[1:3] == ["请抄好：", WRITTEN]


def test_a_recovery_code_that_nothing_announces_stands_below_all_and_once() -> None:
    for below in ("", "别处的话"):
        code = Code("ABCD", "匠荐恢复码", "不要给别人看。", below)
        assert list(told(Screen(PARTS, code=code)))[-1] == WRITTEN
    code = Code("ABCD", "匠荐恢复码", "不要给别人看。", "同意吗？")
    assert list(told(Screen((*PARTS, PARTS[-1]), code=code))).count(WRITTEN) == 1
