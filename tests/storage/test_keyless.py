"""What has no key any more goes, however much of it there is; and a key that opens something is never taken for idle."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from forms.message import Message
from storage import handing, keyless, letters, notices
from storage.database import Database
from storage.keyring import Key, Keyring
from storage.sealed import owner_of
from storage.sealed_columns import correspondence, owner_at
from storage.tables import interview, notice
from storage.unit import Unit
from tests.storage.desks import NOW, found, receive
from tests.storage.rings import ring
from tests.storage.test_belongings import settle


async def test_more_rows_go_than_one_statement_can_name(database: Database) -> None:
    anna = await settle(database, "anna")
    others = tuple(f"{number:032x}" for number in range(70_000))
    await database.run(lambda unit: unit.sealed.destroy([anna.interview]))
    gone = keyless.Keyless((*others, anna.interview), others, others)
    files = await database.run(lambda unit: keyless.let_go(unit, gone, NOW))
    assert len(files) == 1, "hers"
    left = select(interview.c.id)
    assert await database.read(lambda unit: unit.connection.execute(left).all()) == []


async def test_keys_of_letters_and_of_what_waits_at_doors_open_something(database: Database) -> None:
    anna = await settle(database, "anna")

    told = Message("都删除了", {"name": "陆建华" * 200})

    def write(unit: Unit) -> set[str]:
        found(unit, "青秀")
        letters.write(unit, anna.case or "", anna.person, "我家在明秀东路" * 200, NOW)
        notices.place(unit, "web", "a door of nobody's", told, NOW)
        at = notice.c.address == "a door of nobody's"
        waits = unit.connection.execute(select(notice.c["values"]).where(at)).scalar_one()
        assert owner_of(waits) == owner_at(unit, "web", "a door of nobody's")
        return {
            correspondence(unit.sealed, anna.case or "", anna.person),
            owner_at(unit, "web", "a door of nobody's"),
        }

    named = await database.run(write)
    idle = {"letters-" + "0" * 24, "e" * 32}
    database.keyring.settle({each: Key.new() for each in idle}, ())
    database.keyring.clock = lambda: datetime.now(UTC) + timedelta(hours=2)
    assert named < set(database.keyring.owners())
    assert set((await database.read(keyless.orphans)).owners) == idle


async def test_a_letter_written_while_its_key_is_swept_is_read(database: Database) -> None:
    """The last letter has gone, the next one comes while the sweep has seen that there is none."""
    anna = await settle(database, "anna")
    case = anna.case or ""
    owner = await database.run(lambda unit: correspondence(unit.sealed, case, anna.person))
    database.keyring.settle({owner: Key.new()}, ())
    database.keyring.clock = lambda: datetime.now(UTC) + timedelta(hours=2)
    idle = await database.read(keyless.orphans)
    assert idle.owners == (owner,)
    written = await database.run(lambda unit: letters.write(unit, case, anna.person, "还有一件事", NOW))
    assert written
    assert database.keyring.let_idle(idle.owners) == 0
    database.keyring.forget()
    (letter,) = await database.read(lambda unit: letters.of_case(unit, case))
    assert letter.text == "还有一件事"


@pytest.mark.parametrize(("of", "odd"), [("door-", False), ("letters-", True), ("", True)])
def test_many_idle_keys_tell_of_an_older_database_but_those_of_doors(of: str, odd: bool) -> None:
    idle = tuple(f"{of}{number:032x}"[:32] for number in range(1 << 60, (1 << 60) + 60))
    assert keyless.Idle(idle, 1000).odd is odd
    assert not keyless.Idle(idle[:50], 1000).odd
    assert not keyless.Idle(idle, 3000).odd


async def test_a_round_is_handed_in_with_a_key_that_is_there(database: Database, url: str) -> None:
    """Another process has destroyed the one that this one remembers."""

    def again(unit: Unit) -> None:
        handing.seal(unit, of, (), {"name": "韦大宝"}, NOW)

    def begin(unit: Unit) -> str:
        found(unit, "青秀")
        return receive(unit, "青秀", "韦小宝").case

    of = await database.run(begin)
    assert database.keyring.get(of)
    other: Keyring = ring(url)
    other.settle({}, [of])
    other.close()
    await database.run(again)
    database.keyring.forget()
    faces = await database.read(lambda unit: handing.faces(unit, [(of, 2)]))
    assert faces == {of: {"name": "韦大宝"}}
