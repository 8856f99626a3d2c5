"""WeasyPrint's last word on a PDF, by its own hook: what `write_pdf` calls as `finisher` before it writes the file.

The streams are packed here and not by pydyf, which packs at zlib's level 9 and, for the identifier, twice: that was a
sixth of a form's time. ISA-L writes the same format ten times as fast; the file grows by a twentieth.
"""

from __future__ import annotations

from typing import Any

from isal import isal_zlib
from pydyf import Stream

from forms.printing.stretch import ungapped

_LEVEL = 3  # ISA-L's best


def finished(document: Any, pdf: Any) -> None:
    """Take the gaps of `spread` out of all pages and pack what is to be packed."""
    ungapped(document, pdf)
    for each in pdf.objects:
        if isinstance(each, Stream) and each.compress:
            _pack(each)


def finished_duplex(document: Any, pdf: Any) -> None:
    """The same, and the print dialogue is to offer both sides, turned on the long edge."""
    finished(document, pdf)
    pdf.catalog["ViewerPreferences"] = "<</Duplex /DuplexFlipLongEdge>>"


def _pack(stream: Any) -> None:
    """Pack a stream of bytes; any other is left to pydyf."""
    if all(isinstance(each, bytes) for each in stream.stream):
        packed = isal_zlib.compress(b"\n".join(stream.stream), _LEVEL)
        stream.stream, stream.compress = [packed], False
        stream.extra["Filter"] = "/FlateDecode"
