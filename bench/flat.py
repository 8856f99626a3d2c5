"""What a turn costs with a hundred cases in the database, and with a hundred thousand.

`python -m bench.flat [--cases N …] [--rounds N] [--people N]`: for each size a database of its own, in which one person
has come to the end of Nanning's case, and everything that is kept of them (person, door, case, part, consents,
interview, messages, history, keys) stands that many times. Then people answer at once in each of the databases by
turns, each answer on the disk. Told are medians over the rounds, and what the largest takes beside the smallest. What a
start costs there tells `bench.starting --cases`.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from contextlib import ExitStack, closing
from pathlib import Path
from statistics import median
from typing import Any

from sqlalchemy import Column, String, Text

from bench.peers.builds import ROOT, Build, builds
from bench.peers.played import Stage, measured
from bot.house.settings import Settings
from storage import tables

_PROGRAMME, _CASE = "nanning-2026", "unit"
#: Whoever is there many times.
_FIRST = 1_000_000
_KEPT = (
    tables.person,
    tables.door,
    tables.case,
    tables.case_key,
    tables.party,
    tables.consent,
    tables.interview,
    tables.message,
    tables.event,
)
#: What says of which kind a key is: it stays as it is in every copy.
_PLAIN = ("channel", "rule", "role")
_AT_ONCE = 5000
_TOLD = ("whole", "median", "worst", "engine")


def _grown(directory: Path, cases: int) -> None:
    """Put in the database, beside the first person, as many others as make so many cases."""
    settings = Settings(data=directory)
    with closing(sqlite3.connect(_path(settings.database_url))) as connection:
        for table in _KEPT:
            _copied(connection, table.name, table.c, cases)
        connection.execute("ANALYZE")
    with closing(sqlite3.connect(_path(settings.keys_url))) as connection:
        names = [row[1] for row in connection.execute("PRAGMA table_info(sealing_key)")]
        _spread(connection, "sealing_key", names, {"id"}, cases)


def _path(url: str) -> str:
    return url.partition("///")[2]


def _copied(connection: sqlite3.Connection, name: str, columns: Iterable[Column[Any]], cases: int) -> None:
    counted = {column.name for column in columns if column.primary_key and column.autoincrement is True}
    keys = {column.name for column in columns if _names(column)}
    names = [column.name for column in columns if column.name not in counted]
    _spread(connection, name, names, keys, cases)


def _names(column: Column[Any]) -> bool:
    """Whether a column names a row, or one of the others' that are copied."""
    if column.name in _PLAIN or not isinstance(column.type, String | Text):
        return False
    others = {each.column.table for each in column.foreign_keys}
    own = column.primary_key or bool(column.unique) or column.name in {"current", "interview"}
    return bool(others & set(_KEPT)) or (own and not others)


def _spread(connection: sqlite3.Connection, name: str, names: list[str], keys: set[str], cases: int) -> None:
    """Each row once more for each further case, what names rows behind the number of the case."""
    values = ", ".join(f"printf('%08x', k) || \"{each}\"" if each in keys else f'"{each}"' for each in names)
    listed = ", ".join(f'"{each}"' for each in names)
    connection.execute(f'CREATE TEMP TABLE first AS SELECT {listed} FROM "{name}"')
    for begin in range(1, cases, _AT_ONCE):
        connection.execute(
            f"WITH RECURSIVE n(k) AS (VALUES(?) UNION ALL SELECT k + 1 FROM n WHERE k < ?) "
            f'INSERT INTO "{name}" ({listed}) SELECT {values} FROM n, first',
            (begin, min(begin + _AT_ONCE, cases) - 1),
        )
        connection.commit()
    connection.execute("DROP TABLE first")
    connection.commit()


def _stage(stack: ExitStack, build: Build, directory: Path) -> Stage:
    return Stage(stack, build.case(_PROGRAMME, _CASE), None, directory)


def _in_process(*arguments: object) -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.flat", "--one", *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True)
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def _one(what: str, directory: Path, number: int, people: int) -> dict[str, Any]:
    """`fill` a directory with so many cases, or `measure` the people from a number on."""
    with ExitStack() as stack:
        stage = _stage(stack, builds(())[0], directory)
        if what == "measure":
            return asyncio.run(measured(stage, people, number))
        asyncio.run(stage.play(_FIRST))
    _grown(directory, number)
    return {}


def main() -> None:
    """Measure on the disk that temporary files lie on; TMPDIR chooses another."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--cases", type=int, nargs="+", default=[100, 100_000])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--people", type=int, default=20, help="how many answer at once (default 20)")
    parser.add_argument("--one", nargs=4, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.one:
        what, directory, number, people = chosen.one
        print(json.dumps(_one(what, Path(directory), int(number), int(people))))
        return
    found: dict[int, list[dict[str, Any]]] = {cases: [] for cases in chosen.cases}
    with tempfile.TemporaryDirectory(prefix="jiangjian-bench-") as home:
        for cases in chosen.cases:
            (Path(home) / str(cases)).mkdir()
            _in_process("fill", Path(home) / str(cases), cases, 0)
        for at in range(chosen.rounds):
            for cases in chosen.cases if at % 2 else chosen.cases[::-1]:
                directory = Path(home) / str(cases)
                number = (at + 1) * (chosen.people + 1)
                told = _in_process("measure", directory, number, chosen.people)
                found[cases].append(told)
    print(f"{'cases':>9}  whole ms   p50 ms    p99 ms  engine ms")
    middle = {
        cases: {name: median(each[name] for each in rows) for name in _TOLD} for cases, rows in found.items()
    }
    for cases, row in middle.items():
        print(
            f"{cases:>9}{row['whole']:>10.3f}{row['median']:>9.2f}{row['worst']:>10.2f}{row['engine']:>11.3f}"
        )
    least, most = middle[min(middle)], middle[max(middle)]
    print("the largest beside the smallest:", *(f"{name} {most[name] / least[name]:.2f}×" for name in least))


if __name__ == "__main__":
    main()
