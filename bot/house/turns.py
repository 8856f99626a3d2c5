"""One message, one way through: read, think, write.

Reading and thinking happen outside the writer's transaction; it checks the interview's version, writes, and commits.
Whoever wrote first wins, and the Turn is taken again from the start.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.house import measures
from bot.house.across import Across, wants
from bot.house.afterwards import Afterward, Dropped, Posted, Shown
from bot.house.archive import Archive
from bot.house.copies import stocked
from bot.house.desk.desk_turns import DeskTurns
from bot.house.devices import Place, lapsed
from bot.house.doing import Doing
from bot.house.effects import Effects
from bot.house.joining import Met
from bot.house.meaning import meant
from bot.house.recall import Recall
from bot.house.scenes import Scenes
from bot.house.threshold import Threshold
from bot.house.whose import whose
from dialogs.command_words import command
from dialogs.engine import step
from dialogs.interview import Interview, Outcome
from dialogs.keeping import Written, attached, written
from dialogs.register import ALWAYS, PAGES
from dialogs.scene import Scene
from dialogs.turn import Say, Screen, Turn
from dialogs.words import Words
from forms.packet import PACKET
from forms.programme import Programme
from storage import counted, desks, interviews, people
from storage.interviews import Speaker
from storage.moving import Undoubled
from storage.unit import Unit

#: What of a scene the Screen follows from, besides the interview.
_HELD = ("parts", "invited", "handed", "returned", "corrections", "destinations")


class MovedOn(Exception):  # noqa: N818  # an answer, not a defect
    """What was said was meant for a Screen that is no longer the current one. Nothing was taken."""


@dataclass(frozen=True)
class Taken:
    """What came of a Turn: the Screen, and what is left to do."""

    screen: Screen
    after: tuple[Afterward, ...] = ()


@dataclass(frozen=True)
class _Reading:
    """What is read before a Turn is thought about: who speaks, and what surrounds them.

    `turn` tells which question it was meant for; `awaited` is whether something waits at the door.
    """

    speaker: Speaker | None
    turn: Turn
    scene: Scene
    awaited: bool

    @property
    def state(self) -> Interview:
        return self.speaker.state if self.speaker else Interview(locale=self.turn.locale or "zh")

    @property
    def seen(self) -> bool:
        return bool(self.speaker and self.speaker.seen)


class Turns:
    """Takes the Turns of one house."""

    def __init__(  # noqa: PLR0913, PLR0917  # built once, by the conversation
        self,
        archive: Archive,
        across: Across,
        scenes: Scenes,
        threshold: Threshold,
        effects: Effects,
        desks: DeskTurns,
    ) -> None:
        self._desks = desks
        self._archive = archive
        self._across = across
        self._scenes = scenes
        self._threshold = threshold
        self._effects = effects
        self._recall = Recall()

    def forget(self) -> None:
        """Remember nothing of what anybody said."""
        self._recall = Recall()

    async def take(self, place: Place, turn: Turn, now: datetime) -> Taken:
        """As `bot.house.conversation.Conversation.take`."""
        with measures.turn(place.channel, turn.looks, MovedOn):
            return await self._take(place, turn, now)

    async def _take(self, place: Place, turn: Turn, now: datetime) -> Taken:
        reading = await self._read(place, turn, now)
        if reading.speaker and lapsed(place.channel, reading.speaker, now):
            await self._archive.run(lambda unit: self._threshold.devices.expire(unit, place.door, now))
            reading = await self._read(place, turn, now)
        if reading.seen:
            measures.REPLAYS.labels(place.channel).inc()
        if turn.looks or reading.seen:
            return await self._look_there(place, reading, acted=False)
        met = await self._meet(place, reading, now)
        if met is None:
            return await self._answer_there(place, reading)
        reading = await self._read(place, met.turn or _looking(turn), now)
        there = (
            self._answer_there(place, reading) if met.turn else self._look_there(place, reading, acted=True)
        )
        return _told(await there, met)

    # At the desk, or in the conversation

    async def _look_there(self, place: Place, reading: _Reading, *, acted: bool) -> Taken:
        desk = await self._at_desk(place, reading, _looking(reading.turn), acted=acted)
        return desk or await self._look(place, reading, acted=acted)

    async def _answer_there(self, place: Place, reading: _Reading) -> Taken:
        if reading.speaker and reading.speaker.at_desk and _about_themselves(reading.turn):
            person = reading.speaker.person
            await self._archive.run(lambda unit: desks.leave(unit, person))
            return await self._answer(place, await self._read(place, reading.turn, reading.scene.now))
        desk = await self._at_desk(place, reading, reading.turn, acted=True)
        if desk:
            return desk
        left = reading.speaker is not None and reading.speaker.at_desk
        if left:  # and why may wait at their door since a moment
            there = await self._read(place, _looking(reading.turn), reading.scene.now)
            return await self._look(place, there, acted=True)
        return await self._answer(place, reading)

    async def _at_desk(self, place: Place, reading: _Reading, turn: Turn, *, acted: bool) -> Taken | None:
        """What comes of a Turn where the desk is open; None where it is not."""
        speaker, now = reading.speaker, reading.scene.now
        if speaker is None or not speaker.at_desk:
            return None

        def out(unit: Unit, screen: Screen, acted: bool) -> Screen:
            return self._threshold.out(unit, place, speaker, screen, acted, now)

        taken = await self._desks.take(place, speaker, turn, now, out, acted=acted)
        return Taken(*taken) if taken else None

    async def _read(self, place: Place, turn: Turn, now: datetime) -> _Reading:
        recalled = self._recall.state

        def read(unit: Unit) -> _Reading:
            speaker = interviews.speaker(unit, *place.door, turn.conversation, turn.message_id, recalled)
            awaited = speaker.awaited if speaker else interviews.awaited(unit, *place.door)
            pinned = self._archive.pinned(unit, speaker.state.digest) if speaker else None
            aimed = meant(unit, place.channel, speaker, turn, pinned, now)
            return _Reading(speaker, aimed, self._scenes.of(unit, speaker, now), awaited)

        reading = await self._archive.read(read)
        if reading.speaker is None:
            return reading
        speaker, memo = self._recall.of(reading.speaker)
        # What is equal to what it was before is the very same thing to the memo.
        same = {name: memo.same(getattr(reading.scene, name)) for name in _HELD}
        scene = replace(reading.scene, memo=memo, **same)
        return replace(reading, speaker=speaker, scene=scene)

    # What concerns the door

    async def _meet(self, place: Place, reading: _Reading, now: datetime) -> Met | None:
        """What comes of a Turn that concerns the door; None where it is all the conversation's."""
        turn = reading.turn
        if not reading.awaited and not self._threshold.concerns(turn):
            return None

        recalled, doubles = self._recall.state, dict[str, str]()

        def meet(unit: Unit) -> Met | None:
            speaker = interviews.speaker(unit, *place.door, turn.conversation, turn.message_id, recalled)
            if speaker and speaker.seen:
                return None
            met = self._threshold.meet(unit, place, speaker, turn, doubles, now)
            if met and met.turn is None and interviews.speaker(unit, *place.door):
                counted.count(unit, place.channel, turn.conversation, turn.message_id, now)
            return met

        async def once() -> Met | None:
            try:
                return await self._archive.run_once(meet)
            except Undoubled as shared:
                doubles.update(await self._threshold.double(shared.files, now))
                raise  # and again, with these

        return await self._archive.again(once)

    # The conversation

    async def _answer(self, place: Place, reading: _Reading) -> Taken:
        """Think and write, and from the reading on once more where somebody else was first."""
        readings = iter([reading])

        async def once() -> Taken:
            current = next(readings, None) or await self._read(place, reading.turn, reading.scene.now)
            if current.seen:
                return await self._look(place, current, acted=False)
            return await self._taken(place, current)

        return await self._archive.again(once)

    async def _taken(self, place: Place, reading: _Reading) -> Taken:
        _still(reading)
        outcome, scene = await self._think(place, reading, reading.turn)
        if reading.speaker is None and not outcome.interview.consented_at and not reading.awaited:
            return Taken(outcome.screen)  # nothing is kept of someone who has not agreed to it
        text = written(outcome.interview) if outcome.interview != reading.state else None
        taken, doing = await self._archive.run_once(
            lambda unit: self._write(unit, place, reading, outcome, scene, text)
        )
        if doing is None:
            return taken
        version = doing.speaker.version + (text is not None)
        files = doing.speaker.files if text is None else attached(text)
        self._recall.keep(doing.speaker, version, outcome.interview, scene.memo, files)
        if not doing.again:
            return taken
        there = await self._read(place, _looking(reading.turn, outcome.screen.locale), scene.now)
        looked = await self._look(place, there, acted=True)
        said, before = looked.screen.telling(outcome.screen.told + doing.said), outcome.screen
        screen = replace(said, code=doing.code or said.code, echo=said.echo or before.echo)
        return Taken(screen, taken.after + looked.after)

    def _write(  # noqa: PLR0913, PLR0917  # all that was thought, at one door
        self,
        unit: Unit,
        place: Place,
        reading: _Reading,
        outcome: Outcome,
        scene: Scene,
        text: Written | None,
    ) -> tuple[Taken, Doing | None]:
        speaker, turn, now = reading.speaker, reading.turn, scene.now
        if speaker is None:
            if not outcome.interview.consented_at:
                return Taken(self._threshold.out(unit, place, None, outcome.screen, True, now)), None
            speaker = interviews.welcome(unit, *place.door, reading.state, now)
        elif speaker.unreachable:
            people.unreachable(unit, *place.door, None)
        key = (place.channel, turn.conversation, turn.message_id)
        counted.count(unit, *key, now, speaker.interview, outcome.question, turn.album)
        interviews.record(unit, speaker.interview, outcome.events, now)
        if text is not None:
            interviews.save(unit, speaker, text)
        doing = Doing(unit, place, speaker, outcome, scene)
        self._effects.of(doing)
        screen = outcome.screen
        if not doing.again:
            there = replace(speaker, state=outcome.interview, awaited=reading.awaited or doing.told)
            screen = self._threshold.out(unit, place, there, screen, True, now)
        return Taken(screen, (*doing.after, *_shown(place, screen))), doing

    async def _think(self, place: Place, reading: _Reading, turn: Turn) -> tuple[Outcome, Scene]:
        """One step, with the scene it was taken in."""
        speaker, state = reading.speaker, reading.state
        case = speaker.case if speaker else None
        pinned = self._archive.known(state.digest)
        scene = await self._counted(case, pinned, state, reading.scene)
        if speaker and (page := PAGES.get(state.page)) and page.counts and turn.choice is not None:
            # What is pressed there is about what is kept.
            scene = await self._archive.read(lambda unit: stocked(unit, speaker, state, scene))
        outcome = step(pinned, state, turn, scene)
        after = outcome.interview
        # What was just answered may be shared with other cases, and a page may need what is behind it: known now,
        # the same step tells it.
        more = await self._counted(case, self._archive.known(after.digest), after, scene)
        if speaker and PAGES.get(after.page):
            more = await self._archive.read(
                lambda unit: stocked(
                    unit, speaker, after, self._threshold.keyed(unit, place, speaker, after, more)
                )
            )
        return (outcome, scene) if more is scene else (step(pinned, state, turn, more), more)

    async def _counted(
        self, case: str | None, programme: Programme | None, state: Interview, scene: Scene
    ) -> Scene:
        """The scene with the counts that this interview's rules across cases need; the same scene where it has them."""
        wanted = wants(programme, state, scene)
        if not wanted:
            return scene
        counts = await self._archive.read(lambda unit: self._across.counts(unit, wanted, case))
        return replace(scene, counts=scene.memo.same({**scene.counts, **counts}))

    async def _look(self, place: Place, reading: _Reading, *, acted: bool) -> Taken:
        """The current Screen. `acted` tells that it follows something that the person did."""
        outcome, scene = await self._think(place, reading, _looking(reading.turn))
        speaker, screen, now = reading.speaker, outcome.screen, scene.now
        if reading.awaited or self._threshold.unnoted(place, speaker, now):
            screen = await self._archive.run(
                lambda unit: self._threshold.out(unit, place, speaker, outcome.screen, acted, now)
            )
        elif speaker:
            screen = self._threshold.plainly(speaker, screen)
        return Taken(screen, _shown(place, screen))


def _about_themselves(turn: Turn) -> bool:
    """Whether a Turn asks for what people may ask for at any time: what is kept of them, a copy, that it be gone."""
    return turn.text is not None and turn.file is None and command(turn.text) in ALWAYS


def _looking(turn: Turn, locale: str = "") -> Turn:
    return Turn(turn.conversation, turn.message_id, locale=locale or turn.locale)


def _still(met: _Reading) -> None:
    """Raises `MovedOn` where the Turn answers a Screen that is no longer the current one."""
    turn, speaker = met.turn, met.speaker
    if turn.answers and turn.answers.who and speaker and turn.answers.who != whose(speaker):
        raise MovedOn  # of another application
    typed = turn.text is not None and turn.file is None
    if typed and turn.answers and turn.answers.revision not in (None, met.state.revision):
        raise MovedOn


def _shown(place: Place, screen: Screen) -> tuple[Afterward, ...]:
    printed = tuple(
        card.document for card in screen.cards if card.format != "zip" and card.document != PACKET
    )
    finishing = any(button.action.verb == "finish" for button in screen.buttons)
    return (Shown(place.door, printed, finishing),) if printed else ()


def _told(taken: Taken, met: Met) -> Taken:
    """What was said of something that concerned the door, in front of the Screen."""
    words = Words(taken.screen.locale)
    said = tuple(Say(words(message), met.tone) for message in met.said)
    after: tuple[Afterward, ...] = (*taken.after, Posted())
    if met.dropped:
        after += (Dropped(met.dropped),)
    return Taken(replace(taken.screen.telling(said), beside=met.beside), after)
