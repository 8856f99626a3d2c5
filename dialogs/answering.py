"""From what was sent to an answer that stands."""

from __future__ import annotations

from dialogs import asking, verdicts
from dialogs.change import Change, changed, minus, without
from dialogs.interview import Pending
from dialogs.turn import Event, Say
from dialogs.view import View
from forms.kinds.base import Check, Given, Problem, Question, Unfinished, Value
from forms.message import say


def answer(view: View, question: Question, given: Given) -> Change:
    """What a question makes of what was sent."""
    interview = view.interview
    reading = view.read(question, given)
    if isinstance(reading, Problem):
        return Change(interview, (asking.problem(view, reading),))
    said = tuple(Say(view.words(message), "note") for message in getattr(reading, "said", ()))
    if isinstance(reading, Unfinished):
        drafts = {**interview.drafts, question.id: reading.draft}
        return Change(changed(interview, drafts=drafts, pending=None), said)
    if isinstance(reading, Check):
        pending = Pending(question=question.id, text=given.text, key=given.key)
        return Change(changed(interview, pending=pending))
    return settle(view, question, reading.value, said)


def settle(view: View, question: Question, value: Value, said: tuple[Say, ...] = ()) -> Change:
    """The question is answered: the path goes on, new verdicts are told, remarks are made."""
    interview = view.interview
    answered = changed(
        interview,
        answers={**interview.answers, question.id: value},
        drafts=without(interview.drafts, question.id),
        skipped=minus(interview.skipped, question.id),
        later=minus(interview.later, question.id),
        faced=_forget(view, question, interview.faced),
        appealed=_forget(view, question, interview.appealed),
        pending=None,
        focus="",
        from_summary=False,
        page="",
        finished_at="",
    )
    after = View(view.programme, answered, view.scene)
    if interview.from_summary and after.next_question is None:
        answered = answered.model_copy(update={"page": "summary"})
        after = View(view.programme, answered, view.scene)
    words = view.words
    echo = words(
        say("✓ {label}：{value}", label=words.text(question.label), value=words(question.show(value)))
    )
    remarks = tuple(
        Say(words(remark.message), "problem" if remark.blocking else "note")
        for remark in after.remarks(question)
    )
    told = {each.text for each in said}
    remarks = tuple(remark for remark in remarks if remark.text not in told)
    events = (Event("answered", question.id),)
    return Change(answered, said + remarks + verdicts.news(view, after), echo, events)


def _forget(view: View, question: Question, rules: tuple[str, ...]) -> tuple[str, ...]:
    """Rules that weigh this answer are faced afresh."""
    weighing = {v.rule.id for v in view.verdicts if question in view.questions_of(v)}
    return tuple(rule for rule in rules if rule not in weighing)
