"""The lines of `spread` in a finished PDF: the room that a few gaps got is shared out among all places that may stretch.

WeasyPrint widens blanks, and each of them is a run of its own for Pango: a gap at every place took a fifth of a form's
time. So `spread` sets one in six, and here every place of a line gets what WeasyPrint would have given it, to its own
roundings. The gaps themselves become moves of the pen: what is copied from the PDF is the text alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import inf, trunc
from typing import Any

from forms.printing.spread import breaks_unhelped, may_part

_SHOWN = re.compile(rb"<([0-9a-f]+)>|(-?[0-9.]+(?:e-?[0-9]+)?)(?=[<\]])")
_NOTHING = (b"0.0", b"-0.0")  # the move after a character that is not drawn
_NARROWED = 20  # thousandths of the size of type by which nothing but a gap is narrower than a blank
_UNITS = 1024  # Pango's units in a pixel
_EM = 1000


@dataclass(frozen=True)
class _Face:
    """A font of the document: its blank, what its glyphs (in hexadecimal) stand for, their widths in thousandths."""

    blank: bytes
    texts: Mapping[bytes, str]
    widths: Mapping[bytes, float]


@dataclass(frozen=True)
class _Type:
    """A face in a size, in pixels, and what it makes of a gap."""

    face: _Face
    size: float

    @property
    def wide(self) -> float:
        """The width of a blank, in thousandths."""
        return self.face.widths[self.face.blank]

    @property
    def narrowing(self) -> float:
        """What `word-spacing` adds to a blank of the class `han`, in pixels."""
        return -self.wide * self.size / _EM

    @property
    def natural(self) -> int:
        """The same as Pango takes it."""
        return trunc(self.narrowing * _UNITS)

    def width(self, glyph: bytes) -> int:
        """The width of a glyph in Pango's units."""
        return int(self.face.widths[glyph] * self.size * _UNITS / _EM + 0.5)

    def move(self, spacing: int) -> float:
        """What WeasyPrint moves the pen by at a gap of such a spacing in Pango's units, less the blank: in thousandths."""
        before = trunc(spacing / 2) / self.size
        width = (self.width(self.face.blank) + spacing) * _EM / _UNITS / self.size
        return int(self.wide + before - width) - before - self.wide


@dataclass
class _Line:
    """What an operation shows, from `left` on, in pixels.

    `moves` are those of the pen before each glyph and at the end, to the left. Before some glyphs stood a gap, of which
    half the spacing is kept in Pango's units, two marks (`helped`) or a joint (`held`).
    """

    type: _Type
    left: float
    glyphs: list[bytes] = field(default_factory=list)
    moves: list[float] = field(default_factory=lambda: [0.0])
    gaps: dict[int, int] = field(default_factory=dict)
    helped: set[int] = field(default_factory=set)
    held: set[int] = field(default_factory=set)

    @property
    def stretched(self) -> bool:
        """Whether the line was to reach the edge."""
        natural = trunc(self.type.natural / 2)
        return any(half != natural for half in self.gaps.values())

    def places(self) -> list[int]:
        """The glyphs before which the line may part."""
        texts = [self.type.face.texts.get(glyph, " ") for glyph in self.glyphs]
        return [
            place
            for place in range(1, len(texts))
            if place in self.gaps
            or place in self.helped
            or (place not in self.held and _parts(texts[place - 1], texts[place]))
        ]

    def _unstretched(self, gaps: int) -> float:
        """Where the line would end with so many gaps, in pixels."""
        natural = self.type.width(self.type.face.blank) + self.type.natural
        return self.left + (sum(map(self.type.width, self.glyphs)) + gaps * natural) / _UNITS

    def edge(self) -> tuple[float, float]:
        """Where the edge is that the line reaches, at least and at most: only the half of a spacing is known."""
        ends = self._unstretched(len(self.gaps)) - len(self.gaps) * self.type.narrowing
        halves = self.gaps.values()
        least = sum(2 * half - (2 if half <= 0 else 0) for half in halves)
        most = sum(2 * half + (2 if half >= 0 else 0) for half in halves)
        return ends + least / _UNITS, ends + most / _UNITS

    def written(self, edge: float) -> bytes:
        """The operation with moves in place of gaps."""
        if self.gaps:
            places, spacing = self.places(), self.type.natural
            if self.stretched:
                each = (edge - self._unstretched(len(places))) / len(places)
                spacing = trunc((self.type.narrowing + each) * _UNITS)
            for place in places:
                self.moves[place] += self.type.move(spacing)
        shown, move = [b"<"], 0.0
        for glyph, moved in zip(self.glyphs, self.moves, strict=False):
            move += moved
            if round(move):
                shown.append(b">%d<" % round(move))
                move -= round(move)
            shown.append(glyph)
        shown.append(b">%d] TJ" % round(move + self.moves[-1]))
        return b"[" + b"".join(shown).removeprefix(b"<>")


def _parts(before: str, after: str) -> bool:
    """Whether a line may part between two glyphs. One with no text is a piece of a character, a mark on its letter."""
    if not before or not after:
        return False
    return may_part(before[-1], after[0]) and breaks_unhelped(before[-1], after[0])


def ungapped(document: Any, pdf: Any) -> None:
    """Take the gaps out of a document that WeasyPrint has drawn."""
    faces = {}
    for font in document.fonts.values():
        texts = {b"%04x" % glyph: text for glyph, text in font.to_unicode.items()}
        blank = next((glyph for glyph, text in texts.items() if text == " "), None)
        if blank:
            widths = {b"%04x" % glyph: width for glyph, width in font.widths.items()}
            faces[str(font.hash).encode()] = _Face(blank, texts, widths)
    for stream in (each.stream for each in pdf.objects if hasattr(each, "stream")):
        lines = dict(_lines(stream, faces))
        edges = _edges({place: line.edge() for place, line in lines.items() if line.stretched})
        for place, line in lines.items():
            stream[place] = line.written(edges.get(place, 0.0))


def _lines(stream: Sequence[Any], faces: Mapping[bytes, _Face]) -> Iterator[tuple[int, _Line]]:
    """The operations of a stream that show blanks, by their places."""
    face, left, size = None, 0.0, 0.0
    for place, operation in enumerate(stream):
        if not isinstance(operation, bytes):
            continue
        if operation.endswith(b" Tm"):
            left = float(operation.split(b" ")[4])
        elif operation.endswith(b" Tf"):
            name, points, _ = operation[1:].split(b" ")
            face, size = faces.get(name), float(points)
        elif face and operation.endswith(b"] TJ") and face.blank in operation:
            yield place, _line(_Type(face, size), left, operation)


def _line(set_in: _Type, left: float, operation: bytes) -> _Line:
    line = _Line(set_in, left)
    marks, back = 0, 0.0  # since the last glyph; back since the last mark
    shown = list(_tokens(operation))
    for at, (glyph, move) in enumerate(shown):
        if not glyph:
            if move in _NOTHING:
                line.moves[-1] += back
                marks, back = marks + 1, 0.0
            else:
                back += float(move)
            continue
        after = shown[at + 1][1] if at + 1 < len(shown) else b""
        place = len(line.glyphs)
        if glyph == set_in.face.blank and marks:
            line.gaps[place] = -round(back * set_in.size)
            back = -float(after or 0)  # what comes next is the other half
        elif glyph == set_in.face.blank and float(after or 0) > _NARROWED:
            line.moves[-1] += back - set_in.wide
            back = 0.0
        else:
            line.moves[-1] += back
            if marks and place not in line.gaps:
                (line.helped if marks > 1 else line.held).add(place)
            line.glyphs.append(glyph)
            line.moves.append(0.0)
            back = 0.0
        marks = 0
    line.moves[-1] += back
    return line


def _tokens(operation: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Each glyph, and each move of the pen as it is written; the other one is empty."""
    for glyphs, move in _SHOWN.findall(operation):
        if move:
            yield b"", move
        for at in range(0, len(glyphs), 4):
            yield glyphs[at : at + 4], b""


def _edges(spans: Mapping[int, tuple[float, float]]) -> dict[int, float]:
    """The edge of each line, from the spans in which it lies: lines whose spans overlap reach the same one."""
    edges: dict[int, float] = {}
    group: list[int] = []
    least, most = -inf, inf
    for place, (low, high) in sorted(spans.items(), key=lambda span: span[1]):
        if low > most:
            edges |= dict.fromkeys(group, (least + most) / 2)
            group, least, most = [], -inf, inf
        group.append(place)
        least, most = max(least, low), min(most, high)
    return edges | dict.fromkeys(group, (least + most) / 2)
