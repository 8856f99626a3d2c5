"""Hands that do jobs: they take them from PgQueuer, whatever machine they are on, and look over the ledgers for lost ones.

What a job is about says the ledger (`storage.jobs`). A hand that dies leaves a lease behind, which runs out; a job that
was done already is done at once. So a job never fails here: what goes wrong is the ledger's to count.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import structlog

from bot.courier import Courier
from bot.house.conversation import Conversation
from storage import jobs
from storage.jobs import Work

if TYPE_CHECKING:
    from pgqueuer.models import Job

log = structlog.get_logger(__name__)

#: Seconds between two looks over the ledgers, and longest before the queue is tried again.
_SWEEP, _PAUSE = 60.0, 3.0
#: After so long without a word of a hand's process its jobs are others', and so long a look for jobs may be off.
_SILENT, _LOOK = timedelta(seconds=30), timedelta(seconds=30)
#: Seconds that deliveries under way get to finish when we stop.
_PATIENCE = 10.0


@dataclass(frozen=True)
class Lane:
    """Jobs that are done beside one another, at most `most` at once; `patience` are the seconds they get at a stop."""

    does: Mapping[Work, Callable[[str], Awaitable[None]]]
    most: int
    patience: float = 0.0


def lanes(conversation: Conversation, courier: Courier) -> tuple[Lane, ...]:
    """What there is to do in a house. Long things stand in nobody's way."""
    return (
        Lane({"deliver": courier.deliver}, 20, _PATIENCE),
        Lane({"export": conversation.exports.make}, 2),
        Lane({"print": conversation.exports.ahead.make}, 2),
    )


class Hands:
    """The hands of one process. `url` is the database's."""

    def __init__(self, url: str, conversation: Conversation, courier: Courier) -> None:
        self._url = url
        self._conversation = conversation
        self._lanes = lanes(conversation, courier)

    async def run(self) -> None:
        """Do what there is to do until cancelled, whatever becomes of the database meanwhile."""
        async with asyncio.TaskGroup() as group:
            for lane in self._lanes:
                group.create_task(self._kept(lane))
            group.create_task(self._sweeping())

    async def sweep(self) -> None:
        """Let everything be done that no job tells of any more, and what nobody has asked for yet."""
        conversation = self._conversation
        lost = await conversation.post.missed() + await conversation.exports.missed()
        if lost:
            log.info("jobs.missed", count=lost)
        await conversation.exports.ahead.put()

    async def _sweeping(self) -> None:
        while True:
            await asyncio.sleep(random.uniform(0.5, 1) * _SWEEP)  # noqa: S311 - spreads, hides nothing
            try:
                await self.sweep()
            except Exception as error:  # the next time
                log.warning("jobs.not_swept", error=type(error).__name__)

    async def _kept(self, lane: Lane) -> None:
        while True:
            try:
                await self._work(lane)
            except Exception as error:
                log.warning("jobs.line_lost", error=type(error).__name__)
            await asyncio.sleep(random.uniform(0, _PAUSE))  # noqa: S311 - spreads tries, hides nothing

    async def _work(self, lane: Lane) -> None:
        from pgqueuer.qm import QueueManager

        under_way: set[asyncio.Future[None]] = set()
        async with jobs.connected(self._url, "hands") as connection:
            queue = QueueManager(jobs.queue(connection), jobs.channel())
            for work, does in lane.does.items():
                queue.entrypoint(work)(_doing(work, does, under_way))
            running = asyncio.ensure_future(
                queue.run(
                    batch_size=max(1, lane.most // 2),
                    max_concurrent_tasks=lane.most,
                    dequeue_timeout=_LOOK,
                    heartbeat_timeout=_SILENT,
                    shutdown_on_listener_failure=True,
                    log_aggregation_interval=timedelta(),
                )
            )
            try:
                await asyncio.shield(running)
            finally:
                queue.shutdown.set()
                if under_way:
                    await asyncio.wait(under_way, timeout=lane.patience)
                for each in under_way:
                    each.cancel()
                with suppress(Exception):
                    await running


def _doing(
    work: Work, does: Callable[[str], Awaitable[None]], under_way: set[asyncio.Future[None]]
) -> Callable[[Job], Awaitable[None]]:
    async def do(job: Job) -> None:
        doing = asyncio.ensure_future(does((job.payload or b"").decode()))
        under_way.add(doing)
        doing.add_done_callback(under_way.discard)
        await asyncio.wait({doing})
        if not doing.cancelled() and (error := doing.exception()):
            log.warning("jobs.not_done", work=work, error=type(error).__name__)

    return do
