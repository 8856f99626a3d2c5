"""Files on their way: room before bytes, whole or not at all, and nothing left behind by whoever goes away meanwhile."""

from __future__ import annotations

import asyncio
import hashlib
import os
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from bot.house import troubles
from bot.house.intake import Cleared, NotBegun
from bot.house.sweeping import Swept
from forms.attachment import Attachment
from forms.inspection import Caps
from forms.printing.workers import Workers
from storage import tables
from storage.files import FileStore, NoRoom
from storage.tables import new_id
from storage.uploads import LEASE, Quota, QuotaExceeded
from tests.bot.household import House, Someone, library, picture, stream
from tests.storage.stores import content as content_of

KB, MB = 1024, 1024 * 1024


class Slow:
    """A stream that stops half way until it is let go, or breaks off."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self.half_way = asyncio.Event()
        self.goes_on = asyncio.Event()
        self.breaks_off = False

    async def chunks(self) -> AsyncIterator[bytes]:
        middle = len(self._content) // 2
        yield self._content[:middle]
        self.half_way.set()
        await self.goes_on.wait()
        if self.breaks_off:
            raise ConnectionResetError
        yield self._content[middle:]


def big(size: int) -> bytes:
    """A picture, made longer than its end: still a picture."""
    return picture() + os.urandom(size - len(picture()))


async def sends(person: Someone, content: bytes, name: str = "a.jpg") -> Attachment:
    receiving = person.house.conversation.receive
    return await receiving(person.channel, person.address, name, stream(content), len(content))


async def begun(person: Someone, slow: Slow, size: int | None = None) -> asyncio.Task[Attachment]:
    task = asyncio.create_task(
        person.house.conversation.receive("web", person.address, "a.jpg", slow.chunks(), size)
    )
    await slow.half_way.wait()
    return task


async def test_what_is_acknowledged_lies_on_the_disk_with_its_digest_in_its_row(
    house: House, anna: Someone
) -> None:
    await anna.begins()
    sent = await sends(anna, picture())
    query = select(tables.file.c.size, tables.file.c.digest, tables.file.c.arriving)
    row = await house.database.run(lambda unit: unit.connection.execute(query).one())
    assert tuple(row) == (len(picture()), hashlib.sha256(picture()).hexdigest(), None)
    (path,) = house.stored()
    assert (path.name, content_of(house.store, sent.file)) == (sent.file, picture())
    assert picture()[:100] not in path.read_bytes()


async def test_what_a_message_brought_is_stored_once_however_often_it_comes(
    house: House, anna: Someone
) -> None:
    async def unread() -> AsyncIterator[bytes]:
        raise AssertionError("it is here")
        yield b""

    await anna.begins()
    receive = house.conversation.receive
    found = await receive("web", "anna", "a.jpg", stream(picture()), message="m1")
    assert await receive("web", "anna", "a.jpg", unread(), message="m1") == found
    broken = await receive("web", "anna", "b.jpg", stream(b"no picture"), message="m2")
    assert await receive("web", "anna", "b.jpg", unread(), message="m2") == broken
    assert len(house.stored()) == 1
    await Someone(house, "ben").begins()
    other = await receive("web", "ben", "a.jpg", stream(picture()), message="m1")
    assert other.file != found.file


async def test_what_a_message_brought_half_way_is_fetched_again(house: House, anna: Someone) -> None:
    await anna.begins()
    content = big(200 * KB)
    slow = Slow(content)
    receive = house.conversation.receive
    cut = asyncio.create_task(receive("web", "anna", "a.jpg", slow.chunks(), message="m1"))
    await slow.half_way.wait()
    found = await receive("web", "anna", "a.jpg", stream(content), message="m1")
    assert content_of(house.store, found.file) == content
    cut.cancel()
    await asyncio.wait((cut,))
    assert len(house.stored()) == await house.rows("file") == 1


@pytest.mark.parametrize("told", [True, False], ids=["declared", "streamed"])
async def test_forty_at_once_never_exceed_the_quota(house: House, anna: Someone, told: bool) -> None:
    await anna.begins()
    house.open(library(), Quota(size=2 * MB))
    content = big(200 * KB)
    worst = 0

    async def watches() -> None:
        nonlocal worst
        while True:
            worst = max(worst, sum(path.stat().st_size for path in house.stored()))
            await asyncio.sleep(0.002)

    watching = asyncio.create_task(watches())
    receive = house.conversation.receive
    size = len(content) if told else None
    outcomes = await asyncio.gather(
        *(receive("web", "anna", "a.jpg", stream(content), size) for _ in range(40)), return_exceptions=True
    )
    watching.cancel()
    kept = [each for each in outcomes if isinstance(each, Attachment)]
    refused = [each for each in outcomes if isinstance(each, QuotaExceeded)]
    assert len(kept) + len(refused) == 40
    assert kept
    assert len(kept) == len(house.stored()) == await house.rows("file")
    assert sum(path.stat().st_size for path in house.stored()) <= 2 * MB
    assert worst <= 2 * MB
    if told:
        assert len(kept) == 10


async def test_a_file_too_large_by_its_own_account_is_not_read(house: House, anna: Someone) -> None:
    async def unread() -> AsyncIterator[bytes]:
        raise AssertionError("nobody needs to know more")
        yield b""

    await anna.begins()
    house.open(library(), caps=Caps(image=5000, pdf=5000, text=5000, video=5000))
    found = await house.conversation.receive("web", "anna", "a.jpg", unread(), 5001)
    assert (found.trouble, found.size) == ("too_large", 5001)
    assert await house.conversation.attachment("web", "anna", found.file) == found


async def test_who_breaks_off_leaves_neither_bytes_nor_room(house: House, anna: Someone) -> None:
    await anna.begins()
    slow = Slow(big(200 * KB))
    sending = await begun(anna, slow)
    assert await house.rows("file") == 1
    assert await house.conversation.attachment("web", "anna", house.stored()[0].name) is None
    slow.breaks_off = True
    slow.goes_on.set()
    with pytest.raises(ConnectionResetError):
        await sending
    assert (house.stored(), await house.rows("file")) == ([], 0)


async def test_a_cancelled_upload_leaves_nothing_wherever_it_was(house: House, anna: Someone) -> None:
    await anna.begins()
    for turns in (1, 2, 3, 5, 8, 13, 21, 34, 55):
        sending = asyncio.create_task(sends(anna, picture()))
        for _ in range(turns):
            await asyncio.sleep(0.001)
        sending.cancel()
        await asyncio.wait((sending,))
        kept = 0 if sending.cancelled() else 1
        assert (len(house.stored()), await house.rows("file")) == (kept, kept)
        await house.conversation.forget("web", "anna")
        await anna.begins()


async def test_our_full_disk_is_no_fault_of_the_file(house: House, anna: Someone) -> None:
    await anna.begins()
    house.store = FileStore(house.files, 1 << 60, house.database.keyring)
    house.open(library())
    with capture_logs() as logs, pytest.raises(NoRoom):
        await sends(anna, picture())
    assert (house.stored(), await house.rows("file")) == ([], 0)
    assert [(log["event"], log["log_level"]) for log in logs] == [("files.no_room", "error")]


# Who goes away while a file arrives


async def test_who_is_forgotten_takes_along_what_still_arrives(house: House, anna: Someone) -> None:
    await anna.begins()
    slow = Slow(big(200 * KB))
    sending = await begun(anna, slow)
    assert await house.conversation.forget("web", "anna")
    slow.goes_on.set()
    with pytest.raises(NotBegun) as told:
        await sending
    assert not isinstance(told.value, Cleared), "nobody is there any more"
    assert house.stored() == []
    for table in ("person", "file", "interview", "door"):
        assert await house.rows(table) == 0, table


async def test_forgetting_and_sending_at_any_moment_leave_all_or_nothing(house: House) -> None:
    people = [Someone(house, f"p{number}") for number in range(12)]
    for person in people:
        await person.begins()

    async def forgets(person: Someone, number: int) -> None:
        await asyncio.sleep(number * 0.004)
        await house.conversation.forget("web", person.address)

    outcomes = await asyncio.gather(
        *(sends(person, picture()) for person in people),
        *(forgets(person, number) for number, person in enumerate(people)),
        return_exceptions=True,
    )
    strange = [each for each in outcomes if each and not isinstance(each, Attachment | NotBegun)]
    assert not strange, strange
    assert house.stored() == []
    for table in ("person", "file", "interview", "door", "event", "message"):
        assert await house.rows(table) == 0, table


async def test_starting_over_frees_files_rows_and_quota(house: House, anna: Someone) -> None:
    house.open(library(), Quota(files=1))
    await anna.fills()
    await anna.take(file=await sends(anna, picture()))
    with pytest.raises(QuotaExceeded):
        await sends(anna, picture())
    slow = Slow(big(200 * KB))
    await anna.says("重新开始")
    await anna.presses("清空，重新开始")
    assert (house.stored(), await house.rows("file")) == ([], 0)
    sending = await begun(anna, slow)
    await anna.says("重新开始")
    await anna.presses("清空，重新开始")
    slow.goes_on.set()
    with pytest.raises(Cleared) as refused:
        await sending
    assert troubles.code_of(refused.value) == "cleared"
    assert (house.stored(), await house.rows("file")) == ([], 0)
    assert (await sends(anna, picture())).trouble is None


# What kills leave behind


async def test_a_sweep_leaves_exactly_what_is_kept_and_under_way(house: House, anna: Someone) -> None:
    await anna.begins()
    kept = (await sends(anna, picture())).file
    slow = Slow(big(200 * KB))
    sending = await begun(anna, slow)
    orphan, half, young = new_id(), new_id(), new_id()
    places = [
        house.files / orphan[:2] / orphan,
        house.files / "arriving" / half,
        house.files / "arriving" / young,
    ]
    for place in places:
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(b"left behind")
    for place, silent in zip(places, (LEASE, LEASE, LEASE - timedelta(seconds=1)), strict=True):
        written = (house.now - silent).timestamp()
        os.utime(place, (written, written))
    assert await house.conversation.sweep() == Swept(orphans=2)
    assert len(house.stored()) == 3 and places[2].exists(), "another process may be at it"
    house.now += timedelta(seconds=1)
    assert await house.conversation.sweep() == Swept(orphans=1)
    slow.goes_on.set()
    assert {path.name for path in house.stored()} == {kept, (await sending).file}
    assert await house.conversation.sweep() == Swept()


async def test_a_row_that_a_crash_left_runs_out_and_frees_its_room(house: House, anna: Someone) -> None:
    await anna.begins()
    house.open(library(), Quota(files=1))
    slow = Slow(big(200 * KB))
    await begun(anna, slow)  # and nobody goes on with it
    with pytest.raises(QuotaExceeded):
        await sends(anna, picture())
    assert await house.conversation.sweep() == Swept()
    house.now += LEASE + timedelta(seconds=1)
    house.open(library(), Quota(files=1))
    assert (await sends(anna, picture())).trouble is None, "it holds nobody up even before it is swept"
    assert await house.conversation.sweep() == Swept(run_out=1)
    assert len(house.stored()) == await house.rows("file") == 1


async def test_rows_go_whose_bytes_are_gone_unless_all_are(house: House, anna: Someone) -> None:
    await anna.begins()
    first, second = (await sends(anna, picture())).file, (await sends(anna, picture((300, 420)))).file
    lost = house.files / first[:2] / first
    lost.unlink()
    assert await house.conversation.photo("web", "anna", first) is None
    assert await house.conversation.sweep() == Swept(lost=1)
    assert await house.rows("file") == 1
    away = house.files.parent / "away"
    house.files.rename(away)  # a disk that is not mounted
    house.store = FileStore(house.files, keyring=house.database.keyring)
    house.open(library())
    with capture_logs() as logs:
        assert await house.conversation.sweep() == Swept()
    assert logs[0]["event"] == "files.all_missing"
    assert await house.rows("file") == 1
    assert (away / second[:2] / second).exists()


async def test_another_databases_files_are_left_alone(house: House) -> None:
    for _ in range(101):
        file = new_id()
        (house.files / file[:2]).mkdir(exist_ok=True)
        (house.files / file[:2] / file).write_bytes(b"somebody's")
    with capture_logs() as logs:
        assert await house.conversation.sweep() == Swept()
    assert logs[0]["event"] == "files.of_another_database"
    assert len(house.stored()) == 101


# Previews and prints


async def test_a_hundred_looks_at_one_picture_are_one_job(
    house: House, anna: Someone, crew: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    await anna.begins()
    first, second = (await sends(anna, picture())).file, (await sends(anna, picture())).file
    jobs: list[str] = []
    run = crew.run

    async def counts(function: object, *arguments: object, **more: object) -> object:
        jobs.append(getattr(function, "__name__", ""))
        return await run(function, *arguments, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(crew, "run", counts)
    looks = [house.conversation.photo("web", "anna", file) for file in (first, second) * 50]
    previews = await asyncio.gather(*looks)
    assert len({*previews}) == 1
    assert jobs == ["preview"], "two files of one content have one preview"


async def test_one_persons_hundred_hold_up_nobodys_first(house: House, anna: Someone) -> None:
    ben = Someone(house, "ben")
    await anna.begins()
    await ben.fills()
    files = [await sends(anna, picture((600, 840 + number))) for number in range(30)]
    theirs = await sends(ben, picture())
    looks = [asyncio.create_task(house.conversation.photo("web", "anna", each.file)) for each in files]
    await asyncio.sleep(0.02)
    assert await house.conversation.photo("web", "ben", theirs.file)
    assert sum(not look.done() for look in looks) >= 15, "ben did not wait for them"
    assert await sends(ben, picture((60, 84)))
    assert not all(look.done() for look in looks)
    for look in looks:
        look.cancel()
    await asyncio.gather(*looks, return_exceptions=True)
    assert (await house.conversation.document("web", "ben", "application")).pages


async def test_who_leaves_disturbs_nobody_who_waits_for_the_same(
    house: House, anna: Someone, crew: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    await anna.fills()
    begun, go = asyncio.Event(), asyncio.Event()
    render = crew.render

    async def waits(*arguments: object, **more: object) -> object:
        begun.set()
        await go.wait()
        return await render(*arguments, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(crew, "render", waits)
    opens = [asyncio.create_task(house.conversation.document("web", "anna", "application")) for _ in range(3)]
    await begun.wait()
    opens[0].cancel()
    go.set()
    assert (await opens[1]) is (await opens[2])
    assert opens[0].cancelled()
