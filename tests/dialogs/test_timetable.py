"""The plan backward from the closing day, as whoever applies reads it."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from dialogs.interview import Interview
from dialogs.turn import Line, Summary
from tests.dialogs.talking import Person
from tests.dialogs.test_suggesting import at
from tests.forms.programmes.cases import case_of, programme

_ASKED = [
    *(
        "计划",
        "倒排",
        "还来得及吗",
        "来不来得及？",
        "/plan",
        "时间够不够",
        "最晚什么时候开始准备",
        "排一下时间表",
    ),
    *("现在报名还来得及不", "赶得上吗", "几号要开始办手续", "is it too late?", "when should I start"),
]


def on(month: int, day: int) -> datetime:
    return datetime(2026, month, day, 12, tzinfo=ZoneInfo("Asia/Shanghai"))


NOW = on(6, 15)


def planning(now: datetime = NOW, **changed: object) -> Person:
    person = at("photo", **changed)
    person.now = now
    person.says("计划")
    return person


def steps(person: Person) -> dict[str, Line]:
    groups = [group for part in person.screen.parts if isinstance(part, Summary) for group in part.groups]
    return {line.label: line for group in groups for line in group.lines}


def of(name: str, case: str, now: datetime, **changed: object) -> Person:
    chosen = programme(name)
    answers = {**case_of(name, case).answers, **changed}
    begun = Interview(
        consented_at="2026-06-15T09:00:00+08:00",
        programme=chosen.id,
        digest=chosen.digest,
        answers={key: value for key, value in answers.items() if value is not None},
    )
    person = Person(chosen, now=now, interview=begun)
    person.says("计划")
    return person


@pytest.mark.parametrize("words", _ASKED)
def test_many_words_ask_for_it(words: str) -> None:
    person = at("photo")
    person.says(words)
    assert "从截止日倒着排" in person.text


@pytest.mark.parametrize("words", ["我什么时候开始干焊工", "时间", "计划科", "来得及时完成任务"])
def test_other_words_do_not(words: str) -> None:
    person = at("photo")
    person.says(words)
    assert "从截止日倒着排" not in person.text


def test_every_step_has_its_last_day_and_guesses_are_called_guesses() -> None:
    person = planning(on(6, 1))
    assert "还来得及" in person.text
    seals = steps(person)["有关部门在意见表上一个一个签意见、盖章"]
    assert (seals.value, seals.state) == ("最晚2026年6月18日开始，估计要8个工作日", "skipped")
    assert "通知没说要几天" in person.text
    assert "暂定" not in person.text


def test_what_is_done_is_ticked_and_its_line_opens_the_answer() -> None:
    done = steps(planning())["征得所在单位同意"]
    assert (done.value, done.state, done.edit.action.about) == ("办好了", "ok", "unit_consent")
    open_ = steps(planning(on(6, 1), unit_consent=False))["征得所在单位同意"]
    assert open_.value.startswith("最晚2026年6月5日开始")


def test_what_is_late_is_named_with_what_still_can_be_done_and_whom_to_call() -> None:
    person = planning(on(6, 17))
    assert "有点晚了" in person.text
    assert "今天就办：所在单位在申请表上签意见、盖章" in person.text
    assert "2805708" in person.text
    assert steps(person)["所在单位在申请表上签意见、盖章"].state == "missing"


def test_what_cannot_be_made_up_for_any_more_is_said_to_be_so() -> None:
    person = planning(on(6, 29))
    assert "就算处处只用一天，这几件也赶不上了：所在单位在申请表上签意见、盖章" in person.text
    assert "能不能先收后补" in person.text
    assert steps(person)["所在单位在申请表上签意见、盖章"].state == "wrong"


def test_days_that_the_notice_gives_are_cited() -> None:
    person = of("daguo-jiangsu-2026", "unit", on(6, 27), steps=["proposal"])
    assert steps(person)["企业公示"].value.endswith("要5天（二）")


def test_without_a_closing_day_it_says_how_long_each_takes() -> None:
    person = of("guilin", "self", on(6, 15), no_crime_certificate=False)
    assert "截止日还没公布" in person.text
    assert steps(person)["开无犯罪记录证明"].value == "估计要5个工作日"


def test_after_the_closing_day_nothing_is_planned() -> None:
    assert "不用再排计划" in planning(on(7, 2)).text


def test_the_task_list_names_what_comes_first_and_opens_the_plan() -> None:
    person = at("photo")
    person.now = on(6, 1)
    person.says("进度")
    line = steps(person)["倒排计划"]
    assert line.value == "先办：所在单位在申请表上签意见、盖章，最晚2026年6月10日开始"
    assert line.state == "skipped"
    person.presses("倒排计划")
    assert "从截止日倒着排" in person.text
    person.presses("返回")
    assert person.screen.asks is not None


def test_where_a_year_is_not_published_it_is_provisional() -> None:
    chosen = programme("nanning-2026")
    window = chosen.window.model_copy(update={"closes": datetime(2199, 6, 28, tzinfo=ZoneInfo("UTC")).date()})
    person = Person(
        chosen.model_copy(update={"window": window}),
        now=on(6, 15),
        interview=Interview(
            consented_at="2026-06-15T09:00:00+08:00",
            programme=chosen.id,
            digest=chosen.digest,
            answers={"route": "unit"},
        ),
    )
    person.says("计划")
    assert "暂定：这段时间的放假调休安排还没公布" in person.text
