"""PDF pages as pictures for a phone's screen."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from io import BytesIO
from threading import Lock

#: Sharp on a phone of three device pixels to the point, and still some 60 KB a page.
_WIDTH = 1080

#: PDFium keeps global state and is not safe to enter from two threads.
_PDFIUM = Lock()


async def pages_of(content: bytes) -> AsyncIterator[bytes]:
    """Each page of a PDF of our own as WebP."""
    number = 0
    while (image := await asyncio.to_thread(_drawn, content, number)) is not None:
        yield image
        number += 1


def _drawn(content: bytes, number: int) -> bytes | None:
    from pypdfium2 import PdfDocument

    with _PDFIUM:
        document = PdfDocument(content)
        try:
            if number >= len(document):
                return None
            page = document[number]
            picture = page.render(scale=_WIDTH / page.get_width()).to_pil().convert("RGB")
        finally:
            document.close()
    buffer = BytesIO()
    picture.save(buffer, "WEBP", quality=82, method=2)
    return buffer.getvalue()
