"""Several facts in one message: the question on screen takes its own, the others wait for a yes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from dialogs.events import Answered
from dialogs.interview import Interview, Proposal
from dialogs.proposing import taken
from dialogs.view import View
from forms.casefile import read_case
from forms.library import BUILT_IN
from forms.programme import Programme
from tests.built_in import built_in
from tests.dialogs.hall import ANSWERS, at, at_the_end
from tests.dialogs.talking import NOON, Person, kept

SAID = "我叫陆建华，男，1983年生，在南宁机械厂当焊工，手机13800000000"
ALL = {"name": "陆建华", "employer": "南宁机械厂", "phone": "13800000000"}
NUMBER = "450122198409129963"
ASKED = "我记下了这些，对吗？"
BUTTONS = ["对的", "不对，都不要"]


def told(*texts: str) -> Person:
    person = at("name")
    person.says(SAID, *texts)
    return person


def proposed(person: Person) -> list[str]:
    assert person.labels == BUTTONS, person.text
    asked = person.tone("ask")[0].splitlines()
    assert asked[0] == ASKED
    return asked[1:]


def test_what_was_told_is_shown_and_nothing_is_stored_before_a_yes() -> None:
    person = told()
    assert proposed(person) == ["姓名：陆建华", "工作单位：南宁机械厂", "电话：138****0000"]
    assert person.interview.answers == {}
    assert not any(isinstance(event, Answered) for event in person.events)


@pytest.mark.parametrize("text", ["对", "对的", "嗯嗯", "没错", "好的", "是", "OK", "可以", "都对"])
def test_a_yes_stores_each_as_if_it_had_been_answered_there(text: str) -> None:
    person = told(text)
    assert person.interview.answers == ALL
    assert person.interview.proposed == ()
    assert person.asked == "id_number"
    assert {event.about for event in person.events if isinstance(event, Answered)} == set(ALL)
    assert person.screen.echo == "✓ 姓名：陆建华\n✓ 工作单位：南宁机械厂\n✓ 电话：138****0000"


def test_a_press_stores_them_too_and_their_questions_are_not_asked_again() -> None:
    person = told()
    person.presses("对的")
    person.says(NUMBER, "对", "2003年7月")
    assert person.asked == "schooling"


@pytest.mark.parametrize("text", ["不对", "不是", "都不要", "错了", "上一步"])
def test_a_no_drops_them_all(text: str) -> None:
    person = told(text)
    assert person.interview.answers == {}
    assert person.interview.proposed == ()
    assert person.interview.pending is None
    assert "这些都没有记" in person.text
    assert person.asked == "name"
    assert "对的" not in person.labels


def test_one_of_them_is_said_anew() -> None:
    person = told("手机是13900000000")
    assert proposed(person) == ["姓名：陆建华", "工作单位：南宁机械厂", "电话：139****0000"]
    person.says("不对，姓名：陆建国，单位：第二机床厂")
    assert proposed(person) == ["姓名：陆建国", "工作单位：第二机床厂", "电话：139****0000"]
    person.says("对")
    assert person.interview.answers == {"name": "陆建国", "employer": "第二机床厂", "phone": "13900000000"}


def test_a_no_with_another_answer_is_the_answer_to_the_question_on_screen() -> None:
    person = told("不对，陆建国")
    assert person.interview.answers == {"name": "陆建国"}
    assert person.interview.proposed == ()


@pytest.mark.parametrize("text", ["随便吧", "呵呵"])
def test_what_is_neither_leaves_them_proposed(text: str) -> None:
    person = told(text)
    assert len(proposed(person)) == 3
    assert person.tone("problem")
    assert person.interview.answers == {}


def test_they_wait_over_a_pause_and_a_restart() -> None:
    person = told("保存")
    person.interview = kept(person.interview)
    person.says("继续")
    assert len(proposed(person)) == 2  # the name was asked back, and is asked anew after a page
    person.says("对")
    assert person.interview.answers == {"employer": "南宁机械厂", "phone": "13800000000"}
    assert person.asked == "name"


def test_each_can_be_corrected_later() -> None:
    person = told("对")
    person.says("检查答案")
    person.presses_token(
        next(
            b.action.token(person.screen.revision)
            for b in person.screen.all_buttons()
            if b.action.about == "phone"
        )
    )
    person.says("13900000000")
    assert person.interview.answers["phone"] == "13900000000"


def test_a_form_that_was_filled_in_elsewhere_is_taken_in_one_message() -> None:
    person = at("name")
    person.says(
        f"姓名：陆建华\n性别：男\n身份证号：{NUMBER}\n学历：大专\n籍贯：广西武鸣\n电话：13800000000\n工作单位：南宁机械厂"
    )
    assert proposed(person) == [
        "姓名：陆建华",
        "身份证号：4501**********9963",
        "工作单位：南宁机械厂",
        "学历：大专",
        "籍贯：广西武鸣",
        "电话：138****0000",
    ]
    person.says("对")
    assert person.interview.answers["id_number"] == NUMBER
    assert person.interview.answers["schooling"] == "大专"
    assert person.asked == "began"


@pytest.mark.parametrize(
    ("question", "text", "answer", "lines"),
    [
        ("id_number", f"{NUMBER} 13800000000", {}, ["身份证号：4501**********9963", "电话：138****0000"]),
        ("schooling", "大专，手机13800000000", {"schooling": "大专"}, ["电话：138****0000"]),
        ("schooling", "手机13800000000，大专", {"schooling": "大专"}, ["电话：138****0000"]),
        ("employer", "南宁机械厂，手机13800000000", {"employer": "南宁机械厂"}, ["电话：138****0000"]),
        ("began", "2003年7月，单位：南宁机械厂", {"began": "2003-07"}, ["工作单位：南宁机械厂"]),
        ("home", "广西武鸣，我的电话是13800000000", {"home": "广西武鸣"}, ["电话：138****0000"]),
        ("winner", "是，电话13900000000", {"winner": True}, ["电话：190****0101 → 139****0000"]),
    ],
)
def test_the_question_on_screen_takes_its_own_part(
    question: str, text: str, answer: dict[str, object], lines: list[str]
) -> None:
    person = at(question)
    before = dict(person.interview.answers)
    person.says(text)
    assert person.interview.answers == {**before, **answer}
    assert proposed(person) == lines
    person.says("不对")
    assert person.interview.answers == {**before, **answer}


def test_what_was_answered_differently_is_proposed_as_a_change_and_the_same_is_passed_over() -> None:
    person = at("winner")
    person.says("是，电话13900000000，单位：第一机床厂")
    assert proposed(person) == ["电话：190****0101 → 139****0000"]
    assert person.interview.answers["phone"] == ANSWERS["phone"]
    person.says("对")
    assert person.interview.answers["phone"] == "13900000000"
    person = at("winner")
    person.says("是，电话19000000101")
    assert person.asked == "life"


@pytest.mark.parametrize("question", ["employer", "schooling", "home", "began", "name", "id_number"])
def test_a_message_that_says_nothing_to_the_question_leaves_it_asked(question: str) -> None:
    person = at(question)
    person.says("我的手机是13800000000。")
    assert proposed(person) == ["电话：138****0000"]
    person.says("对")
    assert question not in person.interview.answers
    assert person.asked == question


def test_what_is_said_in_passing_takes_no_answers_place() -> None:
    person = at("phone")
    person.says("19000000102，在第二机床厂上班")
    assert person.interview.answers["employer"] == ANSWERS["employer"]
    assert person.interview.answers["phone"] == "19000000102"
    assert person.asked == "works"


def test_a_fact_beside_a_yes_to_what_was_asked_back() -> None:
    person = at("name")
    person.says("我叫陆建华", "对，手机13800000000")
    assert proposed(person) == ["姓名：陆建华", "电话：138****0000"]
    person.says("好的")
    assert person.interview.answers == {"name": "陆建华", "phone": "13800000000"}


def test_a_correction_beside_a_fact_is_the_answer_that_was_meant() -> None:
    person = at("name")
    person.says("我叫陆建华", "不对，我叫陆建国，手机13800000000")
    assert proposed(person) == ["姓名：陆建国", "电话：138****0000"]
    person = at("name")
    person.says("我叫陆建华", "不对，手机13800000000")
    assert proposed(person) == ["电话：138****0000"]
    person.says("对")
    assert person.interview.answers == {"phone": "13800000000"}
    assert person.asked == "name"


@pytest.mark.parametrize("question", ["brief", "long", "life", "wish"])
def test_a_text_keeps_its_words(question: str) -> None:
    text = "我叫陆建华，在第二机床厂当焊工，中共党员，带了三十个徒弟，大家都叫我师傅。"
    person = at(question)
    person.says(text)
    assert person.interview.proposed == ()


def test_a_label_is_no_part_of_an_answer_in_words() -> None:
    person = at("employer")
    person.says("工作单位：南宁机械厂")
    assert person.interview.answers["employer"] == "南宁机械厂"


@pytest.mark.parametrize("text", ["我在南宁机械厂上班", "在南宁机械厂当焊工", "我是南宁机械厂的焊工"])
def test_where_somebody_works_is_asked_back_as_the_unit(text: str) -> None:
    person = at("employer")
    person.says(text)
    assert "“南宁机械厂”，对吗？" in person.text
    person.says("对")
    assert person.interview.answers["employer"] == "南宁机械厂"


def test_a_name_among_much_else_is_the_name_alone() -> None:
    person = at("name")
    person.says(
        f"您好！我叫陆建华，男，汉族，1984年9月12日生，身份证号{NUMBER}，南宁机械厂焊工，电话13800000000"
    )
    assert proposed(person) == [
        "姓名：陆建华",
        "身份证号：4501**********9963",
        "工作单位：南宁机械厂",
        "电话：138****0000",
    ]
    person = at("name")
    person.says("大家好！我是陆建华，手机：13800000000（微信同号）")
    assert proposed(person) == ["姓名：陆建华", "电话：138****0000"]


def test_a_number_of_the_kind_that_is_asked_for_is_its_answer() -> None:
    person = at("phone")
    person.says("19000000102")
    assert person.interview.answers["phone"] == "19000000102"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("我叫陆建华今年42岁手机13800000000", "陆建华"),
        ("陆建华13800000000", "陆建华"),
        ("陆建华（手机13800000000）", "陆建华"),
        ("陆建华，柳钢 焊工，手机13800000000", "陆建华"),
        ("我姓陆，叫陆建华，手机13800000000", "陆建华"),
        ("陆建华\n13800000000", "陆建华"),
        ("手机13800000000，陆建华", "陆建华"),
    ],
)
def test_the_name_that_stands_among_other_words(text: str, name: str) -> None:
    person = at("name")
    person.says(text)
    assert person.interview.answers.get("phone") is None
    person.says("对")
    assert person.interview.answers == {"name": name, "phone": "13800000000"}


@pytest.mark.parametrize("text", ["13800000000 陆建华", "打13800000000找我"])
def test_a_number_among_words_is_asked_back(text: str) -> None:
    person = at("phone")
    person.says(text)
    assert "“138****0000”，对吗？" in person.text
    person.says("对")
    assert person.interview.answers["phone"] == "13800000000"


def test_of_two_numbers_none_is_picked() -> None:
    person = at("phone")
    person.says("手机13800000000或者13900000000")
    assert person.tone("problem")
    assert "phone" not in person.interview.answers


def test_what_its_question_cannot_read_is_no_fact() -> None:
    person = at("name")
    person.says("陆建华，学历：不知道，手机13800000000，籍贯：1")
    assert [line for line in proposed(person) if "学历" in line or "籍贯" in line] == []


def test_a_fact_of_a_question_that_is_gone_by_then_is_left_out() -> None:
    person = told()
    gone = (
        *person.interview.proposed,
        Proposal(question="gone", text="1"),
        Proposal(question="war", text="打铁"),
    )
    person.interview = person.interview.model_copy(update={"proposed": gone})
    person.look()
    assert len(proposed(person)) == 3
    person.says("对")
    assert person.interview.answers == ALL


def test_at_the_summary_nothing_is_taken() -> None:
    person = at_the_end()
    person.says("手机13900000000")
    assert person.interview.proposed == ()


def test_in_english_the_question_and_its_buttons_are_english() -> None:
    person = at("name", locale="en")
    person.says(SAID)
    assert person.tone("ask")[0].startswith("I noted these, is that right?")
    person.says("yes")
    assert person.interview.answers == ALL


@pytest.mark.parametrize("programme", built_in().offered, ids=lambda programme: programme.id)
def test_no_answer_of_a_programme_is_taken_for_another_question(programme: Programme) -> None:
    for question in programme.form("nominee").questions.values():
        texts = [given.text for given in question.replay(question.fullest()) if given.text]
        for text in [*texts, *([question.example] if question.example else [])]:
            interview = Interview(consented_at="2026-06-15", programme=programme.id, digest=programme.digest)
            view = View(programme, interview, replace(Person(programme, now=NOON).scene))
            change = taken(view, question, text)
            assert change is None or not change.interview.proposed, (question.id, text)


@pytest.mark.parametrize("text", ["第一机床厂，身份证号450122198409129964", "第一机床厂 450122198409129964"])
def test_a_mistyped_number_of_an_identity_card_stands_in_no_other_answer_and_is_told(text: str) -> None:
    person = at("employer")
    person.says(text)
    assert person.interview.answers["employer"] == "第一机床厂"
    assert person.interview.answers["id_number"] == ANSWERS["id_number"]
    assert any(said.startswith("“身份证号”没有记：") for said in person.tone("problem"))


def test_a_doubtful_telephone_number_is_told_and_not_proposed_among_others() -> None:
    person = at("name")
    person.says("我叫陆建华，身份证450122198409129963，手机1380000000")
    assert [line.partition("：")[0] for line in proposed(person)] == ["姓名", "身份证号"]
    assert "不像常见的电话号码" in person.tone("problem")[0]


def test_what_waits_for_another_answer_of_the_same_message_is_proposed_with_it() -> None:
    programme = built_in().named("nanning-2026")
    assert programme
    person = Person(
        programme,
        interview=Interview(
            consented_at="2026-06-15T04:00:00+00:00",
            programme=programme.id,
            digest=programme.digest,
            answers=_to_the_name(programme),
        ),
    )
    assert person.asked == "name"
    person.says(f"我叫陆建华 身份证{NUMBER} 电话19000000101 壮族 党员")
    assert {"民族：壮族", "政治面貌：中共党员"} <= set(proposed(person))
    person.says("对")
    assert person.interview.answers["ethnicity"] == "壮族"
    assert person.interview.answers["political_status"] == "中共党员"
    assert person.asked == "native_place"


def _to_the_name(programme: Programme) -> dict[str, Any]:
    path = BUILT_IN / programme.id / "cases" / "self.yaml"
    answers = read_case(path.name, path.read_text("utf-8")).answers
    before = list(programme.form("nominee").questions)
    return {name: answers[name] for name in before[: before.index("name")] if name in answers} | {
        "trade_pause": 0,
        "area_pause": 0,
    }
