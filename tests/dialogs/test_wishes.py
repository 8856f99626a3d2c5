"""A link that names a programme: begun, remembered through the consent, or kindly answered."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dialogs.events import Began, Consented
from dialogs.wishes import wished
from tests.dialogs.talking import NOON, Person


@pytest.mark.parametrize("text", ["/p nanning-2026", " /P  Nanning-2026 ", "/p_nanning-2026"])
def test_a_command_names_a_programme(text: str) -> None:
    assert wished(text) == "nanning-2026"


@pytest.mark.parametrize(
    "text", ["/p", "/papers", "p nanning", "/p a b", "用 /p x", "/privacy", "/p " + "x" * 65]
)
def test_what_names_none(text: str) -> None:
    assert wished(text) == ""


def test_the_consent_begins_with_what_was_wished_for(person: Person) -> None:
    plain = person.token("同意，开始")
    person.says(f"/p {person.programme.id}")
    assert f"您要填的是：{person.programme.title}" in person.text
    assert "隐私说明" in person.text
    assert not person.interview.kept
    wishing = person.token("同意，开始")
    assert wishing != plain
    person.look()  # nothing of the wish is kept: the button that was shown has it
    person.presses_token(wishing)
    assert person.interview.programme == person.programme.id
    assert person.asked
    assert [type(event) for event in person.events] == [Consented, Began]
    assert person.screen.agreed, "what was agreed to stays to be read"


def test_after_the_consent_it_is_begun_at_once(person: Person) -> None:
    person.presses("同意，开始")
    person.says(f"/p {person.programme.id}")
    assert person.interview.programme == person.programme.id


def test_the_programme_that_is_open_goes_on_at_its_question(begun: Person) -> None:
    asked = begun.asked
    begun.says(f"/p {begun.programme.id}")
    assert begun.asked == asked
    assert "您现在填的" in begun.text


def test_nothing_that_was_begun_is_left_without_a_press(begun: Person) -> None:
    other = begun.programme.model_copy(update={"id": "other", "title": "别的工匠"})
    begun.programmes = (other,)
    begun.says("/p other")
    assert begun.interview.programme == begun.programme.id
    assert "别的工匠" in begun.text
    assert "另填一份" in begun.labels


@pytest.mark.parametrize("consented", [False, True])
def test_an_unknown_programme_is_kindly_answered(person: Person, consented: bool) -> None:
    if consented:
        person.presses("同意，开始")
    person.says("/p nothing-1999")
    assert "这个链接里的项目现在没有" in person.text
    assert not person.interview.programme
    if not consented:
        person.presses("同意，开始")
    assert any(person.programme.title in label for label in person.labels)


def test_a_closed_programme_is_told_and_not_begun(person: Person) -> None:
    late = Person(person.programme, now=NOON + timedelta(days=365))
    late.presses("同意，开始")
    late.says(f"/p {late.programme.id}")
    assert "可以练习" in late.text
    assert not late.interview.programme
    assert not late.interview.practice
