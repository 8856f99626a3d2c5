"""What a receiving union writes itself: what stands, and its questions one by one, from the seat."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from dialogs.desk import one_question
from dialogs.desk.deeds import Stated
from dialogs.desk.desk_change import DeskChange
from dialogs.desk.desk_scene import DeskView, StatementBrief
from dialogs.desk.desk_state import Desk
from dialogs.desk.dossier import back, gone
from dialogs.desk.one_question import OneQuestion
from dialogs.desk.one_reply import Answered, Asked, Left, Passed
from dialogs.desk.press import button
from dialogs.turn import Button, Say, Screen
from dialogs.view import View
from forms.hours import clock
from forms.kinds.base import Answer, Check, Given, Question, Value
from forms.message import Message, Own, say
from forms.statements import Statement


def screen(view: DeskView) -> Screen:
    """What stands, whose words it is, and what the nominee was given to hand on."""
    brief, declared = _stands(view)
    if brief is None or declared is None:
        return gone(view)
    words = view.words
    parts = [Say(words(_head(view, brief, declared)))]
    if brief.own and brief.answered and brief.round < view.dossier.stay.round:
        later = say("这是第{round}次递交时写的，本人后来改过材料，请再看一遍。", round=brief.round)
        parts.append(Say(words(later), "problem"))
    for question in brief.view.steps:
        parts.extend(_stated(view, brief, question))
    if not writes(view):
        return Screen(tuple(parts), (back(view, "primary"),))
    offered = {name: value for name, value in _offers(brief).items() if name not in brief.answered}
    buttons: list[Button] = []
    lacking = bool(brief.lacking)
    if lacking:
        buttons.append(button("state_next", words(say("一项一项写")), style="primary"))
    if offered:
        buttons.append(button("adopt", words(say("用本人填好的，不另写")), style="option"))
    for question in brief.view.steps:
        if question.id in brief.answered:
            label = words(say("改：{label}", label=words.text(question.label)))
            buttons.append(button("stating", label, question.id, "option"))
    open_ = [each for each in brief.view.steps if each.optional and each.id not in brief.answered]
    if not lacking:
        buttons.extend(
            button("stating", words(say("补：{label}", label=words.text(each.label))), each.id, "option")
            for each in open_
        )
    if brief.undoable:
        buttons.append(button("unstate", words(say("撤销刚才的修改"))))
    return Screen(tuple(parts), (*buttons, back(view, "plain" if lacking else "primary")))


def writes(view: DeskView) -> bool:
    """Whether the seat may write it now: at the office that received the case, while it is worked on there."""
    brief = view.dossier.statement
    return brief is not None and brief.own and view.may("state") and view.dossier.stay.state in Stated.states


def _stands(view: DeskView) -> tuple[StatementBrief | None, Statement | None]:
    return view.dossier.statement, view.dossier.programme.statement


def _head(view: DeskView, brief: StatementBrief, declared: Statement) -> Message:
    title = view.words.text(declared.title)
    if not brief.answered:
        return say("{title}：还没有写。", title=title)
    who = Own(" ".join(filter(None, (brief.office, brief.by))) or "—")
    at = clock(brief.at) if brief.at else Own("")
    return say("{title}：{who} {day}写的，印在材料里。", title=title, who=who, day=at)


def _stated(view: DeskView, brief: StatementBrief, question: Question) -> tuple[Say, ...]:
    """A question with what stands, and what the nominee has for it where that is something else."""
    words, answered = view.words, brief.answered
    label = words.text(question.label)
    offered = _proposal(brief, question)
    said: list[Say] = []
    if question.id in answered:
        text = _shown(view, question, answered[question.id])
        said.append(Say(words(say("{label}：{value}", label=label, value=text))))
        said.extend(
            Say(words(each.message), "problem" if each.blocking else "note")
            for each in brief.view.remarks(question)
        )
    else:
        tone = say("{label}：还没有写") if not question.optional else say("{label}：没有写，可以不写")
        said.append(Say(words(say(tone.text, label=label)), "note" if question.optional else "problem"))
    if offered and (question.id not in answered or question.printed(answered[question.id]) != offered):
        said.append(
            Say(
                words(say("本人填的{label}：{said}", label=label, said=_hidden(view, question, offered))),
                "note",
            )
        )
    return tuple(said)


def _shown(view: DeskView, question: Question, value: Value) -> Own:
    """An answer as it stands, all of it; a telephone number as it is shown everywhere."""
    return Own(view.words(question.show(value)) if question.private else question.printed(value))


def _hidden(view: DeskView, question: Question, text: str) -> Own:
    """What the nominee has, shown as an answer would be."""
    return _shown(view, question, text) if question.private else Own(text)


def _proposal(brief: StatementBrief, question: Question) -> str:
    """What the nominee's part suggests for it, in the words in which it would be typed; "" for nothing."""
    texts = (each.words(brief.view.scope) for each in question.suggest)
    return next((text for text in texts if text), "")


def _offers(brief: StatementBrief) -> Mapping[str, Value]:
    """What may be taken over as it is, by question: what its kind takes, and nothing that is to be mended."""
    offers = {}
    for question in brief.view.steps:
        text, about = _proposal(brief, question), brief.view.circumstances
        if not text:
            continue
        reading = question.parse(Given(text=text, whole=question.multiline), None, about)
        if not isinstance(reading, Answer | Check):
            continue
        if not any(remark.blocking for remark in question.remarks(reading.value, about)):
            offers[question.id] = reading.value
    return offers


# One question


def _open(view: DeskView, name: str = "") -> OneQuestion | None:
    """The question on the page, or another of the form; None where it does not apply, or the seat may not write it."""
    brief, question = view.dossier.statement, _asked(view, name)
    if brief is None or question is None or not writes(view):
        return None
    leaves = button("statement", view.words(say("先写到这里")))
    return OneQuestion(view, brief.view, question.id, leaves, question.optional)


def asking(view: DeskView) -> Screen:
    """One question, with its limit, what stands, and what may be taken over in one press."""
    brief, one = view.dossier.statement, _open(view)
    if brief is None or one is None:
        return screen(view)
    words, answered, question = view.words, brief.answered, one.question
    before, after = [Say(words.text(question.ask), "ask")], []
    if one.fresh:  # what is to be mended comes first, before the text that it is about
        remarks = (each for each in brief.view.remarks(question) if each.blocking)
        before.extend(Say(words(each.message), "problem") for each in remarks)
        if question.id in answered:
            stands = _shown(view, question, answered[question.id])
            after.append(Say(words(say("现在写的是：{value}", value=stands)), "note"))
    ways = []
    offered, proposal = _offers(brief), _proposal(brief, question)
    if proposal and (question.id not in answered or question.printed(answered[question.id]) != proposal):
        after.append(Say(words(say("本人填的是：{said}", said=_hidden(view, question, proposal))), "note"))
        if question.id in offered:
            ways.append(button("adopt", words(say("用本人填的这个")), question.id, "option"))
    if question.optional and question.id in answered:
        ways.append(button("unsay", words(say("清空，不写了")), question.id))
    elif question.optional:
        ways.append(button("pass_by", words(say("跳过")), question.id))
    return one_question.screen(one, tuple(before), tuple(after), tuple(ways))


def _asked(view: DeskView, name: str = "") -> Question | None:
    """The question on the page, or another of the form, where it applies."""
    brief = view.dossier.statement
    wanted = name or view.desk.about
    return next((each for each in brief.view.steps if each.id == wanted), None) if brief else None


# What is said to it


def opened(view: DeskView, about: str) -> DeskChange:
    """A question is opened, or begun anew: with what stands where its kind goes on from that."""
    return DeskChange(_at(view, about, brief_of(view)))


def _at(view: DeskView, name: str, answers: Mapping[str, Value]) -> Desk:
    question = _asked(view, name)
    draft = one_question.begun(question, answers.get(name)) if question else None
    return view.desk.at("stating", about=name, draft=draft)


def _came(one: OneQuestion, outcome: Answered | Left | Passed) -> DeskChange | None:
    view = one.at
    match outcome:
        case Left():
            return DeskChange(view.desk.at("statement"))
        case Passed(none=none):
            stands = none and one.standing is not None
            return unsaid(view, one.name) if stands else passed_by(view, one.name)
    change = _settled(view, one.question, outcome.value)
    # What is to be mended stays on the page, with what is said to that.
    return change if change.desk.about == one.name else replace(change, said=outcome.said)


ASKED = Asked("state", _open, _came)


def _settled(view: DeskView, question: Question, value: Value) -> DeskChange:
    """The answer is written; what is to be mended stays on the page, else the next question comes."""
    brief, words = view.dossier.statement, view.words
    standing = brief.answered if brief else {}
    echo = say("✓ {label}：{value}", label=words.text(question.label), value=question.show(value))
    return _writes(view, {**standing, question.id: value}, question, words(echo))


def adopted(view: DeskView, about: str) -> DeskChange | None:
    """What the nominee has is taken over: for one question, or for all that nothing is written for."""
    brief, words = view.dossier.statement, view.words
    if brief is None:
        return None
    offers = _offers(brief)
    if about:
        question = _asked(view, about)
        return _settled(view, question, offers[about]) if question and about in offers else None
    answers = dict(brief.answered)
    while fresh := {name: value for name, value in offers.items() if name not in answers}:
        answers |= fresh  # what was taken over may make another question apply
        brief = replace(brief, view=_with(brief.view, answers))
        offers = _offers(brief)
    return _writes(view, answers, None, words(say("✓ 用了本人填好的"))) if answers != brief_of(view) else None


def brief_of(view: DeskView) -> Mapping[str, Value]:
    """The answers that stand."""
    brief = view.dossier.statement
    return brief.answered if brief else {}


def unsaid(view: DeskView, about: str) -> DeskChange | None:
    """What need not be said is said no more."""
    question, answers = _asked(view, about), brief_of(view)
    if question is None or not question.optional or about not in answers:
        return None
    left = {name: value for name, value in answers.items() if name != about}
    echo = say("✓ {label}：清空了", label=view.words.text(question.label))
    return _writes(view, left, None, view.words(echo))


def undone(view: DeskView, about: str) -> DeskChange | None:
    """The last change is taken back."""
    return DeskChange(view.desk.at("statement"), (Stated(view.desk.stay, view.desk.stated, None),))


def passed_by(view: DeskView, about: str) -> DeskChange | None:
    """What need not be said is passed by."""
    brief, question = view.dossier.statement, _asked(view, about)
    if brief is None or question is None or not question.optional:
        return None
    return DeskChange(_onward(view, brief.view, question))


def begun(view: DeskView, about: str) -> DeskChange | None:
    """The first question that is to be answered, or to be mended."""
    brief = view.dossier.statement
    first = next(iter(brief.lacking), None) if brief else None
    return DeskChange(_at(view, first.id, brief_of(view)) if first else view.desk.at("statement"))


def _writes(view: DeskView, answers: Mapping[str, Value], question: Question | None, echo: str) -> DeskChange:
    desk, brief = view.desk, view.dossier.statement
    deed = Stated(desk.stay, desk.stated, answers)
    if brief is None or question is None:
        return DeskChange(desk.at("statement"), (deed,), echo=echo)
    after = _with(brief.view, answers)
    if question.id in after.wrong:
        return DeskChange(_at(view, question.id, answers), (deed,), echo=echo)
    return DeskChange(_onward(view, after, question), (deed,), echo=echo)


def _onward(view: DeskView, after: View, question: Question) -> Desk:
    """The next question without an answer, behind this one; else what stands."""
    steps = [each.id for each in after.steps]
    behind = steps[steps.index(question.id) + 1 :] if question.id in steps else []
    following = next((name for name in behind if name not in after.interview.answers), "")
    return view.desk.at("stating", about=following) if following else view.desk.at("statement")


def _with(view: View, answers: Mapping[str, Value]) -> View:
    state = view.interview.model_copy(update={"answers": dict(answers)})
    return View(view.programme, state, view.scene)
