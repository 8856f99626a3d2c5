"""Whose a Screen is, in a word that says nothing to anybody else."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

from dialogs.interview import Outcome
from dialogs.turn import Screen
from storage.interviews import Speaker


def owned(outcome: Outcome, speaker: Speaker | None) -> Screen:
    """The Screen with its `who`: eight digits for the person, eight for the interview; none before consent."""
    if speaker is None or not outcome.interview.consented_at:
        return outcome.screen
    who = "".join(sha256(known.encode()).hexdigest()[:8] for known in (speaker.person, speaker.interview))
    return replace(outcome.screen, who=who)
