"""What opens something, as a picture with a QR code: a recovery code to keep, an invitation to hand on.

What draws it is loaded by the first that is drawn, in a thread: a front that nobody talks to goes without.
"""

from __future__ import annotations

import base64
import io
import re
from functools import cache
from typing import TYPE_CHECKING

from dialogs.turn import Code
from forms.printing.faces import directory

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFont import FreeTypeFont

#: Where links lead that carry something behind “#”.
_WAY = re.compile(r"/(?:resume|i|s)#")
_WIDE, _MARGIN = 720, 48
_INK, _PALE, _LINE = "#1d1d1f", "#5d5f66", "#c9c4ba"
_QR = 440
_MONO = "JJHei.ttf"


def picture(code: Code, link: str) -> bytes:
    """A PNG for a phone's album or a sheet of paper, black on white; `link` opens the web chat with the code."""
    return _sheet(
        (
            (code.title, 40, _INK),
            (code.text, 46, _INK),
            (code.purpose, 26, _PALE),
            (_home(link), 28, _INK),
        ),
        link,
    )


def invitation(title: str, purpose: str, link: str) -> bytes:
    """A PNG to be handed on: for whom it is, what to do with it, and a QR code that opens `link`."""
    return _sheet(((title, 40, _INK), (purpose, 26, _PALE), (_home(link), 28, _INK)), link)


def _home(link: str) -> str:
    """The address without the way in and what stands behind it, which is for the code alone."""
    return _WAY.split(link, maxsplit=1)[0].partition("?")[0]


def _sheet(lines: tuple[tuple[str, int, str], ...], link: str) -> bytes:
    """The lines, and below them the QR code of a link."""
    from PIL import Image, ImageDraw

    square = _qr(link)
    high = _MARGIN + sum(int(size * 1.75) for _, size, _ in lines) + square.height + 40
    sheet = Image.new("RGB", (_WIDE, high), "white")
    draw = ImageDraw.Draw(sheet)
    draw.rectangle((10, 10, _WIDE - 11, high - 11), outline=_LINE, width=2)
    top = _MARGIN
    for text, size, ink in lines:
        draw.text((_WIDE // 2, top), text, ink, _fitting(text, size), anchor="ma")
        top += int(size * 1.75)
    sheet.paste(square, ((_WIDE - square.width) // 2, top + 10))
    out = io.BytesIO()
    sheet.quantize(16).save(out, "PNG", optimize=True)
    return out.getvalue()


def encoded(code: Code, link: str) -> str:
    """The picture in base64, as it goes to the page."""
    return base64.b64encode(picture(code, link)).decode("ascii")


def square(link: str) -> bytes:
    """A link as a QR code alone: a PNG."""
    out = io.BytesIO()
    _qr(link).convert("1").save(out, "PNG", optimize=True)
    return out.getvalue()


def blocks(link: str) -> str:
    """The QR code in characters, for a terminal."""
    import segno

    out = io.StringIO()
    segno.make(link, error="m", micro=False).terminal(out, border=2, compact=True)
    return out.getvalue().rstrip("\n")


def _qr(link: str) -> Image:
    """The code of a link alone: a Chinese text may be read from it as another one (`findings/segno-kanji-by-bytes.sh`)."""
    import segno
    from PIL import Image

    out = io.BytesIO()
    made = segno.make(link, error="m", micro=False)
    made.save(out, kind="png", scale=max(1, _QR // made.symbol_size(border=4)[0]), border=4)
    return Image.open(out).convert("RGB")


def _fitting(text: str, size: int) -> FreeTypeFont:
    """The face in this size, or smaller where the text is wider than the sheet."""
    while size > 12 and _face(size).getlength(text) > _WIDE - 2 * _MARGIN:
        size -= 2
    return _face(size)


@cache
def _face(size: int) -> FreeTypeFont:
    from PIL import ImageFont

    return ImageFont.truetype(directory() / _MONO, size)
