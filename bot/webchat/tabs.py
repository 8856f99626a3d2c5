"""The open pages of each session: what happens in one is seen in the others."""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict
from collections.abc import Coroutine, Mapping, Set
from contextlib import suppress
from typing import Any

from aiohttp import WSCloseCode, web

#: Close codes of our own; the page's script knows them.
NO_SESSION = 4401
TOO_MANY = 4408
NOT_UNDERSTOOD = 4400
TOO_FAST = 4429
SOMEBODY_ELSE = 4409
_CHANGED = {"changed": True}


class Tabs:
    """WebSockets by address. One process's pages only: `bot.house.neighbours` tells those of others."""

    def __init__(self, per_session: int, patience: float) -> None:
        self._open: dict[str, list[web.WebSocketResponse]] = defaultdict(list)
        self._per_session = per_session
        self._patience = patience
        self._errands: set[asyncio.Task[None]] = set()
        #: Pages that have not heard their first word, and whether something happened meanwhile.
        self._waiting: dict[web.WebSocketResponse, bool] = {}

    def enter(self, address: str, tab: web.WebSocketResponse) -> None:
        """A page is open. Beyond the limit the oldest closes: it is most likely a phone that went away."""
        self._waiting[tab] = False
        tabs = self._open[address]
        tabs.append(tab)
        if len(tabs) > self._per_session:
            self._run(self._close(tabs.pop(0), TOO_MANY))

    def leave(self, address: str, tab: web.WebSocketResponse) -> None:
        """A page has gone."""
        self._waiting.pop(tab, None)
        with suppress(ValueError):
            self._open[address].remove(tab)
        if not self._open[address]:
            del self._open[address]

    def __len__(self) -> int:
        """How many pages are open."""
        return sum(map(len, self._open.values()))

    def open(self, address: str) -> bool:
        """Whether a session has a page open here."""
        return address in self._open

    def addresses(self) -> Set[str]:
        """The sessions that have a page open here."""
        return self._open.keys()

    async def greet(self, tab: web.WebSocketResponse, message: Mapping[str, Any]) -> None:
        """Send the first word; what happened before it was out is told behind it."""
        await self.send(tab, message)
        if self._waiting.pop(tab, False):
            await self.send(tab, _CHANGED)

    async def send(self, tab: web.WebSocketResponse, message: Mapping[str, Any]) -> None:
        """Send, but wait no longer than a phone in a lift deserves: then the page may come back."""
        try:
            async with asyncio.timeout(self._patience):
                await tab.send_str(json.dumps(message, ensure_ascii=False, separators=(",", ":")))
        except (TimeoutError, ConnectionError):
            await self._close(tab, WSCloseCode.TRY_AGAIN_LATER)

    def tell(
        self, address: str, message: Mapping[str, Any], but: web.WebSocketResponse | None = None
    ) -> None:
        """Send to every page of a session except `but`, without waiting for them."""
        for tab in self._open.get(address, ()):
            if tab in self._waiting:
                self._waiting[tab] = True
            elif tab is not but:
                self._run(self.send(tab, message))

    def changed(self, address: str) -> None:
        """Something changed behind the pages' back: they ask for their Screen again."""
        self.tell(address, _CHANGED)

    def dismiss(self, address: str) -> None:
        """Whoever had these pages gave way to somebody else: they show nothing of theirs any more."""
        for tab in self._open.get(address, ()):
            self._run(self._close(tab, SOMEBODY_ELSE))

    async def close(self) -> None:
        """The server is going away; pages come back by themselves."""
        tabs = [tab for own in self._open.values() for tab in own]
        await asyncio.gather(*(self._close(tab, WSCloseCode.GOING_AWAY) for tab in tabs))

    async def _close(self, tab: web.WebSocketResponse, code: int) -> None:
        with suppress(ConnectionError, TimeoutError):
            async with asyncio.timeout(self._patience):
                await tab.close(code=code)

    def _run(self, errand: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(errand)
        self._errands.add(task)
        task.add_done_callback(self._errands.discard)
