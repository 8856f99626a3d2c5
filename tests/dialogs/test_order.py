"""The packet depends on the answers, never on the way they were given."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date

import pytest

from dialogs.turn import Action, Summary
from dialogs.view import View
from forms.attachment import Attachment
from forms.kinds.base import Value
from forms.packet import due_documents
from forms.printing.compose import compose
from forms.printing.faces import Faces
from forms.printing.renderer import render
from forms.programme import Programme
from tests.dialogs.talking import Person
from tests.forms.programmes.cases import case_of, programme

CASE = case_of("nanning-2026", "unit")
PICTURE = {
    "media": "image",
    "mime": "image/jpeg",
    "size": 90_000,
    "width": 620,
    "height": 868,
    "background": "white",
}
FILES = {
    "photo": Attachment(file="p", name="照片.jpg", **PICTURE),
    "certificates": Attachment(file="c", name="证书.jpg", **PICTURE),
    "video": Attachment(
        file="v", name="视频.mp4", media="video", mime="video/mp4", size=9, width=1, height=1, seconds=9
    ),
}


def press(person: Person, verb: str, about: str = "") -> bool:
    for button in person.screen.all_buttons():
        if button.action.verb == verb and about in ("", button.action.about):
            person.presses_token(Action(verb, button.action.about).token(person.screen.revision))
            return True
    return False


def answer(person: Person, name: str, value: Value) -> None:
    if name in FILES:
        person.sends(FILES[name])
        press(person, "pick", f"{name}:done")
        return
    if any(button.action.about == f"{name}:enough" for button in person.screen.buttons):
        press(person, "pick", f"{name}:no")  # what follows from other answers is written anew
    for given in person.programme.form("nominee").questions[name].replay(value):
        if given.key is None:
            person.says(given.text or "")
        else:
            assert press(person, "pick", f"{name}:{given.key}"), (name, given.key, person.labels)
        press(person, "confirm")


def talk_through(nanning: Programme, choose: Callable[[list[str]], str]) -> Person:
    """Every answer through an edit link of the summary, the next one always as `choose` says."""
    person = Person(nanning, now=CASE.now)
    person.begins()
    while True:
        person.says("检查答案")
        summary = next((part for part in person.screen.parts if isinstance(part, Summary)), None)
        if summary is None:
            assert press(person, "face"), person.text
            continue
        lines = [line for group in summary.groups for line in group.lines]
        open_ = [
            line.edit.action.about
            for line in lines
            if line.edit.action.about in CASE.answers
            and line.edit.action.about not in person.interview.answers
        ]
        if not open_:
            return person
        name = choose(open_)
        press(person, "edit", name)
        assert person.asked == name
        answer(person, name, CASE.answers[name])


def pages(person: Person) -> dict[str, str]:
    scope = view(person).scope
    return {
        document.id: compose(
            person.programme,
            document,
            person.interview.answers,
            scope,
            filled_on=date(2026, 6, 15),
            faces=FACES,
        ).html
        for document in due_documents(person.programme, scope)
    }


def view(person: Person) -> View:
    return View(person.programme, person.interview, person.scene)


FACES = Faces.load()


@pytest.fixture(scope="module")
def in_the_order_of_the_form() -> Person:
    return talk_through(programme("nanning-2026"), lambda names: names[0])


@pytest.mark.parametrize("seed", range(8))
def test_any_order_of_answers_prints_the_same(in_the_order_of_the_form: Person, seed: int) -> None:
    shuffled = talk_through(programme("nanning-2026"), random.Random(seed).choice)
    assert pages(shuffled) == pages(in_the_order_of_the_form)


def test_the_same_page_is_the_same_bytes(in_the_order_of_the_form: Person) -> None:
    backwards = talk_through(programme("nanning-2026"), lambda names: names[-1])
    scope = view(backwards).scope
    brief = next(d for d in due_documents(backwards.programme, scope) if d.id == "brief")
    prints = []
    for person in (in_the_order_of_the_form, backwards):
        composed = compose(person.programme, brief, person.interview.answers, view(person).scope, faces=FACES)
        prints.append(render(composed.html, composed.stylesheets, {}).content)
    assert prints[0] == prints[1]
