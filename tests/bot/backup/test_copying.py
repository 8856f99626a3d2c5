"""What a backup holds, what it does not, and what becomes of it where something is in the way."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import signal
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.__main__ import app
from bot.backup import copying
from bot.backup.copying import KEYS, KEYS_ABOUT, Copying, keys_in, recovery_in
from bot.backup.inventory import ABOUT, SUMS, Inventory, every, latest
from bot.house.failure import Failure
from forms.printing.workers import Workers
from tests.bot.backup.installation import MASTER, Installation, Places


@pytest.fixture
async def here(places: Places) -> Installation:
    """Somebody has answered, and sent a file."""
    installation = places.new("here")
    with installation.open():
        anna = await installation.someone("anna")
        await anna.fills()
        await installation.sends(anna)
    return installation


@pytest.fixture
def lite(tmp_path: Path, crew: Workers) -> Places:
    return Places(tmp_path, crew, None)


async def send(installation: Installation, address: str = "anna") -> str:
    with installation.open():
        return await installation.sends(await installation.someone(address))


def inodes(home: Path) -> dict[str, int]:
    return {path.name: path.stat().st_ino for path in (home / "files").rglob("*") if path.is_file()}


def test_it_is_what_sha256sum_can_prove(here: Installation, tmp_path: Path) -> None:
    [told] = Copying(here.settings).take(tmp_path / "backups")
    home = every(tmp_path / "backups")[0]
    done = subprocess.run(
        ["sha256sum", "--check", "--strict", SUMS], cwd=home, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr
    listed = {line.split("  ")[1] for line in (home / SUMS).read_text().splitlines()}
    lying = {str(path.relative_to(home)) for path in home.rglob("*") if path.is_file()}
    assert listed == lying - {SUMS}, "everything in it is proven"
    assert "1 files" in told and "1 copied" in told
    assert all(
        not path.stat().st_mode & 0o077 for path in (home, *home.rglob("*.sqlite"), *home.rglob("*.copy"))
    )


async def test_the_next_one_copies_what_is_new(here: Installation, tmp_path: Path) -> None:
    Copying(here.settings).take(tmp_path / "backups")
    await send(here)
    [told] = Copying(here.settings).take(tmp_path / "backups")
    one, two = map(inodes, every(tmp_path / "backups"))
    assert "2 files; 1 copied, 1 as in the backup before" in told
    assert set(one.items()) < set(two.items()) and len(two) == 2
    shutil.rmtree(every(tmp_path / "backups")[0])
    found = latest(tmp_path / "backups")
    assert found and not list(found.broken()), "each is whole by itself"


async def test_a_file_that_is_another_one_now_is_copied(here: Installation, tmp_path: Path) -> None:
    Copying(here.settings).take(tmp_path / "backups")
    [path] = [each for each in (here.settings.data / "files").rglob("*") if each.is_file()]
    content = path.read_bytes()
    path.write_bytes(content[::-1])
    Copying(here.settings).take(tmp_path / "backups")
    one, two = every(tmp_path / "backups")
    assert inodes(one) != inodes(two)


async def test_a_file_that_the_backup_before_has_lost_is_copied(here: Installation, tmp_path: Path) -> None:
    Copying(here.settings).take(tmp_path / "backups")
    [lost] = [each for each in (every(tmp_path / "backups")[0] / "files").rglob("*") if each.is_file()]
    lost.unlink()
    [told] = Copying(here.settings).take(tmp_path / "backups")
    assert "1 files; 1 copied" in told and "deleted meanwhile" not in told, "it lies where it lay"
    found = latest(tmp_path / "backups")
    assert found and not found.gone and not list(found.broken())


async def test_what_is_deleted_while_it_is_made_is_told_as_gone(
    here: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database was copied with the file's row, and the person then deletes everything."""
    real = copying.snapshots.take

    def deleted_behind_it(url: str, into: Path) -> object:
        snapshot = real(url, into)

        async def forgets() -> None:
            with here.open():
                assert await here.conversation.forget("web", "anna")

        asyncio.run(forgets())
        return snapshot

    monkeypatch.setattr(copying.snapshots, "take", deleted_behind_it)
    told = await asyncio.to_thread(Copying(here.settings).take, tmp_path / "backups")
    assert len(told) == 1 and "0 files, 1 were deleted meanwhile" in told[0]


async def test_what_was_lost_before_is_a_warning(here: Installation, tmp_path: Path) -> None:
    [path] = [each for each in (here.settings.data / "files").rglob("*") if each.is_file()]
    path.unlink()
    told = Copying(here.settings).take(tmp_path / "backups")
    assert "1 files stand in the database and lie nowhere" in told[1]


async def test_so_many_are_kept(here: Installation, tmp_path: Path) -> None:
    for number in range(4):
        told = Copying(here.settings).take(tmp_path / "backups", keep=2)
        assert len(every(tmp_path / "backups")) == min(number + 1, 2)
    assert any("removed" in line for line in told)


async def test_one_that_cannot_be_made_leaves_nothing(
    here: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(copying, "_copy", full)
    with pytest.raises(OSError, match="No space"):
        Copying(here.settings).take(tmp_path / "backups")
    assert [path.name for path in (tmp_path / "backups").iterdir()] == [".lock"]


async def test_what_a_kill_left_is_none_and_goes_with_the_next(here: Installation, tmp_path: Path) -> None:
    left = tmp_path / "backups" / ".making-killed"
    left.mkdir(parents=True)
    (left / ABOUT).write_text("{}")
    assert latest(tmp_path / "backups") is None
    Copying(here.settings).take(tmp_path / "backups")
    assert not left.exists() and latest(tmp_path / "backups")


async def test_two_at_once_are_refused(here: Installation, tmp_path: Path) -> None:
    with copying._alone(tmp_path / "backups"), pytest.raises(Failure, match="another backup is being made"):
        Copying(here.settings).take(tmp_path / "backups")


# The keys


async def test_the_keyring_is_copied_over_the_copy_before(here: Installation, tmp_path: Path) -> None:
    keys = tmp_path / "keys"
    Copying(here.settings).take_keys(keys)
    held = [path.open("rb") for path in copies(keys)]  # what a look at the disk would find
    first = keys_in(keys)
    with here.open():
        await here.conversation.forget("web", "anna")
    Copying(here.settings).take_keys(keys)
    again = keys_in(keys)
    assert [path.name for path in copies(keys)] == sorted(first.snapshot.parts), "one copy"
    for file in held:
        with file:
            assert set(file.read()) <= {0}, "the bytes of the copy before are overwritten"
    assert again.made >= first.made and again.home != first.home


#: Steps of a copy of the keys, in their order: where a kill may come.
STEPS = (
    (copying.snapshots, "take"),
    (copying, "digest_of"),
    (copying.durable, "put"),
    (Path, "replace"),
    (copying, "_overwrite_others"),
    (copying, "_overwrite"),
    (copying.shutil, "rmtree"),
)


@pytest.mark.parametrize(("where", "step"), STEPS, ids=[name for _, name in STEPS])
async def test_a_kill_leaves_a_whole_copy_and_the_next_one_nothing_of_what_it_left(
    here: Installation, tmp_path: Path, where: object, step: str
) -> None:
    keys = tmp_path / "keys"
    Copying(here.settings).take_keys(keys)
    await send(here)
    killed_at(where, step, lambda: Copying(here.settings).take_keys(keys))
    left = keys_in(keys)
    assert left.snapshot.parts
    held = [path.open("rb") for path in copies(keys)]
    Copying(here.settings).take_keys(keys)
    assert sorted(path.name for path in copies(keys)) == sorted(keys_in(keys).snapshot.parts)
    assert {path.name for path in keys.iterdir()} <= {".lock", KEYS, "keys.json", "recovery.sealed"}
    for file in held:
        with file:
            assert set(file.read()) <= {0}


async def test_a_copy_as_it_lay_at_first_counts_until_the_next_one_and_goes_then(
    here: Installation, tmp_path: Path
) -> None:
    keys = tmp_path / "keys"
    Copying(here.settings).take_keys(keys)
    for path in copies(keys):
        path.rename(keys / KEYS / path.name)
    about = json.loads((keys / KEYS_ABOUT).read_text())
    (keys / KEYS / about.pop("in")).rmdir()
    (keys / KEYS_ABOUT).write_text(json.dumps(about))
    killed_at(copying, "digest_of", lambda: Copying(here.settings).take_keys(keys))
    assert keys_in(keys).home == keys / KEYS
    Copying(here.settings).take_keys(keys)
    assert [path.parent for path in copies(keys)] == [keys_in(keys).home] * len(about["sums"])


async def test_a_copy_that_cannot_be_made_leaves_the_one_before(here: Installation, tmp_path: Path) -> None:
    keys = tmp_path / "keys"
    Copying(here.settings).take_keys(keys)
    before = keys_in(keys)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with pytest.MonkeyPatch.context() as patched, pytest.raises(OSError, match="No space"):
        patched.setattr(copying.durable, "put", full)
        Copying(here.settings).take_keys(keys)
    assert keys_in(keys) == before
    assert [path.parent for path in copies(keys)] == [before.home] * len(before.snapshot.parts)


def copies(keys: Path) -> list[Path]:
    """The files of every copy of the keyring that lies there."""
    return sorted(path for path in (keys / KEYS).rglob("*") if path.is_file())


def killed_at(where: object, step: str, does: Callable[[], object]) -> None:
    """Do something in a process of its own, which is killed when it comes to that step."""
    child = os.fork()
    if child == 0:
        setattr(where, step, lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL))
        with suppress(BaseException):
            does()
        os._exit(1)
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL, "it came there"


async def test_the_master_key_is_in_neither(here: Installation, tmp_path: Path) -> None:
    Copying(here.settings).take(tmp_path / "backups")
    Copying(here.settings).take_keys(tmp_path / "keys")
    secret = bytes.fromhex(MASTER)
    copied = [path for top in ("backups", "keys") for path in (tmp_path / top).rglob("*") if path.is_file()]
    assert len(copied) > 5
    for path in copied:
        content = path.read_bytes()
        assert MASTER.encode() not in content and secret not in content, path


async def test_a_generated_master_key_is_not_copied_either(lite: Places, tmp_path: Path) -> None:
    from pydantic import SecretStr

    here = lite.new("here", master_key=SecretStr(""))
    with here.open():
        await (await here.someone("anna")).fills()
    master = (here.settings.data / "master.key").read_text().strip()
    Copying(here.settings).take(tmp_path / "backups")
    Copying(here.settings).take_keys(tmp_path / "keys")
    for top in ("backups", "keys"):
        assert not list((tmp_path / top).rglob("master.key"))
        for path in (tmp_path / top).rglob("*"):
            assert not path.is_file() or master.encode() not in path.read_bytes()
    recovery = (here.settings.data / "recovery.key").read_bytes()
    for path in tmp_path.glob("[bk]*/**/*"):
        assert not path.is_file() or recovery.strip() not in path.read_bytes(), "codes would follow from it"
    assert recovery_in(tmp_path / "keys", here.settings) == recovery


async def test_no_word_of_anybody_can_be_read_in_it(here: Installation, tmp_path: Path) -> None:
    Copying(here.settings).take(tmp_path / "backups")
    for path in (tmp_path / "backups").rglob("*/database/*"):
        content = path.read_bytes()
        assert not [each for each in ("陆建华", "450122198409129963", "热爱焊接") if each.encode() in content]


# At the command line


def jiangjian(*words: str | Path) -> tuple[int, str]:
    done = CliRunner().invoke(app, list(map(str, words)))
    return done.exit_code, done.output + str(done.exception or "")


async def test_it_is_typed_and_told(lite: Places, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = lite.new("here")
    with here.open():
        await (await here.someone("anna")).fills()
    monkeypatch.setenv("JIANGJIAN_DATA", str(here.settings.data))
    monkeypatch.setenv("JIANGJIAN_MASTER_KEY", MASTER)
    backups, keys = tmp_path / "backups", tmp_path / "keys"

    def act() -> None:
        code, told = jiangjian("backup", backups, "--keys", keys, "--keep", "3")
        assert code == 0 and "0 files; 0 copied" in told and "keep the master key somewhere else" in told
        assert jiangjian("backup", "--keys", keys)[0] == 0, "the keys alone, as often as one likes"
        assert jiangjian("backup")[0] == 1
        code, told = jiangjian("backup", backups, "--keys", backups / "keys")
        assert code == 1 and "apart" in told
        assert jiangjian("restore", backups, "--check")[0] == 0
        monkeypatch.setenv("JIANGJIAN_DATA", str(tmp_path / "there"))
        code, told = jiangjian("restore", backups, "--keys", keys)
        assert code == 0 and "restored" in told

    await asyncio.to_thread(act)


async def test_no_database_is_told(lite: Places, tmp_path: Path) -> None:
    nothing = lite.new("nothing")
    with pytest.raises(OSError, match="there is no database"):
        Copying(nothing.settings).take(tmp_path / "backups")
    assert not every(tmp_path / "backups")


async def test_a_damaged_database_is_told_and_not_kept(lite: Places, tmp_path: Path) -> None:
    here = lite.new("here")
    with here.open():
        for number in range(30):
            await (await here.someone(f"someone{number}")).begins()
    path = here.settings.data / "jiangjian.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    size = path.stat().st_size
    with path.open("r+b") as file:
        for page in range(20, size // 4096, 3):
            file.seek(page * 4096)
            file.write(os.urandom(2048))
    with pytest.raises(Failure, match="damaged"):
        Copying(here.settings).take(tmp_path / "backups")
    assert not every(tmp_path / "backups")


def test_an_inventory_of_tomorrow_is_told(tmp_path: Path) -> None:
    (tmp_path / ABOUT).write_text(json.dumps({"format": 2}))
    (tmp_path / SUMS).write_text("")
    with pytest.raises(Failure, match="another version"):
        Inventory.read(tmp_path)
