"""Buttons of the desk. What is listed there changes while somebody looks at it: a button says itself what it means.

Its token opens nothing: the seat is checked at every press, and what decides something is bound to the revision of the
Screen on which it stood.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from dialogs.turn import Action, Button, Style

_TOKEN = re.compile(r"([0-9a-f]+)\.~([a-z_]+)(?:~([A-Za-z0-9_.:-]*))?")
#: As long as a door carries it (Telegram: 64 bytes).
_LONGEST = 64


@dataclass(frozen=True)
class Press(Action):
    """What a button of the desk means; `about` is an id or a few, of ASCII letters, digits and “_.:-”."""

    def token(self, revision: int) -> str:
        """The verb and what it is about, in the open. Raises ValueError where that is too long to travel."""
        token = f"{revision:x}.~{self.verb}~{self.about}"
        if len(token) > _LONGEST or not _TOKEN.fullmatch(token):
            raise ValueError(f"no token for {self}")
        return token


@dataclass(frozen=True)
class Pressed:
    """What came from a button: the revision of the Screen it stood on, the verb, what it is about."""

    revision: int
    verb: str
    about: str


def pressed(token: str) -> Pressed | None:
    """What a token means; None where it is not the desk's."""
    match = _TOKEN.fullmatch(token)
    return Pressed(int(match[1], 16), match[2], match[3] or "") if match else None


def button(verb: str, label: str, about: str = "", style: Style = "plain", on: bool | None = None) -> Button:
    """A button of the desk."""
    return Button(Press(verb, about), label, style, on)
