"""What people may ask for at any time: a copy of everything that is kept of them."""

from __future__ import annotations

import io
import json
import re
import tracemalloc
import zipfile

import pytest
from sqlalchemy import Text, literal, update

from bot.house.copies import Copy
from dialogs.keeping import written
from dialogs.turn import Turn
from forms.attachment import Attachment
from storage import interviews, tables
from storage.unit import Unit
from tests.bot.household import House, Someone, picture, stream
from tests.storage.rings import seal_what_is_plain

MB = 1024 * 1024


@pytest.fixture
def anna(house: House) -> Someone:
    return Someone(house, channel="telegram")


async def sends(person: Someone, name: str, content: bytes) -> Attachment:
    found = await person.house.conversation.receive(person.channel, person.address, name, stream(content))
    await person.take(file=found)
    return found


async def copies(person: Someone, most: int = 40 * MB) -> list[Copy]:
    return [each async for each in person.house.conversation.copies(person.channel, person.address, most)]


async def opened(copy: Copy) -> zipfile.ZipFile:
    content = b"".join([piece async for piece in copy.pieces()])
    assert len(content) == copy.size
    return zipfile.ZipFile(io.BytesIO(content))


async def test_a_copy_has_everything(anna: Someone) -> None:
    await anna.fills()
    kept = await sends(anna, "证/书.jpg", picture())
    (copy,) = await copies(anna)
    archive = await opened(copy)
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
    assert all(copy.size <= 3 * size for copy in found[1:])
    names = [name for copy in found for name in (await opened(copy)).namelist()]
    assert sum(name.startswith("files/") for name in names) == 3
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
    written = (await opened(copy)).namelist()
    assert len({name.casefold() for name in written}) == len(written) > 2 * 4
    for name in written:
        assert all(len(part.encode()) <= 255 for part in name.split("/")), name
        assert not re.search(r'[<>:"\\|?*\x00-\x1f]|[. ]$', name), name
    assert sum(name.endswith("匠.jpg") for name in written) == 2
    assert sum(name.endswith("𠮷.jpeg") for name in written) == 2


async def test_a_stranger_has_no_copy(anna: Someone) -> None:
    assert await copies(anna) == []


async def test_a_copy_holds_what_could_not_be_read_and_never_fails_on_odd_rows(
    house: House, anna: Someone
) -> None:
    await anna.fills()
    kept = await sends(anna, "证书.jpg", picture())
    known = await house.database.run(lambda unit: interviews.speaker(unit, "telegram", "anna"))
    assert known
    state = json.loads(written(known.state.model_copy(update={"unread": {"answers.old": ["旧", 1]}})))
    deep = "[" * 3000 + "]" * 3000
    for text in (
        json.dumps(state),
        json.dumps({**state, "half": "\ud800"}),
        "not json",
        deep,
        "[NaN, 1e999]",
        "",
    ):
        await _set(house, "interview", "state", text)
        (copy,) = await copies(anna)
        archive = await opened(copy)
        told = json.loads(archive.read("everything.json"))
        if text.startswith("{"):
            assert told["interviews"][0]["state"]["unread"] == {"answers.old": ["旧", 1]}
        assert len(archive.namelist()) == 2
    for table, column, text in (
        ("file", "facts", '{"gone": true}'),
        ("file", "facts", "nothing"),
        ("file", "created", "long ago"),
        ("event", "at", "yesterday"),
    ):
        await _set(house, table, column, text)
        (copy,) = await copies(anna)
        archive = await opened(copy)
        assert archive.read(f"files/{kept.file[:12]}-证书.jpg") == picture(), (table, column)
    await anna.take()
    await anna.says("删除我的全部内容")
    await anna.presses("全部删除")
    assert await house.rows("person") == 0
    assert house.stored() == []


async def _set(house: House, table: str, column: str, text: str) -> None:
    change = update(tables.metadata.tables[table]).values({column: literal(text, Text)})

    def work(unit: Unit) -> None:
        unit.connection.execute(change)
        seal_what_is_plain(unit)

    await house.database.run(work)


async def test_a_file_that_is_gone_or_was_never_ours_is_left_out(house: House, anna: Someone) -> None:
    await anna.fills()
    await sends(anna, "一.jpg", picture())
    await sends(anna, "二.jpg", picture((700, 980)))
    house.stored()[0].unlink()
    (copy,) = await copies(anna)
    assert len((await opened(copy)).namelist()) == 2


async def test_a_copy_is_packed_while_it_is_read(house: House, anna: Someone) -> None:
    """However much somebody keeps, a few pieces of it are in memory."""
    await anna.fills()
    kept = await sends(anna, "证书.jpg", picture())
    path = next(path for path in house.stored() if path.name == kept.file)
    size = 300 * MB
    with path.open("wb") as file:  # and of the time before files were sealed
        file.truncate(size)  # a hole: it takes no room on the disk
    (copy,) = await copies(anna, most=1 << 40)
    assert size < copy.size < size + MB
    tracemalloc.start()
    read = 0
    async for piece in copy.pieces():
        read += len(piece)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert read == copy.size
    assert peak < 4 * MB


async def test_the_figures_count_what_is_kept(house: House, anna: Someone) -> None:
    await anna.fills()
    await sends(anna, "证书.jpg", picture())
    code = await house.conversation.resume_code("telegram", "anna")
    await Someone(house, "session").comes_with(code)
    screen = await anna.says("我的数据")
    assert "1份申报，1个文件，用过2台设备" in str(screen.parts)
    screen = await anna.says("/delete")
    assert "1份申报，1个文件，用过2台设备" in str(screen.parts)
    assert "1份申报" in str((await anna.take()).parts)


async def test_a_copy_is_no_document_that_is_printed_ahead(anna: Someone) -> None:
    await anna.begins()
    await anna.says("我的数据")
    with pytest.raises(LookupError):
        await anna.house.conversation.document("telegram", "anna", "mydata")


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
