"""kill -9 in the middle of turns: every acknowledged answer is there afterwards, and none counts twice."""

from __future__ import annotations

import asyncio
import os
import random
from pathlib import Path

from sqlalchemy import func, select

from storage import interviews, tables
from storage.unit import Unit
from tests.nursery import Child
from tests.storage.rings import kept_at

KILLS = 30
PEOPLE = 4


class Ledger:
    """What each person sent and what was acknowledged, as the outside saw it."""

    def __init__(self) -> None:
        self.sent = [0] * PEOPLE
        self.done = [0] * PEOPLE

    def read(self, line: bytes) -> None:
        what, person, number = line.decode().split()
        getattr(self, what)[int(person[1:])] = int(number)

    @property
    def in_flight(self) -> int:
        return sum(sent > done for sent, done in zip(self.sent, self.done, strict=True))


async def live_and_die(url: str, files: Path, ledger: Ledger, seconds: float) -> int:
    """Let a process work until everybody was answered, and for so long after that, then kill it: how many were in flight."""
    before = list(ledger.done)
    following = [str(done + 1) for done in ledger.done]
    process = await Child.start("tests.storage.taker", url, str(files), *following, environment=os.environ)
    while any(
        now == then for now, then in zip(ledger.done, before, strict=True)
    ):  # a busy machine takes its time
        ledger.read(await process.stdout.readline())

    async def listen() -> None:
        while line := await process.stdout.readline():
            if line.endswith(b"\n"):
                ledger.read(line)

    listening = asyncio.ensure_future(listen())
    await asyncio.sleep(seconds)
    assert process.returncode is None, "it must live until it is killed"
    process.kill()
    assert await process.wait() == -9
    await listening
    return ledger.in_flight


async def test_every_acknowledged_answer_survives_and_none_counts_twice(tmp_path: Path) -> None:
    url, files = f"sqlite:///{tmp_path}/jiangjian.sqlite", tmp_path / "files"
    ledger, chance = Ledger(), random.Random(11)
    caught_working = 0
    for _ in range(KILLS):
        caught_working += await live_and_die(url, files, ledger, chance.uniform(0.0, 0.15)) > 0
    assert caught_working >= KILLS * 0.8, "the kills must meet turns in flight to prove anything"
    assert min(ledger.done) >= KILLS

    def kept(unit: Unit, person: str) -> tuple[int, str, int]:
        seat = interviews.speaker(unit, "web", person)
        assert seat
        message, event = tables.message, tables.event
        count = select(func.count())
        messages = count.where(message.c.conversation == person, message.c.message.not_like("begin%"))
        answers = count.where(
            event.c.interview == seat.interview, event.c.kind == "answered", event.c.about == "trade"
        )
        return (
            unit.connection.execute(messages).scalar_one(),
            seat.state.answers.get("trade", ""),
            unit.connection.execute(answers).scalar_one(),
        )

    database = kept_at(url)
    for number, (sent, done) in enumerate(zip(ledger.sent, ledger.done, strict=True)):
        person = f"p{number}"
        messages, trade, answers = await database.run(lambda unit, person=person: kept(unit, person))
        assert messages in (done, sent), person  # what was on its way may have arrived, once
        assert trade == f"{messages if messages % 2 else messages - 1}号焊工", person
        assert answers == (messages + 1) // 2, person
    database.close()
