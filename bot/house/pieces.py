"""A file of this machine as the stream that a Conversation receives."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

_CHUNK = 256 * 1024


async def pieces(path: Path) -> AsyncIterator[bytes]:
    """The bytes of a file, piece by piece, read outside the event loop."""
    file = await asyncio.to_thread(path.open, "rb")
    try:
        while chunk := await asyncio.to_thread(file.read, _CHUNK):
            yield chunk
    finally:
        file.close()
