"""Files are complete or absent, within their limits, and what the disk cannot hold is said to be so."""

from __future__ import annotations

import asyncio
import hashlib
import os
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from storage import places
from storage.files import FileStore, NoRoom, NotWhole, Stored, TooLarge
from storage.keyring import Keyring
from storage.tables import new_id
from tests.storage.stores import content, home

MB = 1024 * 1024


async def stream(*chunks: bytes) -> AsyncIterator[bytes]:
    for chunk in chunks:
        yield chunk


async def refuses(size: int) -> int:
    raise AssertionError(f"{size} bytes have no room")


async def keep(store: FileStore, *chunks: bytes, file: str = "", **more: Any) -> tuple[str, Stored]:
    file = file or new_id()
    terms = {"limit": 10 * MB, "reserved": sum(map(len, chunks)), "extend": refuses, **more}
    return file, await store.keep(file, stream(*chunks), **terms)


@pytest.fixture(params=["sealed", "plain"])
def store(tmp_path: Path, keyring: Keyring, request: pytest.FixtureRequest) -> FileStore:
    return FileStore(tmp_path / "files", keyring=keyring if request.param == "sealed" else None)


def everything(tmp_path: Path) -> list[Path]:
    return [path for path in tmp_path.rglob("*") if path.is_file()]


async def test_a_file_is_kept_whole_under_a_name_of_ours(store: FileStore, tmp_path: Path) -> None:
    block = os.urandom(700_000)
    file, stored = await keep(store, block, block, b"end")
    path = home(tmp_path / "files", file)
    assert content(store, file) == block + block + b"end"
    assert stored == Stored(1_400_003, hashlib.sha256(content(store, file)).hexdigest())
    assert store.kept(file).size == 1_400_003
    assert path.stat().st_mode & 0o777 == 0o600
    assert everything(tmp_path) == [path]


@pytest.mark.parametrize("reserved", [0, 3, 5, 5000])
async def test_it_has_the_size_that_came_whatever_was_reserved(store: FileStore, reserved: int) -> None:
    asked: list[int] = []

    async def extend(size: int) -> int:
        asked.append(size)
        return 2 * size

    file, stored = await keep(store, b"123", b"45", reserved=reserved, extend=extend)
    assert content(store, file) == b"12345"
    assert stored.size == 5
    assert asked == {0: [3], 3: [5]}.get(reserved, [])


async def test_one_byte_too_many_leaves_nothing(store: FileStore, tmp_path: Path) -> None:
    assert (await keep(store, b"12345", limit=5))[1].size == 5
    before = everything(tmp_path)
    with pytest.raises(TooLarge) as caught:
        await keep(store, b"12345", b"6", limit=5)
    assert caught.value.size == 6
    assert everything(tmp_path) == before


async def test_a_sender_who_breaks_off_leaves_nothing(store: FileStore, tmp_path: Path) -> None:
    async def breaks_off() -> AsyncIterator[bytes]:
        yield b"1"
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        await store.keep(new_id(), breaks_off(), limit=100, reserved=100, extend=refuses)
    assert everything(tmp_path) == []


async def test_who_is_cut_off_while_the_disk_works_leaves_nothing(store: FileStore, tmp_path: Path) -> None:
    for turns in range(1, 12):
        keeping = asyncio.create_task(keep(store, b"x" * MB, b"y" * MB))
        for _ in range(turns):
            await asyncio.sleep(0)
        keeping.cancel()
        await asyncio.wait((keeping,))
        assert not keeping.cancelled() or everything(tmp_path) == []


@pytest.mark.parametrize("file", ["", "..", "../../etc/passwd", "A" * 32, "0" * 31, "0" * 33, "0" * 31 + "/"])
def test_only_ids_of_ours_lead_to_files(store: FileStore, file: str) -> None:
    with pytest.raises(LookupError):
        store.kept(file)
    with pytest.raises(LookupError):
        store.drop(file)


async def test_what_lies_on_the_disk_is_listed_and_nothing_else(store: FileStore, tmp_path: Path) -> None:
    file, _ = await keep(store, b"1")
    half = new_id()
    (tmp_path / "files" / "arriving" / half).write_bytes(b"1")
    (tmp_path / "files" / "lost+found").mkdir()
    (tmp_path / "files" / file[:2] / "notes.txt").write_text("not ours", "utf-8")
    lying = dict(store.lying())
    assert len(lying) == 256
    assert set().union(*lying.values()) == {file, half}
    store.drop(file)
    store.drop(half)
    assert not set().union(*dict(store.lying()).values())


# Room


async def test_a_floor_of_the_disk_stays_free(tmp_path: Path) -> None:
    disk = os.statvfs(tmp_path)
    store = FileStore(tmp_path / "files", floor=disk.f_bavail * disk.f_frsize + 100 * MB)
    with pytest.raises(NoRoom):
        await keep(store, b"1")
    assert everything(tmp_path) == []


async def test_a_disk_that_takes_less_each_time_gets_all_of_it(
    store: FileStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "_created", lambda path: _Slow(path.open("x+b", buffering=0)))
    file, stored = await keep(store, b"0123456789" * 5)
    assert content(store, file) == b"0123456789" * 5
    assert stored.size == 50


@pytest.mark.parametrize(("fault", "says"), [("full", NoRoom), ("nothing", NotWhole), ("lies", NotWhole)])
async def test_short_writes_are_never_taken_for_whole(
    store: FileStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str, says: type[Exception]
) -> None:
    monkeypatch.setattr(places, "_created", lambda path: _Slow(path.open("x+b", buffering=0), fault))
    with pytest.raises(says):
        await keep(store, b"0123456789" * 5)
    assert everything(tmp_path) == []


class _Slow:
    """A file of which a disk takes seven bytes at a time; after the second time it is `fault`y."""

    def __init__(self, stream: Any, fault: str = "") -> None:
        self._stream = stream
        self._fault = fault
        self._times = 0

    def write(self, block: Any) -> int:
        self._times += 1
        if self._times > 2 and self._fault == "full":
            raise OSError(28, "No space left on device")
        if self._times > 2 and self._fault == "nothing":
            return 0
        if self._times > 2 and self._fault == "lies":
            return len(block)
        return int(self._stream.write(bytes(block)[:7]))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def __enter__(self) -> _Slow:
        return self

    def __exit__(self, *_: object) -> None:
        self._stream.close()


async def test_a_small_disk_is_filled_up_to_its_floor_and_no_file_is_cut(small_disk: Path) -> None:
    store = FileStore(small_disk / "files")
    contents = [os.urandom(700_000 + number) for number in range(20)]
    kept = await asyncio.gather(
        *(keep(store, each[:300_000], each[300_000:]) for each in contents), return_exceptions=True
    )
    whole = 0
    for each, outcome in zip(contents, kept, strict=True):
        if isinstance(outcome, BaseException):
            assert isinstance(outcome, NoRoom), repr(outcome)
            continue
        file, stored = outcome
        assert content(store, file) == each
        assert stored.size == len(each)
        whole += 1
    assert 7 <= whole <= 8
    assert len(everything(small_disk)) == whole
    disk = os.statvfs(small_disk)
    assert disk.f_bavail >= disk.f_blocks // 10


async def test_a_disk_that_fills_up_beside_us_is_an_error(small_disk: Path) -> None:
    store = FileStore(small_disk / "files", floor=0)

    async def grows() -> AsyncIterator[bytes]:
        yield b"x" * MB
        with (small_disk / "beside").open("wb") as beside, pytest.raises(OSError, match="space"):
            while True:
                beside.write(b"x" * MB)
                beside.flush()
        yield b"y" * MB

    async def extend(size: int) -> int:
        return size

    with pytest.raises(NoRoom):
        await store.keep(new_id(), grows(), limit=10 * MB, reserved=MB, extend=extend)
    assert [path.name for path in everything(small_disk)] == ["beside"]


def test_that_all_files_are_sealed_is_asked_of_the_keyring_once(
    tmp_path: Path, keyring: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = FileStore(tmp_path / "files", keyring=keyring)
    assert not store.sealed
    store.note_sealed()
    keyring.forget()
    assert store.sealed
    monkeypatch.setattr(keyring, "get", lambda owner: pytest.fail(f"{owner} is known"))
    assert store.sealed
