"""Updates on their way to the bot: kept until confirmed, handed out by long poll or delivered to a webhook."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import aiohttp

from tests.bot.telegram.refusal import conflict
from tests.bot.telegram.waiting import Pulse

_OTHER_POLLER = "terminated by other getUpdates request; make sure that only one bot instance is running"
_WEBHOOK_ACTIVE = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)
_ONLY_ON_REQUEST = {"chat_member", "message_reaction", "message_reaction_count"}
_NEVER_BY_RESPONSE = {"deletewebhook", "setwebhook", "close", "logout"}


@dataclass
class Pending:
    """An update that the bot has not confirmed. `queue` orders webhook deliveries, `raw` replaces the JSON."""

    id: int
    kind: str
    payload: Any
    queue: str
    raw: str = ""
    handed_out: int = 0
    failures: int = 0

    @property
    def json(self) -> str:
        return self.raw or json.dumps({"update_id": self.id, self.kind: self.payload}, ensure_ascii=False)


class Updates:
    """The queue. `patience` scales the server's own pauses (after a conflict, between deliveries)."""

    def __init__(self, execute: Callable[[dict[str, Any]], Awaitable[Any]], patience: float = 0.05) -> None:
        self.pending: dict[int, Pending] = {}
        self.confirmed: list[int] = []
        self.allowed: set[str] | None = None
        self.patience = patience
        self.deliveries: list[tuple[int, int]] = []  # update and status code, 0 for none
        self.webhook = ""
        self.secret = ""
        #: Where a webhook's public address really is, by its beginning.
        self.reached_at: dict[str, str] = {}
        self._execute = execute
        self._next_id = 100_000_000 + secrets.randbelow(800_000_000)
        self._arrived = asyncio.Event()
        self.pulse = Pulse()
        self.polls = 0
        self._poller: asyncio.Future[None] | None = None
        self._last_poll = (0, 0.0)
        self._conflict_until = 0.0
        self._carriers: dict[str, asyncio.Task[None]] = {}
        self._session: aiohttp.ClientSession | None = None
        self._room = asyncio.Semaphore(40)

    def add(self, kind: str, payload: Any, queue: str = "", raw: Callable[[int], str] | None = None) -> int:
        """Something happened. `raw` may give any text at all in the place of the update's JSON."""
        if self.allowed is None and kind in _ONLY_ON_REQUEST:
            return 0
        if self.allowed is not None and kind not in self.allowed and raw is None:
            return 0
        update = Pending(self._next_id, kind, payload, queue or kind, raw(self._next_id) if raw else "")
        self._next_id += 1
        self.pending[update.id] = update
        arrived, self._arrived = self._arrived, asyncio.Event()
        arrived.set()
        if self.webhook:
            self._carry(update.queue)
        return update.id

    async def until(self, holds: Callable[[], object], what: str, seconds: float = 15) -> None:
        """Wait until something holds of the queue."""
        await self.pulse.until(holds, what, seconds, lambda: f"unconfirmed: {self.pending}")

    async def settled(self, seconds: float = 15) -> None:
        """Wait until the bot has confirmed everything."""
        await self.until(lambda: not self.pending, "the bot to confirm everything", seconds)

    def expire(self, kind: str) -> None:
        """Forget what was not confirmed in time."""
        self.pending = {number: each for number, each in self.pending.items() if each.kind != kind}

    def start_again(self) -> None:
        """After an idle week the numbers begin anew, at random: here, lower than ever."""
        self._next_id = 1000

    # By long poll

    async def poll(self, offset: int, limit: int, patience: float) -> list[Pending]:
        """As the Bot API server: an offset confirms everything before it; the last poller wins."""
        if self.webhook:
            await self._conflict(_WEBHOOK_ACTIVE)
        self.polls += 1
        self.pulse.beat()
        clock = asyncio.get_running_loop().time
        limit = min(max(limit, 1), 100)
        if offset == self._last_poll[0]:  # the server's guard against a bot that spins
            patience = max(patience, 3) if clock() < self._last_poll[1] + 3 else patience
            limit = 1 if clock() < self._last_poll[1] + 0.5 else limit
        self._last_poll = (offset, clock())
        self._confirm(offset)
        found = list(self.pending.values())[:limit]
        if not found and patience:
            found = await self._long(limit, patience)
        for update in found:
            update.handed_out += 1
        return found

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            offset = max([0, *sorted(self.pending)[:offset]]) + 1
        done = [number for number in self.pending if number < offset]
        for number in done:
            del self.pending[number]
        self.confirmed.extend(done)
        self.pulse.beat()

    async def _long(self, limit: int, patience: float) -> list[Pending]:
        if self._poller and not self._poller.done():
            self._poller.set_result(None)
        ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._poller = ended
        self.pulse.beat()
        arrived: asyncio.Future[Any] = asyncio.ensure_future(self._arrived.wait())
        both: list[asyncio.Future[Any]] = [arrived, ended]
        try:
            await asyncio.wait(both, timeout=patience, return_when=asyncio.FIRST_COMPLETED)
        finally:
            arrived.cancel()
            if self._poller is ended:
                self._poller = None
            self.pulse.beat()
        if ended.done():
            await self._conflict("terminated by setWebhook request" if self.webhook else _OTHER_POLLER)
        return list(self.pending.values())[:limit]

    @property
    def polled(self) -> bool:
        """Whether someone waits for updates right now."""
        return self._poller is not None

    async def _conflict(self, what: str) -> None:
        clock = asyncio.get_running_loop().time
        if clock() < self._conflict_until:
            await asyncio.sleep(3 * self.patience)
        self._conflict_until = clock() + 3 * self.patience
        raise conflict(what)

    # By webhook

    def set_webhook(self, url: str, secret: str, connections: int, drop: bool) -> None:
        """An empty url ends it."""
        if drop:
            self.pending.clear()
        if url and self._poller and not self._poller.done():
            self._poller.set_result(None)
        self.webhook, self.secret = url, secret
        self.pulse.beat()
        self._room = asyncio.Semaphore(connections)
        for queue in {update.queue for update in self.pending.values()} if url else ():
            self._carry(queue)

    def _carry(self, queue: str) -> None:
        running = self._carriers.get(queue)
        if running is None or running.done():
            self._carriers[queue] = asyncio.create_task(self._deliver(queue))

    async def _deliver(self, queue: str) -> None:
        """One update after the other; of each queue only one is ever on its way."""
        while self.webhook:
            update = next((each for each in self.pending.values() if each.queue == queue), None)
            if update is None:
                return
            async with self._room:
                status, body = await self._post(update)
            self.deliveries.append((update.id, status))
            if 200 <= status <= 299:
                if self.pending.pop(update.id, None):
                    self.confirmed.append(update.id)
                self.pulse.beat()
                await self._respond(body)
                continue
            update.failures += 1
            await asyncio.sleep(
                0 if update.failures == 1 else self.patience * 2 ** min(update.failures - 2, 4)
            )

    async def _post(self, update: Pending) -> tuple[int, str]:
        self._session = self._session or aiohttp.ClientSession()
        url = self.webhook
        for public, local in self.reached_at.items():
            url = local + url.removeprefix(public) if url.startswith(public) else url
        headers = {"Content-Type": "application/json"}
        if self.secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = self.secret
        update.handed_out += 1
        with suppress(aiohttp.ClientError, TimeoutError, OSError):
            async with self._session.post(
                url, data=update.json.encode(), headers=headers, timeout=aiohttp.ClientTimeout(60)
            ) as response:
                return response.status, await response.text()
        return 0, ""

    async def _respond(self, body: str) -> None:
        """A method in the webhook's answer is carried out; nobody hears how it went."""
        with suppress(ValueError):
            call = json.loads(body) if body.startswith("{") else {}
            method = str(call.get("method", "")).lower()
            if method and method not in _NEVER_BY_RESPONSE and not method.startswith("get"):
                await self._execute(call)

    async def close(self) -> None:
        self.webhook = ""
        for task in self._carriers.values():
            task.cancel()
        await asyncio.gather(*self._carriers.values(), return_exceptions=True)
        if self._poller and not self._poller.done():
            self._poller.set_result(None)
        if self._session:
            await self._session.close()
