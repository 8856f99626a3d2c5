"""Processes of our own, forked from one that has imported everything: a start of its own takes each of them seconds.

What is forked is then what `python -m MODULE` is, with an environment and a session of its own. It lives as long as
whoever asked for it.
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import runpy
import select
import signal
import socket
import subprocess
import sys
from asyncio import StreamReader, StreamReaderProtocol, create_task, get_running_loop, shield
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, Self

from tests.built_in import built_in

#: With what they import themselves, this is all that a service needs.
_IMPORTED = (
    "bot.__main__",
    "bot.serving",
    "bot.telegram.running",
    "bot.webchat.server",
    "tests.bot.telegram.default_bot",
    "tests.bot.telegram.service",
    "tests.bot.webchat.house",
)


def start(
    module: str, *arguments: str, out: int, err: int, environment: Mapping[str, str] | None = None
) -> int:
    """Fork a process that writes to `out` and `err`, which stay open here.

    Gives a pipe in which stands its number, and once it has ended its exit code, each on a line.
    """
    status, into = os.pipe()
    asked = {
        "words": [module, *arguments],
        "environment": dict(os.environ if environment is None else environment),
        "directory": str(Path.cwd()),
    }
    socket.send_fds(_nursery(), [json.dumps(asked).encode()], [out, err, into])
    os.close(into)
    return status


@cache
def _nursery() -> socket.socket:
    """The way to the process that forks; it ends when this is closed."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    command = [sys.executable, "-u", "-m", __name__, str(theirs.fileno())]
    process = subprocess.Popen(
        command,
        pass_fds=[theirs.fileno()],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        process_group=0,
    )
    theirs.close()

    def ends() -> None:
        ours.close()
        process.wait()

    atexit.register(ends)
    return ours


class Child:
    """A process that was started, as asyncio has one."""

    def __init__(self) -> None:
        self.returncode: int | None = None

    @classmethod
    async def start(cls, *words: str, environment: Mapping[str, str]) -> Self:
        child = cls()
        (out, into), (err, beside) = os.pipe(), os.pipe()
        status = start(*words, out=into, err=beside, environment=environment)
        os.close(into)
        os.close(beside)
        child.stdout, child.stderr = await _reader(out), await _reader(err)
        child._status = await _reader(status)
        child.pid = int(await child._status.readline())
        child._watched = create_task(child._watch())
        return child

    async def _watch(self) -> int:
        self.returncode = int(await self._status.readline())
        await self._status.read()
        return self.returncode

    async def wait(self) -> int:
        return await shield(self._watched)

    def terminate(self) -> None:
        os.kill(self.pid, signal.SIGTERM)

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)


async def _reader(pipe: int) -> StreamReader:
    reader = StreamReader()
    await get_running_loop().connect_read_pipe(lambda: StreamReaderProtocol(reader), os.fdopen(pipe, "rb"))
    return reader


def main(door: socket.socket) -> None:
    """Fork at each message."""
    for name in _IMPORTED:
        import_module(name)
    built_in()
    gc.freeze()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the guards
    while True:
        asked, pipes, *_ = socket.recv_fds(door, 1 << 18, 3)
        if not asked:
            return
        if not os.fork():
            door.close()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            out, err, status = pipes
            child = os.fork()
            if child:
                os.close(out)
                os.close(err)
                _guard(child, status)
            os.close(status)
            _become(json.loads(asked), out, err)
            return
        for pipe in pipes:
            os.close(pipe)


def _guard(child: int, status: int) -> None:
    """Tell how the child ends; end it when nobody listens any more."""
    with suppress(BrokenPipeError):
        os.write(status, f"{child}\n".encode())
    waiting = select.poll()
    waiting.register(os.pidfd_open(child), select.POLLIN)
    waiting.register(status, 0)  # its other end was closed
    if any(pipe == status for pipe, _ in waiting.poll()):
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
    _, how = os.waitpid(child, 0)
    with suppress(BrokenPipeError):
        os.write(status, f"{os.waitstatus_to_exitcode(how)}\n".encode())
    os._exit(0)


def _become(asked: Mapping[str, Any], out: int, err: int) -> None:
    """Be `python -m MODULE ARGUMENTS`; leaving this is leaving the process."""
    os.setsid()
    os.dup2(out, 1)
    os.dup2(err, 2)
    os.close(out)
    os.close(err)
    os.environ.clear()
    os.environ.update(asked["environment"])
    os.chdir(asked["directory"])
    module = asked["words"][0]
    sys.argv = list(asked["words"])
    sys.modules.pop(module, None)
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main(socket.socket(fileno=int(sys.argv[1])))
