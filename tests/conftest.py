"""What all tests share."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

from tests.storage.disks import small_disk
from tests.storage.servers import (
    database,
    empty_url,
    postgresql,
    postgresql_up_to_date,
    sqlite_up_to_date,
    url,
)

__all__ = [
    "database",
    "empty_url",
    "postgresql",
    "postgresql_up_to_date",
    "small_disk",
    "sqlite_up_to_date",
    "url",
]

# How long examples take to make is the machine's affair: a busy one fails no test. In CI every run has the same
# examples, so that a failure there is the change's; new ones wherever people work.
settings.register_profile("here", suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", parent=settings.get_profile("here"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")
