"""Where SQLite is best written from: in the event loop, or on one thread that commits together what waits.

`python -m bench.commits [--units N]` prints units per second, milliseconds per unit, and how late the loop itself
was: what everyone else in the process feels. The slow disk is made by
`strace -f --seccomp-bpf -qq -o /dev/null -e trace=fsync,fdatasync -e inject=fsync,fdatasync:delay_exit=8000 …`.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Any

from bench.peers.rings import keyring
from dialogs.events import Answered
from dialogs.interview import Interview
from dialogs.keeping import written
from storage import counted, interviews
from storage.database import Database, open_engine
from storage.keyring import Keyring
from storage.migrations import upgrade
from storage.sealed import Sealing
from storage.unit import Unit

NOW = datetime(2026, 6, 15, 4, tzinfo=UTC)
STATE = Interview(answers={f"q{number}": "这是一项的回答" * 4 for number in range(40)})
#: What the engine takes in the middle of a turn, in seconds.
THINKING = 0.0003


def turn(address: str, number: int) -> Callable[[Unit], None]:
    """What one turn reads and writes, with a pause of computing in the place of the engine."""

    def work(unit: Unit) -> None:
        seat = interviews.speaker(unit, "web", address, address, str(number))
        if seat is None:
            raise LookupError(address)
        until = perf_counter() + THINKING
        while perf_counter() < until:
            pass
        counted.count(unit, "web", address, str(number), NOW)
        interviews.record(unit, seat.interview, (Answered("q1"),), NOW)
        interviews.save(unit, seat, written(seat.state))

    return work


class InTheLoop:
    """The same units, one commit each, where the loop runs."""

    def __init__(self, url: str, keys: Keyring) -> None:
        self._connection = open_engine(url).connect()
        self._keyring = keys

    async def run(self, work: Callable[[Unit], Any]) -> None:
        """One transaction."""
        with self._connection.begin():
            unit = Unit(self._connection, Sealing(self._keyring))
            work(unit)
            unit.sealed.settle()

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()


async def _lateness(late: list[float]) -> None:
    while True:
        began = perf_counter()
        await asyncio.sleep(0.001)
        late.append((perf_counter() - began - 0.001) * 1e3)


def _at(values: list[float], share: float) -> float:
    return sorted(values)[int(len(values) * share)] if values else 0.0


async def measure(make: Callable[[str, Keyring], Any], people: int, units: int, directory: Path) -> str:
    """One line: `people` at once, `units` units in all."""
    url = f"sqlite:///{directory}/{make.__name__}-{people}.sqlite"
    upgrade(url)
    database = make(url, keyring(url))
    for person in range(people):
        await database.run(
            lambda unit, person=person: interviews.welcome(unit, "web", f"p{person}", STATE, NOW)
        )
    times: list[float] = []
    late: list[float] = []

    async def talk(person: str) -> None:
        for number in range(units // people):
            began = perf_counter()
            await database.run(turn(person, number))
            times.append((perf_counter() - began) * 1e3)
            await asyncio.sleep(0)

    watch = asyncio.create_task(_lateness(late))
    began = perf_counter()
    await asyncio.gather(*(talk(f"p{person}") for person in range(people)))
    rate = len(times) / (perf_counter() - began)
    watch.cancel()
    database.close()
    return (
        f"{make.__name__:<10}{people:>8}{rate:>10.0f}{_at(times, 0.5):>10.2f}{_at(times, 0.99):>10.2f}"
        f"{_at(late, 0.5):>12.2f}{_at(late, 0.99):>10.2f}"
    )


def main() -> None:
    """Measure on the disk that temporary files lie on; TMPDIR chooses another."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--units", type=int, default=2000, help="units measured per line (default 2000)")
    units = parser.parse_args().units
    print("             at once   units/s    p50 ms    p99 ms    late p50  late p99")
    with tempfile.TemporaryDirectory(prefix="jiangjian-bench-") as directory:
        for people in (1, 100):
            for make in (InTheLoop, Database):
                print(asyncio.run(measure(make, people, units, Path(directory))), flush=True)


if __name__ == "__main__":
    main()
