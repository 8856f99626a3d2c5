"""Forty uploads at once at a quota of 10 MB, again and again. `python -m tests.soak.quota`"""

from __future__ import annotations

import asyncio
import math
import random
import sys
import tempfile
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

from storage.chunks import CHUNK, HEAD, TAG
from tests.bot.webchat.house import House
from tests.soak.people import compared, opened, picture, sends, somebody, starts_over, told

ROUNDS = 10
MB = 1024 * 1024
QUOTA = 10


async def trial(directory: Path, rounds: int = ROUNDS) -> list[str]:
    house, chance = House(directory), random.Random(5)
    opened(house, largest_person=QUOTA)
    faults: list[str] = []
    most = 0

    async def watches() -> None:
        nonlocal most
        while True:
            lying = [path for path in (directory / "files").rglob("*") if path.is_file()]
            most = max(most, sum(size_of(path) for path in lying))
            await asyncio.sleep(0.01)

    watching = asyncio.create_task(watches())
    for number in range(rounds):
        answers: Counter[str] = Counter()
        contents = [picture(chance, chance.randrange(200_000, 3 * MB)) for _ in range(40)]
        async with somebody(house) as (caller, line):
            bodies = [streamed(each) if each[-1] % 2 else each for each in contents]
            for status, facts in await asyncio.gather(*(sends(caller, each) for each in bodies)):  # type: ignore[arg-type]
                answers[f"{status} {facts.get('error', '')}".strip()] += 1
            if set(answers) - {"201", "413 too_many_files"} or not answers["201"]:
                faults.append(f"answers: {dict(answers)}")
            await starts_over(line)
        print(f"round {number + 1}: {dict(answers)}, at most {most / MB:.2f} MB at once", flush=True)
    watching.cancel()
    house.kill()
    if most > QUOTA * MB:
        faults.append(f"{most} bytes lay there at once")
    found, wrong = await compared(directory)
    return faults + wrong + [f"{file} was not cleared" for file in found]


def size_of(path: Path) -> int:
    """So many bytes of somebody's lie there: the quota counts those, not what seals them."""
    try:
        lying = path.stat().st_size
    except FileNotFoundError:  # it has moved to its place
        return 0
    return max(0, lying - HEAD - TAG * math.ceil((lying - HEAD) / (CHUNK + TAG)))


async def streamed(content: bytes) -> AsyncIterator[bytes]:
    """The same without its length said beforehand."""
    for start in range(0, len(content), 64 * 1024):
        yield content[start : start + 64 * 1024]


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="jiangjian-quota-") as place:
        return told(asyncio.run(trial(Path(place))))


if __name__ == "__main__":
    sys.exit(main())
