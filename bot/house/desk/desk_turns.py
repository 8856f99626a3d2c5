"""One message of somebody at the desk, one way through: read, think, do and write in one unit, then show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from bot.house.afterwards import Afterward
from bot.house.archive import Archive
from bot.house.desk.desk_scenes import DeskScenes
from bot.house.desk.doings import Doings
from bot.house.desk.errands import Errands
from bot.house.desk.letterbox import correspondence
from bot.house.desk.not_done import NotDone
from bot.house.desk.selections import Selections
from bot.house.devices import Place
from dialogs.desk.deeds import Deed, SeatEnded
from dialogs.desk.desk_change import DeskChange
from dialogs.desk.desk_pages import page_of
from dialogs.desk.desk_scene import DeskScene
from dialogs.desk.desk_state import Desk, read
from dialogs.desk.desk_turn import READS, show, take
from dialogs.desk.press import pressed
from dialogs.turn import Say, Screen, Turn
from dialogs.words import Words
from forms.message import say
from storage import counted, desks, notices, seats, statements, stays
from storage.desks import Kept
from storage.interviews import Speaker
from storage.unit import Unit

#: A Screen as it leaves the house, with whatever is to be told before it: within a unit.
Out = Callable[[Unit, Screen, bool], Screen]


@dataclass(frozen=True)
class Read:
    """A desk as it was read: what is kept, and its scene."""

    kept: Kept
    desk: Desk
    scene: DeskScene


class DeskTurns:
    """Takes the Turns of those whose desk is open."""

    def __init__(self, archive: Archive, scenes: DeskScenes, doings: Doings) -> None:
        self._archive = archive
        self._scenes = scenes
        self._doings = doings

    async def take(  # noqa: PLR0913  # a Turn, and how its Screen goes out
        self, place: Place, speaker: Speaker, turn: Turn, now: datetime, out: Out, *, acted: bool
    ) -> tuple[Screen, tuple[Afterward, ...]] | None:
        """Take one Turn. None where the desk is open no more: the person is at applications of their own."""
        if turn.looks or speaker.seen:
            return await self._look(speaker, now, out, (), "", acted=acted)

        async def once() -> tuple[DeskChange, tuple[Say, ...], tuple[Afterward, ...]] | None:
            met = await self._archive.read(lambda unit: self._read(unit, speaker, now, needed=_needed(turn)))
            if met is None or not met.scene.seats:
                return None
            change = take(met.desk, turn, met.scene)
            return await self._archive.run_once(
                lambda unit: self._write(unit, place, speaker, turn, met, change)
            )

        done = await self._archive.again(once)
        if done is not None:
            change, said, after = done
            shown = await self._look(speaker, now, out, (*change.said, *said), change.echo, acted=True)
            if shown is not None:
                return shown[0], (*after, *shown[1])
        await self._archive.run(lambda unit: self._ended(unit, place, speaker, now))
        return None

    def _read(self, unit: Unit, speaker: Speaker, now: datetime, *, needed: bool) -> Read | None:
        kept = desks.of(unit, speaker.person)
        if kept is None or not kept.open:
            return None
        desk, locale = read(kept.state), speaker.state.locale
        if needed:
            return Read(kept, desk, self._scenes.of(unit, speaker.person, locale, desk, now))
        return Read(kept, desk, DeskScene(now, self._scenes.seats(unit, speaker.person), locale))

    def _write(  # noqa: PLR0913, PLR0917  # all that was thought
        self, unit: Unit, place: Place, speaker: Speaker, turn: Turn, met: Read, change: DeskChange
    ) -> tuple[DeskChange, tuple[Say, ...], tuple[Afterward, ...]]:
        now = met.scene.now
        words = Words(met.scene.locale)
        if counted.taken(unit, place.channel, turn.conversation, turn.message_id):
            return DeskChange(met.desk), (), ()  # by another process, at this very moment
        counted.count(unit, place.channel, turn.conversation, turn.message_id, now, speaker.interview, "", "")
        try:
            with unit.connection.begin_nested():
                errands = self._done(unit, speaker, met, change.deeds, now)
        except NotDone as refused:
            # What was pressed or typed does not count; the page that shows how things stand now does.
            desk = met.desk.model_copy(update={"revision": met.desk.revision + 1})
            page = page_of(desk.page)
            desk = desk.at(page.before) if page.confirms else desk
            desks.save(
                unit, speaker.person, met.kept.version, self._seen(unit, speaker, desk).model_dump_json()
            )
            return DeskChange(desk), (Say(words(refused.message), "problem"),), ()
        desk = self._seen(unit, speaker, errands.follow(change.desk) if errands else change.desk)
        desks.save(unit, speaker.person, met.kept.version, desk.model_dump_json())
        if errands is None:
            return replace(change, desk=desk), (), ()
        said = tuple(Say(words(each), "note") for each in errands.said)
        return replace(change, desk=desk), said, tuple(errands.after)

    def _done(  # as `_write`
        self, unit: Unit, speaker: Speaker, met: Read, wanted: tuple[Deed, ...], now: datetime
    ) -> Errands | None:
        if not wanted:
            return None
        seats.hold(unit, self._touched(unit, speaker.person, wanted))
        own = {each.id: each for each in seats.of_person(unit, speaker.person)}
        seat = own.get(met.desk.seat) or next(iter(own.values()), None)
        if seat is None:
            raise NotDone(_NO_SEAT)
        errands = Errands(unit, speaker.person, seat, met.desk, now)
        for each in wanted:
            self._doings.do(errands, each)
        return errands

    @staticmethod
    def _touched(unit: Unit, person: str, wanted: tuple[Deed, ...]) -> frozenset[str]:
        """The seats that must stay as they are while deeds are done: the person's own, and all where one is to end."""
        own = seats.of_person(unit, person)
        if not any(isinstance(each, SeatEnded) for each in wanted):
            return frozenset(each.id for each in own)
        return frozenset(each.id for office in own for each in seats.of_office(unit, office.office))

    @staticmethod
    def _seen(unit: Unit, speaker: Speaker, desk: Desk) -> Desk:
        """The desk with the version of the case, or of the stage, that its next Screen shows, and the last letter."""
        if page_of(desk.page).course:
            own = seats.of_person(unit, speaker.person)
            seat = next((each for each in own if each.id == desk.seat), next(iter(own), None))
            return Selections.shown(unit, seat.office, desk) if seat else desk
        row = stays.one(unit, desk.stay) if desk.stay and page_of(desk.page).case else None
        if row is None:
            return desk
        seen: dict[str, object] = {"seen": row.version}
        if desk.page == "letters":
            last, waits = correspondence(unit, row.case)
            seen |= {"letter": last, "about": desk.about or waits.replace(" ", ".")}
        if desk.page in {"statement", "stating"}:
            stated = statements.of_round(unit, row.case, row.round)
            seen["stated"] = stated.version if stated else 0
        return desk.model_copy(update=seen)

    async def _look(  # noqa: PLR0913  # a Screen, and all that is said with it
        self,
        speaker: Speaker,
        now: datetime,
        out: Out,
        said: tuple[Say, ...],
        echo: str,
        *,
        acted: bool,
    ) -> tuple[Screen, tuple[Afterward, ...]] | None:
        met = await self._archive.read(lambda unit: self._read(unit, speaker, now, needed=True))
        if met is None or not met.scene.seats:
            return None
        scene = met.scene
        if page_of(met.desk.page).name == "history" and scene.dossier:
            case = scene.dossier.stay.case
            history = await self._archive.read(lambda unit: self._scenes.history(unit, case))
            scene = replace(scene, dossier=replace(scene.dossier, history=history))
        screen = show(met.desk, scene).telling(said, echo=echo)
        screen = replace(screen, who=_whose(speaker))
        if speaker.awaited or acted:
            screen = await self._archive.run(lambda unit: out(unit, screen, acted))
        return replace(screen, who=_whose(speaker)), ()

    @staticmethod
    def _ended(unit: Unit, place: Place, speaker: Speaker, now: datetime) -> None:
        """Whoever has no seat any more is at their own applications, and is told why where nobody has told them."""
        if seats.of_person(unit, speaker.person):
            return
        desks.clear(unit, speaker.person)
        if not notices.waiting(unit, *place.door):
            notices.place(unit, *place.door, _NO_SEAT, now)


_NO_SEAT = say("您的席位收回了，刚才的没有办成。有疑问请找负责人。")


def _needed(turn: Turn) -> bool:
    """Whether what the open page shows is needed to understand a Turn: what is typed is read by it, and what is pressed
    about all of it.
    """
    press = pressed(turn.choice) if turn.choice is not None else None
    return turn.text is not None or (press is not None and press.verb in READS)


def _whose(speaker: Speaker) -> str:
    """Whose Screen it is: of the person, at the desk."""
    return "".join(
        sha256(each.encode()).hexdigest()[:8] for each in (speaker.person, f"desk {speaker.person}")
    )
