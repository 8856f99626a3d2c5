"""The form of the pre-check: the few questions that decide between the programmes on offer.

No programme is known by name here. What their rules weigh and their first sections ask says what is worth asking; a
question that several of them put in the same words is asked once and counts for all of them. Where programmes ask
for yes or no each in words of its own (“在南宁工作吗”, “在桂林工作吗”), one question with an option for each tells
them apart. Nothing more is asked on behalf of a programme that an answer has ruled out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from dialogs.carrying import ROUTE, WEIGHTY, accepts, options_of, reads, same
from dialogs.interview import Interview
from dialogs.scene import Scene
from dialogs.words import LOCALES, catalogue
from forms.answers import scope, walk
from forms.expressions import Pending, expression, sentence
from forms.kinds.base import Circumstances, Question, Value
from forms.kinds.choices import ChoicesQuestion
from forms.kinds.options import Option, OptionsQuestion
from forms.kinds.yes_no import YesNoQuestion
from forms.message import say
from forms.programme import Form, Office, Programme, Rule, Section, Window
from forms.rules import judge

#: So many questions at the most: those that decide the most programmes.
MOST = 12

_TITLE = say("哪个项目适合我？")
_SECTION = say("先看看")
_WHICH = say("您的情况")
_ASK = say("下面哪几句说的是您？")
_WHETHER = "是否"  # how the labels of yes-no questions begin; an option reads better without it
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
class Item:
    """A question of the pre-check. `name` is its id in the programmes that it counts for.

    `options` tells which option stands for a programme's yes; without any the answer itself is the programme's.
    """

    question: Question
    name: str
    programmes: tuple[str, ...]
    options: Mapping[str, str] = field(default_factory=dict)

    def value(self, programme: str, answer: Value) -> Value:
        """What the answer is to this programme's own question."""
        return self.options[programme] in answer if self.options else answer


@dataclass(frozen=True)
class Precheck:
    """The questions that apply now. `form` holds them as a programme that the engine can walk."""

    items: tuple[Item, ...]
    form: Programme
    about: Circumstances

    def known(self, programme: Programme, answers: Mapping[str, Value]) -> dict[str, Value]:
        """The answers to a programme's own questions, as far as the pre-check gives them."""
        return _known(self.items, programme, answers, self.about)

    def sound(self, interview: Interview) -> Interview:
        """The interview less answers that are not taken any more.

        The pre-check is pinned to nothing: the programmes on offer may have changed since.
        """
        odd = {
            item.question.id
            for item in self.items
            if item.question.id in interview.answers
            and not accepts(item.question, interview.answers[item.question.id], self.about)
        }
        if not odd:
            return interview
        kept = {name: value for name, value in interview.answers.items() if name not in odd}
        return interview.model_copy(update={"answers": kept})


def precheck(interview: Interview, scene: Scene) -> Precheck:
    """The pre-check as the answers so far make it."""
    answers, now = interview.answers, scene.now
    about = Circumstances(today=Window().today(now))
    groups = _groups(
        _Shelf(tuple((each.id, each.digest) for each in scene.offered), scene.offered, scene.common)
    )

    def still(running: Sequence[Programme], asked: Sequence[Item]) -> list[Programme]:
        return [each for each in running if not _ruled_out(each, _known(asked, each, answers, about), now)]

    running = list(scene.offered)
    asked: list[Item] = []
    for group in sorted((group for group in groups if group.apart), key=_many):
        asked.extend(_items(group, running))
        running = still(running, asked)
    ids = {each.id for each in running}
    rest = [item for group in groups if not group.apart for item in _items(group, running)]
    reached: set[tuple[str, str]] = set()
    for each in running:
        steps, names = walk(each, _known((*asked, *rest), each, answers, about), now)
        wanted = _wanted(each, names)
        reached.update((each.id, question.id) for question in steps if question.id in wanted)
    for item in sorted(rest, key=lambda item: -len(ids.intersection(item.programmes))):
        if any(each.id in item.programmes and (each.id, item.name) in reached for each in running):
            asked.append(item)
            running = still(running, asked) if item.question.id in answers else running
    return Precheck(tuple(asked[:MOST]), _form(asked[:MOST], scene, running), about)


def _many(group: Group) -> int:
    return -sum(len(variant.programmes) for variant in group.variants)


def _known(
    items: Sequence[Item], programme: Programme, answers: Mapping[str, Value], about: Circumstances
) -> dict[str, Value]:
    own = programme.leading.questions
    known = {}
    for item in items:
        answer = answers.get(item.question.id)
        if answer is None or programme.id not in item.programmes:
            continue
        if accepts(item.question, answer, about):
            value = item.value(programme.id, answer)
            if accepts(own[item.name], value, about):
                known[item.name] = value
    return known


def _ruled_out(programme: Programme, known: Mapping[str, Value], now: datetime) -> bool:
    verdicts = judge(programme, scope(programme, known, now)) if known else ()
    return any(each.outcome == "not_met" and each.rule.failing == "ineligible" for each in verdicts)


# What there is to ask, which follows from the programmes alone.


@dataclass(frozen=True)
class _Shelf:
    """Programmes by what they were read from: the same ones give the same questions."""

    key: tuple[tuple[str, str], ...]
    programmes: tuple[Programme, ...] = field(compare=False, repr=False)
    common: Mapping[str, Question] = field(compare=False, repr=False)


@lru_cache(maxsize=8)
def _groups(shelf: _Shelf) -> tuple[Group, ...]:
    """The questions worth asking, in the order of the programmes and their forms."""
    wanted = {programme.id: _wanted(programme) for programme in shelf.programmes}
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


def _wanted(programme: Programme, known: Mapping[str, Any] | None = None) -> frozenset[str]:
    """What decides the rules that the nominee's own answers can decide, before any route is chosen.

    With the names already `known`, rules that do not apply to this nominee want nothing.
    """
    questions = programme.leading.questions
    own = {name for question in questions.values() for name in (question.id, *question.derives)} - {ROUTE}
    readable = own | (programme.constants(_ANY_DAY).keys() - questions.keys()) | programme.derived.keys()
    wanted: set[str] = set()
    for rule in programme.rules:
        read = reads(programme, rule)
        if rule.failing in WEIGHTY and read <= readable and not _idle(rule, known or {}):
            told = (sentence(text).names for text in (rule.reckoning, rule.met, rule.unmet))
            wanted |= read.union(*told)
    for name, question in reversed(list(questions.items())):  # a branch reads only what stands before it
        if name in wanted and question.when:
            wanted |= expression(question.when).names
    return frozenset(wanted & questions.keys() - {ROUTE})


def _idle(rule: Rule, known: Mapping[str, Any]) -> bool:
    """Whether it is known that the rule does not apply."""
    try:
        return bool(rule.when) and not expression(rule.when).holds(known)
    except Pending:
        return False


# The questions as they are asked here.


def _items(group: Group, running: Sequence[Programme]) -> Iterator[Item]:
    """What is asked of a group on behalf of these programmes; who else asks the same learns of it too."""
    ids = {programme.id for programme in running}
    shared = len(group.variants) == 1
    wanted = [variant for variant in group.variants if ids.intersection(variant.programmes)]
    if group.apart and len(wanted) > 1:
        yield _which(group, wanted)
        return
    if len(wanted) > 1 and isinstance(wanted[0].question, OptionsQuestion):
        return  # options that differ have no common answer
    for variant in wanted:
        name = group.name if shared else f"{group.name}__{variant.mark}"
        question = variant.question.model_copy(
            update={"id": name, "when": "", "clause": "", "optional": True}
        )
        yield Item(question, group.name, variant.programmes)


def _which(group: Group, wanted: Sequence[Variant]) -> Item:
    told_apart = len({variant.question.label for variant in wanted}) == len(wanted)
    options = tuple(
        Option(
            value=variant.mark,
            label=bare(variant.question.label) if told_apart else variant.question.ask,
        )
        for variant in wanted
    )
    question = ChoicesQuestion(
        id=f"{group.name}__which",
        label=_WHICH.text,
        ask=_ASK.text,
        options=options,
        min_chosen=0,
        optional=True,
    )
    meant = {programme: variant.mark for variant in wanted for programme in variant.programmes}
    return Item(question, group.name, tuple(meant), meant)


def bare(label: str) -> str:
    """A yes-no question's label as a statement: 在南宁工作 for 是否在南宁工作."""
    return label.removeprefix(_WHETHER)


def _form(items: Sequence[Item], scene: Scene, running: Sequence[Programme]) -> Programme:
    section = Section(id="check", title=_SECTION.text, questions=tuple(item.question for item in items))
    whose = (*running, *scene.offered)
    return Programme(
        id="precheck",
        title=_TITLE.text,
        notice="",
        issued=Window().today(scene.now),
        summary="",
        office=whose[0].office if whose else Office(name=""),
        routes=(),
        forms=(Form(id="precheck", title=_TITLE.text, sections=(section,)),),
        rules=(),
        documents=(),
        translations={locale: _translations(scene.offered, locale) for locale in LOCALES if locale != "zh"},
    )


def _translations(programmes: Sequence[Programme], locale: str) -> dict[str, str]:
    known = dict(catalogue(locale))
    for programme in reversed(programmes):  # the first one's words are asked
        texts = programme.translations.get(locale, {})
        known.update(texts)
        known.update((bare(label), text) for label, text in texts.items() if label.startswith(_WHETHER))
    return known
