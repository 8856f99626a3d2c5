"""Gaps of `spread` in a finished PDF: they become the room that they take."""

from __future__ import annotations

import re
from typing import Any

_SHOWN = re.compile(rb"(?:<([0-9a-f]*)>)?(-?[0-9.]+(?:e-?[0-9]+)?)?(?=[<\]])")
_NARROWED = 20  # thousandths of the size of type by which nothing but a gap is narrower than a blank


def ungapped(document: Any, pdf: Any) -> None:
    """The gaps of `spread`, blanks as narrow as nothing, become the room that they take.

    What is copied from the PDF is then the text alone.
    """
    blanks = {
        str(font.hash).encode(): (b"%04x" % glyph, font.widths[glyph])
        for font in document.fonts.values()
        for glyph, text in font.to_unicode.items()
        if text == " "
    }
    for stream in (each.stream for each in pdf.objects if hasattr(each, "stream")):
        blank = None
        for place, operation in enumerate(stream):
            if not isinstance(operation, bytes):
                continue
            if operation.endswith(b" Tf"):
                blank = blanks.get(operation[1:].split(b" ", 1)[0])
            elif blank and operation.endswith(b"] TJ") and blank[0] in operation:
                stream[place] = _without(*blank, operation)


def _without(blank: bytes, width: float, operation: bytes) -> bytes:
    """An operation that shows glyphs (in hexadecimal, between the moves of the pen), with gaps as moves."""
    shown, move = [], 0.0  # to the left, in thousandths of the size of type
    for glyphs, moved in _SHOWN.findall(operation):
        back = float(moved or 0)
        gap = back > _NARROWED and glyphs.endswith(blank)
        if kept := glyphs[: -len(blank)] if gap else glyphs:
            if round(move):
                shown.append(b">%d<" % round(move))
                move -= round(move)
            shown.append(kept)
        move += back - width if gap else back
    return (b"[<%b>%d] TJ" % (b"".join(shown), round(move))).replace(b"[<>", b"[")
