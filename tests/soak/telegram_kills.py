"""Two hundred kills of the bot with people, files, edits and groups, asked for updates; and as many delivered to.

`python -m tests.soak.telegram_kills [--kills N]` does both at once, takes half an hour on two quiet cores and prints what
became of the answers and files; it fails where anything was lost, counted twice, misplaced or left unanswered.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

from tests.bot.telegram.kill_harness import Report, harness

KILLS = 200
#: Two bots share the machine.
_PEOPLE = 16


async def trial(kills: int = KILLS, *, webhook: bool = False) -> Report:
    """So many kills over a database and files of their own."""
    with tempfile.TemporaryDirectory(prefix="jiangjian-kills-") as directory:
        report = await harness(Path(directory), kills, webhook=webhook, people=_PEOPLE)
    print(f"{'delivered' if webhook else 'asked for'}: {report}", flush=True)
    return report


async def trials(kills: int) -> bool:
    """Both ways to get updates at once; whether both are without a fault and prove something."""
    reports = await asyncio.gather(*(trial(kills, webhook=webhook) for webhook in (False, True)))
    return all(report.clean and report.met_work for report in reports)


def main() -> int:
    """Gives the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--kills", type=int, default=KILLS)
    return int(not asyncio.run(trials(parser.parse_args().kills)))


if __name__ == "__main__":
    sys.exit(main())
