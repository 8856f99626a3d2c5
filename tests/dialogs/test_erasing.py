"""What may not be collected: one answer stops the application, and nothing else of it is kept."""

from __future__ import annotations

import pytest

from forms.programme import Programme
from tests.dialogs.talking import Person


@pytest.fixture
def strict(small: Programme) -> Programme:
    """The small programme, where whoever is no union member may not be asked anything."""
    rules = tuple(
        rule.model_copy(update={"erase": True, "failing": "blocked"}) if rule.id == "union" else rule
        for rule in small.rules
    )
    return small.model_copy(update={"rules": rules})


@pytest.fixture
def begun(strict: Programme) -> Person:
    person = Person(strict)
    person.begins()
    person.says("个人申报", "焊工", "2015年7月")
    return person


def test_everything_but_the_answer_itself_is_gone_at_once(begun: Person) -> None:
    begun.presses("否")
    assert begun.interview.answers == {"union_member": False}
    assert [event.about for event in begun.events if event.kind == "erased"] == ["union"]
    assert "已经填的都删除了" in begun.text


def test_there_is_no_way_on_but_to_correct_it_or_to_leave(begun: Person) -> None:
    begun.presses("否")
    assert [button.action.verb for button in begun.screen.buttons] == ["edit", "mine"]


def test_whatever_is_sent_or_asked_to_be_edited_afterwards_is_not_kept(begun: Person) -> None:
    begun.presses("否")
    begun.says("检查答案")
    begun.presses("改：工种")
    assert not begun.screen.asks
    begun.says("钳工")
    assert begun.interview.answers == {"union_member": False}
    assert not begun.interview.drafts


def test_a_slip_is_corrected_and_the_questions_begin_anew(begun: Person) -> None:
    begun.presses("否", "改一下：工会会员", "是")
    assert begun.interview.answers == {"union_member": True}
    assert begun.screen.asks
    assert begun.screen.asks.question == "route"


def test_a_finished_application_is_emptied_too(begun: Person) -> None:
    begun.presses("是", "技艺", "选好了")
    begun.interview = begun.interview.model_copy(
        update={"finished_at": "2026-06-15T04:00:00+00:00", "focus": "union_member"}
    )
    begun.look()
    begun.presses("否")
    assert begun.interview.finished_at == ""
    assert begun.interview.answers == {"union_member": False}


def test_other_failed_rules_delete_nothing(begun: Person) -> None:
    begun.presses("是", "都没有")
    assert "一条都没有" in begun.text
    assert begun.interview.answers.keys() >= {"trade", "trade_start", "union_member"}
    assert not [event for event in begun.events if event.kind == "erased"]
