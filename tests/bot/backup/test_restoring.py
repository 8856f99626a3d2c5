"""A restore proves everything first, writes into nothing that stands, and says what to do where it cannot."""

from __future__ import annotations

import asyncio
import json
import shutil
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from pydantic import SecretStr
from sqlalchemy import select, text, update

from bot.backup import restoring
from bot.backup.copying import KEYS, KEYS_ABOUT, Copying
from bot.backup.inventory import ABOUT, SUMS, Inventory, digest_of, every
from bot.backup.restoring import Restoring, verified
from bot.house import wiring
from bot.house.failure import Failure
from forms.printing.workers import Workers
from storage import outbox
from storage.database import open_engine
from storage.migrations import migrate
from storage.sealed_columns import COLUMNS
from storage.tables import file, interview
from storage.unit import Unit
from tests.bot.backup.installation import NOW, Installation, Places
from tests.bot.household import picture


@dataclass
class Taken:
    """A backup of an installation where Anna has answered and sent a file, and its keys."""

    here: Installation
    backups: Path
    keys: Path
    asked: str
    file: str

    @property
    def home(self) -> Path:
        return every(self.backups)[-1]

    def restore(self, into: Installation, **more: bool) -> str:
        older = more.get("older_keys", False)
        return "\n".join(Restoring(into.settings, self.backups, self.keys, older).restore())


@pytest.fixture
async def taken(places: Places, tmp_path: Path) -> Taken:
    here = places.new("here")
    with here.open():
        anna = await here.someone("anna")
        await anna.fills()
        sent = await here.sends(anna)
        asked = (await here.someone("anna")).asked
    backups, keys = tmp_path / "backups", tmp_path / "keys"
    Copying(here.settings).take(backups)
    Copying(here.settings).take_keys(keys)
    return Taken(here, backups, keys, asked, sent)


def nothing_written(into: Installation) -> bool:
    return not [
        path for path in into.settings.data.rglob("*") if path.is_file() and path.name != ".restoring"
    ]


async def goes_on(into: Installation, taken: Taken) -> None:
    with into.open():
        anna = await into.someone("anna")
        assert anna.asked == taken.asked
        assert await into.conversation.photo("web", "anna", taken.file)


async def test_a_restored_installation_is_as_it_was(taken: Taken, places: Places) -> None:
    there = places.new("there")
    told = await asyncio.to_thread(taken.restore, there)
    assert "1 files" in told and "dropped" not in told
    recovery = [(each.settings.data / "recovery.key").read_bytes() for each in (taken.here, there)]
    assert recovery[0] == recovery[1], "codes on paper stay what they were"
    await goes_on(there, taken)
    with there.open():  # rows that the database numbers go on behind the last
        await there.database.run(lambda unit: outbox.enqueue(unit, "notice", "new", {}, NOW))
        await (await there.someone("anna")).says("菜单")


DAMAGES: dict[str, Callable[[Path], None]] = {
    "a bit of a file": lambda home: flipped(next((home / "files").rglob("*/*"))),
    "a file that is gone": lambda home: next((home / "files").rglob("*/*")).unlink(),
    "a bit of the database": lambda home: flipped(
        max((home / "database").iterdir(), key=lambda x: x.stat().st_size)
    ),
    "no database": lambda home: shutil.rmtree(home / "database"),
    "what it is": lambda home: flipped(home / ABOUT),
    "no list": lambda home: (home / SUMS).unlink(),
    "a list that is cut off": lambda home: (home / SUMS).write_text("0" * 64),
    "a way out": lambda home: (home / SUMS).write_text(f"{'0' * 64}  ../../x\n" + (home / SUMS).read_text()),
}


def flipped(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.chmod(0o600)
    path.write_bytes(content)


@pytest.mark.parametrize("what", DAMAGES)
async def test_what_is_damaged_is_found_before_anything_is_written(
    taken: Taken, places: Places, what: str
) -> None:
    DAMAGES[what](taken.home)
    there = places.new("there")
    with pytest.raises(Failure, match=r"not what was copied|no whole backup"):
        taken.restore(there)
    assert not there.settings.data.exists()


def test_where_there_is_none_that_is_told(tmp_path: Path) -> None:
    with pytest.raises(Failure, match="no whole backup here"):
        verified(tmp_path)


async def test_it_is_never_restored_over_what_stands(taken: Taken) -> None:
    before = {path: path.stat().st_mtime_ns for path in taken.here.settings.data.rglob("*")}
    with pytest.raises(Failure, match=r"the database and files and the keyring of .* are not empty"):
        taken.restore(taken.here)
    assert before == {path: path.stat().st_mtime_ns for path in taken.here.settings.data.rglob("*")}


async def test_nor_where_only_files_lie(taken: Taken, places: Places) -> None:
    there = places.new("there")
    (there.settings.data / "files" / "ab").mkdir(parents=True)
    (there.settings.data / "files" / "ab" / ("ab" * 16)).write_bytes(b"x")
    with pytest.raises(Failure, match=r"^files of .* are not empty"):
        taken.restore(there)


async def test_without_the_keys_it_says_what_is_needed(taken: Taken, places: Places) -> None:
    there = places.new("there")
    with pytest.raises(Failure, match="--keys"):
        Restoring(there.settings, taken.backups, None, False).restore()
    assert not there.settings.data.exists()


async def test_a_keyring_that_stands_is_used(taken: Taken, places: Places) -> None:
    """The database's disk is lost, that of the keys is not."""
    there = places.new("there", keys=taken.here.settings.keys_url)
    told = await asyncio.to_thread(Restoring(there.settings, taken.backups, None, False).restore)
    assert "restored" in told[-1]
    await goes_on(there, taken)


async def test_the_keys_of_another_installation_are_refused(
    taken: Taken, places: Places, tmp_path: Path
) -> None:
    other = places.new("other")
    with other.open():
        await (await other.someone("ben")).begins()
    Copying(other.settings).take_keys(tmp_path / "others")
    there = places.new("there")
    with pytest.raises(Failure, match="not the one of this backup"):
        Restoring(there.settings, taken.backups, tmp_path / "others", False).restore()
    told = await asyncio.to_thread(taken.restore, there)  # and with the right ones it then goes
    assert "restored" in told
    await goes_on(there, taken)


async def test_another_key_of_recovery_codes_is_not_written_over(taken: Taken, places: Places) -> None:
    there = places.new("there")
    there.settings.data.mkdir()
    (there.settings.data / "recovery.key").write_text("f" * 64)
    with pytest.raises(Failure, match="another key of recovery codes"):
        taken.restore(there)
    assert (there.settings.data / "recovery.key").read_text() == "f" * 64


async def test_another_master_key_is_refused_and_named(taken: Taken, places: Places) -> None:
    there = places.new("there", master_key=SecretStr("77" * 32))
    with pytest.raises(Failure, match=r"master key [0-9a-f]{8}, which is not given"):
        taken.restore(there)
    again = Installation(
        there.settings.model_copy(update={"master_key": taken.here.settings.master_key}), there.crew
    )
    await asyncio.to_thread(taken.restore, again)
    await goes_on(again, taken)


@pytest.mark.parametrize("what", ["about", "bytes", "nothing"])
async def test_a_damaged_copy_of_the_keys_is_told(taken: Taken, places: Places, what: str) -> None:
    if what == "about":
        (taken.keys / KEYS_ABOUT).write_text("{}")
    elif what == "bytes":
        flipped(max((taken.keys / KEYS).glob("*/*"), key=lambda each: each.stat().st_size))
    else:
        shutil.rmtree(taken.keys)
    there = places.new("there")
    with pytest.raises(Failure, match=r"keyring|not what was copied"):
        taken.restore(there)
    assert not there.settings.data.exists()


async def test_keys_that_are_older_than_the_database_are_refused(taken: Taken, places: Places) -> None:
    """Ben came after the keys were copied: without his key what he said would be dropped as if he had deleted it."""
    about = json.loads((taken.keys / KEYS_ABOUT).read_text())
    about["made"] = "2026-01-01T00:00:00+00:00"
    (taken.keys / KEYS_ABOUT).write_text(json.dumps(about))
    with taken.here.open():
        await (await taken.here.someone("ben")).begins()
    Copying(taken.here.settings).take(taken.backups)
    there = places.new("there")
    with pytest.raises(Failure, match="--older-keys"):
        taken.restore(there)
    assert not there.settings.data.exists()
    told = await asyncio.to_thread(lambda: taken.restore(there, older_keys=True))
    assert "dropped" in told and "1 conversations" in told
    await goes_on(there, taken)


async def test_one_that_was_cut_off_is_gone_on_with(
    taken: Taken, places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = places.new("there")
    for where in ("_try_keys", "_copy", "_fill_keys"):

        def killed(*_: object) -> None:
            raise KeyboardInterrupt

        with monkeypatch.context() as patch:
            patch.setattr(restoring.Restoring, where, staticmethod(killed) if where == "_copy" else killed)
            with pytest.raises(KeyboardInterrupt):
                taken.restore(there)
    (there.settings.data / "files" / "ab").mkdir(parents=True, exist_ok=True)
    await asyncio.to_thread(taken.restore, there)
    assert not (there.settings.data / ".restoring").exists()
    await goes_on(there, taken)


async def test_one_of_a_newer_version_is_refused(taken: Taken, places: Places) -> None:
    about = json.loads((taken.home / ABOUT).read_text())
    about["database"]["revision"] = "9999"
    (taken.home / ABOUT).write_text(json.dumps(about))
    sums = (taken.home / SUMS).read_text().splitlines()
    kept = [line for line in sums if not line.endswith(f"  {ABOUT}")]
    (taken.home / SUMS).write_text("\n".join([*kept, f"{digest_of(taken.home / ABOUT)}  {ABOUT}"]) + "\n")
    there = places.new("there")
    with pytest.raises(Failure, match="newer version"):
        taken.restore(there)
    assert not list(there.settings.data.rglob("*.sqlite-wal"))


async def test_one_of_the_other_kind_of_database_is_refused(
    taken: Taken, places: Places, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    server = None if places.postgresql else request.getfixturevalue("postgresql")
    there = Places(tmp_path, places.crew, server).new("there")
    keyless = there.settings.model_copy(update={"keys": taken.here.settings.keys_url})
    with pytest.raises(Failure, match=r"this backup is of (SQLite|PostgreSQL), and JIANGJIAN_DATABASE is"):
        Restoring(keyless, taken.backups, None, False).restore()


async def test_one_from_before_there_were_keys_is_sealed_when_it_is_restored(
    places: Places, tmp_path: Path
) -> None:
    here = places.new("here")
    with here.open():
        anna = await here.someone("anna")
        await anna.fills()
        asked = (await here.someone("anna")).asked
        await here.database.run(unsealed)
    engine = open_engine(here.settings.database_url, migrating=True)
    with engine.begin() as connection:
        migrate(connection, "0014")
        assert "陆建华" in connection.execute(select(interview.c.state)).scalar_one()
    engine.dispose()
    Copying(here.settings).take(tmp_path / "backups")
    assert Inventory.read(every(tmp_path / "backups")[0]).snapshot.token == ""
    there = places.new("there")
    await asyncio.to_thread(Restoring(there.settings, tmp_path / "backups", None, False).restore)
    with there.open():
        assert (await there.someone("anna")).asked == asked
        kept = await there.database.read(
            lambda unit: unit.connection.execute(select(interview.c.state)).scalars().all()
        )
        assert kept and all(each.startswith("s1.") for each in kept)


def unsealed(unit: Unit) -> None:
    """Write rows as versions did that had no keys."""
    for columns in COLUMNS:
        if columns.table not in (interview, file):
            continue
        for row in unit.connection.execute(select(columns.table)).all():
            words = {
                name: unit.sealed.open(columns.what(name), columns.row(row), row._mapping[name])
                for name in columns.names
            }
            unit.connection.execute(update(columns.table).where(columns.table.c.id == row.id).values(words))
    unit.connection.execute(text("DELETE FROM notice"))


async def test_a_file_from_before_files_were_sealed_is_read_until_it_is(
    places: Places, tmp_path: Path
) -> None:
    """The keyring of today says that all files are sealed; the backup is from a day when this one was not."""
    here = places.new("here")
    with here.open():
        anna = await here.someone("anna")
        await anna.fills()
        sent = await here.sends(anna)
        [path] = (here.settings.data / "files").rglob(sent)
        path.write_bytes(picture())
    Copying(here.settings).take(tmp_path / "backups")
    with here.open():
        wiring.store(here.settings, here.database).note_sealed()
    Copying(here.settings).take_keys(tmp_path / "keys")
    there = places.new("there")
    restoring = Restoring(there.settings, tmp_path / "backups", tmp_path / "keys", False)
    await asyncio.to_thread(restoring.restore)
    with there.open():
        assert await there.conversation.photo("web", "anna", sent)


def in_bucket(url: str, prefix: str) -> str:
    """Another place in the same bucket."""
    parts = urlsplit(url)
    return parts._replace(path=f"{parts.path.rstrip('/')}/{prefix}").geturl()


async def test_files_in_a_bucket_are_copied_and_put_into_another(tmp_path: Path, bucket_url: str) -> None:
    with closing(Workers(1)) as crew:  # which knows the bucket's credentials
        lite = Places(tmp_path, crew, None)
        here = lite.new("here", files=in_bucket(bucket_url, "here"))
        with here.open():
            anna = await here.someone("anna")
            await anna.fills()
            sent = [await here.sends(anna) for _ in range(2)]
        for count in ("2 copied, 0 as", "0 copied, 2 as"):
            [told] = Copying(here.settings).take(tmp_path / "backups")
            assert count in told
        Copying(here.settings).take_keys(tmp_path / "keys")
        with pytest.raises(Failure, match="files and the keyring"):
            Restoring(here.settings, tmp_path / "backups", tmp_path / "keys", False).restore()
        there = lite.new("there", files=in_bucket(bucket_url, "there"))
        restoring = Restoring(there.settings, tmp_path / "backups", tmp_path / "keys", False)
        await asyncio.to_thread(restoring.restore)
        with there.open():
            for each in sent:
                assert await there.conversation.photo("web", "anna", each)
