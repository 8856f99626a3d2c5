"""Files on their way in, and a person's own files shown to them again."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from functools import partial
from typing import TypeVar

import structlog
from sqlalchemy.exc import OperationalError

from bot.house.archive import Archive
from bot.house.devices import speaking
from bot.house.shared import Shared
from forms.attachment import Attachment, Trouble
from forms.caps import Caps
from forms.opened_elsewhere import inspect, preview
from forms.printing.queue import Errand, Urgency
from forms.printing.renderer import RenderFailed
from forms.printing.workers import Unanswered, Workers
from forms.readable import Unreachable
from forms.typed import Unacceptable, normalise
from storage import uploads
from storage.database import is_full
from storage.files import FileStore, NoRoom, Stored, TooLarge
from storage.interviews import Speaker
from storage.tables import new_id
from storage.unit import Unit
from storage.uploads import Forgotten, Quota, QuotaExceeded, Wanted

T = TypeVar("T")

log = structlog.get_logger(__name__)

_LONGEST_NAME = 80
#: Bytes first reserved for a file whose size is not known; then twice as many each time.
_FIRST = 256 * 1024
#: For so long a file may have arrived before it is said in the conversation what it is for.
_UNSAID = timedelta(minutes=15)
#: Bytes of previews in memory.
_PREVIEWS = 32 * 1024 * 1024


class NotBegun(LookupError):  # noqa: N818 - not a defect
    """Nobody has consented at this door yet, or they have just been forgotten: nothing is kept of them."""


class Cleared(NotBegun):
    """What the file was sent for was cleared while it arrived; whoever sent it is still there."""


class AtDesk(NotBegun):
    """Whoever sent it has the desk of an office open: what they send there is no application's."""


class Intake:
    """Takes files in: a row with reserved room, bytes to the store, facts from the inspection into the row."""

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
        self._previews: Shared[bytes] = Shared(_PREVIEWS, len)

    async def receive(  # noqa: PLR0913, PLR0917  # a door, and a file with all that is known of it
        self,
        channel: str,
        address: str,
        name: str,
        chunks: AsyncIterator[bytes],
        size: int | None = None,
        message: str = "",
    ) -> Attachment:
        """As `Conversation.receive`; room is reserved before the first byte is asked for.

        Raises `storage.uploads.QuotaExceeded` when the person keeps too many files or bytes, `storage.files.NoRoom`
        when our disk is full, NotBegun where nobody has consented, or it was cleared meanwhile, and
        `forms.printing.workers.Unanswered` where the machine is too busy to look at it: nothing is kept then.
        """
        try:
            before = await self._brought(channel, address, message) if message else None
            return before or await self._received(channel, address, name, chunks, size, message)
        except (Forgotten, FileNotFoundError) as error:  # row or bytes were taken away meanwhile
            raise await self._gone(channel, address) from error
        except Unreachable as error:
            log.error("files.unreachable", error=type(error).__name__)
            raise Unanswered("where files lie there is no answer") from error
        except NoRoom:
            log.error("files.no_room", free=self._files.free, wanted=size)
            raise
        except OperationalError as error:
            if not is_full(error):
                raise
            log.error("files.no_room_for_the_database")
            raise NoRoom from error

    async def _brought(self, channel: str, address: str, message: str) -> Attachment | None:
        """What arrived with a message before it could be taken: a crash came in between, or another turn."""

        def find(unit: Unit) -> Attachment | None:
            speaker = speaking(unit, channel, address, self._clock())
            return uploads.brought(unit, speaker.person, message) if speaker else None

        return await self._archive.run(find)

    async def _gone(self, channel: str, address: str) -> NotBegun:
        speaker = await self._archive.read(lambda unit: speaking(unit, channel, address, self._clock()))
        return Cleared(address) if speaker and speaker.state.consented_at else NotBegun(address)

    async def _received(  # noqa: PLR0913, PLR0917  # as `receive`
        self,
        channel: str,
        address: str,
        name: str,
        chunks: AsyncIterator[bytes],
        size: int | None,
        message: str,
    ) -> Attachment:
        file, caps = new_id(), self._caps
        largest = max(caps.image, caps.pdf, caps.text, caps.video)
        declared = size is not None and size <= largest  # else it breaks off, or never begins

        def admit(unit: Unit) -> tuple[Speaker, int]:
            speaker = speaking(unit, channel, address, self._clock())
            if speaker is not None and speaker.at_desk:
                raise AtDesk(address)
            if speaker is None or not speaker.state.consented_at:
                raise NotBegun(address)
            wanted = self._wanted(size or 0, size or 0) if declared else self._wanted(1, min(_FIRST, largest))
            return speaker, uploads.reserve(unit, speaker, file, wanted, message)

        async with self._arriving(file):
            speaker, reserved = await self._roomy((channel, address), lambda: self._noted(admit))
            if size is not None and size > largest:
                return await self._settled(_refused(file, name, size, "too_large"))
            try:
                stored = await self._files.keep(
                    file,
                    chunks,
                    limit=largest,
                    reserved=reserved,
                    extend=partial(self._extended, (channel, address), file),
                )
            except TooLarge as error:
                return await self._settled(_refused(file, name, error.size, "too_large"))
            try:
                errand = Errand(speaker.person, Urgency.INSPECTION)
                kept = await asyncio.to_thread(self._files.kept, file)
                attachment = await self._workers.run(inspect, kept, file, name, caps, errand=errand)
            except Unanswered:  # it may be as good as any: whoever sent it sends it again
                raise
            except RenderFailed:  # the file brought a worker to its limits
                attachment = _refused(file, name, stored.size, "unreadable")
            if attachment.trouble:
                await asyncio.to_thread(self._files.drop, file)
                return await self._settled(attachment)
            return await self._settled(attachment, stored)

    @asynccontextmanager
    async def _arriving(self, file: str) -> AsyncIterator[None]:
        """Keep a file's row while it arrives; row and bytes go where it does not."""
        renewing = asyncio.get_running_loop().create_task(self._renew(file))
        try:
            yield
        except BaseException:
            await asyncio.shield(self._give_up(file))
            raise
        finally:
            renewing.cancel()

    async def _renew(self, file: str) -> None:
        while True:
            await asyncio.sleep(uploads.LEASE.total_seconds() / 4)
            try:
                await self._archive.run(lambda unit: uploads.renew(unit, file, self._clock()))
            except Exception as error:  # whether it is still there is asked again when it has arrived
                log.warning("files.not_renewed", error=type(error).__name__)

    async def _give_up(self, file: str) -> None:
        """Bytes first: while the row stands, the sweep finds what a crash in between leaves."""
        await asyncio.to_thread(self._files.drop, file)
        await self._archive.run(lambda unit: uploads.release(unit, file))

    async def _extended(self, here: tuple[str, str], file: str, size: int) -> int:
        def extend(unit: Unit) -> int:
            return uploads.extend(unit, file, self._wanted(size, 2 * size))

        return await self._roomy(here, lambda: self._archive.run(extend))

    async def _roomy(self, here: tuple[str, str], reserve: Callable[[], Awaitable[T]]) -> T:
        """What `reserve` gives; where the person's room is used up, without the files they no longer use."""
        try:
            return await reserve()
        except QuotaExceeded:
            if not await self._spared(*here):
                raise
        return await reserve()

    async def _spared(self, channel: str, address: str) -> bool:
        """Whether anything went that the person at a door has replaced or taken out again."""

        def spare(unit: Unit) -> tuple[str, ...]:
            now = self._clock()
            speaker = speaking(unit, channel, address, now)
            return uploads.spare(unit, speaker.person, now - _UNSAID) if speaker else ()

        spared = await self._archive.run(spare)
        for file in spared:
            await asyncio.to_thread(self._files.drop, file)
        return bool(spared)

    def _wanted(self, least: int, wish: int) -> Wanted:
        return Wanted(least, wish, self._quota, self._clock())

    async def _settled(self, attachment: Attachment, stored: Stored | None = None) -> Attachment:
        size, digest = (stored.size, stored.digest) if stored else (0, "")
        await self._noted(lambda unit: uploads.settle(unit, attachment, size, digest))
        return attachment

    async def _noted(self, work: Callable[[Unit], T]) -> T:
        """As `Archive.run`, but not left before it is known what became of the row."""
        noting = asyncio.ensure_future(self._archive.run(work))
        try:
            return await asyncio.shield(noting)
        except asyncio.CancelledError:
            await asyncio.wait((noting,))
            raise

    async def attachment(self, channel: str, address: str, file: str) -> Attachment | None:
        """As `Conversation.attachment`."""

        def find(unit: Unit) -> Attachment | None:
            speaker = speaking(unit, channel, address, self._clock())
            return uploads.find(unit, speaker.person, file) if speaker else None

        return await self._archive.read(find)

    async def photo(self, channel: str, address: str, file: str) -> bytes | None:
        """As `Conversation.photo`."""

        def find(unit: Unit) -> tuple[str, str] | None:
            speaker = speaking(unit, channel, address, self._clock())
            attachment = uploads.find(unit, speaker.person, file) if speaker else None
            if speaker is None or attachment is None or attachment.media != "image" or attachment.trouble:
                return None
            return speaker.person, uploads.digest_of(unit, file)

        picture = await self._archive.read(find)
        if picture is None:
            return None
        whose, digest = picture
        try:
            content = await self._previews.get(digest or file, partial(self._preview, file), Errand(whose))
        except Unreachable:  # which is over soon: that is not remembered
            return None
        return content or None

    async def _preview(self, file: str, errand: Errand) -> bytes:
        """A picture's preview; b"" where there is none to be had, which is remembered too: finding out is costly."""
        try:
            kept = await asyncio.to_thread(self._files.kept, file)
            return await self._workers.run(preview, kept, errand=errand)
        except Unreachable as error:
            log.error("files.unreachable", error=type(error).__name__)
            raise
        except (RenderFailed, OSError) as error:
            log.warning("files.no_preview", error=type(error).__name__)
            return b""


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
