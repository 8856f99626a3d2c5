"""Documents of a case as PDF or spreadsheet, composed and rendered outside the turn."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator, Callable
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from bot.house import measures
from bot.house.across import Across
from bot.house.afterwards import Shown
from bot.house.archive import Archive
from bot.house.company import company
from bot.house.contents import Content, Enclosure, content
from bot.house.desk.dossiers import Dossiers
from bot.house.desk.selections import Selections
from bot.house.devices import speaking
from bot.house.kept_prints import Prints
from bot.house.preparing import Preparing
from bot.house.shared import Shared
from dialogs.desk.staging import STAGE_LIST
from dialogs.interview import Interview
from dialogs.roles import role_of
from dialogs.scene import Scene
from dialogs.view import View
from forms.opened_elsewhere import prepared_photo, prepared_scan
from forms.packet import BUNDLE, PACKET, due_documents, filename, packed, packet_filename
from forms.parties import LEADING, OFFICE
from forms.printing.binding import bound, zipped
from forms.printing.compose import Composed, Mark, compose
from forms.printing.drawn_pages import differing_pages, page_picture
from forms.printing.faces import Faces
from forms.printing.queue import Errand, Urgency
from forms.printing.workers import Workers
from forms.programme import Programme
from forms.sheet import XLSX, workbook
from storage import handing, invitations, stays
from storage.files import FileStore, Kept
from storage.interviews import Speaker
from storage.unit import Unit

#: Bytes of documents, and of pictures of their pages, in memory: those just looked at or about to be.
_KEPT = 64 * 1024 * 1024

#: How a spreadsheet says what the forms say across their pages.
_MARKS: dict[Mark, str] = {"": "", "practice": "样张", "draft": "草稿"}


#: Where people look at documents page by page, as pictures.
_PICTURED = frozenset({"web"})
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


@dataclass(frozen=True)
class _There:
    """What a door is at: whose it is, the part and its scene, and as whom they read."""

    person: str
    programme: Programme
    interview: Interview
    scene: Scene
    reader: str = LEADING


class Documents:
    """Prints what is due. The same content is printed once, however many ask for it at the same time."""

    def __init__(  # noqa: PLR0913, PLR0917  # what prints stand on
        self,
        archive: Archive,
        across: Across,
        dossiers: Dossiers,
        files: FileStore,
        workers: Workers,
        faces: Faces,
        clock: Callable[[], datetime],
    ) -> None:
        self._archive = archive
        self._across = across
        self._dossiers = dossiers
        #: The lists that offices put up.
        self.selections = Selections(archive, dossiers, faces)
        self._files = files
        self._workers = workers
        self._faces = faces
        self._clock = clock
        #: What offices take along, as it was printed.
        self.prints = Prints(files.directory("prints"), files)
        self._prints: Shared[Printed] = Shared(_KEPT, lambda printed: len(printed.content))
        self._pages: Shared[bytes] = Shared(_KEPT, len)
        #: Threads that compose take turns with whoever talks: while nobody asks, one is enough for all workers.
        self._unhurried = asyncio.Semaphore()
        #: Prints here what people are about to open; None where that is done elsewhere or not at all.
        self.preparing: Preparing | None = Preparing(self._prepare)

    async def open(
        self, channel: str, address: str, document: str, urgency: Urgency = Urgency.ASKED
    ) -> Printed:
        """As `Conversation.document`."""
        if document == STAGE_LIST:
            return await self._stage_list(channel, address, urgency)
        there = await self._archive.read(partial(self._standing, channel=channel, address=address))
        return await self._opened(there, document, urgency)

    async def for_office(self, case: str) -> AsyncIterator[tuple[str, Printed]]:
        """Everything that the receiving office is to have of a case, by the documents' ids.

        Raises LookupError where there is no such case, and RenderFailed.
        """
        content = await self.content_of(case)
        for due in content.documents:
            yield due.id, await self.of_content(content, due.id)

    async def content_of(self, case: str, office: str = "") -> Content:
        """What an office has of a case: what was handed in to it, and nothing that was said since. Raises LookupError.

        For no office in particular it is what was handed in last; a case that lies nowhere is as it was when it was
        finished, else as it stands.
        """
        return await self._archive.read(partial(self._content, case=case, office=office))

    async def ahead(self, content: Content, document: str) -> Printed:
        """A document of it, printed when nobody asks, and kept on the disk. Raises LookupError and RenderFailed."""
        return await self.of_content(content, document, Urgency.AHEAD, kept=True)

    async def of_content(
        self, content: Content, document: str, urgency: Urgency = Urgency.ASKED, *, kept: bool = False
    ) -> Printed:
        """A document of it; `kept` on the disk, with its case. Raises LookupError and RenderFailed."""
        ready = await asyncio.to_thread(
            composed, document, content.programme, content.interview, content.scene, self._faces, OFFICE
        )
        if isinstance(ready, Printed):
            return ready
        if not kept:
            return await self._print(ready, Errand(OFFICE, urgency))
        key, now = _key(ready), self._clock().timestamp()
        kept_print = await asyncio.to_thread(self.prints.find, content.case, key, now)
        if kept_print is None:
            printed = await self._print(ready, Errand(OFFICE, urgency))
            await asyncio.to_thread(self.prints.keep, content.case, key, printed.content, printed.pages, now)
            return printed
        return Printed(ready.filename, *kept_print)

    async def evidence(self, channel: str, address: str, file: str) -> tuple[Kept, Enclosure] | None:
        """A file that belongs to the case on somebody's desk, to be opened, and what it is; None for any other."""

        def find(unit: Unit) -> Enclosure | None:
            speaker = speaking(unit, channel, address, self._clock())
            view = self._dossiers.on_desk(unit, speaker.person) if speaker and speaker.at_desk else None
            if view is None:
                return None
            files = content("", view.programme, view.interview, view.scene).files
            return next((each for each in files if each.file == file), None)

        enclosure = await self._archive.read(find)
        return (await asyncio.to_thread(self._files.kept, file), enclosure) if enclosure else None

    def _content(self, unit: Unit, case: str, office: str) -> Content:
        row = next(iter(stays.of_cases(unit, office, (case,))), None) if office else stays.current(unit, case)
        sealed = handing.of_round(unit, case, row.round) if row else None
        if sealed is not None:
            parts = self._dossiers.parts(unit, sealed)
            if not parts:
                raise LookupError(case)
            view = parts[0].view
            return content(case, view.programme, view.interview, view.scene)
        if office:
            raise LookupError(case)
        leading = invitations.leading(unit, case)
        # Whoever handed in in time is not late because the office looks at it later.
        finished = leading.state.finished_at if leading else ""
        at = datetime.fromisoformat(finished) if finished else self._clock()
        there = self._stands(unit, leading, at)
        return content(case, there.programme, there.interview, there.scene)

    async def _stage_list(self, channel: str, address: str, urgency: Urgency) -> Printed:
        """The list to be put up of the selection that is open on a person's desk. Raises LookupError for none."""

        def compose_it(unit: Unit) -> tuple[str, Composed]:
            speaker = speaking(unit, channel, address, self._clock())
            if speaker is None or not speaker.at_desk:
                raise LookupError(STAGE_LIST)
            return speaker.person, self.selections.sheet(unit, speaker.person)

        person, ready = await self._archive.read(compose_it)
        return await self.print(ready, Errand(person, urgency))

    def _standing(self, unit: Unit, channel: str, address: str) -> _There:
        """What a door is at: a part of the person's own, or a case on their desk. Raises LookupError where it is nothing."""
        speaker = speaking(unit, channel, address, self._clock())
        if speaker is None or not speaker.at_desk:
            return self._stands(unit, speaker, self._clock())
        view = self._dossiers.on_desk(unit, speaker.person)
        if view is None:
            raise LookupError
        return _There(speaker.person, view.programme, view.interview, view.scene, OFFICE)

    def _stands(self, unit: Unit, speaker: Speaker | None, now: datetime) -> _There:
        programme = self._archive.pinned(unit, speaker.state.digest) if speaker else None
        if speaker is None or programme is None:
            raise LookupError
        others = company(unit, programme, speaker, now)
        scene = Scene(now, (programme,), others.parts, faces=self._faces, invited=others.invited)
        scene = self._across.counted(unit, speaker.case, programme, speaker.state, scene)
        return _There(speaker.person, programme, speaker.state, scene)

    async def _prepare(self, shown: Shown) -> None:
        """Print the first of what a door offers, and draw its first page, before anybody asks."""
        channel, address = shown.door
        if shown.finishing:
            there = await self._archive.read(partial(self._standing, channel=channel, address=address))
            finished = there.interview.model_copy(update={"finished_at": self._clock().isoformat()})
            there = replace(there, interview=finished)
            printed = await self._opened(there, shown.documents[0], Urgency.AHEAD)
        else:
            printed = await self.open(channel, address, shown.documents[0], Urgency.AHEAD)
        if channel in _PICTURED and printed.mime == PDF:
            await self.page(printed, 1, address, Urgency.AHEAD)

    async def _opened(self, there: _There, document: str, urgency: Urgency) -> Printed:
        errand = Errand(there.person, urgency)
        if document in (PACKET, BUNDLE):
            return await self._whole(document, there, errand)
        return await self._made(there, document, errand)

    async def _made(self, there: _There, document: str, errand: Errand) -> Printed:
        make = composed if role_of(there.interview.role).leads else own_part
        composing = partial(
            make, document, there.programme, there.interview, there.scene, self._faces, there.reader
        )
        async with self._unhurried if errand.urgency is Urgency.AHEAD else nullcontext():
            ready = await asyncio.to_thread(composing)
        return ready if isinstance(ready, Printed) else await self.print(ready, errand)

    async def _whole(self, packet: str, there: _There, errand: Errand) -> Printed:
        """All that is due, in one PDF without the spreadsheets, or in one ZIP."""
        programme = there.programme
        scope = View(programme, there.interview, there.scene).scope
        readable = due_documents(programme, scope, there.reader)
        due = [each for each in packed(readable) if packet == BUNDLE or not each.sheet]
        if not due:
            raise LookupError(packet)
        parts = await asyncio.gather(*(self._made(there, each.id, errand) for each in due))

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

    async def page(
        self, printed: Printed, number: int, whose: str, urgency: Urgency = Urgency.ASKED
    ) -> bytes:
        """As `Conversation.page`."""
        digest = hashlib.sha256(printed.content).hexdigest()
        draw = partial(self._draw, printed.content, number - 1)
        return await self._pages.get(f"{digest} {number}", draw, Errand(whose, urgency))

    async def differing(self, one: Printed, other: Printed) -> tuple[int, ...]:
        """The numbers, from 1, of the pages on which two PDFs do not look the same."""
        return await self._workers.run(differing_pages, one.content, other.content)

    async def _draw(self, content: bytes, number: int, errand: Errand) -> bytes:
        return await self._workers.run(page_picture, content, number, errand=errand)

    def prepare(self, shown: Shown) -> None:
        """A door offers documents."""
        if self.preparing:
            self.preparing.shown(shown)

    async def _print(self, ready: Composed, errand: Errand) -> Printed:
        files = {}
        for name, file in ready.files.items():
            kept = await asyncio.to_thread(self._files.kept, file)
            if name in ready.scans:
                prepared = self._workers.run(prepared_scan, kept, ready.scans[name], errand=errand)
            else:
                prepared = self._workers.run(prepared_photo, kept, errand=errand)
            files[name] = await prepared
        with measures.rendering():
            pdf = await self._workers.render(ready.html, ready.stylesheets, files, errand)
        return Printed(ready.filename, pdf.content, pdf.pages)


def composed(  # noqa: PLR0913, PLR0917  # a case and who looks at it
    document: str,
    programme: Programme,
    interview: Interview,
    scene: Scene,
    faces: Faces,
    reader: str = LEADING,
) -> Composed | Printed:
    """A due document of a case ready to be drawn, or a spreadsheet, which is quick to write.

    Raises LookupError where it is not due, or not for this reader.
    """
    view = View(programme, interview, scene)
    due = next((each for each in due_documents(programme, view.scope, reader) if each.id == document), None)
    if due is None:
        raise LookupError(document)
    finished = interview.finished_at
    mark: Mark = "practice" if view.rehearsing else "" if finished else "draft"
    if due.sheet:
        content = workbook(programme, programme.sheet(due.sheet), [view.scope], _MARKS[mark])
        return Printed(filename(due, view.scope), content, 0, XLSX)
    filled_on = programme.window.today(datetime.fromisoformat(finished)) if finished else None
    return compose(programme, due, interview.answers, view.scope, scene.parts, mark, filled_on, faces, reader)


def own_part(  # noqa: PLR0913, PLR0917  # as `composed`
    document: str,
    programme: Programme,
    interview: Interview,
    scene: Scene,
    faces: Faces,
    reader: str = LEADING,
) -> Composed | Printed:
    """The sheet that a party prints for its own signature: its own half, and of the nominee what stands on it.

    Raises LookupError for any other document.
    """
    party, number = programme.form(interview.role).party, scene.invited.number if scene.invited else 1
    participant = programme.participant(party)
    due = next((each for each in programme.documents if each.id == document), None)
    if due is None or participant is None or document not in participant.documents:
        raise LookupError(document)
    said = scene.parts.get(LEADING) or ({},)
    nominee = {name: value for name, value in said[0].items() if name in participant.prints}
    scope = {**programme.constants(scene.now), **nominee}
    finished = interview.finished_at
    mark: Mark = "practice" if interview.practice else "" if finished else "draft"
    filled_on = programme.window.today(datetime.fromisoformat(finished)) if finished else None
    halves = (*({} for _ in range(number - 1)), interview.answers)
    return compose(programme, due, nominee, scope, {party: halves}, mark, filled_on, faces, party)


def _key(ready: Composed) -> str:
    """What a print depends on; a stored file never changes, so its id stands for its bytes."""
    digest = hashlib.sha256()
    for part in (ready.html, *ready.stylesheets, *map(str, sorted(ready.files.items()))):
        digest.update(part.encode() + b"\0")
    return digest.hexdigest()
