"""Two hundred kills of the bot with people, photos, edits and groups, asked for updates and delivered to.

`python -m tests.soak.telegram_kills [--kills N]` takes the better part of an hour and prints what became of the
answers; it fails where anything was lost, counted twice, misplaced or left unanswered.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

from tests.bot.telegram.kill_harness import Report, harness

KILLS = 200


def trial(kills: int = KILLS, *, webhook: bool = False) -> Report:
    """So many kills over a database and files of their own."""
    with tempfile.TemporaryDirectory(prefix="jiangjian-kills-") as directory:
        return asyncio.run(harness(Path(directory), kills, webhook=webhook))


def main() -> int:
    """Both ways to get updates; gives the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--kills", type=int, default=KILLS)
    kills = parser.parse_args().kills
    failed = False
    for webhook in (False, True):
        report = trial(kills, webhook=webhook)
        print(f"{'delivered' if webhook else 'asked for'}: {report}", flush=True)
        failed = failed or not (report.clean and report.met_work)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
