"""Of all that people say, send and write about one another nothing stands readable in a database; and it goes with its keys."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import inspect, make_url, select, text
from sqlalchemy.exc import OperationalError
from structlog.testing import capture_logs

from dialogs.interview import Interview
from forms.printing.workers import Workers
from storage import desk_tables, interviews, keyless, states, tables
from storage.database import open_engine
from storage.keyring import Keyring
from storage.sealed import Keyless
from storage.sealed_columns import COLUMNS, looked_through
from storage.unit import Unit
from tests.bot.house.desk.cases import SOURCE, Lying, said, together
from tests.bot.house.desk.test_staffwork import corrects, remarks_on
from tests.bot.household import House, Someone, picture, stream
from tests.storage.rings import kept_at, ring

#: What somebody confided, by what it is. No text of the product or the programme has these words.
CANARIES = {
    "the nominee's name": "陆建华",
    "as a clerk mended it": "陆健华",
    "ID number": "450122198409129963",
    "an expert's ID number": "450102197001159974",
    "an expert's name": "覃秀兰",
    "employer": "第一机床厂",
    "a phrase of a letter of recommendation": "覃秀兰说他手艺好",
    "the name of a file": "荣誉证书-鹿.jpg",
    "a letter to the office": "我家在明秀东路",
    "the answer": "带上户口簿来",
    "a remark": "工种请写全称呀",
    "why it was settled": "看过他的原证书",
    "what a clerk looked for": "查找用的词语",
    "a phone": "13977104567",
}


def dumped(url: str) -> Iterator[tuple[str, bytes]]:
    """All that whoever has the database has: its files as they lie there, or every row as text."""
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        for path in sorted(Path(str(address.database)).parent.glob("*.sqlite*")):
            yield path.name, path.read_bytes()
        return
    engine = open_engine(url)
    with engine.connect() as connection:
        for name in inspect(connection).get_table_names():
            rows = connection.execute(text(f'SELECT t::text FROM "{name}" AS t')).scalars()
            yield name, "\n".join(rows).encode()
    engine.dispose()


def found_in(url: str) -> set[str]:
    spelt = {
        what: {words.encode(), json.dumps(words).strip('"').encode(), words.encode("utf-16-le")}
        for what, words in CANARIES.items()
    }
    return {
        f"{what} in {name}"
        for name, held in dumped(url)
        for what, ways in spelt.items()
        if any(each in held for each in ways)
    }


async def spoken(house: House) -> Lying:
    """A conversation of a nominee, two experts and a clerk in which every one of these words was said."""
    case = await together(house, corrects=True)
    first, _ = case.experts
    await house.conversation.receive("web", "anna", CANARIES["the name of a file"], stream(picture()))
    await case.anna.says("留言", CANARIES["a letter to the office"])
    await first.says("找人工", f"打我的电话{CANARIES['a phone']}")
    await case.opens()
    await case.clerk.presses("核实待核实的条件", "符合：技艺突出")
    await case.clerk.says(CANARIES["why it was settled"])
    await case.opens()
    await remarks_on(case, "nominee.1.q.trade", CANARIES["a remark"])
    await corrects(case, "nominee.1.q.name", CANARIES["as a clerk mended it"])
    await case.clerk.says("看板")
    await case.clerk.says(CANARIES["what a clerk looked for"])
    await case.opens(name=CANARIES["as a clerk mended it"])
    await case.clerk.presses("留言")
    await case.clerk.says(CANARIES["the answer"])
    await case.anna.take()
    await first.take()
    return case


def test_no_word_that_is_looked_for_stands_in_the_programme() -> None:
    whole = "\n".join(SOURCE.files.values())
    assert [what for what, words in CANARIES.items() if words in whole] == []


async def test_no_word_that_was_said_stands_readable_in_the_database(house: House, url: str) -> None:
    case = await spoken(house)
    assert case.clerk.screen.parts
    assert found_in(url) == set()
    opened = await house.database.read(_all_that_opens)
    told = {what for what, words in CANARIES.items() if any(words in each for each in opened)}
    assert set(CANARIES) - told <= {"what a clerk looked for"}, "each was said, and opens with the keys"


def _all_that_opens(unit: Unit) -> list[str]:
    texts = []
    for columns in COLUMNS:
        for row in unit.connection.execute(select(columns.table)):
            for name in columns.names:
                if held := row._mapping[columns.table.c[name]]:
                    texts.append(unit.sealed.open(columns.what(name), columns.row(row), held))
    return [_spelt(each) for each in texts]


def _spelt(kept: str) -> str:
    """A text as it reads: escapes within JSON as the letters that they stand for."""
    try:
        return json.dumps(json.loads(kept), ensure_ascii=False)
    except ValueError:
        return kept


async def test_every_column_that_may_hold_words_is_sealed_or_named_here(house: House) -> None:
    """A column that is added is sealed, or somebody has thought about why it need not be."""
    plain = {
        "code.issuer": "a party's id, or who of a union made a code",
        "door.address": "a chat's number, or the digest of a session",
        "door.channel": "web, telegram",
        "door.device": "a word on a device",
        "door.pin": "a slow hash",
        "notice.text": "a sentence of the product, with gaps",
        "notice.address": "as door.address",
        "notice.channel": "as door.channel",
        "crossing.address": "as door.address",
        "crossing.channel": "as door.channel",
        "crossing.stage": "out of a few",
        "message.album": "the door's",
        "message.conversation": "the door's",
        "message.channel": "the door's",
        "message.message": "the door's",
        "message.question": "an id of the programme",
        "event.about": "an id of the programme",
        "event.kind": "out of a few",
        "event.details": "ids, and who of a union made a code",
        "outbox.key": "ids",
        "outbox.kind": "out of a few",
        "outbox.payload": "ids",
        "outbox.message": "the door's",
        "file.message": "the door's",
        "snapshot.source": "the programme",
        "sealed_by.token": "sealed itself",
        "seat.name": "staff, as the office wrote them down",
        "stay.clause": "the notice's",
        "paper_in.lacks": "out of a few",
        "export.name": "the programme's and the office's",
        "export.cases": "ids",
        "export.kind": "out of a few",
        "trail.about": "ids",
        "trail.kind": "out of a few",
        "standing.was": "out of a few",
        "standing.outcome": "out of a few",
        "party.reason": "out of a few",
        "consent.about": "an id of the programme",
        "wording.text": "sentences of the product that people agreed to",
        "party.role": "out of a few",
    }
    sealed = {columns.what(name) for columns in COLUMNS for name in columns.names}
    ids = ("programme", "stage", "rule", "paper", "question", "kind", "role", "state", "sort", "outcome")
    offices = {f"office.{each.name}" for each in desk_tables.office.c}
    words = {
        f"{table.name}.{column.name}"
        for table in tables.metadata.tables.values()
        for column in table.c
        if not column.foreign_keys
        and column.name not in ids
        and str(column.type) in {"TEXT", "JSON", "VARCHAR"}
    }
    assert words - sealed - set(plain) - offices == set()


async def test_what_is_deleted_opens_in_no_older_copy_of_the_database(house: House) -> None:
    anna = Someone(house)
    await anna.fills()
    await house.conversation.receive("web", "anna", "证书.jpg", stream(picture()))
    copies = {
        what: await house.database.read(lambda unit, of=table: unit.connection.execute(select(of)).all())
        for what, table in (("interview", tables.interview), ("file", tables.file))
    }
    assert await house.conversation.forget("web", "anna")

    def opens(unit: Unit) -> int:
        whole = 0
        for columns in COLUMNS:
            for row in copies.get(columns.table.name, ()):
                for name in columns.names:
                    with pytest.raises(Keyless):
                        unit.sealed.open(columns.what(name), columns.row(row), row._mapping[name])
                    whole += 1
        return whole

    assert await house.database.read(opens) >= 3


async def test_a_deletion_that_was_ended_half_way_is_brought_to_its_end(house: House) -> None:
    """A kill between the keys and the rows: whoever it was about has gone, and nobody else is touched."""
    case = await together(house)
    bert = Someone(house, address="bert")
    await bert.fills()
    await house.conversation.receive("web", "bert", "证书.jpg", stream(picture()))

    def half(unit: Unit) -> str:
        run = unit.connection.execute
        someone = run(select(tables.door.c.person).where(tables.door.c.address == "bert")).scalar_one()
        for table in (tables.interview, tables.file):
            unit.sealed.destroy(run(select(table.c.id).where(table.c.person == someone)).scalars().all())
        unit.sealed.destroy([someone])
        return str(someone)

    someone = await house.database.run(half)
    assert await house.conversation.sweep_keys() == (2, 0)
    assert await house.database.read(keyless.found) == keyless.Keyless(whole=6)
    left = select(tables.person.c.id).where(tables.person.c.id == someone)
    assert await house.database.read(lambda unit: unit.connection.execute(left).first()) is None
    assert "陆建华" in said(await case.opens())
    assert set(await house.database.read(lambda unit: set(looked_through(unit)))) == {""}


def hours_later(house: House) -> None:
    """Every key is old enough to be of a row."""
    house.database.keyring.clock = lambda: datetime.now(UTC) + timedelta(hours=3)


def owners(house: House) -> set[str]:
    return set(house.database.keyring.owners(most=10_000))


async def test_a_key_of_a_row_that_was_never_kept_goes_and_no_other(house: House) -> None:
    await spoken(house)
    await house.database.run(lambda unit: unit.sealed.make("e" * 32))
    assert await house.conversation.sweep_keys() == (0, 0), "its row may still be written"
    hours_later(house)
    before = owners(house)
    assert await house.conversation.sweep_keys() == (0, 1)
    assert before - owners(house) == {"e" * 32}
    assert set(await house.database.read(lambda unit: set(looked_through(unit)))) == {""}


async def crowd(house: House, number: int, of: str = "door") -> None:
    """So many people begin."""

    def begin(unit: Unit) -> None:
        for each in range(number):
            interviews.welcome(unit, "web", f"{of}-{each}", Interview(), house.now)

    await house.database.run(begin)


async def test_where_far_too_much_has_no_key_nothing_is_touched(house: House) -> None:
    """The keyring is an older copy, most likely: whoever came since would be deleted."""
    await crowd(house, 60)

    def lose(unit: Unit) -> None:
        unit.sealed.destroy(unit.connection.execute(select(tables.interview.c.id)).scalars().all())

    await house.database.run(lose)
    rows = await house.rows("interview"), await house.rows("person"), await house.rows("door")
    hours_later(house)
    with capture_logs() as told:
        assert await house.conversation.sweep_keys() == (0, 0)
    assert {"event": "keys.many_missing", "log_level": "error", "rows": 60} in told
    assert rows == (await house.rows("interview"), await house.rows("person"), await house.rows("door"))
    assert rows[0] == 60


async def test_an_older_database_takes_no_key_from_whoever_came_after_it(
    tmp_path: Path, sqlite_up_to_date: Path, crew: Workers
) -> None:
    """It was restored while the keyring is today's: the newer one, put back in its place, opens as before."""
    lying = tmp_path / "jiangjian.sqlite"
    shutil.copy(sqlite_up_to_date, lying)
    url, older, newer = f"sqlite:///{lying}", tmp_path / "older", tmp_path / "newer"

    def opened() -> House:
        return House(kept_at(url), tmp_path / "files", crew)

    house = opened()
    await crowd(house, 5)
    house.database.close()
    shutil.copy(lying, older)
    house = opened()
    await crowd(house, 60, "later")
    house.database.close()
    shutil.copy(lying, newer)
    shutil.copy(older, lying)
    house = opened()
    hours_later(house)
    before = owners(house)
    with capture_logs() as told:
        assert await house.conversation.sweep_keys() == (0, 0)
    assert {"event": "keys.many_idle", "log_level": "error", "keys": 120} in told
    assert owners(house) == before
    house.database.close()
    shutil.copy(newer, lying)
    house = opened()
    told_of = await house.database.read(lambda unit: list(looked_through(unit)))
    assert told_of == [""] * 65
    house.database.close()


async def test_a_key_that_a_command_beside_us_destroyed_is_in_no_memory_after_the_next_sweep(
    house: House, url: str
) -> None:
    anna = Someone(house)
    await anna.fills()
    kept = house.database.keyring
    held = {each for each in await house.database.read(_interviews) if kept.get(each)}
    assert held
    with closing(ring(url)) as beside:
        beside.settle({}, held)
    assert all(kept.get(each) for each in held), "as it is known"
    await house.conversation.sweep()
    assert not any(kept.get(each) for each in held)


def _interviews(unit: Unit) -> list[str]:
    return list(unit.connection.execute(select(tables.interview.c.id)).scalars())


async def test_what_was_to_have_another_key_and_was_ended_has_it_after_the_sweep(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna = Someone(house)
    await anna.fills()
    (identifier,) = await house.database.read(_interviews)

    def killed(_keyring: Keyring, _replaced: object) -> None:
        raise OperationalError("UPDATE", {}, Exception("away"))

    with monkeypatch.context() as patch:
        patch.setattr(Keyring, "replace", killed)
        await house.database.run(lambda unit: states.renew(unit, identifier))
    hours_later(house)
    assert set(house.database.keyring.doubled()) == {identifier}
    assert await house.conversation.sweep_keys() == (0, 0)
    assert house.database.keyring.doubled() == {}
    assert set(await house.database.read(lambda unit: set(looked_through(unit)))) == {""}
    await anna.says("你好")
    assert set(await house.database.read(lambda unit: set(looked_through(unit)))) == {""}
