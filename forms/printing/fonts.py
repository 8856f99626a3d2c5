"""The build of the font set: `python -m forms.printing.fonts SOURCES`, run once by bin/setup.

SOURCES is a directory that holds, at any depth, the font files of the Debian packages texlive-lang-chinese
(FandolFang), fonts-noto-cjk, fonts-babelstone-han and fonts-hanazono. Made from them, in `faces.directory()`: one
font file per family, drawn anew with only the needed characters and without layout tables; a fontconfig file that
knows nothing else; and the coverage table of `faces`. Small plain fonts found by a small fontconfig are what makes
printing quick (bench/pdf.py measures it). The same sources always give the same bytes.

Faces of different origin stay apart, except that the symbols which FandolFang lacks are drawn from Noto Serif CJK
into JJ FangSong, so that a “m²” does not throw a whole narrative into another face. None of them has all of the small
figures and signs of CO₂ and m⁻¹: those are drawn from each face's own plain ones. A few signs that only HanaMin has
(⅓, ⌀, ☑) stand in all faces that print whole texts.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.filterPen import DecomposingFilterPen
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTCollection, TTFont

from forms.printing import faces

_FANG = "FandolFang-Regular.otf"
_SERIF = "NotoSerifCJK-Regular.ttc"
_BABELSTONE = "BabelStoneHan.ttf"
_HANA_A = "HanaMinA.ttf"
_HANA_B = "HanaMinB.ttf"

_SIGNS = frozenset(map(ord, "⅓⅔⌀☐☑✕✖‱"))

_EM = 1000
_ASCENT, _DESCENT = 880, -120  # of every face alike: lines keep their height where a face changes
_CURVE_ERROR = 1.0  # thousandths of an em, when cubic outlines become quadratic
_SMALLER = 0.6  # size of a small figure beside the plain one
_RISE = {"<super>": 390, "<sub>": -130}  # thousandths of an em that a small figure stands above its line


def _small() -> Iterator[tuple[int, int, int]]:
    """The small figures, letters and signs of Unicode: code point, that of the plain one, and the rise."""
    for point in range(0x2070, 0x20A0):
        how, _, plain = unicodedata.decomposition(chr(point)).partition(" ")
        if how in _RISE:
            yield point, int(plain, 16), _RISE[how]


@dataclass(frozen=True, slots=True)
class _Recipe:
    """One family: which code points are drawn from which source file (earlier ones win)."""

    family: str
    parts: tuple[tuple[str, frozenset[int]], ...]
    cubic: bool = False

    @property
    def file(self) -> str:
        return self.family.replace(" ", "") + (".otf" if self.cubic else ".ttf")


def _open(path: Path) -> TTFont:
    """The font of a file; of a collection the one for simplified Chinese."""
    if path.suffix != ".ttc":
        return TTFont(path, lazy=True)
    return next(
        font for font in TTCollection(path, lazy=True) if font["name"].getDebugName(1).endswith(" SC")
    )


def _find(sources: Path, name: str) -> Path:
    files = sorted(sources.rglob(name))
    if not files:
        raise FileNotFoundError(f"{name} is not in {sources}")
    return files[0]


def _is_ideograph(code_point: int) -> bool:
    return unicodedata.category(chr(code_point)) in {"Lo", "Cn"} and (
        0x3400 <= code_point <= 0x9FFF or 0xF900 <= code_point <= 0xFAFF or code_point >= 0x20000
    )


def _is_hangul(code_point: int) -> bool:
    return 0x1100 <= code_point <= 0x11FF or 0x3130 <= code_point <= 0x318F or 0xA960 <= code_point <= 0xD7FF


def _gb2312() -> Iterator[int]:
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            yield from map(ord, bytes((row, cell)).decode("gb2312", errors="ignore"))


def _recipes(sources: Path) -> list[_Recipe]:
    """What each family holds: a rare face has the everyday characters too, since a name is set in one face."""

    def drawable(name: str) -> frozenset[int]:
        points = _open(_find(sources, name)).getBestCmap()
        return frozenset(point for point in points if faces.printable(point) and not _is_hangul(point))

    fang, serif, babelstone = drawable(_FANG), drawable(_SERIF), drawable(_BABELSTONE)
    hana_a, hana_b = drawable(_HANA_A), drawable(_HANA_B)
    ideographs = frozenset(filter(_is_ideograph, serif | babelstone | hana_a | hana_b))
    symbols = serif - ideographs
    everyday = frozenset(_gb2312()) | frozenset(range(0x20, 0x7F))
    common = everyday | fang | symbols
    unified = frozenset(range(0x4E00, 0xA000))
    last = everyday | unified | (ideographs - serif - babelstone)
    return [
        _Recipe(faces.BODY, ((_FANG, fang), (_SERIF, symbols), (_HANA_A, _SIGNS)), cubic=True),
        _Recipe(faces.SONG, ((_SERIF, common), (_HANA_A, _SIGNS))),
        _Recipe(faces.HEI, (("NotoSansCJK-Regular.ttc", common), (_HANA_A, _SIGNS))),
        _Recipe(faces.TITLE, (("NotoSerifCJK-Bold.ttc", common), (_HANA_A, _SIGNS))),
        _Recipe("JJ Rare A", ((_SERIF, serif),)),
        _Recipe("JJ Rare B", ((_BABELSTONE, babelstone & (everyday | ideographs)),)),
        _Recipe("JJ Rare C", ((_HANA_A, hana_a & last), (_HANA_B, hana_b & last))),
    ]


def _glyphs(sources: Path, recipe: _Recipe) -> Iterator[tuple[int | None, Any, Any, float, int]]:
    """(code point, glyph, its glyph set, scale, rise): first .notdef (None), then each code point of a recipe, once.

    At the end the small ones that the recipe lacks, from the plain ones.
    """
    drawn: dict[int | None, tuple[Any, Any, float]] = {}
    for name, points in recipe.parts:
        font = _open(_find(sources, name))
        cmap, outlines, scale = font.getBestCmap(), font.getGlyphSet(), _EM / font["head"].unitsPerEm
        for point in (None, *sorted(points & cmap.keys())):
            if point in drawn:
                continue
            glyph = outlines[".notdef" if point is None else cmap[point]]
            drawn[point] = glyph, outlines, scale
            yield point, *drawn[point], 0
    for point, plain, rise in _small():
        if point not in drawn and plain in drawn:
            glyph, outlines, scale = drawn[plain]
            yield point, glyph, outlines, scale * _SMALLER, rise


class _Flatten(DecomposingFilterPen):  # type: ignore[misc]  # fontTools is untyped
    """Passes outlines on with components drawn in place."""


def _draw(sources: Path, recipe: _Recipe) -> tuple[FontBuilder, dict[int, str]]:
    cmap: dict[int, str] = {}
    shapes: dict[str, Any] = {}
    advances: dict[str, int] = {}
    for point, glyph, outlines, scale, rise in _glyphs(sources, recipe):
        cubic, advance = "CFF " in outlines.font, round(glyph.width * scale)
        name = ".notdef" if point is None else f"u{point:X}"
        if point is not None:
            cmap[point] = name
        advances[name] = advance
        pen = T2CharStringPen(advance, None) if recipe.cubic else TTGlyphPen(None)
        target = Cu2QuPen(pen, _CURVE_ERROR, reverse_direction=True) if cubic and not recipe.cubic else pen
        if scale != 1:
            target = TransformPen(target, (scale, 0, 0, scale, 0, rise))
        glyph.draw(_Flatten(target, outlines))
        shapes[name] = pen.getCharString() if recipe.cubic else pen.glyph()
    builder = FontBuilder(_EM, isTTF=not recipe.cubic)
    builder.setupGlyphOrder(list(shapes))
    builder.setupCharacterMap(cmap)
    name = recipe.family.replace(" ", "")
    if recipe.cubic:
        builder.setupCFF(name, {"FullName": recipe.family}, shapes, {})
        bounds = builder.font["CFF "].cff.topDictIndex[0].CharStrings
        edges = {glyph: (bounds[glyph].calcBounds(bounds) or (0,))[0] for glyph in shapes}
    else:
        builder.setupGlyf(shapes)
        edges = {glyph: getattr(builder.font["glyf"][glyph], "xMin", 0) for glyph in shapes}
    builder.setupHorizontalMetrics({glyph: (advances[glyph], round(edges[glyph])) for glyph in shapes})
    return builder, cmap


def _build(sources: Path, target: Path, recipe: _Recipe) -> tuple[str, set[int]]:
    """Write one font file; gives its family and the code points that it draws."""
    builder, cmap = _draw(sources, recipe)
    builder.setupHorizontalHeader(ascent=_ASCENT, descent=_DESCENT)
    builder.setupNameTable({"familyName": recipe.family, "styleName": "Regular", "psName": recipe.file[:-4]})
    builder.setupOS2(
        sTypoAscender=_ASCENT,
        sTypoDescender=_DESCENT,
        sTypoLineGap=0,
        usWinAscent=_ASCENT,
        usWinDescent=-_DESCENT,
    )
    builder.setupPost(keepGlyphNames=False)
    builder.updateHead(created=0, modified=0)
    builder.font.recalcTimestamp = False
    builder.save(target / recipe.file)
    return recipe.family, set(cmap)


def _configuration(target: Path) -> str:
    return (
        '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n'
        f"<fontconfig><dir>{target}</dir><cachedir>{target / 'cache'}</cachedir></fontconfig>\n"
    )


def build(sources: Path, target: Path) -> None:
    """Make the font set in `target` (replaced as a whole) from the files under `sources`.

    Raises FileNotFoundError if a source is missing; takes about a minute on two cores.
    """
    fresh = target.with_name(target.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    recipes = _recipes(sources)
    by_weight = sorted(recipes, key=lambda recipe: -sum(len(points) for _, points in recipe.parts))
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
        built = [pool.submit(_build, sources, fresh, recipe) for recipe in by_weight]
        cmaps = dict(one.result() for one in built)
    (fresh / faces.COVERAGE).write_bytes(faces.coverage_table(cmaps))
    (fresh / faces.CONFIGURATION).write_text(_configuration(target), encoding="utf-8")
    shutil.rmtree(target, ignore_errors=True)
    fresh.rename(target)
    # The first look at the directory writes fontconfig's cache: here, not in the first of several workers.
    look = "from weasyprint.text.fonts import FontConfiguration; FontConfiguration()"
    environment = os.environ | {"FONTCONFIG_FILE": str(target / faces.CONFIGURATION)}
    subprocess.run([sys.executable, "-c", look], check=True, env=environment)  # noqa: S603  # our own interpreter


if __name__ == "__main__":
    build(Path(sys.argv[1]), faces.directory().absolute())
