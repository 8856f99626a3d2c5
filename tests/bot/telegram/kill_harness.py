"""Kills the bot with -9 at random moments while people answer 40 questions as fast as they can.

They also send photos and papers, which take their time to be fetched, and edit what they answered before; and in
groups people talk, give commands, come and go, under numbers that private messages have too. Nothing may be lost,
nothing may count twice or stand at another question, everybody must see their current Screen again without asking for
it, of every file that was answered there is one, whole, and groups hear one line an hour.

`python -m tests.bot.telegram.kill_harness --kills 200 [--webhook] [--default-bot]` prints what became of the answers.
"""

from __future__ import annotations

import argparse
import asyncio
import math
import random
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Any

from tests.bot.telegram.answerer import Answerer
from tests.bot.telegram.crowd import Crowd
from tests.bot.telegram.double import Telegram
from tests.bot.telegram.interview import DONE, lay
from tests.bot.telegram.kept import account
from tests.bot.telegram.service import Service
from tests.bot.telegram.updates import Pending

_LONGEST_WORK = 0.8  # seconds from the first sign of life to the kill, at most
_EVERY = 6  # of so many lives one goes on until everybody was answered
_MOST_PATIENT = 15  # times as long they wait for one that works on
_SLOWEST = 1.5  # seconds a download takes at most
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
    files: int = 0
    seconds: float = 0.0
    waiting: list[int] = field(default_factory=list)
    unconfirmed: list[int] = field(default_factory=list)
    uploading: list[int] = field(default_factory=list)
    lost: int = 0
    doubled: int = 0
    misplaced: int = 0
    unshown: int = 0
    outdated: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        return not (self.lost or self.doubled or self.misplaced or self.unshown or self.faults)

    @property
    def met_work(self) -> bool:
        """Whether the kills prove anything."""
        met = [self.unconfirmed, *([self.uploading] if self.files else [])]
        return all(self.waiting) and all(sum(map(bool, each)) >= _WORST * self.kills for each in met)

    def __str__(self) -> str:
        kills = max(self.kills, 1)
        return "\n".join(
            [
                f"{self.kills} kills, {self.people} people, {self.answers} answers, {self.corrections} of them "
                f"corrected, {self.files} files, in {self.seconds:.0f} s",
                f"{self.talk} things happened in groups; {self.collisions} of their messages have a private one's number",
                f"in flight at a kill: {sum(self.waiting) / kills:.1f} turns unanswered (least {min(self.waiting, default=0)}), "
                f"{sum(self.unconfirmed) / kills:.1f} updates fetched and unconfirmed "
                f"(some at {sum(map(bool, self.unconfirmed))} kills), {sum(self.uploading) / kills:.1f} of them files "
                f"(some at {sum(map(bool, self.uploading))} kills)",
                f"lost {self.lost}, counted twice {self.doubled}, at the wrong question {self.misplaced}, "
                f"not shown their screen again {self.unshown}",
                f"pressed on a Screen of a killed bot, refused and pressed again: {self.outdated}",
                *self.faults[:10],
            ]
        )


class Harness:
    """A bot, its people and somebody who kills it. `patience` is how long people wait for a bot that does nothing."""

    def __init__(
        self,
        telegram: Telegram,
        service: Service,
        *,
        people: int = 24,
        seed: int = 7,
        patience: float = 20,
        edits: float = 0.15,
        groups: int = 3,
        files: bool = True,
    ) -> None:
        self.telegram = telegram
        self.service = service
        self.report = Report()
        self._chance = random.Random(seed)
        self._patience = patience
        self._resting = False
        self._edits, self._files = edits, files
        self._crowd = Crowd(telegram, self._chance, groups)
        self._everybody: list[Answerer] = []
        self._seats: list[Answerer] = [self._newcomer() for _ in range(people)]
        self._tasks: list[asyncio.Task[None]] = []

    async def run(self, kills: int, minutes: float = math.inf) -> Report:
        """Kill so often, within so many minutes."""
        begun = perf_counter()
        await self.service.start()
        self._tasks = [asyncio.create_task(self._seat(number)) for number in range(len(self._seats))]
        talk = asyncio.create_task(self._crowd.talks())
        try:
            for number in range(1, kills + 1):
                if perf_counter() - begun > minutes * 60:
                    break
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
        return Answerer(self.telegram, self._chance, self._edits, files=self._files)

    async def _life(self, *, long: bool) -> None:
        """Let the bot work: until it answered somebody, a random while longer, and until something is in flight."""
        before = [each.step for each in self._seats]
        await self._until(lambda: before != [each.step for each in self._seats])
        if long:
            await self._everybody_answered(set(self._stranded()))
        await asyncio.sleep(self._chance.uniform(0, _LONGEST_WORK))
        await self._until(
            lambda: self._waiting() and self._unconfirmed() and (self._uploading() or not self._files)
        )

    def _stranded(self) -> list[Answerer]:
        """Who acted before this life of the bot, as far as can be told: they wait, and nothing of theirs is queued."""
        queued = self._queued()
        return [each for each in self._seats if each.waits and each.phone.id not in queued]

    def _queued(self) -> set[int]:
        return set(map(_speaker, self.telegram.updates.pending.values()))

    async def _until(self, holds: Any) -> None:
        """Until it holds, or the bot has said and asked nothing for as long as people are patient.

        Polls: what is looked at has no event of its own.
        """
        end = perf_counter() + _MOST_PATIENT * self._patience
        until, calls = perf_counter() + self._patience, len(self.telegram.calls)
        while not holds() and perf_counter() < min(until, end):
            if len(self.telegram.calls) > calls:  # a busy machine is no fault
                until, calls = perf_counter() + self._patience, len(self.telegram.calls)
            await asyncio.sleep(0.005)

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

    def _uploading(self) -> int:
        """Files that the bot was told of and has not taken for good."""
        pending = self.telegram.updates.pending.values()
        return sum(bool(each.handed_out and {"photo", "document"} & each.payload.keys()) for each in pending)

    async def _kill(self) -> None:
        self.report.kills += 1
        self.report.uploading.append(self._uploading())
        self.report.waiting.append(self._waiting())
        self.report.unconfirmed.append(self._unconfirmed())
        await self.service.kill()
        for each in self.telegram.updates.pending.values():
            each.handed_out = 0  # nobody has them any more

    async def _end(self) -> None:
        self._resting = True
        await self._everybody_answered(set(self._seats))
        await self._until(lambda: all(task.done() for task in self._tasks))
        await self._until(lambda: not self.telegram.updates.pending)
        await self.telegram.updates.settled(self._patience)
        report = self.report
        report.people = len(self._everybody)
        report.lost += sum(each.lost for each in self._everybody)
        report.unshown += sum(each.unshown for each in self._everybody)
        report.unshown += sum(each.waits for each in self._seats)
        await self.service.stop()
        await self._count()
        report.talk, report.collisions = self._crowd.said, self._crowd.collisions
        report.faults += self._crowd.faults
        report.faults += [text for each in self._everybody for text in (*each.losses, *each.refused)]
        report.faults += self.service.faults
        report.faults += [str(call) for call in self.telegram.refusals]

    async def _count(self) -> None:
        """Compare what is kept with what was said."""
        kept, report = await account(self.service.directory, self._everybody), self.report
        report.answers, report.corrections, report.files = kept.answers, kept.corrections, kept.files
        report.lost += kept.lost
        report.doubled += kept.doubled
        report.misplaced += kept.misplaced
        report.outdated = kept.outdated
        report.faults += kept.faults


def _speaker(update: Pending) -> int:
    """Who did this in their private chat; 0 for what happened in a group."""
    chat = (update.payload.get("message") or update.payload)["chat"]
    return int(update.payload["from"]["id"]) if chat["type"] == "private" else 0


async def harness(
    directory: Path,
    kills: int,
    *,
    webhook: bool = False,
    default_bot: bool = False,
    files: bool = True,
    minutes: float = math.inf,
    **more: Any,
) -> Report:
    """Set everything up in `directory` and run."""
    async with Telegram() as telegram:
        # What was under way at a kill is done again: a press answered twice, a message changed into what it is.
        telegram.forgiven = ["query is too old", "message is not modified", "bot was kicked"]
        slow = random.Random(11)
        telegram.slowness = lambda: slow.choice((0, slow.uniform(0, _SLOWEST)))
        programmes = lay(directory / "programmes", files=files)
        service = Service(telegram, directory / "bot", webhook=webhook, JIANGJIAN_PROGRAMMES=programmes)
        # What a kill leaves half done is taken up again once its time is over: that takes a clock that goes on.
        service.command = ("tests.bot.telegram.default_bot",) if default_bot else ("bot.__main__", "run")
        return await Harness(telegram, service, files=files, **more).run(kills, minutes)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--minutes", type=float, default=math.inf, help="after which no more is killed")
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
                minutes=asked.minutes,
                seed=asked.seed,
                edits=0 if asked.default_bot else asked.edits,
                groups=0 if asked.default_bot else asked.groups,
                files=not asked.default_bot,
            )
        )
    print(report)
    sys.exit(not (report.clean and report.met_work))


if __name__ == "__main__":
    main()
