"""What goes to the log, of ours and of the libraries: keys on a list, values of a known shape, and nothing else.

People confide ID numbers, names and careers, and any of them may stand in a value, in an exception's message or in what a
library says. So a key that is not on the list is dropped, a value that does not look as its key's values do is told as
“?”, an exception is its type and the lines of code that were running, and of what libraries log only who logged and where.
A new key is a line in `SHAPES`; a test reads all our calls and finds those that are not there.
"""

from __future__ import annotations

import logging
import re
import sys
import threading
import warnings
from collections.abc import Callable, Mapping
from typing import Literal, TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from bot.house.faults import trace_of
from bot.house.measures import FAULTS

log = structlog.get_logger(__name__)

Style = Literal["auto", "json", "text"]
Shape = Callable[[object], bool]

_WORD = re.compile(r"[A-Za-z_<][\w.:/<>-]{0,99}", re.ASCII)
_HEXADECIMAL = re.compile(r"[0-9a-f]{6,64}")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
#: So many digits in a row may be part of a telephone or an ID number: no word of ours has them.
_DIGITS = re.compile(r"\d{6}")
#: ID numbers, telephones and addresses of electronic mail, however they are spaced.
_PRIVATE = re.compile(
    r"(?<![0-9A-Za-z])\+?(?:\d{7,}|(?:\d[ -]?){9,})[\dXx]?(?![0-9A-Za-z])|[\w.+-]+@[\w-]+\.[\w.-]+"
)
_HIDDEN = "?"


def _number(value: object) -> bool:
    return isinstance(value, int | float)


def _word(value: object) -> bool:
    return isinstance(value, str) and bool(_WORD.fullmatch(value)) and not _DIGITS.search(value)


def _id(value: object) -> bool:
    """An id or a digest of ours: an ID number has no letter from a to f."""
    return isinstance(value, str) and bool(_HEXADECIMAL.fullmatch(value)) and not value.isdigit()


def _place(value: object) -> bool:
    """Which row, with its version where it has one: ids, words and small numbers between bars."""
    return isinstance(value, str) and all(
        _id(each) or _word(each) or (each.isdigit() and len(each) < 6) for each in value.split("|")
    )


def _day(value: object) -> bool:
    return isinstance(value, str) and bool(_DAY.fullmatch(value))


def _words(value: object) -> bool:
    return isinstance(value, list | tuple) and all(_word(each) for each in value)


def _lines(value: object) -> bool:
    return isinstance(value, str)


#: The keys that a line may have beside `timestamp`, `level` and `event`, and what their values look like.
SHAPES: Mapping[str, Shape] = {
    "case": _id,
    "cases": _number,
    "channel": _word,
    "count": _number,
    "day": _day,
    "digest": _id,
    "document": _word,
    "entries": _number,
    "error": _word,
    "export": _id,
    "file": _id,
    "files": _number,
    "free": _number,
    "head": _id,
    "kind": _word,
    "logger": _word,
    "keys": _number,
    "left": _number,
    "lost": _number,
    "orphans": _number,
    "places": _words,
    "programme": _word,
    "row": _place,
    "rows": _number,
    "run_out": _number,
    "says": _word,
    "seconds": _number,
    "size": _number,
    "table": _word,
    "trace": _lines,
    "tried": _number,
    "wanted": _number,
    "what": _word,
    "where": _word,
    "why": _word,
    "work": _word,
}
_ALWAYS = ("timestamp", "level", "event")

#: What libraries log in words of theirs alone, by how that begins; all else they say is left out.
_SAYINGS = {
    "Task exception was never retrieved": "never_retrieved",
    "Future exception was never retrieved": "never_retrieved",
    "Task was destroyed but it is pending": "task_destroyed",
    "Unclosed": "unclosed",
    "Executing": "slow_callback",
}


def masked(text: str) -> str:
    """A text without what looks like an ID number, a telephone or an address of electronic mail."""
    return _PRIVATE.sub("***", text)


def _counted(_logger: WrappedLogger, method: str, line: EventDict) -> EventDict:
    """Lines that tell of something wrong are figures, too."""
    if line.get("level") in ("warning", "error", "critical") and _word(line.get("event")):
        FAULTS.labels(line["event"], line["level"]).inc()
    return line


def listed(_logger: WrappedLogger, _method: str, line: EventDict) -> EventDict:
    """A line with what is on the list and looks as it should."""
    safe_line: EventDict = {name: line[name] for name in _ALWAYS if name in line}
    if not _word(safe_line.get("event")):
        safe_line["event"] = _HIDDEN
    for name, shape in SHAPES.items():
        value = line.get(name)
        if value is not None:
            safe_line[name] = value if shape(value) else _HIDDEN
    if "trace" in safe_line:
        safe_line["trace"] = masked(safe_line["trace"])
    return safe_line


def _faults(_logger: WrappedLogger, _method: str, line: EventDict) -> EventDict:
    """An exception as its type and the lines of code."""
    raised = line.pop("exc_info", None)
    error = sys.exc_info()[1] if raised is True else raised[1] if isinstance(raised, tuple) else raised
    if isinstance(error, BaseException):
        line["error"], line["trace"] = type(error).__name__, trace_of(error)
    return line


def _for_people(_logger: WrappedLogger, _method: str, line: EventDict) -> EventDict:
    """Lines of code below the line that tells of them."""
    if "trace" in line:
        line["exception"] = line.pop("trace").rstrip()
    return line


def configure(style: Style = "auto", stream: TextIO | None = None) -> None:
    """Log to a stream, by default the standard error stream, one way for all that this process logs.

    `json` is an object a line; `text` is for people; `auto` the latter on a terminal.
    """
    shown = (stream or sys.stderr).isatty()
    last: tuple[Processor, ...] = (structlog.processors.JSONRenderer(ensure_ascii=False),)
    if style == "text" or (style == "auto" and shown):
        last = (_for_people, structlog.dev.ConsoleRenderer(colors=shown))
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _faults,
            listed,
            _counted,
            *last,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=lambda *_: structlog.WriteLogger(stream or sys.stderr),
        cache_logger_on_first_use=False,
    )
    libraries = logging.getLogger()
    if not any(isinstance(each, _Theirs) for each in libraries.handlers):
        libraries.addHandler(_Theirs())


def hook() -> None:
    """Let what nobody catches in this process be logged the same way: Python's own prints messages of exceptions."""
    warnings.showwarning = _warned
    threading.excepthook = _thread_failed
    sys.unraisablehook = _unraisable


class _Theirs(logging.Handler):
    """What libraries log: who and where, and what was raised; their words only where those are theirs alone."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)

    def emit(self, record: logging.LogRecord) -> None:
        """Tell of a record."""
        try:
            words = str(record.msg)
            says = next((code for begins, code in _SAYINGS.items() if words.startswith(begins)), None)
            where = f"{record.module}.{record.funcName}:{record.lineno}"
            error = record.exc_info[1] if record.exc_info else None
            fields = {"logger": record.name, "where": where, "says": says, "exc_info": error}
            log.log(max(record.levelno, logging.WARNING), "library.said", **fields)
        except Exception:
            self.handleError(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's own name
        """Nobody is told with what: logging's own way prints the record's arguments."""


def _warned(  # noqa: PLR0913, PLR0917 - as `warnings` calls it
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,
    line: str | None = None,
) -> None:
    log.warning("python.warning", error=category.__name__, where=f"{filename.rsplit('/', 1)[-1]}:{lineno}")


def _thread_failed(failed: threading.ExceptHookArgs) -> None:
    if failed.exc_value is not None:
        log.error("thread.failed", exc_info=failed.exc_value)


def _unraisable(failed: sys.UnraisableHookArgs) -> None:
    if failed.exc_value is not None:
        log.error("python.unraisable", exc_info=failed.exc_value)
