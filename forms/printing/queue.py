"""What waits for a worker: in which order people's jobs are taken, and that nobody's hundred hold up another's first."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import Future
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import count
from threading import Condition

#: So many of the more urgent jobs in a row, then one that is less urgent: neither holds up the other for good.
_IN_A_ROW = 3


class Urgency(IntEnum):
    """How soon somebody hears of it. The lowest number goes first."""

    INSPECTION = 0  # whether a file was taken
    ASKED = 1  # something to look at, which a person has opened
    AHEAD = 2  # nobody has asked yet: only what is left over


@dataclass
class Errand:
    """Whose job it is (a person or a session) and how urgent; the latter may change while it waits.

    One errand may need several jobs, one after the other. `begun` is set once a worker has taken the first of them.
    """

    whose: str = ""
    urgency: Urgency = Urgency.ASKED
    begun: bool = False


@dataclass(eq=False)
class Job:
    """One call for a worker, pickled, and who waits for its answer. Cancelling `answer` takes it out of the queue."""

    call: bytes
    errand: Errand
    answer: Future[bytes] = field(default_factory=Future)


class Queue:
    """Jobs in order. People take turns: who has none under way and whose last one ended longest ago goes first."""

    def __init__(self) -> None:
        self._waiting: list[Job] = []
        self._under_way: Counter[str] = Counter()
        self._turn: dict[str, int] = {}
        self._turns = count()
        self._in_a_row = 0
        self._closed = False
        self._changed = Condition()

    def __len__(self) -> int:
        return len(self._waiting)

    def put(self, job: Job) -> None:
        """Let a job wait; cancelled at once where the queue is closed."""
        with self._changed:
            if not self._closed:
                self._turn.setdefault(job.errand.whose, next(self._turns))
                self._waiting.append(job)
                self._changed.notify()
        if self._closed:
            job.answer.cancel()
        job.answer.add_done_callback(lambda _: self._drop(job))

    def take(self) -> Job | None:
        """The next job, waited for; None once the queue is closed. `done` is to be called for it."""
        with self._changed:
            while True:
                self._changed.wait_for(lambda: self._waiting or self._closed)
                if self._closed:
                    return None
                job = self._next()
                self._waiting.remove(job)
                if job.answer.set_running_or_notify_cancel():
                    job.errand.begun = True
                    self._under_way[job.errand.whose] += 1
                    return job
                self._leave(job.errand.whose)

    def done(self, job: Job) -> None:
        """A job that was taken has ended: its person goes behind all who wait now."""
        with self._changed:
            whose = job.errand.whose
            self._under_way[whose] -= 1
            self._turn[whose] = next(self._turns)
            self._leave(whose)

    def close(self) -> None:
        """Cancel what waits and let nobody wait any longer."""
        with self._changed:
            self._closed = True
            left, self._waiting = self._waiting, []
            self._changed.notify_all()
        for job in left:
            job.answer.cancel()

    def _next(self) -> Job:
        """Urgent ones first, but every fourth place goes to what somebody asked for less urgently."""
        lanes = {job.errand.urgency for job in self._waiting}
        lane = min(lanes)
        if lane is Urgency.INSPECTION and Urgency.ASKED in lanes:
            self._in_a_row = (self._in_a_row + 1) % (_IN_A_ROW + 1)
            lane = Urgency.INSPECTION if self._in_a_row else Urgency.ASKED
        ready = [job for job in self._waiting if job.errand.urgency is lane]
        return min(ready, key=lambda job: (self._under_way[job.errand.whose], self._turn[job.errand.whose]))

    def _drop(self, job: Job) -> None:
        """Where its answer was cancelled, nobody waits for a job any more."""
        with self._changed:
            if job in self._waiting:
                self._waiting.remove(job)
                self._leave(job.errand.whose)

    def _leave(self, whose: str) -> None:
        """Remember nobody who has nothing here."""
        if not self._under_way[whose]:
            del self._under_way[whose]
            if not any(job.errand.whose == whose for job in self._waiting):
                self._turn.pop(whose, None)
