"""kill -9 while an export is made: it is made again and is whole, once, and nothing else stays on the disk."""

from __future__ import annotations

import asyncio
import hashlib
import os
import random
import sys
import zipfile
from asyncio.subprocess import PIPE
from datetime import timedelta
from pathlib import Path

import pytest

from forms.printing.workers import Workers
from storage.migrations import upgrade
from tests.bot.house.order_desk import Desk
from tests.bot.house.test_exporting import SCAN
from tests.bot.household import House
from tests.storage.rings import kept_at
from tests.storage.stores import home

#: More by hand.
KILLS = int(os.environ.get("JIANGJIAN_EXPORTING_KILLS", "6"))
SIZE = 150 << 20
MADE = timedelta(minutes=2)


@pytest.fixture
def house(tmp_path: Path, crew: Workers) -> House:
    """On a file that other processes open, too."""
    url = f"sqlite:///{tmp_path}/jiangjian.sqlite"
    upgrade(url)
    return House(kept_at(url), tmp_path / "files", crew)


async def live_and_die(house: House, tmp_path: Path, seconds: float) -> None:
    url, minutes = (
        f"sqlite:///{tmp_path}/jiangjian.sqlite",
        str(int((house.now - House.now).total_seconds() // 60)),
    )
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.bot.house.exporter", url, str(house.files), minutes, stdout=PIPE
    )
    assert process.stdout and await process.stdout.readline() == b"at it\n"
    await asyncio.sleep(seconds)
    assert process.returncode is None, "it must live until it is killed"
    process.kill()
    assert await process.wait() == -9


async def test_an_export_is_made_again_whole_and_once(house: House, tmp_path: Path) -> None:
    desk = Desk(house)
    await desk.opens()
    case = await desk.receives("anna", SCAN)
    (scan,) = house.stored()
    scan.write_bytes(SCAN)  # as an older version had it, which did not seal
    os.truncate(scan, SIZE)  # a hole: it takes long to read, and no room
    chance, ready = random.Random(7), 0
    for _ in range(KILLS):
        ordered = await desk.orders(case)
        await live_and_die(house, tmp_path, chance.uniform(0.05, 1.5))
        seen = await desk.looks(ordered)
        assert seen.state in {"waiting", "making", "ready"}
        ready += seen.state == "ready"
        house.now += MADE  # whoever had it had it for a minute
        while await desk.exporting.make_next():
            pass
        made = await desk.looks(ordered)
        assert made.state == "ready" and made.size and made.size > SIZE
        content = await desk.exporting.kept(made)
        with content.open() as stream:
            assert hashlib.sha256(stream.read()).hexdigest() == made.digest
        with content.open() as stream, zipfile.ZipFile(stream) as opened:
            assert opened.testzip() is None and "manifest.json" in opened.namelist()
        for left in desk.kept():
            path = next(path for path in house.stored() if path.name == left)
            os.utime(path, (0, 0))
        await desk.exporting.sweep()
        assert desk.kept() == [made.file]
        home(house.files / "exports", made.file).unlink()  # the disk is not only ours
        house.now += timedelta(days=8)
        await desk.exporting.sweep()
    assert ready < KILLS, "it was killed too late to tell"
