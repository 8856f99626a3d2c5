"""Lives and deaths of a process that plays a case: where it is killed, what it told before, what is there afterwards."""

from __future__ import annotations

import json
import os
import random
import re
from asyncio import create_subprocess_exec, wait_for
from asyncio.subprocess import DEVNULL
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.bot.house.desk.grounds import Place
from tests.bot.house.desk.portrait import Portrait, portrait
from tests.bot.house.desk.whole_case import SCRIPT
from tests.nursery import Child

_PLAYER = "tests.bot.house.desk.whole_case"
_WRITES = "write,writev,pwrite64,pwritev,fsync,fdatasync,rename,renameat,renameat2,ftruncate,unlink,unlinkat"
#: What a call is made on, by the path in it; the first that fits. Of the kills so many parts go to each kind.
_KINDS = (
    ("keyring synced", re.compile(r"f\w*sync\(.*/keys\.sqlite"), 2),
    ("keyring", re.compile(r".*/keys\.sqlite"), 3),
    ("database synced", re.compile(r"f\w*sync\(.*/jiangjian\.sqlite"), 5),
    ("database", re.compile(r".*/jiangjian\.sqlite"), 6),
    ("PostgreSQL", re.compile(r"sendto"), 12),
    ("files", re.compile(r".*/files"), 3),
    ("answers", re.compile(r"writev"), 2),
)
_CALL = re.compile(r"^(\d+) +((\w+)\(.*)")
#: A life that takes so many seconds hangs.
_LONGEST = 240


@dataclass(frozen=True)
class Point:
    """The `nth` call of a name that a thread makes in its life, and what that was made on when nobody was killed."""

    call: str
    nth: int
    kind: str


def kind_of(call: str) -> str:
    """What a call is made on; "" where it is nothing that is kept."""
    return next((name for name, pattern, _ in _KINDS if pattern.match(call)), "")


def points_of(calls: str, count: int) -> list[Point]:
    """So many points, some of each kind, evenly over all calls of a case as they were written down."""
    made, kinds = defaultdict[tuple[str, str], int](int), defaultdict[str, dict[Point, None]](dict)
    for line in calls.splitlines():
        if (found := _CALL.match(line)) and (kind := kind_of(found[2])):
            thread, name = found[1], found[3]
            made[thread, name] += 1
            kinds[kind][Point(name, made[thread, name], kind)] = None
    parts = {name: part for name, _, part in _KINDS if kinds[name]}
    chosen: list[Point] = []
    for number, (name, part) in enumerate(sorted(parts.items(), key=lambda each: each[1])):
        left = sum(sorted(parts.values())[number:])
        most = min(len(kinds[name]), max(1, round((count - len(chosen)) * part / left)))
        every = list(kinds[name])
        chosen += [every[int((place + 0.5) * len(every) / most)] for place in range(most)]
    random.Random(count).shuffle(chosen)  # whoever stops in the middle has met all of them
    return chosen[:count]


@dataclass
class Ledger:
    """What is known of a case outside of the process: the next step and whether it is on its way, and all Screens."""

    number: int = 0
    sent: dict[str, str] | None = None
    links: dict[str, str] = field(default_factory=dict)
    answers: dict[int, str] = field(default_factory=dict)
    looks: dict[int, dict[str, str]] = field(default_factory=dict)
    #: What was sent a second time, and when everybody looked that came back.
    again: set[int] = field(default_factory=set)

    def read(self, line: bytes) -> None:
        told = json.loads(line)
        if "sent" in told:
            if self.sent is not None:
                self.again.add(self.number)
            self.number, self.sent = told["sent"], told["words"]
        elif "done" in told:
            self.answers[told["done"]] = told["screen"]
            self.number, self.sent = told["done"] + 1, None
        elif "link" in told:
            self.links[told["link"]] = told["token"]
        else:
            self.looks[told["at"]] = told["looks"]


def _less_told(screen: str, wanted: str) -> bool:
    """Whether a Screen is another one but for news in front of it: they go as somebody does the next thing.

    They stood on the Screen before that, and what was done may not have been taken yet.
    """
    notes = [line for line in wanted.splitlines() if line.startswith("· ")]
    return [line for line in wanted.splitlines() if line not in notes] == [
        line for line in screen.splitlines() if line not in notes
    ]


@dataclass
class Case:
    """One case in its place, over as many lives as it takes."""

    place: Place
    ledger: Ledger
    stopped: str = ""

    async def dies(self, point: Point) -> str:
        """Let it live until that call: what it then was killed over; "" where it came to its end before."""
        calls = await self._lives(f"inject={point.call}:signal=SIGKILL:when={point.nth}")
        if calls is None:
            return ""
        last = next((e for e in reversed(calls.splitlines()) if f" {point.call}(" in e), "")
        found = _CALL.match(last)
        return f"{kind_of(found[2]) or 'aside'} {point.call}" if found else "aside"

    async def lives(self, *, looking: bool = False, traced: bool = False) -> str:
        """Let it live to the end of the case; gives its calls where they are `traced`."""
        calls = await self._lives("trace=all" if traced else "", looking=looking)
        return calls or ""

    async def _lives(self, how: str, *, looking: bool = False) -> str | None:
        """One life. None where it was to be killed and was not."""
        ledger = self.ledger
        noted = {"number": ledger.number, "sent": ledger.sent, "links": ledger.links, "looking": looking}
        words = (self.place.url, str(self.place.files), json.dumps({**noted, "traced": bool(how)}))
        process = await Child.start(_PLAYER, *words, environment=os.environ)
        killing = how.startswith("inject")
        if how:
            watched = _WRITES + (",sendto" if self.place.url.startswith("postgresql") else "")
            command = ["strace", "-f", "-y", "-s", "0", "-qq", "-o", str(self.place.calls)]
            command += ["-e", f"trace={watched}", *(["-e", how] if killing else []), "-p", str(process.pid)]
            tracer = await create_subprocess_exec(*command, stdout=DEVNULL, stderr=DEVNULL)
        while line := await wait_for(process.stdout.readline(), _LONGEST):
            if line.endswith(b"\n"):
                ledger.read(line)
        ended = await wait_for(process.wait(), _LONGEST)
        calls = ""
        if how:
            await wait_for(tracer.wait(), _LONGEST)
            calls = self.place.calls.read_text(errors="replace")
            self.place.calls.unlink()
        if ended == 0:
            return None if killing else calls
        if not (killing and ended == -9):
            self.stopped = (await process.stderr.read()).decode()[-2000:] or f"ended with {ended}"
        return calls

    async def portrait(self) -> Portrait:
        return await portrait(self.place)

    async def faults(self, undisturbed: Ledger, wanted: Portrait) -> list[str]:
        """What is otherwise than in a case that nobody disturbed, one sentence each."""
        if self.stopped or self.ledger.number < len(SCRIPT):
            return [f"lost its way at step {self.ledger.number}: {self.stopped}"]
        found = [*self._screens(undisturbed)]
        return found + (await self.portrait()).against(wanted)

    def _screens(self, undisturbed: Ledger) -> Sequence[str]:
        """Whoever acts, or comes back and looks, sees what they see in a case that nobody disturbed."""
        wrong = []
        for number, screen in self.ledger.answers.items():
            may = {undisturbed.answers[number]}
            if number in self.ledger.again:  # it was taken before: what stands there since
                may.add(undisturbed.looks[number].get(SCRIPT[number].who, ""))
            if screen not in may:
                wrong.append(f"step {number} showed {screen!r}, not {may}")
        for number, looks in self.ledger.looks.items():
            for who, screen in looks.items():
                may = {
                    undisturbed.looks[each][who] for each in (number, number + 1) if each in undisturbed.looks
                }
                acting = number + 1 < len(SCRIPT) and SCRIPT[number + 1].who == who
                if screen not in may and not (acting and any(_less_told(screen, each) for each in may)):
                    wrong.append(f"behind step {number} {who} sees {screen!r}, not {may}")
        return wrong
