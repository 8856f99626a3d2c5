"""A whole case of nominee, two experts and clerks, killed at chosen calls of the system: the test of it, with more points.

`python -m tests.soak.whole_case [--kills 200] [--postgresql 50]`: so many points on SQLite, and on PostgreSQL.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
TEST = "tests/bot/house/desk/test_whole_case_kills.py"


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--kills", type=int, default=200, help="on SQLite")
    parser.add_argument("--postgresql", type=int, help="on PostgreSQL; a quarter of those on SQLite")
    asked = parser.parse_args()
    kills = {"sqlite": asked.kills, "postgresql": asked.postgresql or max(1, asked.kills // 4)}
    wrong = 0
    for database, count in kills.items():
        print(f"{count} points on {database}", flush=True)
        command = [sys.executable, "-m", "pytest", "-q", "-s", "-p", "no:xdist", "--timeout", "0", TEST]
        environment = {**os.environ, "JIANGJIAN_CASE_KILLS": str(count)}
        done = subprocess.run([*command, "-k", database], cwd=ROOT, env=environment, check=False)
        wrong += done.returncode
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
