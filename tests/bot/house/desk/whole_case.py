"""A process that plays a whole case until it is killed: nominee, two experts, a clerk of the county's, one of the city's.

`python -m tests.bot.house.desk.whole_case URL FILES LEDGER`: LEDGER says, in JSON, what whoever kills it has noted of
lives before this one. Every line that it prints is a JSON object: `sent` is the number of a step of `SCRIPT` with the
very words that go out, before they do; `done` the same number with the Screen that was answered; `looks` what each of
them sees; `link` a link that was handed on. A step that was sent and not answered is sent again as it was, under the
same number, as a phone does that heard nothing.
"""

from __future__ import annotations

import asyncio
import ctypes
import json
import logging
import os
import random
import re
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import structlog

from bot.courier import Courier, Receipt
from bot.screens.plain import told
from dialogs.turn import Screen, Turn
from forms.printing.workers import Workers
from storage.database import Database
from tests.bot.house.desk.bureau import COUNTY
from tests.bot.house.desk.cases import weighed
from tests.bot.house.desk.officer import Aside
from tests.bot.house.invitees import IDS
from tests.bot.household import House, picture, stream
from tests.storage.rings import kept_at

#: prctl(2): anybody of the same user may trace this process.
_PR_SET_PTRACER = 0x59616D61
BEGAN = datetime(2026, 6, 15, 0, tzinfo=UTC)
#: Whoever plays, by the address of their door.
NOMINEE, EXPERTS, CLERK, ABOVE = "nominee", ("expert-0", "expert-1"), "clerk", "city"
PEOPLE = (NOMINEE, *EXPERTS, CLERK, ABOVE)
#: After it all that waits is delivered, and nothing can be taken back.
DELIVERING = timedelta(hours=5)
#: Sides of the pictures that are sent, which tell them apart.
SIDES = (600, 640, 680)


@dataclass(frozen=True)
class Step:
    """One thing that somebody does, and what with: words, the words of a button, the side of a picture, whose link."""

    who: str
    does: str
    what: str = ""


def _says(who: str, *texts: str) -> tuple[Step, ...]:
    return tuple(Step(who, "says", each) for each in texts)


def _presses(who: str, *labels: str) -> tuple[Step, ...]:
    return tuple(Step(who, "presses", each) for each in labels)


def _looks(who: str) -> tuple[Step, ...]:
    return (Step(who, "looks"),)


_DELIVERED = (Step("", "delivers"),)


def _asked(expert: str, name: str) -> tuple[Step, ...]:
    """The nominee asks an expert in."""
    return (
        *_says(NOMINEE, "进度"),
        *_presses(NOMINEE, "去请推荐专家"),
        *_says(NOMINEE, name),
        Step(NOMINEE, "asks", expert),
    )


def _letter(number: int, name: str) -> tuple[Step, ...]:
    """An expert comes by the link and writes."""
    who = EXPERTS[number]
    return (
        *_looks(who),
        Step(who, "opens"),
        *_presses(who, "是我", "同意，开始"),
        *_says(who, name, IDS[number]),
        *_presses(who, "对的"),
        *_says(who, "同班组八年"),
        *_presses(who, "是"),
        *_says(who, f"{name}说他手艺好"),
        *_presses(who, "没问题，交上我这一份", "属实，交上"),
    )


def _again(who: str) -> tuple[Step, ...]:
    """An expert is asked whether the letter still stands."""
    return (*_looks(who), *_presses(who, "照旧，我还这样推荐"))


SCRIPT: tuple[Step, ...] = (
    *_looks(NOMINEE),
    *_presses(NOMINEE, "同意，开始", "小城工匠"),
    *_says(NOMINEE, "单位推荐", "焊工", "2015年7月"),
    *_presses(NOMINEE, "是", "技艺", "选好了"),
    *_says(NOMINEE, "陆建华", "450122198409129963"),
    *_presses(NOMINEE, "对的"),
    *_asked(EXPERTS[0], "莫振邦"),
    *_letter(0, "莫振邦"),
    *_looks(NOMINEE),
    *_asked(EXPERTS[1], "覃秀兰"),
    *_letter(1, "覃秀兰"),
    *_DELIVERED,
    *_says(NOMINEE, "进度"),
    *_presses(NOMINEE, "接着填"),
    *_says(NOMINEE, "第一机床厂", "书法", "手艺好", "写完了"),
    *(Step(NOMINEE, "sends", str(side)) for side in SIDES),
    *_presses(NOMINEE, "发完了", "没问题", "属实", "递交", COUNTY, "递交给"),
    *_DELIVERED,
    *_says(CLERK, "看板"),
    *_presses(CLERK, "打开陆建华", "逐项看", "看：工种", "写错了"),
    *_says(CLERK, "有错别字"),
    *_presses(CLERK, "看一遍意见", "确定退回"),
    *_DELIVERED,
    *_looks(NOMINEE),
    *_says(NOMINEE, "电焊工"),
    *_again(EXPERTS[0]),
    *_again(EXPERTS[1]),
    *_looks(NOMINEE),
    *_presses(NOMINEE, "没问题，再次递交", "属实", "再次递交"),
    *_DELIVERED,
    *_says(CLERK, "看板"),
    *_presses(CLERK, "打开陆建华", "受理", "还是受理"),
    *_presses(CLERK, "撤销刚才的决定"),
    *_presses(CLERK, "上报", "上报"),
    *_DELIVERED,
    *_says(ABOVE, "看板"),
    *_presses(ABOVE, "打开陆建华", "受理", "还是受理"),
    *_DELIVERED,
)


def clock(number: int) -> datetime:
    """When a step happens, in whatever life."""
    delivered = sum(each.does == "delivers" for each in SCRIPT[:number])
    return BEGAN + timedelta(minutes=number) + delivered * DELIVERING


_RANDOM = re.compile(
    r"(?<![0-9A-Za-z])(?:[0-9a-f]{32}(?:[0-9a-f]{32})?|i_[\w-]{20,}|[0-9A-Z]{4}(?:-[0-9A-Z]{4})+)(?![0-9A-Za-z])"
)


def unlotted(text: str) -> str:
    """A text without what is drawn by lot: ids, links, codes, numbers of cases."""
    return _RANDOM.sub("…", text)


def seen(screen: Screen) -> str:
    """All that stands on a Screen, but for what is drawn by lot."""
    asks = f"asks {screen.asks.question if screen.asks else ''}"
    return unlotted("\n".join((*told(screen), *(each.label for each in screen.all_buttons()), asks)))


def sent_picture(side: int) -> bytes:
    """A picture of several chunks: what stands behind its end is of no meaning."""
    return picture((side, 840)) + random.Random(side).randbytes(200_000)


class Door:
    """A page, on which a Screen that nobody asked for is shown."""

    page = True

    def __init__(self, screens: dict[str, Screen]) -> None:
        self._screens = screens
        self._count = 0

    async def deliver(self, address: str, screen: Screen) -> Receipt:
        self._screens[address] = screen
        self._count += 1
        return Receipt(str(self._count))


@dataclass
class Play:
    """One life of the process. `looking` has everybody look after each step."""

    house: House
    looking: bool = False
    links: dict[str, str] = field(default_factory=dict)
    screens: dict[str, Screen] = field(default_factory=dict)

    async def goes_on(self, number: int, sent: Mapping[str, str] | None) -> None:
        """From this step on to the end, which was `sent` before or not."""
        if number:
            await self._everybody(number - 1)
        while number < len(SCRIPT):
            await self._does(number, SCRIPT[number], sent)
            if self.looking:
                await self._everybody(number)
            sent, number = None, number + 1

    async def _everybody(self, number: int) -> None:
        self.house.now = clock(number)
        for who in PEOPLE:
            self.screens[who] = await self._take(who, Turn(who, f"look {time.time_ns()}"))
        _tell(looks={who: seen(self.screens[who]) for who in PEOPLE}, at=number)

    async def _does(self, number: int, step: Step, sent: Mapping[str, str] | None) -> None:
        self.house.now = clock(number)
        words = sent or self._words(step)
        _tell(sent=number, words=words)
        if step.does == "delivers":
            await self._delivers()
            _tell(done=number, screen="")
            return
        turn = Turn(step.who, f"step {number}", text=words.get("text"), choice=words.get("choice"))
        if step.does == "sends":
            content = sent_picture(int(step.what))
            kept = await self.house.conversation.receive(
                "web", step.who, f"{step.what}.jpg", stream(content), len(content), turn.message_id
            )
            turn = replace(turn, file=kept)
        screen = self.screens[step.who] = await self._take(step.who, turn)
        if step.does == "asks" and screen.invitation:
            self.links[step.what] = screen.invitation.token
            _tell(link=step.what, token=screen.invitation.token)
        _tell(done=number, screen=seen(screen))

    def _words(self, step: Step) -> dict[str, str]:
        match step.does:
            case "says":
                return {"text": step.what}
            case "asks":
                return {"text": "师傅"}
            case "opens":
                return {"text": self.links[step.who]}
            case "presses":
                tokens = self.screens[step.who].tokens()
                found = [token for token, button in tokens.items() if step.what in button.label]
                assert found, f"{step} is not on\n{seen(self.screens[step.who])}"
                return {"choice": found[0]}
        return {}

    async def _take(self, who: str, turn: Turn) -> Screen:
        return await self.house.conversation.take("web", who, turn)

    async def _delivers(self) -> None:
        """All that waits, also behind a lease of somebody who died."""
        courier = Courier(self.house.conversation, {"web": Door(self.screens)})
        for _ in range(4):
            while await courier.round():
                pass
            self.house.now += timedelta(hours=1)


def _tell(**what: Any) -> None:
    """By a call that nothing else makes: what is killed while it answers is told from what is killed over a file."""
    os.writev(1, [json.dumps(what).encode() + b"\n"])


def played(database: Database, files: Path) -> House:
    """The house in which it is played, which prints nothing."""
    return weighed(House(database, files, cast("Workers", Aside())))


def held(ledger: str) -> None:
    """Wait until whoever is to kill has laid hands on us, whom the system may have to be told of."""
    ctypes.CDLL(None).prctl(_PR_SET_PTRACER, ctypes.c_ulong(-1))
    while json.loads(ledger)["traced"] and "TracerPid:\t0\n" in Path("/proc/self/status").read_text():
        time.sleep(0.005)


async def main(url: str, files: str, ledger: str) -> None:
    noted = json.loads(ledger)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    database = kept_at(url)
    play = Play(played(database, Path(files)), noted["looking"], noted["links"])
    await play.goes_on(noted["number"], noted["sent"])
    database.close()


if __name__ == "__main__":
    held(sys.argv[-1])
    asyncio.run(main(*sys.argv[1:]))
