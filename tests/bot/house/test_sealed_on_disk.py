"""Whatever happened to a case, nothing that was said or sent stands readable anywhere in the data directory."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from forms.printing.workers import Workers
from storage.files import FileStore
from storage.migrations import upgrade
from storage.s3 import Bucket
from tests.bot.house.order_desk import Desk
from tests.bot.household import House
from tests.storage.rings import kept_at
from tests.storage.s3_server import Server

NAME, NUMBER = "陆建华", "450122198409129963"


@pytest.fixture
def house(tmp_path: Path, crew: Workers) -> House:
    """A whole data directory."""
    url = f"sqlite:///{tmp_path}/jiangjian.sqlite"
    upgrade(url)
    return House(kept_at(url), tmp_path / "files", crew)


def scan() -> bytes:
    """A picture of noise: no part of it is like any other file."""
    out = io.BytesIO()
    Image.frombytes("RGB", (600, 840), os.urandom(600 * 840 * 3)).save(out, "JPEG", quality=60)
    return out.getvalue()


def readable(directory: Path, canaries: dict[str, bytes]) -> list[str]:
    """Which canaries stand in which files below a directory."""
    found = []
    for path in sorted(each for each in directory.rglob("*") if each.is_file()):
        content = path.read_bytes()
        found += [
            f"{what} in {path.relative_to(directory)}"
            for what, canary in canaries.items()
            if canary in content
        ]
    return found


async def lives(house: House, sent: bytes) -> zipfile.ZipFile:
    """A case from its first word to the packet that an office takes along: the packet."""
    desk = Desk(house)
    await desk.opens()
    case = await desk.receives("anna", sent)
    assert await desk.exporting.ahead.next()
    archive = await desk.fetches(desk.clerk, await desk.makes(case))
    assert archive
    return zipfile.ZipFile(io.BytesIO(archive))


def canaries(sent: bytes) -> dict[str, bytes]:
    middle = len(sent) // 2
    return {
        "a scan's beginning": sent[:64],
        "a scan's middle": sent[middle : middle + 64],
        "a scan's end": sent[-64:],
        "a printed document": b"%PDF-",
        "an archive": b"PK\x03\x04",
        "the name": NAME.encode(),
        "the number": NUMBER.encode(),
        "an answer": "我热爱焊接".encode(),
    }


async def test_nothing_of_a_case_stands_readable_in_the_data_directory(house: House, tmp_path: Path) -> None:
    sent = scan()
    packet = await lives(house, sent)
    assert any(packet.read(name) == sent for name in packet.namelist())
    assert any(packet.read(name).startswith(b"%PDF-") for name in packet.namelist())
    kinds = {path.parent.name if "prints" not in path.parts else "prints" for path in house.stored()}
    assert "prints" in kinds and len(house.stored()) >= 3
    assert readable(tmp_path, canaries(sent)) == []
    (tmp_path / "slip").write_bytes(b"..." + sent)
    assert len(readable(tmp_path, canaries(sent))) == 3, "what stands there is found"


async def test_with_files_in_a_bucket_neither_there_nor_in_the_data_directory(
    house: House, tmp_path: Path, bucket: Bucket, s3_server: Server
) -> None:
    house.store = FileStore(bucket, keyring=house.database.keyring)
    sent = scan()
    packet = await lives(house, sent)
    assert any(packet.read(name) == sent for name in packet.namelist())
    files = {file for _, ids in house.store.lying() for file in ids}
    assert len(files) == 1 and not any(path.name in files for path in house.stored())
    assert list(s3_server.root.rglob("*.data")), "the bucket's own disk is looked at"
    assert readable(s3_server.root, canaries(sent)) == []
    assert readable(tmp_path, canaries(sent)) == []
