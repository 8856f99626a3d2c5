"""Small files of every medium with nothing wrong with them, to begin with."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from functools import cache
from typing import Literal

import pikepdf
from PIL import Image

from forms.library import BUILT_IN

FILES = BUILT_IN / "_shared" / "files"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


@dataclass(frozen=True)
class Sent:
    """A file as somebody sends it. `wanted` is what becomes of it, "" where it may be either, but clear."""

    kind: str
    name: str
    content: bytes
    wanted: Literal["", "taken", "refused"] = ""


@cache
def picture(form: str = "JPEG", size: tuple[int, int] = (413, 579), mode: str = "RGB") -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, "white").save(out, form)
    return out.getvalue()


@cache
def pdf(pages: int = 1) -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as document:
        for _ in range(pages):
            document.add_blank_page()
        document.save(out)
    return out.getvalue()


def package(parts: dict[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def body(inner: str, before: str = "", more: str = "") -> str:
    return f'{before}<w:document xmlns:w="{WORD}" xmlns:r="{RELATIONS}"{more}><w:body>{inner}</w:body></w:document>'


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def docx(document: str | bytes = "", **more: bytes | str) -> bytes:
    said = document or body(paragraph("焊工"))
    return package({"[Content_Types].xml": TYPES, "word/document.xml": said, **more})


@cache
def honest() -> dict[str, bytes]:
    return {
        "a.jpg": picture(),
        "a.png": picture("PNG"),
        "a.webp": picture("WEBP"),
        "a.gif": picture("GIF"),
        "a.bmp": picture("BMP", (60, 84)),
        "a.tif": picture("TIFF", (60, 84)),
        "a.pdf": pdf(),
        "a.docx": docx(),
        "a.mp4": (FILES / "video-short.mp4").read_bytes(),
        "a.txt": "焊工陆建华".encode(),
    }
