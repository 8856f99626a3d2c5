"""A database and its keyring belong together; rows of a version that did not seal are sealed once, some at a time.

Which rows are left is seen from the rows themselves, so that a start that was ended half way is gone on with. What they
held lies in pages of the database that are free now: it is written anew when all are sealed.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from sqlalchemy import Engine, Text, cast, insert, inspect, or_, select, text, tuple_, update

from storage.database import open_engine
from storage.keyless import HOUSE
from storage.keyring import Keyring, Unusable
from storage.migrations import empty
from storage.only_read import only_read
from storage.sealed import MARK, Broken, Sealing
from storage.sealed_columns import COLUMNS, Columns, is_sealed
from storage.tables import sealed_by
from storage.unit import Unit

#: Rows that are sealed in one transaction.
_AT_ONCE = 200
_WHAT, _ROW = "sealed_by.token", "1"
#: As in storage.migrations: any number that every process uses.
_LOCK = 4_771_030


def bring(url: str, keyring: Keyring, told: Callable[[str, int], None] = lambda table, rows: None) -> None:
    """See that a database, whose tables are up to date, is sealed under this keyring.

    `told` hears how many rows of a table were sealed. Raises Unusable where it is sealed under another keyring.
    """
    engine = open_engine(url)
    try:
        if not bound(engine, keyring):
            for columns in COLUMNS:
                _seal_all(engine, keyring, columns, told)
            _wipe(engine)
            _bind(engine, keyring)
    finally:
        engine.dispose()


def bound(engine: Engine, keyring: Keyring) -> bool:
    """Whether a database is sealed, all of it. Raises Unusable where it is sealed under another keyring."""
    with engine.connect() as connection:
        token = connection.execute(select(sealed_by.c.token)).scalar_one_or_none()
    if token is None:
        return False
    opens(keyring, token)
    return True


def opens(keyring: Keyring, token: str) -> None:
    """See that a keyring is the one of the database that has this token. Raises Unusable where it is not."""
    try:
        Sealing(keyring).open(_WHAT, _ROW, token)
    except Broken as error:
        raise Unusable(
            "the keyring does not have the keys of this database: restore it, or set JIANGJIAN_KEYS to where it is"
        ) from error


def anything_sealed(url: str) -> bool:
    """Whether anything is sealed in a database, however old its tables, so that it needs a keyring that is there.

    Nothing is made where there is no database. Raises SQLAlchemyError.
    """
    if empty(url):
        return False
    engine = only_read(url)
    try:
        with engine.connect() as connection:
            inspector = inspect(connection)
            tables = set(inspector.get_table_names())
            for columns in COLUMNS:
                table = columns.table
                there = (
                    {each["name"] for each in inspector.get_columns(table.name)}
                    if table.name in tables
                    else set()
                )
                for held in (cast(table.c[name], Text) for name in columns.names if name in there):
                    sealed = or_(held.like(f"{MARK}%"), held.like(f'"{MARK}%'))
                    if connection.execute(select(held).where(sealed).limit(1)).first():
                        return True
        return False
    finally:
        engine.dispose()


def _bind(engine: Engine, keyring: Keyring) -> None:
    with engine.begin() as connection:
        _alone(connection)
        if connection.execute(select(sealed_by.c.token)).first() is None:
            sealed = Sealing(keyring)
            token = sealed.seal(HOUSE, _WHAT, _ROW, "sealed")
            connection.execute(insert(sealed_by), {"id": 1, "token": token})
            sealed.settle()


def _seal_all(engine: Engine, keyring: Keyring, columns: Columns, told: Callable[[str, int], None]) -> None:
    after: tuple[Any, ...] | None = None
    sealed = 0
    while True:
        with engine.begin() as connection:
            _alone(connection)
            unit = Unit(connection, Sealing(keyring))
            after, number = seal_some(unit, columns, after)
            unit.sealed.settle()
        sealed += number
        if after is None:
            break
    if sealed:
        told(columns.table.name, sealed)


def seal_some(
    unit: Unit, columns: Columns, after: tuple[Any, ...] | None
) -> tuple[tuple[Any, ...] | None, int]:
    """Seal the next rows; gives behind which row the others are (None: there are none), and how many were sealed."""
    key = tuple(columns.table.primary_key.columns)
    wanted = select(columns.table).where(columns.left).order_by(*key).limit(_AT_ONCE)
    if after is not None:
        wanted = wanted.where(tuple_(*key) > after)
    rows = unit.connection.execute(wanted).all()
    for row in rows:
        owner, place = columns.owner(unit, row), columns.row(row)
        kept = {
            name: unit.sealed.seal(owner, columns.what(name), place, words)
            for name in columns.names
            if (words := _words(row._mapping[columns.table.c[name]]))
        }
        here = [column == row._mapping[column] for column in key]
        unit.connection.execute(update(columns.table).where(*here).values(kept))
    last = tuple(rows[-1]._mapping[column] for column in key) if len(rows) == _AT_ONCE else None
    return last, len(rows)


def _words(held: Any) -> str:
    """What a column of a row holds, as text; "" where it is sealed already or there is nothing."""
    if isinstance(held, str):
        return "" if is_sealed(held) else held
    return json.dumps(held) if held else ""


def _alone(connection: Any) -> None:
    """Of several processes one seals at a time. SQLite has one writer as it is."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})


def _wipe(engine: Engine) -> None:
    """Write every table anew that had words, so that none are left in pages that are free, nor in SQLite's log."""
    with engine.connect() as connection:
        empty = all(connection.execute(select(each.table).limit(1)).first() is None for each in COLUMNS)
    if empty:
        return
    if engine.dialect.name == "sqlite":
        raw = engine.raw_connection()
        try:
            for statement in ("PRAGMA wal_checkpoint(TRUNCATE)", "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
                raw.cursor().execute(statement).fetchall()
        finally:
            raw.close()
        return
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for columns in COLUMNS:
            connection.execute(text(f'VACUUM FULL "{columns.table.name}"'))
