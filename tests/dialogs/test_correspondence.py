"""Words for a human: where an office has the case somebody may write to it, elsewhere the number is told."""

from __future__ import annotations

import pytest

from dialogs.at_office import Said, Standing
from dialogs.correspondence import LONGEST, MOST_WAITING
from dialogs.events import Wrote
from dialogs.turn import Say
from tests.dialogs.offices import declared, handed, remark, sent_back

HUMAN = ["先问人", "找人工", "转人工", "人工客服", "有人吗", "我想问一下工作人员"]


@pytest.mark.parametrize("words", HUMAN)
@pytest.mark.parametrize("state", ["here", "returned", "accepted", "refused"])
def test_whoever_wants_a_human_may_leave_words_where_an_office_has_the_case(
    words: str, state: Standing
) -> None:
    person = declared(handed=handed(state), destinations=())
    person.says(words)
    assert person.interview.page == "letters"
    assert "0771-2805708" in person.text
    assert f"直接打字，就发给兴宁区总工会，一条最多{LONGEST}个字" in person.text
    person.says("请问原件要带去吗？")
    assert person.events == [Wrote(text="请问原件要带去吗？")]
    assert person.screen.echo == "✓ 发给兴宁区总工会了"


@pytest.mark.parametrize("words", HUMAN)
@pytest.mark.parametrize("around", [{}, {"handed": handed("withdrawn")}], ids=["before", "taken back"])
def test_before_handing_in_there_is_the_number_alone(words: str, around: dict[str, object]) -> None:
    person = declared(**around)
    person.says(words)
    assert person.interview.page == ""
    assert any(part.dials for part in person.screen.parts if isinstance(part, Say))
    assert not any("留言" in label for label in person.labels)


@pytest.mark.parametrize(
    "words",
    ["留言", "我要留言", "给工会留言", "给工作人员留个言", "想给你们发个消息", "看留言", "leave a message"],
)
def test_it_is_asked_for_in_words(words: str) -> None:
    person = declared(handed=handed())
    person.says(words)
    assert person.interview.page == "letters"
    assert not person.events
    elsewhere = declared()
    elsewhere.says(words)
    assert elsewhere.interview.page == ""
    assert "没有人在线" in elsewhere.text


def test_while_something_is_to_be_mended_the_question_waits_beneath() -> None:
    person = sent_back(remark("name"))
    before = person.asked
    person.says("找人工", "这里要写曾用名吗")
    assert person.events == [Wrote(text="这里要写曾用名吗")]
    person.presses("返回")
    assert person.asked == before


@pytest.mark.parametrize("words", ["谢谢", "好的", "嗯嗯", "不用了", "好的，谢谢"])
def test_a_word_of_thanks_or_assent_is_no_letter(words: str) -> None:
    person = declared(handed=handed())
    person.says("留言", words)
    assert not person.events
    assert person.interview.page == ""


def test_a_greeting_is_answered_and_no_letter() -> None:
    person = declared(handed=handed())
    person.says("留言", "您好")
    assert not person.events
    assert "请直接打出来" in person.text


@pytest.mark.parametrize("words", ["怎么填？", "要交钱吗？", "什么意思", "还要多久"])
def test_a_question_on_that_page_is_the_offices(words: str) -> None:
    person = declared(handed=handed())
    person.says("留言", words)
    assert person.events == [Wrote(text=words)]


def test_a_letter_that_is_too_long_is_told_with_numbers() -> None:
    person = declared(handed=handed())
    person.says("留言", "字" * (LONGEST + 1))
    assert not person.events
    assert f"最多{LONGEST}个字，这条有{LONGEST + 1}个字" in person.tone("problem")[0]
    person.says("字" * LONGEST)
    assert len(person.events) == 1


def test_the_correspondence_is_read_again() -> None:
    said = (
        Said("", "2026-06-15T12:03", "周三能来吗？"),
        Said("兴宁区总工会", "2026-06-15T14:10", "能，九点以后。"),
        Said("", "2026-06-15T15:00", "带原件吗？", waits=True),
    )
    person = declared(handed=handed(), letters=said)
    person.says("留言")
    assert "您，2026年6月15日 12:03：周三能来吗？" in person.text
    assert "兴宁区总工会，2026年6月15日 14:10：能，九点以后。" in person.text
    assert "带原件吗？（等着回）" in person.text


def test_no_more_than_a_few_wait_at_once() -> None:
    many = tuple(Said("", "2026-06-15T12:03", f"第{n}问", waits=True) for n in range(MOST_WAITING))
    person = declared(handed=handed(), letters=many)
    person.says("留言", "再问一句")
    assert not person.events
    assert f"您有{MOST_WAITING}条留言还没有回" in person.tone("problem")[0]


def test_the_words_stand_in_no_history() -> None:
    event = Wrote(text="我的身份证号是450122198409129963")
    assert event.details == {}
    assert "450122" not in repr(event)
