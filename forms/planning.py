"""What is to be begun when, so that everything is in by the closing day: counted backward from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Any

from pydantic import Field

from forms import workdays
from forms.expressions import holds
from forms.kinds.base import Condition, Frozen
from forms.parties import Identifier

#: In place of a clause: the notice does not say how long it takes.
ESTIMATE = "估计"
_DAY = timedelta(days=1)


class Step(Frozen):
    """Something that takes its days before an application is in: a seal, a proof, a public notice.

    It takes `days` (a number or the name of a figure), counted with both ends, working days unless `working` is false,
    and is over before the step named in `before` begins, or else by the closing day. It is due where `when` holds and
    over where `done` does. `clause` is where the notice says how long it takes, “估计” where it does not. `question` is
    the one that tells of it.
    """

    id: Identifier
    title: str
    days: Annotated[int, Field(ge=1, le=366)] | Identifier
    working: bool = True
    before: str = ""
    when: Condition = ""
    done: Condition = ""
    question: str = ""
    clause: str = Field(min_length=1)
    note: str = ""

    @property
    def estimated(self) -> bool:
        """Whether its days are a guess of whoever wrote the programme."""
        return self.clause == ESTIMATE


@dataclass(frozen=True)
class Planned:
    """A step that is due. It must begin on `begins` and be over on `ends`, where a closing day is known.

    `squeezed` is the last day on which it could still begin if all that is estimated took a single day; `settled` tells
    whether all days in between are published as days of work or not.
    """

    step: Step
    days: int
    done: bool
    begins: date | None = None
    ends: date | None = None
    squeezed: date | None = None
    settled: bool = True


def planned(
    steps: Sequence[Step], closes: date | None, scope: Mapping[str, Any], figures: Mapping[str, int]
) -> tuple[Planned, ...]:
    """The steps that are due, in the order of the programme. One that hangs on a missing answer is not due yet."""
    named = {step.id: step for step in steps}
    due = {step.id: bool(step.done) and holds(step.done, scope) for step in steps if holds(step.when, scope)}
    laid: dict[str, Planned] = {}
    for step in reversed(steps):
        if step.id not in due:
            continue
        days = step.days if isinstance(step.days, int) else figures[step.days]
        after = laid.get(_next(step, named, due))
        laid[step.id] = _laid(step, days, due[step.id], closes, after)
    return tuple(laid[step.id] for step in steps if step.id in laid)


def _laid(step: Step, days: int, done: bool, closes: date | None, after: Planned | None) -> Planned:
    if closes is None:
        return Planned(step, days, done)
    last = after.begins - _DAY if after and after.begins else closes
    latest = after.squeezed - _DAY if after and after.squeezed else closes
    begins = workdays.begins(days, last, only_working=step.working)
    squeezed = workdays.begins(
        1 if step.estimated else days, latest, only_working=step.working and not step.estimated
    )
    ends = workdays.begins(1, last, only_working=step.working)
    settled = workdays.settled(begins) and workdays.settled(ends) and (after is None or after.settled)
    return Planned(step, days, done, begins, ends, squeezed, settled)


def _next(step: Step, named: Mapping[str, Step], due: Mapping[str, bool]) -> str:
    """The step for which this one must be over: past those that are not due, or are over themselves."""
    name = step.before
    while name and due.get(name, True):
        name = named[name].before
    return name
