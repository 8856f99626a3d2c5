"""The database: short synchronous work, one transaction per call, never in the event loop.

SQLite is written by one thread that takes what waits and commits it together, and read beside it: the loop never
waits for the disk, and one wait for the disk serves all who came meanwhile (docs/decisions/0001). PostgreSQL is worked
by as many threads as there are connections.
"""

from __future__ import annotations

import asyncio
import queue
import sqlite3
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any, Protocol, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError, IntegrityError, InternalError, OperationalError

from storage import jobs
from storage.conflicts import Conflict, ReadOnly
from storage.keyring import Keyring
from storage.sealed import Sealing
from storage.unit import Unit

T = TypeVar("T")
Work = Callable[[Unit], T]
_Sealed = Callable[[], Sealing]

#: How many units one commit may serve: bounds how long the first of them waits for the last.
_TOGETHER = 32
#: Threads that work PostgreSQL; each has at most one connection that writes open, and one that reads.
_CONNECTIONS = 8
#: Threads that read from SQLite.
_READERS = 2
#: Milliseconds to wait while another process (backup, command line) writes to the same SQLite file.
_BUSY = 10_000
_PRAGMAS = (f"busy_timeout={_BUSY}", "synchronous=FULL", "foreign_keys=ON")
#: Seconds between tries to turn a new file to write-ahead logging while others do the same.
_WAL_PAUSE = 0.05


class _Worker(Protocol):
    async def run(self, work: Work[T]) -> T: ...

    async def read(self, work: Work[T]) -> T: ...

    def close(self) -> None: ...


class Database:
    """Where everything is kept. `url` is `sqlite:///path` or `postgresql://…`; its tables must be up to date.

    What people said is sealed under keys of the `keyring`, which stays open when the database is closed.
    """

    def __init__(self, url: str, keyring: Keyring, sealing: type[Sealing] = Sealing) -> None:
        engine = open_engine(url)

        def sealed() -> Sealing:
            return sealing(keyring)

        sqlite = engine.dialect.name == "sqlite"
        self.keyring = keyring
        self._worker: _Worker = _Sqlite(url, engine, sealed) if sqlite else _Pool(url, engine, sealed)

    async def run(self, work: Work[T]) -> T:
        """Do `work` in one transaction, elsewhere than in the loop, and give its result once it is durable.

        What `work` raises is raised here, and nothing of it is kept. Rows that another unit wrote first raise
        `Conflict`: run the work again. `work` may not wait for anything but the database.
        """
        return await self._worker.run(work)

    async def read(self, work: Work[T]) -> T:
        """As `run`, for work that only reads: beside whoever writes, in a transaction that sees what is durable.

        Work that has to write something after all is done once more by `run`.
        """
        try:
            return await self._worker.read(work)
        except ReadOnly:
            return await self.run(work)

    def close(self) -> None:
        """Finish what was handed in and let go of the database; `run` raises RuntimeError from now on."""
        self._worker.close()


def open_engine(url: str, *, migrating: bool = False, **more: Any) -> Engine:
    """The SQLAlchemy engine for a database URL, with the settings that durability needs.

    While `migrating`, SQLite does not mind rows that refer to a table which is being made anew. `more` is for PostgreSQL.
    """
    address = make_url(url)
    if address.get_backend_name() == "postgresql":
        return create_engine(
            address.set(drivername="postgresql+psycopg"),
            pool_size=_CONNECTIONS,
            max_overflow=0,
            hide_parameters=True,  # what people said stands in no exception's words
            **more,
        )
    return _sqlite(address, "PRAGMA foreign_keys=OFF" if migrating else "")


def _sqlite(address: URL, pragma: str = "", begin: str = "BEGIN IMMEDIATE") -> Engine:
    # isolation_level None: the driver begins nothing by itself. A deferred BEGIN that turns writer half way can
    # fail at once on another writer; an immediate one waits for its turn.
    arguments = {"check_same_thread": False, "isolation_level": None}
    engine = create_engine(address, connect_args=arguments, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def configure(connection: Any, _record: Any) -> None:
        connection.text_factory = _text
        for each in _PRAGMAS:
            connection.execute(f"PRAGMA {each}")
        _write_ahead(connection)
        connection.execute(pragma)

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def _text(stored: bytes) -> str:
    """What a row holds as text, also where it is none: an odd row keeps nobody out."""
    return stored.decode("utf-8", "replace")


def _write_ahead(connection: Any) -> None:
    """The mode stays with the file. SQLite itself does not wait for others while it changes it."""
    patience = time.monotonic() + _BUSY / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError:
            if time.monotonic() > patience:
                raise
            time.sleep(_WAL_PAUSE)


def _done(unit: Unit, work: Work[T]) -> T:
    try:
        return work(unit)
    except IntegrityError as error:
        raise Conflict("another unit wrote this row first") from error
    except OperationalError as error:
        if getattr(error.orig, "sqlstate", None) in _YIELD:
            raise Conflict("another unit was in the way") from error
        if getattr(error.orig, "sqlite_errorcode", None) == sqlite3.SQLITE_READONLY:
            raise ReadOnly from error
        raise
    except InternalError as error:
        if getattr(error.orig, "sqlstate", None) == _READ_ONLY:
            raise ReadOnly from error
        raise


def _looked(unit: Unit, work: Work[T]) -> T:
    result = _done(unit, work)
    if unit.sealed.pending:  # what it sealed is nowhere, and neither may its key be
        raise ReadOnly
    return result


def is_full(error: BaseException) -> bool:
    """Whether the database says that its disk is full."""
    cause = getattr(error, "orig", None)
    return (
        getattr(cause, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL
        or getattr(cause, "sqlstate", None) == _DISK_FULL
    )


#: PostgreSQL's disk_full.
_DISK_FULL = "53100"
#: PostgreSQL's deadlock_detected and serialization_failure.
_YIELD = ("40P01", "40001")


#: PostgreSQL's read_only_sql_transaction.
_READ_ONLY = "25006"


class _Job:
    """Work that waits for the writer, and the future that waits for the work."""

    def __init__(self, work: Work[Any]) -> None:
        self.work = work
        self.loop = asyncio.get_running_loop()
        self.future: asyncio.Future[Any] = self.loop.create_future()
        self.result: Any = None
        self.error: BaseException | None = None

    def settle(self) -> None:
        """Tell the future, unless whoever waited for it has gone."""
        if not self.future.done():
            if self.error is None:
                self.future.set_result(self.result)
            else:
                self.future.set_exception(self.error)


class _Sqlite:
    """One thread with the one connection that writes to SQLite, and a few that read beside it."""

    def __init__(self, url: str, engine: Engine, sealed: _Sealed) -> None:
        self._engine = engine
        self._sealed = sealed
        self._reading = _sqlite(make_url(url), "PRAGMA query_only=ON", "BEGIN")
        self._readers = ThreadPoolExecutor(_READERS, thread_name_prefix="sqlite-reader")
        self._waiting: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._closed = False
        self._thread = threading.Thread(target=self._work, name="sqlite-writer", daemon=True)
        self._thread.start()

    async def run(self, work: Work[T]) -> T:
        if self._closed:
            raise RuntimeError("the database is closed")
        job = _Job(work)
        self._waiting.put(job)
        result: T = await job.future
        return result

    async def read(self, work: Work[T]) -> T:
        if self._closed:
            raise RuntimeError("the database is closed")
        return await asyncio.get_running_loop().run_in_executor(self._readers, self._look, work)

    def close(self) -> None:
        self._closed = True
        self._waiting.put(None)
        self._thread.join()
        self._readers.shutdown()
        self._reading.dispose()
        self._engine.dispose()

    def _look(self, work: Work[T]) -> T:
        with self._reading.begin() as connection:
            return _looked(Unit(connection, self._sealed()), work)

    def _work(self) -> None:
        with self._engine.connect() as connection:
            while (jobs := self._next()) is not None:
                unit = Unit(connection, self._sealed())
                try:
                    with connection.begin():
                        self._together(unit, jobs)
                        unit.sealed.settle()
                    unit.sealed.committed()
                except Exception as error:  # the thread lives on: whoever waits is told
                    for job in jobs:
                        job.error = job.error or error
                    with suppress(sqlite3.Error):  # a COMMIT that fails leaves the transaction open
                        connection.connection.rollback()
                for job in jobs:
                    if not job.loop.is_closed():
                        job.loop.call_soon_threadsafe(job.settle)

    def _next(self) -> list[_Job] | None:
        first = self._waiting.get()
        if first is None:
            return None
        jobs = [first]
        while len(jobs) < _TOGETHER and not self._waiting.empty():
            job = self._waiting.get()
            if job is None:
                self._waiting.put(None)
                break
            jobs.append(job)
        return jobs

    @staticmethod
    def _together(unit: Unit, jobs: list[_Job]) -> None:
        """Each job in a savepoint of its own: one that fails takes no other with it."""
        if len(jobs) == 1:
            jobs[0].result = _done(unit, jobs[0].work)
            return
        for job in jobs:
            before = unit.sealed.mark()
            unit.connection.exec_driver_sql("SAVEPOINT job")
            try:
                job.result = _done(unit, job.work)
            except Exception as error:
                job.error = error
                unit.connection.exec_driver_sql("ROLLBACK TO job")
                unit.sealed.back(before)
            unit.connection.exec_driver_sql("RELEASE job")


class _Gone(Exception):  # noqa: N818  # nothing of it was kept: the unit is done once more
    """The connection was lost before anything was committed; `lost` is how it was told."""

    def __init__(self, lost: DBAPIError) -> None:
        super().__init__(str(lost))
        self.lost = lost


class _Pool:
    """Threads that each take a connection to PostgreSQL.

    What only reads needs no transaction: under READ COMMITTED each of its statements sees what is durable when it begins,
    inside one or not. So it has connections of its own, on which every statement stands alone and the server refuses to
    write. No connection is tried before it is used; a unit whose connection turns out to be lost is done once more.
    """

    def __init__(self, url: str, engine: Engine, sealed: _Sealed) -> None:
        from psycopg import ServerCursor  # nothing that works on SQLite needs it
        from psycopg.pq import TransactionStatus

        jobs.at_hand()
        self._engine = engine
        self._sealed = sealed
        self._reading = open_engine(url, isolation_level="AUTOCOMMIT")
        self._threads = ThreadPoolExecutor(_CONNECTIONS, thread_name_prefix="postgresql")

        @event.listens_for(self._reading, "connect")
        def configure(connection: Any, _record: Any) -> None:
            connection.autocommit = True
            connection.execute("SET default_transaction_read_only = on")

        @event.listens_for(self._reading, "before_cursor_execute")
        def opens(connection: Connection, cursor: Any, *_: Any) -> None:
            # What is read page by page stands in a transaction at the server; it ends with the unit.
            driver: Any = connection.connection.driver_connection
            if isinstance(cursor, ServerCursor) and driver.info.transaction_status == TransactionStatus.IDLE:
                driver.execute("BEGIN")

    async def run(self, work: Work[T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(
            self._threads, self._again, self._transact, work
        )

    async def read(self, work: Work[T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._again, self._look, work)

    def close(self) -> None:
        self._threads.shutdown()
        self._reading.dispose()
        self._engine.dispose()

    @staticmethod
    def _again(how: Callable[[Work[T]], T], work: Work[T]) -> T:
        with suppress(_Gone):
            return how(work)
        try:
            return how(work)  # the pool has let go of all that were open
        except _Gone as gone:
            raise gone.lost from None

    def _transact(self, work: Work[T]) -> T:
        with self._engine.begin() as connection:
            unit = Unit(connection, self._sealed())
            result = _connected(lambda: _done(unit, work))
            unit.sealed.settle()
        unit.sealed.committed()
        return result

    def _look(self, work: Work[T]) -> T:
        with self._reading.connect() as connection:
            return _connected(lambda: _looked(Unit(connection, self._sealed()), work))


def _connected(work: Callable[[], T]) -> T:
    """What the work comes to. Raises _Gone where its connection was lost."""
    try:
        return work()
    except DBAPIError as error:
        if error.connection_invalidated:
            raise _Gone(error) from error
        raise
