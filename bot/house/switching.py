"""From one interview of a person to another of theirs."""

from __future__ import annotations

from datetime import datetime

from dialogs.interview import Interview
from dialogs.keeping import written
from storage import interviews
from storage.interviews import Speaker
from storage.unit import Unit


def switch(unit: Unit, speaker: Speaker, here: Interview, target: str, now: datetime) -> None:
    """Go over to another interview of the person, "" for a new one.

    `here` is the interview that they leave, as it now stands.
    """
    again: dict[str, object] = {}
    if not target:
        again["fitting"] = False  # a pre-check that was left begins with the list of programmes
        unused = (identifier for identifier, state in interviews.others(unit, speaker) if not state.programme)
        target = next(unused, "")
        if not target:
            interviews.begin(unit, speaker.person, Interview(revision=here.revision + 1), now)
            return
    interviews.enter(unit, speaker.person, target)
    entered = interviews.by_id(unit, target)
    # Beyond both revisions, so that no button of the one interview is taken for one of the other.
    again["revision"] = max(entered.state.revision, here.revision) + 1
    interviews.save(unit, entered, written(entered.state.model_copy(update=again)))
