"""A database as it was at one moment, in files, taken while people write; and a database that is empty filled from it.

SQLite gives a copy of its file in one step. PostgreSQL gives every table by COPY in one transaction of one snapshot: that
needs no program of the server's version on this machine, and the tables are made by our own migrations when it is filled
(docs/decisions/0019).
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Mapping, Sequence, Set
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from psycopg import sql
from sqlalchemy import Connection, inspect, make_url, text

from storage.database import open_engine
from storage.durable import flush, new
from storage.exports import lies_at
from storage.migrations import migrate, newest

_LITE, _TABLES = "database.sqlite", "tables.json"
#: Tables that are nobody's words: what a queue holds follows from the ledgers, the version is told beside.
_NOT_TAKEN = ("alembic_version", "pgqueuer")
_BLOCK = 1 << 20


class Unfit(Exception):  # noqa: N818 - told to the operator in one line
    """What lies there cannot be filled, or not from this. Says why, in English."""


@dataclass(frozen=True)
class Snapshot:
    """A database in files: their names, and at which revision it was (“”: it has none).

    `files` are the files that it names, as they lie below the directory of files; `token` opens with its keyring alone
    (“”: its rows are not sealed).
    """

    revision: str
    parts: tuple[str, ...]
    files: tuple[str, ...] = ()
    token: str = ""


def take(url: str, into: Path) -> Snapshot:
    """Write a database's state at this moment into a directory that stands. Raises SQLAlchemyError and OSError."""
    if make_url(url).get_backend_name() == "sqlite":
        return _take_file(str(make_url(url).database), into)
    engine = open_engine(url)
    try:
        with engine.connect() as connection, connection.begin():
            connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"))
            return _take_tables(connection, into)
    finally:
        engine.dispose()


def _take_file(database: str, into: Path) -> Snapshot:
    path = into / _LITE
    if not Path(database).exists():
        raise FileNotFoundError(2, "there is no database", database)
    path.touch(mode=0o600)
    with closing(sqlite3.connect(database, timeout=60)) as source, closing(sqlite3.connect(path)) as copy:
        try:
            source.backup(copy, pages=-1)  # by pages it begins anew whenever somebody writes
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, and none beside it
            sound = str(copy.execute("PRAGMA integrity_check").fetchone()[0]).split("\n", 1)[0]
        except sqlite3.OperationalError:
            raise  # it is locked, or the disk is full
        except sqlite3.DatabaseError as error:
            sound = str(error)
        if sound != "ok":
            raise Unfit(f"the database is damaged ({sound}): go back to the last backup")
        tables = {name for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        return _told(lambda query: copy.execute(query).fetchall(), tables, (_LITE,))


def _take_tables(connection: Connection, into: Path) -> Snapshot:
    looked = inspect(connection)
    raw = connection.connection.cursor()
    kept: dict[str, list[str]] = {}
    for name in _in_order(connection):
        kept[name] = [str(column["name"]) for column in looked.get_columns(name)]
        with new(into / f"{name}.copy") as file:
            query = sql.SQL("COPY {} ({}) TO STDOUT").format(sql.Identifier(name), _columns(kept[name]))
            with raw.copy(query) as copy:
                for block in copy:
                    file.write(block)
    with new(into / _TABLES) as file:
        file.write(json.dumps(kept, indent=1).encode())
    return _said(connection, (_TABLES, *(f"{name}.copy" for name in kept)))


def now(url: str) -> Snapshot:
    """What a database tells of itself at this moment, without its rows."""
    engine = open_engine(url)
    try:
        with engine.begin() as connection:
            return _said(connection, ())
    finally:
        engine.dispose()


def _said(connection: Connection, parts: tuple[str, ...]) -> Snapshot:
    tables = set(inspect(connection).get_table_names())
    return _told(lambda query: connection.exec_driver_sql(query).all(), tables, parts)


def _told(
    ask: Callable[[str], Sequence[Sequence[Any]]], tables: Set[str], parts: tuple[str, ...]
) -> Snapshot:
    """What a database tells of itself at that very moment."""

    def asked(table: str, query: str) -> Sequence[Sequence[Any]]:
        return ask(query) if table in tables else ()

    revision = [each for (each,) in asked("alembic_version", "SELECT version_num FROM alembic_version")]
    token = [each for (each,) in asked("sealed_by", "SELECT token FROM sealed_by")]
    sent = asked("file", "SELECT id FROM file WHERE arriving IS NULL AND size > 0 ORDER BY id")
    files = [f"{each[:2]}/{each}" for (each,) in sent]
    for identifier, digest in asked(
        "export", "SELECT id, digest FROM export WHERE state = 'ready' ORDER BY id"
    ):
        name = lies_at(identifier, digest)
        files.append(f"exports/{name[:2]}/{name}")
    return Snapshot("".join(revision), parts, tuple(files), "".join(token))


def _in_order(connection: Connection) -> list[str]:
    """Every table after those that it refers to."""
    ordered = [name for name, _ in inspect(connection).get_sorted_table_and_fkc_names() if name]
    return [name for name in ordered if not name.startswith(_NOT_TAKEN)]


def fill(url: str, taken: Path, snapshot: Snapshot) -> None:
    """Fill an empty database from files, at the revision that they were taken at. It is filled whole or not at all.

    Raises Unfit where the files are of the other kind of database or of a newer version.
    """
    if snapshot.revision > newest():
        raise Unfit(f"this backup is of a newer version ({snapshot.revision}; this one has {newest()})")
    lite = make_url(url).get_backend_name() == "sqlite"
    if lite != (snapshot.parts == (_LITE,)):
        kinds = ("SQLite", "PostgreSQL")
        raise Unfit(f"this backup is of {kinds[lite]}, and JIANGJIAN_DATABASE is {kinds[not lite]}")
    if lite:
        _fill_file(Path(str(make_url(url).database)), taken / _LITE)
    else:
        _fill_tables(url, taken, snapshot)


def _fill_file(path: Path, taken: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.filled")
    draft.unlink(missing_ok=True)
    with new(draft) as file, taken.open("rb") as source:
        while block := source.read(_BLOCK):
            file.write(block)
    draft.replace(path)
    flush(path.parent)


def _fill_tables(url: str, taken: Path, snapshot: Snapshot) -> None:
    kept: Mapping[str, Sequence[str]] = json.loads((taken / _TABLES).read_text("utf-8"))
    engine = open_engine(url, migrating=True)
    try:
        with engine.begin() as connection:
            if snapshot.revision:
                migrate(connection, snapshot.revision)
            for name in kept:  # what migrations put in themselves is in the backup too
                connection.execute(text(f'TRUNCATE "{name}" CASCADE'))
            raw = connection.connection.cursor()
            for name, columns in kept.items():
                query = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(name), _columns(columns))
                with raw.copy(query) as copy, (taken / f"{name}.copy").open("rb") as file:
                    while block := file.read(_BLOCK):
                        copy.write(block)
            for name in kept:
                _go_on_counting(connection, name)
    finally:
        engine.dispose()


def _go_on_counting(connection: Connection, table: str) -> None:
    """Rows that are numbered by the database go on behind the last."""
    for column in inspect(connection).get_columns(table):
        named = {"table": f'"{table}"', "column": column["name"]}
        sequence = connection.execute(text("SELECT pg_get_serial_sequence(:table, :column)"), named).scalar()
        if sequence:
            last = connection.execute(text(f'SELECT max("{column["name"]}") FROM "{table}"')).scalar()  # noqa: S608 - names of our own tables
            if last is not None:
                connection.execute(
                    text("SELECT setval(:sequence, :last)"), {"sequence": sequence, "last": last}
                )


def _columns(names: Sequence[str]) -> sql.Composed:
    return sql.SQL(", ").join(map(sql.Identifier, names))
