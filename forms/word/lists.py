"""The numbers that Word writes before the paragraphs of lists: they stand nowhere in the text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from forms.symbols import is_symbolic, spelled
from forms.word.ordinals import counted
from forms.word.package import attribute, child, number, switched, tag

_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
#: Bullets that every print has; any other is written as the last one.
_BULLETS = "·•●○■□◆◇▪★→—-•"
#: A label that ends so is closed enough without a blank behind it.
_CLOSED = "、）。．，：)）】〕》"


@dataclass(frozen=True)
class _Level:
    way: str
    text: str
    start: int
    restart: int | None
    figures: bool
    behind: str
    font: str
    style: str


class Lists:
    """The lists of one document, counted on paragraph by paragraph."""

    def __init__(self, root: etree._Element | None) -> None:
        self._abstract: dict[int, etree._Element] = {}
        self._lists: dict[int, etree._Element] = {}
        for each in () if root is None else root:
            if tag(each) == "w:abstractNum":
                self._abstract[number(each, "abstractNumId") or 0] = each
            elif tag(each) == "w:num":
                self._lists[number(each, "numId") or 0] = each
        self._counts: dict[int, list[int | None]] = {}
        self._begun: set[tuple[int, int]] = set()
        self._levels: dict[tuple[int, int], _Level | None] = {}

    def level_of(self, listed: int, style: str) -> int:
        """The level of a list that belongs to a paragraph style."""
        levels = (self._level(listed, level) for level in range(_LEVELS))
        places = (at for at, level in enumerate(levels) if level is not None and level.style == style)
        return next(places, 0)

    def label(self, listed: int, at: int) -> str:
        """What stands before the next paragraph of a list's level, with the blank behind it; "" for nothing."""
        kind = self._kind(listed)
        level = self._level(listed, at) if 0 <= at < _LEVELS else None
        if kind is None or level is None:
            return ""
        counts = self._counts.setdefault(kind, [None] * _LEVELS)
        self._count(listed, at, level, counts)
        return _spaced(self._worded(listed, level, counts), level)

    def _count(self, listed: int, at: int, level: _Level, counts: list[int | None]) -> None:
        begun = (listed, at) in self._begun
        self._begun.add((listed, at))
        anew = number(child(self._override(listed, at), "w:startOverride"))
        if anew is not None and not begun:
            counts[at] = anew
        else:
            before = counts[at]
            counts[at] = level.start if before is None else before + 1
        for upper in range(at):
            if counts[upper] is None:
                other = self._level(listed, upper)
                counts[upper] = other.start if other else 1
        for deeper in range(at + 1, _LEVELS):
            other = self._level(listed, deeper)
            restart = deeper if other is None or other.restart is None else other.restart
            if at < restart:
                counts[deeper] = None

    def _worded(self, listed: int, level: _Level, counts: list[int | None]) -> str:
        if level.way == "bullet":
            return "".join(_bullet(char, level.font) for char in level.text.strip())

        def figure(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            named = self._level(listed, at)
            way = "decimal" if level.figures or named is None else named.way
            return counted(counts[at] or 0, way)

        return _PLACE.sub(figure, level.text)

    def _kind(self, listed: int) -> int | None:
        """The number of the list's kind; lists of one kind count on together."""
        kind = number(child(self._lists.get(listed), "w:abstractNumId"))
        if kind not in self._abstract:
            return None
        linked = attribute(child(self._abstract[kind], "w:numStyleLink"), "val")
        return next((at for at, each in self._abstract.items() if linked and _styled(each) == linked), kind)

    def _override(self, listed: int, at: int) -> etree._Element | None:
        return _numbered(self._lists.get(listed), "w:lvlOverride", at)

    def _level(self, listed: int, at: int) -> _Level | None:
        if (listed, at) not in self._levels:
            self._levels[listed, at] = self._read(listed, at)
        return self._levels[listed, at]

    def _read(self, listed: int, at: int) -> _Level | None:
        own = child(self._override(listed, at), "w:lvl")
        kind = self._kind(listed)
        element = (
            own
            if own is not None
            else _numbered(self._abstract.get(-1 if kind is None else kind), "w:lvl", at)
        )
        if element is None:
            return None
        fonts = child(element, "w:rPr", "w:rFonts")
        start = number(child(element, "w:start"))
        return _Level(
            way=_way(element),
            text=attribute(child(element, "w:lvlText"), "val") or "",
            start=0 if start is None else start,
            restart=number(child(element, "w:lvlRestart")),
            figures=bool(switched(child(element, "w:isLgl"))),
            behind=attribute(child(element, "w:suff"), "val") or "tab",
            font=attribute(fonts, "ascii") or attribute(fonts, "hAnsi") or "",
            style=attribute(child(element, "w:pStyle"), "val") or "",
        )


def _numbered(element: etree._Element | None, name: str, at: int) -> etree._Element | None:
    if element is None:
        return None
    return next((each for each in element if tag(each) == name and number(each, "ilvl") == at), None)


def _styled(kind: etree._Element) -> str | None:
    return attribute(child(kind, "w:styleLink"), "val")


def _way(level: etree._Element) -> str:
    """The number format; newer ones stand in an AlternateContent with an older one to fall back on."""
    element = child(level, "w:numFmt")
    if element is None:
        element = child(level, "mc:AlternateContent", "mc:Fallback", "w:numFmt")
    return attribute(element, "val") or "decimal"


def _bullet(char: str, font: str) -> str:
    shown = spelled(font, ord(char)) if is_symbolic(font) or ord(char) >= 0xF000 else char
    return shown if shown and shown in _BULLETS else _BULLETS[-1]


def _spaced(label: str, level: _Level) -> str:
    closed = level.behind == "nothing" or not label or label[-1] in _CLOSED
    return label if closed else f"{label} "
