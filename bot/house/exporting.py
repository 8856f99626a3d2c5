"""Exports: a table or packets that an office takes along, made in the background, kept for a while, fetched by a link.

Whoever makes one holds it under a lease. A process that dies leaves nothing but a lease that runs out, and the export
is made again from the beginning. Its bytes lie in a store of their own, under a name that follows from them.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Protocol

import structlog

from bot.house.ahead import Ahead
from bot.house.archive import Archive
from bot.house.devices import minute, speaking
from bot.house.documents import Documents
from bot.house.packing import NothingLeft, Order, Packing, Rows
from bot.house.troubles import words
from forms.message import Message
from forms.packet import saved_as
from forms.programme import Programme
from storage import exports
from storage.exports import Export, Kind
from storage.files import FileStore, Kept, NoRoom
from storage.tables import new_id
from storage.unit import Unit

log = structlog.get_logger(__name__)

#: So many cases are told of in one unit.
_TOLD_TOGETHER = 100
#: Seconds between two looks for work, between two words that one is still at it, and between two sweeps.
_LOOK, _BEAT, _SWEEP = 5.0, 5.0, 300.0
#: Seconds after which bytes that no row speaks of are swept: their maker is gone.
_STRANDED = 3600.0
#: Bytes: more than any disk has, and what is asked of the disk at a time.
_MOST, _ROOM = 1 << 50, 64 << 20


class NotExported(Exception):  # noqa: N818 - told to whoever wanted it
    """An export that cannot be made. `code` is one of `bot.house.troubles`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

    @property
    def words(self) -> Message:
        """What is told."""
        return words(self.code)


class Made(Protocol):
    """Something being made."""

    @property
    def done(self) -> int:
        """How many cases are through."""
        ...

    def pieces(self) -> AsyncGenerator[bytes, None]:
        """The bytes, once. Raises NothingLeft and NotExported."""
        ...


@dataclass
class _Hold:
    """An export in one's hands, as it was last renewed."""

    export: Export


class Exporting:
    """Takes orders and makes them. `files` is where people's files lie, `store` where exports do."""

    def __init__(  # what exports stand on
        self,
        archive: Archive,
        documents: Documents,
        files: FileStore,
        store: FileStore,
        clock: Callable[[], datetime],
    ) -> None:
        self._archive = archive
        self._documents = documents
        self._files = files
        self._store = store
        self._clock = clock
        self._ordered = asyncio.Event()
        self._swept: float | None = None
        #: What is printed before it is taken along.
        self.ahead = Ahead(archive, documents)
        self._taking: Callable[[Unit, Export, Sequence[str], datetime], None] = (
            lambda unit, export, cases, now: None
        )
        self._heard: Callable[[Unit, Export, datetime], None] = lambda unit, export, now: None

    def order(  # noqa: PLR0913, PLR0917  # what is wanted, by whom and when
        self,
        unit: Unit,
        office: str,
        seat: str,
        kind: Kind,
        programme: str,
        cases: Sequence[str],
        now: datetime,
    ) -> Export:
        """Put in an export of these cases in this order; `wake` once it is durable. Raises NotExported.

        Whether the seat stands is asked by whoever calls; that every case is, or was, the office's, is asked here.
        """
        wanted = tuple(dict.fromkeys(cases))
        if not wanted:
            raise NotExported("export_empty")
        if not set(wanted) <= set(exports.at_office(unit, office, programme)):
            raise NotExported("export_foreign")
        today = self._archive.library.named(programme)
        if kind == "table" and today is not None and today.roster is None:
            raise NotExported("export_no_table")
        return exports.order(unit, office, seat, kind, programme, wanted, now)

    def hear(
        self,
        taking: Callable[[Unit, Export, Sequence[str], datetime], None],
        ended: Callable[[Unit, Export, datetime], None],
    ) -> None:
        """Let somebody hear, within a unit, which cases are about to be taken along, and how each export ended.

        The cases come in short units, some at a time, so that nobody else waits for a thousand of them; where a maker
        died they come once more.
        """
        self._taking, self._heard = taking, ended

    def wake(self) -> None:
        """There may be something to make."""
        self._ordered.set()

    async def kept(self, export: Export) -> Kept:
        """The bytes of one that is ready, to be opened."""
        return await asyncio.to_thread(self._store.kept, export.file, export.id)

    async def at_once(
        self, office: str, programme: str, kind: Kind, cases: Sequence[str] = ()
    ) -> tuple[Order, Made]:
        """An export for an operator, who takes its bytes as they come; no cases: all that the office has.

        Raises LookupError where no office is called so, NotExported and NothingLeft.
        """

        def wanted(unit: Unit) -> tuple[str, str, tuple[str, ...]]:
            match = exports.office_called(unit, office)
            if match is None:
                raise LookupError(office)
            return *match, exports.at_office(unit, match[0], programme)

        receiver, name, there = await self._archive.read(wanted)
        chosen = tuple(dict.fromkeys(cases)) or there
        if not set(chosen) <= set(there):
            raise NotExported("export_foreign")
        if not chosen:
            raise NotExported("export_empty")
        order = Order(await self._programme(programme, chosen), receiver, name, chosen, self._clock())
        return order, self._begun(order, kind)

    async def may_have(self, channel: str, address: str, identifier: str) -> Export | None:
        """An export that the person at a door may fetch now; None for one that is not theirs, or is not ready yet.

        Raises NotExported where it was ready once: what to do then is in its words.
        """
        now = self._clock()

        def find(unit: Unit) -> Export | None:
            speaker = speaking(unit, channel, address, now)
            theirs = exports.may_have(unit, speaker.person, identifier) if speaker else None
            if theirs and theirs.state == "ready" and exports.gone(unit, theirs.cases):
                raise NotExported("export_recalled")
            return theirs

        export = await self._archive.read(find)
        if export is None or export.state in {"waiting", "making"}:
            return None
        if export.state == "failed":
            raise NotExported(export.name)
        if export.state == "expired" or export.expires <= now:
            raise NotExported("export_over")
        if export.state == "recalled":
            raise NotExported("export_recalled")
        return export

    async def work(self, *, alone: bool = True) -> None:
        """Sweep what is over until cancelled; `alone`, also make what is ordered and print ahead what came in."""
        loop = asyncio.get_running_loop()
        while True:
            self._ordered.clear()
            busy = False
            try:
                if self._swept is None or loop.time() - self._swept >= _SWEEP:
                    self._swept = loop.time()
                    await self.sweep()
                busy = alone and (await self.make_next() or await self.ahead.next())
            except Exception as error:  # the next time
                log.error("export.not_looked_at", error=type(error).__name__)
            if not busy:
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._ordered.wait(), _LOOK)

    async def make_next(self) -> bool:
        """Make the oldest export that waits; False where there is none."""
        held = await self._archive.run(lambda unit: exports.claim(unit, self._clock()))
        if held is None:
            return False
        await self._try(held)
        return True

    async def make(self, identifier: str) -> None:
        """Make this export, where it waits and is in nobody's hands: a job's way in. Left half done, it waits again."""
        held = await self._archive.run(lambda unit: exports.claim_one(unit, identifier, self._clock()))
        if held:
            await self._try(held)

    async def missed(self) -> int:
        """Let those be made that a job was lost of; gives how many."""
        return len(await self._archive.run(lambda unit: exports.missed(unit, self._clock())))

    async def _try(self, held: Export) -> None:
        hold = _Hold(held)
        try:
            await self._make(hold)
        except asyncio.CancelledError:
            await self._archive.run(lambda unit: exports.let_go(unit, hold.export))
            raise
        except _LeaseLost:
            log.warning("export.lease_lost", export=held.id)  # whoever has it now makes it
        except Exception as error:
            code = _code(error)
            log.error("export.failed", export=held.id, why=code, error=type(error).__name__)
            await self._archive.run(lambda unit: self._failed(unit, hold.export, code))

    async def sweep(self) -> None:
        """End what is over, and remove bytes that no row speaks of: those of makers that died."""
        now = self._clock()
        for each in await self._archive.run(lambda unit: exports.lapse(unit, now)):
            if each.file:
                await asyncio.to_thread(self._store.drop, each.file)
        lying = await asyncio.to_thread(lambda: [file for _, files in self._store.lying() for file in files])
        kept = await self._archive.read(exports.lying)
        for file in set(lying) - kept:
            written = await asyncio.to_thread(self._store.touched, file)
            if written is not None and now.timestamp() - written >= _STRANDED:
                await asyncio.to_thread(self._store.drop, file)
        await self.ahead.sweep(now)

    def gone(self) -> None:
        """Somebody has deleted what was theirs: what was made of it goes now, and not at the next sweep."""
        self._swept = None
        self.wake()

    async def _make(self, hold: _Hold) -> None:
        """Make it, saying all the while that one is at it; what was made under a lost lease is dropped."""
        held, now = hold.export, self._clock()
        programme = await self._programme(held.programme, held.cases)
        there = await self._archive.read(lambda unit: exports.at_office(unit, held.office, held.programme))
        taken_back = frozenset(held.cases) - frozenset(there)
        order = Order(programme, held.office, held.office_name, held.cases, now, taken_back)
        await self._tell_of_taking(hold, tuple(each for each in held.cases if each not in taken_back))
        made = self._begun(order, held.kind)
        attempt = new_id()
        storing = asyncio.ensure_future(self._stored(made, attempt, held.id))
        try:
            while not (await asyncio.wait({storing}, timeout=_BEAT))[0]:
                await self._renew(hold, made.done)
            size, digest = await storing
        finally:
            storing.cancel()
            await asyncio.wait({storing})
        await self._settle(hold, attempt, named(order, held.kind), size, digest)

    def _begun(self, order: Order, kind: Kind) -> Made:
        if kind == "packets":
            return Packing(order, self._documents, self._files)
        return _Table(order, self._documents)

    async def _stored(self, made: Made, attempt: str, owner: str) -> tuple[int, str]:
        async def extend(size: int) -> int:
            return size + _ROOM

        async with aclosing(made.pieces()) as pieces:
            stored = await self._store.keep(
                attempt, pieces, limit=_MOST, reserved=0, extend=extend, owner=owner
            )
        return stored.size, stored.digest

    async def _tell_of_taking(self, hold: _Hold, cases: Sequence[str]) -> None:
        for start in range(0, len(cases), _TOLD_TOGETHER):
            some = cases[start : start + _TOLD_TOGETHER]
            await self._archive.run(partial(self._take, held=hold.export, cases=some))
            await self._renew(hold, 0)

    def _take(self, unit: Unit, held: Export, cases: Sequence[str]) -> None:
        self._taking(unit, held, cases, self._clock())

    async def _renew(self, hold: _Hold, done: int) -> None:
        held = hold.export
        renewed = await self._archive.run(lambda unit: exports.renew(unit, held, done, self._clock()))
        if renewed is None:
            raise _LeaseLost
        hold.export = renewed

    async def _settle(self, hold: _Hold, attempt: str, name: str, size: int, digest: str) -> None:
        ready = replace(hold.export, digest=digest)
        with suppress(FileExistsError):  # the very same bytes, made by one who died before this
            await asyncio.to_thread(self._store.twin, attempt, ready.file)
        await asyncio.to_thread(self._store.drop, attempt)
        if not await self._archive.run(lambda unit: self._settled(unit, hold.export, name, size, digest)):
            raise _LeaseLost
        log.info("export.ready", export=ready.id, cases=len(ready.cases), size=size)

    def _settled(self, unit: Unit, held: Export, name: str, size: int, digest: str) -> bool:
        settled = exports.settle(unit, held, name, size, digest, self._clock())
        return settled and self._told(unit, held.id)

    def _failed(self, unit: Unit, held: Export, code: str) -> bool:
        return exports.fail(unit, held, code, self._clock()) and self._told(unit, held.id)

    def _told(self, unit: Unit, identifier: str) -> bool:
        ended = exports.find(unit, identifier)
        if ended:
            self._heard(unit, ended, self._clock())
        return True

    async def _programme(self, programme: str, cases: Sequence[str]) -> Programme:
        """Today's definition; that of the first case where it is on offer no more. Raises NothingLeft."""
        today = self._archive.library.named(programme)
        for case in () if today else cases:
            with suppress(LookupError):
                return (await self._documents.content_of(case)).programme
        if today is None:
            raise NothingLeft
        return today


class _LeaseLost(Exception):  # noqa: N818 - another one is at it
    pass


class _Table:
    """The table of some cases."""

    def __init__(self, order: Order, documents: Documents) -> None:
        self.done = 0
        self._order = order
        self._documents = documents

    async def pieces(self) -> AsyncGenerator[bytes, None]:
        """The workbook, in one piece. Raises NothingLeft and NotExported."""
        rows = Rows(self._order.programme)
        if rows.sheet is None:
            raise NotExported("export_no_table")
        for case in self._order.cases:
            if case not in self._order.taken_back:
                with suppress(LookupError):
                    rows.add(await self._documents.content_of(case, self._order.office))
            self.done += 1
        if not rows:
            raise NothingLeft
        yield await asyncio.to_thread(rows.workbook)


def named(order: Order, kind: Kind) -> str:
    """The name for saving an export."""
    roster = order.programme.roster
    title = roster.title if roster and kind == "table" else f"{order.programme.title}申报材料"
    stem = f"{title}-{order.called}-{len(order.cases)}份-{minute(order.at)[:10]}"
    return saved_as(stem, "xlsx" if kind == "table" else "zip")


def _code(error: Exception) -> str:
    """Why an export failed, as one of `bot.house.troubles`."""
    match error:
        case NotExported():
            return error.code
        case NothingLeft():
            return "export_gone"
        case NoRoom():
            return "export_no_room"
        case _:
            return "export_failed"
