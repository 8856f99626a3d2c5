"""Installations on both databases."""

from __future__ import annotations

from pathlib import Path

import pytest

from forms.printing.workers import Workers
from tests.bot.backup.installation import Places


@pytest.fixture(params=["sqlite", "postgresql"])
def places(request: pytest.FixtureRequest, tmp_path: Path, crew: Workers) -> Places:
    server = request.getfixturevalue("postgresql") if request.param == "postgresql" else None
    return Places(tmp_path, crew, server)
