"""kill -9 while people are asked in, open, write and withdraw: what was acknowledged stands, and nothing stands twice."""

from __future__ import annotations

import asyncio
import os
import random
import sys
from asyncio.subprocess import PIPE, Process
from pathlib import Path

from sqlalchemy import func, select

from storage import tables
from storage.unit import Unit
from tests.storage.rings import kept_at

#: More in `make soak`.
KILLS = int(os.environ.get("JIANGJIAN_INVITING_KILLS", "6"))
STEPS = ("invited", "opened", "joined", "finished", "withdrawn")


async def live_and_die(url: str, files: Path, life: int, seconds: float) -> dict[str, str]:
    """Let a process ask people in for so long, then kill it: the last step of each case that was acknowledged."""
    process: Process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.bot.house.asker", url, str(files), str(life), stdout=PIPE
    )
    steps: dict[str, str] = {}
    assert process.stdout

    def note(line: bytes) -> None:
        if line.startswith(b"step ") and line.endswith(b"\n"):
            _, case, step = line.decode().split()
            steps[case] = step

    note(await process.stdout.readline())

    async def listen() -> None:
        while line := await process.stdout.readline():  # type: ignore[union-attr]
            note(line)

    listening = asyncio.ensure_future(listen())
    await asyncio.sleep(seconds)
    assert process.returncode is None, "it must live until it is killed"
    process.kill()
    assert await process.wait() == -9
    await listening
    return steps


def standing(unit: Unit, case: str) -> str:
    """How far the expert of a case is by the rows, which must fit each other."""
    door, party, code, interview = tables.door, tables.party, tables.code, tables.interview
    person = select(door.c.person).where(door.c.address == f"n-{case}").scalar_subquery()
    of = select(party.c.case).where(party.c.person == person).scalar_subquery()
    rows = unit.connection.execute(select(party).where(party.c.case == of, party.c.role == "expert")).all()
    if not rows:
        return ""
    (row,) = rows  # once, however often
    link = unit.connection.execute(select(code).where(code.c.party == row.id, code.c.kind == "invite")).one()
    own = select(func.count()).where(interview.c.party == row.id)
    interviews = unit.connection.execute(own).scalar_one()
    if row.state == "invited":
        assert (row.person, link.used, interviews) == (None, None, 0)
        return "opened" if link.opened else "invited"
    assert row.person and link.used and interviews == 1
    return {"joined": "joined", "confirmed": "finished", "withdrawn": "withdrawn"}[row.state]


async def test_what_was_acknowledged_stands_and_nothing_stands_twice(tmp_path: Path) -> None:
    url, files = f"sqlite:///{tmp_path}/jiangjian.sqlite", tmp_path / "files"
    chance, acknowledged = random.Random(7), dict[str, str]()
    for life in range(KILLS):
        acknowledged |= await live_and_die(url, files, life, chance.uniform(0.1, 1.0))
    database = kept_at(url)
    unfinished = 0
    for case, step in acknowledged.items():
        stands = await database.read(lambda unit, case=case: standing(unit, case))
        ahead = STEPS.index(stands) - STEPS.index(step)
        assert ahead in {0, 1}, (case, step, stands)  # what was on its way may have arrived
        unfinished += step != "withdrawn"
    assert unfinished >= KILLS, "the kills must meet cases on their way to prove anything"
