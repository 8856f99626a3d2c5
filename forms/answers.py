"""The scope of a case: what expressions, rules and prints may read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from forms.expressions import Pending, expression, sentence
from forms.kinds.base import Question, Value
from forms.path import applicable
from forms.programme import Form, Programme, Wording

Scope = dict[str, Any]


def scope(
    programme: Programme,
    answers: Mapping[str, Value],
    now: datetime,
    experts: Sequence[Mapping[str, Value]] = (),
    party: str = "nominee",
) -> Scope:
    """All names with a value: constants, the answers on the path, what they derive, the programme's wordings.

    Answers that a changed branch made irrelevant are kept in `answers` but do not appear here.
    `experts` are the answers of the case's expert forms, in order.
    """
    constants = programme.constants(now)
    if experts:
        constants["experts"] = [derived(programme.form("expert"), answers_of) for answers_of in experts]
    names = applicable(programme.form(party), answers, constants)[1]
    for name, wordings in programme.derived.items():
        text = wording(wordings, names)
        if text is not None:
            names[name] = text
    return names


def derived(form: Form, answers: Mapping[str, Value]) -> dict[str, Value]:
    """The answers of a form with what they derive."""
    names = dict(answers)
    for identifier, question in form.questions.items():
        if identifier in answers:
            names.update(question.derive(answers[identifier]))
    return names


def wording(wordings: Sequence[Wording], names: Mapping[str, Any]) -> str | None:
    """The first text whose condition holds; None while it depends on answers still missing."""
    for option in wordings:
        try:
            if not option.when or expression(option.when).holds(names):
                return sentence(option.text).text(names)
        except Pending:
            continue
    return None


def question_of(form: Form, identifier: str) -> Question | None:
    """The question by id, or None."""
    return form.questions.get(identifier)
