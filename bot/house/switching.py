"""From one interview of a person to another of theirs."""

from __future__ import annotations

from datetime import datetime

from dialogs.interview import Interview, Outcome
from storage import interviews
from storage.interviews import Speaker
from storage.unit import Unit


def switch(unit: Unit, speaker: Speaker, outcome: Outcome, now: datetime) -> None:
    """Go over to another interview of the person, or a new one, with the language they now speak."""
    here = outcome.interview
    blank = Interview(locale=here.locale, consented_at=here.consented_at, revision=here.revision + 1)
    target = outcome.switch
    if target == "new":
        unused = (identifier for identifier, state in interviews.others(unit, speaker) if not state.programme)
        found = next(unused, None)
        if found is None:
            interviews.begin(unit, speaker.person, blank, now)
            return
        target = found
    interviews.enter(unit, speaker.person, target)
    entered = interviews.by_id(unit, target)
    # Beyond both revisions, so that no button of the one interview is taken for one of the other.
    revision = max(entered.state.revision, here.revision) + 1
    again: dict[str, object] = {"locale": here.locale, "revision": revision}
    if outcome.switch == "new":
        again["fitting"] = False  # a pre-check that was left begins with the list of programmes
    interviews.save(
        unit,
        entered,
        entered.state.model_copy(update=again),
        entered.party,
    )
