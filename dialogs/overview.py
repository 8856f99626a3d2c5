"""All that one person fills in for several nominees of a programme: what each still lacks, in order of preference."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from dialogs.change import Change, changed
from dialogs.events import Ranked
from dialogs.interview import Interview
from dialogs.turn import Action, Button, Group, Line, Say, Screen, Summary
from dialogs.view import View
from forms.message import Message, Own, say

#: That somebody fills in for others: 我是单位经办人, 我替工友填.
SENTENCES = (
    "(?:我|我们|这是|这个是)?(?:要|想|是|来)?(?:替|帮|给|代)(?:别人|他人|人家|工友|同事|职工|员工|单位的?人|单位)"
    "(?:代?填|报名?|申报|弄|办)(?:的|表|报)?|我是(?:单位|公司|厂里|企业)?的?经办(?:人|的)"
)

#: How the interview that is open is named among the others.
HERE = ""


@dataclass(frozen=True)
class Nominee:
    """One of them. `interview` is its id, `HERE` for the one that is open."""

    interview: str
    view: View

    @property
    def name(self) -> str:
        """As it was answered, or ""."""
        return str(self.view.interview.answers.get(self.view.form.named_by, ""))


def nominees(view: View) -> tuple[Nominee, ...]:
    """Everybody for whom this person fills in an application to this programme, in order of preference."""
    others = (
        Nominee(each.interview, View(each.programme, each.state, view.scene))
        for each in view.scene.earlier
        if each.programme.id == view.programme.id and each.state.practice == view.interview.practice
    )
    mine = (Nominee(HERE, view), *others)
    return tuple(sorted(mine, key=lambda each: rank(view.programme.preference, each.view.interview)))


def rank(question: str, interview: Interview) -> int:
    """The place that an application has by its own answer; those without one come last."""
    place = interview.answers.get(question)
    return place if isinstance(place, int) else 1_000


def screen(view: View) -> Screen:
    """Who there is, how far each is, and the way to each."""
    words, everybody = view.words, nominees(view)
    lines = tuple(_line(view, number, each) for number, each in enumerate(everybody, 1))
    parts: tuple[Say, ...]
    head = say("您替{count}个人填着这个项目，各填各的，互不相混。", count=len(everybody))
    buttons = [Button(Action("new"), words(say("再填一个人")))]
    if view.programme.preference and len(everybody) > 1:
        parts = (Say(words(head)), Say(words(say("上面的排在前面。要把谁往前排，点下面的名字。")), "note"))
        sooner = say("把{name}往前排")
        buttons = [
            Button(
                Action("sooner", each.interview or _OPEN),
                words(Message(sooner.text, {"name": _called(each)})),
            )
            for each in everybody[1:]
        ] + buttons
    else:
        parts = (Say(words(head)),)
    return Screen((*parts, Summary((Group(words(say("总览")), lines),))), (*buttons, _back(view)))


def _back(view: View) -> Button:
    return Button(Action("close"), view.words(say("返回")), "primary", says=True)


def _line(view: View, number: int, each: Nominee) -> Line:
    words = view.words
    label = words(say("{number}. {name}", number=number, name=_called(each)))
    left = len(each.view.missing) + len(each.view.wrong)
    if each.view.interview.finished_at:
        shown = say("已生成材料")
    else:
        shown = say("还差{count}项", count=left) if left else say("填好了，还没声明")
    if each.interview == HERE:
        button = _back(view)
    else:
        button = Button(Action("switch", each.interview), words(say("去填：{name}", name=_called(each))))
    return Line(label, words(shown), button, "ok" if each.view.interview.finished_at else "missing")


def _called(each: Nominee) -> Own | Message:
    return Own(each.name) if each.name else say("还没填姓名")


_OPEN = "open"


def moved(order: Sequence[str], who: str) -> tuple[str, ...]:
    """The order with one of them one place further up."""
    at = order.index(who) if who in order else 0
    if not at:
        return tuple(order)
    return (*order[: at - 1], who, order[at - 1], *order[at + 1 :])


def _sooner(view: View, action: Action, label: str) -> Change:
    who = HERE if action.about == _OPEN else action.about
    order = moved([each.interview for each in nominees(view)], who)
    question = view.programme.preference
    answers = {**view.interview.answers, question: order.index(HERE) + 1}
    return Change(changed(view.interview, answers=answers), echo=label, events=(Ranked(who),))


VERBS: Mapping[str, Callable[[View, Action, str], Change]] = {"sooner": _sooner}
