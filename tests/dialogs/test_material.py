"""A paper that is wrong or missing bars nobody: it is told with what mends it, and never called all right."""

from __future__ import annotations

import pytest

from forms.programme import Programme, Rule
from tests.dialogs.talking import Person
from tests.dialogs.test_engine import fill


def with_rule(programme: Programme, failing: str) -> Person:
    """Somebody who met the programme with one more rule, which a welder fails."""
    rule = Rule.model_validate(
        {
            "id": "hobby", "title": "爱好", "clause": "六", "condition": "trade == '电工'", "failing": failing,
            "met": "爱好合适", "unmet": "爱好还没写", "remedy": "把爱好补上",
        }
    )  # fmt: skip
    person = Person(programme.model_copy(update={"rules": (*programme.rules, rule)}))
    person.begins()
    return fill(person)


@pytest.mark.parametrize("failing", ["material_missing", "material_error"])
def test_what_a_paper_lacks_is_told_with_its_remedy_to_the_end(small: Programme, failing: str) -> None:
    person = with_rule(small, failing)
    assert "把爱好补上" in person.tone("note")
    assert "都填好了。" not in person.text
    assert "还要补好、换好" in person.text
    person.presses("没问题，生成盖章材料", "属实，生成材料")
    assert "把爱好补上" in person.tone("note")
    assert person.tone("met")[0].endswith("下面标着的补好、换好，再报送。")


def test_what_the_staff_look_at_is_told_with_its_remedy(small: Programme) -> None:
    person = with_rule(small, "review")
    assert "把爱好补上" in person.tone("note")
    assert "都填好了。" in person.text


def test_what_never_is_decided_does_not_pass_for_met(small: Programme) -> None:
    """A rule of an author who forgot that not everybody is asked for the employer."""
    rule = Rule.model_validate(
        {
            "id": "employed",
            "title": "有单位",
            "clause": "六",
            "condition": "employer != '无'",
            "met": "",
            "unmet": "",
        }
    )
    person = Person(small.model_copy(update={"rules": (*small.rules, rule)}))
    person.begins()
    fill(person)
    assert person.tone("pending") == ["有单位，还缺答案（六）"]
    assert "都填好了。" not in person.text
    person.presses("没问题，生成盖章材料", "属实，生成材料")
    assert person.tone("pending") == ["有单位，还缺答案（六）"]


def test_with_everything_in_order_nothing_is_left_to_mend(small: Programme) -> None:
    person = Person(small)
    person.begins()
    fill(person)
    assert "都填好了。" in person.text
    person.presses("没问题，生成盖章材料", "属实，生成材料")
    assert "材料生成好了，可以打印盖章了。" in person.text
