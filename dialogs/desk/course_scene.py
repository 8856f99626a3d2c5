"""A selection as its pages show it: the stages after handing in, which of them is on, and how the cases stand in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from forms.message import Message
from forms.programme import Programme
from forms.stages import Allowed, Days, Stage

#: Where a stage is: it is none of the desk's, over, on, could begin now, was passed over, is still to come.
Where = Literal["told", "over", "on", "ready", "passed_over", "to_come"]


@dataclass(frozen=True)
class StageBrief:
    """A stage of the programme at an office. `places` are those that are known for it, `days` those of a list that is up.

    `figure` is what staff entered with `reason`, `version` guards what is done with it next.
    """

    stage: Stage
    where: Where = "to_come"
    begun: datetime | None = None
    closed: datetime | None = None
    figure: int | None = None
    reason: str = ""
    places: int | None = None
    days: Days | None = None
    version: int = 0


@dataclass(frozen=True)
class Candidate:
    """A case that comes into a stage. `outcome` is "" where nothing was recorded, `was` the one before an objection.

    `position` is its place among those of its outcome, from 1, 0 where it has none; `rank` its unit's order of
    preference; `days` its own on a list that it came onto later.
    """

    case: str
    number: str
    name: str
    unit: str
    rank: int | None = None
    outcome: str = ""
    was: str = ""
    position: int = 0
    reason: str = ""
    days: Days | None = None

    @property
    def counts_as(self) -> str:
        """Its outcome, or the one it keeps while an objection is looked into."""
        return self.was or self.outcome


@dataclass(frozen=True)
class Selection:
    """One programme at one office. What follows `stages` is of the one stage that is `shown`, the one that is on if any.

    `counts` are how many count as what (on, reserve, out, named, objected for open objections, "" for nothing yet);
    `candidates` is a page of them, of `of` in all; `one` is the one that is looked at, `next_up` who moves up next,
    `until` the last day of a list that is up, with those who moved up onto it later; `reopens` the stage that could go on
    again; `quota` tells how many nominees the office may put forward.
    """

    programme: Programme
    stages: tuple[StageBrief, ...]
    shown: StageBrief | None = None
    allowance: Allowed | None = None
    counts: Mapping[str, int] = field(default_factory=dict)
    candidates: tuple[Candidate, ...] = ()
    of: int = 0
    one: Candidate | None = None
    next_up: Candidate | None = None
    until: date | None = None
    reopens: StageBrief | None = None
    quota: Message | None = None

    @property
    def on(self) -> StageBrief | None:
        """The stage that is on."""
        return next((each for each in self.stages if each.where == "on"), None)

    def brief(self, identifier: str) -> StageBrief | None:
        """A stage by its id; None for one that the programme has not."""
        return next((each for each in self.stages if identifier and each.stage.id == identifier), None)

    @property
    def frees_up(self) -> bool:
        """Whether the notice itself says that whoever waits moves up: no reason is due then."""
        shown = self.shown
        return bool(shown and (shown.stage.kind == "review" or shown.stage.followed_by))
