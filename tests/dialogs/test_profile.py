"""Answers of earlier applications in a new one: offered once, of one nominee, judged anew."""

from __future__ import annotations

from typing import Any

import pytest

from dialogs.interview import Earlier, Interview
from forms.attachment import Attachment
from tests.dialogs.talking import Person
from tests.dialogs.towns import east, west

NUMBERS = {"陆建华": "450122198409129963", "韦立辉": "450124199603219978"}
PHOTO = Attachment(
    file="f1",
    name="照片.jpg",
    media="image",
    mime="image/jpeg",
    size=90_000,
    width=620,
    height=868,
    background="white",
)


def answers(name: str = "陆建华", **changes: Any) -> dict[str, Any]:
    whole = {
        "route": "self",
        "in_area": True,
        "trade": "焊工",
        "trade_start": "2019-07",
        "area_start": "2015-01",
        "unit_consent": True,
        "name": name,
        "id_number": NUMBERS[name],
        "age": 41,
        "phone": "19000000101",
        "story": "我热爱焊接",
        "photo": PHOTO.model_dump(exclude={"media"}, exclude_none=True),
        **changes,
    }
    return {key: value for key, value in whole.items() if value is not None}


def earlier(interview: str = "old", **given: Any) -> Earlier:
    programme = east()
    state = Interview(programme=programme.id, digest=programme.digest, answers=answers(**given))
    return Earlier(interview, programme, state)


def in_the_west(*before: Earlier) -> Person:
    person = Person(east(), programmes=(west(),), earlier=before)
    person.presses("同意，开始")
    person.says("西城工匠")
    return person


def in_the_east_again(*before: Earlier) -> Person:
    person = Person(east(), programmes=(west(),), earlier=before)
    person.presses("同意，开始")
    person.says("东城工匠")
    return person


def test_nothing_is_offered_to_someone_new() -> None:
    assert in_the_west().asked == "route"


def test_earlier_answers_are_offered_by_name_and_programme() -> None:
    person = in_the_west(earlier())
    assert "沿用以前填过的资料吗？（陆建华，东城工匠）" in person.text
    assert person.labels == ["是", "不沿用"]


def test_answers_that_suit_are_taken_over_and_only_the_rest_is_asked() -> None:
    person = in_the_west(earlier())
    person.presses("是")
    assert person.interview.answers == {
        key: value
        for key, value in answers().items()
        if key in {"trade", "trade_start", "name", "id_number", "age", "phone", "story"}
    }
    asked = []
    for answer in ("自己报名", "是", "2015年1月", "是", "跳过"):
        asked.append(person.asked)
        person.says(answer)
    assert asked == ["route", "in_area", "area_start", "unit_consent", "hobby"]
    assert person.asked == "photo"


def test_thresholds_are_judged_anew() -> None:
    person = in_the_west(earlier())
    person.presses("是")
    assert "从事焊工：6年11个月，满5年，符合（二）" in person.text
    person = in_the_east_again(earlier())
    person.presses("是")
    assert "从事焊工：6年11个月，不满10年，不符合（二）" in person.text


def test_what_does_not_suit_is_named_and_asked_again() -> None:
    person = in_the_west(earlier())
    person.presses("是")
    assert "要重新填：是否在西城工作、单位是否同意、照片" in person.text


def test_a_photo_goes_where_its_background_is_wanted() -> None:
    again = in_the_east_again(earlier())
    again.presses("是")
    assert again.interview.answers["photo"] == answers()["photo"]
    red = answers()["photo"] | {"background": "red"}
    again = in_the_east_again(earlier(photo=red))
    again.presses("是")
    assert "photo" not in again.interview.answers


def test_a_text_that_is_too_long_here_is_asked_for_again() -> None:
    person = in_the_west(earlier(story="焊" * 15))
    person.presses("是")
    assert "story" not in person.interview.answers
    person = in_the_east_again(earlier(story="焊" * 15))
    person.presses("是")
    assert person.interview.answers["story"] == "焊" * 15


def test_a_consent_is_given_for_one_application() -> None:
    person = in_the_east_again(earlier())
    person.presses("是")
    assert not {"unit_consent", "route"} & set(person.interview.answers)


def test_what_an_old_branch_left_behind_is_not_taken_over() -> None:
    person = in_the_east_again(earlier(in_area=False))
    person.presses("是")
    assert "area_start" not in person.interview.answers


def test_it_is_offered_once() -> None:
    person = in_the_west(earlier())
    person.presses("不沿用")
    assert person.interview.answers == {}
    assert person.asked == "route"
    person.says("自己报名", "菜单", "接着填")
    assert person.asked == "in_area"
    person.says("重新开始", "清空，重新开始")
    assert person.asked == "route"


def test_the_offer_stands_until_it_is_answered() -> None:
    person = in_the_west(earlier())
    person.says("什么意思", "菜单", "接着填")
    assert "沿用以前填过的资料吗？" in person.text
    person.says("是")
    assert person.interview.answers["name"] == "陆建华"


def test_of_several_nominees_one_is_chosen_and_never_mixed() -> None:
    young = earlier("b", name="韦立辉", trade="钳工", story=None)
    person = in_the_west(young, earlier("a"))
    assert person.labels == [
        "韦立辉（4501**********9978），东城工匠",
        "陆建华（4501**********9963），东城工匠",
        "不沿用",
    ]
    person.presses("韦立辉（4501**********9978），东城工匠")
    assert (person.interview.answers["name"], person.interview.answers["trade"]) == ("韦立辉", "钳工")
    assert "story" not in person.interview.answers


def test_two_of_one_name_without_a_number_are_not_taken_for_one() -> None:
    person = in_the_west(earlier("b", id_number=None, story=None), earlier("a"))
    assert len(person.labels) == 3
    person.presses("陆建华，东城工匠")
    assert not {"story", "id_number"} & set(person.interview.answers)


def test_several_applications_of_one_nominee_complete_each_other_the_latest_first() -> None:
    person = in_the_west(earlier("b", story=None, phone="19000000102"), earlier("a"))
    assert person.labels == ["是", "不沿用"]
    person.presses("是")
    assert person.interview.answers["story"] == "我热爱焊接"
    assert person.interview.answers["phone"] == "19000000102"


def test_an_application_that_names_nobody_is_not_offered() -> None:
    known = earlier()
    unnamed = {key: value for key, value in known.state.answers.items() if key != "name"}
    state = known.state.model_copy(update={"answers": unnamed})
    assert in_the_west(Earlier("x", known.programme, state)).asked == "route"


def test_what_the_pre_check_was_told_stands() -> None:
    person = Person(east(), programmes=(west(),), earlier=(earlier(),))
    person.presses("同意，开始", "哪个项目适合我？", "在西城工作", "选好了")
    person.says("电工", "2012年1月", "2016年1月", "42")
    person.presses("开始填：西城工匠", "是")
    assert person.interview.answers["trade"] == "电工"
    assert person.interview.answers["in_area"] is True
    assert person.interview.answers["name"] == "陆建华"


def test_it_stands_in_the_history_without_the_answers() -> None:
    person = in_the_west(earlier())
    person.presses("是")
    event = person.events[-1]
    assert (event.kind, event.about) == ("adopted", "west-2025")
    assert event.details == {"interview": "old", "answers": "7"}


@pytest.mark.parametrize("answer", [None, 7, [], {}, {"file": "x"}, [1], "2019", True])
def test_whatever_stands_in_an_earlier_answer_does_no_harm(answer: Any) -> None:
    odd = dict.fromkeys(("trade", "trade_start", "phone", "story", "photo", "hobby"), answer)
    person = in_the_west(earlier(**odd))
    person.presses("是")
    person.says("自己报名", "检查")
    assert person.screen.parts
