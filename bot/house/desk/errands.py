"""What the deeds of one turn at a desk work with."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from bot.house.afterwards import Afterward, Posted
from bot.house.desk.not_done import NotDone
from dialogs.desk.desk_state import Desk
from forms.message import Message, say
from storage.seats import Seat
from storage.stays import Stay
from storage.unit import Unit


@dataclass
class Errands:
    """A turn's deeds while its unit is open: who does them, from which seat, on which case.

    They note what is left to do `after` the commit, what is said once, and what the Screen is about that follows.
    """

    unit: Unit
    person: str
    seat: Seat
    desk: Desk
    now: datetime
    stay: Stay | None = None
    after: list[Afterward] = field(default_factory=list)
    said: list[Message] = field(default_factory=list)
    page: tuple[str, str] | None = None

    @property
    def case(self) -> Stay:
        """The case that the deed is on. Raises `NotDone` where it is not at the office of the seat."""
        if self.stay is None:
            raise NotDone(say("这一件不在您这里了：可能已经撤回、删除，或者不归您这个工会。"))
        return self.stay

    def follow(self, desk: Desk) -> Desk:
        """The desk that follows, with the page that a deed wants shown."""
        return desk.at(self.page[0], about=self.page[1]) if self.page else desk

    def posted(self) -> None:
        """Somebody else is told."""
        self.after.append(Posted())
