"""The one use case: what a person sent through any door becomes the Screen they see next.

Every door (web chat, terminal, Telegram) calls this and nothing below it. A door is a channel (“web”, “terminal”,
“telegram”) and an address in it; the address of a web session is the SHA-256 of its token.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from weakref import WeakValueDictionary

from bot.house.across import counted, note
from bot.house.archive import Archive
from bot.house.belongings import Copies, Copy, stocked
from bot.house.documents import Documents, Printed
from bot.house.farewells import Farewell, Farewells
from bot.house.intake import Intake
from bot.house.joining import LIFETIME, Attempts, digest_of, new_code
from bot.house.scenes import Scenes
from bot.house.sweeping import Sweeping, Swept
from bot.house.whose import owned
from dialogs.engine import step
from dialogs.interview import Interview, Outcome
from dialogs.scene import Scene
from dialogs.story import Telling, telling
from dialogs.turn import Meant, Screen, Turn
from dialogs.words import Words
from forms.attachment import Attachment
from forms.inspection import Caps
from forms.kinds.options import OptionsQuestion
from forms.library import Library
from forms.printing.faces import Faces
from forms.printing.workers import Workers
from storage import cases, interviews, people, uploads
from storage.belongings import doors_of, forget, lately
from storage.database import Database
from storage.files import FileStore
from storage.interviews import Speaker
from storage.unit import Unit
from storage.uploads import Quota

Clock = Callable[[], datetime]

#: What happens to an interview whose answers go, and with them the files that were sent for them.
_EMPTIED = ("erased", "restarted")

CAPS = Caps()
QUOTA = Quota()


class MovedOn(Exception):  # noqa: N818  # an answer, not a defect
    """What was said was meant for a Screen that is no longer the current one. Nothing was taken."""


def utc_now() -> datetime:
    """The clock of everyday."""
    return datetime.now(UTC)


class Conversation:
    """All doors of one process share one. `clock` gives aware times.

    `caps` is the most of one file, `quota` of all that a person keeps.
    """

    def __init__(  # noqa: PLR0913  # it is where everything meets
        self,
        database: Database,
        library: Library,
        files: FileStore,
        workers: Workers,
        faces: Faces,
        *,
        caps: Caps = CAPS,
        quota: Quota = QUOTA,
        clock: Clock = utc_now,
    ) -> None:
        self._archive = Archive(database, library)
        self._scenes = Scenes(self._archive, faces)
        self._clock = clock
        self._intake = Intake(self._archive, files, workers, caps, quota, clock)
        self._documents = Documents(self._archive, files, workers, faces, clock)
        self._attempts = Attempts()
        self._sweeping = Sweeping(self._archive, files, clock)
        self._copies = Copies(self._archive, files)
        self._farewells = Farewells()
        self._listeners: dict[str, Callable[[str], None]] = {}
        self._turns: WeakValueDictionary[tuple[str, str], asyncio.Lock] = WeakValueDictionary()

    def listen(self, channel: str, changed: Callable[[str], None]) -> None:
        """Let a channel hear of the addresses where something changed that was not said there."""
        self._listeners[channel] = changed

    async def take(self, channel: str, address: str, turn: Turn) -> Screen:
        """Take one Turn and give the Screen that follows, after the answer is durable.

        A message that was taken before (`turn.conversation`, `turn.message_id` in `channel`) counts once: sent
        again it gives the current Screen. A Turn without text, choice and file reads only and writes nothing.
        Raises `MovedOn` where a text answers a Screen (`turn.answers`) that is no longer the current one: it would
        answer a question its writer has not read. A file goes to the question that it was chosen for.
        Raises `storage.unit.Conflict` if the interview kept changing under the Turn; nothing is saved then.
        """
        try:
            async with self._one_by_one(channel, address):
                screen, cleared = await self._archive.run(
                    lambda unit: self._take(unit, channel, address, turn)
                )
                await self._sweeping.drop(cleared)
        except Farewell as farewell:
            await self.forget(channel, address)
            return farewell.screen
        printed = [card.document for card in screen.cards if card.format != "zip"]
        if printed:
            self._documents.prepare(channel, address, printed)
        return self._farewells.told((channel, address), turn, screen)

    async def receive(
        self, channel: str, address: str, name: str, chunks: AsyncIterator[bytes], size: int | None = None
    ) -> Attachment:
        """Store and inspect one file the person sends; `name` is their own name for it, `size` its bytes where known.

        Room is reserved before the first byte is asked for. It is on the disk, with its row, when this returns.
        A file that is too large or broken comes back with its `trouble`; its bytes are not kept, but
        `attachment` still finds it. Give the Attachment to the engine as `Turn.file`.
        Raises `storage.uploads.QuotaExceeded` when the person keeps too many files or bytes, `storage.files.NoRoom`
        when our disk is full, and `bot.house.intake.NotBegun` at a door where nobody has consented yet.
        """
        return await self._intake.receive(channel, address, name, chunks, size)

    async def taken(self, channel: str, address: str, turn: Turn) -> bool:
        """Whether a message was taken already, for doors that would have to fetch a file first."""

        def seen(unit: Unit) -> bool:
            speaker = interviews.speaker(unit, channel, address, turn.conversation, turn.message_id)
            return bool(speaker and speaker.seen)

        return await self._archive.run(seen)

    async def weigh(self, channel: str, address: str, known: Attachment) -> Screen | None:
        """What would be said to a file, going by what is known of it before it is fetched; nothing is kept.

        None where it would be taken.
        """

        def ask(unit: Unit) -> Screen | None:
            speaker = interviews.speaker(unit, channel, address)
            state = speaker.state if speaker else Interview()
            pinned = self._archive.pinned(unit, state.digest)
            scene = self._scenes.of(unit, speaker, self._clock())
            outcome = step(pinned, state, Turn("", "", file=known), scene)
            return outcome.screen if outcome.interview == state else None

        return await self._archive.run(ask)

    async def explanations(self, channel: str, address: str, question: str) -> Mapping[str, str]:
        """What the programme says of a question's single options, by their labels as the person reads them."""

        def look(unit: Unit) -> dict[str, str]:
            speaker = interviews.speaker(unit, channel, address)
            programme = self._archive.pinned(unit, speaker.state.digest) if speaker else None
            if speaker is None or programme is None:
                return {}
            asked = programme.form(speaker.state.party).questions.get(question)
            words = Words(speaker.state.locale, programme)
            options = asked.offered if isinstance(asked, OptionsQuestion) else ()
            return {words(each.shown): words(each.explain) for each in options if each.explain}

        return await self._archive.run(look)

    async def story(self, channel: str, address: str, before: str) -> Telling | None:
        """The page of the story that ends before a question; None where there is no application yet."""

        def look(unit: Unit) -> Telling | None:
            view = self._scenes.view(unit, interviews.speaker(unit, channel, address), self._clock())
            return telling(view, before) if view else None

        return await self._archive.run(look)

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
        return await self._documents.open(channel, address, document)

    def pages(self, printed: Printed, whose: str) -> AsyncIterator[bytes]:
        """The pages of a PDF as pictures (WebP), in order; `whose` is the session that looks at them.

        Raises `forms.printing.renderer.RenderFailed` where one cannot be drawn.
        """
        return self._documents.pages(printed, whose)

    async def resume_code(self, channel: str, address: str) -> str:
        """A code (“ABCDE-FGHJK”) that joins another door to this person: single use, 15 minutes.

        A newer code replaces the older one. Raises LookupError at a door where nothing was kept yet.
        """
        code, now = new_code(), self._clock()

        def issue(unit: Unit) -> None:
            speaker = interviews.speaker(unit, channel, address)
            if speaker is None:
                raise LookupError(address)
            people.issue_code(unit, digest_of(code), speaker.person, now + LIFETIME)

        await self._archive.run(issue)
        return code

    async def redeem(self, channel: str, address: str, code: str) -> bool:
        """Join this door to the person who was given `code`. False for a wrong, used or expired code.

        Whoever spoke at this door only comes along, with all their applications. Raises
        `bot.house.joining.TooManyAttempts` after five wrong codes within 15 minutes at one door.
        """
        now = self._clock()
        self._attempts.check((channel, address), now)

        def join(unit: Unit) -> bool:
            someone = people.use_code(unit, digest_of(code), now)
            if someone is not None:
                people.join(unit, channel, address, someone, now)
            return someone is not None

        async with self._one_by_one(channel, address):
            joined = await self._archive.run(join)
        if not joined:
            self._attempts.wrong((channel, address), now)
        return joined

    def copies(self, channel: str, address: str, most: int) -> AsyncIterator[Copy]:
        """Everything kept of the person, as ZIPs of at most `most` bytes; none where nothing is kept."""
        return self._copies.of(channel, address, most)

    async def forget(self, channel: str, address: str) -> bool:
        """Delete everything kept of the person at this door: answers, files, applications, all their doors.

        It cannot be undone, so ask first. False where nothing is kept.
        """

        def gone(unit: Unit) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
            speaker = interviews.speaker(unit, channel, address)
            doors = doors_of(unit, speaker.person) if speaker else ()
            return (forget(unit, speaker.person), doors) if speaker else ((), ())

        async with self._one_by_one(channel, address):
            files, doors = await self._archive.run(gone)
            await self._sweeping.drop(files)
        self._farewells.due(doors, (channel, address), self._listeners)
        return bool(doors)

    async def sweep(self) -> Swept:
        """Remove files that are neither kept nor on their way: what a crash left behind."""
        return await self._sweeping.sweep()

    async def tend(self) -> None:
        """Sweep now and again until cancelled."""
        await self._sweeping.go_on()

    async def unreachable(self, channel: str, address: str, gone: bool) -> None:
        """Note that nothing can be delivered at this door, or that it can again; any Turn says the latter too."""
        now = self._clock() if gone else None
        await self._archive.run(lambda unit: people.unreachable(unit, channel, address, now))

    async def been(self, channel: str, address: str) -> timedelta | None:
        """For how long the person at this door has been with us; None where nobody has begun."""
        since = await self._archive.run(lambda unit: people.since(unit, channel, address))
        return None if since is None else self._clock() - since

    async def lately(self, channel: str, within: timedelta) -> tuple[str, ...]:
        """The addresses where something was taken shortly before the last of a channel's messages."""
        return await self._archive.run(lambda unit: lately(unit, channel, within))

    def _one_by_one(self, channel: str, address: str) -> asyncio.Lock:
        """A courtesy that keeps one door's turns in order; the interview's version is the guarantee."""
        return self._turns.setdefault((channel, address), asyncio.Lock())

    def _take(self, unit: Unit, channel: str, address: str, turn: Turn) -> tuple[Screen, tuple[str, ...]]:
        """The Screen that follows, and the files whose bytes are to go with the answers they were sent for."""
        now = self._clock()
        speaker = interviews.speaker(unit, channel, address, turn.conversation, turn.message_id)
        if turn.looks or (speaker and speaker.seen):
            return self._look(unit, speaker, turn, now), ()
        before = speaker.state if speaker else Interview(locale=turn.locale or "zh")
        turn = _meant(unit, channel, speaker, turn)
        typed = turn.text is not None and turn.file is None
        if typed and turn.answers and turn.answers.revision not in (None, before.revision):
            raise MovedOn
        if speaker and speaker.unreachable:
            people.unreachable(unit, channel, address, None)
        outcome, scene = self._step(unit, speaker, before, turn, now)
        if any(event.kind == "forgotten" for event in outcome.events):
            raise Farewell(outcome.screen)  # everything goes, and with it whatever this turn would leave
        if speaker is None:
            if not outcome.interview.consented_at:
                return outcome.screen, ()  # nothing is kept of someone who has not agreed to it
            speaker = interviews.welcome(unit, channel, address, before, now)
        key = (channel, turn.conversation, turn.message_id)
        interviews.count(unit, *key, now, speaker.interview, outcome.question, turn.album)
        interviews.record(unit, speaker.interview, outcome.events, now)
        if outcome.interview != before:
            interviews.save(
                unit, speaker, outcome.interview, self._case(unit, speaker, outcome.interview, scene)
            )
        emptied = any(event.kind in _EMPTIED for event in outcome.events)
        cleared = uploads.clear(unit, speaker.interview) if emptied else ()
        if not outcome.switch:
            return owned(outcome, speaker), cleared
        self._switch(unit, speaker, outcome, now)
        return self._look(unit, interviews.speaker(unit, channel, address), turn, now), cleared

    def _step(
        self, unit: Unit, speaker: Speaker | None, state: Interview, turn: Turn, now: datetime
    ) -> tuple[Outcome, Scene]:
        """One step, with the scene it was taken in."""
        case = speaker.case if speaker else None
        pinned = self._archive.pinned(unit, state.digest)
        scene = stocked(unit, speaker, state, self._scenes.of(unit, speaker, now))
        scene = counted(unit, case, pinned, state, scene)
        outcome = step(pinned, state, turn, scene)
        after = outcome.interview
        # What was just answered may be shared with other cases, and a page just opened may count what is kept: known
        # now, the same step tells it.
        known = counted(unit, case, self._archive.pinned(unit, after.digest), after, scene)
        known = stocked(unit, speaker, after, known)
        return (outcome, scene) if known is scene else (step(pinned, state, turn, known), known)

    def _look(self, unit: Unit, speaker: Speaker | None, turn: Turn, now: datetime) -> Screen:
        state = speaker.state if speaker else Interview(locale=turn.locale or "zh")
        look = Turn(turn.conversation, turn.message_id)
        return owned(self._step(unit, speaker, state, look, now)[0], speaker)

    def _case(self, unit: Unit, speaker: Speaker, after: Interview, scene: Scene) -> str | None:
        """Open the interview's case once it has a programme, keep it in step; gives the person's part in it."""
        before = speaker.state
        if not after.digest:
            return speaker.party
        pinned = self._archive.source(after.digest) if after.digest != before.digest else None
        if speaker.case is None:
            return (
                cases.open_case(unit, speaker.person, after, pinned, scene.now) if pinned else speaker.party
            )
        if pinned or (after.practice, after.finished_at) != (before.practice, before.finished_at):
            cases.update_case(unit, speaker.case, after, pinned)
            programme = self._archive.pinned(unit, after.digest)
            if programme:
                note(unit, speaker.case, programme, after, scene)
        return speaker.party

    def _switch(self, unit: Unit, speaker: Speaker, outcome: Outcome, now: datetime) -> None:
        """Go over to another interview of the person, or a new one, with the language they now speak."""
        here = outcome.interview
        blank = Interview(locale=here.locale, consented_at=here.consented_at, revision=here.revision + 1)
        target = outcome.switch
        if target == "new":
            unused = (
                identifier for identifier, state in interviews.others(unit, speaker) if not state.programme
            )
            found = next(unused, None)
            if found is None:
                interviews.begin(unit, speaker.person, blank, now)
                return
            target = found
        interviews.enter(unit, speaker.person, target)
        entered = interviews.by_id(unit, target)
        # Beyond both revisions, so that no button of the one interview is taken for one of the other.
        revision = max(entered.state.revision, here.revision) + 1
        again: dict[str, object] = {"locale": here.locale, "revision": revision}
        if outcome.switch == "new":
            again["fitting"] = False  # a pre-check that was left begins with the list of programmes
        interviews.save(
            unit,
            entered,
            entered.state.model_copy(update=again),
            entered.party,
        )


def _meant(unit: Unit, channel: str, speaker: Speaker | None, turn: Turn) -> Turn:
    """The Turn with the question that it was meant for, where an earlier message or file of the person tells."""
    if speaker is None or not (turn.amends or turn.album):
        return turn
    found = None
    if turn.amends:
        found = interviews.taken_for(unit, channel, turn.conversation, message_id=turn.amends)
    elif turn.answers is None:
        found = interviews.taken_for(unit, channel, turn.conversation, album=turn.album)
    if found is None or found[0] != speaker.interview:
        return turn
    return replace(turn, answers=Meant(found[1]))
