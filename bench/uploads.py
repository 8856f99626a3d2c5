"""What sealing costs a file: a 20 MB upload as it is stored, sealed and not, in turn in one run; and a long film.

`python -m bench.uploads [--rounds N] [--film MB] [--bucket s3://…]`. What is measured is `FileStore.keep`: bytes come in
pieces of 64 KiB, are digested, sealed, written, flushed (fsync), read again and named; and reading all of it once more.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import resource
import tempfile
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

from bench.peers.rings import keyring
from storage.files import FileStore
from storage.places import Directory, Place
from storage.s3 import Address, Bucket
from storage.tables import new_id

MB = 1 << 20
PIECE = 1 << 16
UPLOAD = 20 * MB


async def comes(block: bytes, size: int) -> AsyncIterator[bytes]:
    for start in range(0, size, PIECE):
        at = start % len(block)
        yield block[at : at + min(PIECE, size - start)]


async def no_more(size: int) -> int:
    raise AssertionError(size)


async def upload(store: FileStore, block: bytes, size: int = UPLOAD) -> tuple[str, float, float]:
    """The file, and seconds of the clock and of the processor until it was stored."""
    file = new_id()
    begun, used = perf_counter(), process_time()
    await store.keep(file, comes(block, size), limit=size, reserved=size, extend=no_more)
    return file, perf_counter() - begun, process_time() - used


def read(store: FileStore, file: str) -> float:
    begun = perf_counter()
    with store.kept(file).open() as stream:
        while stream.read(MB):
            pass
    return perf_counter() - begun


async def compare(place: Place, directory: Path, rounds: int) -> None:
    block = os.urandom(4 * MB)
    with closing(keyring(f"sqlite:///{directory}/bench.sqlite")) as keys:
        stores = {"not sealed": FileStore(place), "sealed": FileStore(place, keyring=keys)}
        took: dict[str, list[tuple[float, float, float]]] = {name: [] for name in stores}
        for number in range(rounds + 1):
            for name, store in list(stores.items())[:: 1 if number % 2 else -1]:
                file, clock, used = await upload(store, block)
                found = (clock, used, read(store, file))
                store.drop(file)
                if number:  # the first one warms what is read and compiled once
                    took[name].append(found)
    told = {name: [median(each) for each in zip(*rows, strict=True)] for name, rows in took.items()}
    print(f"20 MB, {rounds} times each in turn: medians; ratios of neighbours, their median")
    for name, (clock, used, reading) in told.items():
        print(
            f"  {name:10}  stored in {clock * 1e3:6.1f} ms, {used * 1e3:6.1f} ms of CPU; read in {reading * 1e3:6.1f} ms"
        )
    pairs = list(zip(took["sealed"], took["not sealed"], strict=True))
    ratios = [median(one[each] / other[each] for one, other in pairs) for each in range(3)]
    print(
        f"  sealing     {ratios[0]:.2f}x of the time, {ratios[1]:.2f}x of the CPU; reading {ratios[2]:.2f}x"
    )


async def film(place: Place, directory: Path, size: int) -> None:
    """A long film through the sealing store: how fast, and the most memory that the process ever had."""
    block = os.urandom(4 * MB)
    with closing(keyring(f"sqlite:///{directory}/film.sqlite")) as keys:
        store = FileStore(place, keyring=keys)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        file, clock, _ = await upload(store, block, size)
        reading = read(store, file)
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        store.drop(file)
    print(
        f"{size // MB} MB sealed and stored at {size / MB / clock:.0f} MB/s, read at {size / MB / reading:.0f} MB/s; "
        f"most memory {most:.0f} MB, {before:.0f} MB before"
    )


def main() -> None:
    """Measure on the disk that temporary files lie on; TMPDIR chooses another."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=21)
    parser.add_argument("--film", type=int, default=500, help="MB of the long film")
    parser.add_argument("--bucket", default="", help="measure there, too: as JIANGJIAN_FILES names it")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as directory:
        home = Path(directory)
        places: list[Place] = [Directory(home / "files")]
        if chosen.bucket:
            places.append(Bucket(Address.of(chosen.bucket), home / "aside"))
        for place in places:
            print(f"== {type(place).__name__.lower()}")
            asyncio.run(compare(place, home, chosen.rounds))
            asyncio.run(film(place, home, chosen.film * MB))


if __name__ == "__main__":
    main()
