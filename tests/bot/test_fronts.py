"""One house on several machines: whoever comes meets the same house at each of them, whichever dies."""

from __future__ import annotations

import asyncio
import io
import os
import zipfile
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import AsyncExitStack
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from forms.printing.workers import Workers
from storage import exports, interviews, tables
from storage.unit import Unit
from tests.bot import machine
from tests.bot.house.desk.bureau import COUNTY, Bureau
from tests.bot.household import House, Someone, picture
from tests.bot.installation import KEY, Installation, Machine, Visitor
from tests.storage.rings import Kept, ring
from tests.storage.servers import Databases, PostgreSQL

#: How often a machine is killed and PostgreSQL restarted; `tests.soak.fronts` does so more often.
_KILLS = int(os.environ.get("JIANGJIAN_FRONTS_KILLS", "4"))
_RESTARTS = int(os.environ.get("JIANGJIAN_FRONTS_RESTARTS", "2"))

_FILLED = (
    ("presses", "同意，开始"),
    ("presses", "小城工匠"),
    ("says", "个人申报"),
    ("says", "焊工"),
    ("says", "2015年7月"),
    ("presses", "是"),
    ("presses", "技艺"),
    ("presses", "选好了"),
    ("says", "陆建华"),
    ("says", "450122198409129963"),
    ("presses", "对的"),
    ("presses", "跳过"),
    ("says", "我热爱焊接"),
)


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    return tmp_path / "shared"


@pytest.fixture
def address(postgresql: Callable[..., str], postgresql_up_to_date: str) -> str:
    return postgresql(postgresql_up_to_date)


@pytest.fixture
def keys(postgresql: Databases) -> str:
    """The keyring, in a database of its own."""
    return postgresql()


@pytest.fixture
def house(address: str, keys: str, shared: Path, crew: Workers) -> Iterator[House]:
    """What the test itself sees and does: the same database and files, without doors."""
    database = Kept(address, ring(keys))
    shared.mkdir()
    yield House(database, shared / "files", crew, key=KEY.encode(), clock=machine.now)
    database.close()


@pytest.fixture
def stored(request: pytest.FixtureRequest) -> str:
    """Where files lie: "", a directory that all machines share, or a bucket of an S3 server."""
    return str(request.getfixturevalue("bucket_url")) if getattr(request, "param", "") == "bucket" else ""


@pytest.fixture
async def installation(
    address: str, keys: str, shared: Path, stored: str, house: House
) -> AsyncIterator[Installation]:
    async with Installation(address, keys, shared, stored) as installation:
        yield installation
    bad = ("Traceback", "never retrieved", "unexpected ")
    assert not [word for word in bad if word in installation.told], installation.told


async def fills(visitor: Visitor) -> None:
    """Everything but the certificates, over whatever front answers; now and then over another one."""
    await visitor.connects()
    for number, (verb, words) in enumerate(_FILLED):
        await getattr(visitor, verb)(words)
        if number % 4 == 3:
            await visitor.connects()


async def kept(house: House, address: str) -> tuple[dict[str, object], list[tuple[str, str]]]:
    """What is kept of somebody: the answers, and all that happened, in order."""

    def read(unit: Unit) -> tuple[dict[str, object], list[tuple[str, str]]]:
        speaker = interviews.speaker(unit, "web", address)
        assert speaker
        event = tables.event.c
        history = (
            select(event.kind, event.about).where(event.interview == speaker.interview).order_by(event.id)
        )
        rows = unit.connection.execute(history)
        return dict(speaker.state.answers), [tuple(row) for row in rows]

    return await house.database.read(read)


async def kills(machines: list[Machine], most: int = 0) -> None:
    """Each machine in turn, the next one once it is back; once each where nobody says how often in all."""
    for each in islice(cycle(machines), most or len(machines)):
        await asyncio.sleep(0.3)
        await each.kill()
        await asyncio.sleep(0.3)
        await each.start()


async def restarts(postgresql: PostgreSQL) -> None:
    """PostgreSQL goes, whoever is connected, and comes again."""
    for _ in range(_RESTARTS):
        await asyncio.sleep(0.5)
        await asyncio.to_thread(postgresql.restarts)


async def filled_during(
    trouble: Coroutine[Any, Any, None], installation: Installation, stack: AsyncExitStack
) -> list[Visitor]:
    """Four people at a time fill in everything, until the trouble is over."""
    people: list[Visitor] = []
    troubled = asyncio.create_task(trouble)
    while not (people and troubled.done()):
        coming = [Visitor(installation, len(people) + each) for each in range(4)]
        people += [await stack.enter_async_context(each) for each in coming]
        await asyncio.gather(*map(fills, coming))
    await troubled
    return people


async def hands_in(visitor: Visitor) -> None:
    """Certificates, the end of it, and to the county union."""
    await visitor.sends("证书.jpg", picture())
    await visitor.presses("发完了", "没问题", "属实")
    await visitor.presses("递交", COUNTY, "递交给")


async def sits(bureau: Bureau, installation: Installation, stack: AsyncExitStack) -> Visitor:
    """Somebody takes a seat by its link."""
    invite = bureau.house.conversation.staff.seating.invite
    offered = await bureau.house.database.run(
        lambda unit: invite(unit, bureau.county, "clerk", "韦经办", "test", machine.now())
    )
    clerk = await stack.enter_async_context(Visitor(installation, 99))
    await clerk.connects()
    await clerk.says(offered.link)
    await clerk.presses("是我，入座")
    return clerk


@pytest.mark.parametrize("stored", ["directory", "bucket"], indirect=True)
async def test_whichever_machine_dies_nothing_is_lost_and_nothing_twice(
    installation: Installation, house: House
) -> None:
    bureau = await Bureau(house).opens()
    alone = Someone(house, "alone")
    await alone.fills()
    expected = await kept(house, "alone")
    async with AsyncExitStack() as stack:
        people = await filled_during(kills(installation.machines, _KILLS), installation, stack)
        for each in people:
            assert await kept(house, each.address) == expected
        assert await house.rows("interview") == len(people) + 1
        await asyncio.gather(kills(installation.fronts), *map(hands_in, people[-4:]))
        assert await house.rows("stay") == 4
        clerk = await sits(bureau, installation, stack)
        await _takes_along(installation, house, clerk)


async def _takes_along(installation: Installation, house: House, clerk: Visitor) -> None:
    """All packets are ordered while hands die, told of once, and fetched from either front."""
    one, other = installation.fronts
    await clerk.connects(one)
    await clerk.says("看板")
    await clerk.presses("更多", "导出表格和材料包", "全部材料包")
    await installation.hands[0].kill()
    await clerk.is_woken()
    await installation.hands[0].start()
    made = await house.database.read(lambda unit: exports.of_office(unit, bureau_of(unit)))
    assert [each.state for each in made] == ["ready"]
    fetched = [await clerk.fetches(f"/exports/{made[0].id}", front) for front in (one, other)]
    assert [status for status, _ in fetched] == [200, 200]
    assert fetched[0][1] == fetched[1][1]
    with zipfile.ZipFile(io.BytesIO(fetched[0][1])) as packed:
        assert packed.testzip() is None


def bureau_of(unit: Unit) -> str:
    found = exports.office_called(unit, COUNTY)
    assert found
    return found[0]


async def test_what_a_person_sent_and_is_to_sign_is_had_from_any_front(
    installation: Installation, house: House
) -> None:
    async with Visitor(installation, 1) as anna:
        await fills(anna)
        file = await anna.sends("证书.jpg", picture())
        await anna.presses("发完了")
        for front in installation.fronts:
            assert (await anna.fetches(f"/files/{file}", front))[0] == 200
            status, content = await anna.fetches("/documents/application.pdf", front)
            assert (status, content[:5]) == (200, b"%PDF-")


async def test_a_remark_that_is_sent_on_one_machine_appears_on_a_phone_at_another(
    installation: Installation, house: House
) -> None:
    one, other = installation.fronts
    bureau = await Bureau(house).opens()
    async with AsyncExitStack() as stack:
        anna = await stack.enter_async_context(Visitor(installation, 1))
        await fills(anna)
        await hands_in(anna)
        clerk = await sits(bureau, installation, stack)
        await anna.connects(other)
        await clerk.connects(one)
        await clerk.says("看板")
        await clerk.presses("打开陆建华")
        await clerk.forges("remark", "nominee.1.q.trade")
        await clerk.presses("写错了")
        await clerk.says("请写全称，写到具体的焊法")
        await clerk.forges("return_now")
        await anna.is_woken()
        assert "请写全称，写到具体的焊法" in str(anna.screen)
        assert anna.front is other


async def test_a_database_that_restarts_in_mid_turn_loses_nothing_and_all_hear_one_another_again(
    installation: Installation, house: House, postgresql_server: PostgreSQL
) -> None:
    one, other = installation.fronts
    alone = Someone(house, "alone")
    await alone.fills()
    expected = await kept(house, "alone")
    async with AsyncExitStack() as stack:
        people = await filled_during(restarts(postgresql_server), installation, stack)
        for each in people:
            assert await kept(house, each.address) == expected
        anna, tab = people[0], await stack.enter_async_context(people[0].again())
        await tab.connects(other)
        await anna.connects(one)
        await anna.says("菜单")
        await tab.is_woken()


async def test_what_is_done_in_one_tab_is_seen_in_another_at_another_front(
    installation: Installation, house: House
) -> None:
    one, other = installation.fronts
    async with AsyncExitStack() as stack:
        anna = await stack.enter_async_context(Visitor(installation, 1))
        await fills(anna)
        tab = await stack.enter_async_context(anna.again())
        await tab.connects(other)
        await anna.connects(one)
        await anna.says("菜单")
        await tab.is_woken()
        assert tab.screen["revision"] == anna.screen["revision"]
