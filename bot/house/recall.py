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
        self._known: OrderedDict[str, tuple[int, Interview, Memo, frozenset[str]]] = OrderedDict()

    def state(self, interview: str, version: int) -> tuple[Interview, frozenset[str]] | None:
        """An interview as it stands at a version, with what it may name of files; None where that is not known."""
        remembered = self._known.get(interview)
        return (remembered[1], remembered[3]) if remembered and remembered[0] == version else None

    def of(self, speaker: Speaker) -> tuple[Speaker, Memo]:
        """The speaker with what is known of their interview as it stands; nothing where it has another version."""
        none = (0, speaker.state, Memo(), speaker.files)
        version, state, memo, _ = self._known.get(speaker.interview, none)
        if version != speaker.version:
            return speaker, Memo()
        return replace(speaker, state=state), memo

    def keep(  # what is known
        self, speaker: Speaker, version: int, state: Interview, memo: Memo, files: frozenset[str]
    ) -> None:
        """What is known of an interview that is at this version now."""
        self._known[speaker.interview] = (version, state, memo.of(state, state.answers), files)
        self._known.move_to_end(speaker.interview)
        while len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)
