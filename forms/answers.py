"""The scope of a case: what expressions, rules and prints may read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any

from forms.across import NEAR, PEERS, near, peers
from forms.expressions import Pending, expression, sentence
from forms.kinds.base import Question, Value
from forms.parties import LEADING, Parts, plural
from forms.path import applicable
from forms.programme import Programme, Wording

Scope = dict[str, Any]
NOBODY: Parts = MappingProxyType({})


def walk(  # noqa: PLR0913, PLR0917  # each is a fact of the case that another party holds
    programme: Programme,
    answers: Mapping[str, Value],
    now: datetime,
    parts: Parts = NOBODY,
    party: str = LEADING,
    counts: Mapping[str, int] | None = None,
) -> tuple[tuple[Question, ...], Scope]:
    """The questions that apply, in order, and all names with a value.

    Names are the programme's constants, the answers on the path, what they derive, and the programme's
    wordings. Answers that a changed branch made irrelevant are kept in `answers` but do not appear.
    `parts` are what other parties of the case have said, by party: the names of the nominee that this one may read, as
    `nominee`, and the answers of all others of a kind as `experts`, `units`; without any such a name is absent.
    `counts` tell how many other cases have the same key (`forms.across`); a rule whose key they lack is pending.
    """
    constants = programme.constants(now)
    for other, said in parts.items():
        if other == LEADING:
            constants[LEADING] = said[0]
        elif said:
            form = programme.form(other)
            constants[plural(other)] = [applicable(form, each, {})[1] for each in said]
    steps, names = applicable(programme.form(party), answers, constants)
    for name, wordings in programme.derived.items():
        text = wording(wordings, names)
        if text is not None:
            names[name] = text
    if any(rule.across for rule in programme.rules):
        names[PEERS], names[NEAR] = (count(programme, names, counts or {}) for count in (peers, near))
    return steps, names


def scope(
    programme: Programme,
    answers: Mapping[str, Value],
    now: datetime,
    parts: Parts = NOBODY,
    counts: Mapping[str, int] | None = None,
) -> Scope:
    """The names in scope of a nominee's case."""
    return walk(programme, answers, now, parts, counts=counts)[1]


def read_by(wordings: Sequence[Wording]) -> frozenset[str]:
    """The names that a derived text reads, whichever of its wordings is taken."""
    conditions = (expression(option.when).names for option in wordings if option.when)
    return frozenset[str]().union(*conditions, *(sentence(option.text).names for option in wordings))


def behind(programme: Programme, names: frozenset[str]) -> frozenset[str]:
    """The names, and those that the derived texts among them are made of."""
    derived = (read_by(programme.derived[name]) for name in names & programme.derived.keys())
    return names.union(*derived)


def wording(
    wordings: Sequence[Wording], names: Mapping[str, Any], translated: Callable[[str], str] = str
) -> str | None:
    """The first text whose condition holds; None where none does, or one before it waits for an answer.

    `translated` puts a text into the language of whoever reads it, before its names are filled in.
    """
    try:
        for option in wordings:
            if not option.when or expression(option.when).holds(names):
                return sentence(translated(option.text)).text(names)
    except Pending:
        pass
    return None
