"""A house on each database, and somebody at its door."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from forms.printing.workers import Workers
from storage.database import Database
from tests.bot.household import House, Someone


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    workers = Workers(1)
    yield workers
    workers.close()


@pytest.fixture
def house(database: Database, tmp_path: Path, workers: Workers) -> House:
    return House(database, tmp_path / "files", workers)


@pytest.fixture
def anna(house: House) -> Someone:
    return Someone(house)
