"""Opening PDFs without trusting them: their pages, and a page as a picture with all that is seen on it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO

from PIL import Image

from forms.readable import Readable
from forms.refused import Refused

#: The root of a tree of pages that has none.
_PAGELESS = re.compile(
    rb"/Count\s+0\b(?:(?!endobj).){0,200}/Type\s*/Pages\b|/Type\s*/Pages\b(?:(?!endobj).){0,200}/Count\s+0\b",
    re.S,
)


def pages_of(file: Readable, most: int) -> int:
    """How many pages a PDF has. Raises `Refused` for a locked one, one without pages or with too many, or a broken one."""
    with _opened(file) as document:
        pages = len(document)
        if not pages:
            raise Refused("unreadable", "no_pages")
        if pages > most:
            raise Refused("too_large", "many_pages")
        if _is_dynamic(document):
            raise Refused("unreadable", "fields_only")
        document[0].get_size()
        return pages


def page_of(file: Readable, number: int, side: int) -> Image.Image:
    """A page (from 0) in RGB, upright, its longer side `side` pixels, with the values of its fields and its seals."""
    with _opened(file) as document:
        document.init_forms()
        page = document[number]
        if not min(page.get_size()) > 0:  # a crop box beside the page shows nothing: as if there were none
            page.set_cropbox(*page.get_mediabox())
        # A page may claim any size; the picture of it is never larger than one of A4.
        drawn: Image.Image = page.render(scale=side / max(page.get_size())).to_pil()
        return drawn.convert("RGB")


@contextmanager
def _opened(file: Readable) -> Iterator[Any]:
    import pypdfium2

    with file.open() as stream:
        try:
            document = pypdfium2.PdfDocument(stream)
        except pypdfium2.PdfiumError as error:
            raise _reason(stream, str(error)) from error
        try:
            yield document
        finally:
            document.close()


def _reason(stream: BinaryIO, reported: str) -> Refused:
    """Why PDFium did not open a PDF. Of one without pages it tells what was wrong with the one before it."""
    stream.seek(0)
    content = stream.read()
    if "password" in reported.casefold() and b"/Encrypt" in content:
        return Refused("locked")
    return Refused("unreadable", "no_pages" if _PAGELESS.search(content) else None)


def _is_dynamic(document: Any) -> bool:
    """Whether its pages are drawn by a program (XFA), so that there is nothing on them but “please wait”."""
    import pypdfium2.raw

    return bool(document.get_formtype() == pypdfium2.raw.FORMTYPE_XFA_FULL)
