"""What is said where something was asked back: a yes, a no, or the answer said anew.

A word of assent is never an answer there, and whatever else is sent belongs to the very question that was asked back.
"""

from __future__ import annotations

from collections.abc import Callable

from dialogs import asking
from dialogs.answering import afresh, answer, onward, settle
from dialogs.change import Change, changed, without
from dialogs.command_words import SAYING, command, hands_in
from dialogs.interview import Interview
from dialogs.moves import focused
from dialogs.turn import Button, Screen
from dialogs.view import View
from forms.assent import assent, hear, puts_off
from forms.kinds.base import Given, Question, Reading, Value, unclear
from forms.kinds.replies import reply

#: Buttons that leave what was remarked on as it is, and the commands that come to the same there.
_STAYING = frozenset(["keep", "face"])
_LEAVING = frozenset(["later", "done", "finish", "skip"])
#: Buttons that let go of what is written.
_HANDING = frozenset(["declare", "hand_over"])


def agreed(text: str, screen: Screen, question: Question | None) -> Button | bool:
    """The button that a yes or a no presses, whatever its words; True where it is one but presses none.

    False for any other text, and for what is an answer of its own to the question on screen.
    """
    yes = assent(text)
    staying = {button.action.verb for button in screen.buttons if button.says} & _STAYING
    if yes is None and screen.asks:
        yes = SAYING.get(command(text))
    if staying and (command(text) in _LEAVING or puts_off(hear(text).rest)):
        yes = True
    if any(button.action.verb in _HANDING for button in screen.buttons) and hands_in(hear(text).rest or text):
        yes = hear(text).yes is not False
    if yes is None:
        return not hear(text).rest
    if hear(text).lacking and "keep" in staying:
        yes = True  # upon a remark: there is nothing to mend or to add
    if question and question.names(text):
        return False
    meant = [button for button in screen.buttons if button.says is yes]
    return meant[0] if len(meant) == 1 else True


def replied(view: View, question: Question, given: Given) -> Change | None:
    """What comes of something sent where the question was asked back; None where it was not."""
    reading = asking.pended(view, question)
    if reading is not None:
        return _asked_back(view, question, given, reading.value)
    return _upon_remark(view, question, given) if view.remarked == question else None


def _asked_back(view: View, question: Question, given: Given, value: Value) -> Change:
    if given.text is None:
        return answer(view, question, given)
    said = reply(given.text, value, _reader(view, question), question.names(given.text))
    if said.kind == "yes":
        return settle(view, question, value)
    here = _at(view, afresh(view.interview, question)) if said.afresh or said.kind == "no" else view
    if said.kind == "no":
        return Change(here.interview)
    if said.kind == "unclear":
        return Change(view.interview, (asking.problem(view, unclear()),))
    # Where nearly any text is an answer, one without a word of correction may be a yes that nobody has thought of.
    sure = said.sure and not (question.free and said.text == given.text.strip())
    return answer(here, question, Given(text=said.text), sure)


def _upon_remark(view: View, question: Question, given: Given) -> Change:
    """What comes now mends the answer; only what is one moves on from the remark."""
    sure = True
    if given.text is not None and not question.multiline:
        standing = view.interview.answers[question.id]
        said = reply(given.text, standing, _reader(view, question), question.names(given.text))
        if said.kind == "yes":
            return Change(onward(view, question, changed(view.interview)))
        if said.kind == "no":
            return Change(focused(view, question.id, view.interview.from_summary))
        if said.kind == "unclear":
            return Change(view.interview, (asking.problem(view, unclear()),))
        given, sure = Given(text=said.text), said.sure
    here = opened(view, question)
    change = answer(_at(view, here), question, given, sure)
    if change.interview == here:
        return Change(view.interview, change.said)
    if change.interview.remarked and change.interview.answers == view.interview.answers:
        return Change(
            onward(view, question, changed(view.interview))
        )  # the same again, or nothing more to add
    return change


def opened(view: View, question: Question) -> Interview:
    """The question on screen again, with what comes now going on from the answer that stands where its kind says so."""
    interview = view.interview
    drafts = interview.drafts
    if question.id in interview.answers:
        more = question.taken_up(interview.answers[question.id])
        drafts = {**without(drafts, question.id), **({question.id: more} if more is not None else {})}
    return changed(interview, focus=question.id, remarked="", drafts=drafts)


def _reader(view: View, question: Question) -> Callable[[str], Reading]:
    return lambda text: view.read(question, Given(text=text))


def _at(view: View, interview: Interview) -> View:
    return View(view.programme, interview, view.scene)
