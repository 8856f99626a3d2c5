"""A database that is only looked at: nothing is made or changed by that, neither by us nor by SQLite itself."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, NullPool, create_engine, event, make_url

#: Where a file of SQLite tells how it is written, and that it has a log beside it.
_MODE, _WRITE_AHEAD = 18, b"\x02"
_BUSY = 10.0


def only_read(url: str) -> Engine:
    """The SQLAlchemy engine of a database that nothing is done to."""
    address = make_url(url)
    if address.get_backend_name() == "postgresql":
        engine = create_engine(
            address.set(drivername="postgresql+psycopg"), poolclass=NullPool, hide_parameters=True
        )

        @event.listens_for(engine, "connect")
        def configure(connection: Any, _record: Any) -> None:
            connection.read_only = True

        return engine
    path = Path(str(address.database))
    return create_engine("sqlite://", creator=lambda: opened(path), poolclass=NullPool, hide_parameters=True)


def opened(path: Path) -> sqlite3.Connection:
    """A connection to a file of SQLite, which must be there. Raises sqlite3.Error.

    Where nobody has a database with a write-ahead log open, it has no files beside it, and a reader would make them: it is
    read as one that does not change then.
    """
    alone = writes_ahead(path) and not path.with_name(f"{path.name}-wal").exists()
    uri = f"{path.resolve().as_uri()}?mode=ro{'&immutable=1' if alone else ''}"
    return sqlite3.connect(uri, uri=True, timeout=_BUSY, isolation_level=None, check_same_thread=False)


def writes_ahead(path: Path) -> bool:
    """Whether a file of SQLite has a write-ahead log, as its head tells."""
    with path.open("rb") as file:
        file.seek(_MODE)
        return file.read(1) == _WRITE_AHEAD
