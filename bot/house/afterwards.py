"""What is done once a unit is durable: bytes dropped, doors woken, documents printed before they are asked for.

A crash in between loses none of it for good: a sweep finds the bytes, a woken door would only have looked again, and a
document is printed when it is opened.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.house.post import DoorKey


@dataclass(frozen=True)
class Afterward:
    """Something that is left to do."""


@dataclass(frozen=True)
class Dropped(Afterward):
    """Files whose rows are gone: their bytes go."""

    files: tuple[str, ...]


@dataclass(frozen=True)
class Posted(Afterward):
    """Something was put into the outbox: couriers need not wait for their next look."""


@dataclass(frozen=True)
class Changed(Afterward):
    """A door (channel, address) leads nowhere any more, and nothing speaks to it through the outbox."""

    door: DoorKey


@dataclass(frozen=True)
class Gone(Afterward):
    """Everything kept of whoever spoke at a door is gone; `others` are their other doors."""

    others: tuple[DoorKey, ...]


@dataclass(frozen=True)
class Ordered(Afterward):
    """An office wants something to take along."""


@dataclass(frozen=True)
class Shown(Afterward):
    """Documents that a door now offers, by id; `finishing`: and they can be finished there with one press."""

    door: DoorKey
    documents: tuple[str, ...]
    finishing: bool = False


class Afterwards:
    """A register: what is done about each. Raises TypeError for one that it does not know."""

    def __init__(self, does: Mapping[type[Afterward], Callable[[Any], Awaitable[None] | None]]) -> None:
        missing = set(Afterward.__subclasses__()) - does.keys()
        if missing:
            raise TypeError(f"nothing is done about {sorted(each.__name__ for each in missing)}")
        self._does = does

    async def do(self, left: Iterable[Afterward]) -> None:
        """All of it, in order."""
        for each in left:
            doing = self._does[type(each)](each)
            if doing is not None:
                await doing
