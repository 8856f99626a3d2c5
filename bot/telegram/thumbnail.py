"""The first page of a PDF as a small picture. Runs in a worker process."""

from __future__ import annotations

from io import BytesIO

#: Telegram shows previews of at most 320 pixels a side.
_SIDE = 320


def first_page(content: bytes) -> bytes:
    """A JPEG of the first page. Raises what PDFium raises on a broken file."""
    from pypdfium2 import PdfDocument

    document = PdfDocument(content)
    try:
        page = document[0]
        scale = _SIDE / max(page.get_width(), page.get_height())
        picture = page.render(scale=2 * scale).to_pil().convert("RGB")
    finally:
        document.close()
    picture.thumbnail((_SIDE, _SIDE))
    buffer = BytesIO()
    picture.save(buffer, "JPEG", quality=85)
    return buffer.getvalue()
