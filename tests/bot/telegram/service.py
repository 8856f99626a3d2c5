"""`jiangjian run` as a process of its own, with Telegram's double for Telegram and a day of our choice.

`python -m tests.bot.telegram.service FILE` is `jiangjian run` with the time that stands in FILE at every moment.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from dialogs.interview import Interview
from storage import interviews
from tests.bot.telegram.double import Telegram
from tests.bot.telegram.phone import Phone
from tests.bot.telegram.waiting import Pulse
from tests.nursery import Child
from tests.storage.rings import kept_at

#: Within the window of nanning-2026.
NOON = "2026-06-15T12:00:00+08:00"
PUBLIC = "https://bot.example"
SECRET = "a-secret_of-0urs"
_STARTS_WITHIN = 240  # seconds, on a machine that does much else


class Service:
    """The process. It may be stopped or killed and started again over the same directory."""

    def __init__(
        self, telegram: Telegram, directory: Path, *, webhook: bool = False, now: str = NOON, **settings: Any
    ) -> None:
        self.telegram = telegram
        self.directory = directory
        self.webhook = webhook
        self.lines: list[str] = []
        self.errors: list[str] = []
        self.url = ""
        self.command: tuple[str, ...] = ("tests.bot.telegram.service", str(directory / "now"))
        self._settings = settings
        self._process: Child | None = None
        self._listeners: list[asyncio.Task[None]] = []
        self._pulse = Pulse()
        directory.mkdir(parents=True, exist_ok=True)
        self.at(now)

    def at(self, now: str) -> None:
        """Let it be another time."""
        fresh = self.directory / "now.new"
        fresh.write_text(now)
        fresh.replace(self.directory / "now")

    @property
    def database(self) -> str:
        return f"sqlite:///{self.directory / 'jiangjian.sqlite'}"

    def environment(self) -> dict[str, str]:
        ours = ("JIANGJIAN_", "BOT_", "WEBHOOK_", "TELEGRAM_")
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(ours) or "FONTS" in name
        }
        settings = {
            "JIANGJIAN_DATA": str(self.directory),
            "JIANGJIAN_PORT": "0",
            "JIANGJIAN_WORKERS": "1",
            "BOT_TOKEN": self.telegram.token,
            "TELEGRAM_API": self.telegram.url,
            "TELEGRAM_PER_CHAT": "0",
            "TELEGRAM_OVERALL": "0",
        }
        if self.webhook:
            settings |= {"WEBHOOK_URL": f"{PUBLIC}/telegram", "WEBHOOK_SECRET": SECRET}
        return kept | settings | {name: str(value) for name, value in self._settings.items()}

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.running:
            await self.stop()
        await asyncio.gather(*self._listeners)

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.returncode is None

    async def start(self) -> None:
        """Until the bot takes updates."""
        polls = self.telegram.updates.polls
        await self.launch()
        await self.until(lambda: self.url or not self.running, "the bot to open")
        assert self.running, self.told
        self.telegram.updates.reached_at[PUBLIC] = self.url
        # It asks, or is delivered to. While there is a queue it never comes to wait for updates.
        updates = self.telegram.updates
        await updates.until(
            lambda: updates.webhook if self.webhook else updates.polls > polls,
            "the bot to take updates",
            _STARTS_WITHIN,
        )

    async def launch(self) -> None:
        """Start the process and listen to it."""
        self.url = ""
        self._process = await Child.start(*self.command, environment=self.environment())
        streams = ((self._process.stdout, self.lines), (self._process.stderr, self.errors))
        self._listeners += [
            asyncio.create_task(self._listen(self._process, stream, into)) for stream, into in streams
        ]
        self._listeners.append(asyncio.create_task(self._watch(self._process)))

    async def _listen(self, process: Child, stream: asyncio.StreamReader, into: list[str]) -> None:
        while line := await stream.readline():
            text = line.decode().rstrip()
            into.append(text)
            if process is self._process and " is open at " in text:
                self.url = text.split(" is open at ")[1].split()[0]
            self._pulse.beat()
        self._pulse.beat()

    async def _watch(self, process: Child) -> None:
        await process.wait()
        self._pulse.beat()

    async def until(self, holds: Callable[[], object], what: str, seconds: float = _STARTS_WITHIN) -> None:
        """Wait until what the process printed makes something true."""
        await self._pulse.until(holds, what, seconds, lambda: self.told)

    async def ends(self, seconds: float = _STARTS_WITHIN) -> int:
        """Wait until it has ended by itself; gives its exit code."""
        assert self._process
        async with asyncio.timeout(seconds):
            code = await self._process.wait()
            await asyncio.gather(*self._listeners)
        return code

    async def stop(self) -> int:
        """Ask it to end, as an operator does."""
        assert self._process
        self._process.terminate()
        return await self.ends()

    async def kill(self) -> None:
        """kill -9: no chance to finish anything. Its printing processes may live a moment longer."""
        assert self._process
        self._process.kill()
        async with asyncio.timeout(_STARTS_WITHIN):
            assert await self._process.wait() == -9

    @property
    def told(self) -> str:
        return "\n".join([*self.lines, *self.errors])

    @property
    def faults(self) -> list[str]:
        """What must never be printed."""
        bad = (
            "Traceback",
            "telegram.given_up",
            "telegram.errand_failed",
            "telegram.not_sent",
            "never retrieved",
        )
        return [line for line in (*self.lines, *self.errors) if any(word in line for word in bad)]

    async def interview(self, phone: Phone) -> Interview:
        """What is kept of a person, read from the bot's own database."""
        kept = kept_at(self.database)
        try:
            seat = await kept.run(lambda unit: interviews.speaker(unit, "telegram", str(phone.id)))
        finally:
            kept.close()
        return seat.state if seat else Interview()


def main(file: str) -> None:
    """`jiangjian run` with another clock."""
    from bot import __main__
    from bot.house import wiring
    from bot.telegram import rates, running

    if os.environ["TELEGRAM_PER_CHAT"] == "0":  # without a limit on messages there is none on edits either
        vars(running)["Limits"] = partial(rates.Limits, between_edits=0)

    def now() -> datetime:
        return datetime.fromisoformat(Path(file).read_text())

    wiring.conversation = partial(wiring.conversation, clock=now)
    vars(running)["Telegram"] = partial(running.Telegram, clock=now)
    sys.argv = ["jiangjian", "run"]
    __main__.main()


if __name__ == "__main__":
    main(sys.argv[1])
