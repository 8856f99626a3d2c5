"""A process in which people ask others in as fast as they can, until it is killed.

`python -m tests.bot.house.asker URL FILES LIFE`: LIFE tells one process from the next. It prints “step CASE NAME” once
a step of a case was acknowledged: invited, opened, joined, finished, withdrawn.
"""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import cast

from bot.house.conversation import Conversation
from forms.library import Library
from forms.loader import load
from forms.printing.faces import Faces
from forms.printing.workers import Workers
from storage.files import FileStore
from storage.migrations import upgrade
from tests.bot.house.invitees import SOURCE, asks, nominated, writes
from tests.bot.household import House, Someone
from tests.storage.rings import kept_at

NOW = datetime(2026, 6, 15, 4, tzinfo=UTC)
TOGETHER = 3


async def live(house: House, life: str, lane: int) -> None:
    """One case after another, each from the invitation to the withdrawal."""
    for number in count():
        case = f"{life}-{lane}-{number}"

        def done(step: str, case: str = case) -> None:
            print("step", case, step, flush=True)

        nominee, expert = Someone(house, f"n-{case}"), Someone(house, f"e-{case}")
        await nominated(nominee)
        token = await asks(nominee)
        done("invited")
        await expert.says(token)
        done("opened")
        await expert.presses("是我")
        done("joined")
        await expert.presses("同意，开始")
        await writes(expert)
        done("finished")
        await expert.presses("不参加了", "退出，不再参加")
        done("withdrawn")


async def main(url: str, files: str, life: str) -> None:
    upgrade(url)
    programme = load(SOURCE)
    house = object.__new__(House)
    house.database, house.now = kept_at(url), NOW
    house.conversation = Conversation(
        house.database,
        Library((programme,), (), {programme.digest: SOURCE}, {}),
        FileStore(Path(files), keyring=house.database.keyring),
        cast("Workers", None),
        Faces.load(),
        key=bytes(32),
        clock=lambda: NOW,
    )
    await asyncio.gather(*(live(house, life, lane) for lane in range(TOGETHER)))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
