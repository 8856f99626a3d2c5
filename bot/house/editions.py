"""Open cases go over to the definition that is on offer now: first what would change, then the move itself.

Whoever goes over keeps everything: what the new definition cannot read is set aside, as anything is that cannot be
read. A case that is handed in stays with what it was handed in with.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.house.across import Across
from bot.house.archive import Archive
from bot.house.contrasts import Contrast, Reprint, asked, judged, lost, printed
from bot.house.documents import Documents
from bot.house.failure import Failure
from bot.house.holdings import Holding, holding, named
from bot.house.post import tell
from bot.house.scenes import Scenes
from dialogs.events import Event, Moved, SetAside
from dialogs.interview import Interview
from dialogs.keeping import Written, written
from dialogs.mending import gone_over, sound
from dialogs.roles import role_of
from dialogs.scene import Scene
from dialogs.view import View
from forms.message import Message, say
from forms.printing.compose import Composed
from forms.printing.faces import Faces
from forms.printing.queue import Errand
from forms.printing.renderer import RenderFailed
from forms.programme import Programme
from storage import cases, editions, interviews, people
from storage.conflicts import Conflict
from storage.editions import Part, Standing
from storage.unit import Unit


@dataclass(frozen=True)
class Going:
    """One part of a case as it is and as it would be. `before` is None where its definition cannot be read any more."""

    part: Part
    before: View | None
    after: View

    @property
    def set_aside(self) -> tuple[Contrast, ...]:
        """Answers that cannot be read any more."""
        return lost(self.part.speaker.state.unread, self.after)

    @property
    def contrasts(self) -> Iterator[Contrast]:
        """All that would be otherwise in what is asked, judged and kept."""
        yield from asked(self.before, self.after)
        yield from judged(self.before, self.after)
        yield from self.set_aside


@dataclass(frozen=True)
class Plan:
    """A case that would go over, at one version, with all parts that go along; its nominee's is the first."""

    standing: Standing
    programme: Programme
    parts: tuple[Going, ...]

    @property
    def holding(self) -> Holding:
        """The case as it is named to strangers."""
        return holding(self.programme, self.parts[0].part.speaker.state)


@dataclass(frozen=True)
class _Read:
    """What is read of a case before it is thought about; a programme stands beside each part, a scene too."""

    standing: Standing
    parts: tuple[tuple[Part, Programme | None, Scene], ...]


class Editions:
    """What the command line does to bring open cases to today's definition."""

    def __init__(self, archive: Archive, across: Across, faces: Faces, clock: Callable[[], datetime]) -> None:
        self._archive = archive
        self._across = across
        self._faces = faces
        self._scenes = Scenes(archive, faces)
        self._clock = clock

    async def open(self) -> tuple[str, ...]:
        """The ids of all open cases, the oldest first."""
        return await self._archive.read(editions.open_cases)

    async def plan(self, case: str) -> Plan | None:
        """What would become of a case; None where it has the definition on offer already.

        Raises `Failure` where it cannot or must not go over.
        """
        now = self._clock()
        return self._thought(case, await self._archive.read(lambda unit: self._read(unit, case, now)))

    def reprints(self, plan: Plan) -> tuple[Reprint, ...]:
        """The documents of the case that would print differently."""
        nominee = plan.parts[0]
        return tuple(printed(nominee.before, nominee.after, self._faces))

    async def move(self, case: str) -> int | None:
        """Let a case go over, as one unit; gives how many doors are told. None where it has gone already.

        Raises `Failure` as `plan` does.
        """

        async def once() -> int | None:
            plan = await self.plan(case)
            if plan is None:
                return None
            texts = [written(going.after.interview) for going in plan.parts]
            return await self._archive.run_once(lambda unit: self._write(unit, plan, texts))

        return await self._archive.again(once)

    def _read(self, unit: Unit, case: str, now: datetime) -> _Read:
        standing = editions.standing(unit, case)
        if standing is None:
            raise Failure(f"there is no case {case}")
        parts = []
        for part in editions.parts(unit, case):
            state = part.speaker.state
            programme, scene = (
                self._archive.pinned(unit, state.digest),
                self._scenes.of(unit, part.speaker, now),
            )
            for each in (programme, self._archive.library.named(standing.programme)):
                if each and each.has_form(state.role):
                    scene = self._across.counted(unit, case, each, state, scene)
            parts.append((part, programme, scene))
        return _Read(standing, tuple(parts))

    def _thought(self, case: str, reading: _Read) -> Plan | None:
        standing = reading.standing
        programme = self._archive.library.named(standing.programme)
        if programme is None:
            raise Failure(
                f"case {case}: the programme {standing.programme} is not on offer; it stays as it is"
            )
        going = [each for each in reading.parts if each[0].speaker.state.programme == standing.programme]
        nominee = next((part for part, _, _ in going if role_of(part.speaker.state.role).leads), None)
        if not standing.open or (nominee and nominee.speaker.state.finished_at):
            raise Failure(f"case {case} is handed in: it stays with the definition it was handed in with")
        if nominee is None:
            raise Failure(f"case {case}: what its nominee answered cannot be read; it stays as it is")
        lacking = {
            part.speaker.state.role for part, _, _ in going if not programme.has_form(part.speaker.state.role)
        }
        if lacking:
            roles = ", ".join(sorted(lacking))
            raise Failure(
                f"case {case}: the definition on offer has no form for its {roles}; it stays as it is"
            )
        if all(part.speaker.state.digest == programme.digest for part, _, _ in going):
            return None
        return Plan(standing, programme, _gone(programme, going))

    def _write(self, unit: Unit, plan: Plan, texts: list[Written]) -> int:
        now, programme = self._clock(), plan.programme
        cases.pin(unit, self._archive.source(programme.digest))
        editions.move(unit, plan.standing, programme.digest, now)
        there = [part.speaker for part in editions.parts(unit, plan.standing.case)]
        along = {each.interview for each in there if each.state.programme == programme.id}
        if along != {going.part.speaker.interview for going in plan.parts}:
            raise Conflict(f"case {plan.standing.case} has other parts by now")
        doors: set[tuple[str, str]] = set()
        for going, text in zip(plan.parts, texts, strict=True):
            speaker = going.part.speaker
            interviews.save(unit, speaker, text)
            happened: tuple[Event, ...] = (
                Moved(programme.id, before=speaker.state.digest, after=programme.digest),
            )
            interviews.record(unit, speaker.interview, happened + (SetAside(),) * bool(going.set_aside), now)
            for door in people.doors(unit, speaker.person):
                tell(unit, (door.channel, door.address), _news(programme, going), now)
                doors.add((door.channel, door.address))
        return len(doors)


async def pages(documents: Documents, reprint: Reprint) -> tuple[int, ...] | None:
    """The pages on which a document would look different, by drawing both; None where they cannot be told.

    `documents` prints. What looks the same on paper gives no page.
    """
    drawn = []
    for side in (reprint.before, reprint.after):
        if not isinstance(side, Composed):
            return None
        try:
            drawn.append(await documents.print(side, Errand()))
        except (RenderFailed, OSError):  # what cannot be drawn, or a file whose bytes are gone
            return None
    one, other = drawn
    return await documents.differing(one, other)


def _gone(programme: Programme, going: list[tuple[Part, Programme | None, Scene]]) -> tuple[Going, ...]:
    """Every part under its new definition; what experts have said stands in the scene as it is read then."""
    moved = [_moved(programme, part.speaker.state, scene) for part, _, scene in going]
    said: dict[str, tuple[Mapping[str, Any], ...]] = {}
    for (part, _, _), state in zip(going, moved, strict=True):
        if part.confirmed and not role_of(state.role).leads:
            said[state.role] = (*said.get(state.role, ()), state.answers)
    moves = []
    for (part, before, scene), state in zip(going, moved, strict=True):
        leads = role_of(state.role).leads
        after = replace(scene, parts=said) if leads and scene.parts else scene
        old = View(before, part.speaker.state, scene) if before and before.has_form(state.role) else None
        moves.append(Going(part, _readable(old), View(programme, state, after)))
    return tuple(moves)


def _moved(programme: Programme, state: Interview, scene: Scene) -> Interview:
    """A part as the new definition reads it; its buttons are other ones from now on."""
    return gone_over(programme, state.model_copy(update={"revision": state.revision + 1}), scene)


def _readable(view: View | None) -> View | None:
    """A part under its old definition; where something odd is kept in it, without that."""
    if view is None:
        return None
    return replace(view, interview=sound(view.programme, view.interview, view.scene))


def _news(programme: Programme, going: Going) -> Message:
    """What a person is told of the move."""
    state = going.part.speaker.state
    what = named((holding(programme, state),), state.locale)
    again = len(going.set_aside)
    if again:
        return say(
            "“{what}”的表格有更新，已经换成新的：您填过的都留着，只有{number}项和新表对不上，走到那里会请您再填一次。",
            what=what,
            number=again,
        )
    return say("“{what}”的表格有更新，已经换成新的：您填过的都在，接着填就行。", what=what)
