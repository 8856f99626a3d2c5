"""A paper that is wrong or missing bars nobody: it is told with what mends it, and never called all right."""

from __future__ import annotations

import pytest

from forms.programme import Programme, Rule
from tests.dialogs.talking import Person
from tests.dialogs.test_engine import fill
from tests.dialogs.towns import east
from tests.forms.kinds.speaking import photo

RED, WHITE = photo(name="红.jpg", background="red"), photo(name="白.jpg")


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
    if failing == "material_error":
        person.says("个人申报", "焊工")
        person.presses("先这样，接着填")
        return fill(person, begun=True)
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


@pytest.fixture
def portrayed() -> Person:
    """Somebody who has come to the photo, the last question but for the hobby put off."""
    person = Person(east())
    person.begins()
    person.says(
        "自己报名", "是", "焊工", "2010年7月", "2010年7月", "是", "跳过", "陆建华", "450122198409129963"
    )
    person.presses("对的")
    person.says("41", "19000000101", "我热爱焊接")
    assert person.asked == "photo"
    return person


def test_a_wrong_photo_is_asked_about_before_anything_else(portrayed: Person) -> None:
    portrayed.sends(RED)
    assert any("底色不对，材料要换" in text for text in portrayed.tone("not_met"))
    assert portrayed.labels[:2] == ["重新发：照片", "先这样，接着填"]


def test_another_photo_sent_at_once_takes_its_place(portrayed: Person) -> None:
    portrayed.sends(RED)
    portrayed.sends(WHITE)
    assert portrayed.interview.answers["photo"]["name"] == "白.jpg"
    assert "请检查答案" in portrayed.text


def test_a_wrong_photo_may_stay_for_now(portrayed: Person) -> None:
    portrayed.sends(RED)
    portrayed.presses("先这样，接着填")
    assert "请检查答案" in portrayed.text
    assert any("材料要换" in text for text in portrayed.tone("not_met"))


def test_a_wrong_photo_may_be_asked_for_again(portrayed: Person) -> None:
    portrayed.sends(RED)
    portrayed.presses("重新发：照片")
    assert portrayed.asked == "photo"
    portrayed.sends(WHITE)
    assert "请检查答案" in portrayed.text


def test_a_wrong_photo_from_the_review_is_asked_about_and_leads_back_to_it(portrayed: Person) -> None:
    portrayed.sends(WHITE)
    portrayed.presses("改：照片")
    portrayed.sends(RED)
    assert "先这样，接着填" in portrayed.labels
    portrayed.presses("先这样，接着填")
    assert "请检查答案" in portrayed.text


def test_a_file_that_is_no_photo_is_told_so_where_another_is_awaited(portrayed: Person) -> None:
    portrayed.sends(RED)
    portrayed.says("这张是我儿子拍的")
    assert portrayed.tone("problem")
    assert portrayed.asked == "photo"
    assert portrayed.interview.answers["photo"]["name"] == "红.jpg"


@pytest.mark.parametrize("text", ["稍后再补", "明天再换", "先这样吧，以后再补", "等拍好了再发", "暂时这样"])
def test_a_wrong_photo_stays_for_now_in_any_words_that_put_it_off(portrayed: Person, text: str) -> None:
    portrayed.sends(RED)
    portrayed.says(text)
    assert portrayed.interview.answers["photo"]["name"] == "红.jpg"
    assert "请检查答案" in portrayed.text


@pytest.mark.parametrize("text", ["稍后再补", "明天再换", "先这样吧，以后再补"])
def test_a_photo_that_is_not_there_yet_is_put_off_in_the_same_words(portrayed: Person, text: str) -> None:
    portrayed.says(text)
    assert "photo" in portrayed.interview.later
    assert "photo" not in portrayed.interview.answers
