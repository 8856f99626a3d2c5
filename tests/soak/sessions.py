"""A thousand sessions from one address, each of them new, beside one who had begun. `python -m tests.soak.sessions`

No more people are kept than one network may bring, whoever is refused is told so, whoever had begun goes on from the
same address, and whoever began among the thousand goes on as well.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import tempfile
from collections import Counter
from contextlib import AsyncExitStack
from pathlib import Path
from time import perf_counter
from typing import Any

from aiohttp import WSMsgType
from sqlalchemy import func, select

from bot.house import wiring
from bot.house.settings import Settings
from bot.webchat.policy import Policy
from storage import tables
from tests.bot.webchat.caller import Caller, Line
from tests.bot.webchat.house import House
from tests.soak.people import opened, picture, sends, somebody, told

SESSIONS = 1000
AT_ONCE = 25
#: What a session that is new to the house may hear: that it has begun, or to come back later.
_HEARD = {"began", "crowded", "too_fast"}


async def arrives(house: House, stack: AsyncExitStack) -> tuple[str, Caller | None, Line | None]:
    """A new browser opens the page and agrees: what it hears, and its line where it has begun."""
    caller = await stack.enter_async_context(Caller(house.url, house.url))
    page = await caller.get("/")
    if page.status != 200:
        return str((await page.json())["error"]), None, None
    line = Line(await caller.opens())
    heard = await line.hears()
    if "screen" in heard:
        line.screen = heard["screen"]
        heard = await line.presses("同意")
    if "screen" in heard:
        return "began", caller, line
    if heard["error"] != "crowded":  # the line is closed with that
        closed = await line.socket.receive(timeout=10)
        assert closed.type is WSMsgType.CLOSE, closed
    return str(heard["error"]), None, None


async def trial(directory: Path, sessions: int = SESSIONS) -> list[str]:
    house, chance = House(directory), random.Random(17)
    opened(house)
    faults: list[str] = []
    heard: Counter[str] = Counter()
    waits: list[float] = []
    began: list[tuple[Caller, Line]] = []
    clock = perf_counter()
    async with AsyncExitStack() as stack:
        known, line = await stack.enter_async_context(somebody(house))

        async def goes_on() -> None:
            while True:
                since = perf_counter()
                answer = await line.says(text="菜单")
                waits.append(perf_counter() - since)
                if "screen" not in answer:
                    faults.append(f"whoever had begun hears {answer}")
                await asyncio.sleep(0.2)

        beside = asyncio.create_task(goes_on())
        for _ in range(0, sessions, AT_ONCE):
            for what, caller, there in await asyncio.gather(*(arrives(house, stack) for _ in range(AT_ONCE))):
                heard[what] += 1
                if caller and there:
                    began.append((caller, there))
        beside.cancel()
        await asyncio.gather(beside, return_exceptions=True)
        status, _ = await sends(known, picture(chance))
        if status != 201:
            faults.append(f"a file of whoever had begun: {status}")
        for _, there in began[:: max(len(began) // 20, 1)]:
            answer = await there.presses("2026年“南宁工匠”")
            if "screen" not in answer:
                faults.append(f"whoever began among them hears {answer}")
    house.kill()
    pace = Policy().newcomers
    allowed = pace.burst + pace.per_minute * (perf_counter() - clock) / 60 + 1
    kept = await people(directory)
    print(f"{sessions} sessions: {dict(heard)}; {kept} people are kept, {allowed:.0f} may be")
    print(
        f"one who had begun was answered {len(waits)} times, after {max(waits, default=0):.2f} s at the most"
    )
    if set(heard) - _HEARD or not heard["began"]:
        faults.append(f"heard: {dict(heard)}")
    if sessions > allowed and not set(heard) - {"began"}:
        faults.append("nobody was refused")
    if kept > allowed or kept != heard["began"] + 1:
        faults.append(f"{kept} people are kept")
    return faults


async def people(directory: Path) -> int:
    """How many people the house keeps anything of."""
    query = select(func.count()).select_from(tables.person)

    def look(unit: Any) -> int:
        return int(unit.connection.execute(query).scalar_one())

    with wiring.database(Settings(data=directory)) as kept:
        return await kept.run(look)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--sessions", type=int, default=SESSIONS)
    with tempfile.TemporaryDirectory(prefix="jiangjian-sessions-") as place:
        return told(asyncio.run(trial(Path(place), parser.parse_args().sessions)))


if __name__ == "__main__":
    sys.exit(main())
