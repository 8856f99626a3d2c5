"""Files on their way in, and a person's own files shown to them again."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from datetime import datetime

from bot.house.archive import Archive
from forms.attachment import Attachment, Trouble
from forms.door import Unacceptable, normalise
from forms.inspection import Caps, inspect
from forms.pictures import preview
from forms.printing.renderer import RenderFailed
from forms.printing.workers import Workers
from storage import interviews, uploads
from storage.files import FileStore, Quota, TooLarge
from storage.interviews import Speaker
from storage.tables import new_id
from storage.unit import Unit

_LONGEST_NAME = 80


class NotBegun(LookupError):  # noqa: N818 - not a defect
    """Nobody has consented at this door yet, so nothing is kept of them."""


class Intake:
    """Takes files in: bytes to the store, facts from the inspection, a row that makes them the person's own."""

    def __init__(  # noqa: PLR0913, PLR0917  # built once, by the conversation
        self,
        archive: Archive,
        files: FileStore,
        workers: Workers,
        caps: Caps,
        quota: Quota,
        clock: Callable[[], datetime],
    ) -> None:
        self._archive = archive
        self._files = files
        self._workers = workers
        self._caps = caps
        self._quota = quota
        self._clock = clock

    async def receive(
        self, channel: str, address: str, name: str, chunks: AsyncIterator[bytes]
    ) -> Attachment:
        """As `Conversation.receive`."""

        def admit(unit: Unit) -> tuple[Speaker, int]:
            speaker = interviews.speaker(unit, channel, address)
            if speaker is None or not speaker.state.consented_at:
                raise NotBegun(address)
            kept = uploads.kept(unit, speaker.person)
            self._quota.check(kept)
            return speaker, self._quota.size - kept.size

        speaker, room = await self._archive.run(admit)
        largest = max(self._caps.image, self._caps.pdf, self._caps.text, self._caps.video)
        try:
            file, size = await self._files.keep(chunks, min(largest, room))
        except TooLarge as error:
            if error.size > room:
                self._quota.check(
                    await self._archive.run(lambda unit: uploads.kept(unit, speaker.person)), error.size
                )
            return await self._note(speaker, _refused(new_id(), name, error.size, "too_large"), 0)
        return await self._inspected(speaker, file, name, size)

    async def _inspected(self, speaker: Speaker, file: str, name: str, size: int) -> Attachment:
        path = self._files.path(file)
        try:
            try:
                found = await self._workers.run(inspect, path, file, name, self._caps)
            except RenderFailed:  # the file brought a worker to its limits
                found = _refused(file, name, size, "unreadable")
            if found.trouble:
                self._files.drop(file)
            return await self._note(speaker, found, 0 if found.trouble else size)
        except BaseException:
            self._files.drop(file)
            raise

    async def _note(self, speaker: Speaker, attachment: Attachment, size: int) -> Attachment:
        now = self._clock()

        def add(unit: Unit) -> None:
            self._quota.check(
                uploads.kept(unit, speaker.person), size
            )  # others of theirs may have come in meanwhile
            uploads.add(unit, speaker, attachment, size, now)

        await self._archive.run(add)
        return attachment

    async def attachment(self, channel: str, address: str, file: str) -> Attachment | None:
        """As `Conversation.attachment`."""

        def find(unit: Unit) -> Attachment | None:
            speaker = interviews.speaker(unit, channel, address)
            return uploads.find(unit, speaker.person, file) if speaker else None

        return await self._archive.run(find)

    async def photo(self, channel: str, address: str, file: str) -> bytes | None:
        """As `Conversation.photo`."""
        attachment = await self.attachment(channel, address, file)
        if attachment is None or attachment.media != "image" or attachment.trouble:
            return None
        return await self._workers.run(preview, self._files.path(file))


def _refused(file: str, name: str, size: int, trouble: Trouble) -> Attachment:
    """What is known of a file that could not be looked into."""
    try:
        shown = normalise(name[-_LONGEST_NAME:])
    except Unacceptable:
        shown = ""
    return Attachment(
        file=file,
        name=shown or "?",
        media="unknown",
        mime="application/octet-stream",
        size=size,
        trouble=trouble,
    )
