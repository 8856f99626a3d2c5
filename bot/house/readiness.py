"""Whether this process can take a turn now: what a balancer asks before it sends anybody here."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping

import structlog

from storage.database import Database
from storage.files import FileStore
from storage.migrations import current, newest

log = structlog.get_logger(__name__)

#: Seconds that one answer is good for, whoever asks; and that a part may take to answer.
_GOOD, _PATIENCE = 1.0, 3.0

#: What is asked of each part: it raises where it is not ready.
Check = Callable[[], Awaitable[None]]


class NotReady(Exception):  # noqa: N818 - how things are, not a defect
    """A part that answers, but not as it should."""


class Readiness:
    """Asks the parts, one after the other, at most once a second however many ask. `checks` are by code."""

    def __init__(self, checks: Mapping[str, Check]) -> None:
        self._checks = checks
        self._asking: asyncio.Task[str] | None = None
        self._good_until = 0.0
        self._last = ""
        #: Whether it was told to stop: from then on it is not ready, whatever its parts are.
        self.stopping = False

    async def trouble(self) -> str:
        """The code of the first part that is not ready, “stopping” once it was told to stop; "" where all are."""
        if self.stopping:
            return "stopping"
        now = asyncio.get_running_loop().time()
        if self._asking is None and now < self._good_until:
            return self._last
        if self._asking is None:
            self._asking = asyncio.create_task(self._ask())
        return await asyncio.shield(self._asking)

    async def _ask(self) -> str:
        try:
            code = await self._first()
        finally:
            self._asking = None
        self._last, self._good_until = code, asyncio.get_running_loop().time() + _GOOD
        return code

    async def _first(self) -> str:
        for code, check in self._checks.items():
            try:
                async with asyncio.timeout(_PATIENCE):
                    await check()
            except Exception as error:
                if code != self._last:
                    log.error("house.not_ready", what=code, error=type(error).__name__)
                return code
        if self._last:
            log.info("house.ready_again", what=self._last)
        return ""


def of_house(kept: Database, files: FileStore) -> Readiness:
    """The parts of an installation: the database is reached, its tables are ours, its keys open, files can be written."""

    async def reached() -> None:
        await kept.read(lambda unit: unit.connection.exec_driver_sql("SELECT 1"))

    async def migrated() -> None:
        if await kept.read(lambda unit: current(unit.connection)) != newest():
            raise NotReady

    async def opens() -> None:
        if not all(each.given for each in await asyncio.to_thread(kept.keyring.kept)):
            raise NotReady

    async def writable() -> None:
        await asyncio.to_thread(files.probe)

    return Readiness({"database": reached, "migrations": migrated, "keys": opens, "files": writable})
