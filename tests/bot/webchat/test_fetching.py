"""An office fetches what it ordered over HTTP: whole, in parts, on where it broke off; nobody else sees that it is there."""

from __future__ import annotations

import io
import secrets
import zipfile
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import insert, select, update

from bot.house.conversation import Conversation
from bot.webchat.policy import Pace
from storage import desk_tables, exports, handing, invitations, tables
from storage.handing import Sealed
from storage.tables import new_id
from storage.unit import Unit
from tests.bot.webchat.caller import Caller
from tests.bot.webchat.conftest import Opens
from tests.bot.webchat.house import NOON

CONTENT = secrets.token_bytes(300_000)


async def pieces() -> AsyncIterator[bytes]:
    yield CONTENT


async def no_more(size: int) -> int:
    return size


@pytest.fixture
async def clerk(opens: Opens) -> AsyncIterator[Caller]:
    async with Caller(await opens(documents=Pace(1000, 6000))) as someone:
        await (await someone.connects()).begins()
        yield someone


async def shelved(conversation: Conversation) -> str:
    """An export that is ready, of whoever has begun, for an office where they have a seat: its path."""
    exporting, archive = conversation.exports, conversation._archive
    office, seat, attempt = new_id(), new_id(), new_id()

    def lay(unit: Unit) -> exports.Export:
        person = unit.connection.execute(select(tables.person.c.id)).scalar_one()
        case = unit.connection.execute(select(tables.case.c.id)).scalar_one()
        at = {"id": office, "name": "市总", "aliases": [], "programmes": [], "kind": "city", "created": NOON}
        unit.connection.execute(insert(desk_tables.office), at)
        sits = {
            "id": seat,
            "office": office,
            "person": person,
            "role": "clerk",
            "name": "韦",
            "created": NOON,
        }
        unit.connection.execute(insert(desk_tables.seat), sits)
        exports.order(unit, office, seat, "packets", "nanning-2026", [case], NOON)
        held = exports.claim(unit, NOON)
        assert held
        return held

    held = await archive.run(lay)
    terms = {"limit": 1 << 20, "reserved": 0, "extend": no_more, "owner": held.id}
    stored = await exporting._store.keep(attempt, pieces(), **terms)  # type: ignore[arg-type]  # as they are called

    def settle(unit: Unit) -> exports.Export | None:
        assert exports.settle(unit, held, "“南宁工匠”材料.zip", stored.size, stored.digest, NOON)
        return exports.find(unit, held.id)

    ready = await archive.run(settle)
    assert ready
    exporting._store.twin(attempt, ready.file)
    return f"/exports/{ready.id}"


async def test_it_downloads_whole_under_its_own_name(clerk: Caller, conversation: Conversation) -> None:
    path = await shelved(conversation)
    response = await clerk.get(path)
    assert response.status == 200 and await response.read() == CONTENT
    assert response.content_type == "application/zip" and response.headers["Accept-Ranges"] == "bytes"
    assert "filename*=UTF-8''%E2%80%9C" in response.headers["Content-Disposition"]
    assert "no-store" in response.headers["Cache-Control"]
    head = await clerk.request("HEAD", path)
    assert head.status == 200 and head.content_length == len(CONTENT)


async def test_it_goes_on_where_it_broke_off(clerk: Caller, conversation: Conversation) -> None:
    path = await shelved(conversation)
    first = await clerk.get(path, headers={"Range": "bytes=0-99999"})
    assert first.status == 206 and first.headers["Content-Range"] == "bytes 0-99999/300000"
    got = await first.read()
    tag = first.headers["ETag"]
    rest = await clerk.get(path, headers={"Range": f"bytes={len(got)}-", "If-Range": tag})
    assert rest.status == 206 and got + await rest.read() == CONTENT
    tail = await clerk.get(path, headers={"Range": "bytes=-7"})
    assert await tail.read() == CONTENT[-7:]
    assert (await clerk.get(path, headers={"Range": "bytes=300000-"})).status == 416
    assert (await clerk.get(path, headers={"If-None-Match": tag})).status == 304


@pytest.mark.parametrize("before", ['"another"', 'W/"another"', "Thu, 01 Jan 2015 00:00:00 GMT"])
async def test_what_was_begun_from_another_file_comes_whole(
    clerk: Caller, conversation: Conversation, before: str
) -> None:
    response = await clerk.get(
        await shelved(conversation), headers={"Range": "bytes=100-", "If-Range": before}
    )
    assert response.status == 200 and await response.read() == CONTENT


async def test_nobody_else_sees_that_it_is_there(
    opens: Opens, clerk: Caller, conversation: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = await shelved(conversation)
    async with Caller(await opens()) as other:
        assert (await other.get(path)).status == 401
        await other.get("/")
        refused, unknown = await other.get(path), await other.get(f"/exports/{'0' * 32}")
        assert refused.status == unknown.status == 404
        assert await refused.json() == await unknown.json()
    for wrong in (f"/exports/{'0' * 31}", f"/exports/{'Z' * 32}"):
        assert (await clerk.get(wrong)).status == 404
    assert (await clerk.get(path)).status == 200
    with monkeypatch.context() as later:
        later.setattr(conversation.exports, "_clock", lambda: NOON + timedelta(days=8))
        over = await clerk.get(path)
        assert over.status == 410 and "再导出一次" in (await over.json())["say"]["zh"]
    change = update(desk_tables.seat).values(ended=NOON)
    await conversation._archive.run(lambda unit: unit.connection.execute(change))
    assert (await clerk.get(path)).status == 404


async def test_an_export_that_is_made_here_opens(clerk: Caller, conversation: Conversation) -> None:
    await shelved(conversation)

    def order(unit: Unit) -> exports.Export:
        seat = unit.connection.execute(select(desk_tables.seat)).one()
        case = unit.connection.execute(select(tables.case.c.id)).scalar_one()
        stay = {"id": new_id(), "case": case, "office": seat.office, "programme": "nanning-2026", "round": 1}
        times = {"state": "here", "version": 1, "arrived": NOON, "since": NOON, "due": "9999"}
        unit.connection.execute(insert(desk_tables.stay), {**stay, **times})
        (row,) = invitations.of_case(unit, case)
        assert row.state
        handing.seal(unit, case, [Sealed(row.party, row.role, row.number, row.state)], {}, NOON)
        return conversation.exports.order(unit, seat.office, seat.id, "packets", "nanning-2026", [case], NOON)

    ordered = await conversation._archive.run(order)
    assert await conversation.exports.make_next()
    response = await clerk.get(f"/exports/{ordered.id}")
    opened = zipfile.ZipFile(io.BytesIO(await response.read()))
    assert opened.testzip() is None and "manifest.json" in opened.namelist()
