"""A case that fills a document as full as it gets, made by the kinds of question alone: no person stands behind it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from itertools import islice, product
from typing import Any
from zoneinfo import ZoneInfo

from forms.answers import walk
from forms.expressions import expression, holds, sentence
from forms.kinds.base import Question, Value
from forms.parties import LEADING, OFFICE, Parts
from forms.programme import Form, Programme

_MOST_TRIED = 512  # combinations of answers; the conditions of the notices need a few dozen
_OTHERS = 3  # one more than the notices' letters have room for

Answers = dict[str, Value]


@dataclass(frozen=True)
class Specimen:
    """Made-up answers. `due` says whether the condition they were made for holds with them."""

    answers: Mapping[str, Value]
    parts: Parts
    scope: Mapping[str, Any]
    due: bool


def moment(programme: Programme) -> datetime:
    """Noon of a day on which the programme takes applications: its last one, or that of the notice."""
    return datetime.combine(
        programme.window.closes or programme.issued, time(12), ZoneInfo(programme.window.zone)
    )


def blank(programme: Programme) -> Specimen:
    """A case in which nothing is answered."""
    return Specimen({}, {}, walk(programme, {}, moment(programme)).scope, due=True)


def fullest(programme: Programme, when: str = "") -> Specimen:
    """A case in which `when` holds and as much is asked, and answered at as great a length, as can be.

    First the answers that decide `when` are tried in every combination, then each other answer that decides what
    is asked. Where no combination makes it hold, the fullest case of all is given.
    """
    return _Search(programme, when).run()


class _Search:
    def __init__(self, programme: Programme, when: str) -> None:
        self._programme, self._when = programme, when
        self._now = moment(programme)
        self._questions = programme.leading.questions
        self._parts = _parts(programme)
        conditions = [each for rule in programme.rules for each in (rule.condition, rule.doubt) if each]
        judged = frozenset[str]().union(*(expression(each).names for each in conditions))
        self._printed = programme.derived.keys() - judged  # what rules read is for verdicts, not for paper

    def run(self) -> Specimen:
        first = self._deciding([self._when] if self._when else [])
        answers: Answers = {name: question.fullest() for name, question in self._questions.items()}
        variants = [self._questions[name].variants() for name in first]
        tried = ({**answers, **dict(zip(first, values, strict=True))} for values in product(*variants))
        best = max(islice(tried, _MOST_TRIED), key=self._worth)
        branching = {question.when for question in self._questions.values()} - {""}
        for name in self._deciding(branching):
            if name not in first:
                others = ({**best, name: value} for value in self._questions[name].variants())
                best = max(others, key=self._worth)
        walked = walk(self._programme, best, self._now, self._parts)
        standing = {question.id: best[question.id] for question in walked.steps}
        return Specimen(standing, self._parts, walked.scope, due=self._holds(walked.scope))

    def _worth(self, answers: Answers) -> tuple[bool, int, int]:
        walked = walk(self._programme, answers, self._now, self._parts)
        steps, scope = walked.steps, walked.scope
        length = sum(len(question.printed(answers[question.id])) for question in steps)
        length += sum(len(str(scope.get(name, ""))) for name in self._printed)
        return self._holds(scope), len(steps), length

    def _holds(self, scope: Mapping[str, Any]) -> bool:
        return holds(self._when, scope)

    def _deciding(self, conditions: Collection[str]) -> list[str]:
        """The questions that conditions read, and those that decide whether these are asked, in order."""
        givers = {name: each.id for each in self._questions.values() for name in (each.id, *each.derives)}
        waiting = [name for condition in conditions for name in expression(condition).names]
        seen: set[str] = set()
        while waiting:
            name = waiting.pop()
            if name in seen:
                continue
            seen.add(name)
            for wording in self._programme.derived.get(name, ()):
                waiting += sentence(wording.text).names
                waiting += expression(wording.when).names if wording.when else ()
            if name in givers:
                waiting.append(givers[name])
                question = self._questions[givers[name]]
                waiting += expression(question.when).names if question.when else ()
        return [name for name in self._questions if name in seen]


def _parts(programme: Programme) -> Parts:
    """What the other parties say, as many of each as may be asked, and two at most."""
    others = (form for form in programme.forms if form.party != LEADING)
    return {form.party: tuple(_said(form, _most(programme, form.party))) for form in others}


def _most(programme: Programme, party: str) -> int:
    if party == OFFICE:
        return 1
    declared = programme.participant(party)
    return min(declared.most, _OTHERS) if declared else _OTHERS


def _said(form: Form, most: int) -> Iterator[Answers]:
    questions: Mapping[str, Question] = form.questions
    for number in range(most):
        answers = {name: question.variants() for name, question in questions.items()}
        yield {
            name: values[number % len(values)] if questions[name].kind == "id-number" else values[0]
            for name, values in answers.items()
        }
