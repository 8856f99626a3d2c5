"""The ways in which people say that they want no reminders, or that they want them again."""

from __future__ import annotations

import pytest

from dialogs.command_words import command

_OFF = [
    *(
        "不用提醒",
        "不用提醒我",
        "不用提醒我了。",
        "不要提醒",
        "不要再提醒我了",
        "别提醒",
        "别提醒我了",
        "别老提醒我",
        "别再给我发提醒了",
    ),
    *(
        "不需要提醒",
        "不必提醒",
        "关闭提醒",
        "取消提醒",
        "关掉提醒吧",
        "停止提醒",
        "以后不用提醒了",
        "请不要再给我发提醒",
        "退订",
        "TD",
    ),
    *(
        "我不想收到提醒",
        "甭提醒我",
        "不想再收到提醒",
        "unsubscribe",
        "stop reminders",
        "don't remind me",
        "no more reminders",
    ),
]
_ON = [
    "要提醒",
    "还是要提醒",
    "恢复提醒",
    "打开提醒",
    "请提醒我",
    "我要提醒",
    "继续提醒我",
    "remind me again",
    "重新提醒我",
]
_NEITHER = [
    "经常提醒工友注意安全",
    "提醒一下",
    "他提醒我",
    "不用",
    "我不用提醒别人",
    "没有人提醒我要注意",
    "提醒工友",
]


@pytest.mark.parametrize("text", _OFF)
def test_many_words_end_them(text: str) -> None:
    assert command(text) == "unremind"


@pytest.mark.parametrize("text", _ON)
def test_many_words_bring_them_back(text: str) -> None:
    assert command(text) == "remind_me"


@pytest.mark.parametrize("text", _NEITHER)
def test_what_only_speaks_of_reminding_does_neither(text: str) -> None:
    assert command(text) not in {"unremind", "remind_me"}
