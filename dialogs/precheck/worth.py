"""What is worth asking before a programme is chosen: it follows from the programmes on offer alone."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from dialogs.carrying import ROUTE, WEIGHTY, options_of, reads, same
from forms.expressions import Pending, expression, sentence
from forms.kinds.base import Question
from forms.kinds.yes_no import YesNoQuestion
from forms.programme import Programme, Rule

_ANY_DAY = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Variant:
    """A question with the programmes that put it in these words; the first of them gave it."""

    question: Question
    programmes: tuple[str, ...]

    @property
    def mark(self) -> str:
        """Tells the variant from others of the same id."""
        return self.programmes[0].replace("-", "_")


@dataclass(frozen=True)
class Group:
    """All that the programmes ask under one id."""

    name: str
    variants: tuple[Variant, ...]

    @property
    def apart(self) -> bool:
        """Whether it tells programmes apart: each wants its own yes or no, of everybody."""
        return len(self.variants) > 1 and all(
            isinstance(variant.question, YesNoQuestion) and not variant.question.when
            for variant in self.variants
        )


@dataclass(frozen=True)
class Shelf:
    """Programmes by what they were read from: the same ones give the same questions."""

    key: tuple[tuple[str, str], ...]
    programmes: tuple[Programme, ...] = field(compare=False, repr=False)
    common: Mapping[str, Question] = field(compare=False, repr=False)


@lru_cache(maxsize=8)
def groups_of(shelf: Shelf) -> tuple[Group, ...]:
    """The questions worth asking, in the order of the programmes and their forms."""
    wanted = {programme.id: deciding(programme) for programme in shelf.programmes}
    often = [name for names in wanted.values() for name in names]
    groups: dict[str, list[Variant]] = {}
    for programme in shelf.programmes:
        for name, question in programme.leading.questions.items():
            if name not in wanted[programme.id] or not _light(question):
                continue
            if name in _first(programme) or often.count(name) > 1:
                _join(groups.setdefault(name, []), question, programme.id)
    for name, variants in groups.items():
        groups[name] = _in_common(variants, shelf.common.get(name))
    return tuple(Group(name, tuple(variants)) for name, variants in groups.items())


def _join(variants: list[Variant], question: Question, programme: str) -> None:
    for place, variant in enumerate(variants):
        if same(variant.question, question):
            variants[place] = Variant(variant.question, (*variant.programmes, programme))
            return
    variants.append(Variant(question, (programme,)))


def _in_common(variants: list[Variant], common: Question | None) -> list[Variant]:
    """One variant where a shared question was only reworded. On a branch it is left to the programme whose it is."""
    asked = [variant.question for variant in variants]
    if common is None or any(question.when or question.kind != common.kind for question in asked):
        return variants
    if any(options_of(question) != options_of(common) for question in asked):
        return variants
    return [Variant(common, tuple(name for variant in variants for name in variant.programmes))]


def _light(question: Question) -> bool:
    """Whether it can be answered in passing: no files, no long texts, nothing that says who someone is."""
    return not (question.accepts_files or question.multiline or question.derives)


def _first(programme: Programme) -> Collection[str]:
    """What the programme asks before all else."""
    for section in programme.leading.sections:
        names = [question.id for question in section.questions if question.id != ROUTE]
        if names:
            return names
    return ()


def deciding(programme: Programme, scope: Mapping[str, Any] | None = None) -> frozenset[str]:
    """What decides the rules that the nominee's own answers can decide, before any route is chosen.

    With the names of a `scope` known, rules that do not apply to this nominee want nothing.
    """
    questions = programme.leading.questions
    own = {name for question in questions.values() for name in (question.id, *question.derives)} - {ROUTE}
    readable = own | (programme.constants(_ANY_DAY).keys() - questions.keys()) | programme.derived.keys()
    wanted: set[str] = set()
    for rule in programme.rules:
        read = reads(programme, rule)
        if rule.failing in WEIGHTY and not rule.quiet and read <= readable and not _idle(rule, scope or {}):
            read_by_words = (sentence(text).names for text in (rule.reckoning, rule.met, rule.unmet))
            wanted |= read.union(*read_by_words)
    for name, question in reversed(list(questions.items())):  # a branch reads only what stands before it
        if name in wanted and question.when:
            wanted |= expression(question.when).names
    return frozenset(wanted & questions.keys() - {ROUTE})


def _idle(rule: Rule, scope: Mapping[str, Any]) -> bool:
    """Whether it is known that the rule does not apply."""
    try:
        return bool(rule.when) and not expression(rule.when).holds(scope)
    except Pending:
        return False
