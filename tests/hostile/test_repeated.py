"""Words said again and again: whatever reads a message comes to its end, however its patterns might begin anew.

A pattern that tries every way to divide such a message would not be done today; nothing is timed here.
"""

from __future__ import annotations

import pytest

from tests.dialogs.test_asides import QUESTIONS, at

WORDS = (
    *(
        "要等",
        "我想问问",
        "我的",
        "没呢",
        "没有",
        "评选的",
        "公示",
        "结果",
        "名单",
        "什么时候",
        "有没有",
        "还没",
        "出来了",
    ),
    *("刚才", "那个", "写错了", "不对", "不是", "应该是", "改成", "等一下", "看看", "，", "。", "这个也好像"),
    *(
        "做了",
        "干了有快",
        "快将近",
        "三十年",
        "1年",
        "年",
        "前",
        "一直在",
        "就叫",
        "是的",
        "对呀",
        "嗯",
        "好的吧",
        "不知道问",
    ),
    *(
        "第一个和",
        "前三个",
        "电话",
        "姓名陆",
        "民族壮",
        "性别男",
        "农历",
        "月",
        "2003年",
        "1",
        "还是",
        "the",
        "is ",
        "do i ",
        "wait ",
    ),
    *("在", "（", "得过", "去年", "一 ", "1一", "帮我把", "no, ", "i meant "),
)


@pytest.mark.parametrize("where", sorted(QUESTIONS))
def test_words_said_again_and_again_are_read_to_the_end(where: str) -> None:
    for word in WORDS:
        for length in (29, 57, 200):
            for end in ("", "焊"):
                person = at(where)
                person.says(word * (length // len(word)) + end)
                assert person.screen.parts
