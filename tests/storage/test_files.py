"""Files are complete or absent, within their limits, and nobody's but their owner's."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.files import FileStore, Quota, QuotaExceeded, TooLarge
from storage.uploads import Kept


async def stream(*chunks: bytes) -> AsyncIterator[bytes]:
    for chunk in chunks:
        yield chunk


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "files")


def everything(tmp_path: Path) -> list[Path]:
    return [path for path in tmp_path.rglob("*") if path.is_file()]


async def test_a_file_is_kept_whole_under_a_name_of_ours(store: FileStore, tmp_path: Path) -> None:
    block = os.urandom(700_000)
    file, size = await store.keep(stream(block, block, b"end"), 10_000_000)
    path = store.path(file)
    assert path.read_bytes() == block + block + b"end"
    assert size == path.stat().st_size
    assert path == tmp_path / "files" / file[:2] / file
    assert path.stat().st_mode & 0o777 == 0o600
    assert everything(tmp_path) == [path]


async def test_one_byte_too_many_leaves_nothing(store: FileStore, tmp_path: Path) -> None:
    assert (await store.keep(stream(b"12345"), 5))[1] == 5
    before = everything(tmp_path)
    with pytest.raises(TooLarge) as caught:
        await store.keep(stream(b"12345", b"6"), 5)
    assert caught.value.size == 6
    assert everything(tmp_path) == before


async def test_a_sender_who_breaks_off_leaves_nothing(store: FileStore, tmp_path: Path) -> None:
    async def breaks_off() -> AsyncIterator[bytes]:
        yield b"1"
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        await store.keep(breaks_off(), 5)
    assert everything(tmp_path) == []


@pytest.mark.parametrize(
    "name", ["", "..", "../../etc/passwd", "a" * 31, "A" * 32, "0" * 32 + "\n", "/" + "0" * 31]
)
def test_a_name_that_is_not_ours_leads_nowhere(store: FileStore, name: str) -> None:
    with pytest.raises(LookupError):
        store.path(name)


async def test_a_dropped_file_is_gone(store: FileStore) -> None:
    file, _ = await store.keep(stream(b"x"), 5)
    store.drop(file)
    store.drop(file)
    assert not store.path(file).exists()


def test_quota_counts_files_and_bytes() -> None:
    quota = Quota(files=2, size=100)
    quota.check(Kept(1, 40), 60)
    for kept, size in ((Kept(2, 0), 0), (Kept(1, 40), 61)):
        with pytest.raises(QuotaExceeded):
            quota.check(kept, size)


def test_what_a_crash_left_half_way_is_swept_after_a_day(store: FileStore, tmp_path: Path) -> None:
    left = tmp_path / "files" / "arriving" / ("0" * 32)
    left.write_bytes(b"half")
    written = left.stat().st_mtime
    assert store.sweep(written + 3600) == 0
    assert store.sweep(written + 25 * 3600) == 1
    assert everything(tmp_path) == []
