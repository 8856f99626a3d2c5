"""Whoever had everything deleted is told so at their other doors as well.

Nothing is kept of them by then, so this stands in memory only, and only until it was told.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from bot.house.archive import Archive
from bot.house.devices import speaking
from bot.house.sweeping import Sweeping
from dialogs import belongings
from dialogs.turn import Screen, Turn
from storage.belongings import doors_of, forget
from storage.unit import Unit

#: Doors remembered at most; those that waited the longest are not told.
_DOORS = 2_000

Door = tuple[str, str]


class Farewell(Exception):  # noqa: N818  # how a conversation ends, not a defect
    """Everything kept of the person is to go; `screen` is what they see then."""

    def __init__(self, screen: Screen) -> None:
        super().__init__()
        self.screen = screen


class Farewells:
    """Forgets people, and remembers the doors that are still to be told and whether they have been shown it."""

    def __init__(
        self,
        archive: Archive,
        sweeping: Sweeping,
        listeners: Mapping[str, Callable[[str], None]],
        clock: Callable[[], datetime],
    ) -> None:
        self._archive = archive
        self._clock = clock
        self._sweeping = sweeping
        self._listeners = listeners
        self._due: OrderedDict[Door, bool] = OrderedDict()

    async def forget(self, here: Door) -> bool:
        """As `Conversation.forget`; the person's other doors are to be told."""

        def gone(unit: Unit) -> tuple[tuple[str, ...], tuple[Door, ...]]:
            speaker = speaking(unit, *here, self._clock())
            doors = doors_of(unit, speaker.person) if speaker else ()
            return (forget(unit, speaker.person), doors) if speaker else ((), ())

        files, doors = await self._archive.run(gone)
        await self._sweeping.drop(files)
        others = tuple(door for door in doors if door != here)
        self._due.update(dict.fromkeys(others, False))
        while len(self._due) > _DOORS:
            self._due.popitem(last=False)
        for channel, address in others:
            if channel in self._listeners:
                self._listeners[channel](address)
        return bool(doors)

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
        return replace(screen, parts=(belongings.gone(screen.locale), *screen.parts))
