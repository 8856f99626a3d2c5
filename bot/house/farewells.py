"""Whoever had everything deleted is told so at their other doors as well.

Nothing is kept of them by then, so this stands in memory only, and only until it was told.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable

from bot.house.post import DoorKey
from dialogs import belongings
from dialogs.turn import Screen, Turn

#: Doors remembered at most; those that waited the longest are not told.
_DOORS = 2_000


class Farewells:
    """The doors that are still to be told, and whether they have been shown it."""

    def __init__(self) -> None:
        self._due: OrderedDict[DoorKey, bool] = OrderedDict()

    def bid(self, doors: Iterable[DoorKey]) -> None:
        """These doors are to be told."""
        self._due.update(dict.fromkeys(doors, False))
        while len(self._due) > _DOORS:
            self._due.popitem(last=False)

    def forget(self, door: DoorKey) -> None:
        """This door was told elsewhere."""
        self._due.pop(door, None)

    def told(self, door: DoorKey, turn: Turn, screen: Screen) -> tuple[Screen, bool]:
        """The Screen with the word in front, on every look until something is done there; and whether that is over now."""
        shown = self._due.get(door)
        if shown is None:
            return screen, False
        if not turn.looks:
            del self._due[door]
            if shown:
                return screen, True
        else:
            self._due[door] = True
        return screen.telling((belongings.gone(screen.locale),)), not turn.looks
