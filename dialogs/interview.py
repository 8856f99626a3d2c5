"""One Party's conversation over one Form of one Case, as it is kept between turns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from dialogs.turn import Event, Screen
from forms.kinds.base import Frozen, Value
from forms.programme import Programme

#: What the person asked to look at instead of the next question; "" is the path itself.
Page = Literal[
    "", "summary", "menu", "verdicts", "papers", "help", "mine", "restart", "declare", "stopped", "code"
]


class Pending(Frozen):
    """Something a person sent that was understood but waits for their yes; it is read again to say it again."""

    question: str
    text: str | None = None
    key: str | None = None


class Interview(Frozen):
    """Everything that is kept of one conversation, as JSON between turns.

    The next question is never stored: it is replayed from `answers`, `skipped` (optional questions passed over)
    and `later` (required ones put off: asked for again on the summary). `focus` is a question the person asked
    to see again, `from_summary` whether they came from the summary and go back there, once the questions in `due`
    are done that a change has brought up. `drafts` are unfinished answers by question. `appealed` and `faced` hold
    ids of failed rules: taken to the staff, or walked past.
    `fitting` is set while the pre-check asks what programme would fit: there is none yet, and `answers` are to the
    questions of the pre-check. `offering` is set while the person is still to say whether answers from earlier
    applications may be used in this one.
    `revision` grows with every change, so that an old button is known for what it is. Times are ISO UTC.
    """

    party: str = "nominee"
    locale: str = "zh"
    consented_at: str = ""
    programme: str = ""
    digest: str = ""
    practice: bool = False
    fitting: bool = False
    offering: bool = False
    answers: dict[str, Value] = Field(default_factory=dict)
    skipped: tuple[str, ...] = ()
    later: tuple[str, ...] = ()
    appealed: tuple[str, ...] = ()
    faced: tuple[str, ...] = ()
    focus: str = ""
    from_summary: bool = False
    due: tuple[str, ...] = ()
    page: Page = ""
    drafts: dict[str, Value] = Field(default_factory=dict)
    pending: Pending | None = None
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
class Earlier:
    """An application of the person whose answers may be of use in another. `interview` is its id in storage."""

    interview: str
    programme: Programme
    state: Interview


@dataclass(frozen=True)
class Outcome:
    """What a turn comes to. `switch` names another interview of the person to continue, or "new"."""

    interview: Interview
    screen: Screen
    events: tuple[Event, ...] = ()
    switch: str = ""
