"""A demo from its opening to its end: a house of its own with a database, files and doors, none of them the installation's.

All of it lies in one directory that is made for it and carries its mark; whoever presses “take it away”, stops the
process or starts the next one takes away that directory and nothing else.
"""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Awaitable, Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.courier import Courier
from bot.demo.cast import EXPERT, NOMINEE, STAFF, Cast
from bot.demo.edition import LEFT, catalogue
from bot.demo.entrances import Away, Doors, Entrance, sockets
from bot.house import wiring
from bot.house.conversation import Clock, utc_now
from bot.house.failure import Failure
from bot.house.settings import Settings
from bot.webchat.keepers import CHANNEL
from forms.library import Library
from forms.printing.workers import Workers

#: The directory in the data directory, and the file that says whose it is.
_DIRECTORY, _MARK = "demo", "made-for-the-demo.txt"
_SAYS = "This directory belongs to the demo of 匠荐 and is removed with it. Keep nothing here.\n"
_DAY = timedelta(days=1)
_ZONE = ZoneInfo("Asia/Shanghai")


def swept(data: Path) -> bool:
    """Take away what a demo left in a data directory. False where there is nothing that is a demo's."""
    directory = data / _DIRECTORY
    if directory.is_symlink() or not (directory / _MARK).is_file():
        return False
    shutil.rmtree(directory)
    return True


def _made(data: Path) -> Path:
    """The directory of a new demo. Raises `Failure` where something else lies there."""
    swept(data)
    directory = data / _DIRECTORY
    try:
        directory.mkdir(parents=True)
    except OSError as error:
        raise Failure(f"{directory}: no demo can be made here ({error.strerror})") from error
    (directory / _MARK).write_text(_SAYS, "utf-8")
    return directory


@dataclass
class Hands:
    """The demo's clock: today's, moved on by whole days and never back."""

    now: Clock = utc_now
    ahead: timedelta = timedelta()

    def __call__(self) -> datetime:
        """The moment it is in the demo."""
        return self.now() + self.ahead


class Premises:
    """One open demo."""

    def __init__(self, settings: Settings, library: Library, crew: Workers, host: str, port: int) -> None:
        self._settings, self._library, self._crew = settings, library, crew
        self._host, self._port = host, port
        self._stack = ExitStack()
        self._tasks: list[asyncio.Task[None]] = []
        self._doors: Doors | None = None
        self._expire: Callable[[], Awaitable[None]] | None = None
        self.clock = Hands()
        self.closes = self.today + LEFT
        self.ways: dict[str, Entrance] = {}

    @property
    def today(self) -> date:
        """The day it is in the demo, where its offices are."""
        return self.clock().astimezone(_ZONE).date()

    def home(self, role: str) -> str:
        """The address of somebody's door."""
        return f"http://{self._host}:{self.ways[role].port}"

    def link(self, role: str) -> str:
        """The address that makes a browser this person."""
        return self.home(role) + self.ways[role].path

    async def open(self) -> None:
        """Play everybody's part up to now and open the doors. What was made goes again where that fails."""
        try:
            await self._open()
        except BaseException:
            await self.close()
            raise

    async def _open(self) -> None:
        directory = _made(self._settings.data)
        self._stack.callback(swept, self._settings.data)
        now = self.clock()
        library = catalogue(self._library, self.today)
        ports = [self._stack.enter_context(each) for each in sockets(self._settings.host, self._port, 3)]
        staff, guest = (f"http://{self._host}:{ports[at].getsockname()[1]}" for at in (2, 1))
        own = wiring.passing(self._settings, directory)
        kept = self._stack.enter_context(wiring.database(own))
        links = Away(staff, guest=guest)
        conversation = wiring.conversation(own, library, kept, self._crew, self.clock, links)
        cast = Cast(conversation, kept, library, now)
        await cast.plays()
        self._doors = Doors(conversation, self._host)
        places = {role: cast.places[role] for role in (NOMINEE, EXPERT, STAFF)}
        self.ways = await self._doors.open(places, ports, links)
        beside = (
            conversation.tend,
            conversation.exports.work,
            Courier(conversation, {CHANNEL: self._doors}).run,
        )
        self._tasks = [asyncio.create_task(work()) for work in beside]
        self._expire = conversation.expire

    async def passes(self, days: int) -> None:
        """So many days go by in the demo."""
        self.clock.ahead += days * _DAY
        if self._expire:
            await self._expire()

    async def close(self) -> None:
        """Take everything away: doors, people, cases, files, exports, trail."""
        for task in self._tasks:
            task.cancel()
        for task in self._tasks:
            with suppress(asyncio.CancelledError):
                await task
        if self._doors:
            await self._doors.close()
        await asyncio.to_thread(self._stack.close)
