"""The story so far, told again from the answers."""

from __future__ import annotations

import pytest

from dialogs.story import telling
from dialogs.view import View
from forms.kinds.text import TextQuestion
from forms.programme import Form, Programme, Section
from tests.dialogs.talking import Person


def _asked(number: int) -> TextQuestion:
    return TextQuestion(id=f"q{number:02}", label=f"第{number}项", ask=f"第{number}项是什么？")


@pytest.fixture
def many(small: Programme) -> Person:
    """Somebody with fifteen answers, at the sixteenth question."""
    sections = (
        Section(id="one", title="前一半", questions=tuple(map(_asked, range(8)))),
        Section(id="two", title="后一半", questions=tuple(map(_asked, range(8, 16)))),
    )
    plain = {"routes": small.routes[:1], "rules": (), "derived": {}, "documents": (), "papers": ()}
    forms = (Form(id="application", title="申请表", sections=sections),)
    person = Person(small.model_copy(update={**plain, "forms": forms}))
    person.begins()
    person.says(*(f"答{number}" for number in range(15)))
    assert person.asked == "q15"
    return person


def view(person: Person) -> View:
    assert person.pinned
    return View(person.pinned, person.interview, person.scene)


def far(person: Person) -> Person:
    """Everything up to the certificates, the ID number among it."""
    person.says("个人申报", "焊工", "2015年7月")
    person.presses("是", "技艺", "选好了")
    person.says("陆建华", "450122198409129963")
    person.presses("对的", "跳过")
    return person


def test_it_tells_questions_in_their_own_words_with_masked_answers_in_path_order(begun: Person) -> None:
    told = telling(view(far(begun)))
    asks = [entry.ask for entry in told.entries]
    path = [begun.pinned.translate(q.ask, "zh") for q in view(begun).steps]
    assert asks == path[: len(asks)]
    lines = {entry.line.label: entry.line.value for entry in told.entries}
    assert lines["姓名"] == "陆建华"
    assert "450122198409129963" not in str(told)
    assert any(value.endswith("9963") and "*" in value for value in lines.values())
    assert "跳过" in lines.values()
    assert told.entries[0].section
    sections = [entry.section for entry in told.entries if entry.section]
    assert len(sections) == len(set(sections)), "a title stands where its section begins, once"


def test_its_pages_go_backwards_from_a_question_and_meet_without_gap_or_overlap(begun: Person) -> None:
    far(begun)
    settled = [q.id for q in view(begun).steps if view(begun).settled(q)]
    found: list[str] = []
    before: str | None = begun.asked
    while before is not None:
        told = telling(view(begun), before)
        found = [entry.line.edit.action.about for entry in told.entries] + found
        before = told.earlier
    assert found == settled
    assert telling(view(begun), settled[0]).entries == ()
    assert telling(view(begun), "no such question") == telling(view(begun))


def test_pages_stay_where_they_are_while_answers_change(many: Person) -> None:
    told = telling(view(many))
    assert (told.first, told.last, told.of) == (6, 15, 15)
    many.presses_token(told.entries[0].token)
    assert many.asked == "q05"
    many.says("另一个")
    again = telling(view(many), told.earlier or "")
    assert [entry.line.edit.action.about for entry in again.entries] == [f"q{n:02}" for n in range(5)]


def test_a_line_is_pressed_whatever_stands_on_the_screen_and_whenever_it_was_shown(many: Person) -> None:
    token = telling(view(many)).entries[-1].token
    many.says("菜单")
    many.presses_token(token)
    assert many.asked == "q14"
    assert many.presses("不改，继续").asks
    many.says("再来一个")
    many.presses_token(token)
    assert many.asked == "q14", "no answer since then makes it a step of the past"
    many.presses_token("0.000000000000")
    assert "那一步已经过去了" in many.text


def test_before_consent_no_line_can_be_pressed(many: Person) -> None:
    token = telling(view(many)).entries[-1].token
    stranger = Person(many.programme)
    stranger.presses_token(token)
    assert "那一步已经过去了" in stranger.text


def test_as_a_page_it_is_read_earlier_and_later_and_left(many: Person) -> None:
    asked = many.asked
    for words in ("看前面填的", "/story"):
        many.says(words)
        assert "第6到15项，共15项" in many.text
        assert many.labels == ["更早", "返回"]
    many.presses("更早")
    assert "第1到5项，共15项" in many.text
    assert many.labels == ["更近", "返回"]
    assert many.tone("record")[0] == "✓ 第0项：答0"
    assert many.look().parts == many.screen.parts, "any later look shows the same page"
    many.presses("更近")
    assert "第6到15项，共15项" in many.text
    many.presses("返回")
    assert many.asked == asked


def test_what_is_typed_there_answers_nothing_and_thanks_leave_it(many: Person) -> None:
    many.says("/story", "再往前")
    assert "q15" not in many.interview.answers
    many.says("谢谢")
    assert many.interview.page == ""


def test_a_story_of_nothing_says_so(begun: Person) -> None:
    begun.says("前面填的")
    assert "前面还没有填过什么" in begun.text
    assert begun.labels == ["返回"]


def test_in_english(many: Person) -> None:
    many.says("/language", "story")
    assert "The story so far (entries 6 to 15 of 15)" in many.text
    assert many.labels == ["Earlier", "Back"]


def test_what_was_put_off_is_told_as_such(begun: Person) -> None:
    far(begun).says("我热爱焊接")
    begun.presses("稍后再补")
    assert telling(view(begun)).entries[-1].line.value == "稍后再补"
    begun.presses_token(telling(view(begun)).entries[-1].token)
    assert begun.asked == "proofs"
