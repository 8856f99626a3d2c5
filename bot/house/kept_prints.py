"""Documents of cases at offices as they were printed, kept on the disk: most packets are taken along more than once.

A print lies under its case and under what it depends on, so that another answer is another print, and is sealed with the
key of its case. It goes with its case, and when nobody has used it for a while. Losing all of them costs time and nothing
else.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

from storage.chunks import is_sealed
from storage.files import FileStore
from storage.places import OnDisk

_CASE = re.compile(r"[0-9a-f]{32}")
_END = b"%%EOF"
#: Seconds that a print lies unused.
_UNUSED = 14 * 24 * 3600.0


class Prints:
    """Prints under a directory; `store` tells whether its disk has room. Its methods wait for the disk."""

    def __init__(self, root: Path, store: FileStore) -> None:
        self._root = root
        self._store = store

    def find(self, case: str, key: str, now: float) -> tuple[bytes, int] | None:
        """A print and its number of pages; None where there is none. It counts as used at `now`."""
        for path in self._home(case).glob(f"{key}.*"):
            with suppress(OSError, ValueError):
                pages = int(path.suffix[1:])
                with self._store.unsealed(OnDisk(path), case, _first(case, path.name)) as stream:
                    content = stream.read()
                if content.rstrip().endswith(
                    _END
                ):  # a disk that lost its power may have lost what was written last
                    os.utime(path, (now, now))
                    return content, pages
        return None

    def keep(self, case: str, key: str, content: bytes, pages: int, now: float) -> None:
        """Keep a print where the disk has room: whole or not at all."""
        with suppress(OSError, LookupError):
            if self._store.free < len(content):
                return
            home, name = self._home(case), f"{key}.{pages}"
            sealing = self._store.sealing(case, _first(case, name))
            home.mkdir(parents=True, exist_ok=True, mode=0o700)
            part = home / f".{key}.{secrets.token_hex(4)}"
            part.touch(mode=0o600)
            part.write_bytes(sealing.head + sealing.seal(content) + sealing.finish() if sealing else content)
            os.utime(part, (now, now))
            part.rename(home / name)

    def cases(self) -> Iterator[str]:
        """The cases of which there are prints."""
        with suppress(FileNotFoundError):
            for each in self._root.iterdir():
                if _CASE.fullmatch(each.name):
                    yield each.name

    def drop(self, case: str) -> None:
        """Forget all prints of a case."""
        shutil.rmtree(self._home(case), ignore_errors=True)

    def drop_before(self, case: str, moment: float) -> None:
        """Forget the prints of a case that were last used before a moment."""
        with suppress(FileNotFoundError):
            for path in self._home(case).iterdir():
                with suppress(OSError):
                    if path.stat().st_mtime < moment:
                        path.unlink()

    def prune(self, now: float) -> None:
        """Forget what nobody has used for a while."""
        for case in self.cases():
            home = self._home(case)
            for path in home.iterdir():
                with suppress(OSError):
                    if now - path.stat().st_mtime >= _UNUSED:
                        path.unlink()
            with suppress(OSError):
                home.rmdir()  # where it is empty

    def drop_unsealed(self) -> None:
        """Forget prints of a version that did not seal them."""
        for path in self._root.glob("*/*"):
            with suppress(OSError), closing(OnDisk(path).ranged()) as lying:
                if not is_sealed(lying):
                    path.unlink()

    def _home(self, case: str) -> Path:
        if not _CASE.fullmatch(case):
            raise LookupError(case)
        return self._root / case


def _first(case: str, name: str) -> str:
    """A print's id, as sealed files have one."""
    return hashlib.sha256(f"print {case} {name}".encode()).hexdigest()[:32]
