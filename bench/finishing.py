"""How soon somebody who has finished sees the first document: as PDF, and as the picture of its first page.

`python -m bench.finishing [--people N …] [--reading SECONDS] [--rounds N]` has people fill in Nanning's case, files
included, read the summary for a while and press together. Everybody opens the first document the moment it is offered, as
the web chat does. Two workers print, the conversation is in the same process: what is left out is the way through HTTP.
Then people ask one by one for the whole packet in one PDF, of which nothing is printed yet. Builds take turns within a
round; figures are of all rounds together.
"""

from __future__ import annotations

import argparse
import os
from statistics import median

from bench.peers.builds import builds

_PROGRAMME, _CASE = "nanning-2026", "unit"
_BUILDS = ("c3a3257", "88772ba")


def compare(sizes: list[int], reading: float, rounds: int) -> None:
    """Every build at every size, and print it."""
    print("people  build      PDF p50     worst   picture p50     worst s   load")
    for people in sizes:
        found: dict[str, list[tuple[float, float]]] = {}
        for _ in range(rounds):
            for build in builds(_BUILDS):
                case = str(build.case(_PROGRAMME, _CASE))
                told = build.played("finish", case, str(people), str(reading))
                found.setdefault(build.name, []).extend(map(tuple, told["first"]))
        for name, times in found.items():
            whole, pictured = zip(*times, strict=True)
            print(
                f"{people:>6}  {name:<8}{median(whole):>10.2f}{max(whole):>10.2f}"
                f"{median(pictured):>14.2f}{max(pictured):>10.2f}{os.getloadavg()[0]:>9.1f}",
                flush=True,
            )


def packets(rounds: int) -> None:
    """The whole packet, by each build that has one."""
    found: dict[str, list[float]] = {}
    for _ in range(rounds):
        for build in builds(_BUILDS[:1]):
            told = build.played("packet", str(build.case(_PROGRAMME, _CASE)), "5")
            found.setdefault(build.name, []).extend(told["packets"])
    print("\nbuild     packet p50 s")
    for name, times in found.items():
        print(f"{name:<8}{median(times):>14.2f}", flush=True)


def main() -> None:
    """Measure on the disk that temporary files lie on; TMPDIR chooses another."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--people", type=int, nargs="+", default=[1, 20], help="how many at once")
    parser.add_argument("--reading", type=float, default=20, help="seconds that they read (default 20)")
    parser.add_argument("--rounds", type=int, default=3, help="how often each build is measured (default 3)")
    chosen = parser.parse_args()
    compare(chosen.people, chosen.reading, chosen.rounds)
    packets(chosen.rounds)


if __name__ == "__main__":
    main()
