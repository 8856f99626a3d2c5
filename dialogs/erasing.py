"""What may not be collected: while a rule says so, nothing but the answer it weighs is kept.

The answer stays so that the question is not simply put afresh, and can be corrected where it was a slip.
"""

from __future__ import annotations

from dataclasses import replace

from dialogs.change import Change, changed
from dialogs.events import Erased
from dialogs.scene import Scene
from dialogs.view import View
from forms.programme import Programme
from forms.rules import Verdict


def erased(change: Change, programme: Programme | None, scene: Scene) -> Change:
    """The change with everything emptied that a failed rule wants erased; an event tells which rule it was."""
    if programme is None or not any(rule.erase for rule in programme.rules):
        return change
    interview = change.interview
    view = View(programme, interview, scene)
    failed = forbidding(view)
    if failed is None:
        return change
    weighed = {question.id for question in view.questions_of(failed)}
    pending = interview.pending
    emptied = interview.model_copy(
        update={
            "answers": {name: value for name, value in interview.answers.items() if name in weighed},
            "drafts": {name: draft for name, draft in interview.drafts.items() if name in weighed},
            "pending": pending if pending and pending.question in weighed else None,
            "proposed": (),
            "skipped": (),
            "later": (),
            "appealed": (),
            "faced": (),
            "declined": (),
            "withheld": (),
            "asked": (),
            "asking": None,
            "ground": {},
            "amendments": (),
            "heeded": (),
            "upheld": (),
            "unread": {},
            "focus": interview.focus if interview.focus in weighed else "",
            "finished_at": "",
        }
    )
    if emptied == interview:
        return change
    events = (*change.events, Erased(failed.rule.id))
    return replace(change, interview=changed(emptied), events=events)


def forbidding(view: View) -> Verdict | None:
    """The failed rule because of which nothing is kept but the answer that it weighs."""
    return next((v for v in view.verdicts if v.rule.erase and v.outcome == "not_met"), None)
