"""Documents of the five programmes by today's build, earlier ones and WeasyPrint as it is best set up, in a warm worker.

`python -m bench.printing [--turns N] [--build COMMIT …] [PROGRAMME/CASE[/DOCUMENT] …]`. One process for each; they take
turns document by document within one run, so that what else the machine does falls on all of them alike. Figures are
medians of processor time. The last rows are whole cases: the sums of their documents.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

from bench.peers.builds import Build, builds

_PRINTED = Path(__file__).with_name("peers") / "printed.py"
CASES = (
    "nanning-2026/unit",
    "guilin/unit",
    "liuzhou-2025/unit-city",
    "daguo-jiangsu-2026/unit",
    "nanyue-2020/province",
)


class Printing:
    """A process that prints with a build's own code."""

    def __init__(self, name: str, build: Build, *arguments: str) -> None:
        self.name = name
        self._process = subprocess.Popen(
            [sys.executable, "-P", str(_PRINTED), *arguments],
            cwd=build.directory,
            env=build.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout
        self.documents: list[str] = json.loads(self._process.stdout.readline())

    def print(self, document: str) -> tuple[float, int, int, float]:
        """Milliseconds of processor time, bytes, pages, MB of the process."""
        assert self._process.stdin
        assert self._process.stdout
        print(self.documents.index(document), file=self._process.stdin, flush=True)
        took, size, pages, memory = json.loads(self._process.stdout.readline())
        return took, size, pages, memory

    def close(self) -> None:
        self._process.communicate()


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("cases", nargs="*", default=list(CASES))
    options.add_argument("--turns", type=int, default=7)
    options.add_argument(
        "--build", action="append", default=[], help="a commit to hold today's build against"
    )
    given = options.parse_args()
    found = builds(tuple(given.build) or ("88772ba",))
    printing = [Printing(build.name, build, *given.cases) for build in found]
    printing.append(Printing("WeasyPrint", found[0], "plain", *given.cases))
    took: dict[str, dict[str, float]] = defaultdict(dict)
    for document in printing[0].documents:
        able = [each for each in printing if document in each.documents]
        turns = [{each.name: each.print(document) for each in able} for _ in range(given.turns + 1)][1:]
        for each in able:
            took[document][each.name] = statistics.median(turn[each.name][0] for turn in turns)
        _tell(document, [each.name for each in printing], took[document], f"{turns[-1]['today'][2]} p")
    print()
    for case in dict.fromkeys(document.rpartition("/")[0] for document in took):
        parts = [times for document, times in took.items() if document.startswith(f"{case}/")]
        whole = {
            each.name: sum(times[each.name] for times in parts)
            for each in printing
            if all(each.name in times for times in parts)
        }
        _tell(case, [each.name for each in printing], whole, "whole")
    print(f"{'MB of the process':42}", *(f"{each.print(each.documents[0])[3]:14.0f}" for each in printing))
    for each in printing:
        each.close()


def _tell(what: str, names: list[str], took: dict[str, float], note: str) -> None:
    cells = []
    for name in names:
        ms = took.get(name)
        ratio = f" ({took['today'] / ms:.2f}x)" if ms and name != "today" else ""
        cells.append(f"{f'{ms:.0f}{ratio}' if ms else '':>16}")
    print(f"{what:42}", *cells, f"  {note}", flush=True)


if __name__ == "__main__":
    main()
