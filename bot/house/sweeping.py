"""What kills leave behind: bytes that no row speaks of, rows of files that never arrived, and deletions half way."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

import structlog

from bot.house.archive import Archive
from bot.house.kept_prints import Prints
from bot.house.sealing_files import SealingFiles
from storage import keyless, states, uploads
from storage.files import FileStore

log = structlog.get_logger(__name__)

#: Seconds between two sweeps.
_EVERY = 300.0
#: At every so manieth sweep keys and rows are compared: it goes over all of them.
_ROUNDS = 12
#: So many files, and the database knows none of them: it is another one's, or these are another one's files.
_MANY = 100


@dataclass(frozen=True)
class Swept:
    """How many files were removed: never arrived, without a row, and rows whose bytes are gone."""

    run_out: int = 0
    orphans: int = 0
    lost: int = 0


class Sweeping:
    """Removes what is neither kept nor on its way. Several processes may sweep the same.

    `also` is what else is to be done now and again; `prints` are sealed with the files of a version that did not.
    """

    def __init__(
        self,
        archive: Archive,
        files: FileStore,
        clock: Callable[[], datetime],
        also: Callable[[], Awaitable[None]],
        prints: Prints,
    ) -> None:
        self._older = SealingFiles(archive, files, prints)
        self._also = also
        self._archive = archive
        self._keyring = archive.keyring
        self._files = files
        self._clock = clock

    async def go_on(self) -> None:
        """Sweep now and every few minutes, until cancelled."""
        rounds = 0
        while True:
            try:
                await self._older.go_through()
                if rounds % _ROUNDS == 0:
                    await self.keys()
                rounds += 1
                await self.sweep()
                await self._also()
            except Exception as error:  # the next time
                log.error("files.not_swept", error=type(error).__name__)
            await asyncio.sleep(_EVERY)

    async def keys(self) -> tuple[int, int]:
        """Bring deletions to their end that destroyed a key and went no further, and destroy keys that open nothing.

        Gives how many rows and how many keys went. Where far too much has no key nothing is touched, and no key where far
        too many open nothing: the database is an older copy then, and whoever came since is read with them in newer ones.
        """
        now = self._clock()
        gone = await self._archive.read(keyless.found)
        if gone.odd:
            log.error("keys.many_missing", rows=gone.rows)  # the keyring is an older copy, most likely
            return 0, 0
        if gone.rows:
            await self.drop(await self._archive.run(lambda unit: keyless.let_go(unit, gone, now)))
        idle, keys = await self._archive.read(keyless.orphans), 0
        if idle.odd:
            log.error("keys.many_idle", keys=len(idle.owners))
        elif idle.owners:
            keys = await asyncio.to_thread(self._keyring.let_idle, idle.owners)
        if gone.rows or keys:
            log.warning("keys.swept", rows=gone.rows, keys=keys)
        await self._replaced()
        return gone.rows, keys

    async def _replaced(self) -> None:
        """Bring to its end what was to have another key, by a unit that was ended with its commit."""
        doubled = await asyncio.to_thread(self._keyring.doubled)
        for owner in doubled:
            await self._archive.run(partial(states.reseal, identifier=owner))
        if doubled:
            await asyncio.to_thread(self._keyring.replace, doubled)

    async def sweep(self) -> Swept:
        """Remove it; the operator is told in the log."""
        self._keyring.forget()  # a command beside us may have destroyed any key
        run_out = await self._archive.run(lambda unit: uploads.run_out(unit, self._clock()))
        await self.drop(run_out)
        orphans, lost, whole = await self._compared()
        if len(orphans) > _MANY and not whole:
            log.error("files.of_another_database", files=len(orphans))
            orphans = ()
        if lost and not whole:
            log.error("files.all_missing", files=len(lost))  # a disk that was not mounted, most likely
            lost = ()
        orphans = await asyncio.to_thread(self._silent, orphans)
        await self.drop(orphans)
        await self._archive.run(lambda unit: uploads.lost(unit, lost))
        swept = Swept(len(run_out), len(orphans), len(lost))
        if swept != Swept():
            log.warning("files.swept", run_out=swept.run_out, orphans=swept.orphans, lost=swept.lost)
        return swept

    async def _compared(self) -> tuple[tuple[str, ...], tuple[str, ...], int]:
        """Files without a row, whole rows without a file, and how many have both.

        The disk is looked at first: a row stands before its bytes come, so a file seen without one has lost it.
        """
        orphans: list[str] = []
        missing: list[str] = []
        whole = 0
        lying = self._files.lying()
        while (entry := await asyncio.to_thread(next, lying, None)) is not None:
            prefix, here = entry
            rows = await self._archive.read(partial(uploads.noted, prefix=prefix))
            orphans.extend(here - rows.keys())
            whole += sum(rows[each] for each in here & rows.keys())
            missing.extend(each for each, wanted in rows.items() if wanted and each not in here)
        # One that has just arrived was not there to be seen, but is now.
        gone = await asyncio.to_thread(
            lambda: tuple(each for each in missing if not self._files.exists(each))
        )
        return tuple(orphans), gone, whole

    def _silent(self, orphans: tuple[str, ...]) -> tuple[str, ...]:
        """Those that nobody has written to for a while: another process may be at what looks like nobody's."""
        until = (self._clock() - uploads.LEASE).timestamp()
        return tuple(
            each
            for each in orphans
            if (written := self._files.touched(each)) is not None and written <= until
        )

    async def drop(self, files: tuple[str, ...]) -> None:
        """Remove the bytes of files whose rows are gone."""

        def drop() -> None:
            for file in files:
                self._files.drop(file)

        if files:
            await asyncio.to_thread(drop)
