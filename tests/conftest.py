"""What all tests share."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing

import pytest
from hypothesis import HealthCheck, settings

from forms.printing.workers import Workers
from tests.storage.disks import small_disk
from tests.storage.rings import keyring
from tests.storage.s3_server import bucket, bucket_url, s3_server
from tests.storage.servers import (
    database,
    empty_url,
    postgresql,
    postgresql_server,
    postgresql_up_to_date,
    room,
    sqlite_up_to_date,
    url,
)

__all__ = [
    "bucket",
    "bucket_url",
    "database",
    "empty_url",
    "keyring",
    "postgresql",
    "postgresql_server",
    "postgresql_up_to_date",
    "room",
    "s3_server",
    "small_disk",
    "sqlite_up_to_date",
    "url",
]

# How long examples take to make is the machine's affair: a busy one fails no test. In CI every run has the same
# examples, so that a failure there is the change's; new ones wherever people work.
settings.register_profile("here", suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", parent=settings.get_profile("here"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")


@pytest.fixture(scope="session")
def crew() -> Iterator[Workers]:
    """One process that prints, for all tests but its own: starting it takes longer than most of what it is asked."""
    with closing(Workers(1)) as crew:
        yield crew
