"""Files of a version that did not seal are sealed once; whatever ends that in between loses nothing."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from bot.house.sealing_files import SealingFiles
from forms.printing.workers import Workers
from storage import tables
from storage.chunks import MARK, NotWhole
from storage.files import FileStore
from storage.migrations import upgrade
from tests.bot.house.order_desk import Desk
from tests.bot.house.test_uploads import sends
from tests.bot.household import House, Someone, picture
from tests.storage.rings import kept_at, ring
from tests.storage.stores import content, home

MB = 1 << 20


@pytest.fixture
def house(tmp_path: Path, crew: Workers) -> House:
    """On a file that other processes open, too."""
    url = f"sqlite:///{tmp_path}/jiangjian.sqlite"
    upgrade(url)
    return House(kept_at(url), tmp_path / "files", crew)


def sealing(house: House) -> SealingFiles:
    return SealingFiles(house.conversation._archive, house.store, house.conversation.documents.prints)


def laid_bare(house: House) -> dict[str, bytes]:
    """Every file as an older version had it: as it was sent."""
    found = {}
    for prefix, ids in house.store.lying():
        for file in ids:
            found[file] = content(house.store, file)
            (house.files / prefix / file).write_bytes(found[file])
    return found


def unsealed(house: House) -> list[Path]:
    return [path for path in house.stored() if not path.read_bytes().startswith(MARK)]


async def test_all_of_them_are_sealed_and_read_as_before(house: House, anna: Someone) -> None:
    await anna.begins()
    for number in range(3):
        await sends(anna, picture((600 + number, 840)))
    older = laid_bare(house)
    assert len(older) == 3 == len(unsealed(house))
    assert {file: content(house.store, file) for file in older} == older  # read until then as they lie
    assert await sealing(house).go_through() == 0
    assert unsealed(house) == []
    assert {file: content(house.store, file) for file in older} == older
    house.files.joinpath(next(iter(older))[:2], next(iter(older))).write_bytes(b"put there")
    with pytest.raises(NotWhole):
        content(house.store, next(iter(older)))
    assert await sealing(house).go_through() == 0


async def test_exports_and_kept_prints_of_an_older_version_are_sealed_or_gone(house: House) -> None:
    desk = Desk(house)
    (case,) = await desk.opens("anna")
    ready = await desk.makes(case)
    archive = await desk.fetches(desk.clerk, ready)
    assert archive and house.stored() and unsealed(house) == []
    laid_bare(house)
    home(house.files / "exports", ready.file).write_bytes(archive)
    for path in (house.files / "prints").glob("*/*"):
        path.write_bytes(b"%PDF plain %%EOF")
    assert await sealing(house).go_through() == 0
    assert unsealed(house) == []
    assert await desk.fetches(desk.clerk, ready) == archive
    house.now += timedelta(days=8)
    await desk.exporting.sweep()
    assert house.database.keyring.get(ready.id) is None


async def test_what_its_row_does_not_fit_stays_as_it_lies_and_is_told(house: House, anna: Someone) -> None:
    await anna.begins()
    for number in range(2):
        await sends(anna, picture((600 + number, 840)))
    older = laid_bare(house)
    odd = next(iter(older))
    wrong = update(tables.file).where(tables.file.c.id == odd).values(digest="0" * 64)
    await house.database.run(lambda unit: unit.connection.execute(wrong))
    assert await sealing(house).go_through() == 1
    assert [path.name for path in unsealed(house)] == [odd]
    assert content(house.store, odd) == older[odd]
    right = hashlib.sha256(older[odd]).hexdigest()
    mended = update(tables.file).where(tables.file.c.id == odd).values(digest=right)
    await house.database.run(lambda unit: unit.connection.execute(mended))
    assert await sealing(house).go_through() == 0
    assert unsealed(house) == []


_SEALS = """
import sys
from pathlib import Path
from storage.files import FileStore
from tests.storage.rings import ring
store = FileStore(Path(sys.argv[1]), keyring=ring(sys.argv[2]))
print("at it", flush=True)
for file in sys.argv[3:]:
    store.seal(file, file, "")
"""


#: While a key is made, and at the writes of two files.
_FAULTS = [
    f"{call}:signal=SIGKILL:when={number}"
    for call, numbers in {
        "pwrite64": (1, 3),
        "write": (3, 4, 5),
        "ftruncate": (1,),
        "fsync": (1, 2, 3),
        "rename": (1, 2),
    }.items()
    for number in numbers
]


def test_whatever_ends_it_in_between_loses_nothing(tmp_path: Path) -> None:
    """Killed at its writes, one after the other: at every moment each file is there, sealed or not."""
    url = f"sqlite:///{tmp_path}/any.sqlite"
    sent = {f"{number:02x}" + "a" * 30: os.urandom(MB + number) for number in range(2)}
    for file in sent:
        home(tmp_path / "files", file).parent.mkdir(parents=True)
    ring(url).close()
    for fault in (*_FAULTS, None):
        for file, each in sent.items():
            home(tmp_path / "files", file).write_bytes(each)
        kills = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"inject={fault}"]
        run = [sys.executable, "-c", _SEALS, str(tmp_path / "files"), url, *sent]
        done = subprocess.run([*(kills if fault else []), *run], capture_output=True, check=False)
        assert (done.returncode != 0) is (fault is not None), fault
        with closing(ring(url)) as keys:
            store = FileStore(tmp_path / "files", keyring=keys)
            for file, each in sent.items():
                assert content(store, file) == each, fault
    assert all(home(tmp_path / "files", file).read_bytes().startswith(MARK) for file in sent)
