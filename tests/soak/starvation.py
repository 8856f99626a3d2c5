"""One person asks for dozens of costly previews every second and goes away; others come. `python -m tests.soak.starvation`

Nobody's first file, look or print waits for more of them than what is under way.
"""

from __future__ import annotations

import asyncio
import random
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

from tests.bot.webchat.caller import Line
from tests.bot.webchat.house import House
from tests.soak.people import opened, picture, sends, somebody, told

VISITS = 8
FLOOD = 40
#: What another may wait more than in an empty house: two jobs under way, and a machine that is busy.
_TIMES, _SECONDS = 12, 6.0


async def visit(house: House, chance: random.Random) -> dict[str, float]:
    """What a newcomer waits for a file to be taken, its preview and a document, in seconds."""
    async with somebody(house) as (caller, line):
        await line.presses("个人自主申报")
        await named(line, "陆" + "".join(chance.sample("建华志强国庆春晓文斌海燕", 2)))
        waited = {}
        begun = perf_counter()
        status, facts = await sends(caller, picture(chance))
        waited["upload"] = perf_counter() - begun
        for name, path in (("preview", f"/files/{facts['file']}"), ("print", "/documents/application.pdf")):
            begun = perf_counter()
            answer = await caller.get(path)
            waited[name] = perf_counter() - begun
            assert (status, answer.status) == (201, 200), (status, answer.status)
    return waited


async def named(line: Line, name: str) -> None:
    """Give a name, so that the form is like nobody else's."""
    await line.says(text="检查答案")
    summary = next(part for part in line.screen["parts"] if "groups" in part)
    lines = [each for group in summary["groups"] for each in group["lines"]]
    token = next(each["edit"]["token"] for each in lines if each["label"] == "姓名")
    await line.says(choice=token)
    await line.says(text=name)


async def trial(directory: Path, visits: int = VISITS) -> list[str]:
    house, chance = House(directory), random.Random(9)
    opened(house)
    quiet = [await visit(house, chance) for _ in range(3)]
    asked = 0
    async with somebody(house) as (caller, _):
        sent = [await sends(caller, picture(chance, side=2500)) for _ in range(FLOOD)]
        files = [facts["file"] for status, facts in sent if status == 201]

        async def floods() -> None:
            nonlocal asked
            while True:
                looks = [
                    asyncio.create_task(caller.get(f"/files/{file}?{asked}"))
                    for file in chance.sample(files, len(files))
                ]
                asked += len(looks)
                await asyncio.sleep(1)
                for look in looks:  # and goes away
                    look.cancel()
                await asyncio.gather(*looks, return_exceptions=True)

        flooding = asyncio.create_task(floods())
        loud = [await visit(house, chance) for _ in range(visits)]
        flooding.cancel()
        await asyncio.gather(flooding, return_exceptions=True)
    house.kill()
    faults = []
    print(f"{asked} looks of one person beside {visits} visits")
    for name in quiet[0]:
        alone, worst = median(each[name] for each in quiet), max(each[name] for each in loud)
        print(
            f"{name}: alone {alone:.2f} s, beside them {median(e[name] for e in loud):.2f} s, at worst {worst:.2f} s"
        )
        if worst > _TIMES * alone + _SECONDS:
            faults.append(f"{name} took {worst:.1f} s")
    return faults


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="jiangjian-starvation-") as place:
        return told(asyncio.run(trial(Path(place))))


if __name__ == "__main__":
    sys.exit(main())
