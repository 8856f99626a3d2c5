"""A slip is mended on somebody's behalf: asked as its owner was asked, with the question's own buttons and words."""

from __future__ import annotations

from dialogs.desk import one_question, one_reply
from dialogs.desk.deeds import Corrected
from dialogs.desk.desk_change import DeskChange
from dialogs.desk.desk_scene import DeskView, PartBrief
from dialogs.desk.naming import no_question, question_of
from dialogs.desk.one_question import OneQuestion, Verbs
from dialogs.desk.one_reply import Left, Outcome, Passed, Waits
from dialogs.turn import Say, Screen
from dialogs.view import View
from forms.kinds.base import Problem, Question, Value
from forms.message import say

_VERBS = Verbs(key="mend", yes="mend_yes", anew="correcting", how="mend_how", leave="answers")


def mendable(question: Question) -> bool:
    """Whether staff can mend it: whatever is not a photo, scan or video of its owner's."""
    return not (question.accepts_files and question.keyboard == "none")


def _open(view: DeskView) -> tuple[PartBrief, OneQuestion] | None:
    """The question that is being mended, in whose part; None where it is not in the case, or its owner's to send."""
    found = question_of(view.dossier, view.desk.about)
    if found is None or not mendable(found[1]):
        return None
    part, question = found
    return part, OneQuestion(view, part.view, question.id, _VERBS, say("不改了"))


def screen(view: DeskView) -> Screen:
    """What stands, how far what shall stand instead is, and the question's own ways to say it."""
    found, words = _open(view), view.words
    if found is None:
        return no_question(view)
    one = found[1]
    value = say("（没有填）") if one.standing is None else one_question.shown(one, one.standing)
    stands = say("{label}：{value}", label=one.question.label, value=value)
    only = say("只改明显的笔误。改了会告诉本人，本人一点就能改回去。")
    keys = one.question.keys(view.desk.draft)
    ask = say("请点改后的那一项，也可以打出来：") if keys else say("请打出改后的内容：")
    before = (Say(words(stands)), Say(words(only), "note"))
    return one_question.screen(one, before, (Say(words(ask), "ask"),))


def begun(view: DeskView, about: str) -> DeskChange:
    """It begins, or begins anew: with what stands where that is gone on from."""
    found = _open(view)
    draft = one_question.begun(found[1].question, found[1].standing) if found else None
    return DeskChange(view.desk.model_copy(update={"page": "correcting", "draft": draft, "sent": ""}))


def pressed(view: DeskView, about: str) -> DeskChange | None:
    """One of the question's own buttons."""
    found = _open(view)
    return _came(*found, one_reply.pressed(found[1], about)) if found else None


def typed(view: DeskView, text: str) -> DeskChange | None:
    """The words that mend a slip, read as the question reads them."""
    found = _open(view)
    return _came(*found, one_reply.typed(found[1], text)) if found else DeskChange(view.desk.at("answers"))


def written(view: DeskView, text: str) -> DeskChange | None:
    """All of a text, written in a field of its own."""
    found = _open(view)
    return _came(*found, one_reply.written(found[1], text)) if found else DeskChange(view.desk.at("answers"))


def agreed(view: DeskView, about: str) -> DeskChange | None:
    """What was asked back is meant."""
    found = _open(view)
    return _came(*found, one_reply.agreed(found[1])) if found else None


def explained(view: DeskView, about: str) -> DeskChange | None:
    """How the question is filled in."""
    found = _open(view)
    return _came(*found, one_reply.explained(found[1])) if found else None


def _came(part: PartBrief, one: OneQuestion, outcome: Outcome | None) -> DeskChange | None:
    desk, words = one.at.desk, one.at.words
    match outcome:
        case None:
            return None
        case Waits(desk=waiting, said=said):
            return DeskChange(waiting, said=said)
        case Left() | Passed():
            return DeskChange(desk.at("answers"), said=(Say(words(say("没有改，还是原来的。")), "note"),))
    question, value = one.question, outcome.value
    if refused := unfit(part.view, question, value):
        return DeskChange(desk, said=(Say(words(refused.message), "problem"),))
    told_back = say("✓ {label}：{value}", label=question.label, value=question.show(value))
    deed = Corrected(desk.stay, part.key, question.id, value)
    return DeskChange(desk.at("answers"), (deed,), outcome.said, words(told_back))


def unfit(view: View, asked: Question, value: Value) -> Problem | None:
    """Why a value cannot stand as the answer; None where it can."""
    if not asked.offers(value):
        return Problem(say("“{value}”不在可以选的里面了，请重新选。", value=asked.show(value)))
    wrong = next((each for each in asked.remarks(value, view.circumstances) if each.blocking), None)
    return Problem(wrong.message) if wrong else None
