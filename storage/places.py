"""Where the bytes of files lie: one interface, and the directory that is the default. `storage.s3` has the other.

A place knows nothing of keys and people: it holds bytes under ids of ours, whole or not at all.
"""

from __future__ import annotations

import errno
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import BinaryIO, Protocol

from storage.chunks import NotWhole, Ranged
from storage.durable import flush

_ID = re.compile(r"[0-9a-f]{32}")
_ARRIVING = "arriving"
_FULL = (errno.ENOSPC, errno.EDQUOT)
#: What a file system says that cannot take room in advance.
_CANNOT = (errno.EOPNOTSUPP, errno.EINVAL, errno.ENOSYS)
#: Bytes of the disk that stay free: so many, but no more than this part of a small disk.
_FLOOR = 500 * 1024 * 1024
_FLOOR_PART = 10


class NoRoom(Exception):  # noqa: N818 - told to the person and to the operator
    """Our disk has no room for it. Nothing is wrong with the file."""


class Whereabouts(Protocol):
    """Where one file lies: a small value that may be handed to another process."""

    @property
    def buffered(self) -> int:
        """Bytes that are best read at a time."""
        ...

    def ranged(self) -> Ranged:
        """Its bytes. Raises FileNotFoundError where there are none, and OSError."""
        ...


class Arriving(Protocol):
    """A file on its way in, which nobody sees yet. Its methods wait for the disk or the network."""

    def claim(self, size: int) -> None:
        """Take room until it has so many bytes of it. Raises NoRoom."""
        ...

    def write(self, block: bytes | bytearray) -> None:
        """Write all of it. Raises NoRoom and NotWhole."""
        ...

    def finish(self, size: int) -> Whereabouts | None:
        """All `size` bytes are written and will stay; where to read them again, None where they were checked on the way."""
        ...

    def settle(self) -> None:
        """Let it be there under its id. Raises NoRoom."""
        ...

    def close(self) -> None:
        """Let go of it; what was not settled is gone."""
        ...


class Place(Protocol):
    """Holds files by their ids: 32 hexadecimal digits, anything else raises LookupError. Its methods wait."""

    @property
    def free(self) -> int:
        """Bytes that may still be stored."""
        ...

    def probe(self) -> None:
        """See that something can be stored. Raises OSError."""
        ...

    def arriving(self, file: str, via: str = "") -> Arriving:
        """Begin a new file, or one that takes the place of another when it is there. Raises NoRoom.

        `via` is another id of ours for it on its way, where that of the file may be in use.
        """
        ...

    def whereabouts(self, file: str) -> Whereabouts:
        """Where a file lies, there or not."""
        ...

    def twin(self, file: str, other: str) -> None:
        """Let its bytes be there under a second id as well; each goes by itself. FileExistsError where that is taken."""
        ...

    def drop(self, file: str) -> None:
        """Forget its bytes, also while they arrive; none are fine too."""
        ...

    def touched(self, file: str) -> float | None:
        """When it was last written, in seconds since 1970, also while it arrives; None where there is none."""
        ...

    def lying(self) -> Iterator[tuple[str, set[str]]]:
        """All ids that are there, whole or not, by the two digits they begin with, all 256 of them."""
        ...

    def beside(self, name: str) -> Place:
        """Another place on the same disk or bucket, for files of another sort."""
        ...

    def directory(self, name: str) -> Path:
        """A directory of this machine, for what can be made again."""
        ...


def checked(file: str) -> str:
    """The id. Raises LookupError for anything that is none of ours."""
    if not _ID.fullmatch(file):
        raise LookupError(file)
    return file


@contextmanager
def told_when_full() -> Iterator[None]:
    """Raises NoRoom for what a full disk says."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise NoRoom from error
        raise


@dataclass(frozen=True)
class OnDisk:
    """A file of this machine, or of a disk that it has mounted."""

    path: Path
    buffered: int = 1 << 18

    def ranged(self) -> Ranged:
        """As `Whereabouts.ranged`. Once it is open, its deletion harms nothing."""
        return _DiskRange(self.path)


class _DiskRange:
    def __init__(self, path: Path) -> None:
        self._file: BinaryIO = path.open("rb", buffering=0)
        self.size = os.fstat(self._file.fileno()).st_size

    def read_at(self, at: int, length: int) -> bytes:
        return os.pread(self._file.fileno(), length, at)

    def close(self) -> None:
        self._file.close()


class Directory:
    """A directory. One on shared storage serves several machines.

    A file lies at `<root>/ab/<id>`, where its random id begins with “ab”. It is written beside, on room that was taken
    from the disk before the first byte came, flushed, read again and only then renamed.
    `floor` is how many bytes of the disk stay free whatever people send; None: 500 MB, or a tenth of a small disk.
    It is made where there is none, but for one that is only looked at.
    """

    def __init__(self, root: Path, floor: int | None = None, *, looked_at: bool = False) -> None:
        self.root = root
        if not looked_at:
            (root / _ARRIVING).mkdir(parents=True, exist_ok=True)
        disk = os.statvfs(root)
        self.floor = min(_FLOOR, disk.f_blocks * disk.f_frsize // _FLOOR_PART) if floor is None else floor
        self._taking = Lock()

    @property
    def free(self) -> int:
        """Bytes that may still be stored, above the floor."""
        disk = os.statvfs(self.root)
        return disk.f_bavail * disk.f_frsize - self.floor

    def probe(self) -> None:
        """As `Place.probe`: write a byte to a file that has no name."""
        with tempfile.TemporaryFile(dir=self.root / _ARRIVING, prefix="probe") as written:
            written.write(b"0")
            written.flush()

    def arriving(self, file: str, via: str = "") -> Arriving:
        """As `Place.arriving`."""
        return _ArrivingOnDisk(self, checked(file), checked(via or file))

    def whereabouts(self, file: str) -> OnDisk:
        """As `Place.whereabouts`."""
        return OnDisk(self._path(file))

    def twin(self, file: str, other: str) -> None:
        """As `Place.twin`: a second name for the same bytes."""
        path = self._path(other)
        path.parent.mkdir(parents=True, exist_ok=True)
        os.link(self._path(file), path)
        flush(path.parent)

    def drop(self, file: str) -> None:
        """As `Place.drop`."""
        self._path(file).unlink(missing_ok=True)
        self._beside(file).unlink(missing_ok=True)

    def touched(self, file: str) -> float | None:
        """As `Place.touched`."""
        for path in (self._path(file), self._beside(file)):
            with suppress(FileNotFoundError):
                return path.stat().st_mtime
        return None

    def lying(self) -> Iterator[tuple[str, set[str]]]:
        """As `Place.lying`."""
        arriving = self._ids(_ARRIVING)
        for number in range(256):
            prefix = f"{number:02x}"
            yield prefix, self._ids(prefix) | {each for each in arriving if each.startswith(prefix)}

    def beside(self, name: str) -> Directory:
        """As `Place.beside`."""
        return Directory(self.root / name, self.floor)

    def directory(self, name: str) -> Path:
        """As `Place.directory`."""
        return self.root / name

    def _path(self, file: str) -> Path:
        return self.root / checked(file)[:2] / file

    def _beside(self, file: str) -> Path:
        return self.root / _ARRIVING / checked(file)

    def _ids(self, directory: str) -> set[str]:
        try:
            return {name for name in os.listdir(self.root / directory) if _ID.fullmatch(name)}  # noqa: PTH208 - names are enough
        except FileNotFoundError:
            return set()

    def claim(self, stream: BinaryIO, size: int) -> None:
        """Take room from the disk until a file has `size` bytes of it. Raises NoRoom."""
        has = os.fstat(stream.fileno()).st_size
        with self._taking, told_when_full():  # one by one, or several would see the same room
            if size - has > self.free:
                raise NoRoom
            try:
                if size > has:
                    os.posix_fallocate(stream.fileno(), has, size - has)
            except OSError as error:
                if error.errno not in _CANNOT:
                    raise

    def name(self, arrived: Path, file: str) -> None:
        """Give what has arrived its name. Raises NoRoom."""
        home = self._path(file)
        with told_when_full():
            if not home.parent.exists():
                home.parent.mkdir(exist_ok=True)
                flush(self.root)
            arrived.rename(home)
            flush(home.parent)


class _ArrivingOnDisk:
    """A file while it is written: in blocks, each of them whole or an error."""

    def __init__(self, directory: Directory, file: str, via: str) -> None:
        self._directory, self._file = directory, file
        self._path = directory.root / _ARRIVING / via
        self._stream = _created(self._path)

    def claim(self, size: int) -> None:
        self._directory.claim(self._stream, size)

    def write(self, block: bytes | bytearray) -> None:
        left = memoryview(block)
        with told_when_full():
            while left:
                written = self._stream.write(left)
                if not written:
                    raise NotWhole("the disk took nothing")
                left = left[written:]  # a disk that is full takes a part first, and says so the next time

    def finish(self, size: int) -> OnDisk:
        with told_when_full():
            self._stream.truncate(size)
            os.fsync(self._stream.fileno())
        return OnDisk(self._path)

    def settle(self) -> None:
        self._directory.name(self._path, self._file)

    def close(self) -> None:
        self._stream.close()
        self._path.unlink(missing_ok=True)


def _created(path: Path) -> BinaryIO:
    """A new file that only this service may read and nobody may execute."""
    with told_when_full():
        return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "r+b", buffering=0)
