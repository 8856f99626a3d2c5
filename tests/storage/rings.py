"""Keyrings for tests: beside an SQLite database, as in a data directory, and within a PostgreSQL database of a test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import make_url

from storage.database import Database
from storage.keyring import Keyring, Master

MASTER = "6a" * 32


def ring(url: str) -> Keyring:
    """The keyring of a database: where a service finds it whose data directory that is, with its master key."""
    address = make_url(url)
    if address.get_backend_name() != "sqlite":
        return Keyring(url, lambda: Master.read(MASTER))
    home = Path(str(address.database)).parent
    key = home / "master.key"
    if not key.exists():
        key.write_text(MASTER)
    return Keyring(f"sqlite:///{home / 'keys.sqlite'}", lambda: Master.read(key.read_text()))


class Kept(Database):
    """A database with a keyring of its own, which is closed with it."""

    def close(self) -> None:
        super().close()
        self.keyring.close()


def kept_at(url: str) -> Database:
    """A database, up to date, as a service opens it."""
    return Kept(url, ring(url))


@pytest.fixture
def keyring(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Keyring]:
    """A keyring, away from everything else."""
    with closing(ring(f"sqlite:///{tmp_path_factory.mktemp('keys')}/any.sqlite")) as opened:
        yield opened
