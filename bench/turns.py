"""What a turn costs: today's build beside earlier ones, and beside aiogram's documented FSM and the bare commit.

`python -m bench.turns [--rounds N] [--turns N] [--sealing]`. Every answer is on the disk (write-ahead log, synchronous=FULL)
before the next one is given.

First the real thing: case files of Nanning and 大国工匠, with all their rules, and forty plain questions, each by every
build in turn, as many times as there are rounds; told are the medians. *engine* is the processor time of a turn's
`dialogs.engine.step` and of reading and writing the interview, *late* the same of one person's turns with 45 answers
in and more, *whole* that of the process. The build before this one stands beside it.

Then the forty questions, 25 typed and 15 pressed, beside other ways to do it, for one person and for a hundred at once.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import sqlite3
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any, cast

from bench.peers.builds import builds
from bench.peers.in_process import AiogramFsm
from bench.peers.rings import keyring
from bot.house.conversation import Conversation
from dialogs.turn import Turn
from forms.library import Library
from forms.loader import Source, load
from forms.printing.faces import Faces
from forms.printing.workers import Workers
from storage.database import Database
from storage.files import FileStore
from storage.migrations import upgrade

QUESTIONS = 40
PEOPLE = 100
NOW = datetime(2026, 6, 15, 4, tzinfo=UTC)

#: One answer of one person: the person's name and the number of the question.
Answer = Callable[[str, int], Awaitable[None]]


def pressed(number: int) -> bool:
    """15 of the 40 questions are answered by a button."""
    return number % 8 in (2, 5, 7)


def interview_40() -> Source:
    """The workload as a programme: a condition, two rules and every kind of answer that needs no file."""
    questions = []
    for number in range(QUESTIONS):
        kind = "choice, options: [甲, 乙, 丙]" if pressed(number) else "text"
        condition = ", when: \"q2 == '甲'\"" if number == 20 else ""
        questions.append(
            f"      - {{kind: {kind}, id: q{number}, label: 第{number}项, ask: 请填第{number}项{condition}}}"
        )
    rows = "\n".join(questions)
    return Source(
        {
            "programme.yaml": "id: interview\ntitle: 四十问\nnotice: 通知\nissued: 2026-05-01\nsummary: 测量\n"
            "office: {name: 总工会}\ndocuments: []\n"
            "routes:\n  - {id: self, title: 个人, explain: 自己报, clause: 一, submit_to: 总工会}\n",
            "forms/application.yaml": f"id: application\ntitle: 申请表\nsections:\n  - id: all\n    title: 全部\n"
            f"    questions:\n{rows}\n",
            "rules.yaml": "rules:\n"
            "  - {id: first, title: 甲, clause: 一, condition: \"q2 == '甲'\", met: 符合, unmet: 不符合}\n"
            "  - {id: second, title: 乙, clause: 二, condition: \"q5 == '甲' or q7 == '甲'\", met: 符合, unmet: 不符合}\n",
        }
    )


class Ours:
    """`Conversation.take` with the real engine, on SQLite."""

    name = "ours: engine, history, one durable commit"

    def __init__(self, directory: Path) -> None:
        url = f"sqlite:///{directory}/ours.sqlite"
        upgrade(url)
        self._database = Database(url, keyring(url))
        source = interview_40()
        programme = load(source)
        self._conversation = Conversation(
            self._database,
            Library((programme,), (), {programme.digest: source}, {}),
            FileStore(directory / "files"),
            cast("Workers", None),
            Faces.load(),
            key=bytes(32),
            clock=lambda: NOW,
        )
        self._messages = count()
        self._screens: dict[str, Any] = {}

    async def begin(self, person: str) -> None:
        """Consent and the choice of the programme, which are not measured."""
        await self._take(person)
        for verb in ("consent", "programme"):
            await self._press(person, lambda button, verb=verb: button.action.verb == verb)

    async def answer(self, person: str, number: int) -> None:
        """One answer, as a person gives it."""
        if pressed(number):
            await self._press(person, lambda button: button.label == "甲")
        else:
            await self._take(person, text=f"这是第{number}项的回答")

    async def finish(self) -> None:
        """Every interview was answered to its end."""
        if any(screen.progress.all_done != QUESTIONS for screen in self._screens.values()):
            raise AssertionError("an interview did not come to its end")
        self._database.close()

    async def _press(self, person: str, wanted: Callable[[Any], bool]) -> None:
        tokens = self._screens[person].tokens()
        await self._take(person, choice=next(token for token, button in tokens.items() if wanted(button)))

    async def _take(self, person: str, **what: str) -> None:
        turn = Turn(person, str(next(self._messages)), **what)
        self._screens[person] = await self._conversation.take("web", person, turn)


class Floor:
    """The bare commit: one message and one state of 4 KB, in the loop, nothing else."""

    name = "the floor: sqlite3, one durable commit"

    def __init__(self, directory: Path) -> None:
        self._db = sqlite3.connect(directory / "floor.sqlite", isolation_level=None)
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=FULL")
        self._db.execute("CREATE TABLE state (person TEXT PRIMARY KEY, state TEXT) WITHOUT ROWID")
        self._db.execute("CREATE TABLE message (id TEXT PRIMARY KEY) WITHOUT ROWID")

    async def begin(self, person: str) -> None:
        """A row to write to."""
        self._db.execute("INSERT INTO state VALUES (?, '')", (person,))

    async def answer(self, person: str, number: int) -> None:
        """One commit."""
        self._db.execute("BEGIN IMMEDIATE")
        self._db.execute("INSERT INTO message VALUES (?)", (f"{person}-{number}",))
        self._db.execute("UPDATE state SET state = ? WHERE person = ?", ("x" * 4096, person))
        self._db.execute("COMMIT")

    async def finish(self) -> None:
        """Let go of the file."""
        self._db.close()


@dataclass(frozen=True)
class Measured:
    """Turns per second, and milliseconds a turn took at the median and the 99th percentile."""

    rate: float
    median: float
    worst: float


async def measure(contender: Any, people: int, turns: int, label: str) -> Measured:
    """Have `people` be interviewed at once, one after the other again, until about `turns` turns were taken."""
    times: list[float] = []
    rounds = max(1, turns // (people * QUESTIONS))
    busy = 0.0
    for number in range(rounds):
        names = [f"{label}-{number}-{person}" for person in range(people)]
        for name in names:
            await contender.begin(name)

        async def talk(name: str) -> None:
            for question in range(QUESTIONS):
                began = perf_counter()
                await contender.answer(name, question)
                times.append(perf_counter() - began)

        began = perf_counter()
        await asyncio.gather(*(talk(name) for name in names))
        busy += perf_counter() - began
    times.sort()
    return Measured(len(times) / busy, times[len(times) // 2] * 1e3, times[int(len(times) * 0.99)] * 1e3)


#: Whose answers are given, and how many people give them at once.
_CASES = (("nanning-2026", "unit"), ("daguo-jiangsu-2026", "unit"), ("interview", "forty"))
_AT_ONCE = (1, 20)
_TOLD = ("rate", "median", "worst", "engine", "late", "whole")


def forty(directory: Path) -> Path:
    """The forty questions as a programme's files, with a case that answers them all."""
    home = directory / "interview"
    answers = (
        f"q{number}: {'甲' if pressed(number) else f'这是第{number}项的回答'}" for number in range(QUESTIONS)
    )
    rows = "".join(f"  {answer}\n" for answer in answers)
    case = {"cases/forty.yaml": f"title: 四十问\nnow: {NOW.isoformat()}\nanswers:\n{rows}"}
    for name, text in {**interview_40().files, **case}.items():
        path = home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return home / "cases/forty.yaml"


def side_by_side(rounds: int, directory: Path) -> None:
    """Every build with every case, in turn, and print the medians."""
    toy = forty(directory)
    known = builds()
    for programme, name in _CASES:
        for people in _AT_ONCE:
            found: dict[str, list[dict[str, Any]]] = {build.name: [] for build in known}
            for _ in range(rounds):
                for build in known:
                    case = toy if programme == "interview" else build.case(programme, name)
                    found[build.name].append(build.played("measure", str(case), str(people)))
            title = f"{programme}/{name}, {people} at once"
            print(
                f"\n{title:<36}turns  turns/s    p50 ms    p99 ms  engine ms   late ms   whole ms  today's engine, late, whole"
            )
            today: dict[str, float] = {}
            for build in known:
                middle = {what: median(each[what] for each in found[build.name]) for what in _TOLD}
                today = today or middle
                print(
                    f"{build.name:<34}{found[build.name][0]['turns']:>7}{middle['rate']:>9.0f}{middle['median']:>10.2f}"
                    f"{middle['worst']:>10.2f}{middle['engine']:>11.3f}{middle['late']:>10.3f}{middle['whole']:>11.3f}"
                    f"{today['engine'] / middle['engine']:>10.2f}×{_ratio(today['late'], middle['late'])}"
                    f"{today['whole'] / middle['whole']:>7.2f}×",
                    flush=True,
                )


def _ratio(one: float, other: float) -> str:
    """How one compares to the other; blank where nothing was measured."""
    return f"{one / other:>7.2f}×" if other else " " * 8


def sealing(rounds: int) -> None:
    """Today's build with rows sealed and not, in turn, and print the medians and what sealing costs."""
    today = builds(())[0]
    for programme, name in _CASES[:2]:
        for people in _AT_ONCE:
            found: dict[str, list[dict[str, Any]]] = {"sealed": [], "unsealed": []}
            case = str(today.case(programme, name))
            for number in range(rounds):
                order = ("sealed", "unsealed") if number % 2 else ("unsealed", "sealed")
                for how in order:
                    found[how].append(today.played("measure", case, str(people), how))
            title = f"{programme}/{name}, {people} at once"
            print(f"\n{title:<36}turns    p50 ms    p99 ms   whole ms   sealed costs, p50, whole")
            middle = {
                how: {what: median(each[what] for each in found[how]) for what in _TOLD} for how in found
            }
            plain = middle["unsealed"]
            for how, told in middle.items():
                print(
                    f"{how:<34}{found[how][0]['turns']:>7}{told['median']:>10.2f}{told['worst']:>10.2f}"
                    f"{told['whole']:>11.3f}{told['median'] / plain['median']:>16.3f}×"
                    f"{told['whole'] / plain['whole']:>8.3f}×",
                    flush=True,
                )


async def compare(turns: int, directory: Path) -> None:
    """Measure every contender at one person and at a hundred, and print it."""
    contenders: list[Any] = [
        Ours(directory),
        AiogramFsm(directory, QUESTIONS, pressed, transactions=2),
        AiogramFsm(directory, QUESTIONS, pressed, transactions=1),
        Floor(directory),
    ]
    gc.collect()
    gc.freeze()  # as the service does after its start
    for people in (1, PEOPLE):
        print(f"\n{people} at once{'':<33}turns/s    p50 ms    p99 ms   ours is")
        ours = None
        for contender in contenders:
            await measure(contender, 1, 5 * QUESTIONS, f"warm-{people}")
            found = await measure(contender, people, turns, f"run-{people}")
            ours = ours or found
            print(
                f"{contender.name:<42}{found.rate:>8.0f}{found.median:>10.2f}{found.worst:>10.2f}"
                f"{ours.rate / found.rate:>9.2f}×",
                flush=True,
            )
    for contender in contenders:
        await contender.finish()


def main() -> None:
    """Measure on the disk that temporary files lie on; TMPDIR chooses another."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--turns", type=int, default=4000, help="turns measured per line (default 4000)")
    parser.add_argument("--rounds", type=int, default=3, help="how often each build is measured (default 3)")
    parser.add_argument("--sealing", action="store_true", help="what sealing costs a turn, and nothing else")
    chosen = parser.parse_args()
    if chosen.sealing:
        sealing(chosen.rounds)
        return
    with tempfile.TemporaryDirectory(prefix="jiangjian-bench-") as directory:
        side_by_side(chosen.rounds, Path(directory))
        asyncio.run(compare(chosen.turns, Path(directory)))


if __name__ == "__main__":
    main()
