"""Jobs for whoever has a hand free, on whatever machine: on PostgreSQL by PgQueuer, in a schema of its own.

A job carries what is to be done and the id of a row, nothing else. The row's own table is the ledger: whether it is
still to be done, how often it was tried and by whom it is being done stand there. A job that is lost is found by a look
over the ledger, and one too many finds nothing to do.

On SQLite there are none: the one process looks into its ledgers by itself.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import make_url, text

from storage.unit import Unit

if TYPE_CHECKING:
    from pgqueuer.domain.settings import DBSettings
    from pgqueuer.domain.types import Channel
    from pgqueuer.queries import Queries
    from psycopg import AsyncConnection, Connection

#: What there is to do: an item of the outbox to deliver, an export to make, the documents of a case to print ahead.
Work = Literal["deliver", "export", "print"]

_SCHEMA = "jobs"
#: Any number will do, as long as every process that prepares uses the same.
_LOCK = 4_771_030
#: Seconds after which either side of a silent connection asks whether the other is still there, and gives it up.
_ASKS, _GIVES_UP = 10, 25


def many_machines(url: str) -> bool:
    """Whether a database serves several machines."""
    return make_url(url).get_backend_name() == "postgresql"


def at_hand() -> None:
    """Load all that units put jobs in with, where units have threads: those that import it at once find it half made."""
    import pgqueuer.adapters.persistence.qb
    import pgqueuer.domain.settings
    import pgqueuer.queries  # noqa: F401  # to have it loaded


def put(
    unit: Unit, work: Work, identifier: str, after: timedelta = timedelta(), key: str | None = None
) -> None:
    """Let somebody do it after so long, once this unit is durable. Of those with a `key` one waits at a time."""
    if unit.connection.dialect.name != "postgresql":
        return
    from pgqueuer.adapters.persistence.qb import QueryQueueBuilder
    from pgqueuer.queries import SyncQueries

    queries = SyncQueries(_Within(unit), QueryQueueBuilder(_settings()))
    queries.enqueue(
        work,
        identifier.encode(),
        execute_after=max(after, timedelta()),
        dedupe_key=key,
        on_conflict="skip",
    )


def until(due: datetime) -> timedelta:
    """How long it is until a moment, by the clock on the wall, which is the queue's."""
    return due - datetime.now(UTC)


def prune(unit: Unit, before: datetime) -> None:
    """Drop what is noted of jobs that were done before a moment: nobody asks for it."""
    if unit.connection.dialect.name != "postgresql":
        return
    for table in ("pgqueuer_log", "pgqueuer_statistics"):
        done = text(f"DELETE FROM {_SCHEMA}.{table} WHERE created < :before")  # noqa: S608 - names of our own
        unit.connection.execute(done, {"before": before})


def waiting(unit: Unit) -> dict[str, int]:
    """How many jobs wait, by what there is to do; none where there are no jobs at all."""
    there = (
        unit.connection.dialect.name == "postgresql"
        and unit.connection.execute(
            text("SELECT to_regclass(:table)"), {"table": f"{_SCHEMA}.pgqueuer"}
        ).scalar_one()
    )
    if not there:
        return {}
    queued = (
        f"SELECT entrypoint, count(*) FROM {_SCHEMA}.pgqueuer WHERE status = 'queued' GROUP BY entrypoint"  # noqa: S608 - names of our own
    )
    return {work: count for work, count in unit.connection.execute(text(queued))}  # noqa: C416 - rows are no pairs to the checker


def prepare(url: str) -> None:
    """Bring PgQueuer's own tables up to date, where the database has any. Several processes may call this at once."""
    if not many_machines(url):
        return
    with ThreadPoolExecutor(1) as elsewhere:  # the caller may be within a loop of its own
        elsewhere.submit(lambda: asyncio.run(_prepare(url))).result()


async def _prepare(url: str) -> None:
    async with connected(url, "start") as connection:
        queries = queue(connection)
        await connection.execute("SELECT pg_advisory_lock(%s)", (_LOCK,))
        if await queries.schema_is_installed():
            await queries.upgrade()
        else:
            await queries.install()


def queue(connection: AsyncConnection[Any]) -> Queries:
    """PgQueuer's view of its tables, for whoever takes jobs over this connection."""
    from pgqueuer.adapters.drivers.psycopg import PsycopgDriver
    from pgqueuer.adapters.persistence.qb import (
        QueryBuilderEnvironment,
        QueryQueueBuilder,
        QuerySchedulerBuilder,
    )
    from pgqueuer.queries import Queries

    settings = _settings()
    builders = QueryBuilderEnvironment(settings), QueryQueueBuilder(settings), QuerySchedulerBuilder(settings)
    return Queries(PsycopgDriver(connection), *builders)


def channel() -> Channel:
    """What PgQueuer calls its own notifications."""
    return _settings().channel


@asynccontextmanager
async def connected(url: str, purpose: str) -> AsyncIterator[AsyncConnection[Any]]:
    """A connection of its own to PostgreSQL, without transactions: for what listens. Raises `psycopg.OperationalError`.

    `purpose` is what the database's own list of connections calls it. A machine that goes without a word is noticed
    from both sides within half a minute.
    """
    from psycopg import AsyncConnection

    address = make_url(url).set(drivername="postgresql+psycopg")
    _, arguments = address.get_dialect()().create_connect_args(address)
    watch = {
        "application_name": f"jiangjian {purpose}",
        "keepalives_idle": _ASKS,
        "keepalives_interval": 5,
        "keepalives_count": 3,
        "tcp_user_timeout": _GIVES_UP * 1000,
    }
    async with await AsyncConnection.connect(autocommit=True, **{**watch, **arguments}) as connection:
        await connection.execute(f"SET tcp_keepalives_idle = {_ASKS}")
        await connection.execute("SET tcp_keepalives_interval = 5")
        await connection.execute("SET tcp_keepalives_count = 3")
        yield connection


def _settings() -> DBSettings:
    from pgqueuer.domain.settings import DBSettings

    return DBSettings(db_schema=_SCHEMA, prefix="")


class _Within:
    """PgQueuer's driver on a unit's connection: what is put in stands and falls with the unit."""

    def __init__(self, unit: Unit) -> None:
        raw: Connection[Any] | None = unit.connection.connection.driver_connection
        assert raw is not None  # noqa: S101 - it is open: the unit is under way
        self._raw = raw

    def fetch(self, query: str, *args: object) -> list[dict[str, object]]:
        from psycopg import RawCursor
        from psycopg.rows import dict_row

        with RawCursor(self._raw, row_factory=dict_row) as cursor:
            cursor.execute(query, args or None)
            return cursor.fetchall()
