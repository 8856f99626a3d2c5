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

# The same examples in every run of CI, so that a failure there is the change's; new ones wherever people work.
# How long examples take to make is the machine's affair: a busy one fails no test.
settings.register_profile("ci", derandomize=True, suppress_health_check=[HealthCheck.too_slow])
if os.environ.get("CI"):
    settings.load_profile("ci")
