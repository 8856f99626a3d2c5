"""How the tables came to be, one revision after the other, and how a start brings them up to date."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, make_url, text

from storage import jobs
from storage.database import open_engine

_HERE = Path(__file__).parent
#: Any number will do, as long as every process that migrates uses the same.
_LOCK = 4_771_029


def newest() -> str:
    """The revision that this code works with. File names begin with the revision's number."""
    return max(path.stem.split("_")[0] for path in (_HERE / "versions").glob("[0-9]*.py"))


def upgrade(url: str) -> None:
    """Bring the database at `url` up to date, jobs included; one that is takes a few queries.

    Makes the directory of an SQLite file. Several processes may call this at once.
    """
    address = make_url(url)
    if address.get_backend_name() == "sqlite" and address.database:
        Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    engine = open_engine(url, migrating=True)
    try:
        with engine.begin() as connection:
            if current(connection) != newest():
                migrate(connection, "head")
    finally:
        engine.dispose()
    jobs.prepare(url)


def empty(url: str) -> bool:
    """Whether there is no table at a database's address, so that it may be filled."""
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        path = Path(str(address.database))
        return not path.exists() or not path.stat().st_size
    engine = open_engine(url)
    try:
        with engine.connect() as connection:
            return not inspect(connection).get_table_names()
    finally:
        engine.dispose()


def current(connection: Connection) -> str | None:
    """The revision of a database; None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()


def migrate(connection: Connection, revision: str) -> None:
    """Go up or down to `revision` (“head”, “base” or a number) within the connection's transaction."""
    from alembic import command  # takes longer to import than an up-to-date start takes in all
    from alembic.config import Config

    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    config = Config()
    config.set_main_option("script_location", str(_HERE))
    config.attributes["connection"] = connection
    here = current(connection) or ""
    target = {"head": newest(), "base": ""}.get(revision, revision)
    (command.upgrade if target >= here else command.downgrade)(config, revision)
    if connection.dialect.name == "sqlite":
        dangling = connection.execute(text("PRAGMA foreign_key_check")).all()
        if dangling:
            raise ValueError(f"rows refer to others that are not there: {dangling[:3]}")
