"""A slip is mended in every kind of question that is not a file of its owner's: by buttons, or typed, with a yes where needed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from dialogs.desk import deeds
from dialogs.desk.desk_change import DeskChange
from dialogs.desk.desk_scene import DeskScene, Dossier, PartBrief
from dialogs.desk.desk_state import Desk, read
from dialogs.desk.desk_turn import show, take
from dialogs.desk.naming import name_of
from dialogs.desk.slips import mendable
from dialogs.interview import Interview
from dialogs.scene import Scene
from dialogs.turn import Turn
from dialogs.view import View
from forms.kinds.base import Given, Question
from forms.programme import Programme
from tests.dialogs.desk.desks import CLERK, NOW, STAY, at, press, scene, screen, types, words
from tests.forms.programmes.cases import programme

ALLOWED = replace(CLERK, corrects=True)
PROGRAMMES = ("nanning-2026", "liuzhou-2025", "guilin", "nanyue-2020", "daguo-jiangsu-2026")


def lying(known: Programme, answers: dict[str, Any]) -> DeskScene:
    """A case of some programme."""
    state = Interview(programme=known.id, digest=known.digest, consented_at=NOW.isoformat(), answers=answers)
    view = View(known, state, Scene(NOW, (known,)))
    case = Dossier(STAY, known, (PartBrief("nominee 1", "", view),))
    return scene("correcting", ALLOWED, dossier=case)


def begins(there: DeskScene, question: str) -> Desk:
    """Somebody begins to mend a question."""
    desk = at("remark", about=name_of("nominee 1", question))
    return take(desk, Turn("", "1", choice="7.~correcting~"), there).desk


def gives(desk: Desk, there: DeskScene, question: Question, value: Any) -> DeskChange:
    """Somebody gives a value as its owner would, and says yes where it is asked back."""
    change = DeskChange(desk)
    # A long text is written whole, in one message
    whole = question.writing(desk.draft, None) is not None
    for given in (Given(text=value),) if whole else question.replay(value):
        kept = read(change.desk.model_dump_json())  # as between two turns
        if given.text is not None:
            change = take(kept, Turn("", "1", text=given.text), there)
        else:
            keys = [key.value for key in question.keys(kept.draft)]
            shown = [each for each in show(kept, there).tokens() if "~answer~" in each]
            assert len(shown) == len(keys)
            token = shown[keys.index(given.key)]
            change = take(kept, Turn("", "1", choice=token), there)
        if change.desk.sent:
            change = press(show(change.desk, there), "对的", change.desk, there)
    return change


KINDS = sorted(
    {
        (name, question.kind, question.id)
        for name in PROGRAMMES
        for question in {
            q.kind: q for q in programme(name).forms[0].questions.values() if mendable(q)
        }.values()
    }
)


@pytest.mark.parametrize(("name", "kind", "question"), KINDS)
def test_every_kind_that_is_no_file_is_mended_to_whatever_it_can_be_answered_with(
    name: str, kind: str, question: str
) -> None:
    known = programme(name)
    there = lying(known, {})
    asked = there.dossier.view.question(question) if there.dossier else None
    assert asked
    for value in asked.variants()[:4]:
        change = gives(begins(there, question), there, asked, value)
        assert change.deeds == (deeds.Corrected(STAY.id, "nominee 1", question, value),), change.said
        assert change.desk.page == "answers" and change.desk.draft is None and not change.desk.sent


def test_the_id_number_is_proven_and_never_left_lying_on_the_desk() -> None:
    there = scene("correcting", ALLOWED)
    desk = begins(there, "id_number")
    wrong = types("450122198409129964", desk, there)
    assert not wrong.deeds and "打错" in wrong.said[0].text
    assert "450122" not in wrong.desk.model_dump_json()
    change = types("110101199003074258", desk, there)
    assert [type(each) for each in change.deeds] == [deeds.Corrected]
    assert "1101**********4258" in change.echo and "110101199003074258" not in change.desk.model_dump_json()


def test_an_option_is_pressed_and_several_begin_with_what_stands() -> None:
    known = programme("nanning-2026")
    question = next(q for q in known.forms[0].questions.values() if q.kind == "choices")
    value = question.variants()[-1] or question.variants()[0]
    there = lying(known, {question.id: value})
    desk = begins(there, question.id)
    assert desk.draft == question.reopen(value)
    shown = show(desk, there)
    assert any(each.on for each in shown.buttons)


def test_a_guess_is_asked_back_before_it_counts() -> None:
    there = scene("correcting", ALLOWED)
    desk = begins(there, "trade_start")
    asked = types("大概2015年8月", desk, there)
    assert not asked.deeds
    assert "对的" in [each.label for each in show(asked.desk, there).buttons]
    corrected = deeds.Corrected(STAY.id, "nominee 1", "trade_start", "2015-08")
    assert types("对", asked.desk, there).deeds == (corrected,)
    assert types("2016年6月", asked.desk, there).deeds == (replace(corrected, value="2016-06"),)
    part = types("2015年", desk, there)
    assert not part.deeds and "月" in words(show(part.desk, there))
    assert types("8月", part.desk, there).deeds == (corrected,)


def test_what_is_a_file_of_its_owners_offers_no_correction() -> None:
    for name in PROGRAMMES:
        there = lying(programme(name), {})
        assert there.dossier
        for question in there.dossier.view.form.questions.values():
            shown = show(at("remark", about=name_of("nominee 1", question.id)), there)
            offered = any("笔误" in each.label for each in shown.buttons)
            assert offered is mendable(question)


def test_a_press_of_an_older_list_mends_nothing() -> None:
    there = scene("correcting", ALLOWED)
    desk = begins(there, "route")
    change = take(desk, Turn("", "1", choice=f"{desk.revision - 1:x}.~answer~.0"), there)
    assert not change.deeds and "那一步已经过去了" in change.said[0].text
    far = take(desk, Turn("", "1", choice=f"{desk.revision:x}.~answer~.99"), there)
    assert not far.deeds


def test_a_question_that_is_gone_says_so_with_a_way_on() -> None:
    shown = screen("correcting", ALLOWED, desk=at("correcting", about=name_of("nominee 1", "unheard")))
    assert "这一项现在没有了" in words(shown)
    assert {each.label for each in shown.buttons} == {"看别的项", "回到这一件"}
