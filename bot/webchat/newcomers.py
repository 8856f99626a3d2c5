"""Who is known at this door, and how much a network may bring of what is new.

One address may be a whole factory, so limits count newcomers only: whoever has begun is let in from anywhere. What is
remembered of a network is in memory and for an hour's worth; no address is ever stored.
"""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from aiohttp import web

from bot.house.paces import REMEMBERED, Buckets
from bot.webchat.pace import network_of
from bot.webchat.policy import Policy
from bot.webchat.refusal import Refusal

if TYPE_CHECKING:
    from bot.house.conversation import Conversation

_CHANNEL = "web"


class Newcomers:
    """Keeps count of strangers, of people who begin and of what newcomers store, by network."""

    def __init__(
        self, conversation: Conversation, policy: Policy, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._conversation = conversation
        self._policy = policy
        self._clock = clock
        #: Since when people have been with us, on our clock, by address.
        self._known: OrderedDict[str, float] = OrderedDict()
        self._seen: OrderedDict[str, None] = OrderedDict()
        self._sessions = Buckets(policy.new_sessions, clock)
        self._people = Buckets(policy.newcomers, clock)
        self._bytes = Buckets(policy.newcomers_bytes, clock)

    def remembers(self, address: str) -> bool:
        """Whether somebody at this address is known, as far as can be told without asking."""
        return address in self._known

    async def knows(self, address: str) -> bool:
        """Whether somebody has begun at this address."""
        if address in self._known:
            self._known.move_to_end(address)
            return True
        been = await self._conversation.been(_CHANNEL, address)
        if been is None:
            return False
        self._known[address] = self._clock() - been.total_seconds()
        if len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        return True

    def arrives(self, request: web.Request, address: str) -> None:
        """Count a session of somebody who has not begun, once. Raises `Refusal`."""
        if address in self._seen:
            return
        self._spend(self._sessions, request, "crowded")
        self._seen[address] = None
        if len(self._seen) > REMEMBERED:
            self._seen.popitem(last=False)

    @asynccontextmanager
    async def begins(self, request: web.Request, address: str) -> AsyncIterator[None]:
        """Around what may make somebody a person here: counted where it did. Raises `Refusal`."""
        if await self.knows(address):
            yield
            return
        network = self._spend(self._people, request, "crowded")
        began = False
        try:
            yield
            began = await self.knows(address)
        finally:
            if not began:
                self._people.give(network)

    @asynccontextmanager
    async def stores(self, request: web.Request, address: str) -> AsyncIterator[Callable[[int], None]]:
        """Around an upload: gives what counts its bytes, where they are a newcomer's, and raises `Refusal`.

        They count no more where the upload raises.
        """
        newcomer = await self.knows(address) and self._is_new(address)
        counted = 0

        def count(size: int) -> None:
            nonlocal counted
            if newcomer:
                self._spend(self._bytes, request, "crowded_files", size)
                counted += size

        try:
            yield count
        except BaseException:
            self._bytes.give(network_of(request, self._policy.proxies), counted)
            raise

    def _is_new(self, address: str) -> bool:
        since = self._known.get(address)
        return since is not None and self._clock() - since < self._policy.newcomer_hours * 3600

    def _spend(self, buckets: Buckets, request: web.Request, code: str, amount: int = 1) -> str:
        network = network_of(request, self._policy.proxies)
        wait = buckets.wait(network, amount)
        if wait:
            raise Refusal(code, retry=math.ceil(wait))
        return network
