"""The database together with every programme definition that cases began with."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog

from bot.house import measures
from forms.library import Library
from forms.loader import Source, load
from forms.programme import Programme
from storage import cases
from storage.conflicts import Conflict
from storage.database import Database
from storage.unit import Unit

log = structlog.get_logger(__name__)

T = TypeVar("T")

#: How often a unit is tried while others keep being first.
_ATTEMPTS = 12
#: Longest pause before another try, in seconds; it grows to this with the attempts.
_PAUSE = 0.05


class _Unread(Exception):  # noqa: N818 - says what to do, never leaves this module
    def __init__(self, digest: str, source: Source) -> None:
        super().__init__(digest)
        self.digest = digest
        self.source = source


class Archive:
    """Runs units of work and knows the pinned programmes, those no longer on offer included."""

    def __init__(self, database: Database, library: Library) -> None:
        self.library = library
        #: The keys of all that is sealed in it.
        self.keyring = database.keyring
        self._database = database
        self._older: dict[str, Programme | None] = {}

    async def run(self, work: Callable[[Unit], T]) -> T:
        """As `Database.run`, and again from the start on a Conflict; raises Conflict when that did not help.

        `work` may thus be called several times.
        """
        return await self.again(lambda: self.run_once(work))

    async def run_once(self, work: Callable[[Unit], T]) -> T:
        """As `Database.run`. Raises Conflict where others were first."""
        return await self._understood(lambda: self._database.run(work))

    async def read(self, work: Callable[[Unit], T]) -> T:
        """As `Database.read`, beside whoever writes."""
        return await self._understood(lambda: self._database.read(work))

    @staticmethod
    async def again(attempt: Callable[[], Awaitable[T]]) -> T:
        """What an attempt comes to, tried again on a Conflict; raises Conflict when that did not help."""
        for number in range(1, _ATTEMPTS):
            try:
                return await attempt()
            except Conflict:
                measures.CONFLICTS.inc()
                await asyncio.sleep(random.uniform(0, _PAUSE * number / _ATTEMPTS))  # noqa: S311 - spreads tries, hides nothing
        return await attempt()

    async def _understood(self, attempt: Callable[[], Awaitable[T]]) -> T:
        """What an attempt comes to, once every definition that it meets is read."""
        while True:
            try:
                return await attempt()
            except _Unread as unread:
                # Read outside the transaction: parsing takes longer than others should wait for the writer.
                await self._learn(unread.digest, unread.source)

    async def _learn(self, digest: str, source: Source) -> None:
        try:
            self._older[digest] = await asyncio.to_thread(load, source)
        except Exception as error:  # whatever an older version left there
            # Whoever has it pinned is told so; their answers stay as they are.
            log.error(
                "archive.unreadable", programme=source.id, digest=digest[:12], error=type(error).__name__
            )
            self._older[digest] = None

    def pinned(self, unit: Unit, digest: str) -> Programme | None:
        """The programme with this very definition; None for "" and where it cannot be found or read any more.

        To be called within `run` only.
        """
        if not digest:
            return None
        current = self.library.get(digest)
        if current is None and digest not in self._older:
            source = cases.definition(unit, digest)
            if source is None:
                log.error("archive.missing", digest=digest[:12])
                self._older[digest] = None
                return None
            raise _Unread(digest, source)
        return current or self._older[digest]

    def known(self, digest: str) -> Programme | None:
        """As `pinned`, of one that a unit has asked for before or that is on offer."""
        return self.library.get(digest) or self._older.get(digest)

    def source(self, digest: str) -> Source:
        """The text of a programme on offer. Raises KeyError."""
        return self.library.source(digest)
