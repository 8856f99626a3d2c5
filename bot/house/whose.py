"""Whose a Screen is, in a word that says nothing to anybody else."""

from __future__ import annotations

from hashlib import sha256

from storage.interviews import Speaker


def whose(speaker: Speaker) -> str:
    """Eight digits for the person, eight for the interview; "" before consent."""
    if not speaker.state.consented_at:
        return ""
    return "".join(
        sha256(identifier.encode()).hexdigest()[:8] for identifier in (speaker.person, speaker.interview)
    )
