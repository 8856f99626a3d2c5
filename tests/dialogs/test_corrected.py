"""What staff mended on somebody's behalf: told, what it was and what it is, and undone with one press."""

from __future__ import annotations

from dialogs.at_office import Correction, Standing
from dialogs.events import CorrectionUndone
from tests.dialogs.hall import ANSWERS
from tests.dialogs.offices import UNION, declared, handed
from tests.dialogs.talking import Person


def corrected(state: Standing = "here") -> Person:
    person = declared(
        handed=handed(state),
        corrections=(Correction("c1", "employer", "第一机床广", ANSWERS["employer"], UNION.name),),
    )
    person.look()
    return person


def test_it_is_told_what_it_was_and_what_it_is() -> None:
    said = "兴宁区总工会替您改了一处笔误，工作单位：“第一机床广”改成了“第一机床厂”。不对就改回去。"
    person = corrected()
    assert said in person.tone("note")
    person.says("检查答案")
    assert said in person.tone("note")
    person.says("进度")
    assert "工作单位：兴宁区总工会改成了：第一机床厂" in person.text


def test_one_press_undoes_it_although_the_case_lies_at_the_office() -> None:
    person = corrected()
    person.presses("改回去：工作单位")
    assert person.events == [CorrectionUndone("c1")]
    assert person.interview.answers["employer"] == "第一机床广"
    assert person.interview.finished_at
    assert "改回去：工作单位" not in person.labels
    assert "改回去了，工作单位：第一机床广" in person.tone("met")


def test_the_same_press_once_more_does_nothing() -> None:
    person = corrected()
    token = person.token("改回去：工作单位")
    person.presses_token(token)
    person.presses_token(token)
    assert person.events == [CorrectionUndone("c1")]


def test_what_was_changed_again_since_is_not_undone() -> None:
    person = corrected("returned")
    person.interview = person.interview.model_copy(update={"answers": {**ANSWERS, "employer": "第三机床厂"}})
    person.look()
    assert "改回去：工作单位" not in person.labels


def test_an_answer_that_staff_put_in_is_taken_out_again() -> None:
    person = declared(
        handed=handed(), corrections=(Correction("c1", "wish", None, ANSWERS["wish"], UNION.name),)
    )
    person.look()
    assert "心愿：“没有填”改成了“平安”" in person.text
    person.presses("改回去：心愿")
    assert "wish" not in person.interview.answers


def test_a_correction_of_a_question_that_there_is_no_more_is_not_shown() -> None:
    person = declared(handed=handed(), corrections=(Correction("c1", "gone", "一", "二", UNION.name),))
    assert not any(label.startswith("改回去") for label in person.labels)


def test_private_numbers_are_told_masked() -> None:
    was, now = "450122198409129964", ANSWERS["id_number"]
    person = declared(handed=handed(), corrections=(Correction("c1", "id_number", was, now, UNION.name),))
    assert "450122198409129964" not in person.text
    assert "身份证号：“4501**********9964”" in person.text
