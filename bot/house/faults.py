"""Faults in the log: where and of what type, never with what.

Messages of exceptions and local variables carry answers (a database error quotes its parameters); the lines of
code that were running do not.
"""

from __future__ import annotations

from collections.abc import Iterator
from traceback import format_tb

import structlog

log = structlog.get_logger(__name__)

#: Causes of causes that are told: enough for any of ours, and an end for whatever refers to itself.
_DEEP = 5


def note(event: str, error: BaseException) -> None:
    """Log a fault that a person was only told of in general."""
    log.error(event, error=type(error).__name__, trace=trace_of(error))


def trace_of(error: BaseException) -> str:
    """The lines of code that were running, the cause's first; of each exception its type and never its message."""
    parts = [f"{''.join(format_tb(each.__traceback__))}{type(each).__name__}\n" for each in _chain(error)]
    return "\n".join(reversed(parts))


def _chain(error: BaseException) -> Iterator[BaseException]:
    """An exception, what caused it, and so on."""
    each: BaseException | None = error
    for _ in range(_DEEP):
        if each is None:
            return
        yield each
        each = each.__cause__ or (None if each.__suppress_context__ else each.__context__)
