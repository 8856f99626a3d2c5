"""One Party's conversation over one Form of one Case, as it is kept between turns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from dialogs.turn import Event, Screen
from forms.kinds.base import Frozen, Value

#: What the person asked to look at instead of the next question; "" is the path itself.
Page = Literal["", "summary", "menu", "verdicts", "restart", "route", "papers", "mine", "stopped", "language", "leave"]


class Draft(Frozen):
    """An answer on its way: parts of a text, ticks, rows; or one that waits for a yes."""

    question: str
    value: Value = None
    confirm: bool = False


class Interview(Frozen):
    """Everything that is kept of one conversation, as JSON between turns.

    The next question is never stored: it is replayed from `answers` and `skipped`. `focus` is a question the
    person asked to see again, `from_summary` whether they came from the summary and go back there.
    `faced` holds the ids of failed rules whose offers the person has already seen and walked past.
    `revision` grows with every change, so that an old button is known for what it is.
    """

    party: str = "nominee"
    locale: str = "zh"
    consented_at: str = ""
    programme: str = ""
    digest: str = ""
    practice: bool = False
    answers: dict[str, Value] = Field(default_factory=dict)
    skipped: tuple[str, ...] = ()
    appealed: tuple[str, ...] = ()
    faced: tuple[str, ...] = ()
    focus: str = ""
    from_summary: bool = False
    page: Page = ""
    draft: Draft | None = None
    finished_at: str = ""
    revision: int = 0


@dataclass(frozen=True)
class Brief:
    """Another of the person's applications, to be listed and continued. `interview` is its id in storage."""

    interview: str
    title: str
    name: str
    state: str


@dataclass(frozen=True)
class Outcome:
    """What a turn comes to. `switch` names another interview of the person to continue, or "new"."""

    interview: Interview
    screen: Screen
    events: tuple[Event, ...] = ()
    switch: str = ""
