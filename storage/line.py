"""What the processes of one house say to one another over PostgreSQL, and what only one of them may do at a time.

A word is never the truth: what it is about stands in the rows, and whoever missed it finds that by a look. Each process
has one connection on which it listens; it takes what only one may do on the same one, so that both go with it.
"""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import Callable, Collection, Iterable
from typing import Any, Literal
from zlib import crc32

import structlog
from sqlalchemy import text

from storage import jobs
from storage.database import Database
from storage.tables import new_id
from storage.unit import Unit

log = structlog.get_logger(__name__)

#: Something waits at doors; a Turn was taken there; whoever spoke there gave way to somebody else; everything of them
#: is gone; they have heard of that; a chat has a newer message.
#: And what a process stands on, for all are to stand on the same; and where somebody else stands on another.
Word = Literal["waits", "turned", "dismissed", "gone", "heard", "spoke", "stands", "differs"]
#: Said between keyrings: whose keys were destroyed.
_DESTROYED = "destroyed"

_CHANNEL = "jiangjian"
#: Seconds in which words are gathered, and bytes that one notification may have (PostgreSQL takes 8000).
_TOGETHER, _LONGEST = 0.01, 7500
#: Words that wait while the database is away; more are lost, and found by a look.
_KEPT = 10_000
#: Seconds for which one listens before one sees what else there is to do, and longest before a line is tried again.
_LISTENS, _PAUSE = 1.0, 2.0
#: Any number will do, as long as every process that wants to be the only one uses the same.
_LOCKS = 4_771_031


class Line:
    """One process's line to the others. `run` keeps it; without it nothing is heard and words wait."""

    def __init__(self, url: str, database: Database) -> None:
        self._url = url
        self._database = database
        self._name = new_id()[:8]
        #: Set while others are heard.
        self.stands = asyncio.Event()
        self._hears: Callable[[Word, tuple[str, ...]], None] = lambda word, about: None
        self._back: Callable[[], None] = lambda: None
        self._words: list[tuple[str, str]] = []
        self._waiting = asyncio.Event()
        self._wanted: dict[str, Callable[[bool], None]] = {}
        self._held: set[str] = set()

    def listen(self, hears: Callable[[Word, tuple[str, ...]], None], back: Callable[[], None]) -> None:
        """`hears` is told what others say, and `back` that the line stands again: words may have been missed."""
        self._hears, self._back = hears, back

    def tell(self, word: Word, about: Iterable[str]) -> None:
        """Say something to all others, in a moment; nobody waits for it."""
        self._say(word, about)

    def _say(self, word: str, about: Iterable[str]) -> None:
        if len(self._words) < _KEPT:
            self._words.extend((word, each) for each in about)
            self._waiting.set()

    def alone(self, what: str, mine: Callable[[bool], None]) -> None:
        """Let only one process at a time do something: `mine` is told whenever it is ours and when it is no more.

        It passes on within a second where a process ends, and within half a minute where its machine falls silent.
        """
        self._wanted[what] = mine

    def leave(self, what: str) -> None:
        """Give up what only one may do; the next one has it within a second."""
        self._wanted.pop(what, None)

    async def run(self) -> None:
        """Listen and speak until cancelled, whatever becomes of the database."""
        loop, keyring = asyncio.get_running_loop(), self._database.keyring

        def destroyed(owners: Collection[str]) -> None:
            loop.call_soon_threadsafe(self._say, _DESTROYED, tuple(owners))

        keyring.destroyed = destroyed
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._listen())
                group.create_task(self._speak())
        finally:
            keyring.destroyed = lambda owners: None

    async def _listen(self) -> None:
        while True:
            try:
                async with jobs.connected(self._url, "line") as connection:
                    await connection.execute(f"LISTEN {_CHANNEL}")
                    self._database.keyring.forget()  # a word of them may have been missed
                    self._back()
                    self.stands.set()
                    while True:
                        async for note in connection.notifies(timeout=_LISTENS, stop_after=1):
                            self._heard(note.payload)
                        await self._take(connection)
            except Exception as error:
                log.warning("line.lost", error=type(error).__name__)
            finally:
                self.stands.clear()
                self._lose(frozenset(self._held))
            await asyncio.sleep(random.uniform(0, _PAUSE))  # noqa: S311 - spreads tries, hides nothing

    def _heard(self, payload: str) -> None:
        try:
            name, word, *about = json.loads(payload)
            if name == self._name:
                return
            if word != _DESTROYED:
                self._hears(word, tuple(about))
            for owner in about if word == _DESTROYED else ():
                self._database.keyring.drop(owner)
        except Exception as error:  # of a newer edition, perhaps
            log.warning("line.not_understood", error=type(error).__name__)

    async def _take(self, connection: Any) -> None:
        for what in self._held - self._wanted.keys():
            await connection.execute("SELECT pg_advisory_unlock(%s, %s)", (_LOCKS, _number(what)))
            self._held.discard(what)
        for what in self._wanted.keys() - self._held:
            asked = await connection.execute("SELECT pg_try_advisory_lock(%s, %s)", (_LOCKS, _number(what)))
            if (await asked.fetchone())[0]:
                self._held.add(what)
                self._wanted[what](True)

    def _lose(self, lost: frozenset[str]) -> None:
        self._held -= lost
        for what in lost & self._wanted.keys():
            self._wanted[what](False)

    async def _speak(self) -> None:
        while True:
            await self._waiting.wait()
            await asyncio.sleep(_TOGETHER)
            self._waiting.clear()
            words, self._words = self._words, []
            try:
                await self._database.run(lambda unit: self._notify(unit, _packed(self._name, words)))  # noqa: B023 - awaited here
            except Exception as error:  # said once it can be
                log.warning("line.not_said", error=type(error).__name__)
                self._words = (words + self._words)[:_KEPT]
                self._waiting.set()
                await asyncio.sleep(random.uniform(0, _PAUSE))  # noqa: S311 - spreads tries, hides nothing

    @staticmethod
    def _notify(unit: Unit, payloads: list[str]) -> None:
        for payload in payloads:
            unit.connection.execute(
                text("SELECT pg_notify(:channel, :payload)"), {"channel": _CHANNEL, "payload": payload}
            )


def _packed(name: str, words: Iterable[tuple[str, str]]) -> list[str]:
    """The words as notifications: as many about the same as fit into one, in order."""
    packed: list[list[str]] = []
    size = 0
    for word, about in dict.fromkeys(words):
        more = len(json.dumps(about)) + 1
        if not packed or packed[-1][1] != word or size + more > _LONGEST:
            packed.append([name, word])
            size = len(json.dumps(packed[-1]))
        packed[-1].append(about)
        size += more
    return [json.dumps(each, separators=(",", ":")) for each in packed]


def _number(what: str) -> int:
    return crc32(what.encode()) - (1 << 31)
