"""A process in which cases are handed in and worked on as fast as can be, and everybody told, until it is killed.

`python -m tests.bot.house.desk.officer URL FILES LIFE TOLD`: LIFE tells one process from the next, and TOLD is a file to
which the door adds the id and the address of every message that it delivered. It prints “step CASE NAME” once a step
of a case was acknowledged, each of `STEPS`.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import cast
from uuid import uuid4

from bot.courier import Courier, Receipt
from dialogs.turn import Screen
from forms.opened_elsewhere import inspect
from forms.printing.workers import Workers
from tests.bot.house.desk.bureau import CITY, COUNTY, hands_in
from tests.bot.house.desk.pressing import does, opens
from tests.bot.household import House, Someone
from tests.storage.rings import kept_at

#: What becomes of a case, with what each leaves in its trail: how it then stands at the county's and at the city's.
STEPS = {
    "handed": ("handed_in", "here", ""),
    "opened": ("seen", "here", ""),
    "remarked": ("remarked", "here", ""),
    "returned": ("returned", "returned", ""),
    "again": ("handed_in", "here", ""),
    "looked": ("seen", "here", ""),
    "accepted": ("accepted", "accepted", ""),
    "undone": ("undone", "here", ""),
    "passed": ("passed_up", "passed", "here"),
    "arrived": ("seen", "passed", "here"),
    "done": ("accepted", "passed", "accepted"),
}
#: So many at work beside each other.
TOGETHER = 2
#: Whoever has a seat and does nothing: what they are told stays at their door.
SILENT = "silent"


def officer(house: House, office: str, lane: int, life: int = 0) -> Someone:
    """Who works in a lane at an office; what they send in another life is another message."""
    someone = Someone(house, f"{office} {lane}")
    someone._ids = count(1 + life * 1_000_000)
    return someone


@dataclass
class Receiver:
    """A door that notes what it delivered before it says so."""

    told: Path
    page = True

    async def deliver(self, address: str, screen: Screen) -> Receipt:
        message = uuid4().hex
        with self.told.open("a") as file:
            file.write(f"{message} {address}\n")
        return Receipt(message)


class Aside:
    """Looks at files here, and prints nothing: nobody opens a document, and a process that prints takes long to start."""

    async def run(self, work: Callable[..., object], *given: object, errand: object = None) -> object:
        if work is not inspect:
            raise LookupError(work)
        return work(*given)


async def newest(house: House, case: str) -> tuple[str, ...]:
    """The stays of a nominee's case, the first one first."""
    from tests.bot.house.desk.test_desk_kills import stays_of

    return tuple(row.id for row in await house.database.read(lambda unit: stays_of(unit, case)))


async def live(house: House, life: int, lane: int) -> None:
    """One case after another, each from the first question to the city's acceptance."""
    county, city = officer(house, COUNTY, lane, life), officer(house, CITY, lane, life)
    for number in count():
        case = f"{life}-{lane}-{number}"

        def done(step: str, case: str = case) -> None:
            print("step", case, step, flush=True)

        nominee = await hands_in(house, case)
        done("handed")
        (lies,) = await newest(house, case)
        await opens(county, lies)
        done("opened")
        await county.presses("逐项看", "看：工种", "写错了", "有错别字")
        done("remarked")
        await county.presses("看一遍意见", "确定退回")
        done("returned")
        await nominee.take()
        await nominee.says("电焊工")
        await nominee.presses("没问题", "属实", "再次递交")
        done("again")
        await opens(county, lies)
        done("looked")
        await does(county, "accept_now")
        done("accepted")
        await does(county, "undo")
        done("undone")
        await does(county, "pass_now")
        done("passed")
        (_, above) = await newest(house, case)
        await opens(city, above)
        done("arrived")
        await does(city, "accept_now")
        done("done")


async def main(url: str, files: str, life: str, told: str) -> None:
    house = House(kept_at(url), Path(files), cast("Workers", Aside()))
    courier = asyncio.ensure_future(Courier(house.conversation, {"web": Receiver(Path(told))}).run())
    await asyncio.gather(courier, *(live(house, int(life), lane) for lane in range(TOGETHER)))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
