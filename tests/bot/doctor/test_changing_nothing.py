"""Looking makes and changes nothing, in whatever state an installation is."""

from __future__ import annotations

import os
import signal
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from typer.testing import CliRunner

from bot.__main__ import app
from bot.house import wiring
from bot.house.settings import Settings
from storage import migrations
from storage.only_read import only_read
from tests.bot.backup.installation import MASTER
from tests.bot.doctor.test_house import opened


def nothing(data: Path) -> None:
    """There is no installation yet."""


def a_directory(data: Path) -> None:
    data.mkdir()


def files_that_are_not_mounted(data: Path) -> None:
    (data / "files").mkdir(parents=True)


def stopped(data: Path) -> None:
    opened(Settings(data=data, master_key=SecretStr(MASTER)))
    (data / "files" / "arriving").mkdir(parents=True)


def killed(data: Path) -> None:
    """Its log lies beside the database, and holds what was said last."""
    stopped(data)
    child = os.fork()
    if child == 0:
        connection = sqlite3.connect(data / "jiangjian.sqlite")
        connection.execute("CREATE TABLE said_last (words TEXT)")
        connection.commit()
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    assert (data / "jiangjian.sqlite-wal").stat().st_size


def of_another_mode(data: Path) -> None:
    stopped(data)
    with closing(sqlite3.connect(data / "jiangjian.sqlite")) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")


def with_an_empty_keyring(data: Path) -> None:
    stopped(data)
    (data / "keys.sqlite").write_bytes(b"")


def with_a_keyring_that_has_no_table(data: Path) -> None:
    stopped(data)
    with closing(sqlite3.connect(data / "keys.sqlite")) as connection:
        connection.execute("DROP TABLE sealing_key")


STATES = (
    nothing,
    a_directory,
    files_that_are_not_mounted,
    stopped,
    killed,
    of_another_mode,
    with_an_empty_keyring,
    with_a_keyring_that_has_no_table,
)


def seen(top: Path) -> dict[str, tuple[int, bytes]]:
    """All that lies there, when it was written, and what it holds; who reads a log notes it in memory of SQLite's own."""
    return {
        str(path.relative_to(top)): (path.stat().st_mtime_ns, path.read_bytes() if path.is_file() else b"")
        for path in (top, *top.rglob("*"))
        if not path.name.endswith("-shm")
    }


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
@pytest.mark.parametrize("bucket", [False, True], ids=["directory", "bucket"])
def test_looking_makes_and_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, state: Callable[[Path], None], bucket: bool
) -> None:
    monkeypatch.setenv("JIANGJIAN_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("JIANGJIAN_MASTER_KEY", MASTER)
    state(tmp_path / "data")
    if bucket:
        monkeypatch.setattr(wiring.Bucket, "probe", lambda bucket: None)
        monkeypatch.setenv("JIANGJIAN_FILES", "s3://bucket/files")
    before = seen(tmp_path)
    told = CliRunner().invoke(app, ["doctor"]).output
    assert "data " in told, "it went through"
    assert seen(tmp_path) == before


def test_looking_at_a_server_makes_no_table(
    postgresql: Callable[..., str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    urls = {"JIANGJIAN_DATABASE": postgresql(), "JIANGJIAN_KEYS": postgresql()}
    for name, value in {**urls, "JIANGJIAN_DATA": str(tmp_path), "JIANGJIAN_MASTER_KEY": MASTER}.items():
        monkeypatch.setenv(name, value)
    told = CliRunner().invoke(app, ["doctor"]).output
    assert [line.split()[0] for line in told.splitlines() if " keyring " in line] == ["warning"], told
    assert all(migrations.empty(url) for url in urls.values())
    assert not list(tmp_path.iterdir())


def test_what_is_only_read_takes_nothing(postgresql: Callable[..., str], tmp_path: Path) -> None:
    stopped(tmp_path)
    given = Settings(data=tmp_path)
    for url in (given.database_url, given.keys_url, postgresql()):
        engine = only_read(url)
        with engine.connect() as connection, pytest.raises(DBAPIError, match=r"read-?only"):
            connection.execute(text("CREATE TABLE made (id INTEGER)"))
        engine.dispose()
