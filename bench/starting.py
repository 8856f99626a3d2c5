"""How soon a front that was open before answers again, and what its process takes a while after that.

`python -m bench.starting [--build COMMIT …] [--rounds N] [--resting SECONDS] [--cases N]` starts `jiangjian run` twice over one
data directory and tells of the second time: seconds and processor to the first page, then memory of the front and of a
printing process. With `--cases`, so many lie at an office (those of `bench.desk`). Builds take turns; figures are medians.

`make run` looks first whether anything is missing, which is left out here.
"""

from __future__ import annotations

import argparse
import http.client
import os
import signal
import socket
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from statistics import median
from time import perf_counter, sleep

from bench.desk import Filled
from bench.load import busy_so_far
from bench.peers.builds import Build, builds
from storage.keyring import KEY

_BUILDS = ("c3a3257", "7e32869")
_FIGURES = ("open s", "processor s", "front RSS", "private", "worker RSS")


def started(build: Build, data: Path, resting: float) -> tuple[float, ...]:
    """One start: seconds and processor to the first page; MB of the front, its own of these, of a printing process."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    given = {"JIANGJIAN_DATA": str(data), "JIANGJIAN_PORT": str(port), "JIANGJIAN_MASTER_KEY": "00" * KEY}
    began = perf_counter()
    front = subprocess.Popen(
        [sys.executable, "-P", "-m", "bot", "run"],
        cwd=build.directory,
        env=build.environment | given,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while not _answers(port):
            if front.poll() is not None:
                raise SystemExit(f"{build.name} did not start")
            sleep(0.005)
        took, busy = perf_counter() - began, busy_so_far(front.pid)
        sleep(resting)
        children = Path(f"/proc/{front.pid}/task/{front.pid}/children").read_text().split()
        of_worker = [_memory(int(child))["Rss"] for child in children]
        own = _memory(front.pid)
        private = own["Private_Clean"] + own["Private_Dirty"]
        return took, busy, own["Rss"], private, median(of_worker)
    finally:
        front.send_signal(signal.SIGINT)
        front.wait()


def _answers(port: int) -> bool:
    with suppress(OSError, http.client.HTTPException):
        asked = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        asked.request("GET", "/")
        return asked.getresponse().status == 200
    return False


def _memory(pid: int) -> dict[str, float]:
    """What a process takes of the memory, in MB, as Linux tells it."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
    return {name: int(size.split()[0]) / 1024 for name, size in (line.split(":") for line in lines)}


def compare(named: list[str], rounds: int, resting: float, cases: int) -> None:
    """Every build, in turn, and print it."""
    with tempfile.TemporaryDirectory() as top:
        several = {build: Path(top, build.name) for build in builds(tuple(named))}
        for build, data in several.items():
            data.mkdir()
            if cases and build.name == "today":
                Filled(f"sqlite:///{data / 'jiangjian.sqlite'}", cases).database.close()
            started(build, data, 0)
        found: dict[Build, list[tuple[float, ...]]] = {build: [] for build in several}
        for _ in range(rounds):
            for build, data in several.items():
                found[build].append(started(build, data, resting))
    print("build     " + "".join(f"{name:>13}" for name in _FIGURES) + "     load")
    for build, times in found.items():
        figures = "".join(f"{median(column):>13.2f}" for column in zip(*times, strict=True))
        print(f"{build.name:<10}{figures}{os.getloadavg()[0]:>9.1f}", flush=True)


def main() -> None:
    """Measure on the disk that temporary files lie on; TMPDIR chooses another."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--build", action="append", help=f"an earlier build (default {' '.join(_BUILDS)})")
    parser.add_argument("--rounds", type=int, default=5, help="how often each is started (default 5)")
    parser.add_argument(
        "--resting", type=float, default=60, help="seconds before memory is read (default 60)"
    )
    parser.add_argument("--cases", type=int, default=0, help="cases in today's database (default none)")
    chosen = parser.parse_args()
    compare(chosen.build or list(_BUILDS), chosen.rounds, chosen.resting, chosen.cases)


if __name__ == "__main__":
    main()
