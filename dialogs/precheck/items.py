"""The questions of the pre-check as they are asked there, and what an answer is to a programme's own question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from dialogs.carrying import accepts
from dialogs.precheck.worth import Group, Variant
from forms.kinds.base import Circumstances, Question, Value
from forms.kinds.choices import ChoicesQuestion
from forms.kinds.options import Option, OptionsQuestion
from forms.message import say
from forms.programme import Programme

_WHICH = say("您的情况")
_ASK = say("下面哪几句说的是您？")
#: How the labels of yes-no questions begin; an option reads better without it.
WHETHER = "是否"


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


def items_of(group: Group, running: Sequence[Programme]) -> Iterator[Item]:
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
    return label.removeprefix(WHETHER)


def answers_to(
    items: Sequence[Item], programme: Programme, answers: Mapping[str, Value], about: Circumstances
) -> dict[str, Value]:
    """A programme's own questions as far as the answers to these items settle them; what is not accepted is left out."""
    own = programme.leading.questions
    own_answers = {}
    for item in items:
        answer = answers.get(item.question.id)
        if answer is None or programme.id not in item.programmes:
            continue
        if accepts(item.question, answer, about):
            value = item.value(programme.id, answer)
            if accepts(own[item.name], value, about):
                own_answers[item.name] = value
    return own_answers
