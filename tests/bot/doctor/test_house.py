"""Each fault of an installation, made for real: what is said of it, and that nothing is made or changed by looking."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import create_engine, make_url, text
from typer.testing import CliRunner

from bot.__main__ import app
from bot.doctor import house
from bot.doctor.seen import Seen
from bot.house import wiring
from bot.house.settings import Settings
from forms.library import Library
from storage import outbox
from storage.database import open_engine
from storage.migrations import migrate, newest, upgrade
from storage.outbox import PAUSES
from storage.places import Directory
from tests.bot.backup.installation import MASTER

TOKEN = "4839574812:AAFD39kkdpWt3ywyRZergyOLMaJhac60qcK"


def found(looks: object) -> dict[str, Seen]:
    """What was found, by what it is of; a fault or warning stands before what is well."""
    told: dict[str, Seen] = {}
    for seen in looks:  # type: ignore[attr-defined]  # whatever looks
        assert bool(seen.do) == (seen.level != "ok"), seen
        if seen.what not in told or told[seen.what].level == "ok":
            told[seen.what] = seen
    return told


def levels(looks: object) -> dict[str, str]:
    return {what: seen.level for what, seen in found(looks).items()}


@pytest.fixture
def given(tmp_path: Path) -> Settings:
    """An installation that was started once, with its master key apart."""
    return opened(Settings(data=tmp_path / "data", master_key=SecretStr(MASTER)))


def opened(given: Settings) -> Settings:
    with wiring.database(given):
        wiring.key_of(given.data, "")
    return given


@pytest.fixture
def server(postgresql: Callable[..., str], tmp_path: Path) -> Settings:
    urls = {"database": postgresql(), "keys": postgresql()}
    return opened(Settings(data=tmp_path / "data", master_key=SecretStr(MASTER), **urls))


# Settings

WRONG: dict[str, tuple[dict[str, object], str, str]] = {
    "a token that is none": ({"bot_token": SecretStr("x:y")}, "fault", "BOT_TOKEN"),
    "a token cut short": ({"bot_token": SecretStr(TOKEN[:20])}, "fault", "BOT_TOKEN"),
    "a webhook without a secret": ({"webhook_url": "https://a.example/t"}, "fault", "WEBHOOK_SECRET"),
    "a secret with a blank": (
        {"webhook_url": "https://a.example/t", "webhook_secret": SecretStr("not a secret of ours")},
        "fault",
        "WEBHOOK_SECRET",
    ),
    "a webhook over http": (
        {"webhook_url": "http://a.example/t", "webhook_secret": SecretStr("x" * 32)},
        "fault",
        "not https",
    ),
    "a short secret": (
        {"webhook_url": "https://a.example/t", "webhook_secret": SecretStr("abc")},
        "warning",
        "short",
    ),
    "open to all without an address": ({"host": "0.0.0.0"}, "fault", "JIANGJIAN_PUBLIC_URL"),
    "an address over http": (
        {"public_url": "http://jiangjian.example.cn", "proxies": 1},
        "fault",
        "not https",
    ),
    "an address without a proxy": ({"public_url": "https://jiangjian.example.cn"}, "warning", "no proxy"),
    "figures for everybody": ({"metrics": "0.0.0.0:9464"}, "warning", "open to others"),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_does_not_fit_together_is_said(what: str) -> None:
    values, level, words = WRONG[what]
    seen = found(house.settings(Settings().model_copy(update=values)))["settings"]
    assert seen.level == level and words in seen.how


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"public_url": "http://localhost:8080"},
        {"public_url": "https://jiangjian.example.cn", "proxies": 1, "host": "0.0.0.0"},
        {
            "bot_token": SecretStr(TOKEN),
            "webhook_url": "https://a.example/t",
            "webhook_secret": SecretStr("a" * 32),
        },
        {"metrics": "127.0.0.1:9464"},
    ],
)
def test_what_fits_is_well(values: dict[str, object]) -> None:
    assert levels(house.settings(Settings().model_copy(update=values))) == {"settings": "ok"}


def test_programmes_that_were_left_out_and_none_at_all(tmp_path: Path) -> None:
    assert levels(house.programmes(Library.open(()))) == {"programmes": "ok"}
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "programme.yaml").write_text("id: [")
    assert "left out" in found(house.programmes(Library.open((tmp_path,))))["programmes"].how
    assert found(house.programmes(Library((), (), {}, {})))["programmes"].level == "fault"


# The data directory and its files


def test_a_directory_that_others_may_read_and_none(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir(mode=0o750)
    assert levels(house.directory(tmp_path / "data")) == {"data": "ok"}
    (tmp_path / "data").chmod(0o755)
    assert "chmod 750" in found(house.directory(tmp_path / "data"))["data"].do
    assert levels(house.directory(tmp_path / "none")) == {"data": "warning"}


def test_files_that_cannot_be_written(tmp_path: Path) -> None:
    store = Directory(tmp_path / "files")
    assert levels(house.files(store)) == {"files": "ok"}
    (tmp_path / "files" / "arriving").rmdir()  # the disk is not mounted any more
    assert levels(house.files(store)) == {"files": "fault"}


# The database


def test_a_database_that_is_well(given: Settings) -> None:
    assert levels(house.database(given)) == {"database": "ok", "tables": "ok", "outbox": "ok"}


def test_a_server_that_is_well(server: Settings) -> None:
    engine = create_engine(server.database_url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.connect() as connection:
        name = connection.execute(text("SELECT current_database()")).scalar_one()
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f'ALTER DATABASE "{name}" SET synchronous_commit = on'))
    engine.dispose()
    told = found(house.database(server))
    assert {what: seen.level for what, seen in told.items() if what != "database"} == {
        "tables": "ok",
        "clock": "ok",
        "outbox": "ok",
    }
    assert "fsync off" in told["database"].how, "the tests' own server is one that a power cut would hurt"
    assert told["database"].level == "fault"


def test_a_server_that_does_not_answer_is_named_without_its_password(tmp_path: Path) -> None:
    url = "postgresql://someone:secret-word@127.0.0.1:1/x"
    seen = found(house.database(Settings(data=tmp_path, database=url)))["database"]
    assert seen.level == "fault" and "127.0.0.1" in seen.how
    assert "secret-word" not in str(seen)


def test_no_database_yet(tmp_path: Path) -> None:
    assert levels(house.database(Settings(data=tmp_path))) == {"database": "warning"}
    assert list(tmp_path.iterdir()) == [], "looking makes none"


def test_a_damaged_database(given: Settings) -> None:
    path = given.data / "jiangjian.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with path.open("r+b") as file:
        for page in range(10, path.stat().st_size // 4096, 2):
            file.seek(page * 4096)
            file.write(os.urandom(4096))
    seen = found(house.database(given))["database"]
    assert seen.level == "fault" and "restore the last backup" in seen.do


def test_what_is_no_database_at_all(given: Settings) -> None:
    (given.data / "jiangjian.sqlite").write_bytes(b"what is this?" * 1000)
    assert found(house.database(given))["database"].level == "fault"


def test_another_journal_mode(given: Settings) -> None:
    with closing(sqlite3.connect(given.data / "jiangjian.sqlite")) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
    assert "rollback journal" in found(house.database(given))["database"].how


def test_tables_of_an_older_and_of_a_newer_version(given: Settings, tmp_path: Path) -> None:
    older = Settings(data=tmp_path / "older")
    older.data.mkdir()
    engine = open_engine(older.database_url, migrating=True)
    with engine.begin() as connection:
        migrate(connection, "0010")
    engine.dispose()
    assert "0010" in found(house.database(older))["tables"].how
    with closing(sqlite3.connect(given.data / "jiangjian.sqlite")) as lite:
        lite.execute("UPDATE alembic_version SET version_num = '9999'")
        lite.commit()
    seen = found(house.database(given))["tables"]
    assert seen.level == "fault" and newest() in seen.how


def test_a_database_on_a_disk_in_memory(small_disk: Path) -> None:
    upgrade(f"sqlite:///{small_disk / 'jiangjian.sqlite'}")
    assert "memory" in found(house.database(Settings(data=small_disk)))["database"].how


async def test_what_nobody_delivers_and_what_is_dead(given: Settings) -> None:
    now = datetime.now(UTC)
    with wiring.database(given) as kept:
        await kept.run(lambda unit: outbox.enqueue(unit, "notice", "a", {}, now - timedelta(hours=2)))
        assert found(house.database(given))["outbox"].level == "fault"
        for _ in range(len(PAUSES) + 1):
            [item] = await kept.run(lambda unit: outbox.claim(unit, now, timedelta(), 1))
            await kept.run(lambda unit, item=item: outbox.postpone(unit, item, now, timedelta(seconds=-1)))
    seen = found(house.database(given))["outbox"]
    assert seen.level == "warning" and "1 could not be delivered" in seen.how


def test_a_clock_that_is_not_the_servers(server: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    for ahead, level in ((10, "warning"), (3600, "fault")):

        class Fast(datetime):
            by = timedelta(seconds=ahead)

            @classmethod
            def now(cls, tz: object = None) -> datetime:  # type: ignore[override]  # a clock that goes wrong
                return datetime.now(UTC) + cls.by

        monkeypatch.setattr(house, "datetime", Fast)
        assert found(house.database(server))["clock"].level == level
        monkeypatch.undo()


# The keys


def test_keys_that_are_well(given: Settings, server: Settings) -> None:
    assert set(levels(house.keys(given)).values()) == {"ok"}
    assert levels(house.keys(server))["keyring"] == "ok"


def test_a_master_key_beside_what_it_opens(tmp_path: Path) -> None:
    given = opened(Settings(data=tmp_path))
    told = found(house.keys(given))
    assert told["master key"].level == "warning" and "beside" in told["master key"].how
    (tmp_path / "master.key").chmod(0o644)
    assert "chmod 600" in found(house.keys(given))["master key"].do


def test_a_master_key_that_is_gone_is_not_made_anew(tmp_path: Path) -> None:
    given = opened(Settings(data=tmp_path))
    (tmp_path / "master.key").unlink()
    assert found(house.keys(given))["master key"].level == "fault"
    assert not (tmp_path / "master.key").exists()


def test_another_master_key(given: Settings) -> None:
    other = given.model_copy(update={"master_key": SecretStr("77" * 32)})
    seen = found(house.keys(other))["keyring"]
    assert seen.level == "fault" and "not given" in seen.how


def test_the_keyring_of_another_database(given: Settings, tmp_path: Path) -> None:
    other = opened(Settings(data=tmp_path / "other", master_key=SecretStr(MASTER)))
    mixed = given.model_copy(update={"keys": other.keys_url})
    assert found(house.keys(mixed))["keyring"].level == "fault"


def test_a_keyring_that_is_gone(given: Settings) -> None:
    (given.data / "keys.sqlite").unlink()
    assert found(house.keys(given))["keyring"].level == "fault"
    assert (
        found(house.keys(Settings(data=given.data / "new", master_key=SecretStr(MASTER))))["keyring"].level
        == "warning"
    )
    assert not (given.data / "keys.sqlite").exists(), "looking makes none"


def test_recovery_keys(given: Settings) -> None:
    (given.data / "recovery.key").chmod(0o644)
    assert found(house.keys(given))["recovery key"].level == "fault"
    (given.data / "recovery.key").unlink()
    assert found(house.keys(given))["recovery key"].level == "warning"
    assert not (given.data / "recovery.key").exists()


# As it is typed


def test_it_is_told_line_by_line_and_ends_with_one_where_there_is_a_fault(
    given: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JIANGJIAN_DATA", str(given.data))
    monkeypatch.setenv("JIANGJIAN_MASTER_KEY", MASTER)
    given.data.chmod(0o700)
    done = CliRunner().invoke(app, ["doctor"])
    assert done.exit_code == 0, done.output
    assert {line.split()[0] for line in done.output.splitlines()} == {"ok"}
    before = {path: path.stat().st_mtime_ns for path in given.data.rglob("*.key")}
    (given.data / "recovery.key").chmod(0o644)
    done = CliRunner().invoke(app, ["doctor"])
    assert done.exit_code == 1 and "faults found: 1" in str(done.exception)
    assert "→ chmod 600" in done.output
    assert before == {path: path.stat().st_mtime_ns for path in given.data.rglob("*.key")}
    assert make_url(given.database_url).database
