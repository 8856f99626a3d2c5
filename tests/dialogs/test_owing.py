"""Whoever owes an answer to what staff sent back: experts, units and workers answer by the same pages as the nominee."""

from __future__ import annotations

from datetime import UTC, datetime

from dialogs.company import Invited
from dialogs.events import Finished
from dialogs.interview import Interview, Upheld
from dialogs.returned import owes
from dialogs.view import View
from tests.built_in import built_in
from tests.dialogs.hall import ANSWERS
from tests.dialogs.offices import handed, remark
from tests.dialogs.talking import Person


def test_an_expert_answers_what_came_back_and_hands_their_part_in_again() -> None:
    person = _expert(remark("expert_position", text="写现在的职务", sealed="焊接班班长"))
    assert person.asked == "expert_position"
    assert person.tone("problem") == ["写错了：写现在的职务"]
    person.says("焊接车间主任")
    person.presses("没问题，交上我这一份", "属实，交上")
    assert person.interview.finished_at
    assert "您这一部分填好了" in person.text
    assert person.events[-1] == Finished()


def test_an_expert_upholds_what_they_wrote() -> None:
    person = _expert(remark("expert_position", sealed="焊接班班长"))
    person.presses("照旧，我没写错", "不说了，就照旧", "没问题，交上我这一份", "属实，交上")
    assert person.interview.finished_at
    assert not person.asked


def _expert(*remarks: object) -> Person:
    programme = next(each for each in built_in().offered if each.id == "nanning-2026")
    answers = {question.id: question.fullest() for question in programme.form("expert").questions.values()}
    answers |= {"expert_position": "焊接班班长", "expert_certificate": ANSWERS["certificate"]}
    interview = Interview(
        role="expert",
        consented_at="2026-06-01T04:00:00+00:00",
        programme=programme.id,
        digest=programme.digest,
        answers=answers,
        finished_at="2026-06-01T05:00:00+00:00",
    )
    around = {
        "parts": {"nominee": ({"name": "陆建华", "employer": "第一机床厂", "trade": "焊工"},)},
        "invited": Invited("expert", 1, "陆建华", "陆建华"),
        "handed": handed("returned"),
        "returned": remarks,
    }
    return Person(programme, interview=interview, around=around)


# Whether a party still owes anything


def owing(person: Person, **changed: object) -> bool:
    state = person.interview.model_copy(update=changed)
    assert person.pinned
    return owes(View(person.pinned, state, person.scene))


def test_a_party_owes_until_it_has_answered_and_declared_again() -> None:
    person = _expert(remark("expert_position", sealed="焊接班班长"))
    answered = {**person.interview.answers, "expert_position": "焊接车间主任"}
    assert owing(person)
    assert owing(person, answers=answered, finished_at="")
    assert not owing(person, answers=answered)
    assert not owing(person, upheld=(Upheld(remark="expert_position 1"),))
    assert owing(person, upheld=(Upheld(remark="another"),))


def test_who_was_sent_nothing_back_or_what_does_not_apply_owes_nothing() -> None:
    assert not owing(_expert())
    assert not owing(_expert(), finished_at="")
    assert not owing(_expert(remark("gone")))
    assert owing(_expert(remark("gone"), remark("expert_position", sealed="焊接班班长")))


def test_an_answer_that_was_cleared_is_owed() -> None:
    person = _expert(remark("expert_position", sealed="焊接班班长"))
    answers = {name: value for name, value in person.interview.answers.items() if name != "expert_position"}
    assert owing(person, answers=answers, finished_at="")


def test_what_came_back_is_asked_after_the_closing_day_too() -> None:
    person = _expert(remark("expert_position", sealed="焊接班班长"))
    person.now = datetime(2026, 7, 5, 4, tzinfo=UTC)
    person.look()
    assert person.asked == "expert_position"
