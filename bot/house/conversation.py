"""The one use case: what a person sent through any door becomes the Screen they see next.

Every door (web chat, terminal, Telegram) calls this and nothing below it. A door is a channel (“web”, “terminal”,
“telegram”) and an address in it; the address of a web session is the SHA-256 of its token.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from datetime import UTC, datetime, timedelta
from weakref import WeakValueDictionary

from bot.house import reminding
from bot.house.across import Across
from bot.house.afterwards import (
    Afterward,
    Afterwards,
    Changed,
    Dropped,
    Gone,
    Ordered,
    Posted,
    Shown,
)
from bot.house.archive import Archive
from bot.house.beside import Beside, Change
from bot.house.bounding import Bounding
from bot.house.copies import Copies, Copy
from bot.house.desk.dossiers import Dossiers
from bot.house.desk.staff import Staff
from bot.house.devices import Place, speaking
from bot.house.documents import Documents, Printed
from bot.house.effects import Effects
from bot.house.exporting import Exporting
from bot.house.intake import Intake
from bot.house.joining import LIFETIME
from bot.house.launches import Launched, launched, proven
from bot.house.links import Links
from bot.house.neighbours import Neighbours
from bot.house.partings import Partings
from bot.house.post import Post
from bot.house.reminding import Reminding
from bot.house.retaining import RETENTION, Retaining
from bot.house.scenes import Scenes
from bot.house.spelling import digest_of, short_code
from bot.house.sweeping import Sweeping, Swept
from bot.house.threshold import Threshold
from bot.house.trailing import Trail
from bot.house.turns import Turns
from dialogs.engine import step
from dialogs.interview import Interview
from dialogs.story import Telling
from dialogs.turn import Screen, Turn
from forms.attachment import Attachment
from forms.caps import Caps
from forms.library import Library
from forms.printing.faces import Faces
from forms.printing.workers import Workers
from storage import codes, counted, people
from storage.belongings import lately
from storage.database import Database
from storage.files import FileStore
from storage.interviews import Speaker
from storage.unit import Unit
from storage.uploads import Quota

Clock = Callable[[], datetime]

CAPS = Caps()
QUOTA = Quota()


def utc_now() -> datetime:
    """The clock of everyday."""
    return datetime.now(UTC)


class Conversation:
    """All doors of one process share one. `clock` gives aware times.

    `across` counts cases, and `post` is what couriers deliver. `key` is the secret behind the recovery codes and the
    keys of cases, and `token` is the bot's, by which Telegram signs ("": there is no bot); `links` lead to other doors;
    `caps` is the most of one file, `quota` of all that a person keeps;
    `names` tells that names of staff and cases may go by Telegram, `retention` for how long what is finished is kept.
    """

    def __init__(  # noqa: PLR0913  # it is where everything meets
        self,
        database: Database,
        library: Library,
        files: FileStore,
        workers: Workers,
        faces: Faces,
        *,
        key: bytes,
        caps: Caps = CAPS,
        quota: Quota = QUOTA,
        token: str = "",
        links: Links | None = None,
        names: bool = False,
        retention: timedelta = RETENTION,
        clock: Clock = utc_now,
    ) -> None:
        self._archive = Archive(database, library)
        self.across = Across(key)
        self.trail = Trail(key)
        self._clock = clock
        self._token = token
        self._intake = Intake(self._archive, files, workers, caps, quota, clock)
        dossiers = Dossiers(self._archive, self.across, faces)
        self.documents = Documents(self._archive, self.across, dossiers, files, workers, faces, clock)
        #: What offices take along, made in the background.
        self.exports = Exporting(self._archive, self.documents, files, files.beside("exports"), clock)
        links = links or Links("")
        self._threshold = Threshold(self._archive, files, key, links)
        self._partings = Partings(self._archive, self._threshold.devices)
        staff = (self.documents, self.exports, links, key, self.trail, names, self._partings, clock)
        self.staff = Staff(self._archive, dossiers, *staff)
        self._scenes = Scenes(self._archive, faces, self.staff.receiving, retention.days, links)
        self.retaining = Retaining(self._archive, self._partings, self.trail, retention)
        #: The people at devices that several share.
        self.beside = Beside(self._archive, self._threshold.devices, key)
        self._bounding = Bounding(self._archive, self._partings.passed_by)
        self._reminding = Reminding(self._archive, self._threshold.devices)
        opens = {reminding.KIND: self._reminding.tell, **self.staff.opens}
        self.post = Post(self._archive, clock, opens)
        #: Doors that are open, here and in other processes.
        self.neighbours = Neighbours(self._archive, clock, self._forget)
        self._sweeping = Sweeping(self._archive, files, clock, self.expire, self.documents.prints)
        self._copies = Copies(self._archive, files, clock)
        effects = Effects(
            self._archive,
            self.across,
            self._threshold.devices,
            self._threshold.recovery,
            self._threshold.tokens,
            self._reminding,
            self._partings,
            self.staff.receiving,
        )
        desks = self.staff.turns
        self._turns = Turns(self._archive, self.across, self._scenes, self._threshold, effects, desks)
        self._afterwards = Afterwards(
            {
                Dropped: lambda left: self._sweeping.drop(left.files),
                Changed: self.neighbours.changed,
                Gone: self.neighbours.gone,
                Posted: lambda left: self.post.wake(),
                Shown: self.documents.prepare,
                Ordered: lambda left: self.exports.wake(),
            }
        )
        self._locks: WeakValueDictionary[tuple[str, str], asyncio.Lock] = WeakValueDictionary()

    async def take(  # noqa: PLR0913  # a Turn, and all that the door knows of where it comes from
        self,
        channel: str,
        address: str,
        turn: Turn,
        *,
        network: str = "",
        device: str = "",
        several: bool = False,
    ) -> Screen:
        """Take one Turn and give the Screen that follows, after the answer is durable.

        A message that was taken before (`turn.conversation`, `turn.message_id` in `channel`) counts once: sent
        again it gives the current Screen. A Turn without text, choice and file reads only, and writes but the day.
        A code that leads to a person or a party is known by its looks wherever it is typed, and never an answer: it
        puts a question at the door. `network` is where the Turn comes from, for limits, and `device` a short word.
        `several` tells that another person may begin there beside the one who speaks (`beside`).
        Raises `bot.house.turns.MovedOn` where a text answers a Screen (`turn.answers`) that is no longer the current
        one: it would answer a question its writer has not read. A file goes to the question that it was chosen for.
        Raises `storage.conflicts.Conflict` if the interview kept changing under the Turn; nothing is saved then.
        """
        place = Place(channel, address, network, device, several)
        async with self._one_by_one(channel, address):
            taken = await self._turns.take(place, turn, self._clock())
            await self._afterwards.do(taken.after)
        return self.neighbours.told(place.door, turn, taken.screen)

    async def receive(  # noqa: PLR0913, PLR0917  # a door, and a file with all that is known of it
        self,
        channel: str,
        address: str,
        name: str,
        chunks: AsyncIterator[bytes],
        size: int | None = None,
        message: str = "",
    ) -> Attachment:
        """Store and inspect one file the person sends; `name` is their own name for it, `size` its bytes where known.

        It is on the disk, with its row, when this returns; what came with a `message` is stored once however often
        that comes. A file that is too large or broken comes back with its `trouble`, without its bytes. Give the
        Attachment to the engine as `Turn.file`. Raises what `Intake` does: QuotaExceeded, NoRoom, NotBegun, Unanswered.
        """
        return await self._intake.receive(channel, address, name, chunks, size, message)

    async def taken(self, channel: str, address: str, turn: Turn) -> bool:
        """Whether a message was taken already, for doors that would have to fetch a file first."""

        def seen(unit: Unit) -> bool:
            key = {"conversation": turn.conversation, "message_id": turn.message_id}
            speaker = speaking(unit, channel, address, self._clock(), **key)
            return bool(speaker and speaker.seen)

        return await self._archive.read(seen)

    async def latest(self, channel: str, conversation: str, most: int) -> tuple[tuple[str, datetime], ...]:
        """The messages of a conversation that were taken last, and when, whichever process took them."""
        return await self._archive.read(lambda unit: counted.latest(unit, channel, conversation, most))

    async def weigh(self, channel: str, address: str, file: Attachment) -> Screen | None:
        """What would be said to a file, going by what is known of it before it is fetched; nothing is kept.

        None where it would be taken.
        """

        def ask(unit: Unit) -> Screen | None:
            speaker = self._speaking(unit, channel, address)
            state = speaker.state if speaker else Interview()
            pinned = self._archive.pinned(unit, state.digest)
            scene = self._scenes.of(unit, speaker, self._clock())
            outcome = step(pinned, state, Turn("", "", file=file), scene)
            return outcome.screen if outcome.interview.revision == state.revision else None

        return await self._archive.read(ask)

    async def explanations(self, channel: str, address: str, question: str) -> Mapping[str, str]:
        """What the programme says of a question's single options, by their labels as the person reads them."""

        return await self._archive.read(
            lambda unit: self._scenes.explanations(unit, self._speaking(unit, channel, address), question)
        )

    async def story(self, channel: str, address: str, before: str) -> Telling | None:
        """The page of the story that ends before a question; None where there is no application yet."""
        now = self._clock()
        return await self._archive.read(
            lambda unit: self._scenes.story(unit, self._speaking(unit, channel, address), before, now)
        )

    async def attachment(self, channel: str, address: str, file: str) -> Attachment | None:
        """One of the person's own stored files by its id; None for any other id."""
        return await self._intake.attachment(channel, address, file)

    async def photo(self, channel: str, address: str, file: str) -> bytes | None:
        """A preview of one of the person's own images as JPEG bytes; None for anything else."""
        return await self._intake.photo(channel, address, file)

    async def document(self, channel: str, address: str, document: str) -> Printed:
        """A document of the person's current case as PDF. Raises LookupError where it is not due.

        Raises `forms.printing.renderer.RenderFailed` where it cannot be printed.
        """
        return await self.staff.downloads.document(channel, address, document)

    def for_office(self, case: str) -> AsyncIterator[tuple[str, Printed]]:
        """Everything that the receiving office is to have of a case, by the documents' ids, the joint letters among it.

        Raises LookupError where there is no such case, and `forms.printing.renderer.RenderFailed`.
        """
        return self.documents.for_office(case)

    async def page(self, printed: Printed, number: int, whose: str) -> bytes:
        """A page of a PDF, from 1, as a picture (JPEG); `whose` is the session that looks at it.

        Raises `forms.printing.renderer.RenderFailed` where it cannot be drawn.
        """
        return await self.documents.page(printed, number, whose)

    async def resume_code(self, channel: str, address: str) -> str:
        """A code (“ABCDE-23456”) that joins another door to this person: single use, 15 minutes.

        A newer code replaces the older one. Raises LookupError at a door where nothing was kept yet.
        """
        code, now = short_code(), self._clock()

        def issue(unit: Unit) -> None:
            speaker = self._known(unit, channel, address)
            codes.issue_short(unit, digest_of(code), speaker.person, now, now + LIFETIME)

        await self._archive.run(issue)
        return code

    async def launched(self, place: Place, raw: str) -> Launched:
        """Make a door a device of whoever opened it inside Telegram, by what their client says (`raw`).

        Raises what `bot.house.launches` does: NotProven, TooOld, NobodyThere.
        """
        now = self._clock()
        launch = proven(raw, self._token, now)
        async with self._one_by_one(*place.door):
            outcome = await self._archive.run(
                lambda unit: launched(unit, self._threshold.devices, place, launch, now)
            )
            await self._afterwards.do((Posted(),))
        return outcome

    async def change_over(self, place: Place, fresh: str, change: Change) -> bool:
        """Let somebody else speak at a device that several share, as `bot.house.beside.Beside.change`."""
        async with self._one_by_one(*place.door):
            return await self.beside.change(place, fresh, change, self._clock())

    async def recovery_code(self, channel: str, address: str) -> tuple[str, str]:
        """The lasting code of the person at a door and their language, for a picture of it.

        Raises LookupError at a door where nothing was kept yet.
        """

        def read(unit: Unit) -> tuple[str, str]:
            speaker = self._known(unit, channel, address)
            return self._threshold.recovery.of(unit, speaker.person, self._clock()), speaker.state.locale

        return await self._archive.read(read)

    async def expire(self) -> None:
        """What the time has come for now and again: unused doors are closed, closing days reminded of, ended parts and
        finished cases let go, the trail of a day that is over is sealed.
        """
        await self._archive.read(self.across.seal)
        closed = await self._archive.run(lambda unit: self._threshold.devices.sweep(unit, self._clock()))
        for door in closed:
            self.neighbours.changed(Changed(door))
        if await self._reminding.put(self._clock()) + await self.staff.digests.put(self._clock()):
            self.post.wake()
        for lapsed in (self._partings.lapse, self.retaining.sweep, self._bounding.sweep):
            await self._afterwards.do(await lapsed(self._clock()))
        await self.trail.close_days(self._archive, self._clock())
        await self.post.prune()

    def _forget(self) -> None:
        """Remember nothing of anybody: somebody has deleted what was theirs."""
        self._turns.forget()
        self.exports.gone()

    def _speaking(self, unit: Unit, channel: str, address: str) -> Speaker | None:
        return speaking(unit, channel, address, self._clock())

    def _known(self, unit: Unit, channel: str, address: str) -> Speaker:
        speaker = self._speaking(unit, channel, address)
        if speaker is None:
            raise LookupError(address)
        return speaker

    def copies(self, channel: str, address: str, most: int) -> AsyncIterator[Copy]:
        """Everything kept of the person, as ZIPs of at most `most` bytes; none where nothing is kept."""
        return self._copies.of(channel, address, most)

    async def forget(self, channel: str, address: str) -> bool:
        """Delete everything kept of the person at this door: answers, files, applications, all their doors.

        It cannot be undone, so ask first. False where nothing is kept.
        """

        def gone(unit: Unit) -> tuple[Afterward, ...]:
            speaker = self._speaking(unit, channel, address)
            here = (channel, address)
            return self._partings.forgotten(unit, speaker, here, self._clock()) if speaker else ()

        async with self._one_by_one(channel, address):
            left = await self._archive.run(gone)
            await self._afterwards.do(left)
        return bool(left)

    async def sweep(self) -> Swept:
        """Remove files that are neither kept nor on their way: what a crash left behind."""
        return await self._sweeping.sweep()

    async def sweep_keys(self) -> tuple[int, int]:
        """Bring to their end deletions that went no further than their keys: how many rows went, and how many keys."""
        return await self._sweeping.keys()

    async def tend(self) -> None:
        """Sweep now and again until cancelled."""
        await self._sweeping.go_on()

    async def unreachable(self, channel: str, address: str, gone: bool) -> None:
        """Note that nothing can be delivered at this door, or that it can again; any Turn says the latter too."""
        now = self._clock() if gone else None
        await self._archive.run(lambda unit: people.unreachable(unit, channel, address, now))

    async def been(self, channel: str, address: str) -> timedelta | None:
        """For how long the person at this door has been with us; None where nobody has begun."""
        since = await self._archive.read(lambda unit: people.since(unit, channel, address))
        return None if since is None else self._clock() - since

    async def lately(self, channel: str, within: timedelta) -> tuple[str, ...]:
        """The addresses where something was taken shortly before the last of a channel's messages."""
        return await self._archive.read(lambda unit: lately(unit, channel, within))

    def _one_by_one(self, channel: str, address: str) -> asyncio.Lock:
        """A courtesy that keeps one door's turns in order; the interview's version is the guarantee."""
        return self._locks.setdefault((channel, address), asyncio.Lock())
