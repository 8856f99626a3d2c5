"""What a Word document's styles say of hidden text, fonts and lists."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from lxml import etree

from forms.word.package import attribute, child, number, switched, tag

T = TypeVar("T")
_DEEPEST = 20  # styles that rest on one another; Word allows some ten


class Styles:
    """The styles of one document; without a part for them there are none."""

    def __init__(self, root: etree._Element | None) -> None:
        self._styles: dict[str, etree._Element] = {}
        self._default = ""
        self._vanishing: dict[str, bool | None] = {}
        self._fonts: dict[str, str] = {}
        self._lists: dict[str, etree._Element | None] = {}
        for style in () if root is None else root:
            if tag(style) != "w:style":
                continue
            name = attribute(style, "styleId") or ""
            self._styles[name] = style
            if attribute(style, "type") == "paragraph" and attribute(style, "default") in ("1", "true", "on"):
                self._default = name
        self._hidden_by_default = bool(
            root is not None and switched(child(root, "w:docDefaults", "w:rPrDefault", "w:rPr", "w:vanish"))
        )

    def of(self, paragraph: etree._Element) -> str:
        """The name of a paragraph's style."""
        return attribute(child(paragraph, "w:pPr", "w:pStyle"), "val") or self._default

    def hidden(self, properties: etree._Element | None, paragraph_style: str) -> bool:
        """Whether text with these properties of a run is hidden (w:vanish), by itself or by its styles."""
        own = switched(child(properties, "w:vanish"))
        if own is not None:
            return own
        run_style = attribute(child(properties, "w:rStyle"), "val") or ""
        vanishing = [self._vanishes(name) for name in (paragraph_style, run_style)]
        if vanishing == [None, None]:
            return self._hidden_by_default
        # what both styles switch is switched back (17.7.3)
        return bool(vanishing[0]) is not bool(vanishing[1])

    def font(self, properties: etree._Element | None, paragraph_style: str) -> str:
        """The font for Latin letters and signs; "" where none is named."""
        own = _font(properties)
        run_style = attribute(child(properties, "w:rStyle"), "val") or ""
        return own or self._font_of(run_style) or self._font_of(paragraph_style)

    def listed(self, style: str) -> etree._Element | None:
        """The list (w:numPr) to which a paragraph's style puts it."""
        if style not in self._lists:
            self._lists[style] = self._first(style, lambda each: child(each, "w:pPr", "w:numPr"))
        return self._lists[style]

    def _vanishes(self, name: str) -> bool | None:
        if name not in self._vanishing:
            self._vanishing[name] = self._first(name, _vanish)
        return self._vanishing[name]

    def _font_of(self, name: str) -> str:
        if name not in self._fonts:
            self._fonts[name] = self._first(name, _style_font) or ""
        return self._fonts[name]

    def _first(self, name: str, fact: Callable[[etree._Element], T | None]) -> T | None:
        return next((value for style in self._chain(name) if (value := fact(style)) is not None), None)

    def _chain(self, name: str) -> Iterator[etree._Element]:
        for _ in range(_DEEPEST):
            style = self._styles.get(name)
            if style is None:
                return
            yield style
            name = attribute(child(style, "w:basedOn"), "val") or ""


def list_and_level(element: etree._Element | None) -> tuple[int | None, int | None]:
    """The numbers of list and level in a w:numPr."""
    return number(child(element, "w:numId")), number(child(element, "w:ilvl"))


def _vanish(style: etree._Element) -> bool | None:
    return switched(child(style, "w:rPr", "w:vanish"))


def _style_font(style: etree._Element) -> str | None:
    return _font(child(style, "w:rPr")) or None


def _font(properties: etree._Element | None) -> str:
    fonts = child(properties, "w:rFonts")
    return attribute(fonts, "ascii") or attribute(fonts, "hAnsi") or ""
