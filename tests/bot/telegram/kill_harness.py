"""Kills the bot with -9 at random moments while people answer 40 questions as fast as they can.

They also send photos and edit what they answered before; and in groups people talk, give commands, come and go,
under numbers that private messages have too. Nothing may be lost, nothing may count twice, everybody must see their
current Screen again without asking for it, and groups hear one line an hour.

`python -m tests.bot.telegram.kill_harness --kills 200 [--webhook] [--default-bot]` prints what became of the answers.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any

from sqlalchemy import select

from storage import interviews
from storage.database import Database
from storage.interviews import Speaker
from storage.tables import door, event, interview, person
from storage.unit import Unit
from tests.bot.telegram.answerer import Answerer
from tests.bot.telegram.crowd import Crowd
from tests.bot.telegram.double import Telegram
from tests.bot.telegram.interview import DONE, lay
from tests.bot.telegram.service import Service
from tests.bot.telegram.updates import Pending

_LONGEST_WORK = 0.8  # seconds from the first sign of life to the kill, at most
_EVERY = 6  # of so many lives one goes on until everybody was answered
_WORST = 0.9  # of the kills, so many must meet updates that are fetched and not confirmed


@dataclass
class Report:
    """What happened. `lost` were to be given again, `doubled` counted twice, `unshown` waited in vain."""

    kills: int = 0
    people: int = 0
    answers: int = 0
    corrections: int = 0
    talk: int = 0
    collisions: int = 0
    seconds: float = 0.0
    waiting: list[int] = field(default_factory=list)
    unconfirmed: list[int] = field(default_factory=list)
    lost: int = 0
    doubled: int = 0
    misplaced: int = 0
    unshown: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        return not (self.lost or self.doubled or self.misplaced or self.unshown or self.faults)

    @property
    def met_work(self) -> bool:
        """Whether the kills prove anything."""
        return all(self.waiting) and sum(map(bool, self.unconfirmed)) >= _WORST * self.kills

    def __str__(self) -> str:
        kills = max(self.kills, 1)
        return "\n".join(
            [
                f"{self.kills} kills, {self.people} people, {self.answers} answers, {self.corrections} of them "
                f"corrected by edits, in {self.seconds:.0f} s",
                f"{self.talk} things happened in groups; {self.collisions} of their messages have a private one's number",
                f"in flight at a kill: {sum(self.waiting) / kills:.1f} turns unanswered (least {min(self.waiting)}), "
                f"{sum(self.unconfirmed) / kills:.1f} updates fetched and unconfirmed "
                f"(some at {sum(map(bool, self.unconfirmed))} kills)",
                f"lost {self.lost}, counted twice {self.doubled}, at the wrong question {self.misplaced}, "
                f"not shown their screen again {self.unshown}",
                *self.faults[:10],
            ]
        )


class Harness:
    """A bot, its people and somebody who kills it. `patience` is how long after a start people wait to be answered."""

    def __init__(
        self,
        telegram: Telegram,
        service: Service,
        *,
        people: int = 24,
        seed: int = 7,
        patience: float = 12,
        edits: float = 0.15,
        groups: int = 3,
        photos: bool = True,
    ) -> None:
        self.telegram = telegram
        self.service = service
        self.report = Report()
        self._chance = random.Random(seed)
        self._patience = patience
        self._resting = False
        self._edits, self._photos = edits, photos
        self._crowd = Crowd(telegram, self._chance, groups)
        self._everybody: list[Answerer] = []
        self._seats: list[Answerer] = [self._newcomer() for _ in range(people)]
        self._tasks: list[asyncio.Task[None]] = []

    async def run(self, kills: int) -> Report:
        begun = perf_counter()
        await self.service.start()
        self._tasks = [asyncio.create_task(self._seat(number)) for number in range(len(self._seats))]
        talk = asyncio.create_task(self._crowd.talks())
        try:
            for number in range(1, kills + 1):
                await self._life(long=number % _EVERY == 0)
                await self._kill()
                await self.service.start()
            talk.cancel()
            await self._end()
        finally:
            for task in (*self._tasks, talk):
                task.cancel()
            await asyncio.gather(*self._tasks, talk, return_exceptions=True)
        self.report.seconds = perf_counter() - begun
        return self.report

    async def _seat(self, number: int) -> None:
        """People sit here one after the other."""
        while not self._resting:
            somebody = self._seats[number] = self._newcomer()
            self._everybody.append(somebody)
            while somebody.step < DONE and not self._resting:
                await somebody.goes_on()

    def _newcomer(self) -> Answerer:
        return Answerer(self.telegram, self._chance, self._edits, photos=self._photos)

    async def _life(self, *, long: bool) -> None:
        """Let the bot work: until it answered somebody, a random while longer, and until something is in flight."""
        before = [each.step for each in self._seats]
        await self._until(lambda: before != [each.step for each in self._seats])
        if long:
            await self._everybody_answered(set(self._stranded()))
        await asyncio.sleep(self._chance.uniform(0, _LONGEST_WORK))
        await self._until(lambda: self._waiting() and self._unconfirmed())

    def _stranded(self) -> list[Answerer]:
        """Who acted before this life of the bot, as far as can be told: they wait, and nothing of theirs is queued."""
        queued = self._queued()
        return [each for each in self._seats if each.waits and each.phone.id not in queued]

    def _queued(self) -> set[int]:
        return set(map(_speaker, self.telegram.updates.pending.values()))

    async def _until(self, holds: Any) -> None:
        """Polls: what is looked at has no event of its own."""
        until = perf_counter() + self._patience
        while not holds() and perf_counter() < until:  # noqa: ASYNC110
            await asyncio.sleep(0.002)

    async def _everybody_answered(self, these: set[Answerer]) -> None:
        """Those who are left after all patience ask for themselves, which is noted."""
        steps = {each: each.step for each in these}

        def left() -> list[Answerer]:
            return [each for each, step in steps.items() if each.waits and each.step == step]

        await self._until(lambda: not left())
        for each in left():
            each.nudge()
        await self._until(lambda: not left())

    def _waiting(self) -> int:
        """Turns that the bot has fetched and not answered."""
        pending = self.telegram.updates.pending.values()
        unfetched = {_speaker(each) for each in pending if not each.handed_out}
        return sum(each.waits and each.phone.id not in unfetched for each in self._seats)

    def _unconfirmed(self) -> int:
        pending = self.telegram.updates.pending.values()
        return sum(bool(each.handed_out and _speaker(each)) for each in pending)

    async def _kill(self) -> None:
        self.report.kills += 1
        self.report.waiting.append(self._waiting())
        self.report.unconfirmed.append(self._unconfirmed())
        await self.service.kill()
        for each in self.telegram.updates.pending.values():
            each.handed_out = 0  # nobody has them any more

    async def _end(self) -> None:
        self._resting = True
        await self._everybody_answered(set(self._seats))
        await asyncio.wait(self._tasks, timeout=self._patience)
        await self.telegram.updates.settled(self._patience)
        report = self.report
        report.people = len(self._everybody)
        report.lost += sum(each.lost for each in self._everybody)
        report.unshown += sum(each.unshown for each in self._everybody)
        report.unshown += sum(each.waits for each in self._seats)
        await self._count()
        report.talk, report.collisions = self._crowd.said, self._crowd.collisions
        report.faults += self._crowd.faults
        report.faults += self.service.faults
        report.faults += [str(call) for call in self.telegram.refusals]
        await self.service.stop()

    async def _count(self) -> None:
        """Compare what is kept with what was said."""
        kept = Database(self.service.database)
        try:
            answered = await kept.run(_answered)
            for each in self._everybody:
                seat = await kept.run(partial(_seat_of, number=each.phone.id))
                answers = {name: _kept(said) for name, said in seat.state.answers.items()} if seat else {}
                wanted = each.answers
                self.report.answers += len(wanted)
                self.report.corrections += each.corrected.total()
                self.report.lost += len(wanted.keys() - answers.keys())
                self.report.misplaced += sum(answers.get(name, said) != said for name, said in wanted.items())
                self.report.misplaced += len(answers.keys() - wanted.keys())
                times = answered.get(str(each.phone.id), Counter())
                often = (number - 1 - each.corrected[name] for name, number in times.items())
                self.report.doubled += sum(number for number in often if number > 0)
        finally:
            kept.close()


def _speaker(update: Pending) -> int:
    """Who did this in their private chat; 0 for what happened in a group."""
    chat = (update.payload.get("message") or update.payload)["chat"]
    return int(update.payload["from"]["id"]) if chat["type"] == "private" else 0


def _kept(answer: Any) -> Any:
    return answer["name"] if isinstance(answer, dict) else answer


def _seat_of(unit: Unit, number: int) -> Speaker | None:
    return interviews.speaker(unit, "telegram", str(number))


def _answered(unit: Unit) -> dict[str, Counter[str]]:
    """How often each question was answered, by address."""
    rows = unit.connection.execute(
        select(door.c.address, event.c.about)
        .select_from(event)
        .join(interview, interview.c.id == event.c.interview)
        .join(person, person.c.id == interview.c.person)
        .join(door, door.c.person == person.c.id)
        .where(event.c.kind == "answered")
    )
    found: dict[str, Counter[str]] = {}
    for address, about in rows:
        found.setdefault(address, Counter())[about] += 1
    return found


async def harness(
    directory: Path,
    kills: int,
    *,
    webhook: bool = False,
    default_bot: bool = False,
    photos: bool = True,
    **more: Any,
) -> Report:
    """Set everything up in `directory` and run."""
    async with Telegram() as telegram:
        # What was under way at a kill is done again: a press answered twice, a message changed into what it is.
        telegram.forgiven = ["query is too old", "message is not modified", "bot was kicked"]
        programmes = lay(directory / "programmes", photos=photos)
        service = Service(telegram, directory / "bot", webhook=webhook, JIANGJIAN_PROGRAMMES=programmes)
        service.command = ("-m", "tests.bot.telegram.default_bot") if default_bot else ("-m", "bot", "run")
        return await Harness(telegram, service, photos=photos, **more).run(kills)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--people", type=int, default=24, help="how many answer at the same time")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--edits", type=float, default=0.15, help="how likely an edit is after an answer")
    parser.add_argument("--groups", type=int, default=3, help="in how many groups people talk")
    parser.add_argument("--webhook", action="store_true", help="Telegram delivers, instead of being asked")
    parser.add_argument(
        "--default-bot", action="store_true", help="kill a bot with aiogram's default polling instead"
    )
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="jiangjian-kills-") as directory:
        report = asyncio.run(
            harness(
                Path(directory),
                asked.kills,
                webhook=asked.webhook,
                default_bot=asked.default_bot,
                people=asked.people,
                seed=asked.seed,
                edits=0 if asked.default_bot else asked.edits,
                groups=0 if asked.default_bot else asked.groups,
                photos=not asked.default_bot,
            )
        )
    print(report)
    sys.exit(not (report.clean and report.met_work))


if __name__ == "__main__":
    main()
