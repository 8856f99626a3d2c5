"""The scope of a case: what expressions, rules and prints may read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from forms.expressions import Pending, expression, sentence
from forms.kinds.base import Question, Value
from forms.path import applicable
from forms.programme import Programme, Wording

Scope = dict[str, Any]


def walk(
    programme: Programme,
    answers: Mapping[str, Value],
    now: datetime,
    experts: Sequence[Mapping[str, Value]] = (),
    party: str = "nominee",
) -> tuple[tuple[Question, ...], Scope]:
    """The questions that apply, in order, and all names with a value.

    Names are the programme's constants, the answers on the path, what they derive, and the programme's
    wordings. Answers that a changed branch made irrelevant are kept in `answers` but do not appear.
    `experts` are the answers of the case's expert forms, in order; without any the name is absent.
    """
    constants = programme.constants(now)
    if experts:
        form = programme.form("expert")
        constants["experts"] = [applicable(form, each, {})[1] for each in experts]
    steps, names = applicable(programme.form(party), answers, constants)
    for name, wordings in programme.derived.items():
        text = wording(wordings, names)
        if text is not None:
            names[name] = text
    return steps, names


def scope(
    programme: Programme,
    answers: Mapping[str, Value],
    now: datetime,
    experts: Sequence[Mapping[str, Value]] = (),
) -> Scope:
    """The names in scope of a nominee's case."""
    return walk(programme, answers, now, experts)[1]


def wording(wordings: Sequence[Wording], names: Mapping[str, Any]) -> str | None:
    """The first text whose condition holds; None while all depend on answers still missing."""
    for option in wordings:
        try:
            if not option.when or expression(option.when).holds(names):
                return sentence(option.text).text(names)
        except Pending:
            continue
    return None
