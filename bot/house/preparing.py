"""What people are about to open is printed before they do: everybody's first document first, as the workers take turns.

Where a press would finish the documents, they are printed as they will be then.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

import structlog

from bot.house.afterwards import Shown

log = structlog.get_logger(__name__)

#: So many doors may wait. Whoever comes later has theirs printed when they ask.
_MOST = 100


class Preparing:
    """Has documents printed as nobody in particular, who is in no hurry. `print_` prints the first of what a door offers."""

    def __init__(self, print_: Callable[[Shown], Awaitable[object]]) -> None:
        self._first = print_
        self._offered: dict[tuple[str, str], Shown] = {}
        #: Those under way, one for each door.
        self.tasks: set[asyncio.Task[None]] = set()

    def shown(self, shown: Shown) -> None:
        """A door offers these now, in place of what it offered before."""
        waits = shown.door in self._offered
        if not waits and len(self._offered) >= _MOST:
            return
        self._offered[shown.door] = shown
        if not waits:
            task = asyncio.get_running_loop().create_task(self._print(shown.door))
            self.tasks.add(task)
            task.add_done_callback(self.tasks.discard)

    async def _print(self, door: tuple[str, str]) -> None:
        try:
            while (offered := self._offered[door]).documents:
                self._offered[door] = replace(offered, documents=offered.documents[1:])
                await self._first(offered)
        except Exception as error:
            # Whoever opens the document meets the same and is told; nobody waits for this one.
            log.warning("documents.ahead_failed", document=offered.documents[0], error=type(error).__name__)
        finally:
            del self._offered[door]
