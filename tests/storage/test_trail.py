"""Entries stand in a chain for each case and under a head for each day: what is taken away or changed shows."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import ColumnElement, delete, insert, select, update

from dialogs.trail_words import Break, Kind
from storage import trail
from storage.belongings import forget
from storage.conflicts import Conflict
from storage.database import Database
from storage.desk_tables import office, seat
from storage.desk_tables import trail as rows
from storage.desk_tables import trail_head as heads
from storage.tables import case
from storage.unit import Unit
from tests.storage.test_belongings import settle

KEY = b"k" * 32
NOW = datetime(2026, 6, 15, 4, tzinfo=UTC)
DAY = date(2026, 6, 15)


async def noted(
    database: Database, chain: str, *kinds: Kind, at: datetime = NOW, clerk: str | None = None
) -> None:
    for kind in kinds:
        await database.run(lambda unit, kind=kind: trail.note(unit, KEY, chain, clerk, kind, "name", at))


async def closed(database: Database, before: date) -> None:
    def close(unit: Unit) -> None:
        for day in trail.unclosed(unit, before):
            assert trail.close_day(unit, trail.head(unit, KEY, day))

    await database.run(close)


async def found(database: Database, chain: str = "", key: bytes = KEY) -> Break | None:
    return await database.read(lambda unit: trail.verify(unit, key, chain))


async def three_days(database: Database) -> None:
    """Two cases, worked on for three days, all of them closed."""
    for number in range(3):
        at = NOW + timedelta(days=number)
        await noted(database, "a" * 32, "seen", "remarked", at=at)
        await noted(database, "b" * 32, "seen", at=at)
    await closed(database, DAY + timedelta(days=3))


async def test_entries_are_numbered_in_their_case(database: Database) -> None:
    await noted(database, "a", "seen", "remarked", "returned")
    await noted(database, "b", "seen")
    kept = await database.run(lambda unit: trail.entries(unit, "a"))
    assert [(each.number, each.kind, each.about, each.at) for each in kept] == [
        (1, "seen", "name", NOW),
        (2, "remarked", "name", NOW),
        (3, "returned", "name", NOW),
    ]
    assert [each.number for each in await database.run(lambda unit: trail.entries(unit, "b"))] == [1]
    assert await found(database) is None


async def test_a_hundred_at_once_make_one_chain(database: Database) -> None:
    async def one() -> None:
        while True:
            try:
                return await noted(database, "a", "seen")
            except Conflict:
                await asyncio.sleep(0)

    await asyncio.gather(*(one() for _ in range(100)))
    kept = await database.run(lambda unit: trail.entries(unit, "a"))
    assert [each.number for each in kept] == list(range(1, 101))
    assert await found(database) is None


async def test_of_a_value_stands_a_digest_that_tells_it_in_its_own_case_only(database: Database) -> None:
    secret = "450103199001011234"

    def work(unit: Unit) -> list[tuple[Any, ...]]:
        for chain in ("a", "b"):
            trail.note(unit, KEY, chain, None, "corrected", "id_number", NOW, secret)
        return [tuple(row) for row in unit.connection.execute(select(rows).order_by(rows.c.case))]

    kept = await database.run(work)
    assert secret not in repr(kept)
    one, other = (row[rows.c.keys().index("value")] for row in kept)
    assert one != other
    assert one == trail.digest(KEY, "a", "id_number", secret)
    assert one != trail.digest(b"another", "a", "id_number", secret)


@pytest.mark.parametrize("about", ["", "photo", "nominee 1 photo", "expert_level-2", "f" * 32])
async def test_an_entry_is_about_one_id_or_a_few(database: Database, about: str) -> None:
    await database.run(lambda unit: trail.note(unit, KEY, "a", None, "remarked", about, NOW))
    (entry,) = await database.run(lambda unit: trail.entries(unit, "a"))
    assert entry.about == about


@pytest.mark.parametrize("typed", ["陆建华", "nominee 1 姓名", " a", "a ", "a  b", "x" * 201, "a\nb", "a\n"])
async def test_an_entry_is_about_an_id_and_nothing_typed(database: Database, typed: str) -> None:
    with pytest.raises(ValueError, match="an id"):
        await database.run(lambda unit: trail.note(unit, KEY, "a", None, "seen", typed, NOW))


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "accepted"},
        {"seat": "s" * 32},
        {"about": "phone"},
        {"value": "0" * 64},
        {"at": NOW + timedelta(seconds=1)},
        {"chain": "0" * 64},
    ],
    ids=lambda change: next(iter(change)),
)
async def test_a_row_that_is_not_what_was_written_shows(database: Database, change: dict[str, Any]) -> None:
    await noted(database, "a", "seen", "returned", "seen")
    await database.run(
        lambda unit: unit.connection.execute(update(rows).where(rows.c.number == 2).values(change))
    )
    assert await found(database, "a") == Break("changed", "a", 2)


async def test_a_moment_that_is_none_shows(database: Database) -> None:
    await three_days(database)
    await database.run(
        lambda unit: unit.connection.exec_driver_sql("UPDATE trail SET at = '2026' WHERE number = 2")
    )
    assert await found(database) == Break("changed", "a" * 32, 2)
    assert (await found(database, "b" * 32) or Break("gap")).fault in {"changed", "more", "others"}


async def test_an_entry_of_another_case_fits_nowhere(database: Database) -> None:
    await noted(database, "a", "seen")
    await noted(database, "b", "seen")
    await database.run(
        lambda unit: unit.connection.execute(update(rows).where(rows.c.case == "a").values(case="c"))
    )
    assert await found(database) == Break("changed", "c", 1)


def where(chain: str, *conditions: ColumnElement[bool]) -> Callable[[Unit], Any]:
    return lambda unit: unit.connection.execute(delete(rows).where(rows.c.case == chain, *conditions))


async def test_a_row_taken_out_leaves_a_gap(database: Database) -> None:
    await three_days(database)
    await database.run(where("a" * 32, rows.c.number == 3))
    assert await found(database) == Break("gap", "a" * 32, 3)
    closed_up = update(rows).where(rows.c.case == "a" * 32, rows.c.number == 4).values(number=3)
    await database.run(lambda unit: unit.connection.execute(closed_up))
    assert await found(database) == Break("changed", "a" * 32, 3)


async def test_the_end_of_a_chain_that_is_gone_shows_by_the_day(database: Database) -> None:
    await three_days(database)
    await database.run(where("a" * 32, rows.c.number == 6))
    assert await found(database, "b" * 32) == Break("fewer", day="2026-06-17", kept=9, found=8)


async def test_an_end_that_was_written_anew_shows_by_the_day(database: Database) -> None:
    await three_days(database)
    await database.run(where("a" * 32, rows.c.number >= 5))
    await noted(database, "a" * 32, "seen", "seen", at=NOW + timedelta(days=2))
    assert await found(database) == Break("others", day="2026-06-17")


async def test_a_chain_that_is_gone_shows_by_the_day(database: Database) -> None:
    await three_days(database)
    await database.run(where("b" * 32))
    assert await found(database) == Break("fewer", day="2026-06-15", kept=3, found=2)


async def test_an_entry_for_a_day_that_was_over_shows(database: Database) -> None:
    await three_days(database)
    await noted(database, "c", "seen", at=NOW)
    assert await found(database) == Break("more", day="2026-06-15", kept=3, found=4)


async def test_a_day_without_its_head_shows(database: Database) -> None:
    await three_days(database)
    gone = delete(heads).where(heads.c.day == "2026-06-16")
    await database.run(lambda unit: unit.connection.execute(gone))
    assert await found(database) == Break("unclosed", day="2026-06-16")


async def test_a_beginning_that_is_gone_shows(database: Database) -> None:
    await three_days(database)

    def cut(unit: Unit) -> None:
        unit.connection.execute(delete(rows).where(rows.c.at < NOW + timedelta(hours=12)))
        unit.connection.execute(delete(heads).where(heads.c.day == "2026-06-15"))

    await database.run(cut)
    assert await found(database) == Break("gap", "a" * 32, 1)
    await database.run(
        lambda unit: unit.connection.execute(delete(rows).where(rows.c.at < NOW + timedelta(days=2)))
    )
    await database.run(lambda unit: unit.connection.execute(delete(heads).where(heads.c.day < "2026-06-17")))
    assert await found(database) == Break("gap", "a" * 32, 1)


async def test_a_head_that_was_changed_shows(database: Database) -> None:
    await noted(database, "a", "seen")
    await closed(database, DAY + timedelta(days=2))
    await database.run(
        lambda unit: unit.connection.execute(
            update(heads).where(heads.c.day == "2026-06-16").values(head="0" * 64)
        )
    )
    assert await found(database) == Break("head_changed", day="2026-06-16")


async def test_another_key_proves_nothing(database: Database) -> None:
    await three_days(database)
    assert await found(database, key=b"another") == Break("changed", "a" * 32, 1)


async def test_days_are_those_of_china_and_each_has_a_head(database: Database) -> None:
    await noted(database, "a", "seen", at=datetime(2026, 6, 14, 15, 59, tzinfo=UTC))
    await noted(database, "a", "seen", at=datetime(2026, 6, 14, 16, 1, tzinfo=UTC))
    assert await database.run(lambda unit: trail.unclosed(unit, date(2026, 6, 14))) == ()
    await closed(database, date(2026, 6, 18))
    query = select(heads.c.day, heads.c.entries).order_by(heads.c.day)
    kept = await database.run(lambda unit: unit.connection.execute(query).all())
    assert [tuple(row) for row in kept] == [
        ("2026-06-14", 1),
        ("2026-06-15", 2),
        ("2026-06-16", 2),
        ("2026-06-17", 2),
    ]
    assert await database.run(lambda unit: trail.unclosed(unit, date(2026, 6, 18))) == ()
    assert await found(database) is None


async def test_a_day_is_closed_once(database: Database) -> None:
    await noted(database, "a", "seen")
    head = await database.run(lambda unit: trail.head(unit, KEY, DAY))
    assert await database.run(lambda unit: trail.close_day(unit, head))
    assert not await database.run(lambda unit: trail.close_day(unit, head))


async def test_where_nothing_was_done_there_is_nothing_to_close(database: Database) -> None:
    assert await database.run(lambda unit: trail.unclosed(unit, DAY)) == ()
    assert await found(database) is None


async def test_an_entry_outlives_its_case_and_then_resolves_to_nothing(database: Database) -> None:
    anna, clerk = await settle(database, "anna"), await settle(database, "clerk")
    assert anna.case

    def sit(unit: Unit) -> None:
        unit.connection.execute(
            insert(office),
            {
                "id": "o",
                "name": "青秀区总工会",
                "aliases": [],
                "programmes": [],
                "kind": "union",
                "created": NOW,
            },
        )
        unit.connection.execute(
            insert(seat),
            {
                "id": "s",
                "office": "o",
                "person": clerk.person,
                "role": "clerk",
                "name": "王干事",
                "created": NOW,
                "taken": NOW,
            },
        )
        unit.connection.execute(update(case).where(case.c.id == anna.case).values(number="NN-2026-0007"))

    await database.run(sit)
    await noted(database, anna.case, "seen", clerk="s")
    await closed(database, DAY + timedelta(days=1))
    assert await database.run(lambda unit: trail.chain_called(unit, " nn-2026-0007 ")) == anna.case
    (entry,) = await database.run(lambda unit: trail.entries(unit, anna.case))
    assert (entry.name, entry.office) == ("王干事", "青秀区总工会")

    await database.run(lambda unit: forget(unit, anna.person, NOW))
    await database.run(lambda unit: forget(unit, clerk.person, NOW))
    assert await database.run(lambda unit: trail.chain_called(unit, "NN-2026-0007")) == ""
    assert await database.run(lambda unit: trail.chain_called(unit, anna.case)) == anna.case
    (entry,) = await database.run(lambda unit: trail.entries(unit, anna.case))
    assert (entry.name, entry.office, entry.kind) == ("", "青秀区总工会", "seen")
    assert await found(database) is None


async def test_the_first_heads_that_are_gone_show(database: Database) -> None:
    await three_days(database)
    await database.run(lambda unit: unit.connection.execute(delete(heads).where(heads.c.day < "2026-06-17")))
    assert await found(database) == Break("others", day="2026-06-17")
