"""What is typed where something was asked back: never the answer when it is a yes or a no, whatever its words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from dialogs.interview import Interview
from forms.assent import assent
from forms.understanding import meaning
from tests.dialogs.hall import at, at_the_end
from tests.dialogs.talking import Person
from tests.dialogs.test_properties import EARLIER
from tests.dialogs.towns import east
from tests.forms.test_assent import NO, UNCLEAR, YES

NUMBER = "450122198409129963"
OTHER_NUMBER = "450122199001010015"

#: Where something is asked back: the question, what is typed so that it is, and what was understood.
ASKED_BACK = {
    "name": ("name", ("我叫陆建华",), "陆建华"),
    "id number": ("id_number", (NUMBER,), NUMBER),
    "month": ("began", ("大概2003年7月",), "2003-07"),
    "own words": ("schooling", ("技校",), "技校"),
    "option": ("schooling", ("大专班",), "大专"),
    "place": ("home", ("广西",), "广西"),
    "date": ("joined", ("大概2010年5月4日",), "2010-05-04"),
    "phone": ("phone", ("19900",), "19900"),
    "number": ("works", ("大概三项",), 3),
    "having": ("winner", ("得过，不过很久了",), True),
}


def asked_back(where: str) -> Person:
    question, typed, _ = ASKED_BACK[where]
    person = at(question)
    person.says(*typed)
    assert person.labels[:2] == ["对的", "不对，我重填"], person.text
    assert question not in person.interview.answers
    return person


@pytest.fixture(scope="module")
def waiting() -> dict[str, Interview]:
    return {where: asked_back(where).interview for where in ASKED_BACK}


def again(waiting: dict[str, Interview], where: str) -> Person:
    return Person(at("name").programme, interview=waiting[where])


@pytest.mark.parametrize("where", ASKED_BACK)
@pytest.mark.parametrize("text", YES)
def test_a_yes_in_any_words_confirms(waiting: dict[str, Interview], where: str, text: str) -> None:
    question, _, understood = ASKED_BACK[where]
    person = again(waiting, where)
    person.says(text)
    if text in ("可以",) and question == "schooling":  # an option of that very name is asked about first
        assert "您说的是“可以”，对吗？" in person.text
        assert "schooling" not in person.interview.answers
        return
    assert person.interview.answers[question] == understood
    assert person.asked != question
    assert person.interview.pending is None


@pytest.mark.parametrize("where", ASKED_BACK)
@pytest.mark.parametrize("text", NO)
def test_a_no_in_any_words_asks_afresh(waiting: dict[str, Interview], where: str, text: str) -> None:
    question, _, _ = ASKED_BACK[where]
    person = again(waiting, where)
    person.says(text)
    assert person.asked == question
    assert question not in person.interview.answers
    assert person.interview.pending is None
    assert "对的" not in person.labels


@pytest.mark.parametrize("where", ASKED_BACK)
@pytest.mark.parametrize("text", UNCLEAR)
def test_what_is_neither_leaves_it_asked_back(waiting: dict[str, Interview], where: str, text: str) -> None:
    question, _, _ = ASKED_BACK[where]
    person = again(waiting, where)
    person.says(text)
    assert person.labels[:2] == ["对的", "不对，我重填"]
    assert any(part.tone in ("problem", "say") for part in person.screen.told)
    assert question not in person.interview.answers


@pytest.mark.parametrize("text", [*YES, *NO])
def test_a_field_of_a_row_is_no_word_of_assent(text: str) -> None:
    person = at("life")
    person.presses("一项一项填")
    person.says("大概2003年7月")
    assert person.labels[:2] == ["对的", "不对，重填"]
    person.says(text)
    draft = person.interview.drafts["life"]
    assert draft["row"] == ({"start": "2003-07"} if assent(text) else {})
    assert "confirm" not in draft
    assert ("到哪年哪月？" if assent(text) else "从哪年哪月？") in person.text


@pytest.mark.parametrize("text", [text for text in (*YES, *NO) if meaning(text) != "mend"])
def test_a_yes_or_no_question_is_answered_in_any_words(text: str) -> None:
    person = at("winner")
    person.says(text)
    assert person.interview.answers["winner"] is assent(text)
    assert person.asked == "life"


# The rest of what is said


@pytest.mark.parametrize(
    ("where", "text", "value"),
    [
        ("name", "不对，是陆建国", "陆建国"),
        ("name", "不是陆建华，是陆建国", "陆建国"),
        ("name", "错了，应该是陆建国", "陆建国"),
        ("name", "陆建国，谢谢", "陆建国"),
        ("month", "不是，2016年3月", "2016-03"),
        ("month", "不对，应该是2016年3月", "2016-03"),
        ("month", "2016年3月", "2016-03"),
        ("own words", "不对，是本科", "本科"),
        ("place", "不对，广西武鸣", "广西武鸣"),
        ("date", "错了，2011年5月4日", "2011-05-04"),
        ("phone", "不对，19000000102", "19000000102"),
        ("number", "不对，是5项", 5),
        ("name", "对，是陆建华", "陆建华"),
        ("name", "对陆建华", "陆建华"),
        ("name", "是陆建华", "陆建华"),
        ("name", "我叫陆建华", "陆建华"),
        ("month", "对的，2003年7月", "2003-07"),
        ("number", "是的，3项", 3),
        ("id number", NUMBER, NUMBER),
    ],
)  # fmt: skip
def test_what_is_said_besides_is_the_answer_of_the_same_question(
    waiting: dict[str, Interview], where: str, text: str, value: Any
) -> None:
    person = again(waiting, where)
    person.says(text)
    assert person.interview.answers[ASKED_BACK[where][0]] == value


@pytest.mark.parametrize(
    ("where", "text", "understood"),
    [
        ("name", "陆建国", "陆建国"),
        ("place", "成都", "成都"),
        ("name", "对，陆建国", "陆建国"),
        ("name", "是陆建国", "陆建国"),
        ("name", "不对，我叫陆建国", "陆建国"),
        ("id number", f"不对，是{OTHER_NUMBER}", OTHER_NUMBER),
        ("own words", "不对，是没问题修理厂夜校", "没问题修理厂夜校"),
        ("own words", "不锈钢学校", "不锈钢学校"),
        ("month", "不对，大概05年7月", "2005-07"),
    ],
)
def test_a_guess_at_what_is_said_besides_is_asked_back_too(
    waiting: dict[str, Interview], where: str, text: str, understood: Any
) -> None:
    question = ASKED_BACK[where][0]
    person = again(waiting, where)
    person.says(text)
    assert question not in person.interview.answers
    assert person.labels[:2] == ["对的", "不对，我重填"]
    person.says("对")
    assert person.interview.answers[question] == understood


@pytest.mark.parametrize(
    "words", ["收到", "就按这个", "一点没错", "可不", "通过", "下一步", "我要改", "手误", "啱啱"]
)
@pytest.mark.parametrize("where", ["name", "place"])
def test_words_that_nobody_has_thought_of_are_asked_back_and_never_stored_at_once(
    waiting: dict[str, Interview], where: str, words: str
) -> None:
    person = again(waiting, where)
    person.says(words)
    assert person.interview.answers.get(ASKED_BACK[where][0]) != words


def test_a_no_stands_where_the_rest_is_no_answer() -> None:
    person = asked_back("month")
    person.says("不对，是很久以前")
    assert person.tone("problem")
    assert person.interview.pending is None
    assert person.asked == "began"
    assert "对的" not in person.labels


def test_of_a_row_too_the_rest_is_the_answer_of_the_same_field() -> None:
    person = at("life")
    person.presses("一项一项填")
    person.says("大概2003年7月", "不对，是2005年3月")
    assert person.interview.drafts["life"]["row"] == {"start": "2005-03"}
    person = at("life")
    person.presses("一项一项填")
    person.says("大概2003年7月", "不对，是很久以前")
    assert "confirm" not in person.interview.drafts["life"]
    assert "从哪年哪月？" in person.text


def test_the_input_that_was_found() -> None:
    person = asked_back("name")
    person.says("好的")
    assert person.interview.answers["name"] == "陆建华"


@pytest.mark.parametrize(
    "text", ["好的", "嗯嗯", "对对", "正确", "没问题", "可以", "确认", "是呀", "对的没错"]
)
@pytest.mark.parametrize("question", ["name", "home", "schooling"])
def test_a_word_of_assent_is_no_name_and_no_place_even_unasked(question: str, text: str) -> None:
    person = at(question)
    person.says(text)
    if (question, text) == ("schooling", "可以"):
        assert person.interview.answers["schooling"] == "可以"
        return
    assert question not in person.interview.answers
    assert person.asked == question


def test_a_firm_may_be_called_what_it_likes() -> None:
    person = at("employer")
    person.says("没问题修理厂")
    assert person.interview.answers["employer"] == "没问题修理厂"
    own = at("schooling")
    own.says("没问题修理厂", "没问题修理厂")
    assert own.interview.answers["schooling"] == "没问题修理厂"


def test_an_option_of_that_name_is_the_option() -> None:
    person = at("schooling")
    person.says("技校", "可以", "可以")
    assert person.interview.answers["schooling"] == "可以"


def test_own_words_are_no_word_of_assent() -> None:
    person = at("schooling")
    person.presses("其他")
    person.says("没问题")
    assert "schooling" not in person.interview.answers
    person.says("夜校")
    assert person.interview.answers["schooling"] == "夜校"


def test_commands_work_where_something_is_asked_back(waiting: dict[str, Interview]) -> None:
    for text in ("菜单", "帮助", "上一步"):
        person = again(waiting, "id number")
        person.says(text)
        assert "id_number" not in person.interview.answers
        assert not person.tone("problem")


@pytest.mark.parametrize(
    ("text", "stands"), [("就这样", True), ("不改", True), ("重填", False), ("改一下", False)]
)
def test_what_stands_and_what_is_made_anew_may_be_said_so(
    waiting: dict[str, Interview], text: str, stands: bool
) -> None:
    person = again(waiting, "name")
    person.says(text)
    assert ("name" in person.interview.answers) is stands


# Other Screens that ask for a yes


def arrives(person: Person, *typed: str) -> Person:
    person.says(*typed)
    return person


def declaring() -> Person:
    person = at_the_end()
    person.presses("没问题，生成盖章材料")
    return person


SCREENS: dict[str, tuple[Callable[[], Person], Callable[[Person], bool]]] = {
    "consent": (lambda: Person(at("name").programme), lambda p: bool(p.interview.consented_at)),
    "summary": (at_the_end, lambda p: p.interview.page == "declare"),
    "declaration": (declaring, lambda p: bool(p.interview.finished_at)),
    "pause": (lambda: arrives(at("wish"), "保存退出"), lambda p: p.asked == "wish"),
    "menu": (lambda: arrives(at("wish"), "菜单"), lambda p: p.asked == "wish"),
    "papers": (lambda: arrives(at("wish"), "材料清单"), lambda p: p.asked == "wish"),
}


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("text", ["好", "好的", "可以", "没问题", "嗯嗯", "OK", "对的，谢谢"])
def test_a_yes_presses_the_button_that_is_one(screen: str, text: str) -> None:
    begin, came = SCREENS[screen]
    person = begin()
    before = person.interview.answers
    person.says(text)
    assert came(person)
    assert person.interview.answers == before


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("text", ["不", "不行", "没有", "nope", "对吗"])
def test_a_no_is_no_yes_and_no_answer_to_what_lies_beneath(screen: str, text: str) -> None:
    begin, came = SCREENS[screen]
    person = begin()
    before = person.interview.answers
    person.says(text)
    assert not came(person)
    assert person.interview.answers == before


def test_a_no_to_the_declaration_leads_back_to_the_answers() -> None:
    person = declaring()
    person.says("不同意")
    assert "请检查答案" in person.text


@pytest.mark.parametrize("text", ["好", "好的", "确定", "是的", "可以", "没问题", "OK"])
def test_nothing_is_cleared_by_a_yes(text: str) -> None:
    person = at("wish")
    person.says("重新开始", text)
    assert person.interview.answers
    assert person.token("清空，重新开始")
    person.says("不")
    assert person.asked == "wish"


@pytest.mark.parametrize(
    ("text", "adopted"), [("好的", True), ("可以呀", True), ("不用", False), ("不", False)]
)
def test_an_offer_is_taken_or_declined(text: str, adopted: bool) -> None:
    person = Person(east(), earlier=(EARLIER,))
    person.begins()
    assert "沿用以前填过的资料吗" in person.text
    person.says(text)
    assert not person.interview.offering
    assert bool(person.interview.answers) is adopted
