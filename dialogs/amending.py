"""What is answered for a person: they see all of it, say what is wrong, and whoever fills it in takes that over or not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from dialogs.answering import settle
from dialogs.change import Change, changed
from dialogs.events import Objected, Refused
from dialogs.interview import Amendment
from dialogs.invited import facts
from dialogs.turn import Action, Button, Line, Say, Screen
from dialogs.view import View
from forms.kinds.base import Answer, Check, Given
from forms.message import Own, say

# The person whom it is about


def objecting(view: View) -> Screen:
    """What should stand there instead."""
    words, name = view.words, view.interview.subject
    back = Button(Action("close"), words(say("没有不对，返回")), says=False)
    question = view.programme.leading.questions.get(name)
    if question is None or name not in facts(view):
        return Screen((Say(words(say("这一项现在没有了。"))),), (back,))
    sentence = say(
        "{label}现在写的是：{value}", label=words.text(question.label), value=Own(facts(view)[name])
    )
    return Screen(
        (Say(words(sentence)), Say(words(say("应该是什么？打字告诉我，我转给单位经办人。")), "ask")), (back,)
    )


def typed(view: View, text: str) -> Change:
    """What the person says should stand there: a value where the question takes it, else a remark."""
    name, interview = view.interview.subject, view.interview
    question = view.programme.leading.questions.get(name)
    if question is None:
        return Change(changed(interview, page=""))
    reading = question.parse(Given(text=text), None, view.circumstances)
    value = reading.value if isinstance(reading, Answer | Check) else None
    said = Amendment(question=name, text=text, value=value)
    others = tuple(each for each in interview.amendments if each.question != name)
    note = Say(view.words(say("记下了，已经转给单位经办人。改好以后会请您再看一眼。")), "note")
    amended = changed(interview, page="", subject="", amendments=(*others, said))
    return Change(amended, (note,), events=(Objected(name),))


def _object(view: View, action: Action, label: str) -> Change:
    return Change(changed(view.interview, page="objecting", subject=action.about, pending=None))


def _refuse(view: View, action: Action, label: str) -> Change:
    return Change(changed(view.interview, page=""), echo=label, events=(Refused(),))


# Whoever fills it in


def open_amendments(view: View) -> tuple[Amendment, ...]:
    """What the person finds wrong that was neither taken over nor left."""
    steps = {question.id for question in view.steps}
    return tuple(
        each
        for each in view.scene.amendments
        if each.question in steps
        and each not in view.interview.heeded
        and (each.value is None or view.interview.answers.get(each.question) != each.value)
    )


def lines(view: View) -> Iterator[Line]:
    """One line of the task list for each."""
    words = view.words
    for each in open_amendments(view):
        label = words.text(view.question(each.question).label)
        look = Button(Action("amendment", each.question), words(say("看看：{label}", label=label)))
        yield Line(label, words(say("本人说应该是：{words}", words=Own(each.text))), look, "wrong")


def amendment(view: View) -> Screen:
    """One of them, beside what stands there."""
    words, name = view.words, view.interview.subject
    each = next((one for one in open_amendments(view) if one.question == name), None)
    home = Button(Action("home"), words(say("回到进度清单")))
    if each is None:
        return Screen((Say(words(say("这一处已经处理过了。"))),), (home,))
    question = view.question(name)
    shown = question.show(view.interview.answers[name]) if name in view.interview.answers else say("没有填")
    parts = (
        Say(words(say("{label}现在填的是：{value}", label=words.text(question.label), value=shown))),
        Say(words(say("本人说应该是：{words}", words=Own(each.text)))),
        Say(words(say("怎么办？")), "ask"),
    )
    buttons = []
    if each.value is not None:
        buttons.append(Button(Action("take_over", name), words(say("就按本人说的改")), "primary", says=True))
    buttons.append(Button(Action("edit", name), words(say("我自己改"))))
    buttons.append(Button(Action("leave_it", name), words(say("不改")), says=False))
    return Screen(parts, (*buttons, home))


def _amendment(view: View, action: Action, label: str) -> Change:
    return Change(changed(view.interview, page="amendment", subject=action.about, pending=None))


def _take_over(view: View, action: Action, label: str) -> Change:
    each = next((one for one in open_amendments(view) if one.question == action.about), None)
    if each is None or each.value is None:
        return Change(changed(view.interview, page="home"))
    taken = settle(view, view.question(action.about), each.value)
    heeded = (*view.interview.heeded, each)
    return Change(
        taken.interview.model_copy(update={"heeded": heeded, "page": "home"}),
        taken.said,
        taken.echo,
        taken.events,
        question=action.about,
    )


def _leave_it(view: View, action: Action, label: str) -> Change:
    left = tuple(one for one in open_amendments(view) if one.question == action.about)
    return Change(changed(view.interview, page="home", heeded=(*view.interview.heeded, *left)))


VERBS: Mapping[str, Callable[[View, Action, str], Change]] = {
    "object": _object,
    "refuse": _refuse,
    "amendment": _amendment,
    "take_over": _take_over,
    "leave_it": _leave_it,
}
