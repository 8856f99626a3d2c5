"""Packets of many cases as one ZIP, written while it is handed on: a folder for each case, and what is in it all.

Documents are printed while earlier ones are written, two ahead of them; scans, photos and videos go through as they lie
on the disk. However much there is, a few pieces of it are in memory. What cannot be printed or read is named in the
lists with why, and spoils nothing else.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from typing import Any, BinaryIO, Protocol

import structlog
from zipstream import ZIP_DEFLATED, ZipStream

from bot.house.contents import Content, Enclosure
from bot.house.copies import gathered
from bot.house.documents import Printed
from bot.house.manifest import Entry, Member, as_json, as_text
from forms.archive_names import TOP, ArchiveNames
from forms.documents import Document, Sheet
from forms.packet import filename, packed
from forms.printing.renderer import RenderFailed
from forms.programme import Programme
from forms.sheet import read_by, workbook
from storage.files import FileStore

log = structlog.get_logger(__name__)

#: Documents that are printed before their turn to be written.
_AHEAD = 2
#: Members that are known before their turn, without their bytes.
_KNOWN = 64
_BLOCK = 1 << 16
#: Where scans, photos and videos of a case lie.
_ENCLOSED = "扫描件、照片和视频"
_GONE, _TAKEN_BACK = "这份申报已经不在了（本人删除了）", "这份申报撤回了"
_UNPRINTED = "打印不出来"
_UNREAD = "文件没有读完，里面不全"
_MISSING = "文件已经不在了"
#: Extensions by what the inspection found, whatever the sender's name says.
_ENDINGS = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "image/heif": "heic",
    "image/tiff": "tif",
    "application/pdf": "pdf",
    "video/mp4": "mp4",
    "video/quicktime": "mov",
}


@dataclass(frozen=True)
class Order:
    """What is to be packed: cases, in order, of a programme for an office; `at` is when, `programme` today's.

    `called` is the office's name; `taken_back` are those of the cases that the office has no more.
    """

    programme: Programme
    office: str
    called: str
    cases: Sequence[str]
    at: datetime
    taken_back: frozenset[str] = frozenset()


class NothingLeft(Exception):  # noqa: N818 - told to whoever wanted it
    """Not one of the cases is there any more."""


class Contents(Protocol):
    """Where cases come from, as `bot.house.documents.Documents`."""

    async def content_of(self, case: str, office: str) -> Content:
        """What an office has of a case. Raises LookupError where it is there no more."""
        ...

    async def ahead(self, content: Content, document: str) -> Printed:
        """A document of it, printed."""
        ...


@dataclass(frozen=True)
class _Ready:
    """A member with its bytes, or with the file that they are read from."""

    member: Member
    content: bytes | None = None
    file: str = ""


@dataclass(frozen=True)
class _Step:
    """What comes next: a member that is made meanwhile, printed or not; without `make` the end of a case."""

    make: Callable[[], Awaitable[_Ready | None]] | None = None
    prints: bool = False


class Rows:
    """What the rows of a table read of the cases in it, and no more of them: they are many."""

    def __init__(self, programme: Programme) -> None:
        self.sheet: Sheet | None = programme.roster
        self._programme = programme
        self._names = read_by(self.sheet) if self.sheet else frozenset()
        self._rows: list[Mapping[str, Any]] = []
        self._marks: set[str] = set()

    def add(self, content: Content) -> None:
        """One more row."""
        self._rows.append({name: content.scope[name] for name in self._names & content.scope.keys()})
        self._marks.add(content.mark)

    def __len__(self) -> int:
        return len(self._rows)

    def workbook(self) -> bytes:
        """The table; the strongest mark of its cases is that of all. ValueError where the programme has no such table."""
        if self.sheet is None:
            raise ValueError(self._programme.id)
        mark = next((each for each in ("样张", "草稿") if each in self._marks), "")
        return workbook(self._programme, self.sheet, self._rows, mark)


class Packing:
    """One archive. `done` counts the cases that are through."""

    def __init__(self, order: Order, documents: Contents, files: FileStore) -> None:
        self.done = 0
        self._order = order
        self._documents = documents
        self._files = files
        self._names = ArchiveNames()
        self._manifest = Member(None, self._names.file(TOP, "manifest", "json"), "清单（给程序看的）")
        self._listed = Member(None, self._names.file(TOP, "清单", "txt"), "清单")
        self._rows = Rows(order.programme)
        self._entries: list[Entry] = []
        self._members: list[Member] = []
        self._zip = ZipStream()

    async def pieces(self) -> AsyncGenerator[bytes, None]:
        """The bytes of the archive, once. Raises NothingLeft, and what neither a case nor a file is to blame for."""
        async with aclosing(self._in_turn()) as turns:
            async for ready in turns:
                async for piece in self._written(ready):
                    yield piece
        if not self._rows:
            raise NothingLeft
        for make in (self._table, self._list, self._told):
            closing = await asyncio.to_thread(make)
            if closing is not None:
                async for piece in self._written(closing):
                    yield piece
        async for piece in gathered(self._zip.footer()):
            yield piece

    async def _in_turn(self) -> AsyncGenerator[_Ready, None]:
        """The members in order; those that are printed are begun ahead of their turn."""
        waiting: deque[tuple[asyncio.Task[_Ready | None] | None, bool]] = deque()

        async def next_one() -> _Ready | None:
            task, _ = waiting.popleft()
            if task is None:
                self.done += 1
                return None
            return await task

        try:
            async with aclosing(self._steps()) as steps:
                async for step in steps:
                    making = asyncio.ensure_future(_run(step.make)) if step.make else None
                    waiting.append((making, step.prints))
                    while sum(prints for _, prints in waiting) > _AHEAD or len(waiting) > _KNOWN:
                        if (ready := await next_one()) is not None:
                            yield ready
            while waiting:
                if (ready := await next_one()) is not None:
                    yield ready
        finally:
            for task, _ in waiting:
                if task is not None:
                    task.cancel()

    async def _steps(self) -> AsyncGenerator[_Step, None]:
        for number, case in enumerate(self._order.cases, 1):
            entry = Entry(number, case)
            self._entries.append(entry)
            try:
                content = (
                    None
                    if case in self._order.taken_back
                    else await self._documents.content_of(case, self._order.office)
                )
            except LookupError:
                entry.lacks("", _GONE)
            except Exception as error:  # an odd row takes nothing from the others
                log.error("export.case_unreadable", case=case, error=type(error).__name__)
                entry.lacks("", _why(error))
            else:
                if content is None:
                    entry.lacks("", _TAKEN_BACK)
                for step in self._of_case(entry, content) if content else ():
                    yield step
            yield _Step()

    def _of_case(self, entry: Entry, content: Content) -> Iterator[_Step]:
        digits = max(3, len(str(len(self._order.cases))))
        entry.name, entry.unit = content.name, content.unit
        title = " ".join(filter(None, (f"{entry.number:0{digits}d}", content.name, content.unit)))
        entry.folder = self._names.folder(TOP, title)
        self._rows.add(content)
        for number, document in enumerate(packed(content.documents), 1):
            stem, _, ending = filename(document, content.scope).rpartition(".")
            named = self._names.file(entry.folder, f"{number:02d} {stem}", ending)
            yield _Step(self._printing(Member(entry, named, document.title), content, document), True)
        enclosed = self._names.folder(entry.folder, _ENCLOSED)
        for number, each in enumerate(content.files, 1):
            named = self._names.file(enclosed, f"{number:02d} {each.title}", _ending(each))
            yield _Step(_lying(Member(entry, named, each.title, each.name), each.file))

    def _printing(
        self, member: Member, content: Content, document: Document
    ) -> Callable[[], Awaitable[_Ready | None]]:
        async def make() -> _Ready | None:
            try:
                printed = await self._documents.ahead(content, document.id)
            except Exception as error:  # whatever a case does to a print, the others are packed
                log.error("export.not_printed", document=document.id, error=type(error).__name__)
                member.lacks(_why(error))
                return None
            return _Ready(member, printed.content)

        return make

    async def _written(self, ready: _Ready) -> AsyncIterator[bytes]:
        """A member as it stands in the archive. What its file lacks is noted."""
        stream: BinaryIO | None = None
        size = len(ready.content or b"")
        if ready.content is None:
            try:
                stream, size = await asyncio.to_thread(self._opened, ready.file)
            except (LookupError, OSError):
                ready.member.lacks(_MISSING)
                return
        packs = {"compress_type": ZIP_DEFLATED} if ready.member in (self._manifest, self._listed) else {}
        try:
            # Its size is told beforehand: a member that may be of any size would become one of ZIP64.
            self._zip.add(_counted(ready, stream), ready.member.named.path, size=size, **packs)
            async for piece in gathered(self._zip.all_files()):
                yield piece
        finally:
            if stream is not None:
                stream.close()
        self._members.append(ready.member)

    def _opened(self, file: str) -> tuple[BinaryIO, int]:
        """A file and its size. Once it is open, its deletion harms nothing."""
        stream = self._files.kept(file).open()
        size = stream.seek(0, 2)
        stream.seek(0)
        return stream, size

    def _table(self) -> _Ready | None:
        if self._rows.sheet is None or not self._rows:
            return None
        title = self._rows.sheet.title
        return _Ready(Member(None, self._names.file(TOP, title, "xlsx"), title), self._rows.workbook())

    def _list(self) -> _Ready:
        order = self._order
        text = as_text(order.programme.title, order.called, order.at, self._entries, self._members)
        return _Ready(self._listed, text)

    def _told(self) -> _Ready:
        order = self._order
        text = as_json(order.programme, order.called, order.at, self._entries, self._members)
        return _Ready(self._manifest, text)


async def _run(make: Callable[[], Awaitable[_Ready | None]]) -> _Ready | None:
    return await make()


def _lying(member: Member, file: str) -> Callable[[], Awaitable[_Ready | None]]:
    async def make() -> _Ready | None:
        return _Ready(member, file=file)

    return make


def _counted(ready: _Ready, stream: BinaryIO | None) -> Iterator[bytes]:
    """The bytes of a member as they go by, counted and digested."""
    member, digest = ready.member, hashlib.sha256()
    try:
        for block in (ready.content,) if stream is None else iter(lambda: stream.read(_BLOCK), b""):
            if block:
                digest.update(block)
                member.size += len(block)
                yield block
    except OSError:
        member.lacks(_UNREAD)
    member.digest = digest.hexdigest()


def _ending(each: Enclosure) -> str:
    ending = _ENDINGS.get(each.mime)
    return ending if ending is not None else PurePath(each.name).suffix.removeprefix(".")


def _why(error: Exception) -> str:
    """Why something is not there; what an error of our own says of a case's answers stays out of it."""
    return f"{_UNPRINTED}（{error if isinstance(error, RenderFailed) else type(error).__name__}）"
