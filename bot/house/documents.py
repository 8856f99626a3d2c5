"""Documents of a case as PDF or spreadsheet, composed and rendered outside the turn."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

import structlog

from bot.house.across import Across
from bot.house.afterwards import Shown
from bot.house.archive import Archive
from bot.house.devices import speaking
from bot.house.shared import Shared
from dialogs.interview import Interview
from dialogs.roles import role_of
from dialogs.scene import Scene
from dialogs.view import View
from forms.inspection import prepared_photo
from forms.packet import BUNDLE, PACKET, due_documents, filename, packed, packet_filename
from forms.pictures import prepared_scan
from forms.printing.binding import bound, zipped
from forms.printing.compose import Composed, Mark, compose
from forms.printing.drawn_pages import differing_pages, page_picture
from forms.printing.faces import Faces
from forms.printing.queue import Errand, Urgency
from forms.printing.workers import Workers
from forms.programme import Programme
from forms.sheet import XLSX, workbook
from storage.files import FileStore
from storage.unit import Unit

log = structlog.get_logger(__name__)

#: Bytes of documents, and of pictures of their pages, in memory: those just looked at or about to be.
_KEPT = 64 * 1024 * 1024

#: How a spreadsheet says what the forms say across their pages.
_MARKS: dict[Mark, str] = {"": "", "practice": "样张", "draft": "草稿"}


#: The media type of what is printed.
PDF = "application/pdf"
#: And of all of it together.
ZIP = "application/zip"


@dataclass(frozen=True)
class Printed:
    """A finished document: its name for saving, its bytes, its number of pages (0 for a spreadsheet), its media type."""

    filename: str
    content: bytes
    pages: int
    mime: str = PDF


class Documents:
    """Prints what is due. The same content is printed once, however many ask for it at the same time."""

    def __init__(  # noqa: PLR0913, PLR0917  # what prints stand on
        self,
        archive: Archive,
        across: Across,
        files: FileStore,
        workers: Workers,
        faces: Faces,
        clock: Callable[[], datetime],
    ) -> None:
        self._archive = archive
        self._across = across
        self._files = files
        self._workers = workers
        self._faces = faces
        self._clock = clock
        self._prints: Shared[Printed] = Shared(_KEPT, lambda printed: len(printed.content))
        self._pages: Shared[bytes] = Shared(_KEPT, len)
        self._ahead: asyncio.Task[None] | None = None

    async def open(
        self, channel: str, address: str, document: str, urgency: Urgency = Urgency.ASKED
    ) -> Printed:
        """As `Conversation.document`."""
        person, programme, interview, scene = await self._standing(channel, address)
        errand = Errand(person, urgency)
        if document in (PACKET, BUNDLE):
            return await self._whole(document, programme, interview, scene, errand)
        ready = await asyncio.to_thread(composed, document, programme, interview, scene, self._faces)
        return ready if isinstance(ready, Printed) else await self.print(ready, errand)

    async def _standing(self, channel: str, address: str) -> tuple[str, Programme, Interview, Scene]:
        """Whose case a door is at, and how it stands. Raises LookupError where nobody may print there."""

        def read(unit: Unit) -> tuple[str, Programme, Interview, Scene]:
            speaker = speaking(unit, channel, address, self._clock())
            programme = self._archive.pinned(unit, speaker.state.digest) if speaker else None
            if speaker is None or programme is None or not role_of(speaker.state.role).leads:
                raise LookupError(address)
            experts = self._archive.experts(unit, speaker)
            scene = Scene(self._clock(), (programme,), experts, faces=self._faces)
            scene = self._across.counted(unit, speaker.case, programme, speaker.state, scene)
            return speaker.person, programme, speaker.state, scene

        return await self._archive.read(read)

    async def _whole(
        self, packet: str, programme: Programme, interview: Interview, scene: Scene, errand: Errand
    ) -> Printed:
        """All that is due, in one PDF without the spreadsheets, or in one ZIP."""
        scope = View(programme, interview, scene).scope
        due = [each for each in packed(due_documents(programme, scope)) if packet == BUNDLE or not each.sheet]
        parts = []
        for each in due:
            ready = await asyncio.to_thread(composed, each.id, programme, interview, scene, self._faces)
            parts.append(ready if isinstance(ready, Printed) else await self.print(ready, errand))
        if not parts:
            raise LookupError(packet)

        async def bind(of: Errand) -> Printed:
            if packet == BUNDLE:
                files = [(part.filename, part.content) for part in parts]
                content = await self._workers.run(zipped, files, errand=of)
                return Printed(packet_filename(programme, scope, "zip"), content, 0, ZIP)
            content = await self._workers.run(bound, [part.content for part in parts], errand=of)
            name = packet_filename(programme, scope, "pdf")
            return Printed(name, content, sum(part.pages for part in parts))

        digest = hashlib.sha256(packet.encode())
        for part in parts:
            digest.update(part.filename.encode() + b"\0" + hashlib.sha256(part.content).digest())
        return await self._prints.get(digest.hexdigest(), bind, errand)

    async def print(self, ready: Composed, errand: Errand) -> Printed:
        """A composed document as PDF. Raises `forms.printing.renderer.RenderFailed`."""
        return await self._prints.get(_key(ready), lambda of: self._print(ready, of), errand)

    async def page(self, printed: Printed, number: int, whose: str) -> bytes:
        """As `Conversation.page`."""
        digest = hashlib.sha256(printed.content).hexdigest()
        draw = partial(self._draw, printed.content, number - 1)
        return await self._pages.get(f"{digest} {number}", draw, Errand(whose))

    async def differing(self, one: Printed, other: Printed) -> tuple[int, ...]:
        """The numbers, from 1, of the pages on which two PDFs do not look the same."""
        return await self._workers.run(differing_pages, one.content, other.content)

    async def _draw(self, content: bytes, number: int, errand: Errand) -> bytes:
        return await self._workers.run(page_picture, content, number, errand=errand)

    def prepare(self, shown: Shown) -> None:
        """Print ahead what a person is about to open. One person at a time: who asks has precedence."""
        if self._ahead is None or self._ahead.done():
            self._ahead = asyncio.get_running_loop().create_task(
                self._print_ahead(*shown.door, shown.documents)
            )

    async def _print_ahead(self, channel: str, address: str, documents: Sequence[str]) -> None:
        for document in documents:
            try:
                await self.open(channel, address, document, Urgency.AHEAD)
            except Exception as error:
                # Whoever opens the document meets the same and is told; nobody waits for this one.
                log.warning("documents.ahead_failed", document=document, error=type(error).__name__)
                return

    async def _print(self, ready: Composed, errand: Errand) -> Printed:
        files = {}
        for name, file in ready.files.items():
            path = self._files.path(file)
            if name in ready.scans:
                prepared = self._workers.run(prepared_scan, path, ready.scans[name], errand=errand)
            else:
                prepared = self._workers.run(prepared_photo, path, errand=errand)
            files[name] = await prepared
        pdf = await self._workers.render(ready.html, ready.stylesheets, files, errand)
        return Printed(ready.filename, pdf.content, pdf.pages)


def composed(
    document: str, programme: Programme, interview: Interview, scene: Scene, faces: Faces
) -> Composed | Printed:
    """A due document of a case ready to be drawn, or a spreadsheet, which is quick to write.

    Raises LookupError where it is not due.
    """
    view = View(programme, interview, scene)
    due = next((each for each in due_documents(programme, view.scope) if each.id == document), None)
    if due is None:
        raise LookupError(document)
    finished = interview.finished_at
    mark: Mark = "practice" if view.rehearsing else "" if finished else "draft"
    if due.sheet:
        content = workbook(programme, programme.sheet(due.sheet), [view.scope], _MARKS[mark])
        return Printed(filename(due, view.scope), content, 0, XLSX)
    filled_on = programme.window.today(datetime.fromisoformat(finished)) if finished else None
    return compose(programme, due, interview.answers, view.scope, scene.experts, mark, filled_on, faces)


def _key(ready: Composed) -> str:
    """What a print depends on; a stored file never changes, so its id stands for its bytes."""
    digest = hashlib.sha256()
    for part in (ready.html, *ready.stylesheets, *map(str, sorted(ready.files.items()))):
        digest.update(part.encode() + b"\0")
    return digest.hexdigest()
