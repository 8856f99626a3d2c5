"""The pages of a PDF of our own as pictures for a phone's screen. Runs in a worker process."""

from __future__ import annotations

from io import BytesIO

#: Sharp on a phone of three device pixels to the point, and still some 60 KB a page.
_WIDTH = 1080


def page_picture(content: bytes, number: int) -> bytes:
    """A page (from 0) as WebP, 1080 pixels wide. Raises what PDFium raises on a broken file."""
    from pypdfium2 import PdfDocument

    document = PdfDocument(content)
    try:
        page = document[number]
        picture = page.render(scale=_WIDTH / page.get_width()).to_pil().convert("RGB")
    finally:
        document.close()
    buffer = BytesIO()
    picture.save(buffer, "WEBP", quality=82, method=2)
    return buffer.getvalue()
