"""What is done to a selection after handing in: its stages, and who comes out of them how."""

from __future__ import annotations

from dataclasses import dataclass

from dialogs.desk.deeds import Deed
from forms.stages import Outcome


@dataclass(frozen=True)
class StageBegun(Deed):
    """A stage after handing in begins: with what the notice leaves open and why, and the ISO day a list is up, or ""."""

    act = "stages"

    programme: str
    stage: str
    figure: int | None
    reason: str
    starts: str


@dataclass(frozen=True)
class OnStage(Deed):
    """A deed on a stage that was begun; it counts only where nobody has changed that since."""

    act = "stages"

    programme: str
    stage: str
    version: int


@dataclass(frozen=True)
class StandingSet(OnStage):
    """How a case comes out of the stage, and why."""

    case: str
    outcome: Outcome
    reason: str = ""


@dataclass(frozen=True)
class StandingPlaced(OnStage):
    """A case stands at this place (from 1) among those that come out as it does; the others close up."""

    case: str
    place: int


@dataclass(frozen=True)
class StageFilled(OnStage):
    """Whoever has no outcome yet goes on, in order, as far as the number goes."""


@dataclass(frozen=True)
class ObjectedTo(OnStage):
    """Somebody objects to a name on the list."""

    case: str
    reason: str


@dataclass(frozen=True)
class ObjectionAnswered(OnStage):
    """What was found of an objection: it is `true`, and the name goes, or it is not."""

    case: str
    reason: str
    true: bool


@dataclass(frozen=True)
class MovedUp(OnStage):
    """Somebody who waits moves up."""

    case: str
    reason: str = ""


@dataclass(frozen=True)
class TitleGiven(OnStage):
    """All who are left on the list have the title."""


@dataclass(frozen=True)
class StageClosed(OnStage):
    """The stage is over; whoever has no outcome is out."""


@dataclass(frozen=True)
class StageReopened(OnStage):
    """A stage that was over goes on again, while nothing was built on it."""
