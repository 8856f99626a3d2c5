"""What people are about to open is printed before they do: everybody's first document first, as the workers take turns."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import structlog

from bot.house.afterwards import Shown
from forms.printing.queue import Urgency

log = structlog.get_logger(__name__)

#: So many doors may wait. Whoever comes later has theirs printed when they ask.
_MOST = 100


class Preparing:
    """Opens documents as nobody in particular, who is in no hurry. `open` is given channel, address, document, urgency."""

    def __init__(self, open_: Callable[[str, str, str, Urgency], Awaitable[object]]) -> None:
        self._open = open_
        self._offered: dict[tuple[str, str], Sequence[str]] = {}
        #: Those under way, one for each door.
        self.tasks: set[asyncio.Task[None]] = set()

    def shown(self, shown: Shown) -> None:
        """A door offers these now, in place of what it offered before."""
        waits = shown.door in self._offered
        if not waits and len(self._offered) >= _MOST:
            return
        self._offered[shown.door] = shown.documents
        if not waits:
            task = asyncio.get_running_loop().create_task(self._print(shown.door))
            self.tasks.add(task)
            task.add_done_callback(self.tasks.discard)

    async def _print(self, door: tuple[str, str]) -> None:
        try:
            while offered := self._offered[door]:
                self._offered[door] = offered[1:]
                await self._open(*door, offered[0], Urgency.AHEAD)
        except Exception as error:
            # Whoever opens the document meets the same and is told; nobody waits for this one.
            log.warning("documents.ahead_failed", document=offered[0], error=type(error).__name__)
        finally:
            del self._offered[door]
