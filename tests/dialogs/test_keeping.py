"""What is kept can always be opened again; what cannot be read is set aside, and no answer is lost."""

from __future__ import annotations

import json

import pytest

from dialogs.interview import BESIDE, Interview
from dialogs.keeping import Unkeepable, attached, beside, read, written
from dialogs.register import PAGES
from forms.programme import Programme
from tests.dialogs.talking import Person, kept

STATE = Interview(consented_at="2026-06-15T12:00:00+08:00", answers={"trade": "焊工"}, revision=7)


@pytest.mark.parametrize("page", ["", *PAGES])
def test_every_page_is_opened_again_as_it_was_kept(page: str) -> None:
    state = STATE.model_copy(update={"page": page})
    assert kept(state) == state


@pytest.mark.parametrize("page", PAGES)
def test_every_page_is_seen_and_left(person: Person, page: str) -> None:
    person.begins()
    person.interview = kept(person.interview.model_copy(update={"page": page}))
    seen = person.look()
    assert seen.parts
    assert seen.buttons


@pytest.mark.parametrize("word", [word for page in PAGES.values() for word in page.words.split()])
def test_what_is_typed_for_a_page_never_makes_a_state_that_cannot_be_opened(
    person: Person, word: str
) -> None:
    person.begins()
    person.says(word, "没说清的", word)
    assert kept(person.interview) == person.interview


@pytest.mark.parametrize(
    "odd",
    [
        {"page": "points-of-next-year"},
        {"page": 7},
        {"page": None},
        {"skipped": None},
        {"pending": {"question": "trade", "mood": "good"}},
        {"revision": "many"},
        {"moods": ["good"]},
        {"drafts": []},
    ],
    ids=str,
)
def test_what_is_odd_never_takes_the_answers_with_it(odd: dict[str, object]) -> None:
    text = json.dumps({**json.loads(written(STATE)), **odd})
    opened = read(text)
    assert opened.answers == {"trade": "焊工"}
    again = kept(opened)
    assert again == opened
    if next(iter(odd)) != "page":
        assert opened.unread == odd


def test_the_role_the_language_the_consent_and_the_case_stand_beside_it() -> None:
    state = STATE.model_copy(update={"role": "expert", "locale": "en", "programme": "nanning-2026"})
    assert not set(BESIDE) & json.loads(written(state)).keys()
    assert kept(state) == state
    assert read(written(state), {"locale": "fr"}).locale == "zh"


def test_what_the_first_format_held_is_read_in_todays() -> None:
    first = {"party": "nominee", "locale": "en", "consented_at": "2026-06-15T12:00:00+08:00"}
    opened = read(json.dumps({**first, "answers": {"trade": "焊工"}, "revision": 7}))
    assert opened == Interview(answers={"trade": "焊工"}, revision=7)


def test_what_the_second_format_held_of_the_case_is_the_cases() -> None:
    second = {"format": 2, "programme": "nanning-2025", "digest": "a" * 64, "practice": True}
    opened = read(json.dumps({**second, "answers": {"trade": "焊工"}}), {"programme": "nanning-2026"})
    assert opened == Interview(programme="nanning-2026", answers={"trade": "焊工"})


def test_a_later_format_is_read_as_far_as_it_is_known() -> None:
    text = json.dumps({**json.loads(written(STATE)), "format": 9, "moods": ["good"]})
    opened = read(text)
    assert (opened.answers, opened.unread) == ({"trade": "焊工"}, {"moods": ["good"]})


def test_whatever_may_be_a_file_is_found() -> None:
    one, two = "0123456789abcdef" * 2, "f" * 32
    state = STATE.model_copy(update={"answers": {"photo": {"file": one}}, "unread": {"text": f'{{"{two}'}})
    assert attached(written(state)) == {one, two}


@pytest.mark.parametrize("text", ["", "null", "[1]", "{", '"page"', "{" * 2000])
def test_what_is_no_state_at_all_is_set_aside_whole(text: str) -> None:
    opened = read(text)
    assert opened.unread == {"text": text}
    assert kept(opened) == opened


def test_answers_of_another_shape_are_set_aside_and_stay_there() -> None:
    opened = read(json.dumps({**json.loads(written(STATE)), "answers": ["焊工"]}))
    assert opened.unread == {"answers": ["焊工"]}
    answered = opened.model_copy(update={"answers": {"trade": "钳工"}})
    again = kept(answered)
    assert again.answers == {"trade": "钳工"}
    assert again.unread == {"answers": ["焊工"]}


def test_much_that_is_set_aside_keeps_its_order_and_can_be_written_again() -> None:
    odd = {
        name: name
        for name in ("moods", "answers.photo", "answers.trade", "drafts.photo", "weather", "colour")
    }
    opened = read(json.dumps({**json.loads(written(STATE)), "answers": ["焊工"], **odd}))
    more = opened.model_copy(update={"unread": {**opened.unread, "answers.certificates": []}})
    assert list(kept(more).unread) == list(more.unread) == [*opened.unread, "answers.certificates"]
    assert kept(kept(more)) == more


@pytest.mark.parametrize(
    "odd", ['{"revision": NaN}', '{"answers": {"name": "\\ud800"}}', '{"moods": [NaN, 1e999]}']
)
def test_what_json_cannot_say_again_can_still_be_written(odd: str) -> None:
    assert written(read(odd))


def test_what_a_later_version_wrote_comes_back_to_it() -> None:
    earlier = read(json.dumps({**json.loads(written(STATE)), "moods": ["good"]}))
    assert json.loads(written(earlier))["unread"] == {"moods": ["good"]}


def test_what_was_set_aside_comes_back_once_it_is_known() -> None:
    state = json.loads(written(STATE))
    del state["skipped"]
    opened = read(json.dumps({**state, "unread": {"skipped": ["photo"]}}))
    assert opened.skipped == ("photo",)
    assert opened.unread == {}


def test_nothing_is_written_that_could_not_be_opened() -> None:
    with pytest.raises(Unkeepable):
        written(STATE.model_copy(update={"page": "nowhere"}))


def test_a_person_goes_on_from_a_state_with_odd_fields(person: Person, small: Programme) -> None:
    person.begins()
    person.says("个人申报")
    text = json.dumps({**json.loads(written(person.interview)), "page": "gone", "focus": "no_such_question"})
    person.interview = read(text, beside(person.interview))
    assert person.look().asks
    person.says("焊工")
    assert person.interview.answers["trade"] == "焊工"
