"""Documents of a case as PDF or spreadsheet, composed and rendered outside the turn."""

from __future__ import annotations

import asyncio
import hashlib
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog

from bot.house.across import counted
from bot.house.archive import Archive
from dialogs.interview import Interview
from dialogs.scene import Scene
from dialogs.view import View
from forms.inspection import prepared_photo
from forms.packet import due_documents, filename
from forms.pictures import prepared_scan
from forms.printing.compose import Composed, Mark, compose
from forms.printing.faces import Faces
from forms.printing.workers import Workers
from forms.programme import Programme
from forms.sheet import XLSX, workbook
from storage import interviews
from storage.files import FileStore
from storage.unit import Unit

log = structlog.get_logger(__name__)

#: Documents kept in memory: those that were just looked at or are about to be.
_KEPT = 48

#: How a spreadsheet says what the forms say across their pages.
_MARKS: dict[Mark, str] = {"": "", "practice": "样张", "draft": "草稿"}


#: The media type of what is printed.
PDF = "application/pdf"


@dataclass(frozen=True)
class Printed:
    """A finished document: its name for saving, its bytes, its number of pages (0 for a spreadsheet), its media type."""

    filename: str
    content: bytes
    pages: int
    mime: str = PDF


class Documents:
    """Prints what is due. The same content is printed once, however many ask for it at the same time."""

    def __init__(
        self,
        archive: Archive,
        files: FileStore,
        workers: Workers,
        faces: Faces,
        clock: Callable[[], datetime],
    ) -> None:
        self._archive = archive
        self._files = files
        self._workers = workers
        self._faces = faces
        self._clock = clock
        self._prints: OrderedDict[str, asyncio.Task[Printed]] = OrderedDict()
        self._ahead: asyncio.Task[None] | None = None

    async def open(self, channel: str, address: str, document: str) -> Printed:
        """As `Conversation.document`."""

        def read(unit: Unit) -> tuple[Programme, Interview, Scene]:
            speaker = interviews.speaker(unit, channel, address)
            programme = self._archive.pinned(unit, speaker.state.digest) if speaker else None
            if speaker is None or programme is None or speaker.state.party != "nominee":
                raise LookupError(document)
            experts = self._archive.experts(unit, speaker)
            scene = Scene(self._clock(), (programme,), experts, faces=self._faces)
            return programme, speaker.state, counted(unit, speaker.case, programme, speaker.state, scene)

        read_now = await self._archive.run(read)
        composed = await asyncio.to_thread(self._compose, document, *read_now)
        if isinstance(composed, Printed):
            return composed
        # The waiting may be given up (a page closed); the printing goes on for whoever asks next.
        return await asyncio.shield(self._printing(composed))

    def prepare(self, channel: str, address: str, documents: Sequence[str]) -> None:
        """Print ahead what a person is about to open. One person at a time: who asks has precedence."""
        if self._ahead is None or self._ahead.done():
            self._ahead = asyncio.get_running_loop().create_task(
                self._print_ahead(channel, address, documents)
            )

    async def _print_ahead(self, channel: str, address: str, documents: Sequence[str]) -> None:
        for document in documents:
            try:
                await self.open(channel, address, document)
            except Exception as error:
                # Whoever opens the document meets the same and is told; nobody waits for this one.
                log.warning("documents.ahead_failed", document=document, error=type(error).__name__)
                return

    def _compose(
        self,
        document: str,
        programme: Programme,
        interview: Interview,
        scene: Scene,
    ) -> Composed | Printed:
        """A document ready to be drawn, or a spreadsheet, which is quick to write."""
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
        return compose(
            programme, due, interview.answers, view.scope, scene.experts, mark, filled_on, self._faces
        )

    def _printing(self, composed: Composed) -> asyncio.Task[Printed]:
        key = _key(composed)
        task = self._prints.get(key)
        if task is None or (task.done() and (task.cancelled() or task.exception())):
            task = asyncio.get_running_loop().create_task(self._print(composed))
            self._prints[key] = task
        self._prints.move_to_end(key)
        while len(self._prints) > _KEPT:
            self._prints.popitem(last=False)
        return task

    async def _print(self, composed: Composed) -> Printed:
        files = {}
        for name, file in composed.files.items():
            path = self._files.path(file)
            if name in composed.scans:
                files[name] = await self._workers.run(prepared_scan, path, composed.scans[name])
            else:
                files[name] = await self._workers.run(prepared_photo, path)
        pdf = await self._workers.render(composed.html, composed.stylesheets, files)
        return Printed(composed.filename, pdf.content, pdf.pages)


def _key(composed: Composed) -> str:
    """What a print depends on; a stored file never changes, so its id stands for its bytes."""
    digest = hashlib.sha256()
    for part in (composed.html, *composed.stylesheets, *map(str, sorted(composed.files.items()))):
        digest.update(part.encode() + b"\0")
    return digest.hexdigest()
