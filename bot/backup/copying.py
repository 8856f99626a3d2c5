"""Making a backup while people talk: the database first, in one moment, then every file that it names.

Files are never changed in place, so a file that is there is the one that was meant. One that was deleted since the
database was copied is told as gone: its row goes at the restore. What the backup before has already is not copied again:
both have it (a hard link).
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Collection, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from bot.backup.inventory import DATABASE, FILES, Inventory, digest_of, every, latest
from bot.house import wiring
from bot.house.failure import Failure
from bot.house.masters import masters
from bot.house.settings import Settings
from storage import durable, snapshots
from storage.keyring import Unusable
from storage.places import Place
from storage.snapshots import Snapshot, Unfit

_BLOCK = 1 << 20
#: Seconds by which the same moment may differ in two file systems.
_SAME = 0.001
#: How the directory of a backup is named that is not made yet.
_MAKING = ".making-"
KEYS_ABOUT, KEYS, RECOVERY = "keys.json", "keys", "recovery.key"
RECOVERY_SEALED = "recovery.sealed"


class Copying:
    """Makes backups of an installation."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def take(self, into: Path, keep: int = 0) -> tuple[str, ...]:
        """Make a backup below a directory, and remove all but the last `keep` (0: none); tells what was done, in lines.

        Raises `Failure` where it cannot be made; nothing is left of it then.
        """
        with _told(), _alone(into):
            for left in into.glob(f"{_MAKING}*"):
                shutil.rmtree(left)
            before = latest(into)
            making = Path(tempfile.mkdtemp(prefix=_MAKING, dir=into))
            try:
                made, copied = self._copied(making, before)
                os.sync()
                home = making.rename(into / _named(made, into))
            except BaseException:
                shutil.rmtree(making, ignore_errors=True)
                raise
            os.sync()
            taken = Inventory.read(home)
            lines = [f"{taken.told}; {copied} copied, {len(taken.files) - copied} as in the backup before"]
            if missing := self._missing(taken):
                lines.append(f"warning: {missing} files stand in the database and lie nowhere")
            for old in every(into)[:-keep] if keep else ():
                shutil.rmtree(old)
                lines.append(f"{old}: removed")
            return tuple(lines)

    def _copied(self, making: Path, before: Inventory | None) -> tuple[str, int]:
        (making / DATABASE).mkdir()
        made = datetime.now(UTC).isoformat(timespec="seconds")
        snapshot = snapshots.take(self._settings.database_url, making / DATABASE)
        sums = {f"{DATABASE}/{name}": digest_of(making / DATABASE / name) for name in snapshot.parts}
        gone, copied = [], 0
        place = wiring.place(self._settings)
        for name in snapshot.files:
            target, listed = making / FILES / name, f"{FILES}/{name}"
            target.parent.mkdir(parents=True, exist_ok=True)
            try:
                written = found_at(place, name).touched(Path(name).name)
                digest = _linked(target, listed, written, before)
                if digest is None:
                    digest = _copy(found_at(place, name), target, written)
                    copied += 1
            except FileNotFoundError:
                gone.append(name)
            else:
                sums[listed] = digest
        Inventory(making, made, snapshot, tuple(gone), sums).write()
        return made, copied

    def _missing(self, taken: Inventory) -> int:
        """How many of the files that were gone are still named: those were not deleted, but lost."""
        if not taken.gone:
            return 0
        return len(set(taken.gone) & set(snapshots.now(self._settings.database_url).files))

    def take_keys(self, into: Path) -> str:
        """Copy the keyring in the place of the copy before, and the key of the recovery codes, sealed, where it is a file.

        The copy before is whole until this one is: `keys.json` says which one counts. Then its bytes are overwritten.
        The master key is never copied: whoever has these and a backup can read nothing without it.
        """
        with _told(), _alone(into):
            try:
                self._take_recovery(into)
            finally:  # without the master key the keys alone, and it is told
                made = self._take_keyring(into)
            return f"{into}: the keyring of {made}, over the copy before; keep the master key somewhere else"

    def _take_keyring(self, into: Path) -> str:
        made = datetime.now(UTC).isoformat(timespec="seconds")
        (into / KEYS).mkdir(exist_ok=True, mode=0o700)
        try:
            making = Path(tempfile.mkdtemp(dir=into / KEYS))
            snapshot = snapshots.take(self._settings.keys_url, making)
            sums = {name: digest_of(making / name) for name in snapshot.parts}
            about = {"made": made, "in": making.name, "sums": sums}
            os.sync()
            durable.put(into / KEYS_ABOUT, json.dumps(about, indent=1).encode() + b"\n")
        finally:
            _overwrite_others(into)
        return made

    def _take_recovery(self, into: Path) -> None:
        """The key of the recovery codes, wrapped by the master key: with a backup, codes would follow from it."""
        recovery = self._settings.data / RECOVERY
        if not recovery.exists() or self._settings.recovery_key.get_secret_value():
            return
        master = masters(self._settings)()[0]
        wrapped = f"{master.id} {master.wrap(RECOVERY, recovery.read_bytes())}\n"
        durable.put(into / RECOVERY_SEALED, wrapped.encode())


def recovery_in(directory: Path, settings: Settings) -> bytes | None:
    """The key of the recovery codes in a copy of the keys; None where none was taken. Raises `Failure`."""
    path = directory / RECOVERY_SEALED
    if not path.exists():
        return None
    identifier, _, wrapped = path.read_text("ascii").strip().partition(" ")
    given = {each.id: each for each in masters(settings)()}
    try:
        return given[identifier].unwrap(RECOVERY, wrapped)
    except (KeyError, Unusable) as error:
        raise Failure(f"{path}: it was wrapped by master key {identifier}, which is not given") from error


@dataclass(frozen=True)
class Keys:
    """A copy of a keyring: its moment (ISO, UTC), where it lies, and what."""

    made: str
    home: Path
    snapshot: Snapshot


def keys_in(directory: Path) -> Keys:
    """The copy of a keyring that counts. Raises `Failure` where it is not whole."""
    try:
        about = json.loads((directory / KEYS_ABOUT).read_text("utf-8"))
        home = directory / KEYS / about.get("in", "")  # at first there was one directory for all copies
        for name, digest in about["sums"].items():
            if digest_of(home / name) != digest:
                raise Failure(f"{home / name}: this is not what was copied")
        return Keys(about["made"], home, Snapshot("", tuple(about["sums"])))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise Failure(
            f"{directory}: there is no whole copy of the keyring ({type(error).__name__})"
        ) from error


def found_at(place: Place, name: str) -> Place:
    """Where a file lies that a backup calls `ab/…` or, of another sort, `sort/ab/…`."""
    sort = Path(name).parts[:-2]
    return place.beside(*sort) if sort else place


def _linked(target: Path, listed: str, written: float | None, before: Inventory | None) -> str | None:
    """The digest of a file that the backup before has as well, which is linked; None where it has to be copied.

    It is the same where it was last written at the same moment: nothing is changed in place but to be sealed.
    """
    if before is None or listed not in before.sums or written is None:
        return None
    try:
        if abs((before.home / listed).stat().st_mtime - written) > _SAME:
            return None
        os.link(before.home / listed, target)
    except OSError:  # a file system that has no links, or the backup before has lost it
        return None
    return before.sums[listed]


def _copy(place: Place, target: Path, written: float | None) -> str:
    """Copy a file as it lies there, with its time; gives its SHA-256. Raises FileNotFoundError."""
    digest, at = hashlib.sha256(), 0
    with closing(place.whereabouts(target.name).ranged()) as lying, durable.created(target) as file:
        while block := lying.read_at(at, _BLOCK):
            digest.update(block)
            file.write(block)
            at += len(block)
    if written is not None:
        os.utime(target, (written, written))
    return digest.hexdigest()


def _overwrite_others(into: Path) -> None:
    """Remove all copies of the keyring but the one that counts, also those that a kill left half way.

    Their bytes are overwritten first: a key that is gone is gone there, too. On disks that write elsewhere than where it
    was (SSDs, snapshots) that is no more than a deletion.
    """
    drafts = [*into.glob(f"{_MAKING}*"), *into.glob(f".{KEYS_ABOUT}.*"), *into.glob(f".{RECOVERY_SEALED}*")]
    counts = _counting(into)
    for left in (*drafts, *(each for each in (into / KEYS).iterdir() if each.name not in counts)):
        for path in (left, *left.rglob("*")):
            if path.is_file():
                _overwrite(path)
        if left.is_dir():
            shutil.rmtree(left)
        else:
            left.unlink()


def _counting(into: Path) -> Collection[str]:
    """What in `keys` belongs to the copy that counts."""
    try:
        about = json.loads((into / KEYS_ABOUT).read_text("utf-8"))
        return (about["in"],) if "in" in about else about["sums"].keys()
    except FileNotFoundError:
        return ()
    except (ValueError, KeyError, TypeError, AttributeError):  # nobody can tell: all of it stays
        return [each.name for each in (into / KEYS).iterdir()]


def _overwrite(path: Path) -> None:
    with path.open("r+b") as file:
        size = path.stat().st_size
        for start in range(0, size, _BLOCK):
            file.write(bytes(min(_BLOCK, size - start)))
        file.flush()
        os.fsync(file.fileno())


def _named(made: str, into: Path) -> str:
    """The name of a backup by its moment; of two within a second the later one is marked."""
    name = made[:19].replace("-", "").replace(":", "").replace("T", "-")
    while (into / name).exists():
        name += "x"
    return name


@contextmanager
def _alone(into: Path) -> Iterator[None]:
    """One backup at a time in a directory, which only its owner may read."""
    into.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (into / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Failure(f"{into}: another backup is being made there") from error
        yield


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except Unfit as error:
        raise Failure(str(error)) from error
    except (SQLAlchemyError, sqlite3.Error) as error:
        raise Failure(f"the database cannot be copied: {str(error).split(chr(10), 1)[0]}") from error
