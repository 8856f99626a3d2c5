"""What belongs to the unit serves for the next nominee: taken over by itself, with nothing of the one before."""

from __future__ import annotations

from typing import Any

import pytest

from dialogs.interview import Earlier, Interview
from forms.programme import Programme
from tests.dialogs.talking import Person
from tests.forms.programmes.cases import case_of, programme

LIUZHOU = programme("liuzhou-2025")
ANOTHER = "换一个人，只沿用单位的资料"
OF_THE_UNIT = {
    *("employer", "unit_nature", "unit_address", "postcode", "industry", "channel", "county_union"),
    *("nominating_unit", "clerk_name", "clerk_phone"),
}


def before(case: str = "unit-county", interview: str = "old", **changed: Any) -> Earlier:
    answers = {**case_of("liuzhou-2025", case).answers, **changed}
    kept = {name: value for name, value in answers.items() if value is not None}
    return Earlier(interview, LIUZHOU, Interview(programme=LIUZHOU.id, digest=LIUZHOU.digest, answers=kept))


def begins(new: Programme, *earlier: Earlier) -> Person:
    person = Person(new, programmes=() if new == LIUZHOU else (LIUZHOU,), earlier=earlier)
    person.presses("同意，开始")
    person.presses(next(label for label in person.labels if label.startswith(new.title)))
    return person


def test_a_clerk_copies_nothing_of_the_unit_by_hand() -> None:
    person = begins(LIUZHOU, before())
    assert person.labels == ["是", ANOTHER, "不沿用"]
    person.presses(ANOTHER)
    old = case_of("liuzhou-2025", "unit-county").answers
    assert person.interview.answers == {name: old[name] for name in OF_THE_UNIT if name in old}
    assert {
        "employer",
        "unit_nature",
        "unit_address",
        "postcode",
        "clerk_name",
    } <= person.interview.answers.keys()
    assert f"沿用了{len(person.interview.answers)}项" in person.text
    assert person.asked == "route"


def test_nothing_of_the_nominee_before_comes_along() -> None:
    person = begins(LIUZHOU, before())
    person.presses(ANOTHER)
    assert not {"name", "id_number", "phone", "trade", "position", "photo", "priority"} & set(
        person.interview.answers
    )


def test_it_can_be_typed() -> None:
    person = begins(LIUZHOU, before())
    person.says(ANOTHER)
    assert "employer" in person.interview.answers
    assert "name" not in person.interview.answers


def test_the_unit_is_that_of_the_latest_application_and_two_are_never_mixed() -> None:
    latest = before(interview="b", employer="柳州市第二机床厂", unit_address=None, name="韦立辉")
    person = begins(LIUZHOU, latest, before())
    person.presses(ANOTHER)
    assert person.interview.answers["employer"] == "柳州市第二机床厂"
    assert "unit_address" not in person.interview.answers


def test_an_application_that_says_nothing_of_a_unit_is_passed_over() -> None:
    silent = before(interview="b", **dict.fromkeys(OF_THE_UNIT), name="韦立辉")
    person = begins(LIUZHOU, silent, before())
    person.presses(ANOTHER)
    assert person.interview.answers["employer"] == case_of("liuzhou-2025", "unit-county").answers["employer"]


def test_where_nothing_is_known_of_a_unit_only_the_nominee_is_offered() -> None:
    person = begins(LIUZHOU, before(**dict.fromkeys(OF_THE_UNIT)))
    assert person.labels == ["是", "不沿用"]


@pytest.mark.parametrize("identifier", ["nanning-2026", "guilin", "daguo-jiangsu-2026", "nanyue-2020"])
def test_in_another_programme_the_unit_keeps_what_is_the_same_everywhere(identifier: str) -> None:
    person = begins(programme(identifier), before())
    person.presses(ANOTHER)
    taken = person.interview.answers
    assert taken["employer"] == case_of("liuzhou-2025", "unit-county").answers["employer"]
    assert not {"channel", "office_name", "name"} & set(taken)


def test_a_nominee_who_changed_jobs_brings_no_address_of_the_unit_before() -> None:
    latest = before(interview="b", employer="柳州市第二机床厂", unit_address=None)
    person = begins(LIUZHOU, latest, before())
    person.presses("是")
    assert person.interview.answers["employer"] == "柳州市第二机床厂"
    assert "unit_address" not in person.interview.answers
    assert person.interview.answers["name"] == case_of("liuzhou-2025", "unit-county").answers["name"]
