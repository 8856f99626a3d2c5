"""The bytes of a file as they lie: sealed in chunks, so that a long film streams and any part of it can be read alone.

The construction is that of Tink's AES-GCM-HKDF streaming AEAD (an online AEAD after “STREAM”, Hoang et al. 2015): a head,
then the file in chunks of 64 KiB, each under AES-256-GCM. The key is drawn by HKDF-SHA-256 from the file's data key and a
salt that is new for every writing; the nonce says which chunk it is and whether it is the last one. So a chunk fits in
one place of one file alone: what was swapped, put in another order, cut off or added to does not open.

    head   64 bytes: mark 8, salt 32, nonce's prefix 7, reserved 1, the file's id at its first writing 16
    chunk  at most 65,536 bytes of the file, then 16 of its tag; the last one may be shorter, and empty in an empty file

The whole head is associated data of every chunk. The id in it stays where the same bytes stand under a second id too.
"""

from __future__ import annotations

import io
import os
import struct
from typing import BinaryIO, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

#: What no file that is sent begins with: a byte that is no text, ours, and the number of this format.
MARK = b"\x8fJJSEAL\x01"
HEAD, CHUNK, TAG = 64, 1 << 16, 16
_LAID = struct.Struct(">8s32s7sx16s")
_LYING = CHUNK + TAG
#: A counter of four bytes numbers the chunks: 256 TiB.
_MOST = 1 << 32
_Room = bytearray | memoryview
_Bytes = bytes | _Room


class NotWhole(OSError):  # noqa: N818 - named for what is told
    """What lies there is not what was sent."""


class Ranged(Protocol):
    """Bytes as they lie, that can be read at any place."""

    @property
    def size(self) -> int:
        """How many there are."""
        ...

    def read_at(self, at: int, length: int) -> bytes:
        """So many bytes from there on, fewer at the end. Raises OSError."""
        ...

    def close(self) -> None:
        """Let go of it."""
        ...


def lying_size(size: int) -> int:
    """Bytes that a file of `size` bytes takes once it is sealed."""
    return HEAD + size + TAG * max(1, -(-size // CHUNK))


class Sealing:
    """Seals one file under its key while it comes: `head`, then what `seal` gives piece by piece, then `finish`.

    `file` is its id, 32 hexadecimal digits.
    """

    def __init__(self, key: bytes, file: str) -> None:
        self.head = _LAID.pack(MARK, os.urandom(32), os.urandom(7), bytes.fromhex(file))
        self._chunks = _Chunks(key, self.head)
        self._number = 0
        self._waits = bytearray()

    def seal(self, block: bytes | bytearray) -> bytearray:
        """More of the file; gives the chunks that are full. The last of it waits, for it may be the last of all."""
        self._waits += block
        full = max(0, (len(self._waits) - 1) // CHUNK)
        sealed = bytearray(full * _LYING)
        chunks, into = memoryview(self._waits), memoryview(sealed)
        for each in range(full):
            chunk, place = (
                chunks[each * CHUNK : (each + 1) * CHUNK],
                into[each * _LYING : (each + 1) * _LYING],
            )
            self._chunks.seal(self._number + each, chunk, place, last=False)
        self._number += full
        self._waits = self._waits[full * CHUNK :]
        return sealed

    def finish(self) -> bytearray:
        """The last chunk."""
        sealed = bytearray(len(self._waits) + TAG)
        self._chunks.seal(self._number, self._waits, sealed, last=True)
        return sealed


class _Chunks:
    """The chunks of one file, one by one."""

    def __init__(self, key: bytes, head: bytes) -> None:
        mark, salt, self._prefix, first = _LAID.unpack(head)
        if mark != MARK:
            raise NotWhole("it is not sealed")
        drawn = HKDF(SHA256(), 32, salt, b"jiangjian file 1 " + first).derive(key)
        self._cipher, self._head = AESGCM(drawn), head

    def seal(self, number: int, chunk: _Bytes, into: _Room, *, last: bool) -> None:
        self._cipher.encrypt_into(self._nonce(number, last), chunk, self._head, into)

    def open(self, number: int, sealed: _Bytes, into: _Room, *, last: bool) -> None:
        """Raises NotWhole."""
        try:
            self._cipher.decrypt_into(self._nonce(number, last), sealed, self._head, into)
        except InvalidTag:
            raise NotWhole(f"chunk {number} was not sealed so, or under another key") from None

    def _nonce(self, number: int, last: bool) -> bytes:
        if number >= _MOST:
            raise NotWhole("a file of more chunks than can be told apart")
        nonce: bytes = self._prefix + number.to_bytes(4) + bytes((last,))
        return nonce


class _Anywhere(io.RawIOBase):
    """A file of `size` bytes that is read from any place."""

    def __init__(self, lying: Ranged) -> None:
        super().__init__()
        self._lying, self.size, self._at = lying, lying.size, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self.size}[whence]
        if start + offset < 0:
            raise ValueError("before the beginning")
        self._at = start + offset
        return self._at

    def readinto(self, buffer: _Room) -> int:  # type: ignore[override]  # typeshed's Buffer has no length
        """As many bytes as there are and have room."""
        wanted = max(0, min(len(buffer), self.size - self._at))
        if wanted:
            self._fill(self._at, memoryview(buffer)[:wanted])
            self._at += wanted
        return wanted

    def readall(self) -> bytes:
        """The rest, asked for at once; the base would ask for 8 KiB at a time."""
        rest = bytearray(max(0, self.size - self._at))
        self.readinto(rest)
        return bytes(rest)

    def close(self) -> None:
        if not self.closed:
            self._lying.close()
        super().close()

    def _fill(self, at: int, into: memoryview) -> None:
        part = self._lying.read_at(at, len(into))
        if len(part) != len(into):
            raise NotWhole("it is cut off")
        into[:] = part


class _Opened(_Anywhere):
    """A sealed file as it was sent. The last chunk is opened first: from then on its size is known for sure."""

    def __init__(self, lying: Ranged, key: bytes, first: str) -> None:
        super().__init__(lying)
        chunks, rest = divmod(lying.size - HEAD, _LYING)
        count = chunks + bool(rest)
        if count < 1 or 0 < rest < TAG:
            raise NotWhole("it is cut off")
        self.size = lying.size - HEAD - count * TAG
        head = lying.read_at(0, HEAD)
        if first and not head.endswith(bytes.fromhex(first)):
            raise NotWhole("it is another file")
        self._chunks, self._last = _Chunks(key, head), count - 1
        self._held = (-1, bytearray())
        self._hold(self._last)

    def _fill(self, at: int, into: memoryview) -> None:
        """Whole chunks are opened where they are wanted; of one that is wanted in part the rest is held for what comes."""
        done = 0
        while done < len(into):
            number, begins = divmod(at + done, CHUNK)
            whole = 0 if begins else self._whole(number, len(into) - done)
            if whole:
                length = min(whole * CHUNK, self.size - number * CHUNK)
                self._open(number, whole, into[done : done + length])
            else:
                part = memoryview(self._hold(number))[begins : begins + len(into) - done]
                length = len(part)
                into[done : done + length] = part
            done += length

    def _whole(self, number: int, room: int) -> int:
        """How many chunks from one on have room: all of the last one, too, where that is short."""
        if number * CHUNK + room == self.size:
            return self._last + 1 - number
        return room // CHUNK

    def _hold(self, number: int) -> bytearray:
        if self._held[0] != number:
            content = bytearray(min(CHUNK, self.size - number * CHUNK))
            self._open(number, 1, memoryview(content))
            self._held = (number, content)
        return self._held[1]

    def _open(self, first: int, count: int, into: memoryview) -> None:
        """Open some chunks, asked for at once, where they have room to the byte."""
        lying = memoryview(self._lying.read_at(HEAD + first * _LYING, count * _LYING))
        if len(lying) != len(into) + count * TAG:
            raise NotWhole("it is cut off")
        for each in range(count):
            chunk, place = lying[each * _LYING : (each + 1) * _LYING], into[each * CHUNK : (each + 1) * CHUNK]
            self._chunks.open(first + each, chunk, place, last=first + each == self._last)


def is_sealed(lying: Ranged) -> bool:
    """Whether it begins as sealed files do."""
    return lying.read_at(0, len(MARK)) == MARK


def opened(
    lying: Ranged, key: bytes | None, buffered: int, *, plain: bool = False, first: str = ""
) -> BinaryIO:
    """A file as it was sent, `buffered` bytes at a time; one that is not sealed only where `plain` is allowed.

    `first` is the id that it was written under, to be given where several files have one key.

    Raises FileNotFoundError where there is no key to a sealed one, NotWhole, OSError. Closes `lying` then, else with it.
    """
    try:
        if not is_sealed(lying):
            if not plain:
                raise NotWhole("it is not sealed")
            return io.BufferedReader(_Anywhere(lying), buffered)
        if key is None:
            raise FileNotFoundError("its key is gone")
        return io.BufferedReader(_Opened(lying, key, first), buffered)
    except BaseException:
        lying.close()
        raise
