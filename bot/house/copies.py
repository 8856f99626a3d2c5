"""A copy of everything that is kept of a person: what they said as JSON, their files as they came, in ZIPs.

A ZIP is written while it is handed over: however much a person keeps, a piece of it is in memory.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from zipstream import ZipStream

from bot.house.archive import Archive
from bot.house.consenting import agreed, looked
from bot.house.desk.letterbox import seen
from bot.house.devices import speaking
from bot.house.own_cases import own_cases
from dialogs.interview import Interview
from dialogs.keeping import raw
from dialogs.register import PAGES
from dialogs.scene import Held, Scene
from storage import erasures, offices
from storage.belongings import Belongings, Stored, belongings, count
from storage.files import FileStore, Kept
from storage.interviews import Speaker
from storage.unit import Unit

_UNFIT = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')
#: Bytes of a name: every file system takes so many, and Windows has room for a path before them.
_LONGEST = 150
_LONGEST_ENDING = 16
#: What a ZIP adds to each file, generously: names twice, headers.
_OVERHEAD = 1024
#: Bytes gathered before they are handed on: one hop to a thread for each.
_PIECE = 256 * 1024


@dataclass(frozen=True)
class Copy:
    """One ZIP of `size` bytes. `left_out` are the names of files that no ZIP of the size allowed can hold.

    `pieces` gives its bytes, from the beginning at every call; whoever iterates meets RuntimeError or OSError where a
    file is deleted meanwhile, at another door.
    """

    filename: str
    size: int
    pieces: Callable[[], AsyncIterator[bytes]]
    left_out: tuple[str, ...] = ()


class Copies:
    """Makes copies; the database's transaction is over before the first file is read."""

    def __init__(self, archive: Archive, files: FileStore, clock: Callable[[], datetime]) -> None:
        self._archive = archive
        self._files = files
        self._clock = clock

    async def of(self, channel: str, address: str, most: int) -> AsyncIterator[Copy]:
        """The ZIPs, each of at most `most` bytes, the first with “everything.json”; none for a stranger."""

        def read(unit: Unit) -> tuple[Belongings, tuple[dict[str, Any], ...]] | None:
            now = self._clock()
            speaker = speaking(unit, channel, address, now)
            if speaker is None:
                return None
            return belongings(unit, speaker.person), own_cases(unit, self._archive, speaker.person, now)

        everything = await self._archive.read(read)
        if everything is None:
            return
        kept, cases = everything
        statement = await asyncio.to_thread(_told, kept, cases)
        parts, left_out = _parts(await asyncio.to_thread(self._lying, kept.files), most, len(statement))
        for number, part in enumerate(parts, 1):
            name = f"我的全部内容-{number}.zip" if len(parts) > 1 else "我的全部内容.zip"
            packing = _Packing(part, statement if number == 1 else None)
            size = len(await asyncio.to_thread(packing.begun))
            yield Copy(name, size, packing.pieces, left_out if number == len(parts) else ())

    def _lying(self, files: tuple[Stored, ...]) -> tuple[_Lying, ...]:
        """The files that are there: none that was deleted meanwhile, at another door, or was never one of ours."""
        lying = []
        for stored in files:
            with suppress(LookupError, OSError):
                kept = self._files.kept(stored.file)
                lying.append(_Lying(kept, kept.size, stored.name, f"files/{_name(stored)}"))
        return tuple(lying)


@dataclass(frozen=True)
class _Lying:
    """A file that is there, with its bytes, its sender's name for it and its name in the ZIP."""

    kept: Kept
    size: int
    name: str
    packed: str


@dataclass(frozen=True)
class _Packing:
    """What goes into one ZIP: files, and “everything.json” where it is the first."""

    files: tuple[_Lying, ...]
    told: bytes | None

    def begun(self) -> ZipStream:
        """The ZIP before its first byte, with its size known."""
        packed = ZipStream(sized=True)
        if self.told is not None:
            packed.add(self.told, "everything.json")
        for lying in self.files:
            packed.add(_blocks(lying), lying.packed, size=lying.size)
        return packed

    async def pieces(self) -> AsyncIterator[bytes]:
        """The bytes, as `Copy.pieces`."""
        async for piece in gathered(iter(await asyncio.to_thread(self.begun))):
            yield piece


async def gathered(packed: Iterator[bytes]) -> AsyncIterator[bytes]:
    """What an iterator gives that waits for the disk, in larger pieces; it runs in threads meanwhile."""
    while piece := await asyncio.to_thread(_next, packed):
        yield piece


def _next(packed: Iterator[bytes]) -> bytes:
    """The next piece; b"" at the end."""
    gathered = bytearray()
    for piece in packed:
        gathered += piece
        if len(gathered) >= _PIECE:
            break
    return bytes(gathered)


def _blocks(lying: _Lying) -> Iterator[bytes]:
    """A file's bytes, opened when it is its turn."""
    with lying.kept.open() as stream:
        while block := stream.read(_PIECE):
            yield block


def stocked(unit: Unit, speaker: Speaker | None, state: Interview, scene: Scene) -> Scene:
    """The scene with what the page that is open shows of what is kept: letters, figures; else the same scene."""
    page = PAGES.get(state.page)
    if speaker is None or page is None:
        return scene
    if page.name == "letters" and speaker.case and not scene.letters:
        said = seen(unit, speaker.case, speaker.person)
        return replace(scene, letters=said) if said else scene
    if page.name == "consents" and not scene.agreed:
        return replace(scene, agreed=agreed(unit, speaker))
    if page.name == "looked" and speaker.case and not scene.looked:
        return replace(scene, looked=looked(unit, speaker))
    if not page.counts or scene.kept is not None:
        return scene
    return replace(scene, kept=replace(count(unit, speaker.person), held=_held(unit, speaker.person)))


def _held(unit: Unit, person: str) -> tuple[Held, ...]:
    """What offices have of a person."""
    held = ((row, offices.find(unit, row.office)) for row in erasures.held(unit, person))
    return tuple(
        Held(
            row.programme,
            row.number,
            office.office.name if office else "—",
            row.state == "here" and row.opened is None,
        )
        for row, office in held
    )


def _told(kept: Belongings, cases: Sequence[dict[str, Any]]) -> bytes:
    """All but the files as JSON. What is no JSON in a row, or too deep to be written again, stands there as text."""
    try:
        return _written(kept, cases, raw)
    except (ValueError, RecursionError):
        return _written(kept, cases, str)


def _written(kept: Belongings, cases: Sequence[dict[str, Any]], opened: Callable[[str], Any]) -> bytes:
    answers: dict[str, Any] = {
        "doors": kept.doors,
        "seats": kept.seats,
        "interviews": [{**each, "state": opened(each["state"])} for each in kept.interviews],
        "events": [{**each, "details": opened(each["details"])} for each in kept.events],
        "files": [
            {"file": each.file, "name": each.name, "size": each.size, "facts": opened(each.facts)}
            for each in kept.files
        ],
        "letters": kept.letters,
        "consents": kept.consents,
        "looked_at_by": kept.looked,
        "at_offices": cases,
    }
    # Half a character that stands in a row as “\ud800” is written so again.
    return json.dumps(answers, ensure_ascii=False, indent=2, default=str).encode(errors="backslashreplace")


def _parts(
    files: tuple[_Lying, ...], most: int, first: int
) -> tuple[list[tuple[_Lying, ...]], tuple[str, ...]]:
    """The files shared out, in order, and the names of those that are too large."""
    parts: list[list[_Lying]] = [[]]
    left_out = []
    room = most - first - _OVERHEAD
    for lying in files:
        size = lying.size + _OVERHEAD
        if size > most - _OVERHEAD:
            left_out.append(lying.name)
            continue
        if size > room:
            parts.append([])
            room = most - _OVERHEAD
        parts[-1].append(lying)
        room -= size
    return [tuple(part) for part in parts], tuple(left_out)


def _name(attachment: Stored) -> str:
    """A name that every system can write: what makes it unique first, then the sender's own, cut before its ending."""
    fit = _UNFIT.sub("_", attachment.name).strip(" .") or "file"
    unique = attachment.file[:12]
    stem, dot, ending = fit.rpartition(".")
    if not dot or len(ending.encode()) > _LONGEST_ENDING:
        stem, dot, ending = fit, "", ""
    room = _LONGEST - len(f"{unique}-.{ending}".encode())
    cut = stem.encode()[:room].decode("utf-8", "ignore").rstrip(" .")
    return f"{unique}-{cut}{dot}{ending}"
