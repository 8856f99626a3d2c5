"""From what was sent to an answer that stands."""

from __future__ import annotations

from dialogs import asking, invited, verdicts
from dialogs.change import Change, changed, minus, without
from dialogs.events import Answered
from dialogs.interview import Interview, Pending
from dialogs.turn import Say
from dialogs.view import View
from forms.kinds.base import Check, Given, Problem, Question, Unfinished, Value
from forms.message import say


def answer(view: View, question: Question, given: Given, sure: bool = True) -> Change:
    """What a question makes of what was sent; what is not `sure` to be meant so is asked back."""
    interview = view.interview
    core = question.core(given.text) if given.text is not None else None
    if core is not None:
        given, sure = Given(text=core), False
    reading = view.read(question, given)
    if isinstance(reading, Problem):
        return Change(interview, (asking.problem(view, reading),), question=question.id)
    said = tuple(Say(view.words(message), "note") for message in getattr(reading, "said", ()))
    if isinstance(reading, Unfinished):
        drafts = {**interview.drafts, question.id: reading.draft}
        return Change(changed(interview, drafts=drafts, pending=None), said, question=question.id)
    if isinstance(reading, Check) or not sure:
        pending = Pending(question=question.id, text=given.text, key=given.key)
        return Change(changed(interview, pending=pending), question=question.id)
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
        finished_at="",
    )
    if invited.rests(view, question):
        answered = invited.grounded(view, answered)
    after = View(view.programme, _here(view, answered, question.id), view.scene)
    words = view.words
    remarks = asking.remarks(after, question)
    if after.remarked:  # the next Screen makes the remarks and waits for what is said to them
        made = {remark.text for remark in remarks}
        said, remarks = tuple(each for each in said if each.text not in made), ()
    else:
        after = View(view.programme, onward(view, question, answered), view.scene)
        said_already = {each.text for each in said}
        remarks = tuple(remark for remark in remarks if remark.text not in said_already)
    echo = words(say("✓ {label}：{value}", label=question.label, value=question.show(value)))
    events = (Answered(question.id),)
    said = said + remarks + verdicts.news(view, after)
    return Change(after.interview, said, echo, events, question=question.id)


def onward(view: View, question: Question, interview: Interview) -> Interview:
    """Where it goes when a question is done with; `interview` is what stands then.

    To a failed rule that weighs the answer, to a question left half-way just behind this one, to what a change made
    due; then back to the summary where one came from it, or on along the path.
    """
    left = _here(view, interview)
    after = View(view.programme, left, view.scene)
    half = _half_way(after, question)
    if half:
        return left.model_copy(update={"focus": half})
    if not left.from_summary or (after.facing and question in after.questions_of(after.facing)):
        return left
    if left.due:
        return left.model_copy(update={"focus": left.due[0]})
    return left.model_copy(update={"page": "summary", "from_summary": False})


def _here(view: View, interview: Interview, remarked: str = "") -> Interview:
    """Where it stands before it goes anywhere: with what a change made due, where it goes back to the summary."""
    left = interview.model_copy(update={"focus": "", "page": "", "pending": None, "remarked": remarked})
    if not left.from_summary:
        return left
    after = View(view.programme, left, view.scene)
    open_before = {q.id for q in view.unsettled}
    unsettled = [q.id for q in after.unsettled]
    due = tuple(name for name in unsettled if name in interview.due or name not in open_before)
    return left.model_copy(update={"due": due})


def afresh(interview: Interview, question: Question) -> Interview:
    """The question afresh; what was half given belonged to the answer that was wrong."""
    return changed(interview, pending=None, drafts=without(interview.drafts, question.id))


def _half_way(view: View, question: Question) -> str:
    """The question behind this one, where it was answered once and is being answered anew."""
    names = [each.id for each in view.steps]
    following = names[names.index(question.id) + 1 :][:1] if question.id in names else []
    answers, drafts = view.interview.answers, view.interview.drafts
    for name in following:
        asked = view.form.questions[name]
        if name in answers and asked.holds(drafts.get(name)) and drafts[name] != asked.reopen(answers[name]):
            return name
    return ""


def _forget(view: View, question: Question, rules: tuple[str, ...]) -> tuple[str, ...]:
    """Rules that weigh this answer are faced afresh."""
    weighing = {v.rule.id for v in view.verdicts if v.rule.id in rules and question in view.questions_of(v)}
    return tuple(rule for rule in rules if rule not in weighing)
