"""One transaction per call; versions and uniqueness hold whoever races."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.exc import OperationalError

from dialogs.events import Adopted
from dialogs.interview import Interview
from dialogs.keeping import written
from forms.loader import Source
from storage import counted, interviews, tables, uploads
from storage.conflicts import Conflict
from storage.database import Database
from storage.interviews import Speaker
from storage.migrations import upgrade
from storage.tables import new_id
from storage.unit import Unit
from tests.storage.rings import kept_at

NOW = datetime(2026, 6, 15, 4, tzinfo=UTC)
SOURCE = Source({"programme.yaml": "id: small\n"})


async def welcome(database: Database, address: str = "anna", state: Interview | None = None) -> Speaker:
    return await database.run(
        lambda unit: interviews.welcome(unit, "web", address, state or Interview(), NOW)
    )


async def seat(database: Database, address: str = "anna") -> Speaker:
    found = await database.run(lambda unit: interviews.speaker(unit, "web", address))
    assert found
    return found


def rows(table: str) -> Any:
    return lambda unit: unit.connection.execute(
        select(func.count()).select_from(tables.metadata.tables[table])
    ).scalar()


async def test_nobody_has_a_seat_at_first(database: Database) -> None:
    assert await database.run(lambda unit: interviews.speaker(unit, "web", "anna")) is None


async def test_a_person_is_found_again_at_their_door(database: Database) -> None:
    made = await welcome(database, state=Interview(locale="en"))
    assert await seat(database) == replace(made, alone=True)
    assert await database.run(lambda unit: interviews.speaker(unit, "terminal", "anna")) is None


async def test_what_fails_keeps_nothing(database: Database) -> None:
    def work(unit: Unit) -> None:
        interviews.welcome(unit, "web", "anna", Interview(), NOW)
        raise RuntimeError("half way")

    with pytest.raises(RuntimeError, match="half way"):
        await database.run(work)
    assert await database.run(rows("person")) == 0


async def test_one_that_fails_takes_no_other_with_it(database: Database) -> None:
    """On SQLite these share a commit: the first holds the writer until all others wait."""
    go = threading.Event()

    def hold(unit: Unit) -> None:
        go.wait(5)

    def work(number: int) -> Any:
        def do(unit: Unit) -> int:
            interviews.welcome(unit, "web", str(number), Interview(), NOW)
            if number % 3 == 0:
                raise ValueError(number)
            return number

        return do

    held = asyncio.ensure_future(database.run(hold))
    rest = [asyncio.ensure_future(database.run(work(number))) for number in range(30)]
    await asyncio.sleep(0)
    go.set()
    await held
    results = await asyncio.gather(*rest, return_exceptions=True)
    for number, result in enumerate(results):
        assert isinstance(result, ValueError) if number % 3 == 0 else result == number
    assert await database.run(rows("person")) == 20


async def test_someone_who_gave_up_waiting_harms_nobody(database: Database) -> None:
    go = threading.Event()
    waiting = asyncio.ensure_future(database.run(lambda unit: go.wait(5)))
    after = asyncio.ensure_future(welcome(database))
    await asyncio.sleep(0)
    waiting.cancel()
    go.set()
    assert (await after).person
    with pytest.raises(asyncio.CancelledError):
        await waiting


async def test_a_full_disk_is_told_to_all_and_survived(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/full.sqlite"
    upgrade(url)
    database = kept_at(url)
    pages = await database.run(lambda unit: unit.connection.exec_driver_sql("PRAGMA page_count").scalar_one())

    async def limit(most: int) -> None:
        await database.run(
            lambda unit: unit.connection.exec_driver_sql(f"PRAGMA max_page_count={most}").all()
        )

    await limit(pages + 2)
    big = Interview(answers={"story": "长" * 5000})
    results = await asyncio.gather(
        *(welcome(database, str(n), big if n else None) for n in range(8)), return_exceptions=True
    )
    acknowledged = sum(isinstance(result, Speaker) for result in results)
    assert any(isinstance(result, OperationalError) for result in results)
    assert await database.run(rows("person")) == acknowledged
    await limit(1_000_000)
    assert (await welcome(database, "after", big)).person
    database.close()


async def test_what_was_handed_in_before_the_close_is_kept(url: str) -> None:
    database = kept_at(url)
    waiting = [asyncio.ensure_future(welcome(database, str(number))) for number in range(10)]
    await asyncio.sleep(0)
    await asyncio.to_thread(database.close)
    assert len({seat.person for seat in await asyncio.gather(*waiting)}) == 10
    with pytest.raises(RuntimeError):
        await welcome(database, "late")


async def test_the_loop_never_waits_for_the_database(database: Database) -> None:
    go = threading.Event()
    running = asyncio.ensure_future(database.run(lambda unit: go.wait(10)))
    await asyncio.sleep(0.01)  # the loop goes on while the unit stands still
    assert not running.done()
    go.set()
    assert await running


async def test_a_version_is_saved_once_in_a_hundred_way_race(database: Database) -> None:
    await welcome(database)
    for _ in range(5):
        known = await seat(database)

        async def save(number: int, known: Speaker = known) -> bool:
            state = Interview(answers={"winner": number})
            try:
                await database.run(lambda unit: interviews.save(unit, known, written(state)))
            except Conflict:
                return False
            return True

        won = await asyncio.gather(*(save(number) for number in range(100)))
        assert sum(won) == 1
        now = await seat(database)
        assert now.version == known.version + 1
        assert now.state.answers["winner"] == won.index(True)


async def test_a_door_is_opened_by_one_person_only(database: Database) -> None:
    results = await asyncio.gather(*(welcome(database) for _ in range(20)), return_exceptions=True)
    assert sum(isinstance(result, Speaker) for result in results) == 1
    assert all(isinstance(result, Speaker | Conflict) for result in results)
    assert await database.run(rows("person")) == 1


async def test_an_interview_is_attached_to_the_files_that_it_names(database: Database) -> None:
    made, other = await welcome(database), await welcome(database, "ben")
    ids = [new_id() for _ in range(3)]

    def sent(unit: Unit) -> None:
        for speaker, identifier in zip((made, made, other), ids, strict=True):
            wanted = uploads.Wanted(1, 1, uploads.Quota(), NOW)
            uploads.reserve(unit, speaker, identifier, wanted)

    await database.run(sent)
    for named in (ids[:1], ids, [], ids[1:]):
        state = made.state.model_copy(update={"answers": {"photo": {"files": named}}})
        now = await seat(database)
        await database.run(lambda unit, now=now, state=state: interviews.save(unit, now, written(state)))
        query = select(tables.attached.c.file).where(tables.attached.c.interview == made.interview)
        found = await database.run(lambda unit, query=query: unit.connection.execute(query).scalars().all())
        assert set(found) == set(named) & set(ids[:2]), "and never to those of somebody else"


async def test_the_history_is_kept_in_order(database: Database) -> None:
    made = await welcome(database)
    events = [Adopted(f"p{number}", "old", 7) for number in range(3)]
    await database.run(lambda unit: interviews.record(unit, made.interview, events, NOW))
    table = tables.event
    kept = await database.run(lambda unit: unit.connection.execute(select(table).order_by(table.c.id)).all())
    assert [(row.kind, row.about, row.details) for row in kept] == [
        ("adopted", f"p{number}", {"interview": "old", "answers": "7"}) for number in range(3)
    ]


async def test_other_interviews_are_listed_and_entered_by_their_owner_only(database: Database) -> None:
    made, stranger = await welcome(database), await welcome(database, "ben")
    await database.run(lambda unit: interviews.begin(unit, made.person, Interview(revision=7), NOW))
    now = await seat(database)
    assert now.state.revision == 7 and now.others
    assert await database.run(lambda unit: interviews.others(unit, now)) == ((made.interview, Interview()),)
    with pytest.raises(LookupError):
        await database.run(lambda unit: interviews.enter(unit, stranger.person, made.interview))
    await database.run(lambda unit: interviews.enter(unit, made.person, made.interview))
    assert (await seat(database)).interview == made.interview


async def test_a_clerk_who_fills_in_for_thirty_people_is_given_all_of_them(database: Database) -> None:
    made = await welcome(database)

    def begins(unit: Unit) -> None:
        for number in range(30):
            interviews.begin(unit, made.person, Interview(revision=number), NOW)

    await database.run(begins)
    now = await seat(database)
    assert len(await database.run(lambda unit: interviews.others(unit, now))) == 30


async def test_times_keep_their_moment_and_need_a_zone(database: Database) -> None:
    china = datetime(2026, 6, 15, 12, tzinfo=timezone(timedelta(hours=8)))
    values = {"channel": "web", "conversation": "c", "message": "m"}
    await database.run(lambda unit: unit.connection.execute(insert(tables.message), {**values, "at": china}))
    assert (
        await database.run(lambda unit: unit.connection.execute(select(tables.message.c.at)).scalar()) == NOW
    )
    with pytest.raises(Exception, match="time zone"):
        await database.run(lambda unit: counted.count(unit, "web", "c", "m2", datetime(2026, 6, 15)))
