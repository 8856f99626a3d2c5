"""Whoever had everything deleted is told so at their other doors as well.

Nothing is kept of them by then, so this stands in memory only, and only until it was told.
"""

from __future__ import annotations

from collections import OrderedDict

from bot.house.afterwards import Gone
from bot.house.post import DoorKey
from dialogs import belongings
from dialogs.turn import Screen, Turn

#: Doors remembered at most; those that waited the longest are not told.
_DOORS = 2_000


class Farewells:
    """The doors that are still to be told, and whether they have been shown it."""

    def __init__(self) -> None:
        self._due: OrderedDict[DoorKey, bool] = OrderedDict()

    def bid(self, gone: Gone) -> None:
        """These doors are to be told."""
        self._due.update(dict.fromkeys(gone.others, False))
        while len(self._due) > _DOORS:
            self._due.popitem(last=False)

    def told(self, door: DoorKey, turn: Turn, screen: Screen) -> Screen:
        """The Screen with the word in front, on every look until something is done there."""
        shown = self._due.get(door)
        if shown is None:
            return screen
        if not turn.looks:
            del self._due[door]
            if shown:
                return screen
        else:
            self._due[door] = True
        return screen.telling((belongings.gone(screen.locale),))
