"""A copy of everything that is kept of a person: what they said as JSON, their files as they came, in ZIPs."""

from __future__ import annotations

import asyncio
import io
import json
import re
import zipfile
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

from bot.house.archive import Archive
from dialogs.keeping import raw
from forms.attachment import Attachment
from storage import interviews
from storage.belongings import Belongings, belongings
from storage.files import FileStore
from storage.unit import Unit

_UNFIT = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')
#: Bytes of a name: every file system takes so many, and Windows has room for a path before them.
_LONGEST = 150
_LONGEST_ENDING = 16
#: What a ZIP adds to each file, generously: names twice, headers.
_OVERHEAD = 1024


@dataclass(frozen=True)
class Copy:
    """One ZIP. `left_out` are the names of files that no ZIP of the size allowed can hold."""

    filename: str
    content: bytes
    left_out: tuple[str, ...] = ()


class Copies:
    """Makes copies; the database's transaction is over before the first file is read."""

    def __init__(self, archive: Archive, files: FileStore) -> None:
        self._archive = archive
        self._files = files

    async def of(self, channel: str, address: str, most: int) -> AsyncIterator[Copy]:
        """The ZIPs, each of at most `most` bytes, the first with “everything.json”; none for a stranger."""

        def read(unit: Unit) -> Belongings | None:
            speaker = interviews.speaker(unit, channel, address)
            return belongings(unit, speaker.person) if speaker else None

        found = await self._archive.run(read)
        if found is None:
            return
        told = _told(found)
        parts, left_out = _parts(found.files, most, len(told))
        for number, part in enumerate(parts, 1):
            content = await asyncio.to_thread(self._packed, part, told if number == 1 else None)
            name = f"我的全部内容-{number}.zip" if len(parts) > 1 else "我的全部内容.zip"
            yield Copy(name, content, left_out if number == len(parts) else ())

    def _packed(self, files: tuple[Attachment, ...], told: bytes | None) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
            if told is not None:
                archive.writestr("everything.json", told)
            for attachment in files:
                path = self._files.path(attachment.file)
                if path.is_file():  # deleted meanwhile, at another door
                    archive.write(path, f"files/{_name(attachment)}")
        return out.getvalue()


def _told(found: Belongings) -> bytes:
    told: dict[str, Any] = {
        "doors": found.doors,
        "interviews": [{**each, "state": raw(each["state"])} for each in found.interviews],
        "events": found.events,
        "files": [attachment.model_dump(exclude_none=True) for attachment in found.files],
    }
    return json.dumps(told, ensure_ascii=False, indent=2).encode()


def _parts(
    files: tuple[Attachment, ...], most: int, first: int
) -> tuple[list[tuple[Attachment, ...]], tuple[str, ...]]:
    """The files shared out, in order, and the names of those that are too large."""
    parts: list[list[Attachment]] = [[]]
    left_out = []
    room = most - first - _OVERHEAD
    for attachment in files:
        size = attachment.size + _OVERHEAD
        if size > most - _OVERHEAD:
            left_out.append(attachment.name)
            continue
        if size > room:
            parts.append([])
            room = most - _OVERHEAD
        parts[-1].append(attachment)
        room -= size
    return [tuple(part) for part in parts], tuple(left_out)


def _name(attachment: Attachment) -> str:
    """A name that every system can write: what makes it unique first, then the sender's own, cut before its ending."""
    fit = _UNFIT.sub("_", attachment.name).strip(" .") or "file"
    unique = attachment.file[:12]
    stem, dot, ending = fit.rpartition(".")
    if not dot or len(ending.encode()) > _LONGEST_ENDING:
        stem, dot, ending = fit, "", ""
    room = _LONGEST - len(f"{unique}-.{ending}".encode())
    cut = stem.encode()[:room].decode("utf-8", "ignore").rstrip(" .")
    return f"{unique}-{cut}{dot}{ending}"
