"""“As it was, I made no mistake”: an answer to what staff sent back, with a word to them for whoever has one."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dialogs import returned
from dialogs.answering import onward
from dialogs.change import Change, changed, without
from dialogs.events import RemarkUpheld
from dialogs.interview import Upheld
from dialogs.turn import Action, Button, Say, Screen
from dialogs.view import View
from forms.kinds.base import Question
from forms.message import say

#: The longest word to staff, in characters.
LONGEST = 300


def _about(view: View) -> Question | None:
    return next((each for each in view.sent_back if each.id == view.interview.subject), None)


def holds(view: View) -> bool:
    """Whether there is anything to uphold."""
    return _about(view) is not None


def screen(view: View) -> Screen:
    """Whether there is anything to be said to staff about it."""
    words, question = view.words, _about(view)
    back = Button(Action("close"), words(say("返回，我再看看")))
    if question is None:
        return Screen((Say(words(say("这一处已经处理过了。"))),), (back,))
    remarks = tuple(Say(returned.told(view, each), "note") for each in returned.on(view, question))
    sentence = say("“{label}”就照旧。要跟工作人员说一句为什么吗？打字发给我；不说也行。",
                   label=words.text(question.label))  # fmt: skip
    plain = Button(Action("upheld", question.id), words(say("不说了，就照旧")), "primary", says=False)
    return Screen((*remarks, Say(words(sentence), "ask")), (plain, back), progress=view.progress(question))


def typed(view: View, text: str) -> Change:
    """What the person says to staff about it."""
    question = _about(view)
    if question is None:
        return Change(changed(view.interview, page="", subject=""))
    if len(text) > LONGEST:
        sentence = say("太长了，请用{most}个字以内说（现在{count}个字）。", most=LONGEST, count=len(text))
        return Change(view.interview, (Say(view.words(sentence), "problem"),))
    return _stands(view, question, text)


def opening(view: View, name: str) -> Change:
    """The page on which the answer to a question is upheld."""
    return Change(changed(view.interview, page="upholding", subject=name, pending=None))


def passed(view: View, name: str) -> bool:
    """Whether passing a question over says that there is still none of what staff found missing."""
    return name not in view.interview.answers and any(each.id == name for each in view.sent_back)


def _stands(view: View, question: Question, text: str) -> Change:
    interview = view.interview
    said = tuple(Upheld(remark=each.id, text=text) for each in returned.on(view, question))
    kept = changed(
        interview,
        upheld=(*interview.upheld, *said),
        drafts=without(interview.drafts, question.id),
        subject="",
        finished_at="",
    )
    echo = view.words(say("✓ {label}：照旧", label=view.words.text(question.label)))
    note = (Say(view.words(say("您说的会和这一处一起交给工作人员。")), "note"),) if text else ()
    return Change(onward(view, question, kept), note, echo, (RemarkUpheld(question.id),))


def _uphold(view: View, action: Action, label: str) -> Change:
    return opening(view, action.about)


def _upheld(view: View, action: Action, label: str) -> Change:
    question = next((each for each in view.sent_back if each.id == action.about), None)
    if question is None:
        return Change(changed(view.interview, page="", subject=""))
    return _stands(view, question, "")


VERBS: Mapping[str, Callable[[View, Action, str], Change]] = {"uphold": _uphold, "upheld": _upheld}
