"""Filling an empty installation from a backup: everything is proven first, and the database comes last.

Until it is done a mark lies in the data directory; where it does, what a restore that was ended half way has left is
written over. What was deleted since the backup has no key any more and goes before anybody is let in.
"""

from __future__ import annotations

import asyncio
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import SQLAlchemyError

from bot.backup.copying import RECOVERY, Keys, found_at, keys_in, recovery_in
from bot.backup.inventory import ABOUT, FILES, Inventory, latest
from bot.house import wiring
from bot.house.failure import Failure
from bot.house.masters import masters
from bot.house.settings import Settings
from storage import keyless, snapshots, uploads
from storage.chunks import MARK
from storage.database import Database
from storage.durable import put
from storage.files import ALL_SEALED
from storage.keyring import Keyring, Unusable
from storage.migrations import empty
from storage.places import NoRoom, Place
from storage.sealing_rows import opens
from storage.snapshots import Unfit

_MARK = ".restoring"
_BLOCK = 1 << 20
_TOLD = 5


def verified(taken: Path) -> Inventory:
    """A backup, or the last one in a directory, of which every file is what was copied. Raises `Failure`."""
    backup = Inventory.read(taken) if (taken / ABOUT).exists() else latest(taken)
    if backup is None:
        raise Failure(f"{taken}: there is no whole backup here")
    broken = list(backup.broken())
    if broken:
        named = ", ".join(broken[:_TOLD]) + (", …" if len(broken) > _TOLD else "")
        raise Failure(f"{backup.home}: {len(broken)} files are missing or are not what was copied: {named}")
    return backup


class Restoring:
    """Restores one installation. `keys` is the copy of the keyring; None: the one that stands is used."""

    def __init__(self, settings: Settings, taken: Path, keys: Path | None, older_keys: bool) -> None:
        self._settings = settings
        self._taken = taken
        self._keys = keys
        self._older_keys = older_keys
        self._mark = settings.data / _MARK
        self._files = settings.data / FILES

    def restore(self) -> tuple[str, ...]:
        """Do it; tells what was done, in lines. Raises `Failure` before anything is written, or where it was cut off."""
        backup = verified(self._taken)
        copy = self._fitting_keys(backup)
        self._sees_that_it_is_empty(copy is not None)
        self._settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._mark.touch()
        try:
            if copy is not None:
                self._fill_keys(copy)
            self._try_keys(backup)
            self._put_recovery()
            sealed = self._fill_files(backup)
            snapshots.fill(self._settings.database_url, backup.database, backup.snapshot)
        except Unfit as error:
            raise Failure(str(error)) from error
        except NoRoom as error:
            raise Failure("there is no room for the files: see JIANGJIAN_DISK_FLOOR") from error
        except SQLAlchemyError as error:
            raise Failure(f"the database cannot be filled: {type(error).__name__}") from error
        with wiring.database(self._settings) as kept:
            if not sealed:  # they are read until the service has sealed them
                kept.keyring.settle({}, (ALL_SEALED,))
            dropped = asyncio.run(self._drop(kept, backup))
        self._mark.unlink()
        return (backup.told, *dropped, "restored; `jiangjian doctor` looks at all of it")

    def _fitting_keys(self, backup: Inventory) -> Keys | None:
        if self._keys is None:
            if backup.snapshot.token and empty(self._settings.keys_url):
                raise Failure(
                    "what people said is sealed in this backup, and there is no keyring: name the directory of its copy "
                    "with --keys, and give the master key (JIANGJIAN_MASTER_KEY or JIANGJIAN_MASTER_KEY_FILE)"
                )
            return None
        copy = keys_in(self._keys)
        if copy.made < backup.made and not self._older_keys:
            raise Failure(
                f"the keys are of {copy.made} and the database of {backup.made}: what was said in between could not be read and "
                "would be dropped; take the current copy, or say --older-keys"
            )
        return copy

    def _recovery(self) -> bytes | None:
        """The key of the recovery codes that is to be put back; None where there is none, or it was set."""
        if self._keys is None or self._settings.recovery_key.get_secret_value():
            return None
        return recovery_in(self._keys, self._settings)

    def _put_recovery(self) -> None:
        kept, here = self._recovery(), self._settings.data / RECOVERY
        if kept is not None:
            put(here, kept)

    def _sees_that_it_is_empty(self, keys: bool) -> None:
        if self._mark.exists():
            return
        stands = [
            *([] if empty(self._settings.database_url) else ["the database"]),
            *(["files"] if self._has_files() else []),
            *(["the keyring"] if keys and not empty(self._settings.keys_url) else []),
        ]
        here = self._settings.data / RECOVERY
        if here.exists() and self._recovery() not in (None, here.read_bytes()):
            raise Failure(f"{here}: there is another key of recovery codes; move it aside")
        if stands:
            raise Failure(
                f"{' and '.join(stands)} of {self._settings.data} are not empty: a backup is restored into nothing; move "
                "aside what stands there, or set JIANGJIAN_DATA and JIANGJIAN_DATABASE to a new place"
            )

    def _has_files(self) -> bool:
        if self._settings.files:
            return any(files for _, files in wiring.place(self._settings).lying())
        return any(path.is_file() for path in self._files.rglob("*"))

    def _fill_keys(self, copy: Keys) -> None:
        """Put the keyring where it belongs."""
        url = self._settings.keys_url
        if make_url(url).get_backend_name() != "sqlite":
            Keyring(url, masters(self._settings)).close()  # which makes its table
        snapshots.fill(url, copy.home, copy.snapshot)

    def _try_keys(self, backup: Inventory) -> None:
        """See that what was sealed in the backup opens, before anything of it is written."""
        if not backup.snapshot.token:
            return
        with wiring.keyring(self._settings) as keyring:
            try:
                opens(keyring, backup.snapshot.token)
            except Unusable as error:
                raise Failure(
                    "the keyring is not the one of this backup: nothing in it could be read"
                ) from error

    def _fill_files(self, backup: Inventory) -> bool:
        """Put every file where it belongs, as it lay there; whether all of them are sealed."""
        place, sealed = wiring.place(self._settings), True
        for name in backup.files:
            sealed &= self._copy(backup.home / FILES / name, found_at(place, name))
        return sealed

    @staticmethod
    def _copy(source: Path, place: Place) -> bool:
        place.drop(source.name)  # what a restore has left that was ended half way
        with source.open("rb") as file, closing(place.arriving(source.name)) as arriving:
            sealed = file.read(len(MARK)) == MARK
            file.seek(0)
            size = source.stat().st_size
            arriving.claim(size)
            while block := file.read(_BLOCK):
                arriving.write(block)
            arriving.finish(size)
            arriving.settle()
        return sealed

    async def _drop(self, kept: Database, backup: Inventory) -> tuple[str, ...]:
        """Let go what was deleted since: rows without a key, and rows of files whose bytes were gone."""
        now = datetime.now(UTC)
        gone = await kept.read(keyless.found)
        lines = []
        if gone.rows:
            files = await kept.run(lambda unit: keyless.let_go(unit, gone, now))
            place = wiring.place(self._settings)
            for each in files:
                place.drop(each)
            lines.append(
                f"dropped, since they were deleted after the backup: {len(gone.interviews)} conversations, "
                f"{len(gone.files)} files, {len(gone.cases)} cases at offices"
            )
        if backup.gone:
            ids = tuple(name.rpartition("/")[2] for name in backup.gone)
            await kept.run(lambda unit: uploads.lost(unit, ids))
            lines.append(f"{len(ids)} files were deleted while the backup was made: what names them says so")
        return tuple(lines)
