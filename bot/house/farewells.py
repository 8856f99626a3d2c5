"""Whoever had everything deleted is told so at their other doors as well.

Nothing is kept of them by then, so this stands in memory only, and only until it was told.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import replace

from dialogs.belongings import gone
from dialogs.turn import Screen, Turn

#: Doors remembered at most; those that waited the longest are not told.
_DOORS = 2_000

Door = tuple[str, str]


class Farewell(Exception):  # noqa: N818  # how a conversation ends, not a defect
    """Everything kept of the person is to go; `screen` is what they see then."""

    def __init__(self, screen: Screen) -> None:
        super().__init__()
        self.screen = screen


class Farewells:
    """The doors, as channel and address, that are still to be told, and whether they have been shown it."""

    def __init__(self) -> None:
        self._due: OrderedDict[Door, bool] = OrderedDict()

    def due(
        self, doors: tuple[Door, ...], here: Door, listeners: Mapping[str, Callable[[str], None]]
    ) -> None:
        """Note the doors that led to the person, besides the one where it was said; whoever listens there hears it."""
        others = tuple(door for door in doors if door != here)
        self._due.update(dict.fromkeys(others, False))
        while len(self._due) > _DOORS:
            self._due.popitem(last=False)
        for channel, address in others:
            if channel in listeners:
                listeners[channel](address)

    def told(self, door: Door, turn: Turn, screen: Screen) -> Screen:
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
        return replace(screen, parts=(gone(screen.locale), *screen.parts))
