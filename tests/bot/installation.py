"""A house on several machines, each a process of its own that can be killed: fronts and hands on one PostgreSQL and one
directory of files; people who reach any front, as through a proxy that remembers nobody.
"""

from __future__ import annotations

import asyncio
import os
import random
import secrets
import socket
from collections.abc import Awaitable, Callable, Iterator
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar
from uuid import uuid4

from aiohttp import ClientError, ClientSession, ClientWebSocketResponse, DummyCookieJar, WSMsgType

from tests.bot import machine
from tests.nursery import Child
from tests.storage.rings import MASTER

T = TypeVar("T")

HOME = "https://jiangjian.example"
KEY = "a key of several machines, long enough"
PATIENCE = 90
_COOKIE = "__Host-jiangjian"
_AWAY = (ClientError, ConnectionError, OSError, TimeoutError, EOFError)


class Machine:
    """One process: a front (`run`) that listens on a port of its own, or hands (`work`)."""

    def __init__(self, word: str, environment: dict[str, str]) -> None:
        self.word = word
        with socket.create_server(("127.0.0.1", 0)) as free:
            self._port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self._port}"
        self._environment = environment | {"JIANGJIAN_PORT": str(self._port)}
        self.lines: list[str] = []
        self._process: Child | None = None
        self._listening: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Until it says that it is open."""
        ago = str(machine.AGO.total_seconds())
        self._process = await Child.start("tests.bot.machine", self.word, ago, environment=self._environment)
        async with asyncio.timeout(PATIENCE):
            told = (await self._process.stdout.readline()).decode()
        assert told.startswith("匠荐"), (told, (await self._process.stderr.read()).decode())
        streams = (self._process.stdout, self._process.stderr)
        self._listening = [asyncio.create_task(self._hear(each)) for each in streams]

    async def kill(self) -> None:
        """kill -9."""
        assert self._process
        self._process.kill()
        await self._process.wait()

    async def stop(self) -> None:
        """As an operator does."""
        if self._process and self._process.returncode is None:
            self._process.terminate()
            async with asyncio.timeout(PATIENCE):
                await self._process.wait()
        await asyncio.gather(*self._listening)

    async def _hear(self, stream: asyncio.StreamReader) -> None:
        while line := await stream.readline():
            self.lines.append(line.decode().rstrip())


class Installation:
    """Two fronts and two pairs of hands on one directory; or on a bucket, each with a directory of its own."""

    def __init__(self, database: str, keys: str, directory: Path, bucket: str = "") -> None:
        ours = ("JIANGJIAN_", "BOT_", "WEBHOOK_", "TELEGRAM_")
        kept = {
            name: each for name, each in os.environ.items() if not name.startswith(ours) or "FONTS" in name
        }
        environment = kept | {
            "JIANGJIAN_DATABASE": database,
            "JIANGJIAN_KEYS": keys,
            "JIANGJIAN_MASTER_KEY": MASTER,
            "JIANGJIAN_FILES": bucket,
            "JIANGJIAN_RECOVERY_KEY": KEY,
            "JIANGJIAN_PUBLIC_URL": HOME,
            "JIANGJIAN_WORKERS": "1",
            "JIANGJIAN_NEWCOMERS": "9999",
        }
        own = [str(directory / f"machine{number}" if bucket else directory) for number in range(4)]
        made = [
            Machine(word, environment | {"JIANGJIAN_DATA": data})
            for word, data in zip(("run", "run", "work", "work"), own, strict=True)
        ]
        self.fronts, self.hands = made[:2], made[2:]

    @property
    def machines(self) -> list[Machine]:
        return [*self.fronts, *self.hands]

    async def __aenter__(self) -> Self:
        await asyncio.gather(*(each.start() for each in self.machines))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await asyncio.gather(*(each.stop() for each in self.machines))

    @property
    def told(self) -> str:
        """What all of them printed."""
        return "\n".join(line for each in self.machines for line in each.lines)


class Visitor:
    """Somebody's browser behind a proxy that sends every connection to whichever front it likes.

    What is not answered, or with a fault of ours, is sent again with the same number, as the page does.
    """

    def __init__(self, installation: Installation, seed: int = 0) -> None:
        self._installation = installation
        self._chance = random.Random(seed)
        self._token = secrets.token_urlsafe(32)
        self._line: ClientWebSocketResponse | None = None
        self.screen: dict[str, Any] = {}
        self.front: Machine | None = None

    def again(self) -> Visitor:
        """Another tab of the same browser."""
        tab = Visitor(self._installation, 7)
        tab._token = self._token
        return tab

    @property
    def address(self) -> str:
        """The door's address in the house."""
        return sha256(self._token.encode("ascii")).hexdigest()

    @property
    def text(self) -> str:
        return "\n".join(part.get("text", "") for part in self.screen["parts"])

    async def __aenter__(self) -> Self:
        self._session = ClientSession(cookie_jar=DummyCookieJar())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._session.close()

    async def connects(self, front: Machine | None = None) -> None:
        """A line to that front, or to any that answers, and the Screen that comes first."""
        await self._again(lambda: self._connect(front))

    async def says(self, text: str) -> None:
        asks = self.screen["asks"] or {}
        answers = {"question": asks.get("question", ""), "revision": self.screen["revision"]}
        await self._send({"text": text, **answers, "who": self.screen.get("who", "")})

    async def presses(self, *labels: str) -> None:
        for label in labels:
            shown = [token for said, token in _buttons(self.screen) if label in said]
            assert shown, (label, self.screen)
            await self._send({"choice": shown[0]})

    async def forges(self, verb: str, about: str = "") -> None:
        """Press what is further down on the Screen."""
        await self._send({"choice": f"{self.screen['revision']:x}.~{verb}~{about}"})

    async def sends(self, name: str, content: bytes) -> str:
        """Upload a file and answer with it; gives its id."""

        async def upload() -> str:
            front = self._any()
            headers = {**self._headers, "X-File-Name": name}
            async with self._session.post(f"{front.url}/files", data=content, headers=headers) as response:
                assert response.status == 201, await response.text()
                return str((await response.json())["file"])

        file = await self._again(upload)
        await self._send({"file": file})
        return file

    async def fetches(self, path: str, front: Machine | None = None) -> tuple[int, bytes]:
        """Status and body of something, from that front or any that answers."""

        async def fetch() -> tuple[int, bytes]:
            url = f"{(front or self._any()).url}{path}"
            async with self._session.get(url, headers=self._headers) as response:
                return response.status, await response.read()

        return await self._again(fetch)

    async def is_woken(self) -> None:
        """Wait until the page is told that something changed, and look."""
        assert self._line
        async with asyncio.timeout(PATIENCE):
            while json_of(await self._line.receive()) != {"changed": True}:
                pass
        await self._send({})

    async def _send(self, content: dict[str, Any]) -> None:
        message = {"id": str(uuid4()), "locale": "zh", **content}

        async def once() -> dict[str, Any]:
            if self._line is None or self._line.closed:
                await self._connect(None)
            assert self._line
            await self._line.send_json(message)
            while True:
                heard = json_of(await self._line.receive(timeout=PATIENCE))
                if heard.get("for") == message["id"]:
                    if heard.get("error") == "broken":
                        raise ConnectionError
                    return heard

        heard = await self._again(once)
        assert "error" not in heard, heard
        self.screen = heard["screen"]

    async def _connect(self, front: Machine | None) -> None:
        if self._line:
            await self._line.close()
        self.front = front or self._any()
        self._line = await self._session.ws_connect(f"{self.front.url}/chat?locale=zh", headers=self._headers)
        first = json_of(await self._line.receive(timeout=PATIENCE))
        if first.get("error") == "broken":
            raise ConnectionError
        self.screen = first["screen"]

    async def _again(self, attempt: Callable[[], Awaitable[T]]) -> T:
        async with asyncio.timeout(PATIENCE):
            while True:
                try:
                    return await attempt()
                except _AWAY:
                    self._line = None
                    await asyncio.sleep(self._chance.uniform(0.05, 0.2))

    def _any(self) -> Machine:
        return self._chance.choice(self._installation.fronts)

    @property
    def _headers(self) -> dict[str, str]:
        return {"Origin": HOME, "Cookie": f"{_COOKIE}={self._token}"}


def _buttons(shown: Any) -> Iterator[tuple[str, str]]:
    """Labels and tokens of everything that can be pressed, in rows too."""
    if isinstance(shown, dict):
        if {"label", "token"} <= shown.keys():
            yield shown["label"], shown["token"]
        shown = list(shown.values())
    if isinstance(shown, list):
        for each in shown:
            yield from _buttons(each)


def json_of(message: Any) -> dict[str, Any]:
    """A frame's content. Raises EOFError where the line has ended."""
    if message.type is not WSMsgType.TEXT:
        raise EOFError
    heard: dict[str, Any] = message.json()
    return heard
