"""Files that people send: streamed to disk under names of our own, complete or not at all.

A file lies at `<root>/ab/<id>`, where its random id begins with “ab”. It is written beside, flushed to the
disk and only then renamed, so that a row in the database never speaks of half a file. Nothing here trusts or
uses the sender's name.
"""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from storage.tables import new_id
from storage.uploads import Kept

_ID = re.compile(r"[0-9a-f]{32}")
#: Bytes gathered before the disk is asked: one hop to a thread for each.
_BLOCK = 1 << 20
_ARRIVING = "arriving"
#: Seconds after which a file that never became complete is swept away.
_GIVEN_UP = 24 * 3600


class QuotaExceeded(Exception):  # noqa: N818 - a limit, not a defect
    """The person keeps as many files or bytes as they may."""


class TooLarge(Exception):  # noqa: N818 - a limit, not a defect
    """A file goes on beyond what one file may have. `size` is how many bytes had come by then."""

    def __init__(self, size: int) -> None:
        super().__init__(size)
        self.size = size


@dataclass(frozen=True)
class Quota:
    """What one person may keep: number of files, and bytes in all."""

    files: int = 400
    size: int = 2 * 1024**3

    def check(self, kept: Kept, size: int = 0) -> None:
        """Raises QuotaExceeded if one more file of `size` bytes would be too much."""
        if kept.files >= self.files or kept.size + size > self.size:
            raise QuotaExceeded


class FileStore:
    """The directory of files. One on shared storage serves several machines."""

    def __init__(self, root: Path) -> None:
        self._root = root
        (root / _ARRIVING).mkdir(parents=True, exist_ok=True)

    def path(self, file: str) -> Path:
        """Where a file lies. Raises LookupError for anything that is no id of ours."""
        if not _ID.fullmatch(file):
            raise LookupError(file)
        return self._root / file[:2] / file

    async def keep(self, chunks: AsyncIterator[bytes], limit: int) -> tuple[str, int]:
        """Store a stream of at most `limit` bytes: its id and size. It is on the disk when this returns.

        Raises TooLarge, and whatever `chunks` raises; nothing is left behind then.
        """
        file = new_id()
        arriving = self._root / _ARRIVING / file
        try:
            size = await _write(arriving, chunks, limit)
            await asyncio.to_thread(self._settle, arriving, file)
        except BaseException:
            arriving.unlink(missing_ok=True)
            raise
        return file, size

    def drop(self, file: str) -> None:
        """Forget a file's bytes; none are fine too."""
        self.path(file).unlink(missing_ok=True)

    def sweep(self, now: float) -> int:
        """Remove what a crash left half way, older than a day at `now` (seconds since 1970): how many."""
        old = [path for path in (self._root / _ARRIVING).iterdir() if path.stat().st_mtime < now - _GIVEN_UP]
        for path in old:
            path.unlink(missing_ok=True)
        return len(old)

    def _settle(self, arriving: Path, file: str) -> None:
        home = self.path(file)
        if not home.parent.exists():
            home.parent.mkdir(exist_ok=True)
            _flush(self._root)
        arriving.rename(home)
        _flush(home.parent)


async def _write(path: Path, chunks: AsyncIterator[bytes], limit: int) -> int:
    size, block = 0, bytearray()
    with _create(path) as stream:
        async for chunk in chunks:
            size += len(chunk)
            if size > limit:
                raise TooLarge(size)
            block += chunk
            if len(block) >= _BLOCK:
                await asyncio.to_thread(stream.write, bytes(block))
                block.clear()
        await asyncio.to_thread(_finish, stream, bytes(block))
    return size


def _create(path: Path) -> BinaryIO:
    """A new file that only this service may read and nobody may execute."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb", buffering=0)


def _finish(stream: BinaryIO, block: bytes) -> None:
    stream.write(block)
    os.fsync(stream.fileno())


def _flush(directory: Path) -> None:
    """A name is durable once its directory is."""
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
