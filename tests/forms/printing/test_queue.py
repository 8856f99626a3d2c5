"""Whose job comes next: people take turns, what is urgent goes first, who has gone waits no longer."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import closing

import pytest

from forms.printing.queue import Errand, Job, Queue, Urgency
from forms.printing.workers import Workers

INSPECTION, ASKED, AHEAD = Urgency


def puts(queue: Queue, whose: str, urgency: Urgency = ASKED, times: int = 1) -> list[Job]:
    jobs = [Job(f"{whose} {number}".encode(), Errand(whose, urgency)) for number in range(1, times + 1)]
    for job in jobs:
        queue.put(job)
    return jobs


def served(queue: Queue) -> list[str]:
    """Everything that waits, in the order in which one worker after the other takes it."""
    order = []
    while len(queue):
        job = queue.take()
        assert job
        order.append(job.call.decode())
        queue.done(job)
    return order


def test_a_hundred_jobs_hold_up_nobodys_first() -> None:
    queue = Queue()
    puts(queue, "anna", times=100)
    first = queue.take()
    assert first
    puts(queue, "ben", times=2)
    puts(queue, "carl")
    queue.done(first)
    assert served(queue)[:5] == ["ben 1", "carl 1", "anna 2", "ben 2", "anna 3"]


def test_one_person_may_use_what_nobody_else_needs() -> None:
    queue = Queue()
    puts(queue, "anna", times=3)
    assert [job.call for job in (queue.take(), queue.take()) if job] == [b"anna 1", b"anna 2"]
    puts(queue, "ben")
    third = queue.take()
    assert third
    assert third.call == b"ben 1", "who has none under way goes first"


def test_whether_a_file_was_taken_is_heard_before_a_backlog_is_printed() -> None:
    queue = Queue()
    puts(queue, "anna", ASKED, 50)
    puts(queue, "anna", AHEAD, 50)
    puts(queue, "ben", INSPECTION)
    assert served(queue)[0] == "ben 1"


def test_a_flood_of_inspections_leaves_every_fourth_place_to_printing() -> None:
    queue = Queue()
    puts(queue, "anna", INSPECTION, 100)
    puts(queue, "ben", ASKED, 2)
    order = served(queue)
    assert (order.index("ben 1"), order.index("ben 2")) == (3, 7)


def test_printing_ahead_goes_last_until_somebody_asks() -> None:
    queue = Queue()
    (ahead,) = puts(queue, "anna", AHEAD)
    puts(queue, "ben", ASKED, 3)
    taken = queue.take()
    assert taken
    assert taken.call == b"ben 1"
    ahead.errand.urgency = ASKED
    queue.done(taken)
    assert served(queue) == ["anna 1", "ben 2", "ben 3"]


def test_who_has_gone_waits_no_longer() -> None:
    queue = Queue()
    first, second = puts(queue, "anna", times=2)
    first.answer.cancel()
    assert len(queue) == 1
    taken = queue.take()
    assert taken is second
    assert taken.errand.begun
    assert not second.answer.cancel(), "a worker has begun it"
    queue.done(second)
    assert not queue._turn
    assert not queue._under_way


def test_a_closed_queue_takes_nothing() -> None:
    queue = Queue()
    (job,) = puts(queue, "anna")
    queue.close()
    assert queue.take() is None
    assert job.answer.cancelled()
    assert puts(queue, "anna")[0].answer.cancelled()


# With processes


@pytest.fixture
async def one() -> AsyncIterator[Workers]:
    with closing(Workers(1)) as worker:
        await worker.run(len, "warm")
        yield worker


async def begun(errand: Errand) -> None:
    while not errand.begun:  # noqa: ASYNC110  # set by the thread of a worker
        await asyncio.sleep(0.005)


async def test_a_waiting_job_goes_with_who_awaits_it(one: Workers) -> None:
    running = Errand("anna")
    sleeps = asyncio.create_task(one.run(time.sleep, 0.5, errand=running))
    await begun(running)
    waits = [asyncio.create_task(one.run(time.sleep, 600, errand=Errand("anna"))) for _ in range(100)]
    await asyncio.sleep(0)
    for task in waits:
        task.cancel()
    await asyncio.gather(*waits, return_exceptions=True)
    assert await one.run(len, "ben", errand=Errand("ben")) == 3
    await sleeps
    assert not len(one._queue)


async def test_a_running_job_is_finished_and_its_worker_lives_on(one: Workers) -> None:
    before, errand = one.pids, Errand("anna")
    runs = asyncio.create_task(one.run(time.sleep, 0.3, errand=errand))
    await begun(errand)
    runs.cancel()
    with pytest.raises(asyncio.CancelledError):
        await runs
    assert await one.run(len, "next") == 4
    assert one.pids == before
