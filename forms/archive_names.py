"""Names for what lies in an archive, such that it can be unpacked on every system, Windows the strictest of them.

A name has no character that Windows forbids, is none of its devices, ends in neither dot nor space and has at most 255
bytes in UTF-8; a path has at most 200 UTF-16 units, which leaves room for where it is unpacked (Windows counts 260).
What is too long is cut between two characters as people see them, never inside one. Within a folder no two names are
alike, whatever their case or composition: most disks of offices keep both as one file.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

#: UTF-16 units of a whole path, and bytes of a name in UTF-8.
LONGEST_PATH, LONGEST_NAME = 200, 255
#: UTF-16 units that a folder leaves at least to the names in it, and that its own name has at least.
_ROOM, _LEAST = 80, 16
#: And that it has at most: a folder at the top has room for another one, whatever it is called.
_MOST = LONGEST_PATH - _ROOM - _LEAST - 1
_LONGEST_ENDING = 16

_FORBIDDEN = frozenset('<>:"/\\|?*')
#: Devices of Windows, with whatever extension. Small figures (COM¹) count as figures there.
_DEVICES = frozenset(
    [
        *("CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$"),
        *(f"{port}{n}" for port in ("COM", "LPT") for n in range(10)),
    ]
)
_ENDING = re.compile(r"[A-Za-z0-9]+")
_NAMELESS = "_"

_JOINER = "\u200d"
_TONES = range(0x1F3FB, 0x1F400)
_FLAGS = range(0x1F1E6, 0x1F200)
_VOWELS_AND_FINALS = range(0x1160, 0x1200)  # Hangul written in parts


@dataclass(frozen=True)
class Named:
    """Where something lies in an archive, and where it would lie had every name been taken as it is."""

    path: str
    full: str

    @property
    def changed(self) -> bool:
        """Whether a name had to be shortened or mended."""
        return self.path != self.full


#: The archive itself: the folder of all others.
TOP = Named("", "")


class ArchiveNames:
    """Gives out the names of one archive, folder by folder."""

    def __init__(self) -> None:
        self._taken: dict[str, set[str]] = {}

    def folder(self, within: Named, name: str) -> Named:
        """A folder. Raises ValueError where folders lie too deep for the names in them to have any room."""
        room = LONGEST_PATH - _ROOM - _begun(within)
        if room < _LEAST:
            raise ValueError(f"“{within.path}” lies too deep for another folder")
        return self._given(within, name, "", min(room, _MOST))

    def file(self, within: Named, stem: str, ending: str = "") -> Named:
        """A file: `ending` is its extension without the dot; one that is no plain word becomes a part of the name."""
        if ending and not (_ENDING.fullmatch(ending) and len(ending) <= _LONGEST_ENDING):
            stem, ending = f"{stem}.{ending}", ""
        return self._given(within, stem, f".{ending}" if ending else "", LONGEST_PATH - _begun(within))

    def _given(self, within: Named, stem: str, ending: str, room: int) -> Named:
        taken = self._taken.setdefault(_alike(within.path), set())
        mended = fit(stem)
        number = 1
        while True:
            mark = f" ({number})" if number > 1 else ""
            tail = f"{mark}{ending}"
            name = f"{cut(mended, room - _units(tail), LONGEST_NAME - len(tail.encode()))}{tail}"
            if _alike(name) not in taken:
                break
            number += 1
        taken.add(_alike(name))
        return Named(_joined(within.path, name), _joined(within.full, f"{stem}{ending}"))


def fit(stem: str) -> str:
    """A name without what Windows cannot write: characters, devices, dots and spaces at its ends; “_” where none is left."""
    kept = "".join(map(_written, stem))
    kept = _ended(" ".join(kept.split()).lstrip(". "))
    device = unicodedata.normalize("NFKC", kept.partition(".")[0].rstrip()).upper()
    if device in _DEVICES:
        kept = f"_{kept}"
    return kept or _NAMELESS


def cut(text: str, units: int, size: int) -> str:
    """The beginning of a fit name within `units` of UTF-16 and `size` bytes of UTF-8, in whole characters."""
    if _units(text) <= units and len(text.encode()) <= size:
        return text
    end = 0
    for start, after in _characters(text):
        beginning = text[:after]
        if _units(beginning) > units or len(beginning.encode()) > size:
            end = start
            break
    # What is left may be a device by now: “CON电焊” cut to “CON”. One character less is none.
    return fit(_ended(text[:end])) if units > 1 else _NAMELESS


def _characters(text: str) -> list[tuple[int, int]]:
    """Where each character as people see it begins and ends: with its marks, what is joined to it, a flag's two letters."""
    starts: list[int] = []
    flags = 0
    for at, char in enumerate(text):
        before = text[at - 1] if at else ""
        flags = flags + 1 if ord(char) in _FLAGS else 0
        goes_on = at > 0 and (
            unicodedata.category(char) in ("Mn", "Mc", "Me")
            or _JOINER in (char, before)
            or ord(char) in _TONES
            or ord(char) in _VOWELS_AND_FINALS
            or (flags > 0 and flags % 2 == 0)
        )
        if not goes_on:
            starts.append(at)
    return list(zip(starts, [*starts[1:], len(text)], strict=True))


def _written(char: str) -> str:
    """What stands for a character in a name: itself, a blank, “_”, or nothing for what is not seen."""
    category = unicodedata.category(char)
    if char in _FORBIDDEN or category in ("Cs", "Cn"):
        return "_"
    if category in ("Zs", "Zl", "Zp") or char in "\t\n\v\f\r\x85":
        return " "
    if category == "Cc":
        return "_"
    # Marks of direction make “gnp.exe” of “exe.png”; a joiner holds one picture together.
    return char if category != "Cf" or char == _JOINER else ""


def _ended(name: str) -> str:
    return name.rstrip(f". {_JOINER}")


def _alike(name: str) -> str:
    """The same for all names that one disk or another keeps as one."""
    folded = unicodedata.normalize("NFKC", name).casefold().upper().casefold()
    return unicodedata.normalize("NFKC", folded)


def _begun(within: Named) -> int:
    """UTF-16 units of a path before the name."""
    return _units(within.path) + 1 if within.path else 0


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _joined(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name
