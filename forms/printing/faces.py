"""Which characters print, and in which face.

Asked on every chat turn, so it is one table look-up for each distinct character. The table is made together with
the fonts (`forms.printing.fonts`), from the very glyphs they hold. One comes with the programme, compressed, so that
people can be asked while the fonts are still being made.
"""

from __future__ import annotations

import os
import re
import sys
import unicodedata
import zlib
from dataclasses import dataclass, field
from functools import reduce
from itertools import chain
from operator import and_
from pathlib import Path

from forms.characters import suggestion

FAMILIES = ("JJ FangSong", "JJ Song", "JJ Hei", "JJ Title", "JJ Rare A", "JJ Rare B", "JJ Rare C")
"""CSS family names, in the order of their bits in the coverage table. (A name that ends with a figure would be read by
Pango as a size.)"""

BODY, SONG, HEI, TITLE = FAMILIES[:4]

CONFIGURATION = "fonts.conf"
"""Name of the fontconfig file within the font directory, which knows these fonts and no others."""

COVERAGE = "coverage.bin"
"""Name of the coverage table within the font directory: one byte per code point, one bit per family."""

SHIPPED = Path(__file__).with_name("coverage.zlib")
"""The coverage table of the fonts that Debian's packages make, as `forms.printing.fonts` writes it."""

_FALLBACKS = (BODY, SONG, *FAMILIES[4:])
_VARIATIONS = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))
"""Variation selectors: they draw nothing themselves, and where a face has no variant the plain character stands."""

_EMOJI = range(0x1F000, 0x1FB00)

_PLANE = 0x10000
_LONG_RUN = re.compile(rb"[^\x00]{64,}", re.DOTALL)

_BIT = {family: 1 << place for place, family in enumerate(FAMILIES)}


def directory() -> Path:
    """Where the fonts lie: `JIANGJIAN_FONTS` of the environment, else beside the running Python."""
    named = os.environ.get("JIANGJIAN_FONTS")
    return Path(named) if named else Path(sys.prefix) / "share" / "jiangjian" / "fonts"


AWAITED = "the fonts are not made yet: .venv/fonts.log tells how far they are, `bin/setup fonts` makes them"


def ready(fonts: Path | None = None) -> bool:
    """Whether the fonts of a directory (default: `directory()`) are made."""
    return ((fonts or directory()) / CONFIGURATION).is_file()


def printable(code_point: int) -> bool:
    """Whether a character may print at all, whatever the fonts hold.

    Refused are controls and other invisible characters, surrogates, emoji, private use (a font may draw it as
    anything) and compatibility ideographs that have a unified form: registers hold only the unified one.
    """
    char = chr(code_point)
    if unicodedata.category(char) in {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}:
        return False
    return code_point not in _EMOJI and suggestion(char) is None


@dataclass(frozen=True, slots=True)
class Faces:
    """The coverage of the installed faces."""

    _table: bytes
    #: Finds what is worth looking up: all but characters in long runs that print, which is nearly all of any text.
    _doubtful: re.Pattern[str] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        runs = (run.span() for run in _LONG_RUN.finditer(self._table[:_PLANE]))
        ranges = "".join(f"\\u{first:04x}-\\u{end - 1:04x}" for first, end in runs)
        object.__setattr__(self, "_doubtful", re.compile(f"[^\n{ranges}]"))

    @classmethod
    def load(cls, fonts: Path | None = None) -> Faces:
        """The coverage table of a font directory (default: `directory()`); the one shipped while its fonts are made."""
        made = (fonts or directory()) / COVERAGE
        return cls(made.read_bytes() if made.is_file() else zlib.decompress(SHIPPED.read_bytes()))

    def _mask(self, char: str) -> int:
        code_point = ord(char)
        return self._table[code_point] if code_point < len(self._table) else 0

    def missing(self, text: str) -> tuple[str, ...]:
        """The characters that cannot print, each once, in the order of their first appearance.

        A line feed is a line break, not missing. `printable` says what is refused although a font has it.
        """
        doubtful = dict.fromkeys(self._doubtful.findall(text))
        return tuple(char for char in doubtful if not self._mask(char))

    def face_for(self, text: str, preferred: str = BODY) -> str:
        """The one CSS font-family for a whole short field (a name, a unit), so that it never mixes two faces.

        Where no single face has every character, this is what `stack_for` gives.
        Raises KeyError if `preferred` is no family of ours.
        """
        shared = reduce(and_, map(self._mask, set(text) - {"\n"}), 0xFF)
        for family in (preferred, *_FALLBACKS):
            if shared & _BIT[family]:
                return f'"{family}"'
        return self.stack_for(text, preferred)

    def stack_for(self, text: str, preferred: str = BODY) -> str:
        """The CSS font-family for long prose: the preferred face, then those that its rare characters need.

        Characters that no face has are passed over: `missing` names them.
        """
        masks = set(map(self._mask, set(text) - {"\n"})) - {0}
        stack = [preferred]
        masks = {mask for mask in masks if not mask & _BIT[preferred]}
        for family in _FALLBACKS:
            rest = {mask for mask in masks if not mask & _BIT[family]}
            if len(rest) < len(masks):
                stack.append(family)
                masks = rest
        return ", ".join(f'"{family}"' for family in stack)


def coverage_table(cmaps: dict[str, set[int]]) -> bytes:
    """The coverage table of families (by name) and the code points they draw; all take variation selectors."""
    table = bytearray(_VARIATIONS[-1].stop)
    for code_point in chain(*_VARIATIONS):
        table[code_point] = 0xFF
    for family, points in cmaps.items():
        for code_point in points:
            table[code_point] |= _BIT[family]
    return bytes(table)
