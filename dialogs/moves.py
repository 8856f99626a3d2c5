"""What buttons and commands do in an application. A verb is one function; the table at the end is the register."""

from __future__ import annotations

from collections.abc import Callable

from dialogs import (
    amending,
    asking,
    consents,
    contact,
    corrected,
    correcting,
    correspondence,
    doors,
    fitting,
    handing_moves,
    invited,
    inviting,
    looked_at,
    overview,
    pages,
    profile,
    proposing,
    register,
    reminders,
    review,
    sensitive,
    suggesting,
    upholding,
    verdicts,
)
from dialogs.answering import afresh, answer, onward, settle
from dialogs.change import Change, changed, minus, without
from dialogs.events import (
    Appealed,
    Faced,
    Finished,
    PutOff,
    Restarted,
    Skipped,
    Switched,
)
from dialogs.first_moves import begin
from dialogs.interview import Interview
from dialogs.turn import Action, Say
from dialogs.view import View
from forms.kinds.base import Given
from forms.message import Message, say

# What can be pressed in an application.


def _pick(view: View, action: Action, label: str) -> Change:
    identifier, _, key = action.about.partition(":")
    return answer(view, view.question(identifier), Given(key=key))


def _confirm(view: View, action: Action, label: str) -> Change:
    if view.amending:
        return correcting.amended(view)
    question = view.form.questions[action.about]
    reading = asking.pended(view, question)
    if reading is None:
        return Change(changed(view.interview, pending=None))
    return settle(view, question, reading.value)


def _again(view: View, action: Action, label: str) -> Change:
    return Change(afresh(view.interview, view.form.questions[action.about]))


def _skip(view: View, action: Action, label: str) -> Change:
    if upholding.passed(view, action.about):
        return upholding.opening(view, action.about)
    return _pass(view, Skipped(action.about), say("✓ {label}：跳过", label=_label(view, action.about)))


def _later(view: View, action: Action, label: str) -> Change:
    return _pass(view, PutOff(action.about), say("✓ {label}：稍后再补", label=_label(view, action.about)))


def _pass(view: View, event: Skipped | PutOff, echo: Message) -> Change:
    """Go on without an answer; an earlier one is taken back, a draft is kept for the way back."""
    interview, identifier, how = view.interview, event.about, event.kind
    passed = changed(
        interview,
        answers=without(interview.answers, identifier),
        finished_at="",
        **{how: (*minus(getattr(interview, how), identifier), identifier)},
    )
    passed = onward(view, view.form.questions[identifier], passed)
    return Change(passed, echo=view.words(echo), events=(event,))


def _label(view: View, identifier: str) -> str:
    return view.words.text(view.form.questions[identifier].label)


def _back(view: View, action: Action, label: str) -> Change:
    steps = [question.id for question in view.steps]
    current = view.current
    at = steps.index(current.id) if current else len(steps)
    if view.interview.page:
        return Change(changed(view.interview, page=""))
    if view.interview.proposed:
        return proposing.unnoted(view, action, label)
    if view.remarked:
        return Change(focused(view, view.remarked.id, view.interview.from_summary))
    if at == 0:
        return Change(view.interview, (Say(view.words(say("这已经是第一步了。")), "note"),))
    return Change(focused(view, steps[at - 1], view.interview.from_summary))


def focused(view: View, identifier: str, from_summary: bool) -> Interview:
    """The question on screen again, beginning with what stands there where its kind wants that."""
    interview = view.interview
    drafts = interview.drafts
    if identifier in interview.answers and identifier not in drafts:
        reopened = view.form.questions[identifier].reopen(interview.answers[identifier])
        if reopened is not None:
            drafts = {**drafts, identifier: reopened}
    return changed(
        interview,
        focus=identifier,
        from_summary=from_summary,
        page="",
        pending=None,
        proposed=(),
        remarked="",
        drafts=drafts,
    )


def _keep(view: View, action: Action, label: str) -> Change:
    interview = view.interview
    kept = changed(interview, drafts=without(interview.drafts, interview.focus))
    question = view.current
    return Change(onward(view, question, kept) if question else kept)


def _edit(view: View, action: Action, label: str) -> Change:
    interview = view.interview
    from_summary = interview.from_summary or interview.page == "summary" or view.current is None
    return Change(focused(view, action.about, from_summary))


def _to(page: str) -> Callable[[View, Action, str], Change]:
    def go(view: View, action: Action, label: str) -> Change:
        return Change(changed(view.interview, page=page, pending=None))

    return go


def _help(view: View, action: Action, label: str) -> Change:
    question = view.current
    if question is None or view.interview.page:
        return Change(view.interview, (contact.told(view),))
    return Change(view.interview, asking.helped(view, question))


def _resume(view: View, action: Action, label: str) -> Change:
    """From the summary to what staff sent back, or the first thing that is missing or wrong."""
    interview = view.interview
    first = (*(q.id for q in view.missing), *view.wrong)
    if view.next_question is not None or view.sent_back or not first:
        return Change(changed(interview, page="", focus="", remarked="", from_summary=False, due=()))
    return Change(focused(view, first[0], from_summary=True))


def _appeal(view: View, action: Action, label: str) -> Change:
    interview = view.interview
    appealed = _walked_past(view, changed(interview, appealed=(*interview.appealed, action.about)))
    after = View(view.programme, appealed, view.scene)
    return Change(appealed, verdicts.news(view, after), label, (Appealed(action.about),))


def _face(view: View, action: Action, label: str) -> Change:
    """Past a failed rule; what else is wrong with the same material is walked past with it."""
    interview, facing = view.interview, view.facing
    past = [action.about]
    if facing in view.wrong_material:
        own = view.questions_of(facing)
        past = [v.rule.id for v in view.wrong_material if view.questions_of(v) == own]
    faced = changed(interview, faced=tuple(dict.fromkeys((*interview.faced, *past))))
    return Change(_walked_past(view, faced), echo=label, events=(Faced(action.about),))


def _walked_past(view: View, interview: Interview) -> Interview:
    weighed = view.questions_of(view.facing) if view.facing else ()
    return onward(view, weighed[-1], interview) if weighed else interview


def _declare(view: View, action: Action, label: str) -> Change:
    if not view.ready or view.sent_back:
        return Change(changed(view.interview, page="summary"))
    done = invited.grounded(view, review.finish(view.interview, view.scene.now))
    done = handing_moves.declared(view, done)
    return Change(changed(done, remarked=""), echo=label, events=(Finished(),), agreed=True)


def _clear(view: View, action: Action, label: str) -> Change:
    return Change(pages.cleared(view.interview), events=(Restarted(),))


def _start(view: View, action: Action, label: str) -> Change:
    return begin(view.interview, action, view.scene)


def _new(view: View, action: Action, label: str) -> Change:
    return Change(changed(view.interview, page=""), events=(Switched(),))


def _switch(view: View, action: Action, label: str) -> Change:
    return Change(changed(view.interview, page=""), events=(Switched(action.about),))


def _story(view: View, action: Action, label: str) -> Change:
    return Change(changed(view.interview, page="story", told=action.about, pending=None))


#: What concerns the person, with a programme or without.
_PERSONAL = {**doors.VERBS, **reminders.VERBS}


def _in_application(verb: str) -> Callable[[View, Action, str], Change]:
    def act(view: View, action: Action, label: str) -> Change:
        return _PERSONAL[verb](view.interview, action, view.scene)

    return act


VERBS: dict[str, Callable[[View, Action, str], Change]] = {
    "pick": _pick,
    "confirm": _confirm,
    "again": _again,
    "stands": correcting.stands,
    "note": proposing.noted,
    "unnote": proposing.unnoted,
    "agree": suggesting.agree,
    "decline": suggesting.decline,
    "skip": _skip,
    "later": _later,
    "back": _back,
    "keep": _keep,
    "edit": _edit,
    "help": _help,
    "resume": _resume,
    "appeal": _appeal,
    "face": _face,
    "declare": _declare,
    "clear": _clear,
    "start": _start,
    "leave": fitting.leave,
    "adopt": profile.adopt,
    "adopt_unit": profile.adopt_unit,
    "afresh": profile.afresh,
    "new": _new,
    "switch": _switch,
    "close": _to(""),
    **{page.opened_by: _to(page.name) for page in register.PAGES.values()},
    "story": _story,
    "tell": _story,
    **inviting.VERBS,
    **invited.VERBS,
    **amending.VERBS,
    **overview.VERBS,
    **upholding.VERBS,
    **corrected.VERBS,
    **handing_moves.VERBS,
    **correspondence.VERBS,
    **sensitive.VERBS,
    **consents.VERBS,
    **looked_at.VERBS,
    **{verb: _in_application(verb) for verb in _PERSONAL},
}
