"""Files that people send: streamed to disk under names of our own, complete or not at all.

A file lies at `<root>/ab/<id>`, where its random id begins with “ab”. It is written beside, on room that was taken
from the disk before the first byte came, flushed, read again and only then renamed. Nothing here trusts or uses the
sender's name.
"""

from __future__ import annotations

import asyncio
import errno
import hashlib
import os
import re
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import BinaryIO, TypeVar

T = TypeVar("T")

_ID = re.compile(r"[0-9a-f]{32}")
#: Bytes gathered before the disk is asked: one hop to a thread for each.
_BLOCK = 1 << 20
_ARRIVING = "arriving"
_FULL = (errno.ENOSPC, errno.EDQUOT)
#: What a file system says that cannot take room in advance.
_CANNOT = (errno.EOPNOTSUPP, errno.EINVAL, errno.ENOSYS)
#: Bytes of the disk that stay free: so many, but no more than this part of a small disk.
_FLOOR = 500 * 1024 * 1024
_FLOOR_PART = 10


class NoRoom(Exception):  # noqa: N818 - told to the person and to the operator
    """Our disk has no room for it. Nothing is wrong with the file."""


class NotWhole(OSError):  # noqa: N818 - named for what is told
    """What lies on the disk is not what was sent."""


class TooLarge(Exception):  # noqa: N818 - a limit, not a defect
    """A file goes on beyond what one file may have. `size` is how many bytes had come by then."""

    def __init__(self, size: int) -> None:
        super().__init__(size)
        self.size = size


@dataclass(frozen=True)
class Stored:
    """What lies on the disk: bytes, and their SHA-256."""

    size: int
    digest: str


class FileStore:
    """The directory of files. One on shared storage serves several machines.

    `floor` is how many bytes of the disk stay free whatever people send; None: 500 MB, or a tenth of a small disk.
    """

    def __init__(self, root: Path, floor: int | None = None) -> None:
        self._root = root
        (root / _ARRIVING).mkdir(parents=True, exist_ok=True)
        disk = os.statvfs(root)
        self._floor = min(_FLOOR, disk.f_blocks * disk.f_frsize // _FLOOR_PART) if floor is None else floor
        self._taking = Lock()

    def path(self, file: str) -> Path:
        """Where a file lies. Raises LookupError for anything that is no id of ours."""
        if not _ID.fullmatch(file):
            raise LookupError(file)
        return self._root / file[:2] / file

    @property
    def free(self) -> int:
        """Bytes that may still be stored, above the floor."""
        disk = os.statvfs(self._root)
        return disk.f_bavail * disk.f_frsize - self._floor

    def probe(self) -> None:
        """Write a byte and take it away again. Raises OSError where nothing can be written."""
        with tempfile.NamedTemporaryFile(dir=self._root / _ARRIVING, prefix="probe") as written:
            written.write(b"0")
            written.flush()

    async def keep(
        self,
        file: str,
        chunks: AsyncIterator[bytes],
        *,
        limit: int,
        reserved: int,
        extend: Callable[[int], Awaitable[int]],
    ) -> Stored:
        """Store a stream of at most `limit` bytes as `file`, an id that is new. It is on the disk when this returns.

        `reserved` bytes are taken from the disk first; `extend` is asked for more where more come than that, with how
        many have come, and tells how many are reserved now. Raises NoRoom, TooLarge, NotWhole and whatever `chunks`
        and `extend` raise; nothing is left behind then.
        """
        arriving = self._root / _ARRIVING / self.path(file).name
        try:
            with _created(arriving) as stream:
                await _through(self._claim, stream, reserved)
                written = _Written(stream, limit, reserved)
                async for chunk in chunks:
                    if written.overflows(chunk):
                        written.reserved = await extend(written.size)
                        await _through(self._claim, stream, written.reserved)
                    if written.waits >= _BLOCK:
                        await _through(written.flush)
                stored = await _through(written.finish)
            await _through(self._settle, arriving, file, stored)
        except BaseException:
            arriving.unlink(missing_ok=True)
            raise
        return stored

    def twin(self, file: str, other: str) -> None:
        """Let the bytes of a stored file be there under a second id as well; each goes by itself."""
        path = self.path(other)
        path.parent.mkdir(parents=True, exist_ok=True)
        os.link(self.path(file), path)
        _flush(path.parent)

    def drop(self, file: str) -> None:
        """Forget a file's bytes, also while they arrive; none are fine too."""
        self.path(file).unlink(missing_ok=True)
        (self._root / _ARRIVING / file).unlink(missing_ok=True)

    def beside(self, name: str) -> FileStore:
        """Another store on the same disk, for files of another sort."""
        return FileStore(self._root / name, self._floor)

    def directory(self, name: str) -> Path:
        """A directory on the same disk, for what is kept in another way."""
        return self._root / name

    def touched(self, file: str) -> float | None:
        """When a file's bytes were last written, in seconds since 1970, also while they arrive; None where there are none."""
        for path in (self.path(file), self._root / _ARRIVING / file):
            with suppress(FileNotFoundError):
                return path.stat().st_mtime
        return None

    def lying(self) -> Iterator[tuple[str, set[str]]]:
        """What lies on the disk, whole or not: the ids by the two digits they begin with, all 256 of them."""
        arriving = self._ids(_ARRIVING)
        for number in range(256):
            prefix = f"{number:02x}"
            yield prefix, self._ids(prefix) | {each for each in arriving if each.startswith(prefix)}

    def _ids(self, directory: str) -> set[str]:
        try:
            return {name for name in os.listdir(self._root / directory) if _ID.fullmatch(name)}  # noqa: PTH208 - names are enough
        except FileNotFoundError:
            return set()

    def _claim(self, stream: BinaryIO, size: int) -> None:
        """Take room from the disk until a file has `size` bytes of it. Raises NoRoom."""
        has = os.fstat(stream.fileno()).st_size
        with self._taking, _told_when_full():  # one by one, or several would see the same room
            if size - has > self.free:
                raise NoRoom
            try:
                if size > has:
                    os.posix_fallocate(stream.fileno(), has, size - has)
            except OSError as error:
                if error.errno not in _CANNOT:
                    raise

    def _settle(self, arriving: Path, file: str, stored: Stored) -> None:
        """Read it again, as it lies on the disk, and give it its name. Raises NotWhole."""
        with arriving.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        if Stored(arriving.stat().st_size, digest) != stored:
            raise NotWhole(file)
        home = self.path(file)
        with _told_when_full():
            if not home.parent.exists():
                home.parent.mkdir(exist_ok=True)
                _flush(self._root)
            arriving.rename(home)
            _flush(home.parent)


class _Written:
    """A file while it is written: in blocks, each of them whole or an error."""

    def __init__(self, stream: BinaryIO, limit: int, reserved: int) -> None:
        self.size = 0
        self.reserved = reserved
        self._limit = limit
        self._stream = stream
        self._block = bytearray()
        self._digest = hashlib.sha256()

    @property
    def waits(self) -> int:
        """Bytes that are not yet written."""
        return len(self._block)

    def overflows(self, chunk: bytes) -> bool:
        """Gather what came: whether it is more than has room. Raises TooLarge."""
        self.size += len(chunk)
        if self.size > self._limit:
            raise TooLarge(self.size)
        self._block += chunk
        return self.size > self.reserved

    def flush(self) -> None:
        """Write what was gathered. Raises NoRoom."""
        block, self._block = bytes(self._block), bytearray()
        self._digest.update(block)
        left = memoryview(block)
        with _told_when_full():
            while left:
                written = self._stream.write(left)
                if not written:
                    raise NotWhole("the disk took nothing")
                left = left[written:]  # a disk that is full takes a part first, and says so the next time

    def finish(self) -> Stored:
        """Write the rest and wait for the disk. Raises NoRoom."""
        self.flush()
        with _told_when_full():
            self._stream.truncate(self.size)
            os.fsync(self._stream.fileno())
        return Stored(self.size, self._digest.hexdigest())


def _created(path: Path) -> BinaryIO:
    """A new file that only this service may read and nobody may execute."""
    with _told_when_full():
        return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "r+b", buffering=0)


@contextmanager
def _told_when_full() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise NoRoom from error
        raise


async def _through(function: Callable[..., T], *arguments: object) -> T:
    """As `asyncio.to_thread`, but not left before the thread is through: it works on a file that is then closed."""
    task = asyncio.ensure_future(asyncio.to_thread(function, *arguments))
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait((task,))
        raise


def _flush(directory: Path) -> None:
    """A name is durable once its directory is."""
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
