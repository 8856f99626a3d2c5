"""The scope of a case: what expressions, rules and prints may read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from forms.across import NEAR, PEERS, keys, near, peers
from forms.expressions import Pending, differing, expression, sentence
from forms.kinds.base import Question, Value
from forms.parties import LEADING, Parts, plural
from forms.path import applicable
from forms.programme import Form, Programme, Wording

Scope = dict[str, Any]
NOBODY: Parts = MappingProxyType({})


@dataclass(frozen=True)
class Walk:
    """A form walked: the questions that apply, in order and by id, all names with a value, and what they follow from.

    `keys` are those of `forms.across`.
    """

    steps: tuple[Question, ...]
    on_path: Mapping[str, Question]
    scope: Scope
    programme: Programme
    party: str
    answers: Mapping[str, Value]
    constants: Scope
    keys: Mapping[str, str]


def walk(  # noqa: PLR0913, PLR0917  # each is a fact of the case that another party holds
    programme: Programme,
    answers: Mapping[str, Value],
    now: datetime,
    parts: Parts = NOBODY,
    party: str = LEADING,
    counts: Mapping[str, int] | None = None,
    before: Walk | None = None,
) -> Walk:
    """The questions that apply, in order, and all names with a value.

    Names are the programme's constants, the answers on the path, what they derive, and the programme's
    wordings. Answers that a changed branch made irrelevant are kept in `answers` but do not appear.
    `parts` are what other parties of the case have said, by party: the names of the nominee that this one may read, as
    `nominee`, and the answers of all others of a kind as `experts`, `units`; without any such a name is absent.
    `counts` tell how many other cases have the same key (`forms.across`); a rule whose key they lack is pending.
    `before` is another walk: what reads nothing that differs is taken from it.
    """
    constants = programme.constants(now)
    for other, said in parts.items():
        if other == LEADING:
            constants[LEADING] = said[0]
        elif said:
            beside = _beside(programme, programme.form(other), answers, constants)
            constants[plural(other)] = [
                {
                    name: value
                    for name, value in applicable(programme.form(other), each, beside)[1].items()
                    if name != LEADING
                }
                for each in said
            ]
    form = programme.form(party)
    given = _given_besides(before, programme, party, answers, constants)
    if before is None or given is None:
        steps, names = applicable(form, answers, constants)
        on_path: Mapping[str, Question] = {question.id: question for question in steps}
        changed = _since(before, programme, party, names)
    else:
        steps, on_path, names = before.steps, before.on_path, {**before.scope, **given}
        changed = set(given)
    for name, wordings in programme.derived.items():
        if changed is None or not changed.isdisjoint(programme.making[name]):
            _derive(name, wordings, names, changed)
    compared = [name for rule in programme.rules if rule.across for name in rule.across.same]
    own: Mapping[str, str] = {}
    if compared:
        same = before is not None and changed is not None and changed.isdisjoint(compared)
        own = before.keys if same and before else keys(programme, names)
        names[PEERS], names[NEAR] = peers(own, counts or {}), near(own, counts or {})
    return Walk(steps, on_path, names, programme, party, answers, constants, own)


def _beside(
    programme: Programme, form: Form, answers: Mapping[str, Value], constants: Mapping[str, Any]
) -> Scope:
    """What another party's form hangs on besides its own answers: the nominee's names, where it reads them."""
    if not form.reads_nominee:
        return {}
    names = applicable(programme.leading, answers, constants)[1]
    for name, wordings in programme.derived.items():
        _derive(name, wordings, names, None)
    return {LEADING: names}


def _given_besides(
    before: Walk | None,
    programme: Programme,
    party: str,
    answers: Mapping[str, Value],
    constants: Scope,
) -> Scope | None:
    """The answers on the path that another walk did not have, where they leave its path as it was; None where not."""
    if before is None or before.programme is not programme or before.party != party:
        return None
    if before.constants != constants or before.answers.keys() - answers.keys():
        return None
    form, missing = programme.form(party), object()
    other = [name for name, value in answers.items() if before.answers.get(name, missing) is not value]
    apart = programme.derived.keys().isdisjoint(form.questions)
    if not apart or not form.passive.issuperset(other):
        return None
    return {name: answers[name] for name in other if name in before.on_path}


def _since(before: Walk | None, programme: Programme, party: str, names: Scope) -> set[str] | None:
    """The names that another walk did not have so; what it derived is put among them. None where it tells nothing."""
    if before is None or before.programme is not programme or before.party != party:
        return None
    derived = programme.derived.keys()
    if not derived.isdisjoint(programme.form(party).questions):
        return None
    names.update({name: before.scope[name] for name in derived if name in before.scope})
    return set(differing(before.scope, names) - {PEERS, NEAR})


def _derive(name: str, wordings: Sequence[Wording], names: Scope, changed: set[str] | None) -> None:
    """The derived text among the names, or no such name where there is none now; `changed` are told of it."""
    text = wording(wordings, names)
    if changed is not None and text != names.get(name):
        changed.add(name)
    if text is not None:
        names[name] = text
    elif changed is not None:
        names.pop(name, None)


def scope(
    programme: Programme,
    answers: Mapping[str, Value],
    now: datetime,
    parts: Parts = NOBODY,
    counts: Mapping[str, int] | None = None,
) -> Scope:
    """The names in scope of a nominee's case."""
    return walk(programme, answers, now, parts, counts=counts).scope


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
