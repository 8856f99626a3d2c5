"""Rows of a version that did not seal are sealed once, whatever ends the start that does it; keyrings are told apart."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from storage import interviews, notices
from storage.database import open_engine
from storage.keyring import Keyring, Master, Unusable
from storage.migrations import upgrade
from storage.sealed_columns import COLUMNS, looked_through
from storage.sealing_rows import bound, bring
from tests.storage.older_rows import CANARY, KILLED, filled, left_plain
from tests.storage.rings import MASTER, kept_at, ring

TOMORROW = datetime.now(UTC) + timedelta(days=1)


async def test_every_row_of_a_version_that_did_not_seal_is_sealed_and_says_the_same(empty_url: str) -> None:
    told = filled(empty_url, 200)
    upgrade(empty_url)
    counted: dict[str, int] = {}
    with closing(ring(empty_url)) as keyring:
        bring(empty_url, keyring, lambda table, rows: counted.update({table: rows}))
    assert counted["interview"] == 200
    assert set(counted) == {each.table.name for each in COLUMNS} - {"statement"}, "which came later"
    assert left_plain(empty_url) == 0
    database = kept_at(empty_url)
    try:
        for identifier, words in told.items():
            state = (await database.read(lambda unit, of=identifier: interviews.by_id(unit, of))).state
            assert state.answers["brief"] == words
        assert set(await database.read(lambda unit: set(looked_through(unit)))) == {""}
        (waiting,) = await database.read(lambda unit: notices.waiting(unit, "web", "door-0"))
        assert waiting.message.values["name"] == f"{CANARY}0"
    finally:
        database.close()


def test_what_was_plain_is_in_no_page_and_no_log_of_the_file_afterwards(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'jiangjian.sqlite'}"
    filled(url, 60)
    assert CANARY.encode() in _bytes(tmp_path)
    upgrade(url)
    with closing(ring(url)) as keyring:
        bring(url, keyring)
    assert CANARY.encode() not in _bytes(tmp_path)


def _bytes(directory: Path) -> bytes:
    return b"".join(path.read_bytes() for path in directory.iterdir())


def test_a_start_that_is_killed_again_and_again_ends_with_everything_sealed_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'jiangjian.sqlite'}"
    told = filled(url, 500)
    upgrade(url)
    with closing(ring(url)):
        pass
    left = [left_plain(url)]
    for portions in (2, 3, 2, 7):  # the last one is not kept yet
        with subprocess.Popen([sys.executable, "-m", KILLED, url], stdout=subprocess.PIPE) as process:
            assert process.stdout
            for _ in range(portions):
                assert process.stdout.readline(), "it was through before it was killed"
            os.kill(process.pid, signal.SIGKILL)
        left.append(left_plain(url))
    assert left == sorted(left, reverse=True), "each went on where the last one was ended"
    assert len(set(left)) >= 4
    assert left[-1] > 0
    with closing(ring(url)) as keyring:
        bring(url, keyring)
        assert left_plain(url) == 0
        assert CANARY.encode() not in _bytes(tmp_path)
        engine = open_engine(url)
        assert bound(engine, keyring)
        engine.dispose()
        keyring.clock = lambda: TOMORROW
        assert len(keyring.owners(most=10_000)) >= len(told)


def test_a_second_start_looks_at_no_row(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(ring(url)) as keyring:
        bring(url, keyring)
        monkeypatch.setattr("storage.sealing_rows._seal_all", lambda *_: pytest.fail("all rows are sealed"))
        bring(url, keyring)


def test_a_database_is_not_opened_with_another_keyring(url: str, tmp_path: Path) -> None:
    with closing(ring(url)) as keyring:
        bring(url, keyring)
    other = Keyring(f"sqlite:///{tmp_path / 'other.sqlite'}", lambda: Master.read(MASTER))
    with closing(other), pytest.raises(Unusable, match="restore it") as refused:
        bring(url, other)
    assert "\n" not in str(refused.value)
