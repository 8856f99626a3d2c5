"""The whole house behind a real port: database, files, printing workers, conversation, web chat.

`python -m tests.bot.webchat.house DIRECTORY PORT` serves it from a process of its own that can be killed.
"""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import TextIO
from zoneinfo import ZoneInfo

from aiohttp import web

from bot.courier import Courier
from bot.house import wiring
from bot.house.conversation import Conversation
from bot.house.settings import Settings
from bot.webchat.keepers import CHANNEL, DOOR
from bot.webchat.policy import Pace, Policy
from bot.webchat.server import application, listening
from forms.printing.workers import Workers
from tests.built_in import built_in
from tests.nursery import start

#: Within the window of nanning-2026.
NOON = datetime(2026, 6, 15, 12, tzinfo=ZoneInfo("Asia/Shanghai"))


@contextmanager
def conversation(directory: Path, crew: Workers) -> Iterator[Conversation]:
    settings = Settings(data=directory)
    with wiring.database(settings) as kept:
        yield wiring.conversation(settings, built_in(), kept, crew, lambda: NOON)


async def serve(behind: Conversation, port: int) -> None:
    # Scripts answer faster than people.
    policy = Policy(public_url=f"http://127.0.0.1:{port}", messages=Pace(1000, 6000))
    app = application(behind, policy)
    runner = web.AppRunner(app, handler_cancellation=True, **listening(policy))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    print("open", flush=True)
    await Courier(behind, {CHANNEL: app[DOOR]}).run()


class House:
    """A process that serves; it can be killed as a power cut would, and opened again on what it kept."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        with socket.create_server(("127.0.0.1", 0)) as free:
            self._port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self._port}"
        self._status: TextIO | None = None

    def open(self) -> None:
        told, into = os.pipe()
        command = ("tests.bot.webchat.house", str(self._directory), str(self._port))
        self._status, self._told = os.fdopen(start(*command, out=into, err=2)), os.fdopen(told)
        os.close(into)
        self._number = int(self._status.readline())
        assert self._told.readline() == "open\n"

    def kill(self) -> None:
        """SIGKILL, to the printing workers too."""
        assert self._status
        with suppress(ProcessLookupError):
            os.killpg(self._number, signal.SIGKILL)
        with self._status, self._told:
            self._status.read()


if __name__ == "__main__":
    with wiring.workers(Settings(workers=1)) as crew, conversation(Path(sys.argv[1]), crew) as behind:
        asyncio.run(serve(behind, int(sys.argv[2])))
