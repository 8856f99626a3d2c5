"""What a turn did to an interview."""

from __future__ import annotations

from dataclasses import dataclass

from dialogs.events import Event
from dialogs.interview import Interview
from dialogs.turn import Say
from forms.kinds.base import Value
from forms.programme import Programme


@dataclass(frozen=True)
class Change:
    """What a turn did: the interview after it, what is to be said once, how the turn reads in the record.

    `question` is the one that took what was sent, or "". `agreed` tells that it agreed to what the Screen said, and
    `wish` is the programme that the consent is to begin with.
    """

    interview: Interview
    said: tuple[Say, ...] = ()
    echo: str = ""
    events: tuple[Event, ...] = ()
    programme: Programme | None = None
    question: str = ""
    agreed: bool = False
    wish: str = ""


def changed(interview: Interview, **update: object) -> Interview:
    """The interview with these fields new; every change is a new revision."""
    return interview.model_copy(update={**update, "revision": interview.revision + 1})


def without(values: dict[str, Value], key: str) -> dict[str, Value]:
    """The mapping less one key."""
    return {name: value for name, value in values.items() if name != key}


def minus(names: tuple[str, ...], name: str) -> tuple[str, ...]:
    """The names less one."""
    return tuple(other for other in names if other != name)
