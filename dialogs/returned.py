"""What staff sent back, as whoever owes the answer sees it: the remark, beside the question that is asked again.

Nothing of it is kept but what was upheld (`Interview.upheld`): an answer other than the one that was handed in, is one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dialogs.at_office import SORTS, Returned, Sort
from dialogs.change import Change
from dialogs.events import Answered
from dialogs.interview import Interview
from dialogs.turn import Action, Button, Group, Line, Say
from dialogs.view import View
from forms import reasons
from forms.kinds.base import Question
from forms.message import Message, Own, say

#: How an answer is upheld, by what was found about it.
_STANDS: Mapping[Sort, Message] = {
    "wrong": say("照旧，我没写错"),
    "missing": say("照旧，已经写全了"),
    "outdated": say("照旧，没有过期"),
}
_FILE_STANDS = say("照旧，就用这一份")
_NONE = say("照旧，我没有")
#: What people type for that.
_INSISTING = frozenset(
    [
        *("照旧", "照旧吧", "照原来的", "原来的对", "原来的没错", "就是这样", "就是这样的", "是对的"),
        *("没错", "没有错", "没写错", "没有写错", "我没写错", "没填错", "我没填错", "没过期", "没有过期"),
        *("写全了", "已经写全了", "都写全了", "it_is_right", "no_mistake", "it_stands"),
    ]
)


def on(view: View, question: Question) -> tuple[Returned, ...]:
    """What was sent back on a question and is still to be answered."""
    return tuple(each for each in view.returned if each.question == question.id)


def moot(view: View) -> tuple[Returned, ...]:
    """What was sent back on a question that does not apply any more: it counts as answered."""
    return tuple(each for each in view.scene.returned if each.question not in view.on_path)


def told(view: View, each: Returned) -> str:
    """One remark: of which sort, and in the words of staff; ready-made ones in the person's language."""
    words = view.words
    ready = each.text in reasons.READY_MADE
    text = words(Message(each.text)) if ready else each.text
    if not text:
        return words(SORTS[each.sort])
    return words(say("{sort}：{words}", sort=SORTS[each.sort], words=Own(text)))


def shown(view: View, question: Question) -> tuple[Say, ...]:
    """What stands above a question that came back: who sent it, every remark on it, and the answer as it was."""
    remarks = on(view, question)
    if not remarks:
        return ()
    words, interview = view.words, view.interview
    label = words.text(question.label)
    head = say("{office}退回修改，还有{count}处。这一处：{label}", office=Own(remarks[0].office),
               count=len(view.sent_back), label=label)  # fmt: skip
    parts = [Say(words(head)), *(Say(told(view, each), "problem") for each in remarks)]
    if question.id not in interview.answers:
        parts.append(Say(words(say("原来没有填。")), "note"))
    elif view.draft(question) is not None:  # else the question itself says what stands there
        value = question.show(interview.answers[question.id])
        parts.append(Say(words(say("原来填的是：{value}", value=value)), "note"))
    return tuple(parts)


def ways(view: View, question: Question) -> tuple[Button, ...]:
    """Besides another answer: the one that stands is right, or there is none to give."""
    words, remarks = view.words, on(view, question)
    if question.id not in view.interview.answers:
        return (Button(Action("skip", question.id), words(_NONE)),)
    sorts = {each.sort for each in remarks}
    label = _STANDS[remarks[0].sort] if len(sorts) == 1 else _STANDS["wrong"]
    if label == _STANDS["wrong"] and question.accepts_files and question.keyboard == "none":
        label = _FILE_STANDS
    return (Button(Action("uphold", question.id), words(label)),)


def insists(text: str) -> bool:
    """Whether a text says that the answer is right as it is."""
    return "_".join(text.strip("。.！!，,啊呀~ ").casefold().split()) in _INSISTING


def owes(view: View) -> bool:
    """Whether this party still has to answer what came back, or to hand its part in with the answers.

    What does not apply any more is answered as it is.
    """
    sent = view.scene.returned
    if not sent or len(moot(view)) == len(sent):
        return False
    return bool(view.returned) or not view.interview.finished_at


def opened(view: View) -> Interview:
    """The interview with the question that came back begun with what stands there, where its kind wants that."""
    interview, question = view.interview, view.current
    if interview.page or question is None or question not in view.sent_back:
        return interview
    if question.id in interview.drafts or question.id not in interview.answers:
        return interview
    draft = question.reopen(interview.answers[question.id])
    if draft is None:
        return interview
    return interview.model_copy(update={"drafts": {**interview.drafts, question.id: draft}})


def same_again(view: View, change: Change) -> Change:
    """The change, with a word where somebody answered what came back just as before. `view` is how it stood before."""
    again = View(view.programme, change.interview, view.scene)
    names = {event.about for event in change.events if isinstance(event, Answered)}
    for question in view.sent_back:
        if question.id in names and question in again.sent_back:
            button = next(each.label for each in ways(again, question))
            sentence = say("和退回以前一样，没有变。要是本来就没错，点“{button}”。", button=button)
            return Change(
                change.interview, (*change.said, Say(view.words(sentence), "note")), events=change.events,
                question=change.question,
            )  # fmt: skip
    return change


# The summary and the task list


def notes(view: View) -> tuple[Say, ...]:
    """What was sent back on questions that do not apply any more."""
    return tuple(Say(_moot(view, each), "note") for each in moot(view))


def _moot(view: View, each: Returned) -> str:
    question = view.form.questions.get(each.question)
    if question is None:
        gone = say("退回意见里有一项现在没有了，不用管它：{words}", words=Own(told(view, each)))
        return view.words(gone)
    sentence = say(
        "退回意见里的“{label}”现在不用填了，不用管它：{words}",
        label=view.words.text(question.label),
        words=Own(told(view, each)),
    )
    return view.words(sentence)


def group(view: View) -> Group | None:
    """Everything that was sent back, what is still to be answered first; None where nothing is."""
    if not view.scene.returned:
        return None
    still = {each.id for each in view.returned}
    ordered = sorted(view.scene.returned, key=lambda each: each.id not in still)
    lines = tuple(line for each in ordered if (line := _line(view, each, each.id in still)))
    count = view.words(say("{count}处", count=len(lines)))
    return Group(view.words(say("退回修改")), lines, count) if lines else None


def _line(view: View, each: Returned, still: bool) -> Line | None:
    question = view.on_path.get(each.question)
    if question is None:
        return None
    words, answers = view.words, view.interview.answers
    label = words.text(question.label)
    standing = question.id in answers
    shown = words(question.show(answers[question.id])) if standing else words(say("（没有填）"))
    edit = Button(Action("edit", question.id), words(say("改：{label}", label=label)))
    if still:
        return Line(label, shown, edit, "wrong", told(view, each))
    upheld = any(one.remark == each.id for one in view.interview.upheld)
    done = (
        say("照旧：{words}", words=Own(told(view, each)))
        if upheld
        else say("改好了：{words}", words=Own(told(view, each)))
    )
    return Line(label, shown, edit, "ok", words(done))


def lines(view: View) -> Iterator[Line]:
    """One line of the task list for all that came back, and one for each that needs no answer any more."""
    words = view.words
    if view.sent_back:
        go = Button(Action("resume"), words(say("接着改")))
        yield Line(words(say("退回修改")), words(say("{count}处", count=len(view.sent_back))), go, "wrong")
    elif view.scene.returned:
        look = Button(Action("summary"), words(say("检查答案")))
        yield Line(words(say("退回修改")), words(say("都处理好了")), look)
    for each in moot(view):
        question = view.form.questions.get(each.question)
        label = words.text(question.label) if question else words(say("退回修改"))
        yield Line(
            label, words(say("现在不用填了")), Button(Action("summary"), words(say("检查答案"))), "skipped"
        )
