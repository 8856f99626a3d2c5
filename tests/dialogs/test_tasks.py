"""The task list: what is done, what is not, and the way to each of them and back."""

from __future__ import annotations

import pytest

from dialogs.turn import Group, Summary
from tests.dialogs.talking import Person
from tests.dialogs.test_suggesting import at


def lines(person: Person) -> dict[str, tuple[str, str]]:
    groups = [g for part in person.screen.parts if isinstance(part, Summary) for g in part.groups]
    return {line.label: (line.value, line.state) for group in groups for line in group.lines}


@pytest.mark.parametrize("word", ["进度", "清单", "首页", "home", "/home"])
def test_a_word_opens_the_list_and_another_one_goes_on(word: str) -> None:
    person = at("photo")
    person.says(word)
    listed = lines(person)
    assert listed["表格"][1] == "missing"
    assert listed["照片"] == ("还没传", "missing")
    assert listed["单位同意"] == ("已同意（您填的）", "ok")
    assert listed["声明"] == ("填好以后做", "missing")
    assert "打印和报送" in listed
    assert "还有15天" in person.text
    person.says("接着填")
    assert person.screen.asks is not None
    assert person.screen.asks.question == "photo"


def test_what_was_put_off_is_on_the_list_and_its_line_opens_it() -> None:
    person = at("office_name")
    person.presses("稍后再补")
    person.says("进度")
    assert lines(person)["受理工会全称"] == ("待补", "missing")
    person.presses("改：受理工会全称")
    assert person.screen.asks is not None
    assert person.screen.asks.question == "office_name"


def test_what_was_put_off_is_not_done() -> None:
    person = at("photo")
    before = person.screen.progress
    person.presses("稍后再补")
    after = person.screen.progress
    assert before is not None
    assert after is not None
    assert (after.all_done, after.put_off) == (before.all_done, before.put_off + 1)


def test_a_consent_that_is_still_to_be_had_stands_open() -> None:
    person = at("photo", unit_consent=False)
    person.says("进度")
    assert lines(person)["单位同意"] == ("待定", "missing")


def groups(person: Person) -> list[Group]:
    return [g for part in person.screen.parts if isinstance(part, Summary) for g in part.groups]


def test_the_review_has_its_problems_first_and_its_sections_folded_with_their_count() -> None:
    person = at("photo")
    person.says("检查")
    first, *sections = groups(person)
    assert (first.title, first.folded) == ("先看这几处", False)
    assert "照片" in [line.label for line in first.lines]
    assert all(section.folded for section in sections)
    basic = next(section for section in sections if section.title == "基本情况")
    assert basic.note == f"{len(basic.lines)}项 ✓"
    proof = next(section for section in sections if section.title == "证明材料")
    assert "要补、要改" in proof.note


def test_a_failed_rules_question_is_among_the_problems() -> None:
    person = at("photo", unit_consent=False)
    person.says("检查")
    assert "单位同意" in [line.label for line in groups(person)[0].lines]


def test_what_was_put_off_is_among_the_problems_until_it_is_there() -> None:
    person = at("office_name")
    person.says("/review")
    assert [line.label for line in groups(person)[0].lines] == [
        "照片",
        "获奖和各类证书",
        "受理工会全称",
        "受理的工会",
    ]
    person.presses("改：受理工会全称")
    person.says("南宁市江南区总工会")
    assert [line.label for line in groups(person)[0].lines] == ["照片", "获奖和各类证书"]
