"""A process that makes exports until it is killed: `python -m tests.bot.house.exporter URL FILES MINUTES`.

MINUTES is how late it is. It says “at it” once it is. It has no workers: scans are packed, no document is printed.
"""

from __future__ import annotations

import asyncio
import sys
from datetime import timedelta
from pathlib import Path
from typing import cast

from bot.house.conversation import Conversation
from forms.printing.faces import Faces
from forms.printing.workers import Workers
from storage.files import FileStore
from tests.bot.house.order_desk import WITH_A_ROSTER
from tests.bot.household import House, library
from tests.storage.rings import kept_at


async def main(url: str, files: str, minutes: str) -> None:
    now = House.now + timedelta(minutes=int(minutes))
    database = kept_at(url)
    conversation = Conversation(
        database,
        library(WITH_A_ROSTER),
        FileStore(Path(files), keyring=database.keyring),
        cast("Workers", None),
        Faces.load(),
        key=bytes(32),
        clock=lambda: now,
    )
    print("at it", flush=True)
    await conversation.exports.work()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
