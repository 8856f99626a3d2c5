"""Words for a button that is not on the Screen are no answer, and nothing that is typed goes without a word."""

from __future__ import annotations

import pytest

from dialogs.command_words import COMMANDS
from dialogs.interview import Interview
from dialogs.register import PAGES
from dialogs.turn import Say
from tests.dialogs.hall import ANSWERS, at, at_the_end, hall
from tests.dialogs.talking import Person
from tests.dialogs.towns import east

BARE = [
    "重填",
    "改一下",
    "确认",
    "提交",
    "完成",
    "写完了",
    "填好了",
    "继续",
    "不改",
    "跳过",
    "以后再补",
    "先这样",
]
FREE = ["name", "employer", "brief", "long", "wish"]


@pytest.mark.parametrize("question", FREE)
@pytest.mark.parametrize("words", BARE)
def test_a_bare_command_is_no_answer(question: str, words: str) -> None:
    person = at(question)
    person.says(words)
    assert question not in person.interview.answers
    assert question not in person.interview.drafts


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("employer", "重填充设备厂"),
        ("employer", "继续教育学院"),
        ("employer", "提交流水线"),
        ("wish", "完成三项技术改造"),
        ("wish", "确认每一道焊缝合格"),
        ("wish", "先这样踏实干，以后再补学历"),
        ("brief", "我完成了二十项技改，带了三十个徒弟，提交了五份建议。"),
    ],
)
def test_a_persons_own_words_that_contain_one_are_the_answer(question: str, text: str) -> None:
    person = at(question)
    person.says(text)
    assert person.interview.answers[question] == text


@pytest.mark.parametrize("question", ["employer", "schooling", "home", "wish"])
def test_asking_to_fill_in_again_goes_back_to_the_answer_given_last(question: str) -> None:
    person = at(question)
    person.says("重填")
    before = list(ANSWERS)[list(ANSWERS).index(question) - 1]
    assert person.asked in (before, "began")  # a question that does not apply is passed by
    assert person.interview.answers[person.asked] == ANSWERS[person.asked]


def test_asking_to_fill_in_again_where_an_answer_stands_asks_for_another() -> None:
    person = at("wish")
    person.says("上一步", "上一步", "上一步")
    assert person.asked == "long"
    person.says("重填")
    assert person.interview.answers["long"] == ANSWERS["long"]
    assert person.tone("note")


@pytest.mark.parametrize("words", ["完成", "提交", "写完了", "就这样", "先这样吧，以后再补"])
def test_the_end_of_what_is_gathered_is_meant_where_something_is(words: str) -> None:
    person = at("long")
    person.says("事" * 600)
    assert "写好了" in person.labels
    person.says(words)
    assert person.interview.answers["long"] == "事" * 600
    assert person.asked == "photo"


def test_a_long_text_that_is_to_be_written_anew_can_be_had_back() -> None:
    person = at("long")
    person.says("事" * 600, "重填")
    assert "找回刚才的" in person.labels


@pytest.mark.parametrize("words", ["以后再补", "晚点再发", "先这样", "跳过"])
def test_a_file_is_put_off_in_any_words(words: str) -> None:
    person = at("photo")
    person.says(words)
    assert "photo" in person.interview.later
    assert person.asked == "certificate"


@pytest.mark.parametrize("words", ["提交", "完成"])
def test_where_to_hand_in_is_said(words: str) -> None:
    person = at("wish")
    person.says(words)
    assert person.tone("note") == ["还不能提交：还有1处没填好。填完了会请您检查，在那里提交。都自动保存着。"]
    person = at_the_end()
    person.says(words)
    assert person.interview.page == "declare"


def test_a_field_of_a_row_is_no_command() -> None:
    person = at("life")
    person.presses("一项一项填")
    person.says("2003年7月", "至今", "重填")
    assert person.interview.drafts["life"]["row"] == {"start": "2003-07", "end": "至今"}
    assert person.tone("note")


# Nothing goes without a word.

EVERY = sorted({word.replace("_", " ") for word in COMMANDS})


def told(person: Person, words: str) -> None:
    """What is typed changes something, or is answered with a sentence."""
    shown, locale = person.screen.parts, person.screen.locale
    person.says(words)
    known = {part.text for part in shown if isinstance(part, Say)}
    new = [part for part in person.screen.parts if isinstance(part, Say) and part.text not in known]
    assert new or person.screen.parts != shown or person.screen.locale != locale or person.switched, words


@pytest.mark.parametrize("words", EVERY)
def test_before_consent_every_word_is_answered(words: str) -> None:
    told(Person(hall()), words)


@pytest.mark.parametrize("words", EVERY)
def test_before_a_programme_is_chosen_every_word_is_answered(words: str) -> None:
    told(Person(hall(), interview=Interview(consented_at="2026-06-15T04:00:00+00:00")), words)


@pytest.mark.parametrize("words", EVERY)
def test_in_the_pre_check_every_word_is_answered(words: str) -> None:
    agreed = Interview(consented_at="2026-06-15T04:00:00+00:00", fitting=True)
    person = Person(hall(), interview=agreed, programmes=(east(),))
    told(person, words)


@pytest.mark.parametrize("question", ["name", "schooling", "long", "photo", "certificate"])
@pytest.mark.parametrize("words", EVERY)
def test_at_a_question_every_word_is_answered(question: str, words: str) -> None:
    told(at(question), words)


#: They open only where there is something to declare, to hand in, to take back, a code to see, or somebody to write to.
_NOT_ANYWHERE = {"declare", "handing", "taking_back", "code", "letters"}


@pytest.mark.parametrize(
    "page", [name for name, page in PAGES.items() if page.words and name not in _NOT_ANYWHERE]
)
def test_a_page_that_is_asked_for_where_it_is_open_is_pointed_at(page: str) -> None:
    words = PAGES[page].words.split()[0]
    person = at("name")
    person.says(words)
    assert person.interview.page == page
    person.says(words)
    assert person.interview.page == page
    assert "您现在看的就是，请看下面。" in person.tone("note")


def test_before_consent_it_is_said_that_nothing_is_kept_yet() -> None:
    person = Person(hall())
    person.says("菜单")
    assert person.tone("note")[0].startswith("这里还没有开始填")
    assert "同意，开始" in person.labels
