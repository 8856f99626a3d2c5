"""The path through a form, replayed from the answers. Position is never stored.

Each question's `when` is decided by the answers before it; one that depends on something still unanswered
is not on the path yet. One that depends on a question that comes behind it on one way and not on another stands
right behind that question where it does.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from forms.expressions import Pending, expression
from forms.kinds.base import Question, Value
from forms.programme import Form


def applicable(
    form: Form, answers: Mapping[str, Value], constants: Mapping[str, Any]
) -> tuple[tuple[Question, ...], dict[str, Any]]:
    """The questions that apply, in order, and the names in scope when all of them were walked."""
    names = dict(constants)
    steps: list[Question] = []
    waiting: list[Question] = []
    for question in form.questions.values():
        _walk(question, answers, names, steps, waiting)
    return tuple(steps), names


def _walk(
    question: Question,
    answers: Mapping[str, Value],
    names: dict[str, Any],
    steps: list[Question],
    waiting: list[Question],
) -> None:
    """The question put on the path where it applies, and behind it those that waited for it."""
    if question.when:
        try:
            if not expression(question.when).holds(names):
                return
        except Pending:
            waiting.append(question)
            return
    steps.append(question.where(names))
    if question.id not in answers:
        return
    value = answers[question.id]
    names[question.id] = value
    derived = question.derive(value) if question.derives else {}
    names.update(derived)
    if not waiting:
        return
    for other in [each for each in waiting if expression(each.when).names & {question.id, *derived}]:
        waiting.remove(other)
        _walk(other, answers, names, steps, waiting)
