"""The screen of one question: what is asked, its own buttons, and the ways around it."""

from __future__ import annotations

from dataclasses import replace

from dialogs import ambiguous, contact, invited, returned, veiling, verdicts
from dialogs.turn import Action, Asks, Button, Say, Screen
from dialogs.view import View
from forms.kinds.base import Answer, Check, Given, Problem, Question, Writing, doubt
from forms.message import Message, Own, say
from forms.rules import Verdict

#: From so many options on, a channel should offer a search or pages.
MANY = 12


def ask(view: View, question: Question) -> Screen:
    """The question with its limits, the state of a draft, its options and the ways on."""
    words, interview = view.words, view.interview
    draft = view.draft(question)
    prompts = [words(message) for message in question.prompt(draft)]
    if draft is None:
        parts = [Say(words.text(question.ask), "ask"), *(Say(text, "note") for text in prompts)]
    else:  # half way through, the last thing said is what is asked now
        parts = [Say(text, "note") for text in (words.text(question.ask), *prompts)]
        parts[-1] = Say(parts[-1].text, "ask")
    standing = question.id in interview.answers
    if standing and draft is None:
        shown = Own(veiling.answer(words(question.show(interview.answers[question.id]))))
        parts.append(Say(words(say("现在填的是：{value}", value=shown)), "note"))
    keys = question.keys(draft)
    buttons = [
        Button(
            Action("pick", f"{question.id}:{key.value}"),
            words(key.label),
            "primary" if key.primary else "plain" if key.quiet else "option",
            key.on,
        )
        for key in keys
    ]
    buttons.extend(_ways(view, question, standing))
    part = question.asked_in(draft)
    return Screen(
        parts=(*returned.shown(view, question), *invited.shown(view, question), *parts),
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
            writing=_writing(view, question),
        ),
        progress=view.progress(question),
    )


def _ways(view: View, question: Question, standing: bool) -> list[Button]:
    words = view.words
    if question in view.sent_back:
        return _back_again(view, question)
    ways: list[Button] = []
    if standing:
        ways.append(Button(Action("keep"), words(say("不改，继续"))))
    if question.optional and not question.holds(view.interview.drafts.get(question.id)):
        ways.append(Button(Action("skip", question.id), words(say("跳过"))))
    elif waits(view, question):
        ways.append(Button(Action("later", question.id), words(say("稍后再补"))))
    if view.steps and question.id != view.steps[0].id:
        ways.append(Button(Action("back"), words(say("上一步"))))
    if question.help or question.example:
        ways.append(Button(Action("help"), words(say("怎么填"))))
    ways.append(Button(Action("menu"), words(say("菜单"))))
    return ways


def around(view: View, question: Question) -> tuple[Button, ...]:
    """The ways around a question that is not asked yet: put it off, back, help, the menu."""
    return tuple(each for each in _ways(view, question, False) if each.action.verb != "skip")


def _back_again(view: View, question: Question) -> list[Button]:
    """The ways on from a question that staff sent back: it is not passed by, and where it stands does not matter."""
    words = view.words
    ways = list(returned.ways(view, question))
    if question.optional and question.id in view.interview.answers:
        ways.append(Button(Action("skip", question.id), words(say("跳过"))))
    if question.help or question.example:
        ways.append(Button(Action("help"), words(say("怎么填"))))
    return [
        *ways,
        Button(Action("summary"), words(say("检查答案"))),
        Button(Action("menu"), words(say("菜单"))),
    ]


def back(view: View, question: Question) -> Screen | None:
    """What is asked about an answer just given: was it read aright, may it stay as it is. None where nothing is."""
    shown = confirm(view, question)
    return shown or (remark(view, question) if question == view.remarked else None)


def confirm(view: View, question: Question) -> Screen | None:
    """The question back: “I read this as …, right?”. None when what was sent cannot be read so any more."""
    reading = pended(view, question)
    if reading is None:
        return None
    words = view.words
    message = reading.message if isinstance(reading, Check) else doubt(question, reading.value)
    return Screen(
        parts=(Say(words(message), "ask"),),
        buttons=(
            Button(Action("confirm", question.id), words(say("对的")), "primary", says=True),
            Button(Action("again", question.id), words(say("不对，我重填")), says=False),
            *_page_of(view),
        ),
        asks=answered_with(view, question),
        progress=view.progress(question),
    )


def _page_of(view: View) -> tuple[Button, ...]:
    """The way to the page that a word opens which was taken for an answer."""
    word = (view.interview.pending.text or "") if view.interview.pending else ""
    verb = ambiguous.TWOFOLD.get(ambiguous.word(word))
    return (Button(Action(verb), view.words(say("不是，打开“{word}”", word=word))),) if verb else ()


def pended(view: View, question: Question) -> Answer | Check | None:
    """What waits for a yes, as it is read now."""
    pending = view.interview.pending
    if pending is None or pending.amends or pending.question != question.id:
        return None
    reading = view.read(question, Given(text=pending.text, key=pending.key))
    return reading if isinstance(reading, Answer | Check) else None


def remark(view: View, question: Question) -> Screen:
    """What is to be said about an answer that stands: it may stay, or what comes now mends it."""
    words = view.words
    blocking = question.id in view.wrong
    more = question.taken_up(view.interview.answers[question.id])
    if question.accepts_files and question.keyboard == "none":
        asked = say("就这样可以吗？要换要补，现在直接发就行。")
    elif question.holds(more):
        asked = say("就这样可以吗？要补，现在接着发就行。")
    else:
        asked = say("就这样可以吗？要改，现在直接发改好的就行。")
    return Screen(
        parts=(
            *remarks(view, question),
            Say(words(asked), "ask"),
        ),
        buttons=(
            Button(
                Action("edit", question.id),
                words(say("改一下")),
                "primary" if blocking else "plain",
                says=False,
            ),
            Button(Action("keep"), words(say("就这样")), "plain" if blocking else "primary", says=True),
            Button(Action("menu"), words(say("菜单"))),
        ),
        asks=answered_with(view, question),
        progress=view.progress(question),
    )


def remarks(view: View, question: Question) -> tuple[Say, ...]:
    """What is to be said about an answer that stands."""
    return tuple(
        Say(view.words(each.message), "problem" if each.blocking else "note")
        for each in view.remarks(question)
    )


def _writing(view: View, question: Question) -> Writing | None:
    """The text as it stands, with its prompts in the person's language."""
    drafts, answers = view.interview.drafts, view.interview.answers
    writing = question.writing(drafts.get(question.id), answers.get(question.id))
    if writing is None:
        return None
    return replace(writing, outline=tuple(view.words.text(prompt) for prompt in writing.outline))


def remarks_text(view: View, question: Question) -> str:
    """All of it in one line; empty where there is nothing to say."""
    return " ".join(said.text for said in remarks(view, question))


def answered_with(view: View, question: Question) -> Asks:
    """What a channel knows of the question where something was asked back."""
    return Asks(
        question=question.id,
        keyboard=question.keyboard,
        files=question.accepts_files,
        multiline=question.multiline,
        private=question.private,
        writing=_writing(view, question),
    )


def mend(view: View, verdict: Verdict) -> Screen:
    """Wrong material: another file or answer, or go on with this one. A file that is sent now replaces it."""
    words = view.words
    wrong = view.questions_of(verdict)[:3]
    says = False if len(wrong) == 1 else None
    buttons = []
    for question in wrong:
        label = say("重新发：{label}") if question.accepts_files else say("改一下：{label}")
        again = words(Message(label.text, {"label": question.label}))
        buttons.append(Button(Action("edit", question.id), again, "primary", says=says))
    stays = words(say("先这样，接着填"))
    buttons.append(Button(Action("face", verdict.rule.id), stays, "option", says=True))
    buttons.append(Button(Action("menu"), words(say("菜单"))))
    resent = view.resent
    asked = say("先这样可以吗？要换，现在直接发新的就行。") if resent else say("先这样可以吗？")
    return Screen(
        parts=(*verdicts.told(view, (verdict,)), Say(words(asked), "ask")),
        buttons=tuple(buttons),
        asks=Asks(question=resent.id, keyboard="none", files=True) if resent else None,
        progress=view.progress(resent),
    )


def helped(view: View, question: Question) -> tuple[Say, ...]:
    """Help with an example, and a person to turn to."""
    return explained(view, question), contact.told(view)


def explained(view: View, question: Question) -> Say:
    """How it is filled in, and what to do without an answer."""
    part = question.asked_in(view.interview.drafts.get(question.id))
    return Say("\n".join((*described(view, question), view.words(without(view, question, part)))), "help")


def described(view: View, question: Question) -> tuple[str, ...]:
    """The question's own explanation: how it is filled in, prompts to begin with, an example, the clause.

    Within a row it is that of the field in turn.
    """
    words = view.words
    part = question.asked_in(view.interview.drafts.get(question.id))
    help = part.help or (question.help if part is not question else "")
    texts = [words.text(help)] if help else []
    writing = _writing(view, question)
    if writing and writing.outline:
        prompts = "\n".join(f"{number}. {each}" for number, each in enumerate(writing.outline, 1))
        texts.append(words(say("不知道从哪里写起，可以按这几条写：\n{prompts}", prompts=Own(prompts))))
    if part.example:
        texts.append(words(say("例如：{example}", example=part.example)))
    if question.clause:
        texts.append(words(say("出处：{clause}", clause=question.clause)))
    return tuple(texts)


def without(view: View, question: Question, part: Question) -> Message:
    """What to do where one has none of what is asked for: whether it may be passed over, or how that is said."""
    own = part.lacking()
    if own is not None:
        return own
    if part.optional or question.optional:
        return say("没有或不知道，点“跳过”就行。")
    if waits(view, question):
        return say("现在没有也不要紧，点“稍后再补”先往下填，提交前补上就行。")
    return say("这一项要填，照实填就行。")


def waits(view: View, question: Question) -> bool:
    """Whether a question that has to be answered may be put off until the end."""
    return (question.accepts_files or question.can_wait) and question.id not in view.interview.answers


def problem(view: View, trouble: Problem) -> Say:
    """What was wrong and what would be right."""
    return Say(view.words(trouble.message), "problem")
