"""What the long trials have in common: a house in a process of its own, people at its door, a look at what it kept."""

from __future__ import annotations

import asyncio
import hashlib
import io
import os
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

from PIL import Image
from sqlalchemy import select

from bot.house import wiring
from bot.house.settings import Settings
from bot.house.sweeping import Swept
from forms.library import Library
from forms.printing.workers import Workers
from storage import tables
from storage.unit import Unit
from storage.uploads import LEASE
from tests.bot.webchat.caller import Caller, Line
from tests.bot.webchat.house import House


def picture(chance: random.Random, size: int = 0, side: int = 300) -> bytes:
    """A picture unlike any other, made longer behind its end to `size` bytes."""
    out = io.BytesIO()
    colour = (chance.randrange(256), chance.randrange(256), chance.randrange(256))
    Image.new("RGB", (side, side * 7 // 5), colour).save(out, "JPEG")
    return out.getvalue() + chance.randbytes(max(0, size - out.tell()))


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@asynccontextmanager
async def somebody(house: House) -> AsyncIterator[tuple[Caller, Line]]:
    """A person who has consented and chosen a programme, with their line."""
    async with Caller(house.url, house.url) as caller:
        line = await caller.connects()
        await line.begins()
        yield caller, line


async def sends(caller: Caller, content: bytes) -> tuple[int, dict[str, Any]]:
    """Send a file: the status and the answer; 0 where the line broke."""
    try:
        async with asyncio.timeout(120):
            answer = await caller.sends("a.jpg", content)
            return answer.status, await answer.json()
    except (OSError, TimeoutError, asyncio.IncompleteReadError):
        return 0, {}


async def starts_over(line: Line) -> None:
    """Clear the application, and with it its files."""
    await line.says(text="重新开始")
    await line.presses("清空，重新开始")


def opened(house: House, **settings: object) -> None:
    """Open a house with these settings."""
    for name, value in settings.items():
        os.environ[f"JIANGJIAN_{name.upper()}"] = str(value)
    house.open()


async def swept(directory: Path, *, later: timedelta = LEASE + timedelta(minutes=1)) -> Swept:
    """Sweep a directory whose house is closed, as a start some minutes later does."""
    settings = Settings(data=directory)
    with wiring.database(settings) as kept:
        now = max(datetime.now(UTC), datetime(2026, 6, 15, 4, tzinfo=UTC)) + later
        workers = cast("Workers", None)  # nothing is printed
        conversation = wiring.conversation(settings, Library.open(), kept, workers, lambda: now)
        await conversation.sweep_keys()
        return await conversation.sweep()


async def compared(directory: Path) -> tuple[dict[str, str], list[str]]:
    """The files that rows speak of with the SHA-256 of what lies there, and what is wrong between disk and rows."""
    settings = Settings(data=directory)
    query = select(tables.file.c.id, tables.file.c.size, tables.file.c.digest, tables.file.c.arriving)

    def look(unit: Unit) -> list[Any]:
        return list(unit.connection.execute(query))

    lying = {path.name for path in (directory / "files").rglob("*") if path.is_file()}
    found, faults = {}, []
    with wiring.database(settings) as kept:
        store = wiring.store(settings, kept)
        for row in await kept.run(look):
            if row.arriving is not None:
                faults.append(f"{row.id} is still on its way")
            elif row.size:
                content = store.kept(row.id).open().read() if row.id in lying else b""
                lying.discard(row.id)
                if (len(content), digest(content)) != (row.size, row.digest):
                    faults.append(f"{row.id}: {len(content)} bytes of {row.size}, or others")
                found[row.id] = digest(content)
    return found, faults + [f"{name} lies there without a row" for name in lying]


def told(faults: list[str]) -> int:
    """Print faults; gives the exit code."""
    for fault in faults[:20]:
        print("fault:", fault)
    print("no fault" if not faults else f"{len(faults)} faults", flush=True)
    return int(bool(faults))
