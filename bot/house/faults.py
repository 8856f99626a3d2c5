"""Faults in the log: where and of what type, never with what.

Messages of exceptions and local variables carry answers (a database error quotes its parameters); the lines of
code that were running do not.
"""

from __future__ import annotations

from traceback import format_tb

import structlog

log = structlog.get_logger(__name__)


def note(event: str, error: BaseException) -> None:
    """Log a fault that a person was only told of in general."""
    log.error(event, error=type(error).__name__, trace="".join(format_tb(error.__traceback__)))
