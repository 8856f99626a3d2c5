"""A house on each database, and somebody at its door."""

from __future__ import annotations

from pathlib import Path

import pytest

from forms.printing.workers import Workers
from storage.database import Database
from tests.bot.household import House, Someone


@pytest.fixture
def house(database: Database, tmp_path: Path, crew: Workers) -> House:
    return House(database, tmp_path / "files", crew)


@pytest.fixture
def anna(house: House) -> Someone:
    return Someone(house)
