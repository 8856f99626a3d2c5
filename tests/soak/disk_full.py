"""A disk of 6 MB: people send until it is full, start over and send again. `python -m tests.soak.disk_full`

Nothing that was acknowledged is cut or lost, whoever is refused hears that the storage is ours, and answers are still
taken when no file is.
"""

from __future__ import annotations

import asyncio
import random
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.bot.webchat.house import House
from tests.soak.people import compared, digest, opened, picture, sends, somebody, starts_over, swept, told

ROUNDS = 12


async def trial(directory: Path, rounds: int = ROUNDS) -> list[str]:
    house, chance = House(directory), random.Random(3)
    opened(house)
    answers: Counter[str] = Counter()
    acknowledged: dict[str, str] = {}
    faults: list[str] = []
    for number in range(rounds):
        async with somebody(house) as (caller, line):
            contents = [picture(chance, chance.randrange(20_000, 900_000)) for _ in range(30)]
            for content, (status, facts) in zip(
                contents, await asyncio.gather(*(sends(caller, each) for each in contents)), strict=True
            ):
                answers[f"{status} {facts.get('error', '')}".strip()] += 1
                if status == 201:
                    acknowledged[facts["file"]] = digest(content)
                    if facts["trouble"]:
                        faults.append(f"a file was blamed: {facts['trouble']}")
                elif (status, facts.get("error")) != (507, "no_room"):
                    faults.append(f"answered {status} {facts}")
            heard = await line.presses("个人自主申报")
            if "screen" not in heard:
                faults.append(f"an answer was not taken: {heard}")
            house.kill()
            found, wrong = await compared(directory)
            faults += [each for each in wrong if "on its way" not in each]
            faults += [f"{file} is lost" for file, known in acknowledged.items() if found.get(file) != known]
            opened(house)
            await starts_over(await caller.connects())
            acknowledged.clear()
        print(f"round {number + 1}: {dict(answers)}", flush=True)
    house.kill()
    print("swept:", await swept(directory))
    faults += (await compared(directory))[1]
    if not answers["201"] or not answers["507 no_room"]:
        faults.append("the disk was never full, or never free: this proves nothing")
    return faults


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="jiangjian-disk-") as place:
        mounting = ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", place]
        done = subprocess.run(mounting, capture_output=True, text=True, check=False)
        if done.returncode:
            print("left out: no small disk can be mounted here:", done.stderr.strip())
            return 0
        try:
            return told(asyncio.run(trial(Path(place))))
        finally:
            subprocess.run(["umount", "--lazy", place], check=True)


if __name__ == "__main__":
    sys.exit(main())
