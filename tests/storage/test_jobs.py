"""A job says what is to be done and to which row; whether it is still to be done says the row."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from storage import jobs, outbox
from storage.database import Database
from storage.migrations import upgrade
from storage.unit import Unit
from tests.storage.rings import kept_at

NOW = datetime(2026, 6, 15, 4, tzinfo=UTC)
LEASE = timedelta(minutes=1)


class Hand:
    """Takes jobs of one kind, in order."""

    def __init__(self) -> None:
        self.took: list[str] = []
        self._more = asyncio.Event()

    async def has(self, *identifiers: str) -> None:
        """Wait until it took these, in whatever order, and nothing else."""
        async with asyncio.timeout(20):
            while len(self.took) < len(identifiers):
                self._more.clear()
                await self._more.wait()
        assert sorted(self.took) == sorted(identifiers)

    @asynccontextmanager
    async def works(self, url: str, work: str = "deliver") -> AsyncIterator[None]:
        from pgqueuer.qm import QueueManager

        async with jobs.connected(url, "hands") as connection:
            queue = QueueManager(jobs.queue(connection), jobs.channel())

            @queue.entrypoint(work)
            async def take(job: object) -> None:
                self.took.append(bytes(job.payload).decode())  # type: ignore[attr-defined]  # PgQueuer's job
                self._more.set()

            running = asyncio.create_task(queue.run(batch_size=5))
            try:
                yield
            finally:
                queue.shutdown.set()
                await running


async def until(so: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not so():  # noqa: ASYNC110 - two hands set it
            await asyncio.sleep(0.02)


@pytest.fixture
def address(postgresql: Callable[..., str], postgresql_up_to_date: str) -> str:
    return postgresql(postgresql_up_to_date)


@pytest.fixture
async def kept(address: str) -> AsyncIterator[Database]:
    kept = kept_at(address)
    yield kept
    kept.close()


async def test_on_sqlite_there_are_no_jobs_and_nobody_minds(tmp_path: object) -> None:
    url = f"sqlite:///{tmp_path}/jiangjian.sqlite"
    upgrade(url)
    kept = kept_at(url)
    await kept.run(lambda unit: jobs.put(unit, "deliver", "1"))
    await kept.run(lambda unit: jobs.prune(unit, NOW))
    kept.close()
    assert not jobs.many_machines(url)


async def test_a_job_is_there_once_its_unit_is_and_only_then(kept: Database, address: str) -> None:
    def fails(unit: Unit) -> None:
        jobs.put(unit, "deliver", "never")
        raise RuntimeError

    hand = Hand()
    async with hand.works(address):
        with pytest.raises(RuntimeError):
            await kept.run(fails)
        await kept.run(lambda unit: jobs.put(unit, "deliver", "1"))
        await kept.run(lambda unit: jobs.put(unit, "export", "another kind"))
        await hand.has("1")


_OPENED = """
import sys
from tests.storage.rings import kept_at

kept_at(sys.argv[1]).close()
print("pgqueuer.queries" in sys.modules)
"""


@pytest.mark.parametrize("many_machines", [True, False])
async def test_what_puts_in_jobs_is_loaded_before_threads_do_so_at_once(
    address: str, tmp_path: Path, many_machines: bool
) -> None:
    """Its modules import each other in a ring: a thread that comes while another loads them finds one half made."""
    url = address if many_machines else f"sqlite:///{tmp_path}/kept.sqlite"
    words = (sys.executable, "-c", _OPENED, url)
    process = await asyncio.create_subprocess_exec(*words, stdout=asyncio.subprocess.PIPE)
    told, _ = await process.communicate()
    assert told.decode().strip() == str(many_machines)


async def test_of_two_hands_one_takes_it(kept: Database, address: str) -> None:
    one, other = Hand(), Hand()
    async with one.works(address), other.works(address):
        for number in range(40):
            await kept.run(partial(jobs.put, work="deliver", identifier=str(number)))
        await until(lambda: len(one.took) + len(other.took) == 40)
    assert sorted(one.took + other.took) == sorted(map(str, range(40)))


async def test_of_those_with_a_key_one_waits(kept: Database, address: str) -> None:
    for _ in range(3):
        await kept.run(lambda unit: jobs.put(unit, "deliver", "1", key="deliver 1"))
    hand = Hand()
    async with hand.works(address):
        await hand.has("1")
        await kept.run(lambda unit: jobs.put(unit, "deliver", "last", key="deliver last"))
        await hand.has("1", "last")


async def test_an_item_that_is_not_due_or_in_other_hands_comes_again(kept: Database, address: str) -> None:
    now = datetime.now(UTC)
    await kept.run(lambda unit: outbox.enqueue(unit, "told", "k", {}, now))
    (item,) = await kept.run(lambda unit: outbox.claim(unit, now, timedelta(seconds=3), 10))
    hand = Hand()
    assert await kept.run(lambda unit: outbox.claim_one(unit, item.id, now, LEASE)) is None
    async with hand.works(address):
        await hand.has(str(item.id), str(item.id))  # as it was put in, and once the other's lease is over
    taken = await kept.run(lambda unit: outbox.claim_one(unit, item.id, now + LEASE, LEASE))
    assert taken and taken.attempts == 2
    assert await kept.run(lambda unit: outbox.settle(unit, taken, "7"))
    assert await kept.run(lambda unit: outbox.claim_one(unit, item.id, now + 3 * LEASE, LEASE)) is None


async def test_what_no_job_tells_of_is_found_in_the_ledger(kept: Database, address: str) -> None:
    now = datetime.now(UTC)
    hand = Hand()
    async with hand.works(address):
        await kept.run(lambda unit: outbox.enqueue(unit, "told", "k", {}, now))
        await hand.has("1")  # and did nothing: its machine went
        assert await kept.run(lambda unit: outbox.missed(unit, now)) == (), "not at once"
        for _ in range(2):
            assert await kept.run(lambda unit: outbox.missed(unit, now + 2 * LEASE)) == (1,)
        await hand.has("1", "1")


async def test_what_was_done_is_forgotten_after_a_while(kept: Database, address: str) -> None:
    hand = Hand()
    async with hand.works(address):
        await kept.run(lambda unit: jobs.put(unit, "deliver", "1"))
        await hand.has("1")
    later = datetime.now(UTC) + timedelta(minutes=1)
    await kept.run(lambda unit: jobs.prune(unit, later))
    count = "SELECT count(*) FROM jobs.pgqueuer_log"
    assert await kept.run(lambda unit: unit.connection.exec_driver_sql(count).scalar_one()) == 0


async def test_two_processes_may_prepare_at_once(postgresql: Callable[..., str]) -> None:
    url = postgresql()
    await asyncio.gather(*(asyncio.to_thread(upgrade, url) for _ in range(3)))
    kept = kept_at(url)
    await kept.run(lambda unit: jobs.put(unit, "deliver", "1"))
    kept.close()
