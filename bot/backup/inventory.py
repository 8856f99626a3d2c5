"""What lies in a backup: a directory named by its moment, with what `sha256sum -c` can prove.

`backup.json` tells what it is, `SHA256SUMS` has every other file in it. It is whole or not there: it is made under another
name and renamed when the disk has all of it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bot.house.failure import Failure
from storage.snapshots import Snapshot

ABOUT, SUMS, FILES, DATABASE = "backup.json", "SHA256SUMS", "files", "database"
FORMAT = 1
_BLOCK = 1 << 20


@dataclass(frozen=True)
class Inventory:
    """A backup: when the database was as it is there (ISO, UTC), and what of its files were gone when they were copied."""

    home: Path
    made: str
    snapshot: Snapshot
    gone: tuple[str, ...]
    sums: Mapping[str, str]

    @property
    def database(self) -> Path:
        """Where the parts of the database lie."""
        return self.home / DATABASE

    @property
    def files(self) -> tuple[str, ...]:
        """The files that lie in it, as they lie below the directory of files."""
        start = f"{FILES}/"
        return tuple(name.removeprefix(start) for name in self.sums if name.startswith(start))

    @property
    def told(self) -> str:
        """It in one line."""
        gone = f", {len(self.gone)} were deleted meanwhile" if self.gone else ""
        return f"{self.home}: database of {self.made}, {len(self.files)} files{gone}"

    def write(self) -> None:
        """Write down what lies in `home`."""
        about = {"format": FORMAT, "made": self.made, "gone": self.gone}
        snapshot = asdict(self.snapshot)
        del snapshot["files"]  # they stand among the sums
        content = json.dumps({**about, "database": snapshot}, indent=1).encode() + b"\n"
        (self.home / ABOUT).write_bytes(content)
        sums = {**self.sums, ABOUT: hashlib.sha256(content).hexdigest()}
        (self.home / SUMS).write_text("".join(f"{sums[name]}  {name}\n" for name in sorted(sums)), "utf-8")

    @classmethod
    def read(cls, home: Path) -> Inventory:
        """The inventory of a backup. Raises `Failure` where it cannot be read."""
        try:
            about: dict[str, Any] = json.loads((home / ABOUT).read_text("utf-8"))
            lines = (home / SUMS).read_text("utf-8").splitlines()
            if about["format"] != FORMAT:
                raise Failure(f"{home}: this backup was made by another version (format {about['format']})")
            database = about["database"]
            snapshot = Snapshot(database["revision"], tuple(database["parts"]), (), database["token"])
            sums = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise Failure(f"{home}: this is no whole backup ({type(error).__name__})") from error
        return cls(home, about["made"], snapshot, tuple(about["gone"]), sums)

    def broken(self) -> Iterator[str]:
        """The names of what is missing or is not what was copied."""
        for name, digest in sorted(self.sums.items()):
            path = self.home / name
            if ".." in Path(name).parts or not path.is_file() or digest_of(path) != digest:
                yield name


def digest_of(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def latest(directory: Path) -> Inventory | None:
    """The last backup in a directory; None where there is none that is whole."""
    for home in reversed(every(directory)):
        try:
            return Inventory.read(home)
        except Failure:
            continue
    return None


def every(directory: Path) -> list[Path]:
    """All backups in a directory, the first one first."""
    return sorted(path.parent for path in directory.glob(f"[0-9]*/{ABOUT}"))
