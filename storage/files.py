"""Files that people send: streamed to where they lie under names of our own, sealed, complete or not at all.

Each file is sealed under its owner's key. What people send is its own owner: a file may outlive the application that it
was sent in, where another one names it too. Whoever deletes an owner destroys its key, and with it whatever lies anywhere.
Nothing here trusts or uses the sender's name.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, TypeVar

from storage.chunks import NotWhole, Sealing, is_sealed, lying_size, opened
from storage.conflicts import Conflict
from storage.keyring import Key, Keyring
from storage.places import Arriving, Directory, NoRoom, Place, Whereabouts
from storage.tables import new_id

__all__ = ["FileStore", "Kept", "NoRoom", "NotWhole", "Stored", "TooLarge"]

T = TypeVar("T")

#: Whose key stands in the keyring once all files are sealed: none that is not is read from then on.
ALL_SEALED = "f" * 32
#: Bytes gathered before the disk is asked: one hop to a thread for each; and bytes read at a time.
_BLOCK, _READ = 1 << 20, 1 << 18


class TooLarge(Exception):  # noqa: N818 - a limit, not a defect
    """A file goes on beyond what one file may have. `size` is how many bytes had come by then."""

    def __init__(self, size: int) -> None:
        super().__init__(size)
        self.size = size


@dataclass(frozen=True)
class Stored:
    """What was stored, as it was sent: bytes, and their SHA-256."""

    size: int
    digest: str


@dataclass(frozen=True)
class Kept:
    """A file that lies somewhere, sealed or (`plain`) not yet: a small value that may be handed to another process.

    It is a `forms.readable.Readable`. Whoever has it can read this one file and no other.
    """

    where: Whereabouts
    key: bytes | None = field(default=None, repr=False)
    plain: bool = True

    def open(self) -> BinaryIO:
        """Its bytes as they were sent, from any place. Raises FileNotFoundError, NotWhole and OSError, also while read."""
        return opened(self.where.ranged(), self.key, self.where.buffered, plain=self.plain)

    @property
    def size(self) -> int:
        """Its bytes as they were sent. Raises as `open` does."""
        with self.open() as stream:
            return stream.seek(0, 2)


class FileStore:
    """Keeps files at a place; a path stands for the directory there.

    `keyring` has the keys of their owners; without one nothing is sealed, which is for measuring alone.
    """

    def __init__(self, place: Place | Path, floor: int | None = None, keyring: Keyring | None = None) -> None:
        self._place: Place = Directory(place, floor) if isinstance(place, Path) else place
        self._keyring = keyring
        self._sealed = keyring is None

    def kept(self, file: str, owner: str = "") -> Kept:
        """A file, there or not; of no other `owner` it is its own. Raises LookupError for anything that is no id of ours."""
        where = self._place.whereabouts(file)
        if self._keyring is None:
            return Kept(where)
        key = self._keyring.get(owner or file)
        return Kept(where, key.secret if key else None, plain=not self.sealed)

    def exists(self, file: str) -> bool:
        """Whether a file's bytes lie there."""
        try:
            self._place.whereabouts(file).ranged().close()
        except FileNotFoundError:
            return False
        return True

    @property
    def free(self) -> int:
        """Bytes that may still be stored."""
        return self._place.free

    def probe(self) -> None:
        """See that files can be stored. Raises OSError."""
        self._place.probe()

    async def keep(  # noqa: PLR0913  # a file and all that bounds it
        self,
        file: str,
        chunks: AsyncIterator[bytes],
        *,
        limit: int,
        reserved: int,
        extend: Callable[[int], Awaitable[int]],
        owner: str = "",
    ) -> Stored:
        """Store a stream of at most `limit` bytes as `file`, an id that is new. It is durable when this returns.

        `reserved` bytes are taken from the disk first; `extend` is asked for more where more come than that, with how
        many have come, and tells how many are reserved now. The key of its owner, itself where no other is named, is made
        where there is none. Raises NoRoom, TooLarge, NotWhole and whatever `chunks` and `extend` raise; no bytes are left
        behind then.
        """
        arriving = self._place.arriving(file)
        try:
            key = await _through(self._made, owner or file) if self._keyring else None
            written = _Written(arriving, Sealing(key, file) if key else None, limit, reserved)
            await _through(written.claim)
            async for chunk in chunks:
                if written.overflows(chunk):
                    written.reserved = await extend(written.size)
                    await _through(written.claim)
                if written.waits >= _BLOCK:
                    await _through(written.flush)
            stored, where = await _through(written.finish)
            if where:
                await _through(_check, Kept(where, key, plain=key is None), stored)
            await _through(arriving.settle)
        finally:
            await _through(arriving.close)
        return stored

    def seal(self, file: str, owner: str, digest: str) -> bool:
        """Seal a file that lies there as it was sent, with that SHA-256 ("": unknown); False where it is sealed already.

        It is there at every moment, sealed or not. Raises FileNotFoundError, NotWhole, NoRoom and OSError.
        """
        where = self._place.whereabouts(file)
        with closing(where.ranged()) as lying:
            if self._keyring is None or is_sealed(lying):
                return False
        kept = Kept(where)
        size = kept.size
        with kept.open() as stream:
            if digest and _read_through(stream).digest != digest:
                raise NotWhole("it is not what its row says")
        arriving = self._place.arriving(file, new_id())
        try:
            key = self._made(owner)
            written = _Written(arriving, Sealing(key, file), size, size)
            written.claim()
            with kept.open() as stream:
                while block := stream.read(_BLOCK):
                    written.overflows(block)
                    written.flush()
            stored, lies = written.finish()
            if lies:
                _check(Kept(lies, key, plain=False), stored)
            arriving.settle()
        finally:
            arriving.close()
        return True

    @property
    def sealed(self) -> bool:
        """Whether all files are sealed: none that is not is read any more."""
        if self._keyring is not None and not self._sealed:  # once it is so, it stays so
            self._sealed = self._keyring.get(ALL_SEALED) is not None
        return self._sealed

    def note_sealed(self) -> None:
        """From now on they are."""
        self._made(ALL_SEALED)

    def twin(self, file: str, other: str) -> None:
        """Let the bytes of a stored file be there under a second id as well; each goes by itself.

        They open with the key under which they were sealed, whose key that may now be too. FileExistsError where that id
        is taken.
        """
        self._place.twin(file, other)

    def drop(self, file: str) -> None:
        """Forget a file's bytes, also while they arrive; none are fine too."""
        self._place.drop(file)

    def beside(self, name: str) -> FileStore:
        """Another store at the same place, for files of another sort."""
        return FileStore(self._place.beside(name), keyring=self._keyring)

    def directory(self, name: str) -> Path:
        """A directory of this machine, for what can be made again."""
        return self._place.directory(name)

    def sealing(self, owner: str, first: str) -> Sealing | None:
        """What seals something else of an owner that has a key, under an id of its own; None where nothing is sealed.

        Raises LookupError where its key is gone.
        """
        if self._keyring is None:
            return None
        key = self._keyring.get(owner)
        if key is None:
            raise LookupError(owner)
        return Sealing(key.secret, first)

    def unsealed(self, where: Whereabouts, owner: str, first: str) -> BinaryIO:
        """What was sealed so, as it was. Raises as `Kept.open`."""
        key = self._keyring.get(owner) if self._keyring else None
        return opened(
            where.ranged(), key.secret if key else None, where.buffered, plain=not self._keyring, first=first
        )

    def touched(self, file: str) -> float | None:
        """When a file's bytes were last written, in seconds since 1970, also while they arrive; None where there are none."""
        return self._place.touched(file)

    def lying(self) -> Iterator[tuple[str, set[str]]]:
        """What lies there, whole or not: the ids by the two digits they begin with, all 256 of them."""
        return self._place.lying()

    def _made(self, owner: str) -> bytes:
        """The key of an owner, durable; made where there is none."""
        if self._keyring is None:
            raise LookupError(owner)
        key = self._keyring.get(owner)
        if key is None:
            key = Key.new()
            try:
                self._keyring.settle({owner: key}, ())
            except Conflict:  # another process was first
                return self._made(owner)
        return key.secret


class _Written:
    """A file while it comes: gathered, sealed and written in blocks."""

    def __init__(self, arriving: Arriving, sealing: Sealing | None, limit: int, reserved: int) -> None:
        self.size = 0
        self.reserved = reserved
        self._limit = limit
        self._arriving = arriving
        self._sealing = sealing
        self._lying = 0
        self._block = bytearray()
        self._digest = hashlib.sha256()

    @property
    def waits(self) -> int:
        """Bytes that are not yet written."""
        return len(self._block)

    def claim(self) -> None:
        """Take room for what is reserved. Raises NoRoom."""
        self._arriving.claim(lying_size(self.reserved) if self._sealing else self.reserved)

    def overflows(self, chunk: bytes) -> bool:
        """Gather what came: whether it is more than has room. Raises TooLarge."""
        self.size += len(chunk)
        if self.size > self._limit:
            raise TooLarge(self.size)
        self._block += chunk
        return self.size > self.reserved

    def flush(self) -> None:
        """Write what was gathered. Raises NoRoom."""
        block, self._block = self._block, bytearray()
        self._digest.update(block)
        self._write(self._sealing.seal(block) if self._sealing else block)

    def finish(self) -> tuple[Stored, Whereabouts | None]:
        """Write the rest and wait for the disk: what it is, and where to read it again. Raises NoRoom."""
        self.flush()
        if self._sealing:
            self._write(self._sealing.finish())
        return Stored(self.size, self._digest.hexdigest()), self._arriving.finish(self._lying)

    def _write(self, block: bytes | bytearray) -> None:
        if self._sealing and not self._lying:
            block = self._sealing.head + block
        self._arriving.write(block)
        self._lying += len(block)


def _check(kept: Kept, stored: Stored) -> None:
    """Read it again, as it lies there: sealed, every chunk tells whether it is the one that was written. Raises NotWhole."""
    with kept.open() as stream:
        read_back = _read_through(stream, digested=kept.key is None)
    if read_back.size != stored.size or read_back.digest not in ("", stored.digest):
        raise NotWhole("it is not what was written")


def _read_through(stream: BinaryIO, *, digested: bool = True) -> Stored:
    """What a stream holds; "" for its digest where that is not wanted."""
    size, digest = 0, hashlib.sha256()
    while block := stream.read(_READ):
        size += len(block)
        if digested:
            digest.update(block)
    return Stored(size, digest.hexdigest() if digested else "")


async def _through(function: Callable[..., T], *arguments: object) -> T:
    """As `asyncio.to_thread`, but not left before the thread is through: it works on a file that is then closed."""
    task = asyncio.ensure_future(asyncio.to_thread(function, *arguments))
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait((task,))
        raise
