"""Asking others in, as many presses at once as one link takes and a process killed often: the tests, with larger numbers.

`python -m tests.soak.inviting [--kills 100] [--rounds 50] [--presses 50]`
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

from storage.codes import MOST

ROOT = Path(__file__).parents[2]
TESTS = ("tests/bot/house/test_inviting_races.py", "tests/bot/house/test_inviting_kills.py")


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    for name, usual in (("kills", 100), ("rounds", 50), ("presses", MOST)):
        parser.add_argument(f"--{name}", type=int, default=usual)
    asked = parser.parse_args()
    told = {
        "JIANGJIAN_INVITING_KILLS": asked.kills,
        "JIANGJIAN_RACE_ROUNDS": asked.rounds,
        "JIANGJIAN_RACE_PRESSES": asked.presses,
    }
    print(
        f"{asked.kills} kills; {asked.rounds} rounds of {asked.presses} presses on each database", flush=True
    )
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:xdist", "--timeout", "0", *TESTS]
    environment = {**os.environ, **{name: str(number) for name, number in told.items()}}
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
