"""The pages of a PDF of our own as pictures for a phone's screen. Runs in a worker process."""

from __future__ import annotations

from hashlib import sha256
from io import BytesIO
from itertools import zip_longest

#: Sharp on a phone of three device pixels to the point, and still some 60 KB a page.
_WIDTH = 1080
#: Pixels to the point where pages are compared: a hair line that moves by half a millimetre is seen.
_COMPARED = 2.0


def page_picture(content: bytes, number: int) -> bytes:
    """A page (from 0) as JPEG, 1080 pixels wide. Raises what PDFium raises on a broken file.

    JPEG, because the pictures are kept in albums and sent on: there every phone opens it.
    """
    from pypdfium2 import PdfDocument

    document = PdfDocument(content)
    try:
        page = document[number]
        picture = page.render(scale=_WIDTH / page.get_width()).to_pil().convert("RGB")
    finally:
        document.close()
    buffer = BytesIO()
    picture.save(buffer, "JPEG", quality=85, subsampling=0, optimize=True)
    return buffer.getvalue()


def differing_pages(one: bytes, other: bytes) -> tuple[int, ...]:
    """The numbers, from 1, of the pages on which two PDFs do not look the same; a page that only one has is one.

    Raises what PDFium raises on a broken file.
    """
    first, second = _drawn(one), _drawn(other)
    pairs = enumerate(zip_longest(first, second), 1)
    return tuple(number for number, (before, after) in pairs if before != after)


def _drawn(content: bytes) -> list[tuple[int, int, str]]:
    """Each page by width, height and what its pixels come to."""
    from pypdfium2 import PdfDocument

    document = PdfDocument(content)
    try:
        bitmaps = (document[number].render(scale=_COMPARED) for number in range(len(document)))
        return [(each.width, each.height, sha256(each.buffer).hexdigest()) for each in bitmaps]
    finally:
        document.close()
