"""The corpus is what it says, and no kind of question falls over any of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date

import pytest

from forms.kinds.base import Circumstances, Given, Problem, Question, Unfinished
from forms.library import Library
from forms.printing.faces import Faces
from forms.printing.workers import Workers
from forms.typed import Unacceptable, normalise
from tests.built_in import built_in
from tests.hostile.strings import by_kind, every

UNSEEN = {
    *range(0x09),
    *range(0x0B, 0x20),
    *range(0x7F, 0xA0),
    *range(0x202A, 0x202F),
    *range(0x2066, 0x2070),
}


def questions(library: Library) -> list[Question]:
    """One of each kind, as it stands in a notice, and what it is made of."""
    found: dict[str, Question] = {}
    for programme in library.offered:
        for form in programme.forms:
            for question in form.questions.values():
                found.setdefault(f"{question.kind} {sorted(question.model_fields_set)}", question)
    return list(found.values())


def test_there_are_enough_of_every_kind() -> None:
    assert len(every()) >= 350
    assert len(by_kind()) >= 35
    assert all(len(texts) >= 4 for texts in by_kind().values())


def test_what_passes_the_door_is_seen_and_whole() -> None:
    for text in every():
        try:
            passed = normalise(text)
        except Unacceptable as error:
            assert str(error)
            continue
        assert not UNSEEN & set(map(ord, passed)), ascii(text)
        assert normalise(passed) == passed, ascii(text)
        passed.encode()


@pytest.mark.parametrize("kind", by_kind())
def test_no_question_falls_over_any_of_them(kind: str) -> None:
    about = Circumstances(date(2026, 6, 15), unprintable=Faces.load().missing)
    for question in questions(built_in()):
        for text in by_kind()[kind]:
            try:
                passed = normalise(text)
            except Unacceptable:
                continue
            reading = question.parse(Given(text=passed), None, about)
            if isinstance(reading, Problem):
                assert str(reading.message)
            elif isinstance(reading, Unfinished):
                assert question.prompt(reading.draft) is not None
                question.keys(reading.draft)
            else:
                assert question.show(reading.value) is not None
                question.printed(reading.value)
                question.remarks(reading.value, about)


def parsed(unit: str) -> int:
    """Have a question of every kind read a piece three times over what a door takes; gives how many there are."""
    about = Circumstances(date(2026, 6, 15), unprintable=Faces.load().missing)
    text = unit * (60_000 // len(unit))
    asked = {question.kind: question for question in questions(built_in())}
    for question in asked.values():
        question.parse(Given(text=text), None, about)
    return len(asked)


@pytest.fixture(scope="module")
def bounded() -> Iterator[Workers]:
    """A process in which the kernel ends whatever computes for longer than five seconds."""
    with closing(Workers(1, cpu_seconds=5)) as one:
        yield one


@pytest.mark.parametrize(
    "unit", ["，", "。", "、", " x", "（ ", "（", "年", "1", "的", "我", "- ", "\n", "2015年7月 ", "是，"]
)
async def test_no_text_keeps_a_question_busy(bounded: Workers, unit: str) -> None:
    """One piece again and again: what takes the square of its length would not come to its end."""
    assert await bounded.run(parsed, unit) >= 15
