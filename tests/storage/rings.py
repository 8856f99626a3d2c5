"""Keyrings for tests: beside an SQLite database, as in a data directory, and within a PostgreSQL database of a test."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

import pytest
from sqlalchemy import Text, cast, make_url, select, update

from storage import states as states_of
from storage.database import Database
from storage.keyring import Keyring, Master
from storage.sealed_columns import COLUMNS
from storage.sealing_rows import seal_some
from storage.tables import interview, metadata
from storage.unit import Unit

MASTER = "6a" * 32


def ring(url: str, home: Path | None = None) -> Keyring:
    """The keyring of a database: where a service finds it whose data directory is `home`, with its master key."""
    address = make_url(url)
    if home is None and address.get_backend_name() != "sqlite":
        return Keyring(url, lambda: Master.read(MASTER))
    home = home or Path(str(address.database)).parent
    key = home / "master.key"
    if not key.exists():
        key.write_text(MASTER)
    return Keyring(f"sqlite:///{home / 'keys.sqlite'}", lambda: Master.read(key.read_text()))


class Kept(Database):
    """A database with a keyring of its own, which is closed with it."""

    def close(self) -> None:
        super().close()
        self.keyring.close()


def kept_at(url: str, home: Path | None = None) -> Database:
    """A database, up to date, as a service opens it whose data directory is `home`."""
    return Kept(url, ring(url, home))


@pytest.fixture
def keyring() -> Iterator[Keyring]:
    """A keyring, away from everything else."""
    with TemporaryDirectory() as home, closing(ring(f"sqlite:///{home}/any.sqlite")) as opened:
        yield opened


def seal_what_is_plain(unit: Unit) -> None:
    """Seal what a test has put into rows as it stands."""
    for columns in COLUMNS:
        seal_some(unit, columns, None)


def states(unit: Unit) -> dict[str, str]:
    """What is kept of every interview, by id."""
    rows = unit.connection.execute(select(interview.c.id, interview.c.version, interview.c.state))
    return {row.id: states_of.text_of(unit, *row) for row in rows}


def respoken(unit: Unit, identifier: str, text: str) -> None:
    """Something else is kept of an interview, whatever it is."""
    here = interview.c.id == identifier
    version = unit.connection.execute(select(interview.c.version).where(here)).scalar_one()
    state = states_of.sealed(unit, identifier, version, text)
    unit.connection.execute(update(interview).where(here).values(state=state))


async def said(database: HasDatabase) -> dict[str, str]:
    """Everything that stands in the rows of a house, opened where it is sealed and its key is there, by table."""
    return await database.database.read(_said)


class HasDatabase(Protocol):
    """A house, as far as it is looked through."""

    @property
    def database(self) -> Database:
        """What it keeps."""
        ...


def _said(unit: Unit) -> dict[str, str]:
    found = {}
    for table in metadata.sorted_tables:
        rows = unit.connection.execute(select(*(cast(column, Text) for column in table.c)))
        found[table.name] = "\n".join(str(value) for row in rows for value in row)
    for columns in COLUMNS:
        for row in unit.connection.execute(select(columns.table)):
            for name in columns.names:
                held = row._mapping[columns.table.c[name]]
                opened = unit.sealed.glance(columns.what(name), columns.row(row), str(held or ""))
                found[columns.table.name] += f"\n{opened}"
    return {
        name: re.sub(r"\\u([0-9a-f]{4})", lambda each: chr(int(each[1], 16)), text)
        for name, text in found.items()
    }
