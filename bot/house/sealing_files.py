"""Files of a version that did not seal are sealed once, one by one, while people talk.

Which are left is seen from the files themselves, so that whatever ends it in between loses nothing: each is written anew
beside and takes the place of the old one whole. What a row's digest does not fit is left as it lies, and told. Once none
is left that is noted in the keyring, and from then on nothing that is not sealed is read.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from functools import partial

import structlog

from bot.house.archive import Archive
from bot.house.kept_prints import Prints
from storage import exports, uploads
from storage.files import FileStore, NoRoom

log = structlog.get_logger(__name__)


class SealingFiles:
    """Goes over all files; several processes may do it at the same time."""

    def __init__(self, archive: Archive, files: FileStore, prints: Prints) -> None:
        self._archive = archive
        self._files = files
        self._exports = files.beside("exports")
        self._prints = prints

    async def go_through(self) -> int:
        """Seal all that lies there unsealed; how many are left that could not be: 0 once everything is sealed."""
        if await asyncio.to_thread(lambda: self._files.sealed):
            return 0
        await asyncio.to_thread(self._prints.drop_unsealed)
        sealed = left = 0
        ready = await self._archive.read(exports.ready)
        for each in ready:
            done = await self._seal(self._exports, each.file, each.id, each.digest)
            sealed, left = sealed + (done is True), left + (done is None)
        lying = self._files.lying()
        while (entry := await asyncio.to_thread(next, lying, None)) is not None:
            prefix, here = entry
            rows: Mapping[str, str] = await self._archive.read(partial(uploads.digests, prefix=prefix))
            for file in sorted(here & rows.keys()):
                done = await self._seal(self._files, file, file, rows[file])
                sealed, left = sealed + (done is True), left + (done is None)
        if sealed or left:
            log.warning("files.sealed", files=sealed, left=left)
        if not left:
            await asyncio.to_thread(self._files.note_sealed)
        return left

    async def _seal(self, store: FileStore, file: str, owner: str, digest: str) -> bool | None:
        """Whether a file was sealed now; None where it could not be."""
        try:
            return await asyncio.to_thread(store.seal, file, owner, digest)
        except FileNotFoundError:  # deleted meanwhile
            return False
        except (OSError, NoRoom) as error:
            log.error("files.not_sealed", file=file, error=type(error).__name__)
            return None
