"""Desks, a hundred presses at once and processes killed often: the tests of it, with larger numbers.

`python -m tests.soak.desk [--kills 100] [--rounds 50] [--presses 100] [-k WORD]` takes hours on two cores: what is to be
pressed takes most of it, and is prepared press by press. `-k` picks some, as pytest does: “accept and sqlite”.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
TESTS = (
    "tests/bot/house/desk/test_desk_races.py",
    "tests/bot/house/desk/test_desk_kills.py",
    "tests/bot/house/test_exporting_kills.py",
    "tests/storage/test_kill_stages.py",
)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    for name, usual in (("kills", 100), ("rounds", 50), ("presses", 100)):
        parser.add_argument(f"--{name}", type=int, default=usual)
    parser.add_argument("-k", default="", help="which of them, as for pytest")
    asked = parser.parse_args()
    told = {
        "JIANGJIAN_DESK_KILLS": asked.kills,
        "JIANGJIAN_EXPORTING_KILLS": asked.kills,
        "JIANGJIAN_STAGE_KILLS": asked.kills,
        "JIANGJIAN_DESK_ROUNDS": asked.rounds,
        "JIANGJIAN_DESK_PRESSES": asked.presses,
    }
    print(
        f"{asked.kills} kills; {asked.rounds} rounds of {asked.presses} presses on each database", flush=True
    )
    command = [sys.executable, "-m", "pytest", "-q", "-s", "-p", "no:xdist", "--timeout", "0", *TESTS]
    command += ["-k", asked.k] if asked.k else []
    environment = {**os.environ, **{name: str(number) for name, number in told.items()}}
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
