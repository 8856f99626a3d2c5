"""Which question something was sent for, as far as earlier messages of the same person tell."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from dialogs.turn import Meant, Turn
from forms.programme import Programme
from storage import counted
from storage.interviews import Speaker
from storage.unit import Unit

#: How long a channel keeps what was sent while we were away. What seems older was sent by another clock than ours.
_KEPT = timedelta(days=1)


def meant(  # noqa: PLR0913, PLR0917  # a Turn, and all that may tell
    unit: Unit, channel: str, speaker: Speaker | None, turn: Turn, programme: Programme | None, now: datetime
) -> Turn:
    """The Turn with the question that it was meant for, where an earlier message or file of the person tells."""
    if speaker is None or not (turn.amends or turn.file):
        return turn
    earlier = None
    if turn.amends:
        earlier = counted.taken_for(unit, channel, turn.conversation, message_id=turn.amends)
    elif turn.answers is None:
        if turn.album:
            earlier = counted.taken_for(unit, channel, turn.conversation, album=turn.album)
        if earlier is None and programme and turn.sent and now - turn.sent < _KEPT:
            earlier = _asked_then(unit, channel, speaker, turn, turn.sent, programme)
    if earlier is None or earlier[0] != speaker.interview:
        return turn
    return replace(turn, answers=Meant(earlier[1]))


def _asked_then(  # noqa: PLR0913, PLR0917  # what was sent, where, and when
    unit: Unit, channel: str, speaker: Speaker, turn: Turn, sent: datetime, programme: Programme
) -> tuple[str, str] | None:
    """The interview and question of the file question that stood when a file was sent, where another stands now.

    What was taken since then was taken for it; a question that came up later was not on anybody's screen. This is
    how the second of two files finds its question when a restart forgot what stood in the chat.
    """
    form = programme.form(speaker.state.role)
    since = counted.taken_since(unit, channel, turn.conversation, sent)
    for identifier, name in since:
        question = form.questions.get(name)
        if identifier == speaker.interview and question is not None and question.accepts_files:
            return identifier, name
    return None
