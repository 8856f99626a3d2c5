"""A question of a case as buttons name it, and what is shown where there is none."""

from __future__ import annotations

from dialogs.desk.desk_scene import DeskView, Dossier, PartBrief
from dialogs.desk.dossier import back
from dialogs.desk.press import button
from dialogs.turn import Say, Screen
from forms.kinds.base import Question
from forms.message import say

_MARK = ".q."


def name_of(part: str, question: str) -> str:
    """A question of a part as a button names it: “nominee.1.q.name”."""
    return part.replace(" ", ".") + _MARK + question


def question_of(dossier: Dossier, about: str) -> tuple[PartBrief, Question] | None:
    """The question that a button names; None where it is not in the case."""
    key, _, name = about.partition(_MARK)
    part = dossier.part(key.replace(".", " "))
    question = part.view.form.questions.get(name) if part else None
    return (part, question) if part and question else None


def no_question(view: DeskView) -> Screen:
    """A question that is not in the case (any more)."""
    words = view.words
    around = button("answers", words(say("看别的项")), style="primary")
    return Screen((Say(words(say("这一项现在没有了。")), "note"),), (around, back(view)))
