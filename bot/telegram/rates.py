"""How fast Telegram lets a bot speak: so many messages in a chat, in a group, and over all."""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

#: Two requests that leave a second apart may arrive a little closer.
_MARGIN = 1.02
#: Chats remembered; those that were quiet the longest are forgotten.
_CHATS = 20_000

What = Literal["message", "edit", "other"]


@dataclass(frozen=True)
class Limits:
    """Messages a second in one chat and over all, messages a minute in a group, seconds between edits of a chat.

    0 means no limit.
    """

    chat: float = 1
    overall: float = 30
    group: float = 20
    between_edits: float = 0.4


class Window:
    """At most so many in any such span of seconds. `reserve` gives the moment of the next one and takes it."""

    def __init__(self, most: int, seconds: float) -> None:
        self._taken: deque[float] = deque(maxlen=most)
        self._seconds = seconds * _MARGIN

    def reserve(self, now: float) -> float:
        """When the next one may go, not before `now`."""
        at = now
        if len(self._taken) == self._taken.maxlen:
            at = max(now, self._taken[0] + self._seconds)
        self._taken.append(at)
        return at

    def ahead(self, now: float) -> float:
        """Seconds until the next one may go, which is not taken."""
        full = len(self._taken) == self._taken.maxlen
        return max(0.0, self._taken[0] + self._seconds - now) if full else 0.0


class _Chat:
    def __init__(self, limits: Limits, group: bool) -> None:
        self.windows: dict[What, list[Window]] = {"message": [], "edit": [], "other": []}
        self.held = 0.0
        if limits.chat:
            self.windows["message"].append(window(limits.chat, 1))
        if group and limits.group:
            self.windows["message"].append(window(limits.group, 60))
        if limits.between_edits:
            self.windows["edit"].append(Window(1, limits.between_edits))


def window(rate: float, seconds: float) -> Window:
    """So many in so many seconds, where it is less than one too."""
    return Window(int(rate), seconds) if rate >= 1 else Window(1, seconds / rate)


class Pace:
    """Lets requests go when their turn has come. `clock` gives seconds."""

    def __init__(self, limits: Limits, clock: Callable[[], float] | None = None) -> None:
        self._limits = limits
        self._clock = clock or asyncio.get_running_loop().time
        self._overall = window(limits.overall, 1) if limits.overall else None
        self._chats: OrderedDict[int, _Chat] = OrderedDict()

    async def turn(self, chat: int, what: What) -> None:
        """Wait until this may be sent. Whoever asks first goes first."""
        here = self._known(chat)
        now = self._clock()
        at = max([now, *(window.reserve(now) for window in here.windows[what])])
        while (at := max(at, here.held)) > self._clock():  # noqa: ASYNC110 - it may be held longer meanwhile
            await asyncio.sleep(at - self._clock())
        if what != "other" and self._overall:
            now = self._clock()
            at = self._overall.reserve(now)
            if at > now:
                await asyncio.sleep(at - now)

    def hold(self, chat: int, seconds: float) -> None:
        """Nothing more to this chat for so long: Telegram said so."""
        here = self._known(chat)
        here.held = max(here.held, self._clock() + seconds)

    def _known(self, chat: int) -> _Chat:
        here = self._chats.get(chat)
        if here is None:
            # Telegram numbers groups and channels below zero.
            here = self._chats[chat] = _Chat(self._limits, group=chat < 0)
            if len(self._chats) > _CHATS:
                self._chats.popitem(last=False)
        else:
            self._chats.move_to_end(chat)
        return here
