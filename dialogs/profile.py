"""One person, one profile: what was answered in earlier applications serves again in a new one.

Asked for once, when an application begins. Whoever fills in forms for several nominees says whose answers to use;
two nominees are never mixed. For a nominee who is new, what belongs to the unit alone serves again, from the latest
application, so that a clerk copies nothing by hand. Only answers are taken over: rules judge them anew, and what does
not suit this programme is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from dialogs import verdicts
from dialogs.carrying import ROUTE, carries
from dialogs.change import Change, changed
from dialogs.events import Adopted, Afresh
from dialogs.interview import Earlier
from dialogs.turn import Action, Button, Say, Screen
from dialogs.view import View
from forms.kinds.base import Question, Value
from forms.message import Message, Own, say
from forms.programme import Programme

_NAME, _NUMBER = "name", "id_number"


@dataclass(frozen=True)
class Nominee:
    """Somebody whose answers may be used: those of all their applications, of the latest where they differ.

    `interview` is the latest of these. `answers` suit the new application; `others` are known but do not.
    """

    interview: str
    name: str
    number: Message | str
    title: str
    answers: Mapping[str, Value]
    others: frozenset[str]


def nominees(view: View) -> tuple[Nominee, ...]:
    """Everybody whose earlier answers would fill in something here, those spoken of last first."""
    applications: dict[str, list[tuple[Earlier, View]]] = {}
    for earlier in view.scene.earlier:
        past = View(earlier.programme, earlier.state, view.scene)
        answered = {question.id for question in past.steps} & earlier.state.answers.keys()
        if _NAME in answered:
            # Without the number nobody can say whether two of one name are the same.
            person = str(earlier.state.answers[_NUMBER]) if _NUMBER in answered else earlier.interview
            applications.setdefault(person, []).append((earlier, past))
    candidates = (_nominee(view, of_one) for of_one in applications.values())
    return tuple(nominee for nominee in candidates if nominee.answers)


def _nominee(view: View, applications: list[tuple[Earlier, View]]) -> Nominee:
    latest, past = applications[0]
    answers, others = _taken(view, applications)
    number = past.form.questions.get(_NUMBER)
    answer = latest.state.answers.get(_NUMBER)
    return Nominee(
        interview=latest.interview,
        name=str(latest.state.answers[_NAME]),
        number=number.show(answer) if number and answer else "",
        title=view.words.of(latest.programme, latest.programme.title),
        answers=answers,
        others=others,
    )


@dataclass(frozen=True)
class Unit:
    """What belongs to the unit of one application: `answers` suit the new one; `others` are known but do not."""

    interview: str
    answers: Mapping[str, Value]
    others: frozenset[str]


def unit(view: View) -> Unit | None:
    """The unit of the latest application that tells anything of one: units are never mixed either."""
    for earlier in view.scene.earlier:
        past = View(earlier.programme, earlier.state, view.scene)
        tells_of_unit = any(
            _of_the_unit(question) and question.id in earlier.state.answers for question in past.steps
        )
        if tells_of_unit:
            answers, others = _taken(view, [(earlier, past)], _of_the_unit)
            return Unit(earlier.interview, answers, others) if answers else None
    return None


def _of_the_unit(question: Question) -> bool:
    return question.belongs == "unit"


def _taken(
    view: View,
    applications: Sequence[tuple[Earlier, View]],
    wanted: Callable[[Question], bool] = lambda question: True,
) -> tuple[dict[str, Value], frozenset[str]]:
    """The answers of these applications that suit the new one, the first that has one; the questions of the others.

    An older application that names another unit tells nothing of this one.
    """
    answers: dict[str, Value] = {}
    others: set[str] = set()
    for earlier, before in applications:
        here = _same_place(earlier.programme, view.programme)
        moved = any(
            _of_the_unit(old) and earlier.state.answers.get(old.id, answers[old.id]) != answers[old.id]
            for old in before.steps
            if old.id in answers
        )
        for old in before.steps:
            new = view.form.questions.get(old.id)
            value = earlier.state.answers.get(old.id)
            if new is None or value is None or new.id in view.interview.answers or not wanted(new):
                continue
            if moved and _of_the_unit(new):
                continue
            if carries(view.programme, old, new, value, view.circumstances, here):
                answers.setdefault(new.id, value)
            elif new.id != ROUTE:
                others.add(new.id)
    return answers, frozenset(others - answers.keys())


def _same_place(one: Programme, other: Programme) -> bool:
    """Whether two programmes are of one town, as its area code says; without any, nobody knows."""
    return bool(one.area_code) and one.area_code == other.area_code


def offer(view: View) -> Screen | None:
    """“Use what you told us before?” None when there is nothing to use any more."""
    words, people = view.words, nominees(view)
    if not people:
        return None
    if len(people) == 1:
        question = say(
            "沿用以前填过的资料吗？（{name}，{title}）", name=Own(people[0].name), title=people[0].title
        )
    else:
        question = say("沿用谁的资料？只用一个人的，不会混在一起。")
    only = True if len(people) == 1 else None
    buttons = [
        Button(Action("adopt", nominee.interview), words(_label(nominee, len(people))), "primary", says=only)
        for nominee in people
    ]
    if unit(view):
        another = say("换一个人，只沿用单位的资料")
        buttons.append(Button(Action("adopt_unit"), words(another)))
    return Screen(
        parts=(
            Say(words(say("能用的直接填好，只问缺的；条件按这个项目重新核对。")), "note"),
            Say(words(question), "ask"),
        ),
        buttons=(*buttons, Button(Action("afresh"), words(say("不沿用")), says=False)),
    )


def _label(nominee: Nominee, several: int) -> Message:
    if several == 1:
        return say("是")
    if not nominee.number:
        return say("{name}，{title}", name=Own(nominee.name), title=nominee.title)
    return say(
        "{name}（{number}），{title}", name=Own(nominee.name), number=nominee.number, title=nominee.title
    )


def adopt(view: View, action: Action, label: str) -> Change:
    """Take over one nominee's answers; what was already said here stands."""
    nominee = next((each for each in nominees(view) if each.interview == action.about), None)
    return _adopt(view, nominee, label) if nominee else afresh(view, action, label)


def adopt_unit(view: View, action: Action, label: str) -> Change:
    """Take over what belongs to the unit, for another nominee."""
    earlier_unit = unit(view)
    return _adopt(view, earlier_unit, label) if earlier_unit else afresh(view, action, label)


def _adopt(view: View, known: Nominee | Unit, label: str) -> Change:
    interview, words = view.interview, view.words
    adopted = changed(
        interview,
        offering=False,
        answers={**known.answers, **interview.answers},
        skipped=tuple(name for name in interview.skipped if name not in known.answers),
        later=tuple(name for name in interview.later if name not in known.answers),
        pending=None,
    )
    after = View(view.programme, adopted, view.scene)
    said = [Say(words(say("沿用了{count}项，在“检查答案”里都能看、能改。", count=len(known.answers))))]
    theirs = [view.form.questions[name] for name in view.form.questions if name in known.others]
    steps = {question.id for question in after.steps}
    local = tuple(words.text(q.label) for q in theirs if q.local)
    again = tuple(words.text(q.label) for q in theirs if not q.local and q.id in steps)
    if local:
        said.append(Say(words(say("这几项各地不一样，要重新填：{labels}", labels=local)), "note"))
    if again:
        said.append(Say(words(say("这几项各个项目要求不同，要重新填：{labels}", labels=again)), "note"))
    return Change(
        adopted,
        (*said, *verdicts.news(view, after)),
        label,
        (Adopted(view.programme.id, known.interview, len(known.answers)),),
    )


def afresh(view: View, action: Action, label: str) -> Change:
    """Begin with nothing of what was said before."""
    return Change(changed(view.interview, offering=False), echo=label, events=(Afresh(),))
