"""kill -9 in the middle of stage moves: no stage stands between two states, and what was acknowledged is there."""

from __future__ import annotations

import asyncio
import os
import random
import sys
from asyncio.subprocess import PIPE

from storage import stages
from storage.database import Database
from storage.unit import Unit
from tests.storage.mover import CASES, stage
from tests.storage.selections import NANNING, OFFICE, put, selection

#: More in `make soak`.
KILLS = int(os.environ.get("JIANGJIAN_STAGE_KILLS", "8"))


async def live_and_die(url: str, seconds: float) -> int:
    """Let a process move for so long after its fourth change, then kill it: the last version that it told of."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.storage.mover", url, stdout=PIPE
    )
    assert process.stdout
    told = [await process.stdout.readline() for _ in range(4)]  # on a busy machine each takes its time

    async def listen() -> None:
        while line := await process.stdout.readline():  # type: ignore[union-attr]  # a pipe, as asked for
            told.append(line)

    listening = asyncio.ensure_future(listen())
    await asyncio.sleep(seconds)
    assert process.returncode is None, "it must live until it is killed"
    process.kill()
    assert await process.wait() == -9
    await listening
    return max(int(line) for line in told if line.endswith(b"\n"))


async def test_a_killed_move_is_whole_or_was_not_made(database: Database, url: str) -> None:
    whole = await selection(database, NANNING, CASES)
    await whole.record(await whole.begin("screening"), put(range(CASES), reason="1"))

    def found(unit: Unit) -> tuple[int, bool, set[str], int]:
        own = stage(unit)
        stood = stages.standings(unit, OFFICE, NANNING, "screening")
        return own.version, own.closed is not None, {each.reason for each in stood}, len(stood)

    chance, before, moved = random.Random(12), 2, 0
    for _ in range(KILLS):
        told = await live_and_die(url, chance.uniform(0.0, 0.2))
        version, closed, reasons, count = await database.run(found)
        # A change that was on its way may have arrived, once
        assert version in {told, told + 1}
        # Every third change ends the stage, the one behind it opens it again, and neither writes a reason.
        assert closed == (version % 3 == 1)
        assert reasons == {str({0: version - 1, 1: version - 2, 2: version - 3}[version % 3])}
        assert count == CASES
        moved += version - before
        before = version
    assert moved > KILLS * 3, "the kills must meet changes to prove anything"
