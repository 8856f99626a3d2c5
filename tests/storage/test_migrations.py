"""The migrations lead to the tables, one by one, and back."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect

from storage import (
    desk_tables,  # noqa: F401  # its tables stand in the same metadata
    migrations,
)
from storage.database import open_engine
from storage.migrations import current, migrate, newest, upgrade
from storage.tables import metadata

REVISIONS = sorted(
    path.stem.split("_")[0] for path in (Path(migrations.__file__).parent / "versions").glob("[0-9]*.py")
)


def test_stairway(empty_url: str) -> None:
    engine = open_engine(empty_url, migrating=True)
    try:
        for revision, before in zip(REVISIONS, ["base", *REVISIONS], strict=False):
            for target in (revision, before, revision):
                with engine.begin() as connection:
                    migrate(connection, target)
                    assert current(connection) == (None if target == "base" else target)
        with engine.begin() as connection:
            migrate(connection, "base")
            assert inspect(connection).get_table_names() == ["alembic_version"]
    finally:
        engine.dispose()


def test_migrations_and_metadata_agree(url: str) -> None:
    engine = open_engine(url)
    try:
        with engine.begin() as connection:
            assert compare_metadata(MigrationContext.configure(connection), metadata) == []
            assert current(connection) == newest() == REVISIONS[-1]
    finally:
        engine.dispose()


def test_indexes_have_a_condition_where_the_tables_say_so(url: str) -> None:
    engine = open_engine(url)
    try:
        there = inspect(engine)
        name = f"{engine.dialect.name}_where"
        found = {
            index["name"]
            for table in there.get_table_names()
            for index in there.get_indexes(table)
            if index.get("dialect_options", {}).get(name) is not None
        }
    finally:
        engine.dispose()
    assert found == {
        index.name
        for table in metadata.sorted_tables
        for index in table.indexes
        if index.dialect_options["sqlite"]["where"] is not None
    }


def test_numbers_that_are_used_once_are_so_after_all_migrations(sqlite_up_to_date: Path) -> None:
    """What SQLite keeps for it is forgotten by every later `batch_alter_table` (`findings/alembic-batch-numbers.sh`)."""
    once = {
        table.name for table in metadata.sorted_tables if table.dialect_options["sqlite"]["autoincrement"]
    }
    assert once >= {"notice", "letter"}
    with closing(sqlite3.connect(f"file:{sqlite_up_to_date}?mode=ro", uri=True)) as tables:
        kept = tables.execute("SELECT name FROM sqlite_master WHERE sql LIKE '%AUTOINCREMENT%'").fetchall()
    assert {name for (name,) in kept} == once


def test_a_second_start_migrates_nothing(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrations, "migrate", lambda *_: pytest.fail("there is nothing to migrate"))
    upgrade(url)


def test_several_processes_may_start_at_once(empty_url: str) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(upgrade, [empty_url] * 4))
    engine = open_engine(empty_url)
    with engine.begin() as connection:
        assert current(connection) == newest()
    engine.dispose()
