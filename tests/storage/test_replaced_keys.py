"""A key that is put in another one's place takes it only with the unit that does so: whatever ends that one, all opens."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event, select, update
from sqlalchemy.exc import OperationalError
from structlog.testing import capture_logs

from dialogs.interview import Interview
from storage import interviews, states
from storage.database import Database
from storage.keyring import Key, Keyring, Master
from storage.sealed import Sealing
from storage.tables import interview
from storage.unit import Unit
from tests.storage.rings import ring

NOW = datetime(2026, 6, 15, 4, tzinfo=UTC)
WORDS = "我是陆建华，在南宁机械厂当焊工"
OWNER = "a" * 32


@contextmanager
def no_commits(database: Database) -> Iterator[None]:
    """The database loses its commits, as where its disk is full or its server is killed."""
    engine: Engine = database._worker._engine  # type: ignore[attr-defined]  # of both kinds

    def lost(_connection: Any) -> None:
        raise OperationalError("COMMIT", {}, Exception("lost"))

    event.listen(engine, "commit", lost)
    yield
    event.remove(engine, "commit", lost)


async def begun(database: Database) -> str:
    def begin(unit: Unit) -> str:
        state = Interview(programme="small", answers={"brief": WORDS})
        return interviews.welcome(unit, "web", "anna", state, NOW).interview

    return await database.run(begin)


async def brief(database: Database, identifier: str) -> object:
    state = await database.read(lambda unit: interviews.by_id(unit, identifier).state)
    return state.answers.get("brief")


async def row(database: Database, identifier: str) -> tuple[int, str]:
    wanted = select(interview.c.version, interview.c.state).where(interview.c.id == identifier)
    version, state = await database.read(lambda unit: unit.connection.execute(wanted).one())
    return version, state


async def opens(database: Database, identifier: str, copy: tuple[int, str]) -> bool:
    """Whether a row of an older copy of the database opens with the keys of today."""
    database.keyring.forget()
    found = await database.read(lambda unit: states.text_of(unit, identifier, *copy))
    return not found.startswith(states.SHUT)


def swept(keyring: Keyring) -> Callable[[Database], Any]:
    """What the sweep does a while later."""
    keyring.clock = lambda: datetime.now(UTC) + timedelta(hours=2)

    async def sweep(database: Database) -> None:
        doubled = keyring.doubled()
        for owner in doubled:
            await database.run(lambda unit, of=owner: states.reseal(unit, of))
        keyring.replace(doubled)

    return sweep


async def test_a_renewal_leaves_what_was_said_and_opens_no_older_copy(database: Database) -> None:
    identifier = await begun(database)
    older = await row(database, identifier)
    await database.run(lambda unit: states.renew(unit, identifier))
    assert await brief(database, identifier) == WORDS
    assert not await opens(database, identifier, older)


async def test_a_renewal_whose_commit_fails_costs_nobody_a_word(database: Database) -> None:
    identifier = await begun(database)
    older = await row(database, identifier)
    for _ in range(3):
        with no_commits(database), pytest.raises(OperationalError):
            await database.run(lambda unit: states.renew(unit, identifier))
        database.keyring.forget()
        assert await brief(database, identifier) == WORDS
    await database.run(lambda unit: states.renew(unit, identifier))
    assert await brief(database, identifier) == WORDS
    assert not await opens(database, identifier, older)


async def test_what_is_said_after_a_renewal_that_failed_is_kept(database: Database) -> None:
    identifier = await begun(database)
    with no_commits(database), pytest.raises(OperationalError):
        await database.run(lambda unit: states.renew(unit, identifier))
    known = await database.read(lambda unit: interviews.by_id(unit, identifier))
    later = interviews.written(known.state.model_copy(update={"answers": {"brief": "后来的话"}}))
    await database.run(lambda unit: interviews.save(unit, known, later))
    await swept(database.keyring)(database)
    database.keyring.forget()
    assert await brief(database, identifier) == "后来的话"


async def test_a_sweep_ends_a_renewal_whose_commit_failed(database: Database) -> None:
    identifier = await begun(database)
    older = await row(database, identifier)
    with no_commits(database), pytest.raises(OperationalError):
        await database.run(lambda unit: states.renew(unit, identifier))
    assert database.keyring.doubled() == {}, "it may still be under way"
    await swept(database.keyring)(database)
    assert await brief(database, identifier) == WORDS
    assert not await opens(database, identifier, older)
    assert database.keyring.doubled() == {}


async def test_a_sweep_ends_a_renewal_after_whose_commit_the_keyring_was_away(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    identifier = await begun(database)
    older = await row(database, identifier)

    def away(_keyring: Keyring, _replaced: object) -> None:
        raise OperationalError("UPDATE", {}, Exception("away"))

    with monkeypatch.context() as patch, capture_logs() as told:
        patch.setattr(Keyring, "replace", away)
        await database.run(lambda unit: states.renew(unit, identifier))
    assert {"event": "keys.not_replaced", "log_level": "warning", "error": "OperationalError"} in told
    assert await brief(database, identifier) == WORDS
    await swept(database.keyring)(database)
    assert await brief(database, identifier) == WORDS
    assert not await opens(database, identifier, older)


async def test_whoever_speaks_while_it_is_sealed_again_is_told_to_begin_again(database: Database) -> None:
    """They may seal with a key that the sweep is about to take away."""
    identifier = await begun(database)
    known = await database.read(lambda unit: interviews.by_id(unit, identifier))
    await database.run(lambda unit: states.reseal(unit, identifier))
    assert (await row(database, identifier))[0] == known.version + 1
    assert await brief(database, identifier) == WORDS


async def test_what_does_not_open_stays_as_it_is_when_it_is_sealed_again(database: Database) -> None:
    identifier = await begun(database)
    put = update(interview).where(interview.c.id == identifier).values(state="by hand")
    await database.run(lambda unit: unit.connection.execute(put))
    before = await row(database, identifier)
    await database.run(lambda unit: states.reseal(unit, identifier))
    await database.run(lambda unit: states.reseal(unit, "f" * 32))
    assert await row(database, identifier) == before


def test_a_key_that_was_put_in_front_stays_where_another_followed_meanwhile(keyring: Keyring) -> None:
    """Of two units in a row the first is through after the second has put its key: that one may yet fail."""
    keys = [Key.new() for _ in range(3)]
    keyring.settle({OWNER: keys[0]}, ())
    first = keyring.settle({OWNER: keys[1]}, [OWNER])
    second = keyring.settle({OWNER: keys[2]}, [OWNER])
    keyring.replace(first)
    assert held(keyring) == [each.secret for each in reversed(keys)]
    keyring.replace(second)
    assert held(keyring) == [keys[2].secret]


def test_a_rotation_wraps_keys_that_are_to_be_replaced_as_well(tmp_path: Path) -> None:
    masters, keys = ["11" * 32], [Key.new(), Key.new()]
    with closing(
        Keyring(f"sqlite:///{tmp_path}/keys.sqlite", lambda: Master.read(" ".join(masters)))
    ) as ring:
        ring.settle({OWNER: keys[0]}, ())
        ring.settle({OWNER: keys[1]}, [OWNER])
        masters.insert(0, "22" * 32)
        assert ring.rotate() == 1
        masters.pop()
        assert held(ring) == [keys[1].secret, keys[0].secret]
        ring.clock = lambda: datetime.now(UTC) + timedelta(hours=2)
        ring.replace(ring.doubled())
        assert held(ring) == [keys[1].secret]


def test_a_unit_that_destroys_a_key_and_makes_one_for_an_owner_without_any_has_the_new_one(
    keyring: Keyring,
) -> None:
    sealing = Sealing(keyring)
    sealing.destroy([OWNER])
    sealed = sealing.seal(OWNER, "letter.text", "7", WORDS)
    sealing.settle()
    sealing.committed()
    keyring.forget()
    assert Sealing(keyring).open("letter.text", "7", sealed) == WORDS


def held(keyring: Keyring) -> list[bytes]:
    keyring.forget()
    key = keyring.get(OWNER)
    return [each.secret for each in (key, *key.before)] if key else []


async def test_a_sweep_seals_with_the_key_that_stays_though_it_remembers_the_one_before(
    database: Database, url: str
) -> None:
    identifier = await begun(database)
    before = database.keyring.get(identifier)
    assert before
    with closing(ring(url)) as other:  # a process that was killed before its commit
        other.settle({identifier: Key.new()}, [identifier])
    assert database.keyring.get(identifier) is before
    await swept(database.keyring)(database)
    database.keyring.forget()
    assert await brief(database, identifier) == WORDS
