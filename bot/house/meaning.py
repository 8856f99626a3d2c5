"""Which question something was sent for, as far as earlier messages of the same person tell."""

from __future__ import annotations

from dataclasses import replace

from dialogs.turn import Meant, Turn
from storage import counted
from storage.interviews import Speaker
from storage.unit import Unit


def meant(unit: Unit, channel: str, speaker: Speaker | None, turn: Turn) -> Turn:
    """The Turn with the question that it was meant for, where an earlier message or file of the person tells."""
    if speaker is None or not (turn.amends or turn.album):
        return turn
    earlier = None
    if turn.amends:
        earlier = counted.taken_for(unit, channel, turn.conversation, message_id=turn.amends)
    elif turn.answers is None:
        earlier = counted.taken_for(unit, channel, turn.conversation, album=turn.album)
    if earlier is None or earlier[0] != speaker.interview:
        return turn
    return replace(turn, answers=Meant(earlier[1]))
