"""A process that takes turns of several people as fast as it can, until it is killed.

`python -m tests.storage.taker URL FILES NEXT...`: NEXT is the number of each person's next message. Every message
with an odd number answers the question for the trade with that very number, every even one goes back to it. It
prints “sent PERSON NUMBER” before a turn and “done PERSON NUMBER” once it was acknowledged.
"""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any, cast

from bot.house.conversation import Conversation
from dialogs.turn import Screen, Turn
from forms.library import Library
from forms.loader import load, read
from forms.printing.faces import Faces
from forms.printing.workers import Workers
from storage.database import Database
from storage.files import FileStore
from storage.migrations import upgrade
from tests.storage.rings import kept_at

NOW = datetime(2026, 6, 15, 4, tzinfo=UTC)
SMALL = Path(__file__).parents[1] / "dialogs" / "small"


def open_conversation(url: str, files: Path) -> tuple[Database, Conversation]:
    """A conversation that never prints."""
    upgrade(url)
    database = kept_at(url)
    source = read(SMALL, SMALL.parent / "_none")
    programme = load(source)
    library = Library((programme,), (), {programme.digest: source}, {})
    workers = cast("Workers", None)
    store = FileStore(files, keyring=database.keyring)
    return database, Conversation(
        database, library, store, workers, Faces.load(), key=bytes(32), clock=lambda: NOW
    )


async def begin(conversation: Conversation, address: str) -> None:
    """From the greeting to the question for the trade, also where an earlier life was killed half-way."""

    async def take(number: int, **what: Any) -> Screen:
        return await conversation.take("web", address, Turn(address, f"begin-{number}", **what))

    screen = await take(0)
    for number, label in enumerate(("同意，开始", "小城工匠", "个人申报"), 1):
        tokens = (token for token, button in screen.tokens().items() if label in button.label)
        if token := next(tokens, None):
            screen = await take(number, choice=token)


async def talk(conversation: Conversation, person: str, first: int) -> None:
    if first == 1:
        await begin(conversation, person)
    for number in count(first):
        text = f"{number}号焊工" if number % 2 else "上一步"
        print("sent", person, number, flush=True)
        await conversation.take("web", person, Turn(person, str(number), text=text))
        print("done", person, number, flush=True)


async def main(url: str, files: str, *following: str) -> None:
    _, conversation = open_conversation(url, Path(files))
    await asyncio.gather(*(talk(conversation, f"p{n}", int(number)) for n, number in enumerate(following)))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
