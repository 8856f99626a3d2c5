"""The screen of one question: what is asked, its own buttons, and the ways around it."""

from __future__ import annotations

from dialogs import verdicts
from dialogs.turn import Action, Asks, Button, Say, Screen
from dialogs.view import View
from forms.kinds.base import Check, Given, Problem, Question
from forms.message import Message, say
from forms.rules import Verdict

#: From so many options on, a channel should offer a search or pages.
MANY = 12


def ask(view: View, question: Question) -> Screen:
    """The question with its limits, the state of a draft, its options and the ways on."""
    words, interview = view.words, view.interview
    draft = interview.drafts.get(question.id)
    prompts = [words(message) for message in question.prompt(draft)]
    if draft is None:
        parts = [Say(words.text(question.ask), "ask"), *(Say(text, "note") for text in prompts)]
    else:  # half way through, the last thing said is what is asked now
        parts = [Say(text, "note") for text in (words.text(question.ask), *prompts)]
        parts[-1] = Say(parts[-1].text, "ask")
    standing = question.id in interview.answers
    if standing and draft is None:
        shown = question.show(interview.answers[question.id])
        parts.append(Say(words(say("现在填的是：{value}", value=shown)), "note"))
    keys = question.keys(draft)
    buttons = [
        Button(
            Action("pick", f"{question.id}:{key.value}"),
            words(key.label),
            "primary" if key.primary else "option",
            key.on,
        )
        for key in keys
    ]
    buttons.extend(_ways(view, question, standing))
    part = question.asked_in(draft)
    return Screen(
        parts=tuple(parts),
        buttons=tuple(buttons),
        asks=Asks(
            question=question.id,
            keyboard=question.keyboard,
            files=question.accepts_files,
            multiline=question.multiline,
            many_options=len(keys) >= MANY,
            placeholder=words(say("例如：{example}", example=part.example)) if part.example else "",
            private=part.private,
            field="" if part is question else part.id,
        ),
        progress=view.progress(question),
    )


def _ways(view: View, question: Question, standing: bool) -> list[Button]:
    words = view.words
    ways = []
    if standing:
        ways.append(Button(Action("keep"), words(say("不改，继续"))))
    if question.optional and not question.holds(view.interview.drafts.get(question.id)):
        ways.append(Button(Action("skip", question.id), words(say("跳过"))))
    elif question.accepts_files and not standing:
        ways.append(Button(Action("later", question.id), words(say("稍后再补"))))
    if view.steps and question.id != view.steps[0].id:
        ways.append(Button(Action("back"), words(say("上一步"))))
    if question.help or question.example:
        ways.append(Button(Action("help"), words(say("怎么填"))))
    ways.append(Button(Action("menu"), words(say("菜单"))))
    return ways


def confirm(view: View, question: Question) -> Screen | None:
    """The question back: “I read this as …, right?”. None when what was sent no longer needs one."""
    pending = view.interview.pending
    if pending is None:
        return None
    reading = view.read(question, Given(text=pending.text, key=pending.key))
    if not isinstance(reading, Check):
        return None
    words = view.words
    return Screen(
        parts=(Say(words(reading.message), "ask"),),
        buttons=(
            Button(Action("confirm", question.id), words(say("对的")), "primary"),
            Button(Action("again", question.id), words(say("不对，我重填"))),
        ),
        asks=Asks(
            question=question.id,
            keyboard=question.keyboard,
            files=question.accepts_files,
            private=question.private,
        ),
        progress=view.progress(question),
    )


def mend(view: View, verdict: Verdict) -> Screen:
    """Wrong material: another file or answer, or go on with this one. A file that is sent now replaces it."""
    words = view.words
    buttons = []
    for question in view.questions_of(verdict)[:3]:
        label = say("重新发：{label}") if question.accepts_files else say("改一下：{label}")
        again = words(Message(label.text, {"label": question.label}))
        buttons.append(Button(Action("edit", question.id), again, "primary"))
    buttons.append(Button(Action("face", verdict.rule.id), words(say("先这样，接着填")), "option"))
    buttons.append(Button(Action("menu"), words(say("菜单"))))
    resent = view.resent
    return Screen(
        parts=(*verdicts.told(view, (verdict,)), Say(words(say("现在换，还是先这样？")), "ask")),
        buttons=tuple(buttons),
        asks=Asks(question=resent.id, keyboard="none", files=True) if resent else None,
        progress=view.progress(resent),
    )


def helped(view: View, question: Question) -> tuple[Say, ...]:
    """Help with an example, and a person to turn to; within a row, that of the field in turn."""
    words = view.words
    part = question.asked_in(view.interview.drafts.get(question.id))
    texts = [words.text(part.help)] if part.help else []
    if part.example:
        texts.append(words(say("例如：{example}", example=part.example)))
    if question.clause:
        texts.append(words(say("出处：{clause}", clause=question.clause)))
    return (Say("\n".join(texts) or words(say("照实填就行。")), "help"), Say(contact(view), "help"))


def contact(view: View) -> str:
    """Where a person helps."""
    office, words = view.programme.office_of(view.scope.get("route", "")), view.words
    ways = tuple(way for way in (office.phone, office.email) if way)
    if not ways:  # a notice need not give any
        return words(say("拿不准可以问人：{office}", office=office.name))
    return words(say("拿不准可以问人：{office}，{ways}", office=office.name, ways=ways))


def problem(view: View, found: Problem) -> Say:
    """What was wrong and what would be right."""
    return Say(view.words(found.message), "problem")
