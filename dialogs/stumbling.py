"""Whoever fails several times at one question is helped before they are told once more that it was wrong.

After the second time the question's own explanation is shown, after the third a person to turn to, and from then on.
"""

from __future__ import annotations

from dataclasses import replace

from dialogs import asking, contact
from dialogs.change import Change
from dialogs.interview import Interview
from dialogs.scene import Scene
from dialogs.turn import Say, Turn
from dialogs.view import View
from forms.programme import Programme

_HELP, _OFFICE = 2, 3


def guided(
    programme: Programme | None, interview: Interview, turn: Turn, change: Change, scene: Scene
) -> Change:
    """The change, with what helps where the same question was failed again; any step forward forgets that."""
    after = change.interview
    if turn.looks:
        return change
    failed = programme is not None and any(said.tone == "problem" for said in change.said)
    if not failed or after.revision != interview.revision or programme is None:
        return _counted(change, "", 0) if after.stumbles else change
    view = View(programme, after, scene)
    question = None if after.page or view.amending else view.current
    facing = bool(view.facing) and not after.focus
    if question is None and not facing:
        return change
    here = (
        "" if question is None or facing else question.id
    )  # a rule that is faced has its buttons, and the office
    times = after.stumbles + 1 if after.stumbled == here else 1
    more: tuple[Say, ...] = ()
    helped = any(said.tone == "help" for said in change.said)
    if times == _HELP and question and here and not helped:
        more = (asking.explained(view, question),)
    elif times >= _OFFICE and not helped:
        more = (contact.told(view),)
    return _counted(replace(change, said=(*change.said, *more)), here, times)


def _counted(change: Change, question: str, times: int) -> Change:
    state = change.interview.model_copy(update={"stumbled": question, "stumbles": times})
    return replace(change, interview=state)
