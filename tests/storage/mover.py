"""A process that moves a stage as fast as it can, until it is killed.

`python -m tests.storage.mover URL`: it records the same fifty cases over and over, each time with the version of the
stage as their reason; every third time it ends the stage and opens it again. It prints the version after each change.
"""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, datetime

from forms.library import BUILT_IN
from forms.loader import SHARED, load, read
from forms.programme import Programme
from storage import stages, standings
from storage.stages import Progress
from storage.standings import Entry
from storage.unit import Unit
from tests.storage.rings import kept_at

NANNING, OFFICE = "nanning-2026", "city"
NOW = datetime(2026, 9, 2, 4, tzinfo=UTC)

CASES = 50


def stage(unit: Unit) -> Progress:
    """The one stage that was begun."""
    (own,) = stages.course(unit, OFFICE, NANNING)
    return own


def step(unit: Unit, whole: Programme) -> int:
    """One change; gives the version of the stage after it."""
    own = stage(unit)
    if own.closed:
        return stages.reopen(unit, whole, own).version
    if own.version % 3 == 0:
        return standings.close(unit, whole, own, None, NOW).version
    entries = [Entry(f"c{number:03}", "on", number + 1, str(own.version)) for number in range(CASES)]
    return standings.record(unit, whole, own, entries, None, NOW).version


async def main(url: str) -> None:
    whole, database = load(read(BUILT_IN / NANNING, BUILT_IN / SHARED)), kept_at(url)
    while True:
        print(await database.run(lambda unit: step(unit, whole)), flush=True)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
