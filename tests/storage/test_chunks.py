"""A sealed file opens as it was sent, from any place, and as nothing else: swapped, cut, longer or in another order."""

from __future__ import annotations

import io
import os
import random
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from storage.chunks import CHUNK, HEAD, TAG, NotWhole, Sealing, lying_size, opened
from storage.places import OnDisk

KEY, FILE, OTHER = bytes(range(32)), "ab" * 16, "cd" * 16
LYING = CHUNK + TAG
MB = 1 << 20


class Held:
    """Bytes in memory."""

    def __init__(self, content: bytes) -> None:
        self.content, self.size, self.closed = content, len(content), False

    def read_at(self, at: int, length: int) -> bytes:
        return self.content[at : at + length]

    def close(self) -> None:
        self.closed = True


def sealed(content: bytes, file: str = FILE, key: bytes = KEY, step: int = MB) -> bytes:
    sealing = Sealing(key, file)
    pieces = [sealing.seal(content[start : start + step]) for start in range(0, len(content), step)]
    return b"".join((sealing.head, *pieces, sealing.finish()))


def read(lying: bytes, key: bytes | None = KEY, first: str = "") -> bytes:
    with opened(Held(lying), key, 8192, first=first) as stream:
        return stream.read()


SIZES = [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 7]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("step", [1000, CHUNK, MB])
def test_a_file_of_any_size_comes_back_however_it_came(size: int, step: int) -> None:
    content = os.urandom(size)
    lying = sealed(content, step=step)
    assert len(lying) == lying_size(size)
    assert read(lying) == content


def test_the_same_file_never_looks_the_same() -> None:
    one, other = sealed(bytes(CHUNK)), sealed(bytes(CHUNK))
    assert len({one[start : start + 16] for start in range(HEAD, len(one) - 16, 16)}) > CHUNK // 16 - 8
    assert not {one[start : start + 16] for start in range(HEAD, len(one), 16)} & {
        other[start : start + 16] for start in range(HEAD, len(other), 16)
    }


@given(st.lists(st.tuples(st.integers(0, 3 * CHUNK + 50), st.integers(0, 2 * CHUNK + 9)), max_size=8))
def test_any_part_is_read_alone(parts: list[tuple[int, int]]) -> None:
    content = random.Random(7).randbytes(3 * CHUNK + 7)
    with opened(Held(sealed(content)), KEY, 4096) as stream:
        for at, length in parts:
            assert stream.seek(at) == at
            assert stream.read(length) == content[at : at + length]
            assert stream.tell() == max(at, min(at + length, len(content)))
        assert stream.seek(-3, io.SEEK_END) == len(content) - 3 and stream.read() == content[-3:]
        with pytest.raises(ValueError, match=r"negative|beginning"):
            stream.seek(-1)


def chunks(lying: bytes) -> list[bytes]:
    return [lying[start : start + LYING] for start in range(HEAD, len(lying), LYING)]


HEAD_OF = sealed(bytes(3 * CHUNK + 7))


def _changed(at: int) -> bytes:
    return HEAD_OF[:at] + bytes((HEAD_OF[at] ^ 1,)) + HEAD_OF[at + 1 :]


def _of(*numbers: int) -> bytes:
    each = chunks(HEAD_OF)
    return HEAD_OF[:HEAD] + b"".join(each[number] for number in numbers)


WRONG = {
    "cut off within a chunk": HEAD_OF[:-1],
    "cut off behind a chunk": HEAD_OF[: HEAD + 3 * LYING],
    "cut off to its first chunk": HEAD_OF[: HEAD + LYING],
    "nothing but its head": HEAD_OF[:HEAD],
    "less than its head": HEAD_OF[: HEAD - 1],
    "longer by a byte": HEAD_OF + b"\0",
    "longer by a chunk of its own": _of(0, 1, 2, 2, 3),
    "longer by the last chunk again": _of(0, 1, 2, 3, 3),
    "without a chunk": _of(0, 2, 3),
    "in another order": _of(1, 0, 2, 3),
    "a byte of it changed": _changed(HEAD + LYING + 5),
    "a byte of its last tag changed": _changed(len(HEAD_OF) - 1),
    **{f"byte {at} of its head changed": _changed(at) for at in (0, 7, 8, 40, 46, 47, 48, 63)},
}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_was_changed_does_not_open(wrong: str) -> None:
    with pytest.raises(NotWhole):
        read(WRONG[wrong])


def test_a_chunk_or_a_head_of_another_file_does_not_fit() -> None:
    one, other = sealed(bytes(2 * CHUNK)), sealed(bytes(2 * CHUNK))
    for mixed in (one[:HEAD] + other[HEAD:], one[: HEAD + LYING] + other[HEAD + LYING :]):
        with pytest.raises(NotWhole):
            read(mixed)


def test_another_file_or_key_is_told_and_so_is_a_key_that_is_gone() -> None:
    lying = sealed(b"x")
    assert read(lying, first=FILE) == b"x"
    with pytest.raises(NotWhole):
        read(lying, first=OTHER)
    with pytest.raises(NotWhole):
        read(lying, key=bytes(32))
    held = Held(lying)
    with pytest.raises(FileNotFoundError):
        opened(held, None, 8192)
    assert held.closed


def test_what_is_not_sealed_is_read_only_where_that_is_allowed() -> None:
    with opened(Held(b"plain"), None, 8192, plain=True) as stream:
        assert stream.read() == b"plain" and stream.seek(1) == 1 and stream.read(2) == b"la"
    with pytest.raises(NotWhole):
        opened(Held(b"plain"), KEY, 8192)


def test_libraries_read_it_as_any_other_file() -> None:
    picture, packed = io.BytesIO(), io.BytesIO()
    Image.frombytes("RGB", (300, 200), os.urandom(180_000)).save(picture, "PNG")
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.txt", os.urandom(2 * CHUNK))
        archive.writestr("b.txt", b"last")
    with opened(Held(sealed(picture.getvalue())), KEY, 8192) as stream, Image.open(stream) as found:
        found.load()
        assert found.size == (300, 200)
    with opened(Held(sealed(packed.getvalue())), KEY, 8192) as stream, zipfile.ZipFile(stream) as found_in:
        assert found_in.testzip() is None and found_in.read("b.txt") == b"last"


def test_however_long_it_is_little_of_it_is_in_memory(tmp_path: Path) -> None:
    path, block = tmp_path / "film", os.urandom(MB)
    tracemalloc.start()
    sealing = Sealing(KEY, FILE)
    with path.open("wb") as out:
        out.write(sealing.head)
        for _ in range(64):
            out.write(sealing.seal(block))
        out.write(sealing.finish())
    size = 0
    with opened(OnDisk(path).ranged(), KEY, 1 << 18) as stream:
        stream.seek(60 * MB + 5)
        assert stream.read(10) == block[5:15]
        stream.seek(0)
        while piece := stream.read(1 << 18):
            size += len(piece)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert size == 64 * MB and peak < 6 * MB
