"""What is no answer, at questions of every kind: the table in phrases.yaml, cell by cell."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from dialogs.interview import Interview
from forms.casefile import read_case
from forms.library import BUILT_IN
from forms.programme import Programme
from forms.understanding import meaning
from tests.built_in import built_in
from tests.dialogs.talking import Person

TABLE: dict[str, Any] = YAML(typ="safe").load(Path(__file__).parent / "phrases.yaml")
QUESTIONS: dict[str, str] = {**TABLE["questions"], "post": "position", "craft": "trade"}
CELLS = [
    (what, where, str(cell))
    for what, cells in TABLE["cells"].items()
    for where, cell in zip(TABLE["questions"], cells, strict=True)
]
PHONE = "0771-2805708"


@cache
def nanning() -> Programme:
    programme = built_in().named("nanning-2026")
    assert programme
    return programme


@cache
def _answers() -> dict[str, Any]:
    path = BUILT_IN / "nanning-2026" / "cases" / "self.yaml"
    return dict(read_case(str(path), path.read_text("utf-8")).answers)


def at(where: str) -> Person:
    """Somebody who is asked this question, with everything else answered."""
    question = QUESTIONS[where]
    answers = {name: value for name, value in _answers().items() if name != question}
    interview = Interview(
        consented_at="2026-06-15T04:00:00+00:00",
        programme=nanning().id,
        digest=nanning().digest,
        answers=answers,
        focus=question,
    )
    person = Person(nanning(), interview=interview)
    assert person.asked == question
    return person


def came(person: Person, where: str) -> str:
    """What came of what was said, in the words of the table."""
    question = QUESTIONS[where]
    if question in person.interview.answers:
        return str(person.interview.answers[question])
    if question in person.interview.later:
        return "later"
    if question in person.interview.skipped:
        return "skip"
    assert not person.interview.drafts.get(question)
    if person.interview.pending is not None:
        return "asked"
    if person.interview.page == "stopped":
        return "stop"
    if person.asked != question:
        return person.asked
    said = person.screen.told
    if any(PHONE in part.text and "没有人在线" in part.text and part.dials for part in said):
        return "office"
    if any("一条一条发给我" in part.text for part in said):
        return "outline"
    if any(part.tone == "problem" for part in said):
        return "told"
    if any(part.tone == "help" for part in said):
        return "help"
    if any("不急" in part.text for part in said):
        return "calmed"
    return "greeted" if any("您好" in part.text for part in said) else "thanked" if said else ""


@pytest.fixture(scope="module")
def waiting() -> dict[str, Interview]:
    return {where: at(where).interview for where in QUESTIONS}


@pytest.mark.parametrize(("what", "where", "cell"), CELLS, ids=str)
def test_what_is_no_answer_is_none_at_any_question(
    waiting: dict[str, Interview], what: str, where: str, cell: str
) -> None:
    wrong = {}
    for phrase in TABLE["classes"][what]:
        person = Person(nanning(), interview=waiting[where])
        person.says(str(phrase))
        if came(person, where) != cell:
            wrong[phrase] = came(person, where)
    assert wrong == {}


def test_the_table_is_long_enough_to_tell() -> None:
    phrases = [str(phrase) for known in TABLE["classes"].values() for phrase in known]
    assert len(phrases) >= 300
    assert len(set(phrases)) == len(phrases)
    assert len(TABLE["questions"]) >= 6


@pytest.mark.parametrize("own", TABLE["own"], ids=lambda own: f"{own['at']}-{own['text']}")
def test_own_words_are_the_answer(waiting: dict[str, Interview], own: dict[str, Any]) -> None:
    person = Person(nanning(), interview=waiting[own["at"]])
    person.says(own["text"])
    if own.get("asked"):
        assert person.interview.pending is not None
        person.says("对")
    assert person.interview.answers.get(QUESTIONS[own["at"]]) == own["stored"], person.text


@pytest.mark.parametrize("text", ["帮助", "不懂", "谢谢", "没有", "找人工"])
def test_such_a_word_within_a_long_text_is_part_of_it(text: str) -> None:
    person = at("story")
    told = f"那年冬天炉子坏了，大家都说{text}，我就自己琢磨了三个月。"
    person.says(told)
    assert person.interview.drafts["brief"]["parts"] == [told]


def test_help_says_how_it_is_filled_in_with_example_clause_and_what_to_do_without() -> None:
    person = at("unit")
    person.says("这个怎么填")
    helped = "\n".join(person.tone("help"))
    for part in ("和公章上的一样", "例如：", "出处：附件2", "这一项要填", PHONE):
        assert part in helped
    person = at("photo")
    person.says("没有怎么办")
    assert "稍后再补" in "\n".join(person.tone("help"))


def test_a_word_that_opens_a_page_too_can_still_open_it() -> None:
    person = at("craft")
    person.says("材料")
    assert "不是，打开“材料”" in person.labels
    person.presses("不是，打开“材料”")
    assert person.interview.page == "papers"
    assert "trade" not in person.interview.answers


def test_who_fails_again_is_helped_and_then_sent_to_the_office() -> None:
    person = at("since")
    person.says("很久以前")
    assert not person.tone("help")
    person.says("还是很久以前")
    assert "例如" in "\n".join(person.tone("help"))
    assert PHONE not in person.text
    person.says("就是很久以前")
    assert PHONE in person.text
    assert [part.dials for part in person.screen.told if part.dials] == [((PHONE, "tel:+867712805708"),)]
    person.says("2003年7月")
    assert person.interview.stumbles == 0


@pytest.mark.parametrize(
    "text", ["的" * 60, "谢谢" * 30, "不知道" * 20, "能不能" * 10, "帮我写" * 12, "什么" * 15, "?" * 60]
)
def test_any_text_is_understood_in_no_time(text: str) -> None:
    assert meaning(text + "鑫") == ""


@pytest.mark.parametrize(
    "text", ["写好了", "我写完了", "填好了", "好了", "写完啦", "都写完了呢", "交上", "交吧。", "那就交上去吧"]
)
def test_that_it_is_written_ends_a_long_text(text: str) -> None:
    person = at("story")
    person.says("那年冬天炉子坏了，我就自己琢磨了三个月。" * 40)
    person.says(text)
    assert "brief" in person.interview.answers
    assert "brief" not in person.interview.drafts


def test_what_was_never_won_is_none() -> None:
    assert meaning("没得过什么奖，就是个普通工人") == "none"
    assert meaning("没什么荣誉") == "none"
    assert meaning("没奖杯厂") == ""


@pytest.mark.parametrize("text", ["下一步", "下一项", "下一题", "下一个", "下一条"])
@pytest.mark.parametrize(("where", "cell"), [("unit", "told"), ("craft", "told"), ("office", "later")])
def test_going_on_passes_over_what_may_be_passed_over_alone(text: str, where: str, cell: str) -> None:
    person = at(where)
    person.says(text)
    assert came(person, where) == cell


@pytest.mark.parametrize("text", ["没有联系人", "没有电话", "没电话", "没有理由"])
@pytest.mark.parametrize("where", ["name", "unit", "craft", "post"])
def test_that_something_else_is_lacking_is_asked_back(text: str, where: str) -> None:
    person = at(where)
    person.says(text)
    assert came(person, where) == "asked"


@pytest.mark.parametrize("text", ["没有职务", "现在没有职务", "没职务", "暂无职务。"])
def test_that_there_is_none_of_what_is_asked_for_is_told(text: str) -> None:
    person = at("post")
    person.says(text)
    assert came(person, "post") == "told"


@pytest.mark.parametrize("text", ["好的", "没有", "不知道", "谢谢", "以后再说", "写好了"])
def test_what_reads_like_no_answer_is_not_taken_for_all_of_a_text(text: str) -> None:
    person = at("story")
    person.writes(text)
    assert person.tone("problem")
    assert QUESTIONS["story"] not in person.interview.answers
    person.writes("我在车间干了二十年焊工。")
    assert QUESTIONS["story"] in person.interview.answers
