"""kill -9 while people send files and start over. `python -m tests.soak.orphans [--kills N]`

Afterwards every file that was acknowledged and not cleared is there, every file has a row and every row its file.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import tempfile
from pathlib import Path

from aiohttp import ClientError

from tests.bot.webchat.house import House
from tests.soak.people import compared, digest, opened, picture, sends, somebody, starts_over, swept, told

KILLS = 45
PEOPLE = 6
#: Seconds until a house that has just opened has taken a file.
PATIENCE = 120


async def lives(
    house: House, chance: random.Random, acknowledged: dict[str, str], arrived: asyncio.Event
) -> None:
    """A person sends, sends, starts over, until the house is gone; `arrived` tells that a file was acknowledged."""
    try:
        async with somebody(house) as (caller, line):
            while True:
                mine = {}
                for _ in range(chance.randrange(1, 5)):
                    content = picture(chance, chance.randrange(10_000, 400_000))
                    status, facts = await sends(caller, content)
                    if status == 201:
                        mine[facts["file"]] = acknowledged[facts["file"]] = digest(content)
                        arrived.set()
                    if status in (0, 429):
                        return
                for file in mine:  # from here on it is open whether they are cleared
                    del acknowledged[file]
                await starts_over(line)
    except (ClientError, OSError, TimeoutError, TypeError, AssertionError, StopIteration, RuntimeError):
        return  # the line broke in the middle of a word


async def trial(directory: Path, kills: int = KILLS) -> list[str]:
    house, chance = House(directory), random.Random(13)
    opened(house)
    acknowledged: dict[str, str] = {}
    for _ in range(kills):
        arrived = asyncio.Event()
        people = [
            asyncio.create_task(lives(house, random.Random(chance.random()), acknowledged, arrived))
            for _ in range(PEOPLE)
        ]
        await asyncio.wait_for(arrived.wait(), PATIENCE)  # a busy machine takes its time
        await asyncio.sleep(chance.uniform(0, 2.5))
        house.kill()
        for each in people:
            each.cancel()
        await asyncio.gather(*people, return_exceptions=True)
        opened(house)
    house.kill()
    print(f"{kills} kills, {len(acknowledged)} files acknowledged and not cleared")
    print("swept:", await swept(directory))
    found, faults = await compared(directory)
    return faults + [f"{file} is lost" for file, known in acknowledged.items() if found.get(file) != known]


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--kills", type=int, default=KILLS)
    with tempfile.TemporaryDirectory(prefix="jiangjian-orphans-") as place:
        return told(asyncio.run(trial(Path(place), parser.parse_args().kills)))


if __name__ == "__main__":
    sys.exit(main())
