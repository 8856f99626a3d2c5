"""Answers that earlier ones suggest: shown together on one card, and stored after a yes, each as its question's own.

What is `certain` (the class of a union that its full name tells) counts at once, and that is told. Nothing of it is
stored before: the card follows from the answers, as all Screens do.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from dialogs import asking, proposing
from dialogs.answering import settle
from dialogs.change import Change, changed, without
from dialogs.correcting import stay
from dialogs.events import Skipped
from dialogs.turn import Action, Button, Say, Screen
from dialogs.view import View
from forms.expressions import sentence
from forms.kinds.base import Answer, Check, Given, Question, Suggestion, Value
from forms.kinds.options import OptionsQuestion
from forms.message import Message, Own, say


@dataclass(frozen=True)
class Suggested:
    """What is suggested for a question; to pass it over where `skip` is set.

    What is `usual` follows from nothing that was said.
    """

    question: Question
    value: Value = None
    skip: bool = False
    usual: bool = True


def of(view: View, question: Question, certain: bool = False) -> Suggested | None:
    """What is suggested for a question now; None where nothing is, or its kind would not take it as it is."""
    for each in question.suggest:
        text = each.words(view.scope)
        if text is not None and each.certain == certain:
            return _read(view, question, each, text)
    return None


def _read(view: View, question: Question, each: Suggestion, text: str) -> Suggested | None:
    if each.skip:
        return Suggested(question, skip=True)
    reading = question.parse(Given(text=text), None, view.circumstances)
    if not isinstance(reading, Answer | Check):
        return None
    if any(remark.blocking for remark in question.remarks(reading.value, view.circumstances)):
        return None
    return Suggested(question, reading.value, usual=not sentence(each.text).names)


def card(view: View) -> tuple[Suggested, ...]:
    """What is on the card: the questions that come next, as long as one after the other has something suggested.

    Empty where the person looks at anything else. What is only usual is no card by itself: the question is as short.
    """
    interview, first = view.interview, view.next_question
    busy = interview.focus or interview.pending or interview.fitting or view.remarked or view.resent
    if busy or first is None or view.current is not first:
        return ()
    suggestions: list[Suggested] = []
    for question in view.unsettled:
        declined = question.id in interview.declined or question.id in interview.drafts
        each = None if declined else of(view, question)
        if each is None:
            break
        suggestions.append(each)
    return () if len(suggestions) == 1 and suggestions[0].usual else tuple(suggestions)


def offered(view: View) -> Screen | None:
    """The card; None where nothing is suggested."""
    words, suggested = view.words, card(view)
    if not suggested:
        return None
    listed = Own("\n".join(words(_line(view, each)) for each in suggested))
    if all(each.skip for each in suggested):
        asked, agree = say("下面这些没有的话，一次跳过：\n{lines}", lines=listed), say("都没有，跳过")
    elif any(each.usual for each in suggested):  # nobody has said so yet
        asked, agree = say("下面几项都对吗？有不对的，点那一项改：\n{lines}", lines=listed), say("都对")
    else:
        asked, agree = say("我先替您填好了，请看一遍，对吗？\n{lines}", lines=listed), say("都对")
    alone = suggested[0].question if len(suggested) == 1 else None
    return Screen(
        parts=(Say(words(asked), "ask"),),
        buttons=(
            Button(Action("agree"), words(agree), "primary", says=True),
            *(_own(view, each) for each in suggested),
            *(() if alone else (Button(Action("decline"), words(say("都不要，我自己填")), says=False),)),
            Button(Action("back"), words(say("上一步"))),
            Button(Action("menu"), words(say("菜单"))),
        ),
        asks=asking.answered_with(view, alone) if alone else None,
        progress=view.progress(suggested[0].question),
    )


def _line(view: View, each: Suggested) -> Message:
    label = view.words.text(each.question.label)
    if each.skip:
        return say("· {label}：没有", label=label)
    return say("· {label}：{value}", label=label, value=each.question.show(each.value))


def _own(view: View, each: Suggested) -> Button:
    label = view.words.text(each.question.label)
    if each.skip:
        return Button(
            Action("edit", each.question.id), view.words(say("有，填：{label}", label=label)), "option"
        )
    return Button(Action("edit", each.question.id), view.words(say("改：{label}", label=label)), "option")


def agree(view: View, action: Action, label: str) -> Change:
    """The yes: everything on the card becomes the answer of its question, or is passed over."""
    change = Change(view.interview)
    said: list[Say] = []
    echoes: list[str] = []
    for each in card(view):
        here = View(view.programme, change.interview, view.scene)
        after = _passed(here, each) if each.skip else stay(here, settle(here, each.question, each.value))
        said.extend(after.said)
        echoes.append(after.echo)
        change = replace(after, events=change.events + after.events)
    return replace(change, said=tuple(dict.fromkeys(said)), echo="\n".join(echoes), question="")


def _passed(view: View, each: Suggested) -> Change:
    name = each.question.id
    skipped = changed(view.interview, skipped=(*view.interview.skipped, name), finished_at="")
    echo = say("✓ {label}：跳过", label=view.words.text(each.question.label))
    return Change(skipped, echo=view.words(echo), events=(Skipped(name),))


def decline(view: View, action: Action, label: str) -> Change:
    """The no: each is asked."""
    names = tuple(each.question.id for each in card(view))
    return Change(changed(view.interview, declined=tuple(dict.fromkeys((*view.interview.declined, *names)))))


def typed(view: View, text: str) -> Change | None:
    """What is typed to a card of several: facts are taken up; None where it has none, or there is no such card."""
    return proposing.told_besides(view, text) if len(card(view)) > 1 else None


def counted(view: View, change: Change) -> Change:
    """The change, with what the answers now tell for certain. `view` is how it stood before.

    What was told of an answer that is another one now goes with it.
    """
    after = View(view.programme, change.interview, view.scene)
    if after.interview.pending or after.interview.fitting:
        return change
    certain = view.form.certain
    if not certain or after.interview.answers is view.interview.answers:
        return change
    for question in after.steps:
        if question.id in certain:
            change = _told(view, change, question)
    return change


def _told(view: View, change: Change, question: Question) -> Change:
    here = View(view.programme, change.interview, view.scene)
    # An option is read by itself; what other kinds make of a text may hang on more than the text does.
    if isinstance(question, OptionsQuestion) and view.differing(here).isdisjoint(
        view.form.certain[question.id]
    ):
        return change
    answers = here.interview.answers
    before, now = of(view, question, certain=True), of(here, question, certain=True)
    if before == now or (question.id in answers and (before is None or answers[question.id] != before.value)):
        return change
    if now is None:
        return replace(change, interview=changed(here.interview, answers=without(answers, question.id)))
    settled = stay(here, settle(here, question, now.value))
    echo = "\n".join(part for part in (change.echo, settled.echo) if part)
    said = tuple(dict.fromkeys(change.said + settled.said))
    return replace(
        change, interview=settled.interview, said=said, echo=echo, events=change.events + settled.events
    )
