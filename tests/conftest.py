"""What all tests share."""

from __future__ import annotations

import os

from hypothesis import settings

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
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")
