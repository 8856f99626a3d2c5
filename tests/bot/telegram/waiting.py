"""Waiting for something to become true, woken by what happens and not by the clock."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

T = TypeVar("T")


class Pulse:
    """Beats whenever something happened; whoever waits looks again."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def beat(self) -> None:
        event, self._event = self._event, asyncio.Event()
        event.set()

    async def next(self, seconds: float) -> None:
        """Wait for the next beat, `seconds` at most."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._event.wait(), seconds)

    async def until(
        self, found: Callable[[], T | None], what: str, seconds: float, told: Callable[[], object]
    ) -> T:
        """What `found` gives as soon as it is true. AssertionError with what is then `told` where it never is."""
        try:
            async with asyncio.timeout(seconds):
                while not (result := found()):
                    await self._event.wait()
                return result
        except TimeoutError:
            raise AssertionError(f"waited {seconds} s for {what}; now there is:\n{told()}") from None
