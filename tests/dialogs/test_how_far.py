"""Asked how far the selection is: the words people ask it with, and what the page says to whom."""

from __future__ import annotations

import pytest

from dialogs.command_words import command

ASKED = (
    "结果出来了吗|结果出来没有|有结果了吗|什么时候出结果|什么时候公示？|啥时候能知道结果|评到哪一步了|评到哪了|我评上了吗|"
    "我通过了吗|初审过了吗|公示了吗|名单出来了没|我在名单上吗|我在公示名单上吗|为什么没通过|我为什么没评上|为啥没选上|"
    "现在走到哪一步了|评审什么时候开始|公示名单什么时候出来|选上没|我入围了吗|评选结果|结果呢|结果怎么样|有消息吗|有没有结果|"
    "还没出结果吗|结果还没出来吗|什么时候命名|今年的结果什么时候公布|到哪一步了|要等多久才有结果|多久出结果|递补轮到我了吗|"
    "我能评上吗|我递补上了吗|名单上有我吗|名单里有没有我|为什么没有我|怎么名单上没有我的名字|"
    "我能递补吗|Are the results out?|when will I know the results|did I get selected|is there a result yet"
)
ANSWERS = (
    "我通过了高级技师考试|结果是合格率提高到99%|通过|过了|我入选了2019年技术能手|公示|什么时候截止|不知道|什么时候开始|填到哪了|"
    "在名单上|评上了|初审通过|公示期间无异议|what is this|when must i start"
)


@pytest.mark.parametrize("words", ASKED.split("|"))
def test_who_asks_for_the_result_is_led_to_it(words: str) -> None:
    assert command(words) == "selected"


@pytest.mark.parametrize("words", ANSWERS.split("|"))
def test_what_tells_of_something_else_is_not_taken_for_it(words: str) -> None:
    assert command(words) != "selected"
