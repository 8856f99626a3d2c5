"""`jiangjian run` again and again: forked from a process that has imported everything, as a start takes seconds.

`python -m tests.bot.telegram.forked` starts one at each line it reads, tells its number, and how it ended.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from asyncio.subprocess import PIPE
from importlib import import_module
from threading import Thread

from tests.bot.telegram.service import Service

_IMPORTED = (
    "bot.__main__",
    "bot.serving",
    "bot.telegram.running",
    "bot.house.settings",
    "bot.webchat.server",
)
_FORKED, _ENDED = "forked: ", "ended: "


class Forked(Service):
    """A Service of which each start is a fork; a kill takes nothing but what was forked."""

    async def launch(self) -> None:
        self.url = ""
        if self._process is None:
            self.command = ("-m", __name__)
            await self._spawn(stdin=PIPE)
        before = len(self._numbers(_FORKED))
        assert self._process
        assert self._process.stdin
        self._process.stdin.write(b"\n")
        await self.until(lambda: len(self._numbers(_FORKED)) > before, "a fork")

    @property
    def running(self) -> bool:
        return len(self._numbers(_FORKED)) > len(self._numbers(_ENDED))

    async def stop(self) -> int:
        code = await self._signalled(signal.SIGTERM)
        assert self._process
        assert self._process.stdin
        self._process.stdin.close()
        return await self.ends() or code

    async def kill(self) -> None:
        assert await self._signalled(signal.SIGKILL) == -signal.SIGKILL

    async def _signalled(self, number: signal.Signals) -> int:
        os.kill(self._numbers(_FORKED)[-1], number)
        await self.until(lambda: not self.running, "its end")
        return self._numbers(_ENDED)[-1]

    def _numbers(self, word: str) -> list[int]:
        return [int(line.removeprefix(word)) for line in self.lines if line.startswith(word)]


def main() -> None:
    """Fork at each line."""
    for name in _IMPORTED:
        import_module(name)
    for _ in sys.stdin:
        child = os.fork()
        if not child:
            _run()
        print(f"\n{_FORKED}{child}", flush=True)
        _, status = os.waitpid(child, 0)
        print(
            f"\n{_ENDED}{os.waitstatus_to_exitcode(status)}", flush=True
        )  # a killed one may leave half a line


def _run() -> None:
    """Be `jiangjian run`, as long as whoever forked it is there."""
    from bot import __main__

    parent = os.getppid()

    def watches() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os.kill(os.getpid(), signal.SIGKILL)

    os.dup2(os.open(os.devnull, os.O_RDONLY), sys.stdin.fileno())
    Thread(target=watches, daemon=True).start()
    sys.argv = ["jiangjian", "run"]
    __main__.main()


if __name__ == "__main__":
    main()
