"""What a receiving union writes itself: what stands, and its questions one by one, from the seat."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from dialogs.desk.deeds import Stated
from dialogs.desk.desk_change import DeskChange
from dialogs.desk.desk_scene import DeskView, StatementBrief
from dialogs.desk.desk_state import Desk
from dialogs.desk.dossier import back, gone
from dialogs.desk.press import button
from dialogs.turn import Asks, Button, Say, Screen
from dialogs.view import View
from forms.hours import clock
from forms.kinds.base import Answer, Check, Given, Problem, Question, Reading, Unfinished, Value
from forms.message import Message, Own, say
from forms.statements import Statement

#: Keys of questions that a button may name; others go by their place.
_PLAIN = re.compile(r"[A-Za-z0-9_-]+")


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
    found = {}
    for question in brief.view.steps:
        text, about = _proposal(brief, question), brief.view.circumstances
        if not text:
            continue
        reading = question.parse(Given(text=text, whole=question.multiline), None, about)
        if not isinstance(reading, Answer | Check):
            continue
        if not any(remark.blocking for remark in question.remarks(reading.value, about)):
            found[question.id] = reading.value
    return found


# One question


def asking(view: DeskView) -> Screen:
    """One question, with its limit, what stands, and what may be taken over in one press."""
    brief = view.dossier.statement
    question = _asked(view)
    if brief is None or question is None or not writes(view):
        return screen(view)
    words, desk, answered = view.words, view.desk, brief.answered
    if desk.sent:
        return _back_again(view, question)
    prompts = [words(each) for each in question.prompt(desk.draft)]
    parts = [Say(words.text(question.ask), "ask")]
    if desk.draft is None:  # what is to be mended comes first, before the text that it is about
        remarks = (each for each in brief.view.remarks(question) if each.blocking)
        parts.extend(Say(words(each.message), "problem") for each in remarks)
    parts.extend(Say(each, "note") for each in prompts)
    if question.id in answered and desk.draft is None:
        shown = _shown(view, question, answered[question.id])
        parts.append(Say(words(say("现在写的是：{value}", value=shown)), "note"))
    buttons = [
        button(
            "answer",
            words(key.label),
            f"{question.id}:{place(number, key.value)}",
            "primary" if key.primary else "plain" if key.quiet else "option",
            key.on,
        )
        for number, key in enumerate(question.keys(desk.draft))
    ]
    offered, proposal = _offers(brief), _proposal(brief, question)
    if proposal and (question.id not in answered or question.printed(answered[question.id]) != proposal):
        parts.append(Say(words(say("本人填的是：{said}", said=_hidden(view, question, proposal))), "note"))
        if question.id in offered:
            buttons.append(button("adopt", words(say("用本人填的这个")), question.id, "option"))
    buttons.extend(_ways(view, brief, question))
    writing = question.writing(desk.draft, answered.get(question.id))
    asks = Asks(
        question=question.id,
        keyboard=question.keyboard,
        multiline=question.multiline,
        placeholder=words(say("例如：{example}", example=question.example)) if question.example else "",
        private=question.private,
        writing=replace(writing, outline=tuple(map(words.text, writing.outline))) if writing else None,
    )
    return Screen(tuple(parts), tuple(buttons), asks=asks)


def place(number: int, key: str) -> str:
    """How a button names a key of its question: by itself where it may, else by its place."""
    return key if _PLAIN.fullmatch(key) else f".{number}"


def _ways(view: DeskView, brief: StatementBrief, question: Question) -> tuple[Button, ...]:
    words, ways = view.words, []
    if question.optional:
        if question.id in brief.answered:
            ways.append(button("unsay", words(say("清空，不写了")), question.id))
        else:
            ways.append(button("pass_by", words(say("跳过")), question.id))
    if question.help or question.example:
        ways.append(button("explain", words(say("怎么填")), question.id))
    return (*ways, button("statement", words(say("先写到这里"))))


def _back_again(view: DeskView, question: Question) -> Screen:
    """What was understood, for a yes."""
    words = view.words
    reading = _read(view, question, Given(text=view.desk.sent))
    value = reading.value if isinstance(reading, Answer | Check) else None
    asked = (
        reading.message
        if isinstance(reading, Check)
        else say("您说的是“{option}”，对吗？", option=question.show(value))
    )
    return Screen(
        (Say(words(asked), "ask"),),
        (
            button("surely", words(say("对的")), question.id, "primary"),
            button("stating", words(say("不对，我重写")), question.id),
        ),
        asks=Asks(question=question.id, keyboard=question.keyboard, multiline=question.multiline),
    )


def _asked(view: DeskView, name: str = "") -> Question | None:
    """The question on the page, or another of the form, where it applies."""
    brief = view.dossier.statement
    wanted = name or view.desk.about
    return next((each for each in brief.view.steps if each.id == wanted), None) if brief else None


def _read(view: DeskView, question: Question, given: Given) -> Reading:
    brief = view.dossier.statement
    about = brief.view.circumstances if brief else view.dossier.view.circumstances
    return question.parse(given, view.desk.draft, about)


# What is said to it


def typed(view: DeskView, text: str) -> DeskChange | None:
    """An answer, typed."""
    return _said(view, text, whole=False)


def written(view: DeskView, text: str) -> DeskChange | None:
    """An answer, written whole in a field of its own."""
    return _said(view, text, whole=True)


def _said(view: DeskView, text: str, *, whole: bool) -> DeskChange | None:
    question = _asked(view)
    if question is None or not writes(view):
        return None
    core = None if whole else question.core(text)
    reading = _read(view, question, Given(text=core or text, whole=whole))
    if core is not None and isinstance(reading, Answer | Check):
        return DeskChange(view.desk.model_copy(update={"sent": core}))
    return _taken(view, question, reading, text)


def answered(view: DeskView, about: str) -> DeskChange | None:
    """A key of the question was pressed."""
    name, _, wanted = about.partition(":")
    question = _asked(view, name)
    if question is None or name != view.desk.about:
        return None
    keys = question.keys(view.desk.draft)
    key = next((each.value for at, each in enumerate(keys) if place(at, each.value) == wanted), None)
    if key is None:
        return None
    return _taken(view, question, _read(view, question, Given(key=key)), "")


def _taken(view: DeskView, question: Question, reading: Reading, text: str) -> DeskChange:
    desk, words = view.desk, view.words
    match reading:
        case Problem():
            return DeskChange(desk, said=(Say(words(reading.message), "problem"),))
        case Unfinished():
            said = tuple(Say(words(each), "note") for each in reading.said)
            return DeskChange(desk.model_copy(update={"draft": reading.draft, "sent": ""}), said=said)
        case Check() if text:
            return DeskChange(desk.model_copy(update={"sent": text}))
    return _settled(view, question, reading.value)


def surely(view: DeskView, about: str) -> DeskChange | None:
    """What was asked back is right."""
    question = _asked(view)
    reading = _read(view, question, Given(text=view.desk.sent)) if question and view.desk.sent else None
    if question is None or not isinstance(reading, Answer | Check):
        return None
    return _settled(view, question, reading.value)


def _settled(view: DeskView, question: Question, value: Value) -> DeskChange:
    """The answer is written; what is to be mended stays on the page, else the next question comes."""
    brief, words = view.dossier.statement, view.words
    standing = brief.answered if brief else {}
    told = say("✓ {label}：{value}", label=words.text(question.label), value=question.show(value))
    return _writes(view, {**standing, question.id: value}, question, words(told))


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
    told = say("✓ {label}：清空了", label=view.words.text(question.label))
    return _writes(view, left, None, view.words(told))


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
    page = view.desk.at("stating", about=first.id) if first else view.desk.at("statement")
    return DeskChange(page)


def explained(view: DeskView, about: str) -> DeskChange | None:
    """How the question is filled in."""
    question, words = _asked(view), view.words
    if question is None:
        return None
    texts = [words.text(question.help)] if question.help else []
    if question.example:
        texts.append(words(say("例如：{example}", example=question.example)))
    if question.clause:
        texts.append(words(say("出处：{clause}", clause=question.clause)))
    return DeskChange(view.desk, said=(Say("\n".join(texts), "help"),))


def _writes(view: DeskView, answers: Mapping[str, Value], question: Question | None, echo: str) -> DeskChange:
    desk, brief = view.desk, view.dossier.statement
    deed = Stated(desk.stay, desk.stated, answers)
    if brief is None or question is None:
        return DeskChange(desk.at("statement"), (deed,), echo=echo)
    after = _with(brief.view, answers)
    if question.id in after.wrong:
        return DeskChange(desk.at("stating", about=question.id), (deed,), echo=echo)
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
