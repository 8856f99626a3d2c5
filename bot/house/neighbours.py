"""The doors that are open in this process, and in others of the same house: whoever has one wakes it.

Alone on SQLite there are no others. On PostgreSQL what happens at a door is said to all, and whoever has it open in
front of somebody wakes it. Words get lost, when the database goes or a process dies: what waits at open doors is looked
for now and again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from datetime import datetime

import structlog

from bot.house.afterwards import Changed, Gone
from bot.house.archive import Archive
from bot.house.farewells import Farewells
from bot.house.post import DoorKey
from dialogs.turn import Screen, Turn
from storage import notices
from storage.line import Line, Word
from storage.unit import Unit

log = structlog.get_logger(__name__)

#: Seconds between two looks at what waits at open doors.
_LOOK = 15.0
#: After the line was cut, so many pages ask for their Screen at once, and then others after so many seconds.
_AT_ONCE, _APART = 20, 0.1


def _nobody() -> Collection[str]:
    return ()


class Neighbours:
    """Knows what to wake here, and says to the others what they may have to wake. `forgets` drops what is remembered of
    people: somebody's is gone."""

    def __init__(self, archive: Archive, clock: Callable[[], datetime], forgets: Callable[[], None]) -> None:
        self._archive = archive
        self._clock = clock
        self._forgets = forgets
        self._farewells = Farewells()
        self._wakes: dict[str, Callable[[str], None]] = {}
        self._open: dict[str, Callable[[], Collection[str]]] = {}
        self._hears: dict[tuple[str, Word], Callable[[str], None]] = {}
        self._line: Line | None = None
        self._footing: dict[str, str] = {}
        #: What this process and another one have differently; none is as it is to be.
        self.differing: set[str] = set()
        self._look = asyncio.Event()
        #: Whether words may have been missed since the last look.
        self._missed = False
        #: Doors of which others say that something waits there; empty: all are to be looked at.
        self._said: set[DoorKey] = set()

    def listen(
        self, channel: str, wakes: Callable[[str], None], open_now: Callable[[], Collection[str]] = _nobody
    ) -> None:
        """Let a channel hear of its addresses whose Screen is another now; `open_now` are those that somebody looks at."""
        self._wakes[channel], self._open[channel] = wakes, open_now

    def hear(self, channel: str, word: Word, hears: Callable[[str], None]) -> None:
        """Let a channel hear a word of others about its addresses."""
        self._hears[channel, word] = hears

    def join(self, line: Line, footing: Mapping[str, str] | None = None) -> None:
        """There are others, on this line; `footing` is what all are to have alike: digests by name."""
        self._line = line
        self._footing = dict(footing or {})
        line.listen(self._heard, self._back)

    @property
    def several(self) -> bool:
        """Whether there may be others."""
        return self._line is not None

    async def run(self) -> None:
        """Keep the line and look now and again at what waits, until cancelled; without others there is nothing to do."""
        if self._line is None:
            return
        async with asyncio.TaskGroup() as group:
            group.create_task(self._line.run())
            group.create_task(self._looking())

    def tell(self, word: Word, *doors: DoorKey) -> None:
        """Say something about doors to the others."""
        if self._line:
            self._line.tell(word, (f"{channel} {address}" for channel, address in doors))

    def alone(self, what: str, mine: Callable[[bool], None]) -> Callable[[], None]:
        """As `storage.line.Line.alone`, and gives what ends it; where there are no others it is ours at once."""
        line = self._line
        if line is None:
            mine(True)
            return lambda: None
        line.alone(what, mine)
        return lambda: line.leave(what)

    def changed(self, left: Changed) -> None:
        """A door leads nowhere any more."""
        self._wake(*left.door)
        self.tell("turned", left.door)

    def gone(self, left: Gone) -> None:
        """Everything of somebody is gone: their other doors are told, and nobody remembers anything of them."""
        self._farewells.bid(left.others)
        self._forgets()
        self.tell("gone", ("", ""), *left.others)

    def told(self, door: DoorKey, turn: Turn, screen: Screen) -> Screen:
        """The Screen with the word in front that everything is gone, where that is to be told."""
        shown, over = self._farewells.told(door, turn, screen)
        if over:
            self.tell("heard", door)
        return shown

    # What others say

    def _heard(self, word: Word, about: tuple[str, ...]) -> None:
        doors = [(channel, address) for channel, _, address in (each.partition(" ") for each in about)]
        match word:
            case "gone":
                self._farewells.bid(door for door in doors if door[0])
                self._forgets()
            case "heard":
                for door in doors:
                    self._farewells.forget(door)
            case "waits":
                self._said.update(door for door in doors if door[1] in self._open.get(door[0], _nobody)())
                if self._said:
                    self._look.set()
            case "stands":
                self._compare(dict(doors))
            case "differs":
                self._differs({name for name, _ in doors})
            case "turned":
                for door in doors:
                    self._wake(*door)
            case _:
                for channel, address in doors:
                    if hears := self._hears.get((channel, word)):
                        hears(address)

    def _compare(self, theirs: Mapping[str, str]) -> None:
        """What another one stands on, who has just come."""
        other = {name for name, digest in theirs.items() if self._footing.get(name, digest) != digest}
        self._differs(other)
        self.tell("differs", *((name, "") for name in other))

    def _differs(self, names: Collection[str]) -> None:
        for name in sorted(set(names) - self.differing):
            log.error("neighbours.differ", what=name)  # one of the machines was set up differently
        self.differing.update(names)

    def _back(self) -> None:
        """Words may have been missed."""
        self.tell("stands", *self._footing.items())
        self._forgets()
        self._missed = True
        self._look.set()

    async def _looking(self) -> None:
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(_LOOK):
                    await self._look.wait()
            self._look.clear()
            missed, self._missed = self._missed, False
            said, self._said = self._said, set()
            some = said and not missed
            try:
                for channel in self._open:
                    await self.look(
                        channel, {address for at, address in said if at == channel} if some else None
                    )
                    if missed:
                        await self._wake_all(channel)
            except Exception as error:  # the next time
                log.warning("neighbours.not_looked", error=type(error).__name__)

    async def _wake_all(self, channel: str) -> None:
        """Let every open page ask for its Screen, some at a time: what it missed is not known."""
        open_now = tuple(self._open[channel]())
        for start in range(0, len(open_now), _AT_ONCE):
            for address in open_now[start : start + _AT_ONCE]:
                self._wake(channel, address)
            await asyncio.sleep(_APART)

    async def look(self, channel: str, said: Collection[str] | None = None) -> None:
        """Wake the open doors where something waits that nobody was shown; `said`: of these only."""
        here = tuple(each for each in self._open[channel]() if said is None or each in said)
        if not here:
            return
        addresses = await self._archive.read(lambda unit: notices.unseen(unit, channel, here))
        if not addresses:
            return
        for address in addresses:
            self._wake(channel, address)
        now = self._clock()

        def shown(unit: Unit) -> None:
            for address in addresses:
                notices.shown(unit, channel, address, now)

        await self._archive.run(shown)

    def _wake(self, channel: str, address: str) -> None:
        if channel in self._wakes:
            self._wakes[channel](address)
