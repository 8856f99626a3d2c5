"""What a person agreed to, and how they take it back: one sensitive question by itself, or everything."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dialogs.change import Change, changed
from dialogs.events import Withheld
from dialogs.interview import Interview
from dialogs.scene import Agreed, Scene
from dialogs.sensitive import without_it
from dialogs.turn import Action, Button, Say, Screen
from dialogs.view import View
from dialogs.words import Words
from forms.dates import spoken
from forms.kinds.base import Question
from forms.message import Message, Own, say


def bare(interview: Interview, scene: Scene) -> Screen:
    """What was agreed to while no programme is chosen: the general consent."""
    words = Words(interview.locale)
    if not scene.keeps(interview):
        return Screen(parts=(Say(words(say("您还没有同意过什么，这里也什么都没有存。")), "note"),))
    return _screen(words, scene, {}, ())


def screen(view: View) -> Screen:
    """All of it, with what this application asks for."""
    questions = view.form.questions
    standing = tuple(questions[name] for name in view.interview.allowed if name in questions)
    return _screen(view.words, view.scene, questions, standing)


def _screen(
    words: Words, scene: Scene, questions: Mapping[str, Question], standing: tuple[Question, ...]
) -> Screen:
    lines = [words(_line(words, each, questions)) for each in scene.agreed]
    head = say("您同意过这些：") if lines else say("您同意过我为申报收集和使用您的信息。")
    parts = [Say(words(head))]
    if lines:
        parts.append(Say("\n".join(lines), "note"))
    if any(each.purpose == "abroad" and not each.withdrawn for each in scene.agreed):
        leave = say("不想再经过境外的服务器：在 Telegram 里打“离开这台设备”，改用网页填，填过的都在。")
        parts.append(Say(words(leave), "note"))
    if any(each.elsewhere for each in scene.agreed):
        there = say("别的申报里同意过的，到“我的申报”里打开那一份，再打“同意记录”撤回。")
        parts.append(Say(words(there), "note"))
    parts.append(Say(words(say("随时可以撤回。撤回以前办过的，还算数。")), "note"))
    takes_back = (
        Button(Action("recanting", each.id), words(say("撤回：{what}", what=_what(words, each))))
        for each in standing
    )
    return Screen(
        parts=tuple(parts),
        buttons=(
            Button(Action("close"), words(say("返回")), "primary"),
            *takes_back,
            Button(Action("delete"), words(say("撤回全部，都删掉")), "danger"),
        ),
    )


def _what(words: Words, question: Question) -> str:
    return words.text(question.sensitive.what if question.sensitive else question.label)


def _line(words: Words, agreed: Agreed, questions: Mapping[str, Question]) -> Message:
    question = None if agreed.elsewhere else questions.get(agreed.about)
    match agreed.purpose:
        case "abroad":
            what: Message | Own = say("在 Telegram 里填，内容要经过境外的服务器")
        case "sensitive":
            what = Own(_what(words, question)) if question else say("别的申报里的一份材料")
        case _:
            what = say("隐私说明")
    if agreed.withdrawn:
        return say(
            "· {day}：{what}（{until}撤回了）",
            day=spoken(agreed.given),
            what=what,
            until=spoken(agreed.withdrawn),
        )
    return say("· {day}：{what}", day=spoken(agreed.given), what=what)


def recanting(view: View) -> Screen:
    """What taking it back means; nothing but its own button, in full, says yes."""
    words, question = view.words, _asked(view)
    back = Button(Action("consents"), words(say("不撤回，返回")), "primary", says=False)
    if question is None:
        return Screen((Say(words(say("这一份的同意已经撤回了。")), "note"),), (back,))
    what = Own(_what(words, question))
    gone = say("撤回以后，您发来的{what}马上删掉。", what=what)
    on = say("这一份改交纸质的，别的不受影响。")
    if question.optional:
        on = say("别的不受影响。")
    handed = view.scene.handed
    parts = [Say(words(gone)), Say(words(on), "note")]
    if handed and handed.state != "withdrawn":
        there = say(
            "{office}那边也看不到了，会告诉他们改收纸质的；他们已经打印、下载带走的，收不回来。",
            office=Own(handed.office),
        )
        parts.append(Say(words(there), "note"))
    parts.append(Say(words(say("撤回对{what}的同意吗？", what=what)), "ask"))
    return Screen(
        tuple(parts), (back, Button(Action("recant", question.id), words(say("撤回，删掉")), "danger"))
    )


def _asked(view: View) -> Question | None:
    name = view.interview.subject
    return view.form.questions.get(name) if name in view.interview.allowed else None


def _open(view: View, action: Action, label: str) -> Change:
    return Change(changed(view.interview, page="recanting", subject=action.about, pending=None))


def _recant(view: View, action: Action, label: str) -> Change:
    """What was sent goes, out of what was handed in as well."""
    question = view.form.questions.get(action.about)
    if question is None or question.id not in view.interview.allowed:
        return Change(changed(view.interview, page="consents", subject=""))
    left = without_it(view.interview, question.id).model_copy(update={"page": "consents", "subject": ""})
    sentence = say("撤回好了，{what}已经删掉。", what=Own(_what(view.words, question)))
    return Change(left, (Say(view.words(sentence), "note"),), events=(Withheld(question.id),))


VERBS: Mapping[str, Callable[[View, Action, str], Change]] = {"recanting": _open, "recant": _recant}
