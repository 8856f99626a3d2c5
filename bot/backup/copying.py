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
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from sqlalchemy.exc import SQLAlchemyError

from bot.backup.inventory import DATABASE, FILES, Inventory, digest_of, every, latest
from bot.house import wiring
from bot.house.failure import Failure
from bot.house.masters import masters
from bot.house.settings import Settings
from storage import snapshots
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
            target, told = making / FILES / name, f"{FILES}/{name}"
            target.parent.mkdir(parents=True, exist_ok=True)
            try:
                written = found_at(place, name).touched(Path(name).name)
                digest = _linked(target, told, written, before)
                if digest is None:
                    digest = _copy(found_at(place, name), target, written)
                    copied += 1
            except FileNotFoundError:
                gone.append(name)
            else:
                sums[told] = digest
        Inventory(making, made, snapshot, tuple(gone), sums).write()
        return made, copied

    def _missing(self, taken: Inventory) -> int:
        """How many of the files that were gone are still named: those were not deleted, but lost."""
        if not taken.gone:
            return 0
        return len(set(taken.gone) & set(snapshots.now(self._settings.database_url).files))

    def take_keys(self, into: Path) -> str:
        """Copy the keyring over the copy before, and the key of the recovery codes, sealed, where it is a file.

        The master key is never copied: whoever has these and a backup can read nothing without it.
        """
        with _told(), _alone(into):
            made = datetime.now(UTC).isoformat(timespec="seconds")
            with tempfile.TemporaryDirectory(dir=into, prefix=_MAKING) as making:
                snapshot = snapshots.take(self._settings.keys_url, Path(making))
                (into / KEYS).mkdir(exist_ok=True, mode=0o700)
                for old in set(os.listdir(into / KEYS)) - set(snapshot.parts):  # noqa: PTH208 - names are enough
                    _overwrite(into / KEYS / old)
                for name in snapshot.parts:
                    _over(into / KEYS / name, Path(making) / name)
                sums = {name: digest_of(into / KEYS / name) for name in snapshot.parts}
                about = Path(making) / KEYS_ABOUT
                about.write_text(json.dumps({"made": made, "sums": sums}, indent=1) + "\n")
                _over(into / KEYS_ABOUT, about)
            self._take_recovery(into)
            os.sync()
            return f"{into}: the keyring of {made}, over the copy before; keep the master key somewhere else"

    def _take_recovery(self, into: Path) -> None:
        """The key of the recovery codes, wrapped by the master key: with a backup, codes would follow from it."""
        recovery = self._settings.data / RECOVERY
        if not recovery.exists() or self._settings.recovery_key.get_secret_value():
            return
        master = masters(self._settings)()[0]
        draft = into / f".{RECOVERY_SEALED}"
        draft.unlink(missing_ok=True)
        draft.touch(mode=0o600)
        draft.write_text(f"{master.id} {master.wrap(RECOVERY, recovery.read_bytes())}\n")
        _over(into / RECOVERY_SEALED, draft)


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


def keys_in(directory: Path) -> tuple[str, Snapshot]:
    """A copy of a keyring: its moment, and what lies in `keys`. Raises `Failure` where it is not whole."""
    try:
        about = json.loads((directory / KEYS_ABOUT).read_text("utf-8"))
        for name, digest in about["sums"].items():
            if digest_of(directory / KEYS / name) != digest:
                raise Failure(f"{directory / KEYS / name}: this is not what was copied")
        return about["made"], Snapshot("", tuple(about["sums"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise Failure(
            f"{directory}: there is no whole copy of the keyring ({type(error).__name__})"
        ) from error


def found_at(place: Place, name: str) -> Place:
    """Where a file lies that a backup calls `ab/…` or, of another sort, `sort/ab/…`."""
    sort = Path(name).parts[:-2]
    return place.beside(*sort) if sort else place


def _linked(target: Path, told: str, written: float | None, before: Inventory | None) -> str | None:
    """The digest of a file that the backup before has as well, which is linked; None where it has to be copied.

    It is the same where it was last written at the same moment: nothing is changed in place but to be sealed.
    """
    if before is None or told not in before.sums or written is None:
        return None
    try:
        if abs((before.home / told).stat().st_mtime - written) > _SAME:
            return None
        os.link(before.home / told, target)
    except OSError:  # a file system that has no links, or the backup before has lost it
        return None
    return before.sums[told]


def _copy(place: Place, target: Path, written: float | None) -> str:
    """Copy a file as it lies there, with its time; gives its SHA-256. Raises FileNotFoundError."""
    digest, at = hashlib.sha256(), 0
    with closing(place.whereabouts(target.name).ranged()) as lying, _new(target) as file:
        while block := lying.read_at(at, _BLOCK):
            digest.update(block)
            file.write(block)
            at += len(block)
    if written is not None:
        os.utime(target, (written, written))
    return digest.hexdigest()


def _new(path: Path) -> BinaryIO:
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _over(path: Path, new: Path) -> None:
    """Put a file in the place of an older one, whose bytes are then overwritten: a key that is gone is gone there, too.

    On disks that write elsewhere than where it was (SSDs, snapshots) that is no more than a deletion.
    """
    old = path.open("r+b") if path.exists() else None
    new.replace(path)
    if old:
        with old:
            _blank(old.fileno())


def _overwrite(path: Path) -> None:
    with path.open("r+b") as file:
        _blank(file.fileno())
    path.unlink()


def _blank(descriptor: int) -> None:
    left = os.fstat(descriptor).st_size
    while left > 0:
        left -= os.write(descriptor, bytes(min(left, _BLOCK)))
    os.fsync(descriptor)


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
