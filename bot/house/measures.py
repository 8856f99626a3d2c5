"""What is counted while the house works, for Prometheus: how much and how long, never whose.

Labels have few values, all of them ours. What stands in the database is read when it is asked for (`bot.measuring`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

#: All of it; Python's own figures are not among it.
REGISTRY = CollectorRegistry()

_QUICK = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_SLOW = (0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 60)

TURNS = Counter(
    "jiangjian_turns",
    "Turns by door: answered, looked at, moved_on (it answered an older Screen), or failed with nothing saved",
    ("door", "outcome"),
    registry=REGISTRY,
)
TURN_SECONDS = Histogram(
    "jiangjian_turn_seconds",
    "From a turn to what follows from it, durable; without the way to the person",
    ("door",),
    buckets=_QUICK,
    registry=REGISTRY,
)
REPLAYS = Counter(
    "jiangjian_replays",
    "Messages that came once more after they were taken, and counted once",
    ("door",),
    registry=REGISTRY,
)
CONFLICTS = Counter(
    "jiangjian_database_conflicts",
    "Units that were done again since another one was first",
    registry=REGISTRY,
)
RENDER_SECONDS = Histogram(
    "jiangjian_render_seconds",
    "From a document being wanted to its PDF, waiting for a worker included, by outcome: printed or failed",
    ("outcome",),
    buckets=_SLOW,
    registry=REGISTRY,
)
FAULTS = Counter(
    "jiangjian_log_lines",
    "Lines of the log from warnings up, by event",
    ("event", "level"),
    registry=REGISTRY,
)

# Read when somebody asks.

UP = Gauge("jiangjian_database_up", "Whether the database answered just now", registry=REGISTRY)
OUTBOX = Gauge(
    "jiangjian_outbox",
    "What others are to learn: waiting, due by now, dead letters",
    ("state",),
    registry=REGISTRY,
)
OUTBOX_AGE = Gauge(
    "jiangjian_outbox_oldest_seconds", "For how long the oldest item is due; 0: none is", registry=REGISTRY
)
EXPORTS = Gauge("jiangjian_exports", "Exports by state", ("state",), registry=REGISTRY)
JOBS = Gauge(
    "jiangjian_jobs",
    "Jobs that wait for a hand on any machine, by what there is to do",
    ("work",),
    registry=REGISTRY,
)
QUEUE = Gauge("jiangjian_render_queue", "Jobs that wait for a worker of this process", registry=REGISTRY)
PAGES = Gauge(
    "jiangjian_web_pages", "Pages of the web chat that are connected to this process", registry=REGISTRY
)
FILES = Gauge("jiangjian_files", "Files of people that are stored", registry=REGISTRY)
FILES_BYTES = Gauge("jiangjian_files_bytes", "Bytes of them", registry=REGISTRY)
FREE_BYTES = Gauge(
    "jiangjian_files_free_bytes",
    "Bytes that may still be stored; below 0: files are refused",
    registry=REGISTRY,
)


@contextmanager
def turn(door: str, looks: bool, moved_on: type[Exception]) -> Iterator[None]:
    """Count a Turn and how long it takes. `looks`: it brings nothing; `moved_on` is no fault, but an answer."""
    outcome, began = "failed", perf_counter()
    try:
        yield
        outcome = "looked" if looks else "answered"
    except moved_on:
        outcome = "moved_on"
        raise
    finally:
        TURNS.labels(door, outcome).inc()
        TURN_SECONDS.labels(door).observe(perf_counter() - began)


@contextmanager
def rendering() -> Iterator[None]:
    """Count a document and how long it takes to print."""
    outcome, began = "failed", perf_counter()
    try:
        yield
        outcome = "printed"
    finally:
        RENDER_SECONDS.labels(outcome).observe(perf_counter() - began)
