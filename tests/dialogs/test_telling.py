"""A life told in one breath, in a conversation: shown as rows, asked about, and asked for what it lacks."""

from __future__ import annotations

import pytest

from tests.dialogs.hall import at
from tests.dialogs.talking import Person, kept

LIFE = "我2003年技校毕业进了柳钢当焊工，2010年调到检修车间当班长，一直到现在"
ROWS = [
    {"start": "2003-07", "end": "2010-03", "where": "柳钢"},
    {"start": "2010-03", "end": "至今", "where": "柳钢检修车间"},
]


def told() -> Person:
    person = at("life")
    person.says(LIFE)
    assert "1. 2003年—2010年 柳钢\n2. 2010年—至今 柳钢检修车间" in person.text
    assert person.labels[:2] == ["对的", "不对，重写"]
    return person


@pytest.mark.parametrize("text", ["对", "嗯嗯", "没错", "好的", "是的", "OK", "对的"])
def test_a_yes_in_any_words_goes_on_with_what_lacks(text: str) -> None:
    person = told()
    person.says(text, "7月")
    assert "2010年几月？" in person.text
    person.says("3", "写完了")
    assert person.interview.answers["life"] == ROWS


def test_a_press_and_a_restart_in_between() -> None:
    person = told()
    person.interview = kept(person.interview)
    person.presses("对的")
    person.says("保存", "继续", "7", "3")
    person.presses("写完了")
    assert person.interview.answers["life"] == ROWS


@pytest.mark.parametrize("text", ["不对", "不是的", "错了"])
def test_a_no_leaves_nothing(text: str) -> None:
    person = told()
    person.says(text)
    assert "这几条没有记" in person.text
    assert person.interview.drafts["life"] == {"rows": []}
    assert person.asked == "life"


@pytest.mark.parametrize("text", ["写完了", "完成", "没有了"])
def test_the_end_is_no_yes(text: str) -> None:
    person = told()
    person.says(text)
    assert "life" not in person.interview.answers
    assert person.labels[:2] == ["对的", "不对，重写"]


def test_in_english_the_question_is_english() -> None:
    person = at("life", locale="en")
    person.says(LIFE)
    assert "I understood these 2" in person.text
    person.says("yes")
    assert "draft" not in person.text
    assert person.interview.drafts["life"]["row"]
