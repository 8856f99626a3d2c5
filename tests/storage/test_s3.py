"""Files in a bucket, on a real server: whole or not at all, read by parts, sealed like everywhere else."""

from __future__ import annotations

import asyncio
import hashlib
import os
import pickle
import subprocess
import sys
import time
import tracemalloc
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from forms.readable import Unreachable
from storage import s3
from storage.files import FileStore, Kept, NotWhole, TooLarge
from storage.keyring import Keyring
from storage.s3 import Address, Bucket
from storage.tables import new_id
from tests.storage.s3_server import Server
from tests.storage.stores import content
from tests.storage.test_files import MB, keep


@pytest.fixture
def store(bucket: Bucket, keyring: Keyring) -> FileStore:
    return FileStore(bucket, keyring=keyring)


def lying(store: FileStore) -> set[str]:
    return set().union(*dict(store.lying()).values())


@pytest.mark.parametrize("size", [0, 5, 100_000, 200_000, 20 * MB + 1])
async def test_a_file_comes_back_as_it_was_sent_and_lies_there_sealed(
    store: FileStore, bucket: Bucket, size: int
) -> None:
    sent = os.urandom(size)
    file, stored = await keep(store, sent[: size // 3], sent[size // 3 :], limit=1 << 30)
    assert (stored.size, stored.digest) == (size, hashlib.sha256(sent).hexdigest())
    kept = store.kept(file)
    assert kept.size == size and content(store, file) == sent
    with kept.open() as stream:
        stream.seek(size // 2)
        assert stream.read(1000) == sent[size // 2 : size // 2 + 1000]
    there = bucket.whereabouts(file).ranged()
    assert sent[:100] not in there.read_at(0, there.size) or not size
    assert lying(store) == {file} and store.exists(file)
    assert abs((store.touched(file) or 0) - time.time()) < 60


async def test_what_breaks_off_or_is_too_large_leaves_nothing(store: FileStore) -> None:
    async def breaks_off() -> AsyncIterator[bytes]:
        for _ in range(20):
            yield os.urandom(MB)
        raise ConnectionResetError

    async def extend(size: int) -> int:
        return 2 * size

    with pytest.raises(ConnectionResetError):
        await store.keep(new_id(), breaks_off(), limit=1 << 30, reserved=1, extend=extend)
    with pytest.raises(TooLarge):
        await keep(store, *[bytes(MB)] * 20, limit=18 * MB)
    waiting = asyncio.create_task(keep(store, *[bytes(MB)] * 30, limit=1 << 30))
    await asyncio.sleep(0.1)
    waiting.cancel()
    await asyncio.wait((waiting,))
    assert lying(store) == set()


async def test_a_second_id_and_a_store_beside_go_by_themselves(store: FileStore) -> None:
    file, _ = await keep(store, b"12345")
    other, beside = new_id(), store.beside("exports")
    store.twin(file, other)
    with pytest.raises(FileExistsError):
        store.twin(file, other)
    store.drop(file)
    store.drop(file)
    assert lying(store) == {other} and not store.exists(file) and store.touched(file) is None
    with store.kept(other, file).open() as stream:  # in a row's unit its key goes along
        assert stream.read() == b"12345"
    there, _ = await keep(beside, b"beside")
    assert content(beside, there) == b"beside" and lying(store) == {other}
    with pytest.raises(FileNotFoundError):
        store.kept(file).open()


async def test_one_file_in_the_place_of_another_does_not_open(store: FileStore, bucket: Bucket) -> None:
    one, _ = await keep(store, b"one")
    other, _ = await keep(store, b"other")
    bucket.drop(other)
    bucket.twin(one, other)
    with pytest.raises(NotWhole):
        store.kept(other).open()


async def test_another_process_opens_what_it_is_handed_and_a_little_is_in_memory(store: FileStore) -> None:
    block = os.urandom(MB)
    tracemalloc.start()
    file, stored = await keep(store, *[block] * 60, limit=1 << 30)
    size = 0
    with store.kept(file).open() as stream:
        while piece := stream.read(1 << 18):
            size += len(piece)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert size == stored.size
    assert peak < 20 * MB  # parts of 5 MB: one on its way, one that comes
    elsewhere = (
        "import hashlib, pickle, sys; kept = pickle.load(sys.stdin.buffer); "
        "print(hashlib.sha256(kept.open().read()).hexdigest())"
    )
    handed = pickle.dumps(store.kept(file))
    assert b"testing" not in handed, "our credentials stay here"
    bare = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    told = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-c", elsewhere],
        env=bare,
        input=handed,
        capture_output=True,
        check=True,
    )
    assert told.stdout.decode().strip() == stored.digest


async def test_a_server_that_is_gone_is_told_as_such_and_goes_on_when_it_is_back(
    store: FileStore, s3_server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(s3, "_PATIENCE", timedelta(seconds=3))
    file, _ = await keep(store, os.urandom(MB))
    s3_server.end()
    try:
        with pytest.raises(Unreachable):
            store.kept(file).open()
        for pieces in (20, 1):  # it is heard of while more comes, and at the end
            with pytest.raises(Unreachable):
                await keep(store, *[bytes(MB)] * pieces, limit=1 << 30)
    finally:
        s3_server.start()
    assert store.kept(file).size == MB and lying(store) == {file}


def test_a_bucket_that_is_not_there_or_is_closed_to_us_is_told_at_the_start(
    bucket_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = Address.of(bucket_url)
    Bucket(address, tmp_path).probe()
    with pytest.raises(Unreachable):
        Bucket(Address.of(bucket_url.replace("bucket-", "nothing-")), tmp_path).probe()
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "wrong")
    with pytest.raises(Unreachable):
        Bucket(Address.of(bucket_url.replace("/files", "/other")), tmp_path).probe()


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("/var/files", "s3://"),
        ("https://host/bucket", "s3://"),
        ("s3://", "s3://"),
        ("s3://key:secret@bucket", "environment"),
        ("s3://bucket?endpoint=host:9000", "http"),
        ("s3://bucket?secret=1", "secret"),
        ("s3://bucket?endpoint", "endpoint"),
    ],
)
def test_an_address_that_says_something_else_is_refused(url: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        Address.of(url)


def test_an_address_says_where() -> None:
    file = "ab" * 16
    assert Address.of("s3://b").key(file) == f"ab/{file}"
    whole = Address.of("s3://bucket/a/b/?endpoint=https://s3.example.cn&region=cn-south-1")
    assert whole == Address("bucket", "a/b", "https://s3.example.cn", "cn-south-1")
    assert whole.key(file) == f"a/b/ab/{file}"
    for wrong in ("..", "", "A" * 32):
        with pytest.raises(LookupError):
            whole.key(wrong)


async def test_what_lies_there_is_told_by_its_first_two_digits_all_of_them(
    store: FileStore, bucket: Bucket
) -> None:
    files = {f"{first}{'0' * 30}" for first in ("00", "05", "a0", "ff")} | {"05" + "1" * 30}
    for file in files:
        await keep(store, b"x", file=file)
    await keep(store.beside("exports"), b"x", file="07" + "0" * 30)
    told = list(store.lying())
    assert [prefix for prefix, _ in told] == [f"{number:02x}" for number in range(256)]
    assert lying(store) == files
    assert all(each.startswith(prefix) for prefix, ids in told for each in ids)


def test_a_key_is_not_shown(store: FileStore) -> None:
    assert "key" not in repr(Kept(store.kept("a" * 32).where, b"secret" * 5))
