"""Warm processes that print and do other work that would hold up the event loop.

Each worker is a process of its own with one thread, started ahead and kept: threads of one process would corrupt
WeasyPrint's fonts, and a fork of a process that runs an event loop would inherit its locks. A job that takes too long
or too much ends its worker and nothing else.

Jobs wait in one fair queue (`queue`). Cancelling what awaits a job takes it out of the queue. One that a worker has
begun is let finish, and its result dropped: a new warm process costs more than most jobs, and what a job may cost is
limited anyway.
"""

from __future__ import annotations

import asyncio
import os
import pickle
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from multiprocessing.connection import Connection
from threading import Lock, Thread
from typing import TypeVar

from forms.printing import renderer
from forms.printing.queue import Errand, Job, Queue
from forms.printing.renderer import Pdf, RenderFailed

T = TypeVar("T")

_WALL_PER_CPU = 3  # a job may wait for a busy machine this many times longer than it may compute
#: What a process learns of our environment: where programs, fonts and the clock are. Tokens, keys and addresses of databases
#: are nothing for one that opens other people's files.
_TOLD = re.compile(
    r"(PATH|HOME|LANG|LANGUAGE|LC_.*|TZ|TZDIR|TMPDIR|PYTHON.*|VIRTUAL_ENV|LD_.*|FONTCONFIG_.*|XDG_.*|JIANGJIAN_FONTS)"
)
_STARTING = 600  # seconds that a process may take to be warm: on a busy machine a minute is not unheard of


class Unanswered(RenderFailed):
    """A job got no answer in time though it did not compute too long: that tells of the machine, not of the job."""


class _Crashed(Exception):  # noqa: N818 - how a worker ended that gave no answer
    pass


class _Worker:
    """A place for one process, which is replaced when it dies."""

    def __init__(self, cpu_seconds: int, memory: int) -> None:
        self._cpu_seconds, self._memory = cpu_seconds, memory
        self._lock = Lock()
        self._closed = False
        self._start()

    def _start(self) -> None:
        ours, theirs = socket.socketpair()
        with ours, theirs:
            limits = [str(theirs.fileno()), str(self._cpu_seconds), str(self._memory)]
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter
                [sys.executable, "-m", "forms.printing.worker", *limits],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                env={name: value for name, value in os.environ.items() if _TOLD.fullmatch(name)},
                process_group=0,  # Ctrl-C is for the parent, which then closes its workers
            )
            self._socket = Connection(ours.detach())
        self._warm = False

    def _replace(self) -> None:
        with self._lock:
            self.end()
            if self._closed:
                raise Unanswered("the workers were closed")
            self._start()

    def end(self) -> None:
        """Free what the process holds; nobody may be asking it."""
        self._process.kill()
        self._process.wait()
        self._socket.close()

    @property
    def pid(self) -> int:
        return self._process.pid

    def perform(self, job: bytes) -> bytes:
        """The answer to a job. Raises RenderFailed at a limit of time, _Crashed if the process died of another cause."""
        if self._process.poll() is not None:  # died since the last job
            self._replace()
        try:
            return self._ask(job)
        except (RenderFailed, _Crashed):
            self._replace()
            raise

    def _ask(self, job: bytes) -> bytes:
        patience = self._cpu_seconds * _WALL_PER_CPU
        try:
            self._awaits_warmth()
            self._socket.send_bytes(job)
            if self._socket.poll(patience):
                return self._socket.recv_bytes()
        except (EOFError, OSError):
            status = self._process.wait()
            if status == -signal.SIGXCPU:
                raise RenderFailed(f"the job used more than {self._cpu_seconds} s of CPU") from None
            raise _Crashed(signal.strsignal(-status) if status < 0 else f"exit status {status}") from None
        raise Unanswered(f"the job gave no answer within {patience} s")

    def _awaits_warmth(self) -> None:
        """Wait for a process that is still starting: no job is to blame for the time that takes."""
        if not self._warm:
            if not self._socket.poll(_STARTING):
                raise Unanswered(f"no worker was warm within {_STARTING} s")
            self._socket.recv_bytes()
            self._warm = True

    def stop(self) -> None:
        """Kill the process for good: a thread that waits for its answer wakes up."""
        with self._lock:
            self._closed = True
            self._process.kill()


class Workers:
    """A fixed number of warm processes, shared by all who await them.

    `count` defaults to the number of cores. `cpu_seconds` is the limit of one job (three times as much by the clock),
    `memory` the bytes of data that a worker may hold.
    """

    def __init__(self, count: int | None = None, *, cpu_seconds: int = 20, memory: int = 512 << 20) -> None:
        count = count or os.cpu_count() or 1
        self._memory = memory
        self._workers = [_Worker(cpu_seconds, memory) for _ in range(count)]
        self._queue = Queue()
        self._threads = [
            Thread(target=self._work, args=(worker,), name=f"worker-{number}", daemon=True)
            for number, worker in enumerate(self._workers)
        ]
        for thread in self._threads:
            thread.start()

    @property
    def pids(self) -> tuple[int, ...]:
        """The process ids of the workers, for observing them."""
        return tuple(worker.pid for worker in self._workers)

    @property
    def waiting(self) -> int:
        """How many jobs wait for a worker."""
        return len(self._queue)

    async def render(
        self,
        html: str,
        stylesheets: Sequence[str],
        files: Mapping[str, bytes],
        errand: Errand | None = None,
    ) -> Pdf:
        """Print a document as `Renderer.render` does, with its errors and those of `run`."""
        return await self.run(renderer.render, html, tuple(stylesheets), dict(files), errand=errand)

    async def run(self, function: Callable[..., T], *arguments: object, errand: Errand | None = None) -> T:
        """The result of a top-level function of a module, called in a worker; what it raises is raised here.

        `errand` tells whose job it is and how urgent. Raises RenderFailed if the job was stopped at a limit, or
        crashed two workers in a row, and CancelledError if the workers were closed while it waited. Function,
        arguments and result are pickled. Raises Unanswered where the machine is too busy for it.
        """
        job = Job(pickle.dumps((function, arguments)), errand or Errand())
        self._queue.put(job)
        answer: bytes = await asyncio.wrap_future(job.answer)
        succeeded, value = pickle.loads(answer)  # noqa: S301 - from our own child
        if succeeded:
            result: T = value
            return result
        if isinstance(value, MemoryError):
            raise RenderFailed(f"the job needed more than {self._memory >> 20} MB of memory") from value
        raise value

    def _work(self, worker: _Worker) -> None:
        """In a thread of its own: hand one job after the other to a worker."""
        while job := self._queue.take():
            try:
                answer = _performed(worker, job.call)
            except Exception as error:
                self._queue.done(job)
                job.answer.set_exception(error)
            else:
                self._queue.done(job)
                job.answer.set_result(answer)

    def close(self) -> None:
        """End all workers; jobs that are under way fail with RenderFailed, those that wait are cancelled."""
        self._queue.close()
        for worker in self._workers:
            worker.stop()
        for thread in self._threads:
            thread.join()
        for worker in self._workers:
            worker.end()


def _performed(worker: _Worker, call: bytes) -> bytes:
    """The answer to a call; tried once more where the process crashes."""
    try:
        try:
            return worker.perform(call)
        except _Crashed:
            return worker.perform(call)
    except _Crashed as crash:
        raise RenderFailed(f"the job crashed two workers in a row: {crash}") from None
