"""The child's side of `workers`: `python -m forms.printing.worker FD CPU_SECONDS MEMORY_BYTES`.

FD is a socket. Over it goes one empty message once the process is warm. Then comes one job after the other as a pickled
(function, arguments), and back goes (True, result) or (False, exception). The process ends when the other side closes.
"""

from __future__ import annotations

import ctypes
import gc
import pickle
import resource
import sys
from multiprocessing.connection import Connection

from forms.printing import renderer


def _limit_cpu(seconds: int) -> None:
    """Let the kernel end this process (SIGXCPU) once the next job has used `seconds` of CPU."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(usage.ru_utime + usage.ru_stime) + 1 + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.RLIM_INFINITY))


def _outcome(job: bytes) -> tuple[bool, object]:
    try:
        function, arguments = pickle.loads(job)  # noqa: S301 - from our own parent
        return True, function(*arguments)
    except Exception as error:
        return False, error


def _pickled(outcome: tuple[bool, object]) -> bytes:
    try:
        return pickle.dumps(outcome)
    except Exception as error:  # a result or an exception that does not travel
        name = type(outcome[1]).__name__
        return pickle.dumps((False, renderer.RenderFailed(f"{name} cannot be handed over: {error}")))


def main(descriptor: int, cpu_seconds: int, memory: int) -> None:
    """Work until the parent is gone, each job within `cpu_seconds`, all of the process's data within `memory`."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # The data segment and not the address space, in which whole font files are mapped without being read.
    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    parent = Connection(descriptor)
    renderer.warm()
    # What warming made stays for ever: no collection looks at it again, and none runs while someone waits.
    gc.collect()
    gc.freeze()
    gc.disable()
    # What a large picture took is given back to the machine; only glibc has a word for it.
    trim = getattr(ctypes.CDLL(None), "malloc_trim", int)
    try:
        parent.send_bytes(b"")
    except ConnectionError:
        return
    while True:
        try:
            job = parent.recv_bytes()
        except (EOFError, ConnectionError):  # it ended, or was killed
            return
        _limit_cpu(cpu_seconds)
        outcome = _outcome(job)
        try:
            parent.send_bytes(_pickled(outcome))
        except ConnectionError:
            return
        if isinstance(outcome[1], MemoryError):
            return  # a heap that was once full is better left: the parent starts another worker
        del outcome, job
        gc.collect()
        trim(0)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
