"""A case that was handed in is taken back while nobody has opened it; one that came back is open again."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from dialogs.events import HandedIn, TakenBack
from tests.dialogs.hall import ANSWERS
from tests.dialogs.offices import declared, handed, remark


def test_it_is_taken_back_after_a_question_and_handed_in_anew() -> None:
    person = declared(handed=handed(may_withdraw=True))
    person.presses("撤回来改")
    assert not person.events
    person.presses("撤回来改")
    assert person.events == [TakenBack()]
    person.around["handed"] = handed("withdrawn")
    person.look()
    person.presses("改：工作单位")
    person.says("第二机床厂")
    person.presses("没问题，生成盖章材料", "属实，生成材料", "递交给兴宁区总工会")
    person.says("好")
    assert person.events[-1] == HandedIn("u1")


@pytest.mark.parametrize("words", ["不撤回", "不", "不用了"])
def test_a_no_leaves_it_there(words: str) -> None:
    person = declared(handed=handed(may_withdraw=True))
    person.says("撤回", words)
    assert not person.events
    assert "已递交给兴宁区总工会" in person.text


def test_a_yes_that_is_typed_takes_nothing_back() -> None:
    """What sets somebody back in the row is pressed, or said in the words of its button."""
    person = declared(handed=handed(may_withdraw=True))
    person.says("撤回", "好的")
    assert not person.events


def test_what_somebody_opened_meanwhile_is_not_taken_back() -> None:
    person = declared(handed=handed(may_withdraw=True))
    person.presses("撤回来改")
    token = person.token("撤回来改")
    person.around["handed"] = handed()
    person.presses_token(token)
    assert not person.events


def test_after_the_closing_day_it_is_said_that_there_is_no_way_back_in() -> None:
    person = declared(handed=handed(may_withdraw=True))
    person.now = datetime(2026, 7, 5, 4, tzinfo=UTC)
    person.says("撤回")
    assert "注意：申报时间已经过了，撤回来就不能再递交了。" in person.tone("problem")


def test_what_was_never_handed_in_needs_not_be_taken_back() -> None:
    person = declared()
    person.says("撤回")
    assert "这份申报现在不在工会手里，不用撤回，直接改就行。" in person.tone("note")


def test_one_that_lies_there_is_not_handed_in_twice() -> None:
    person = declared(handed=handed())
    assert not any(label.startswith("递交") for label in person.labels)
    person.says("递交")
    assert "已经递交给兴宁区总工会了，不用再交。" in person.tone("problem")
    assert not person.events


def test_a_return_that_is_taken_back_halfway_leaves_the_case_where_it_lies() -> None:
    person = declared(handed=handed("returned"), returned=(remark("employer"), remark("home")))
    person.says("第二机床厂")
    person.around |= {"handed": handed(undone=True), "returned": ()}
    person.look()
    assert "已递交给兴宁区总工会" in person.text
    assert not person.asked
    person.says("广西横州")
    assert person.interview.answers["home"] == ANSWERS["home"]


def test_a_return_opens_what_was_locked() -> None:
    person = declared(handed=handed())
    person.says("检查答案")
    person.around |= {"handed": handed("returned"), "returned": (remark("employer"),)}
    person.presses("改：姓名")
    assert person.asked == "name"
