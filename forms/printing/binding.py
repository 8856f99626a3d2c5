"""Finished documents put together: one PDF of several, one ZIP of all. Runs in a worker process."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from io import BytesIO

#: One moment for all: the same documents give the same bytes.
_PACKED = (2000, 1, 1, 0, 0, 0)


def bound(parts: Sequence[bytes]) -> bytes:
    """The pages of several PDFs, one after the other, as one PDF. Raises what PDFium raises on a broken file."""
    from pypdfium2 import PdfDocument

    whole = PdfDocument.new()
    try:
        for content in parts:
            part = PdfDocument(content)
            try:
                whole.import_pages(part)
            finally:
                part.close()
        file = BytesIO()
        whole.save(file)
    finally:
        whole.close()
    return file.getvalue()


def zipped(files: Sequence[tuple[str, bytes]]) -> bytes:
    """A ZIP of files by name, numbered in their order: unpacked they lie as they are to be handed in.

    What is in it is compressed already. A name that is not plain ASCII is marked as UTF-8.
    """
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        for number, (name, content) in enumerate(files, 1):
            packed.writestr(zipfile.ZipInfo(f"{number:02d} {name}", _PACKED), content)
    return file.getvalue()
