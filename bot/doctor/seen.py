"""What a look at an installation finds: one line for each thing, and what to do where it is not well."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

Level = Literal["ok", "warning", "fault"]


@dataclass(frozen=True)
class Seen:
    """One finding: of `what`, how it `is`, and what is to be done."""

    level: Level
    what: str
    how: str
    do: str = ""

    def __str__(self) -> str:
        line = f"{self.level:<8} {self.what:<14} {self.how}"
        return f"{line}\n{'':<24}→ {self.do}" if self.do else line


#: A look at one thing: it may find several things of it, or nothing that is worth a word.
Look = Callable[[], Iterable[Seen]]


def ok(what: str, how: str) -> Seen:
    """All is well."""
    return Seen("ok", what, how)


def warning(what: str, how: str, do: str) -> Seen:
    """It works, and something is to be known or done."""
    return Seen("warning", what, how, do)


def fault(what: str, how: str, do: str) -> Seen:
    """It does not work, or people lose something."""
    return Seen("fault", what, how, do)


def looked(looks: Iterable[tuple[str, Look]]) -> Iterator[Seen]:
    """What all looks find. One that fails is a finding itself, and keeps no other from being made."""
    for what, look in looks:
        try:
            yield from look()
        except Exception as error:
            line = str(error).split("\n", 1)[0]
            yield fault(what, f"cannot be looked at: {type(error).__name__}: {line}", "see what it says")
