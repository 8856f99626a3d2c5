"""What was meant for another question than the one on screen: late files, edited messages, replies to earlier ones.

Where the person is stays as it is: they go on at the question they were at.
"""

from __future__ import annotations

from dataclasses import replace

from dialogs import asking, sensitive
from dialogs.answering import answer, settle
from dialogs.change import Change, changed
from dialogs.interview import Pending
from dialogs.turn import Action, Button, Say, Screen, Turn
from dialogs.view import View
from forms.kinds.base import Answer, Check, Given, Problem, Question, Reading, Unfinished, Value
from forms.message import Message, say

#: Where in the form somebody is. Answers given beside that leave it alone.
_POSITION = ("focus", "page", "pending", "from_summary", "due", "remarked")


def meant(view: View, turn: Turn) -> Question | None:
    """The question that something was sent for, as far as the door can tell; None for the one on screen."""
    name = turn.answers.question if turn.answers else _quoted(view, turn.quotes)
    return view.form.questions.get(name)


def _quoted(view: View, words: str) -> str:
    """The question that words of ours asked, or else the one whose answer they told; "" where they did neither."""
    quoted = ""
    for question in view.form.questions.values():
        if view.words.text(question.ask) in words:
            return question.id
        if view.words(_record(question)) in words:
            quoted = question.id
    return quoted if words else ""


def _record(question: Question) -> Message:
    return say("✓ {label}：", label=question.label)


def beside(view: View, question: Question, given: Given) -> Change:
    """Give something to a question that is not the one on screen."""
    words, interview = view.words, view.interview
    label = words.text(question.label)
    question = view.question(question.id)
    if question not in view.steps:
        return _said(view, say("“{label}”现在不用填，这条没有记下。", label=label), "problem")
    if view.unallowed(question):
        return sensitive.sent(view, question, given)
    if question.id not in interview.answers:
        return stay(view, _first(view, question, given))
    standing = interview.answers[question.id]
    draft = question.continued(standing) if given.attachment else None
    if draft is None:
        return _offer(view, question, given)
    added = _whole(view, question, question.parse(given, draft, view.circumstances))
    if isinstance(added, Problem):
        return _said(view, added.message, "problem")
    if not isinstance(added, Answer):
        return _offer(view, question, given)
    name = given.attachment.name if given.attachment else ""
    sentence = words(say("“{name}”加到“{label}”里了。", name=name, label=label))
    return stay(view, settle(view, question, added.value, (Say(sentence, "note"),)))


def _first(view: View, question: Question, given: Given) -> Change:
    """An answer to a question that has none; one that was passed over is not left half answered."""
    change = answer(view, question, given)
    draft = change.interview.drafts.get(question.id)
    if not view.settled(question) or draft is None or change.interview == view.interview:
        return change
    whole = _whole(view, question, Unfinished(draft))
    return settle(view, question, whole.value, change.said) if isinstance(whole, Answer) else change


def _whole(view: View, question: Question, reading: Reading) -> Reading:
    """What was gathered, ended where it may end."""
    if isinstance(reading, Unfinished):
        ended = question.parse(Given(key="done"), reading.draft, view.circumstances)
        return ended if isinstance(ended, Answer) else reading
    return reading


def stay(view: View, change: Change) -> Change:
    """The change without its way onward. What would be remarked on the next Screen is said at once."""
    position = {name: getattr(view.interview, name) for name in _POSITION}
    if change.interview == view.interview:
        return change
    after = View(view.programme, change.interview, view.scene)
    made = asking.remarks(after, after.remarked) if after.remarked else ()
    staying = change.interview.model_copy(update=position)
    return replace(change, interview=staying, said=change.said + made)


def _said(view: View, message: Message, tone: str) -> Change:
    return Change(view.interview, (Say(view.words(message), "problem" if tone == "problem" else "note"),))


# Another answer in place of one that stands: asked about first.


def _offer(view: View, question: Question, given: Given) -> Change:
    label = view.words.text(question.label)
    reading = question.parse(given, None, view.circumstances)
    if isinstance(reading, Problem):
        kept = say("“{label}”没有改。", label=label)
        return Change(
            view.interview, (Say(view.words(reading.message), "problem"), Say(view.words(kept), "note"))
        )
    pending = Pending(question=question.id, amends=True)
    if isinstance(reading, Answer | Check):
        if reading.value == view.interview.answers[question.id]:
            return _said(view, say("“{label}”填的就是这个，没有变。", label=label), "note")
        pending = Pending(question=question.id, text=given.text, file=given.attachment, amends=True)
    return Change(changed(view.interview, pending=pending, page=""))  # a page would hide the question


def _proposed(view: View, question: Question) -> Value | None:
    """What is to stand from now on; None where the question has to be opened for that."""
    pending = view.interview.pending
    if pending is None or (pending.text is None and pending.file is None):
        return None
    given = Given(text=pending.text, attachment=pending.file)
    reading = question.parse(given, None, view.circumstances)
    return reading.value if isinstance(reading, Answer | Check) else None


def offered(view: View) -> Screen | None:
    """“From this to that?” None where nothing is to be amended, or not any more."""
    question = view.amending
    if question is None:
        return None
    words = view.words
    label = words.text(question.label)
    value, standing = _proposed(view, question), view.interview.answers[question.id]
    no = Button(Action("stands", question.id), words(say("不改")), says=False)
    if value is None:
        sentence = say("“{label}”是分几次填的。要打开它来改吗？", label=label)
        yes = Button(Action("edit", question.id), words(say("打开来改")), "primary", says=True)
    else:
        sentence = say(
            "“{label}”从“{old}”改成“{new}”，对吗？",
            label=label,
            old=question.show(standing),
            new=question.show(value),
        )
        yes = Button(Action("confirm", question.id), words(say("改成这个")), "primary", says=True)
    return Screen(parts=(Say(words(sentence), "ask"),), buttons=(yes, no), progress=view.progress(question))


#: What people say to that besides yes and no.
_CHANGE = frozenset(
    [
        "改",
        "改一下",
        "要改",
        "我改",
        "改吧",
        "改过来",
        "就改成这个",
        "换",
        "换吧",
        "换成这个",
        "换成新的",
        "用新的",
        "change",
    ]
)
_LEAVE = frozenset(
    ["不要改", "不用改", "别改", "不换", "不要换", "用旧的", "用原来的", "还是原来的", "keep it"]
)


def answered(text: str) -> str:
    """The verb that an answer to what was offered comes to, or ""."""
    said = text.strip(" 。.!！，,").casefold()
    return "confirm" if said in _CHANGE else "stands" if said in _LEAVE else ""


def stands(view: View, action: Action, label: str) -> Change:
    """The no to what was offered."""
    question = view.amending
    dropped = changed(view.interview, pending=None)
    if question is None:
        return Change(dropped)
    sentence = say("“{label}”没有改。", label=view.words.text(question.label))
    return Change(dropped, (Say(view.words(sentence), "note"),))


def amended(view: View) -> Change:
    """The yes to what was offered."""
    question = view.amending
    value = _proposed(view, question) if question else None
    if question is None or value is None:
        return Change(changed(view.interview, pending=None))
    here = View(view.programme, view.interview.model_copy(update={"pending": None}), view.scene)
    return stay(here, settle(here, question, value))
