"""What is pressed to hand a case in, to take it back, and what keeps it as it was given while an office has it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from dialogs import contact, handing_in
from dialogs.change import Change, changed
from dialogs.events import CorrectionUndone, HandedIn, TakenBack, Withheld
from dialogs.interview import Interview
from dialogs.turn import Action, Say
from dialogs.view import View
from forms.message import Own, say

#: What of an interview an office was given, and where somebody goes to give it anew.
_GIVEN = (
    "answers",
    "skipped",
    "later",
    "appealed",
    "faced",
    "finished_at",
    "focus",
    "drafts",
    "pending",
    "proposed",
    "allowed",
    "withheld",
)


def held(view: View, change: Change) -> Change:
    """The change, or none at all and why, where an office has what it would change. `view` is how it stood before."""
    after = change.interview
    if view.in_hand is None or after.programme != view.interview.programme:
        return change
    if any(isinstance(event, CorrectionUndone | Withheld) for event in change.events):
        return change
    if all(getattr(after, name) == getattr(view.interview, name) for name in _GIVEN):
        return change
    return Change(changed(view.interview, page="locked"), question=change.question)


def declared(view: View, done: Interview) -> Interview:
    """The interview that was just declared: one that came back goes on to be handed in."""
    after = View(view.programme, done, view.scene)
    if handing_in.again(after) and handing_in.possible(after):
        there = handing_in.destination(after)
        return done.model_copy(update={"page": "handing" if there else "destination", "subject": ""})
    return done


def _hand_in(view: View, action: Action, label: str) -> Change:
    """The way to hand in, or why there is none now."""
    trouble = handing_in.hindrance(view)
    interview = view.interview
    if trouble is not None:
        whole = view.ready or view.sent_back
        page = interview.page if not view.scene.destinations else "" if whole else "summary"
        return Change(changed(interview, page=page), (Say(view.words(trouble), "problem"),))
    if not interview.finished_at:
        return Change(changed(interview, page="declare", pending=None))
    page = "handing" if handing_in.sole(view) else "destination"
    return Change(changed(interview, page=page, subject="", pending=None))


def _hand_to(view: View, action: Action, label: str) -> Change:
    return Change(changed(view.interview, page="handing", subject=action.about))


def _which_office(view: View, action: Action, label: str) -> Change:
    sentence = Say(view.words(say("不知道交给谁，先别交错，打电话问一句就行。")), "help")
    return Change(view.interview, (sentence, contact.told(view)))


def _hand_over(view: View, action: Action, label: str) -> Change:
    there = next((each for each in view.scene.destinations if each.id == action.about), None)
    left = changed(view.interview, page="", subject="", focus="", due=(), from_summary=False)
    if there is None or not handing_in.possible(view):
        return Change(left, handing_in.why_not(view))
    echo = view.words(say("✓ 递交给{office}", office=Own(there.name)))
    return Change(left, echo=echo, events=(HandedIn(there.id),), agreed=True)


def _taking_back(view: View, action: Action, label: str) -> Change:
    handed = view.scene.handed
    if handed and handed.may_withdraw and view.in_hand:
        return Change(changed(view.interview, page="taking_back", pending=None))
    if view.in_hand:
        return Change(changed(view.interview, page="locked", pending=None))
    sentence = say("这份申报现在不在工会手里，不用撤回，直接改就行。")
    return Change(view.interview, (Say(view.words(sentence), "note"),))


def _take_back(view: View, action: Action, label: str) -> Change:
    handed = view.scene.handed
    if handed is None or not handed.may_withdraw or view.in_hand is None:
        return replace(_taking_back(view, action, label))
    back = changed(view.interview, page="summary", subject="")
    return Change(back, echo=label, events=(TakenBack(),), agreed=True)


VERBS: Mapping[str, Callable[[View, Action, str], Change]] = {
    "hand_in": _hand_in,
    "hand_to": _hand_to,
    "which_office": _which_office,
    "hand_over": _hand_over,
    "taking_back": _taking_back,
    "take_back": _take_back,
}
