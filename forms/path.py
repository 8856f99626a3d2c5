"""The path through a form, replayed from the answers. Position is never stored.

Each question's `when` is decided by the answers before it; one that depends on something still unanswered
is not on the path yet.
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
    steps = []
    for identifier, question in form.questions.items():
        if question.when:
            try:
                if not expression(question.when).holds(names):
                    continue
            except Pending:
                continue
        steps.append(question.where(names))
        if identifier in answers:
            value = answers[identifier]
            names[identifier] = value
            if question.derives:
                names.update(question.derive(value))
    return tuple(steps), names
