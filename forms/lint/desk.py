"""What the checks work on: a programme, the places of its parts, and every expression in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import jinja2
from jinja2 import meta, nodes

from forms.across import NEAR, PEERS
from forms.expressions import environment
from forms.kinds.base import Question
from forms.notation import Block, place_of
from forms.parties import LEADING, plural
from forms.programme import Form, Programme
from forms.sheet import ROW_NUMBER

Path_ = tuple[object, ...]
_Names = frozenset[str]
_Sort = tuple[tuple[str, ...], tuple[str, ...]]  # keys of conditions, keys of sentences

#: Names that expressions may read besides answers; see `Programme.constants` and `forms.answers.walk`.
CONSTANTS = frozenset({"figures", "today", "counted_to", "month_style", "closes"})
#: Those of them that never change: a condition over these alone is decided once and for all.
FIXED = frozenset({"figures", "month_style"})

_ENV = environment()


class _AnyName(dict[str, Any]):
    """Filters that are never missing: an unknown one must not hide what a template reads."""

    def get(self, key: str, default: Any = None) -> Any:
        return super().get(key, str)


_PRINTS = jinja2.Environment(autoescape=True)
_PRINTS.filters = _AnyName()
_PRINTS.tests = _AnyName()


@dataclass(frozen=True)
class Finding:
    """Something wrong: the file, the line (from 1), what it is, and what would mend it."""

    file: str
    line: int
    reason: str
    remedy: str = ""

    def __str__(self) -> str:
        tail = f" ({self.remedy})" if self.remedy else ""
        return f"{self.file}:{self.line}: {self.reason}{tail}"

    def below(self, directory: Path, shared: Path) -> Finding:
        """The same finding with the file as it is found from here."""
        inner = self.file.removeprefix("_shared/")
        file = directory / self.file if inner == self.file else shared / inner
        return Finding(str(file), self.line, self.reason, self.remedy)


@dataclass(frozen=True)
class Reading:
    """An expression or sentence: where it stands, its tree, and the names it may read there."""

    path: Path_
    source: str
    tree: nodes.Template
    known: frozenset[str]
    later: frozenset[str] = frozenset()

    @cached_property
    def names(self) -> frozenset[str]:
        """The names it reads."""
        return frozenset(node.name for node in self.tree.find_all(nodes.Name))


@dataclass(frozen=True)
class Asked:
    """A question and where it stands."""

    form: Form
    question: Question
    path: Path_


@dataclass(frozen=True)
class Desk:
    """A programme under examination. `whole` is its raw definition with every place.

    `cases` are the texts of its case files, `texts` those of all its other files.
    """

    programme: Programme
    whole: Block
    cases: Mapping[str, str]
    texts: Mapping[str, str]

    def finding(self, path: Path_, reason: str, remedy: str = "") -> Finding:
        """Something wrong at a path of the raw definition."""
        place = place_of(self.whole, path)
        return Finding(place.file, place.line, reason, remedy)

    @cached_property
    def asked(self) -> tuple[Asked, ...]:
        """Every question of every form, in order."""
        return tuple(
            Asked(form, question, ("forms", number, "sections", at, "questions", index))
            for number, form in enumerate(self.programme.forms)
            for at, section in enumerate(form.sections)
            for index, question in enumerate(section.questions)
        )

    def by_id(self, party: str = LEADING) -> dict[str, Question]:
        """A party's questions by id."""
        return {asked.question.id: asked.question for asked in self.asked if asked.form.party == party}

    def raw(self, path: Path_) -> Any:
        """What stands at a path of the raw definition; None where nothing does."""
        value: Any = self.whole
        for step in path:
            try:
                value = value[step]
            except (LookupError, TypeError):
                return None
        return value

    @cached_property
    def templates(self) -> Mapping[str, nodes.Template]:
        """The tree of every print template that can be read."""
        return _trees(self.programme.prints)

    @cached_property
    def taken_in(self) -> tuple[nodes.Template, ...]:
        """The trees of the shared macros that its templates take in, and of those that these take in."""
        macros, wanted = _trees(self.programme.macros), [*self.templates.values()]
        taken: dict[str, nodes.Template] = {}
        while wanted:
            for name in meta.find_referenced_templates(wanted.pop()):
                if name in macros and name not in taken:
                    taken[name] = macros[name]
                    wanted.append(macros[name])
        return tuple(taken.values())

    @cached_property
    def constants(self) -> frozenset[str]:
        """Names that have a value without any answer."""
        names = set(CONSTANTS)
        if len(self.programme.routes) == 1:
            names.add("route")
        names |= self.plurals
        return frozenset(names)

    @property
    def plurals(self) -> frozenset[str]:
        """What the answers of other parties are called."""
        return frozenset(plural(form.party) for form in self.programme.forms if form.party != LEADING)

    def of(self, party: str) -> frozenset[str]:
        """Names that a party's answers give."""
        questions = self.by_id(party).values()
        return frozenset(name for question in questions for name in (question.id, *question.derives))

    @cached_property
    def answers(self) -> frozenset[str]:
        """Names that the nominee's answers give."""
        return self.of(LEADING)

    @cached_property
    def readings(self) -> tuple[Reading, ...]:
        """Every condition, figure and sentence of the programme."""
        return tuple(self._readings())

    def _readings(self) -> Iterator[Reading]:
        for form in self.programme.forms:
            yield from self._branches(form)
        programme = self.programme
        everything = self.constants | self.answers | frozenset(programme.derived)
        before = self.constants | self.answers
        for name, wordings in programme.derived.items():
            for index, wording in enumerate(wordings):
                path = ("derived", name, index)
                yield from _read(wording, path, (("when",), ("text",)), before)
            before |= {name}
        if any(rule.across for rule in programme.rules):
            everything |= {PEERS, NEAR}
        for key, conditions, sentences in (
            ("priorities", ("condition",), ()),
            ("documents", ("when",), ("filename",)),
            ("papers", ("when",), ()),
            ("plan", ("when", "done"), ()),
        ):
            for index, item in enumerate(getattr(programme, key)):
                yield from _read(item, (key, index), (conditions, sentences), everything)
        yield from self._rules(everything)
        yield from self._parties(self.constants | self.answers)
        if programme.statement:
            yield from _read(programme.statement, ("statement",), (("when",), ()), everything)
        yield from self._hand_in(everything)
        yield from self._across(everything)
        yield from self._sheets(everything)

    def _rules(self, everything: _Names) -> Iterator[Reading]:
        """What rules read: of the case, or of the party whose answers they judge."""
        sort = (("when", "condition", "doubt"), ("reckoning", "met", "unmet", "verify", "remedy"))
        for index, rule in enumerate(self.programme.rules):
            own = everything if rule.party == LEADING else self.of(rule.party) | CONSTANTS | {LEADING}
            yield from _read(rule, ("rules", index), sort, own)

    def _parties(self, known: _Names) -> Iterator[Reading]:
        """When other parties take part."""
        for index, each in enumerate(self.programme.parties):
            yield from _read(each, ("parties", index), (("when",), ()), known)

    def _hand_in(self, readable: _Names) -> Iterator[Reading]:
        """Where the papers of a case go by its answers, and which unions receive it."""
        for index, route in enumerate(self.programme.routes):
            for at, wording in enumerate(route.hand_in):
                yield from _read(wording, ("routes", index, "hand_in", at), (("when",), ("text",)), readable)
            for at, receiver in enumerate(route.received_by):
                path = ("routes", index, "received_by", at)
                yield from _read(receiver, path, (("when",), ("name",)), readable)

    def _across(self, readable: _Names) -> Iterator[Reading]:
        """The answers that rules across cases compare."""
        for index, rule in enumerate(self.programme.rules):
            for at, name in enumerate(rule.across.same if rule.across else ()):
                path = ("rules", index, "across", "same", at)
                yield Reading(path, name, _ENV.parse("{{ " + name + " }}"), readable)

    def _sheets(self, readable: _Names) -> Iterator[Reading]:
        """What the columns of sheets and the lines above them read."""
        for index, sheet in enumerate(self.programme.sheets):
            for at, line in enumerate(sheet.heading):
                yield Reading(("sheets", index, "heading", at), line, _ENV.parse(line), readable)
            for at, column in enumerate(sheet.columns):
                path = ("sheets", index, "columns", at)
                yield from _read(column, path, ((), ("value",)), readable | {ROW_NUMBER})

    def _branches(self, form: Form) -> Iterator[Reading]:
        """What questions read of others, which must be asked before them."""
        own = [asked for asked in self.asked if asked.form is form]
        names = frozenset(name for asked in own for name in (asked.question.id, *asked.question.derives))
        before = self.constants if form.party == LEADING else CONSTANTS | {LEADING}
        for asked in own:
            yield from _read(asked.question, asked.path, (("when", "start_from"), ()), before, names - before)
            yield from _bound(asked.question, asked.path, before, names - before)
            for index, each in enumerate(asked.question.suggest):
                path = (*asked.path, "suggest", index)
                yield from _read(each, path, (("when",), ("text",)), before, names - before)
            for index, option in enumerate(getattr(asked.question, "options", ())):
                yield from _read(
                    option, (*asked.path, "options", index), (("when",), ()), before, names - before
                )
            row: frozenset[str] = frozenset()
            for index, field in enumerate(fields_of(asked.question)):
                path = (*asked.path, "fields", index)
                yield from _read(field, path, (("when",), ()), before | row, names - before)
                yield from _bound(field, path, before, names - before)
                row |= {field.id, *field.derives}
            before |= {asked.question.id, *asked.question.derives}


def _trees(texts: Mapping[str, str]) -> dict[str, nodes.Template]:
    trees = {}
    for name, text in texts.items():
        if name.endswith(".html"):
            with suppress(jinja2.TemplateSyntaxError):  # told by `prints.unreadable_templates`
                trees[name] = _PRINTS.parse(text)
    return trees


def fields_of(question: Question) -> tuple[Question, ...]:
    """The questions within a row of records; none for other kinds."""
    return tuple(field for field in getattr(question, "fields", ()) if isinstance(field, Question))


def _read(
    item: object, path: Path_, sort: _Sort, readable: frozenset[str], later: _Names = frozenset()
) -> Iterator[Reading]:
    conditions, sentences = sort
    for key in (*conditions, *sentences):
        source = getattr(item, key, "")
        if source:
            tree = _ENV.parse(source if key in sentences else "{{ (" + source + ") }}")
            yield Reading((*path, key), source, tree, readable, later)


def _bound(question: Question, path: Path_, readable: _Names, later: _Names) -> Iterator[Reading]:
    """The earlier question that a month or date may not lie before, or months lie within."""
    for key in ("not_before", "within"):
        if name := getattr(question, key, ""):
            yield Reading((*path, key), name, _ENV.parse("{{ " + name + " }}"), readable, later)
