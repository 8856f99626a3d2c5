"""`jiangjian keys`, and what a start says where keys are missing or are others."""

from __future__ import annotations

import asyncio
import shutil
import stat
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from sqlalchemy import delete, select, update
from typer.testing import CliRunner, Result

from bot.__main__ import app
from bot.house import masters, wiring
from bot.house.failure import Failure
from bot.house.settings import Settings
from dialogs.interview import Interview
from storage import interviews, tables
from storage.database import Database, open_engine
from storage.keyring import Keyring, Master
from storage.unit import Unit
from tests.bot.test_cli import environment, jiangjian, one_sentence
from tests.storage.test_sealed import NOW, WORDS

ONE, TWO = "11" * 32, "22" * 32


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data directory in which people have said something."""
    for name in ("MASTER_KEY", "MASTER_KEY_FILE", "KEYS", "DATABASE"):
        monkeypatch.delenv(f"JIANGJIAN_{name}", raising=False)
    monkeypatch.setenv("JIANGJIAN_DATA", str(tmp_path / "var"))
    speaks(Settings())
    return tmp_path / "var"


def speaks(settings: Settings, people: int = 3) -> None:
    with wiring.database(settings) as kept:
        for number in range(people):
            asyncio.run(kept.run(lambda unit, at=number: begun(unit, f"door-{at}")))


def begun(unit: Unit, address: str) -> str:
    state = Interview(programme="small", answers={"brief": WORDS})
    return interviews.welcome(unit, "web", address, state, NOW).interview


def said(kept: Database) -> set[str]:
    def read(unit: Unit) -> set[str]:
        found = unit.connection.execute(select(tables.interview.c.id)).scalars().all()
        return {str(interviews.by_id(unit, each).state.answers.get("brief")) for each in found}

    return asyncio.run(kept.read(read))


def keys(*typed: str) -> Result:
    return CliRunner().invoke(app, ["keys", *typed])


def refused(settings: Settings) -> str:
    """The one line of a start that is refused."""
    with pytest.raises(Failure) as told, wiring.database(settings):
        pass
    assert "\n" not in str(told.value)
    return str(told.value)


# The master key


def test_the_first_start_makes_a_master_key_that_nobody_else_may_read(home: Path) -> None:
    key = home / "master.key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert len(masters.masters(Settings())()) == 1
    first = key.read_text()
    with wiring.database(Settings()) as kept:
        assert said(kept) == {WORDS}
    assert key.read_text() == first


def test_a_master_key_beside_what_it_opens_is_said_to_be(home: Path, tmp_path: Path) -> None:
    assert masters.beside(Settings())
    assert not masters.beside(Settings(master_key=ONE))
    (tmp_path / "apart").write_text(ONE)
    assert not masters.beside(Settings(master_key_file=tmp_path / "apart"))
    assert masters.beside(Settings(master_key_file=home / "master.key"))


@pytest.mark.parametrize("how", ["environment", "file"])
def test_a_master_key_comes_from_the_environment_or_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    monkeypatch.setenv("JIANGJIAN_DATA", str(tmp_path / "var"))
    if how == "environment":
        monkeypatch.setenv("JIANGJIAN_MASTER_KEY", ONE)
    else:
        (tmp_path / "key").write_text(f"{ONE}\n")
        monkeypatch.setenv("JIANGJIAN_MASTER_KEY_FILE", str(tmp_path / "key"))
    speaks(Settings())
    assert not (tmp_path / "var" / "master.key").exists()
    told = keys("list").output
    assert f"{Master.read(ONE)[0].id}          7 keys  wraps new ones" in told
    assert ONE not in told


@pytest.mark.parametrize("written", ["hunter2", "11" * 31, ",", "密码"])
def test_what_is_no_master_key_is_refused_in_one_line(home: Path, written: str) -> None:
    assert "JIANGJIAN_MASTER_KEY: " in refused(Settings(master_key=written))
    assert home.exists()


# Missing or wrong


def test_another_master_key_is_refused_and_the_right_one_is_named(home: Path) -> None:
    right = Master.read((home / "master.key").read_text())[0].id
    told = refused(Settings(master_key=ONE))
    assert right in told
    assert Master.read(ONE)[0].id in told
    assert "JIANGJIAN_MASTER_KEY" in told


def test_a_missing_master_key_is_refused_and_none_is_made(home: Path) -> None:
    (home / "master.key").unlink()
    assert "the master key is missing; restore it" in refused(Settings())
    assert not (home / "master.key").exists()


@pytest.mark.parametrize("left", ["nothing", "master.key"])
@pytest.mark.parametrize("bound", ["bound", "sealed half way"])
def test_a_missing_keyring_is_refused_and_none_is_made(home: Path, left: str, bound: str) -> None:
    (home / "keys.sqlite").unlink()
    if left == "nothing":
        (home / "master.key").unlink()
    if bound != "bound":
        engine = open_engine(Settings().database_url)
        with engine.begin() as connection:
            connection.execute(delete(tables.sealed_by))
        engine.dispose()
    for _ in range(2):
        assert f"the keyring is missing (sqlite:///{home / 'keys.sqlite'})" in refused(Settings())
        assert keys("list").exit_code == 1
    assert not (home / "keys.sqlite").exists()
    assert (home / "master.key").exists() == (left == "master.key")


def test_an_empty_keyring_is_not_the_one_of_a_database_with_people_in_it(home: Path) -> None:
    (home / "keys.sqlite").unlink()
    Keyring(Settings().keys_url, masters.masters(Settings())).close()
    assert "the keyring does not have the keys of this database: restore it" in refused(Settings())


def test_another_installations_keyring_is_refused(home: Path, tmp_path: Path) -> None:
    other = Settings(data=tmp_path / "other")
    speaks(other)
    for name in ("keys.sqlite", "master.key"):
        shutil.copy(tmp_path / "other" / name, home / name)
    assert "the keyring does not have the keys of this database" in refused(Settings())


def test_a_keyring_within_the_database_is_refused(home: Path) -> None:
    told = refused(Settings(keys=f"sqlite:///{home / 'jiangjian.sqlite'}"))
    assert "the keyring needs a database of its own" in told


def test_the_command_says_it_in_one_sentence(home: Path) -> None:
    right = environment(data=home)
    assert jiangjian("keys", "check", data=home).returncode == 0, right
    assert "which is not given" in one_sentence(jiangjian("run", data=home, master_key=ONE, port="0"))


# Rotation


@pytest.fixture
def running(home: Path) -> Iterator[Database]:
    """A process that has been open since before."""
    with ExitStack() as stack:
        yield stack.enter_context(wiring.database(Settings()))
    assert home.exists()


def test_rotation_makes_a_new_master_key_and_whoever_talks_goes_on(home: Path, running: Database) -> None:
    old = (home / "master.key").read_text().strip()
    done = keys("rotate")
    assert done.exit_code == 0, done.output
    (new,) = (home / "master.key").read_text().split()
    assert new != old
    assert f"master key {Master.read(new)[0].id} wraps all 7 keys; 7 were wrapped anew" in done.output
    assert old not in done.output
    assert new not in done.output
    asyncio.run(running.run(lambda unit: begun(unit, "later")))
    assert said(running) == {WORDS}
    with wiring.database(Settings()) as kept:
        assert said(kept) == {WORDS}
        assert [each.master for each in kept.keyring.kept()] == [Master.read(new)[0].id]
    assert Master.read(new)[0].id in refused(Settings(master_key=old))


def test_a_rotation_that_was_ended_half_way_goes_on_with_the_same_key(home: Path) -> None:
    old = (home / "master.key").read_text().strip()
    masters.write(home / "master.key", (TWO, old))
    speaks(Settings(), people=0)
    assert "2 were" not in keys("list").output
    done = keys("rotate")
    assert f"master key {Master.read(TWO)[0].id} wraps all 7 keys; 7 were wrapped anew" in done.output
    assert (home / "master.key").read_text().split() == [TWO]


def test_keys_of_the_environment_are_rotated_to_the_first_one(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = (home / "master.key").read_text().strip()
    monkeypatch.setenv("JIANGJIAN_MASTER_KEY", old)
    assert isinstance(keys("rotate").exception, Failure), "there is nothing to rotate to"
    monkeypatch.setenv("JIANGJIAN_MASTER_KEY", f"{TWO},{old}")
    assert "wraps all 7 keys" in keys("rotate").output
    monkeypatch.setenv("JIANGJIAN_MASTER_KEY", TWO)
    with wiring.database(Settings()) as kept:
        assert said(kept) == {WORDS}


# Checking


def test_all_that_is_well_is_said_to_be(home: Path) -> None:
    done = keys("check")
    assert done.exit_code == 0
    assert "every key opens (7), and every sealed text (3)" in done.output
    assert home.exists()


def test_a_row_that_was_changed_is_found(home: Path) -> None:
    with wiring.database(Settings()) as kept:
        asyncio.run(
            kept.run(lambda unit: unit.connection.execute(update(tables.interview).values(version=9)))
        )
    done = keys("check")
    assert "interview.state: 3 rows do not open" in done.output
    assert isinstance(done.exception, Failure)
    assert home.exists()
