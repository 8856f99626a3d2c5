"""What each event of a conversation does to what is kept, inside the unit that keeps the Turn.

One register: an event that stands not in it fails at start.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.house import casework
from bot.house.across import Across
from bot.house.afterwards import Afterward, Dropped, Posted
from bot.house.archive import Archive
from bot.house.devices import Devices, Place
from bot.house.farewells import forgotten
from bot.house.recovery import RecoveryCodes
from bot.house.switching import switch
from dialogs import events as happened
from dialogs.doors import departed
from dialogs.events import Event, kinds
from dialogs.interview import Outcome
from dialogs.scene import Scene
from dialogs.turn import Code, Say
from storage import people, uploads
from storage.interviews import Speaker
from storage.unit import Unit


@dataclass
class Doing:
    """What a Turn's events come to while its unit is open.

    The interview is saved by then, as `outcome` has it; `speaker` is who spoke, with what was kept before. Effects
    note what is left to do `after` the commit, whether something is now `told` at this door, and what is `said` once
    with a `code` in front of the Screen, which is made anew where it is another one (`again`).
    """

    unit: Unit
    place: Place
    speaker: Speaker
    outcome: Outcome
    scene: Scene
    after: list[Afterward] = field(default_factory=list)
    told: bool = False
    again: bool = False
    said: tuple[Say, ...] = ()
    code: Code | None = None

    def moved(self) -> None:
        """Something is to be told here and elsewhere, and the Screen is another one."""
        self.after.append(Posted())
        self.told = self.again = True


Effect = Callable[[Doing, Any], None]


def nothing(doing: Doing, event: Event) -> None:
    """The history alone keeps it."""


class Effects:
    """The register; `more` are effects of events that are not the house's own. Raises TypeError where one is missing.

    To be called within `Archive.run`.
    """

    def __init__(
        self,
        archive: Archive,
        across: Across,
        devices: Devices,
        recovery: RecoveryCodes,
        more: Mapping[type[Event], Effect] | None = None,
    ) -> None:
        self._archive = archive
        self._across = across
        self._devices = devices
        self._recovery = recovery
        self._does: dict[type[Event], Effect] = {
            happened.Consented: _speaks,
            happened.Spoken: _speaks,
            happened.Fitting: nothing,
            happened.Began: self._began,
            happened.Adopted: self._kept,
            happened.Afresh: nothing,
            happened.Finished: self._stands,
            happened.Reopened: self._stands,
            happened.Restarted: _emptied,
            happened.Erased: _emptied,
            happened.Switched: _switched,
            happened.Moved: nothing,  # it happens in no Turn: `bot.house.editions` does it all
            happened.Answered: self._kept,
            happened.Skipped: nothing,
            happened.PutOff: nothing,
            happened.Appealed: nothing,
            happened.Faced: nothing,
            happened.SetAside: nothing,
            happened.CodeRenewed: self._renewed,
            happened.DeviceEnded: self._ended,
            happened.Left: self._left,
            happened.Forgotten: _forgotten,
            happened.UnionCodeIssued: nothing,
            happened.UnionCodeVoided: nothing,
            **(more or {}),
        }
        missing = set(kinds()) - self._does.keys()
        if missing:
            raise TypeError(f"no effect is known for {sorted(each.__name__ for each in missing)}")

    def of(self, doing: Doing) -> None:
        """Do what the outcome's events say, in order."""
        for event in doing.outcome.events:
            self._does[type(event)](doing, event)

    def _began(self, doing: Doing, event: happened.Began) -> None:
        casework.begun(
            doing.unit, self._archive, self._across, doing.speaker, doing.outcome.interview, doing.scene
        )
        self._kept(doing, event)

    def _stands(self, doing: Doing, event: Event) -> None:
        casework.stands(
            doing.unit, self._archive, self._across, doing.speaker, doing.outcome.interview, doing.scene
        )

    def _kept(self, doing: Doing, event: Event) -> None:
        """The first answers that are kept: from now on there is a code that leads back to them."""
        state = doing.outcome.interview
        if not doing.speaker.coded and not doing.told and state.programme and state.answers:
            self._devices.first_saved(doing.unit, doing.place, doing.speaker, doing.scene.now)
            doing.told = True

    def _renewed(self, doing: Doing, event: happened.CodeRenewed) -> None:
        self._devices.renewed(doing.unit, doing.place, doing.speaker, doing.scene.now)
        doing.moved()

    def _ended(self, doing: Doing, event: happened.DeviceEnded) -> None:
        now = doing.scene.now
        self._devices.ended(doing.unit, doing.place, doing.speaker, event.about, now)
        doing.moved()

    def _left(self, doing: Doing, event: happened.Left) -> None:
        code = self._recovery.of(doing.unit, doing.speaker.person, doing.scene.now)
        doing.said, doing.code = departed(doing.outcome.interview.locale, code)
        self._devices.close(doing.unit, doing.place.door)
        doing.moved()


def _speaks(doing: Doing, event: Event) -> None:
    people.speaks(doing.unit, doing.speaker.person, doing.outcome.interview)


def _emptied(doing: Doing, event: Event) -> None:
    doing.after.append(Dropped(uploads.clear(doing.unit, doing.speaker.interview)))


def _switched(doing: Doing, event: happened.Switched) -> None:
    switch(doing.unit, doing.speaker, doing.outcome.interview, event.about, doing.scene.now)
    doing.again = True


def _forgotten(doing: Doing, event: happened.Forgotten) -> None:
    doing.after.extend(forgotten(doing.unit, doing.speaker, doing.place.door))
