"""The form of the pre-check: the few questions that decide between the programmes on offer.

No programme is known by name here. What their rules weigh and their first sections ask says what is worth asking; a
question that several of them put in the same words is asked once and counts for all of them. Where programmes ask
for yes or no each in words of its own (“在南宁工作吗”, “在桂林工作吗”), one question with an option for each tells
them apart. Nothing more is asked on behalf of a programme that an answer has ruled out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from dialogs.carrying import accepts
from dialogs.interview import Interview
from dialogs.precheck.form import form_of
from dialogs.precheck.items import Item, answers_to, items_of
from dialogs.precheck.worth import Group, Shelf, deciding, groups_of
from dialogs.scene import Scene
from forms.answers import scope, walk
from forms.kinds.base import Circumstances, Value
from forms.programme import Programme
from forms.rules import judge
from forms.window import Window

#: So many questions at the most: those that decide the most programmes.
MOST = 12


@dataclass(frozen=True)
class Precheck:
    """The questions that apply now. `form` holds them as a programme that the engine can walk."""

    items: tuple[Item, ...]
    form: Programme
    about: Circumstances

    def known(self, programme: Programme, answers: Mapping[str, Value]) -> dict[str, Value]:
        """The answers to a programme's own questions, as far as the pre-check gives them."""
        return answers_to(self.items, programme, answers, self.about)

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
    groups = groups_of(
        Shelf(tuple((each.id, each.digest) for each in scene.offered), scene.offered, scene.common)
    )

    def still(running: Sequence[Programme], asked: Sequence[Item]) -> list[Programme]:
        return [
            each for each in running if not _ruled_out(each, answers_to(asked, each, answers, about), now)
        ]

    running = list(scene.offered)
    asked: list[Item] = []
    for group in sorted((group for group in groups if group.apart), key=_many):
        asked.extend(items_of(group, running))
        running = still(running, asked)
    ids = {each.id for each in running}
    rest = [item for group in groups if not group.apart for item in items_of(group, running)]
    reached: set[tuple[str, str]] = set()
    for each in running:
        walked = walk(each, answers_to((*asked, *rest), each, answers, about), now)
        wanted = deciding(each, walked.scope)
        reached.update((each.id, question.id) for question in walked.steps if question.id in wanted)
    for item in sorted(rest, key=lambda item: -len(ids.intersection(item.programmes))):
        if any(each.id in item.programmes and (each.id, item.name) in reached for each in running):
            asked.append(item)
            running = still(running, asked) if item.question.id in answers else running
    return Precheck(tuple(asked[:MOST]), form_of(asked[:MOST], scene, running), about)


def _many(group: Group) -> int:
    return -sum(len(variant.programmes) for variant in group.variants)


def _ruled_out(programme: Programme, answers: Mapping[str, Value], now: datetime) -> bool:
    verdicts = judge(programme, scope(programme, answers, now)) if answers else ()
    return any(each.outcome == "not_met" and each.rule.failing == "ineligible" for each in verdicts)
