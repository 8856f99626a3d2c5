"""Several processes of one house as far as one test process can play them: each with its own memory and connections."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.courier import Courier, Door
from bot.hands import Hands
from bot.working import Pages
from forms.printing.workers import Workers
from storage.line import Line
from tests.bot.household import House, Someone
from tests.storage.rings import kept_at

PATIENCE = 30


async def until(asked: Callable[[], Awaitable[bool]]) -> None:
    """Ask again and again until it is so."""
    async with asyncio.timeout(PATIENCE):
        while not await asked():  # noqa: ASYNC110 - it happens in another process's rows
            await asyncio.sleep(0.05)


class Front:
    """A front with pages open: it notes which of them were woken."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.open: set[str] = set()
        self.woken: list[str] = []
        self._came = asyncio.Event()
        house.conversation.neighbours.listen("web", self._wakes, lambda: self.open)

    def _wakes(self, address: str) -> None:
        if address in self.open:
            self.woken.append(address)
            self._came.set()

    async def rings(self, address: str) -> None:
        """Wait until this page was woken."""
        async with asyncio.timeout(PATIENCE):
            while address not in self.woken:
                self._came.clear()
                await self._came.wait()
        self.woken.clear()


class Neighbourhood:
    """Fronts and workers on one PostgreSQL and one directory of files."""

    def __init__(self, url: str, files: Path, crew: Workers) -> None:
        self._url, self._files, self._crew = url, files, crew
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Neighbourhood:
        return self

    async def __aexit__(self, *error: object) -> None:
        await self._stack.aclose()

    async def front(self, **footing: str) -> Front:
        """One more front, on the line."""
        front = Front(self._house())
        await self._joins(front.house, footing)
        return front

    async def worker(self, **doors: Door) -> House:
        """One more pair of hands; where it has no other door to the web, fronts wake their pages."""
        house = self._house()
        await self._joins(house)
        pages: dict[str, Door] = {"web": Pages(house.conversation.neighbours)}
        hands = Hands(self._url, house.conversation, Courier(house.conversation, {**pages, **doors}))
        self._runs(hands.run())
        return house

    def _house(self) -> House:
        kept = kept_at(self._url)
        self._stack.callback(kept.close)
        return House(kept, self._files, self._crew, clock=lambda: datetime.now(UTC))

    async def _joins(self, house: House, footing: dict[str, str] | None = None) -> None:
        line = Line(self._url, house.database)
        house.conversation.neighbours.join(line, footing)
        self._runs(house.conversation.neighbours.run())
        async with asyncio.timeout(PATIENCE):
            await line.stands.wait()

    def _runs(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)

        async def ends() -> None:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

        self._stack.push_async_callback(ends)


def at(front: Front, someone: Someone) -> Someone:
    """The same person at the same door, in another process."""
    there = Someone(front.house, someone.address, someone.channel)
    there._ids = someone._ids
    return there
