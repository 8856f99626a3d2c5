"""What people may ask for at any time: a copy of everything, and that everything be gone."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.house.belongings import Copy
from dialogs.turn import Turn
from forms.attachment import Attachment
from forms.printing.workers import Workers
from storage import interviews
from storage.database import Database
from tests.bot.household import House, Someone, picture, stream
from tests.storage.servers import database, empty_url, postgresql, url  # noqa: F401

MB = 1024 * 1024


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    workers = Workers(1)
    yield workers
    workers.close()


@pytest.fixture
def house(database: Database, tmp_path: Path, workers: Workers) -> House:  # noqa: F811
    return House(database, tmp_path / "files", workers)


@pytest.fixture
def anna(house: House) -> Someone:
    return Someone(house, channel="telegram")


async def sends(person: Someone, name: str, content: bytes) -> Attachment:
    found = await person.house.conversation.receive(person.channel, person.address, name, stream(content))
    await person.take(file=found)
    return found


async def copies(person: Someone, most: int = 40 * MB) -> list[Copy]:
    return [each async for each in person.house.conversation.copies(person.channel, person.address, most)]


def opened(copy: Copy) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(copy.content))


async def test_a_copy_has_everything(anna: Someone) -> None:
    await anna.fills()
    kept = await sends(anna, "证/书.jpg", picture())
    (copy,) = await copies(anna)
    archive = opened(copy)
    told = json.loads(archive.read("everything.json"))
    assert told["interviews"][0]["state"]["answers"]["name"] == "陆建华"
    assert [door["channel"] for door in told["doors"]] == ["telegram"]
    assert told["events"][0]["kind"] == "consented"
    assert [file["file"] for file in told["files"]] == [kept.file]
    name = f"files/{kept.file[:12]}-{kept.name.replace('/', '_')}"
    assert set(archive.namelist()) == {"everything.json", name}
    assert archive.read(name) == picture()


async def test_a_copy_comes_in_parts_that_can_be_sent(anna: Someone) -> None:
    await anna.fills()
    for number in range(3):
        await sends(anna, f"{number}.jpg", picture((600 + number, 840)))
    size = len(picture())
    found = await copies(anna, most=3 * size)
    assert len(found) > 1
    assert all(len(copy.content) <= 3 * size for copy in found[1:])
    assert sum(name.startswith("files/") for copy in found for name in opened(copy).namelist()) == 3
    assert [copy.filename for copy in found][:2] == ["我的全部内容-1.zip", "我的全部内容-2.zip"]
    (only,) = await copies(anna, most=size)
    assert sorted(only.left_out) == ["0.jpg", "1.jpg", "2.jpg"]


async def test_names_can_be_written_everywhere(anna: Someone) -> None:
    await anna.fills()
    names = [
        "匠" * 200 + ".jpg",
        "𠮷" * 80 + ".jpeg",
        "CON.jpg",
        "a.jpg. .",
        "." * 70 + "jpg",
        "a" * 79 + ".",
        "é" * 90,
    ]
    for name in names * 2:
        await anna.house.conversation.receive("telegram", "anna", name, stream(picture()))
    (copy,) = await copies(anna)
    written = opened(copy).namelist()
    assert len({name.casefold() for name in written}) == len(written) > 2 * 4
    for name in written:
        assert all(len(part.encode()) <= 255 for part in name.split("/")), name
        assert not re.search(r'[<>:"\\|?*\x00-\x1f]|[. ]$', name), name
    assert sum(name.endswith("匠.jpg") for name in written) == 2
    assert sum(name.endswith("𠮷.jpeg") for name in written) == 2


async def test_a_stranger_has_no_copy(anna: Someone) -> None:
    assert await copies(anna) == []


async def test_forgetting_takes_answers_files_and_every_door(house: House, anna: Someone) -> None:
    await anna.fills()
    await sends(anna, "证书.jpg", picture())
    code = await house.conversation.resume_code("telegram", "anna")
    await Someone(house, "session").comes_with(code)
    assert len(house.stored()) == 1
    assert await house.conversation.forget("web", "session")
    assert house.stored() == []
    for table in (
        "person",
        "door",
        "interview",
        "event",
        "party",
        "case",
        "file",
        "message",
        "code",
        "notice",
    ):
        assert await house.rows(table) == 0, table
    screen = await anna.take()
    assert not screen.title
    assert not await house.conversation.forget("telegram", "anna")


async def test_forgetting_leaves_others_alone(house: House, anna: Someone) -> None:
    ben = Someone(house, "ben")
    await ben.fills()
    await sends(ben, "证书.jpg", picture())
    await anna.fills()
    assert await house.conversation.forget("telegram", "anna")
    assert len(house.stored()) == 1
    assert (await ben.take()).asks


async def test_a_message_that_was_taken_is_known(house: House, anna: Someone) -> None:
    await anna.begins()
    turn = Turn("anna", "m1", text="个人申报")
    assert not await house.conversation.taken("telegram", "anna", turn)
    await house.conversation.take("telegram", "anna", turn)
    assert await house.conversation.taken("telegram", "anna", turn)
    assert not await house.conversation.taken("telegram", "anna", Turn("anna", "m2"))


async def test_a_file_is_weighed_before_it_is_fetched(house: House, anna: Someone) -> None:
    await anna.fills()
    video = Attachment(file="", name="v.mp4", media="video", mime="video/mp4", size=9, seconds=5)
    scan = Attachment(
        file="", name="s.jpg", media="image", mime="image/jpeg", size=9000, width=900, height=900
    )
    refused = await house.conversation.weigh("telegram", "anna", video)
    assert refused and "v.mp4" in str(refused.parts[0])
    assert await house.conversation.weigh("telegram", "anna", scan) is None
    assert (await anna.take()).revision == anna.screen.revision
    assert await house.conversation.weigh("telegram", "stranger", video) is not None


async def test_a_message_says_that_its_sender_can_be_reached(house: House, anna: Someone) -> None:
    async def unreachable() -> bool:
        seat = await house.database.run(lambda unit: interviews.speaker(unit, "telegram", "anna"))
        assert seat
        return seat.unreachable

    await anna.begins()
    await house.conversation.unreachable("telegram", "anna", True)
    await anna.take()
    assert await unreachable()
    await anna.says("个人申报")
    assert not await unreachable()
    await house.conversation.unreachable("telegram", "nobody", True)
