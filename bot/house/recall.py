"""What was worked out of the interviews that were taken last: a Turn begins where the one before it ended.

In memory only, and never trusted beyond its version: another process may have been first.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import replace

from dialogs.interview import Interview
from dialogs.scene import Memo
from storage.interviews import Speaker

#: Interviews remembered; those that were quiet the longest are forgotten. One takes some tens of kilobytes. As many as
#: talk to one process at once: where there were fewer, everybody who answers in turn would be forgotten by their turn.
_REMEMBERED = 2048


class Recall:
    """The latest interviews by id, each at one version."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, tuple[int, Interview, Memo]] = OrderedDict()

    def state(self, interview: str, version: int) -> Interview | None:
        """An interview as it stands at a version; None where that is not known."""
        latest, state, _ = self._known.get(interview, (0, None, None))
        return state if latest == version else None

    def of(self, speaker: Speaker) -> tuple[Speaker, Memo]:
        """The speaker with what is known of their interview as it stands; nothing where it has another version."""
        version, state, memo = self._known.get(speaker.interview, (0, speaker.state, Memo()))
        if version != speaker.version:
            return speaker, Memo()
        return replace(speaker, state=state), memo

    def keep(self, speaker: Speaker, version: int, state: Interview, memo: Memo) -> None:
        """What is known of an interview that is at this version now."""
        self._known[speaker.interview] = (version, state, memo.of(state, state.answers))
        self._known.move_to_end(speaker.interview)
        while len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)
