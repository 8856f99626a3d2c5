"""What was answered before is taken back in words at a later question."""

from __future__ import annotations

import pytest

from dialogs.company import Invited
from dialogs.interview import Interview
from tests.built_in import built_in
from tests.dialogs.hall import ANSWERS, at
from tests.dialogs.talking import Person

YES = "改成这个"


@pytest.mark.parametrize(
    ("where", "text", "question", "value"),
    [
        ("employer", "不对，是2004年7月", "began", "2004-07"),
        ("employer", "刚才那个错了，是2004年7月", "began", "2004-07"),
        ("employer", "写错了，2004年7月", "began", "2004-07"),
        ("employer", "改成2004年7月", "began", "2004-07"),
        ("employer", "no, it was August 2003", "began", "2003-08"),
        ("employer", "sorry, August 2003", "began", "2003-08"),
        ("schooling", "不对，是第二机床厂", "employer", "第二机床厂"),
        ("home", "选错了，应该是本科", "schooling", "本科"),
        ("employer", "我名字写错了，应该是陆建国", "name", "陆建国"),
        ("wish", "学历改成本科", "schooling", "本科"),
        ("wish", "电话发错了，是19000000102", "phone", "19000000102"),
    ],
)
def test_what_is_right_stands_beside_what_was_answered_and_is_asked_about_first(
    where: str, text: str, question: str, value: str
) -> None:
    person = at(where)
    person.says(text)
    assert YES in person.labels and "从“" in person.text
    assert person.interview.answers == {name: ANSWERS[name] for name in person.interview.answers}
    person.presses(YES)
    assert person.interview.answers[question] == value
    assert person.asked == where


@pytest.mark.parametrize("text", ["名字错了", "刚才名字打错了", "改名字", "我想改一下姓名", "姓名填错了"])
def test_an_answer_that_is_only_named_is_opened(text: str) -> None:
    person = at("employer")
    person.says(text)
    assert person.asked == "name"
    person.says("陆建国")
    assert person.interview.answers["name"] == "陆建国"
    assert person.asked == "employer"


@pytest.mark.parametrize(
    "text",
    [
        "刚才那个错了",
        "搞错了",
        "刚才说错了，我不是会员",
        "忽略上一条",
        "按错了",
        "从头来",
        "名字错了",
        "不对",
    ],
)
@pytest.mark.parametrize("where", ["employer", "wish", "home", "name"])
def test_none_of_it_is_ever_an_answer_to_the_question_on_screen(where: str, text: str) -> None:
    person = at(where)
    person.says(text)
    assert where not in person.interview.answers
    assert person.interview.pending is None


@pytest.mark.parametrize("text", ["不对，是19000000102", "错了 19000000102", "刚才电话打错了，是19000000102"])
def test_no_word_of_it_becomes_the_answer_to_the_next_question(text: str) -> None:
    person = at("works")
    person.says(text)
    assert person.asked in ("works", "")
    assert "works" not in person.interview.answers
    person.says("对")
    assert person.interview.answers["phone"] == "19000000102"


def test_what_stands_on_screen_is_meant_first() -> None:
    person = at("began")
    person.says("03年7月大概", "不对，是2004年7月")
    person.says("对")
    assert person.interview.answers["began"] == "2004-07"


def test_a_no_with_its_reason_answers_a_question_of_yes_or_no() -> None:
    person = at("winner")
    person.says("没有，没得过")
    assert person.interview.answers["winner"] is False


def test_what_is_wrong_is_the_answer_where_just_that_is_asked() -> None:
    person = _asked_whether_all_is_right()
    person.says("否")
    assert person.asked == "expert_facts_wrong"
    person.says("工种写错了，应该是电焊工")
    assert person.interview.answers["expert_facts_wrong"] == "工种写错了，应该是电焊工"


def test_a_denial_alone_is_no_nought() -> None:
    person = at("works")
    person.says("不对")
    assert "works" not in person.interview.answers
    assert "上一步" in person.tone("help")[0]
    person.says("没有")
    assert person.interview.answers["works"] == 0


@pytest.mark.parametrize(
    ("text", "right"), [("工种不对，他是管道焊工", "否"), ("都没错", True), ("没有错", True)]
)
def test_what_is_wrong_of_the_facts_that_are_shown_is_a_no(text: str, right: str | bool) -> None:
    person = _asked_whether_all_is_right()
    person.says(text)
    if right is True:
        assert person.interview.answers["expert_facts"] is True
    else:
        assert person.tone("ask") == [f"按“{right}”记，对吗？"]


@pytest.mark.parametrize("text", ["单位写错了", "工种不对"])
def test_nothing_of_ones_own_is_opened_where_the_facts_of_another_are_shown(text: str) -> None:
    person = _asked_whether_all_is_right()
    person.says(text)
    said_no = person.interview.answers.get("expert_facts") is False
    assert said_no or person.tone("ask") == ["按“否”记，对吗？"]


def _asked_whether_all_is_right() -> Person:
    programme = built_in().named("nanning-2026")
    assert programme
    interview = Interview(
        role="expert",
        consented_at="2026-06-15T04:00:00+00:00",
        programme=programme.id,
        digest=programme.digest,
        answers={"expert_relation": "同班组共事八年"},
    )
    around = {
        "parts": {"nominee": ({"name": "陆建华", "employer": "第一机床厂", "trade": "焊工"},)},
        "invited": Invited("expert", 1, "陆建华", "陆建华"),
    }
    person = Person(programme, interview=interview, around=around)
    assert person.asked == "expert_facts"
    return person


@pytest.mark.parametrize(
    "said",
    [
        "我电话写错了应该是19000000102",
        "改一下电话19000000102",
        "帮我把手机改成19000000102",
        "电话改一下，是19000000102",
        "手机换成19000000102",
    ],
)
def test_what_leads_up_to_a_number_is_no_answer_where_the_number_was_not_asked_yet(said: str) -> None:
    person = at("employer")
    person.says(said)
    assert "employer" not in person.interview.answers
    person.presses("对的")
    assert person.interview.answers["phone"] == "19000000102"
    assert person.asked == "employer"


@pytest.mark.parametrize(
    "said", ["改一下电话19000000102", "帮我把手机改成19000000102", "手机号换了，19000000102"]
)
def test_a_number_to_be_changed_is_shown_beside_what_stands(said: str) -> None:
    person = at("wish")
    person.says(said)
    person.presses(YES)
    assert person.interview.answers["phone"] == "19000000102"


def test_a_character_of_an_answer_that_is_wrong_opens_it() -> None:
    person = at("employer")
    person.says("名字第二个字错了是健康的健")
    assert person.asked == "name"
