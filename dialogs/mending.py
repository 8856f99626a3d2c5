"""What was kept and no question can read any more is set aside: nothing that stands in a row keeps its person out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from dialogs import review, verdicts
from dialogs.interview import Interview
from dialogs.scene import Scene
from dialogs.view import View
from forms.kinds.base import Circumstances, Given, Question, Value
from forms.parties import LEADING
from forms.programme import Programme

#: Any day will do to find out whether a value can be read.
_ABOUT = Circumstances(today=date(2000, 1, 1))


def sound(programme: Programme | None, interview: Interview, scene: Scene) -> Interview:
    """The interview with what keeps it from being shown moved to `unread`: “answers.<question>”, “drafts.<question>”.

    First what its own question cannot read; then what a rule, a branch or a print cannot. A part that the programme
    does not have is taken for the nominee's.
    """
    if programme is None:
        return interview
    unread = dict(interview.unread)
    if not programme.has_form(interview.role):
        interview = interview.model_copy(update={"role": LEADING})
    questions = programme.form(interview.role).questions
    answers, lost = _parted(interview.answers, questions, _answer)
    drafts, left = _parted(interview.drafts, questions, _draft)
    mended = interview.model_copy(update={"answers": answers, "drafts": drafts})
    if not _shown(programme, mended, scene):
        standing: dict[str, Value] = {}
        for name in sorted(answers, key=list(questions).index if set(answers) <= set(questions) else str):
            tried = {**standing, name: answers[name]}
            if _shown(programme, mended.model_copy(update={"answers": tried}), scene):
                standing = tried
            else:
                lost[name] = answers[name]
        mended = mended.model_copy(update={"answers": standing})
    unread.update({f"answers.{name}": value for name, value in lost.items()})
    unread.update({f"drafts.{name}": value for name, value in left.items()})
    return mended.model_copy(update={"unread": unread}) if unread != interview.unread else interview


def gone_over(programme: Programme, interview: Interview, scene: Scene) -> Interview:
    """An interview that goes over to another definition, with what does not fit it set aside.

    That is what `sound` sets aside, and a choice that is not on offer any more: no box of the form would stand for it.
    """
    over = sound(programme, interview.model_copy(update={"digest": programme.digest}), scene)
    questions = programme.form(over.role).questions
    past = [
        name
        for name, value in over.answers.items()
        if name in questions and not questions[name].offers(value)
    ]
    if not past:
        return over
    answers = {name: value for name, value in over.answers.items() if name not in past}
    unread = over.unread | {f"answers.{name}": over.answers[name] for name in past}
    drafts = {name: draft for name, draft in over.drafts.items() if name not in past}
    return over.model_copy(update={"answers": answers, "unread": unread, "drafts": drafts})


def _shown(programme: Programme, interview: Interview, scene: Scene) -> bool:
    """Whether everything that follows from the answers can be worked out and put into words."""
    view = View(programme, interview.model_copy(update={"page": ""}), scene)
    try:
        review.summary(view)
        verdicts.overview(view)
        review.papers(view)
    except Exception:  # whatever a rule makes of a value of another shape
        return False
    return True


def _parted(
    values: Mapping[str, Value], questions: Mapping[str, Question], try_out: Callable[[Question, Value], None]
) -> tuple[dict[str, Value], dict[str, Value]]:
    kept: dict[str, Value] = {}
    lost: dict[str, Value] = {}
    for name, value in values.items():
        (kept if name not in questions or _holds(try_out, questions[name], value) else lost)[name] = value
    return kept, lost


def _holds(try_out: Callable[[Question, Value], None], question: Question, value: Value) -> bool:
    try:
        try_out(question, value)
    except Exception:  # any shape may have been kept, and any of them may fail anywhere
        return False
    return True


def _answer(question: Question, value: Value) -> None:
    str(question.show(value))
    question.printed(value)
    question.remarks(value, _ABOUT)
    question.derive(value)
    question.files(value)
    question.reopen(value)


def _draft(question: Question, draft: Value) -> None:
    for message in question.prompt(draft):
        str(message)
    question.keys(draft)
    question.holds(draft)
    question.asked_in(draft)
    for given in (Given(text="1"), Given(key="done")):
        question.parse(given, draft, _ABOUT)
