"""A slip is mended on somebody's behalf: asked as its owner was asked, with the question's own buttons and words."""

from __future__ import annotations

from dialogs.desk import one_question
from dialogs.desk.deeds import Corrected
from dialogs.desk.desk_change import DeskChange
from dialogs.desk.desk_scene import DeskView
from dialogs.desk.naming import no_question, question_of
from dialogs.desk.one_question import OneQuestion
from dialogs.desk.one_reply import Answered, Asked, Left, Passed
from dialogs.desk.press import button
from dialogs.turn import Say, Screen
from dialogs.view import View
from forms.kinds.base import Problem, Question, Value
from forms.message import say


def mendable(question: Question) -> bool:
    """Whether staff can mend it: whatever is not a photo, scan or video of its owner's."""
    return not (question.accepts_files and question.keyboard == "none")


def _open(view: DeskView) -> OneQuestion | None:
    """The question that is being mended; None where it is not in the case, or its owner's to send."""
    asked = question_of(view.dossier, view.desk.about)
    if asked is None or not mendable(asked[1]):
        return None
    return OneQuestion(view, asked[0].view, asked[1].id, button("answers", view.words(say("不改了"))))


def screen(view: DeskView) -> Screen:
    """What stands, how far what shall stand instead is, and the question's own ways to say it."""
    one, words = _open(view), view.words
    if one is None:
        return no_question(view)
    value = say("（没有填）") if one.standing is None else one_question.shown(one, one.standing)
    stands = say("{label}：{value}", label=one.question.label, value=value)
    only = say("只改明显的笔误。改了会告诉本人，本人一点就能改回去。")
    keys = one.question.keys(view.desk.draft)
    ask = say("请点改后的那一项，也可以打出来：") if keys else say("请打出改后的内容：")
    before = (Say(words(stands)), Say(words(only), "note"))
    return one_question.screen(one, before, (Say(words(ask), "ask"),))


def begun(view: DeskView, about: str) -> DeskChange:
    """It begins: with what stands where that is gone on from."""
    one = _open(view)
    draft = one_question.begun(one.question, one.standing) if one else None
    return DeskChange(view.desk.model_copy(update={"page": "correcting", "draft": draft, "sent": ""}))


def _came(one: OneQuestion, outcome: Answered | Left | Passed) -> DeskChange:
    desk, words, question = one.at.desk, one.at.words, one.question
    if not isinstance(outcome, Answered):
        return DeskChange(desk.at("answers"), said=(Say(words(say("没有改，还是原来的。")), "note"),))
    value = outcome.value
    if refused := unfit(one.form, question, value):
        return DeskChange(desk, said=(Say(words(refused.message), "problem"),))
    told_back = say("✓ {label}：{value}", label=question.label, value=question.show(value))
    asked = question_of(one.at.dossier, desk.about)
    deed = Corrected(desk.stay, asked[0].key if asked else "", question.id, value)
    return DeskChange(desk.at("answers"), (deed,), outcome.said, words(told_back))


ASKED = Asked("correct", _open, _came)


def unfit(view: View, asked: Question, value: Value) -> Problem | None:
    """Why a value cannot stand as the answer; None where it can."""
    if not asked.offers(value):
        return Problem(say("“{value}”不在可以选的里面了，请重新选。", value=asked.show(value)))
    wrong = next((each for each in asked.remarks(value, view.circumstances) if each.blocking), None)
    return Problem(wrong.message) if wrong else None
