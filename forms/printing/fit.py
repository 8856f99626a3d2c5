"""What fits a cell of fixed size, and the annex that takes what does not.

Some notices forbid to change the size of a form's cells. WeasyPrint does not shrink text to a cell, and clipping
would lose words silently, so the text is measured before it is laid out: with the advances of the very font that
sets it, and with fewer places to break a line than the layout has, so that it never takes more lines than were counted.
A text that is too long is first set smaller, then cut after a whole sentence or line, and goes whole to an annex page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from html import unescape

from markupsafe import Markup

from forms.printing import faces
from forms.printing.faces import Faces
from forms.printing.printed import Faced, Paragraph
from forms.printing.renderer import FontsAwaited
from forms.printing.spread import JOINT, NO_LINE_ENDS_WITH, NO_LINE_STARTS_WITH, ideographic, joined

_EM = 1000  # the fonts of `forms.printing.fonts` are drawn in thousandths
_POINTS = 72 / 25.4  # of a millimetre
_SHORT = 60  # characters: a text that is no longer is a field, not prose
_TAG = re.compile(r"<[^>]*>")
_SIZES = (12.0, 10.5, 9.0)
_SPARE = 0.3  # points left free in every line: positions are rounded in layout
_SENTENCE = re.compile(r"[。！？；!?;][”’）】》]*")
_PARTS = re.compile(r"[0-9A-Za-z]+[^0-9A-Za-z]?|.", re.DOTALL)
_CLAUSE = re.compile(r"[，、,：:][”’]*")


@dataclass(frozen=True)
class Fitted:
    """What a cell shows: paragraphs, how they are set (see `Room`), and a pointer to the annex, or ""."""

    paragraphs: tuple[Faced, ...]
    size: float
    leading: float
    indent: float
    hang: float
    pointer: str = ""

    @property
    def prose(self) -> bool:
        """Whether it is prose, whose lines are to be of one length."""
        return any(isinstance(paragraph, Paragraph) for paragraph in self.paragraphs)


@dataclass(frozen=True)
class Annex:
    """A text that did not fit its cell, whole, under the name of the cell."""

    title: str
    paragraphs: tuple[Faced, ...]


@dataclass(frozen=True)
class Room:
    """A cell from the inside: width and height in millimetres, sizes of type in points, largest first.

    `leading` is the height of a line in sizes of type; `indent` and `hang` are what the first and the other lines of
    a paragraph stand in, in characters.
    """

    width: float
    height: float
    sizes: tuple[float, ...] = _SIZES
    leading: float = 1.4
    indent: float = 0
    hang: float = 0

    def lines(self, size: float) -> int:
        """How many lines of type of that size the cell holds."""
        return max(1, int((self.height * _POINTS + 0.01) / (size * self.leading)))

    def characters(self, size: float) -> int:
        """About how many Chinese characters of that size the cell holds."""
        return self.lines(size) * int(self.width * _POINTS / size)

    def holds(self, paragraphs: Iterable[str], size: float) -> bool:
        """Whether the paragraphs fit, set in that size."""
        left = self.lines(size)
        width = (self.width * _POINTS - _SPARE) / size
        for paragraph in paragraphs:
            for _ in lines(paragraph, width, self.indent, self.hang):
                left -= 1
                if left < 0:
                    return False
        return True


class Fitter:
    """Fits the cells of one document, and keeps what has to go to its annex pages."""

    def __init__(self, faces: Faces | None) -> None:
        self._faces = faces
        self.annexes: list[Annex] = []

    def fit(  # noqa: PLR0913  # the measures of a cell
        self,
        text: str | Sequence[str],
        title: str,
        width: float,
        height: float,
        *,
        sizes: Sequence[float] = _SIZES,
        leading: float = 1.4,
        indent: float = 0,
        hang: float = 0,
    ) -> Fitted:
        """What the cell named `title` shows of a text (its lines are paragraphs) or of paragraphs. See `Room`.

        What does not fit even in the smallest size is cut, ends in “（续见附页：title）”, and stands whole in `annexes`.
        """
        room = Room(width, height, tuple(sizes), leading, indent, hang)
        parts = _plain(text).splitlines() if isinstance(text, str) else map(_plain, text)
        whole = [part.strip() for part in parts if part.strip()]
        for size in room.sizes:
            if room.holds(whole, size):
                return Fitted(self._set(whole), size, leading, indent, hang)
        size = room.sizes[-1]
        self.annexes.append(Annex(title, self._set(whole)))
        pointer = next(
            (
                each
                for each in (f"（续见附页：{title}）", "（续见附页）")
                if len(each) <= room.characters(size) / 2
            ),
            "（见附页）",
        )
        kept = self._set(_cut(whole, room, size, pointer))
        return Fitted(kept, size, leading, indent, hang, pointer)

    def _set(self, paragraphs: Sequence[str]) -> tuple[Faced, ...]:
        """A short field keeps to one face, as it does everywhere else; in prose only the rare characters change it."""
        short = len(paragraphs) == 1 and len(paragraphs[0]) <= _SHORT
        return tuple((Faced if short else Paragraph)(paragraph, self._faces) for paragraph in paragraphs)


def _plain(text: str) -> str:
    """The text that a template put together, without the markup that faces and escaping brought into it."""
    return unescape(_TAG.sub("", str(text))).replace(JOINT, "") if isinstance(text, Markup) else str(text)


def _cut(paragraphs: Sequence[str], room: Room, size: float, pointer: str) -> list[str]:
    """As much as fits before the pointer, which follows the last paragraph: to the end of a paragraph or sentence."""
    text = "\n".join(paragraphs)
    least, most = 0, min(len(text), 4 * room.characters(size) + 4)  # figures and letters are narrow
    while least < most:
        middle = (least + most + 1) // 2
        if room.holds((text[:middle] + pointer).split("\n"), size):
            least = middle
        else:
            most = middle - 1
    kept = text[:least]
    for stops in (_SENTENCE, _CLAUSE):
        ends = [stop.end() for stop in stops.finditer(kept)] + [kept.rfind("\n")]
        if max(ends) >= least / 2:
            kept = kept[: max(ends)]
            break
    return [line for line in kept.split("\n") if line]


def lines(paragraph: str, width: float, indent: float = 0, hang: float = 0) -> Iterator[int]:
    """The places in a paragraph at which lines end, as few as the layout could make or more. Measures in characters."""
    rare = any(ord(char) not in _advances(faces.BODY) for char in paragraph)
    used, at, begun = indent, 0, False
    for piece in _pieces(joined(paragraph)):
        held = _width(piece, rare) <= width
        # A run that no line can hold breaks wherever it may at all, and nobody can say beforehand where: it is taken
        # to stand on lines of its own, each of its words beginning one if it has to.
        for part in [piece] if held else ["", *_PARTS.findall(piece)]:
            if begun and (not part or used + _width(part, rare) > width):
                yield at
                used, begun = hang, False
            for char in part:
                advance = _advance(char, rare)
                if used + advance > width and begun and char != " ":
                    yield at
                    used = hang
                used += advance
                at += char != JOINT
                begun = True
        if not held and at < len(paragraph):
            yield at
            used, begun = hang, False
    if begun:
        yield at


def _width(piece: str, rare: bool) -> float:
    """The width of a run at the end of a line, where blanks take no room."""
    return sum(_advance(char, rare) for char in piece.rstrip(" "))


def _pieces(text: str) -> Iterator[str]:
    """The text in runs within which no line breaks for certain."""
    start = 0
    for place in range(1, len(text)):
        if (
            _breaks(text[place - 1], text[place])
            and text[start:place].rstrip(" ")[-1:] not in NO_LINE_ENDS_WITH
        ):
            yield text[start:place]
            start = place
    yield text[start:]


def _breaks(before: str, after: str) -> bool:
    """Whether the layout surely may break a line between two characters."""
    if JOINT in (before, after):
        return False
    if before == " ":
        return after not in NO_LINE_STARTS_WITH and after not in " “‘"
    if after in NO_LINE_STARTS_WITH or after in " “‘" or before in "”’":
        return False
    return ideographic(before) or ideographic(after)


def _advance(char: str, rare: bool) -> float:
    """The width of a character. Beside a rare one the whole text may be set in another face: the wider one counts."""
    own = _advances(faces.BODY).get(ord(char))
    if own is None:
        return 0.0 if char == JOINT else 1.0
    return max(own, _advances(faces.SONG).get(ord(char), 0.0)) if rare else own


@cache
def _advances(family: str) -> dict[int, float]:
    """The advance of every character of a family, in sizes of type. Raises FontsAwaited."""
    if not faces.ready():
        raise FontsAwaited(faces.AWAITED)
    from fontTools.ttLib import TTFont

    file = next(faces.directory().glob(family.replace(" ", "") + ".[ot]tf"))
    with TTFont(file, lazy=True) as font:
        metrics, cmap = font["hmtx"].metrics, font.getBestCmap()
        return {point: metrics[glyph][0] / _EM for point, glyph in cmap.items()}
