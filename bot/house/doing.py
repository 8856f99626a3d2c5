"""What a Turn's events come to while its unit is open."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.house.afterwards import Afterward, Posted
from bot.house.devices import Place
from dialogs.interview import Outcome
from dialogs.scene import Scene
from dialogs.turn import Code, Say
from dialogs.words import Words
from forms.message import Message
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

    def tell(self, message: Message) -> None:
        """What was pressed does not count, and why: in front of the Screen that shows how things stand."""
        words = Words(self.outcome.interview.locale)
        self.said, self.again = (*self.said, Say(words(message), "problem")), True

    def moved(self) -> None:
        """Something is to be told here and elsewhere, and the Screen is another one."""
        self.after.append(Posted())
        self.told = self.again = True
