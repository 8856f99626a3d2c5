"""A house on several machines that are killed in turn, and a database that restarts: the tests of it, for longer.

`python -m tests.soak.fronts [--kills 60] [--restarts 20]`
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--kills", type=int, default=60, help="of a machine")
    parser.add_argument("--restarts", type=int, default=20, help="of PostgreSQL")
    asked = parser.parse_args()
    print(f"{asked.kills} kills of a machine, {asked.restarts} restarts of PostgreSQL", flush=True)
    told = {"JIANGJIAN_FRONTS_KILLS": asked.kills, "JIANGJIAN_FRONTS_RESTARTS": asked.restarts}
    environment = {**os.environ, **{name: str(number) for name, number in told.items()}}
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:xdist",
        "--timeout",
        "0",
        "tests/bot/test_fronts.py",
    ]
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
