"""What lies at offices is printed before anybody takes it along, whoever has the time; kept prints go with their case."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import structlog

from bot.house.archive import Archive
from bot.house.documents import Documents
from dialogs.trail_words import Kind
from storage import exports, jobs, trail
from storage.unit import Unit

log = structlog.get_logger(__name__)


#: After these something may have gone out of a case; a print begun shortly before may be kept shortly after.
_TAKEN_OUT: tuple[Kind, ...] = ("consent_withdrawn", "deleted")
_BEGUN = timedelta(minutes=10)
#: Cases of which it is known that they were tried: more than are looked at together, so that none comes round at once.
_REMEMBERED = 1000


class Ahead:
    """Prints ahead. What failed once is not tried again by the same process: whoever takes it along is told."""

    def __init__(self, archive: Archive, documents: Documents) -> None:
        self._archive = archive
        self._documents = documents
        self._tried: dict[str, None] = {}  # the latest last

    async def next(self) -> bool:
        """Print what lies at an office and of which nothing is printed yet; False where there is no such case."""
        unprinted = next(iter(await self._unprinted()), None)
        if unprinted is None:
            return False
        await self._print(*unprinted)
        return True

    async def put(self) -> int:
        """Make it everybody's job to print what is not printed yet; gives how many cases."""
        waiting = await self._unprinted()
        self._note(*(case for _, case in waiting))

        def put(unit: Unit) -> None:
            for office, case in waiting:
                jobs.put(unit, "print", f"{office} {case}", key=f"print {case}")

        if waiting:
            await self._archive.run(put)
        return len(waiting)

    async def make(self, identifier: str) -> None:
        """Print a case (“office case”) where nobody has done so meanwhile: a job's way in."""
        office, _, case = identifier.partition(" ")
        if case not in await asyncio.to_thread(self._printed):
            await self._print(office, case)

    async def sweep(self, now: datetime) -> None:
        """Drop prints whose case is gone, or that something went out of, and those that nobody has used for a while."""
        prints = self._documents.prints
        kept = await asyncio.to_thread(self._printed)
        for case in await self._archive.read(lambda unit: exports.gone(unit, kept)):
            await asyncio.to_thread(prints.drop, case)
        taken_out = await self._archive.read(lambda unit: trail.latest_of(unit, kept, _TAKEN_OUT))
        for case, at in taken_out.items():
            await asyncio.to_thread(prints.drop_before, case, (at + _BEGUN).timestamp())
        await asyncio.to_thread(prints.prune, now.timestamp())

    async def _unprinted(self) -> tuple[tuple[str, str], ...]:
        waiting = await self._archive.read(exports.arrived)
        printed = await asyncio.to_thread(self._printed)
        return tuple(each for each in waiting if each[1] not in printed | self._tried.keys())

    def _printed(self) -> frozenset[str]:
        return frozenset(self._documents.prints.cases())

    def _note(self, *cases: str) -> None:
        """These were tried; of all that were the latest are known."""
        for case in cases:
            self._tried.pop(case, None)
            self._tried[case] = None
        for case in list(self._tried)[:-_REMEMBERED]:
            del self._tried[case]

    async def _print(self, office: str, case: str) -> None:
        self._note(case)
        try:
            content = await self._documents.content_of(case, office)
            for document in content.documents:
                await self._documents.ahead(content, document.id)
        except Exception as error:  # whoever takes it along is told; nobody waits for this
            log.warning("export.not_printed_ahead", case=case, error=type(error).__name__)
