"""Hostile files by kind, made here and small. Each tries our own guard; none harms anything that opens it.

What is claimed (a size, a length, a number of pages) is claimed in a header, and nothing stands behind it.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

from tests.hostile import papers
from tests.hostile.honest import Sent, docx, honest, pdf, picture
from tests.hostile.strings import FILE, URL, by_kind


def every(url: str = URL, file: str = FILE) -> tuple[Sent, ...]:
    """All of them; `url` and `file` are what some try to have fetched and opened."""
    made: list[Sent] = []
    for make in (_truncated, _misnamed, _polyglots, _sizes, _metadata, _others, _named):
        made.extend(make())
    made.extend(papers.every(url, file))
    return tuple(made)


# Lists read better in lines than one by one.
# fmt: off

def _truncated() -> Iterator[Sent]:
    for name, content in honest().items():
        if name == "a.txt":
            continue
        for share in (0, 1, 4, 12, 0.3, 0.6, 0.98):
            size = int(share if isinstance(share, int) else len(content) * share)
            yield Sent("truncated", name, content[:size], "refused" if size <= 12 else "")


def _misnamed() -> Iterator[Sent]:
    mediums = {"a.jpg": "image", "a.pdf": "pdf", "a.docx": "text", "a.mp4": "video"}
    for name, content in honest().items():
        if name == "a.txt":
            continue
        for other in mediums:
            alike = {"a.png", "a.webp", "a.gif", "a.bmp", "a.tif", "a.jpg"}
            if other != name and not (other == "a.jpg" and name in alike):
                yield Sent("misnamed", other, content, "refused")
        yield Sent("misnamed", f"{name}.exe", content)
        yield Sent("misnamed", "", content)


def _polyglots() -> Iterator[Sent]:
    jpeg, document, portable = picture(), docx(), pdf()
    script = b"<script>alert(1)</script>"
    yield Sent("polyglot", "a.jpg", jpeg + document, "taken")
    yield Sent("polyglot", "a.jpg", jpeg + portable, "taken")
    yield Sent("polyglot", "a.jpg", jpeg[:2] + b"\xff\xfe\x00\x1b" + script[:25] + jpeg[2:])
    yield Sent("polyglot", "a.jpg", jpeg + script, "taken")
    yield Sent("polyglot", "a.pdf", b"\n" * 900 + portable)
    yield Sent("polyglot", "a.pdf", b"\n" * 1100 + portable, "refused")
    yield Sent("polyglot", "a.pdf", script + portable)
    yield Sent("polyglot", "a.pdf", portable + document)
    yield Sent("polyglot", "a.pdf", portable + jpeg)
    yield Sent("polyglot", "a.docx", document + portable)
    yield Sent("polyglot", "a.docx", jpeg + document, "refused")
    yield Sent("polyglot", "a.png", picture("PNG") + b"MZ\x90\0" * 20, "taken")
    yield Sent("polyglot", "a.gif", b"GIF89a/*" + script + b"*/=1;", "refused")
    yield Sent("polyglot", "a.gif", picture("GIF") + script, "taken")
    yield Sent("polyglot", "a.mp4", honest()["a.mp4"] + document)
    yield Sent("polyglot", "a.txt", portable)
    yield Sent("polyglot", "a.txt", script)
    yield Sent("polyglot", "a.bmp", b"BM" + script * 4, "refused")


def png(width: int, height: int, depth: int = 8, colour: int = 2, more: bytes = b"") -> bytes:
    """A PNG of a few bytes with what a header claims."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    pixels = chunk(b"IDAT", zlib.compress(b"\0" * 64))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + more + pixels + chunk(b"IEND", b"")


def _patched(content: bytes, mark: bytes, at: int, new: bytes) -> bytes:
    start = content.index(mark) + at
    return content[:start] + new + content[start + len(new) :]


def _sizes() -> Iterator[Sent]:
    for width, height in (
        (0, 0), (0, 9), (60_000, 60_000), (1, 2**31 - 1), (2**31 - 1, 1), (2**32 - 1, 2**32 - 1), (7000, 7000),
    ):
        yield Sent("claimed size", "a.png", png(width, height), "refused")
    for depth, colour in ((16, 6), (3, 2), (0, 0), (8, 9), (1, 3)):
        yield Sent(
            "claimed size", "a.png", png(9, 9, depth, colour),
            "refused" if (depth, colour) in ((3, 2), (8, 9)) else "",
        )
    jpeg = picture()
    for height, width in ((0, 0), (65_535, 65_535), (1, 65_535), (65_535, 0)):
        content = _patched(jpeg, b"\xff\xc0", 5, struct.pack(">HH", height, width))
        yield Sent("claimed size", "a.jpg", content, "refused")
    bmp = honest()["a.bmp"]
    for width, height in ((2**31 - 1, 2**31 - 1), (-60, 84), (60, -(2**31)), (0, 0), (50_000, 50_000)):
        yield Sent(
            "claimed size", "a.bmp", bmp[:18] + struct.pack("<ii", width, height) + bmp[26:],
            "refused" if width > 99 or not width else "",
        )
    for bits in (0, 3, 7, 64, 65_535):
        yield Sent("claimed size", "a.bmp", bmp[:28] + struct.pack("<H", bits) + bmp[30:], "refused")
    gif = honest()["a.gif"]
    for width, height in ((0, 0), (65_535, 65_535)):
        yield Sent("claimed size", "a.gif", gif[:6] + struct.pack("<HH", width, height) + gif[10:])
    webp = honest()["a.webp"]
    yield Sent("claimed size", "a.webp", webp[:4] + b"\xff\xff\xff\xff" + webp[8:])
    yield Sent(
        "claimed size", "a.webp", webp[:8] + b"WEBPVP8X" + struct.pack("<I", 10) + b"\0" * 4 + b"\xff" * 6,
        "refused",
    )
    tiff = honest()["a.tif"]
    for offset in (0, 3, len(tiff) + 9, 2**32 - 1):
        yield Sent("claimed size", "a.tif", tiff[:4] + struct.pack("<I", offset) + tiff[8:], "refused")


def exif(entries: tuple[tuple[int, int, int, bytes], ...], following: int = 0) -> bytes:
    """EXIF with these entries: number, type, count, value in four bytes."""
    table = b"".join(struct.pack(">HHI", tag, kind, count) + value for tag, kind, count, value in entries)
    return b"Exif\0\0MM\0*\0\0\0\x08" + struct.pack(">H", len(entries)) + table + struct.pack(">I", following)


def _with_segment(segment: bytes, marker: bytes = b"\xff\xe1") -> bytes:
    jpeg = picture()
    return jpeg[:2] + marker + struct.pack(">H", len(segment) + 2) + segment + jpeg[2:]


def _metadata() -> Iterator[Sent]:
    for turned in (*range(10), 255, 65_535):
        stands = exif(((0x0112, 3, 1, struct.pack(">HH", turned, 0)),))
        yield Sent("metadata", "a.jpg", _with_segment(stands), "taken")
    odd = {
        "a loop": exif(((0x0112, 3, 1, b"\0\x06\0\0"),), following=8),
        "far away": exif(((0x0112, 3, 1, b"\0\x06\0\0"),), following=2**31),
        "a wrong type": exif(((0x0112, 99, 1, b"\0\0\0\0"),)),
        "a huge count": exif(((0x010E, 2, 2**31, b"\0\0\0\x08"),)),
        "a text for a number": exif(((0x0112, 2, 4, b"abc\0"),)),
        "many entries": exif(tuple((0x0112, 3, 1, b"\0\x01\0\0") for _ in range(400))), "none": b"Exif\0\0",
        "no order": b"Exif\0\0XX\0*\0\0\0\x08", "a place": exif(((0x8825, 4, 1, b"\0\0\0\x08"),)),
        "words": b"http://ns.adobe.com/xap/1.0/\0<?xpacket?><!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
    }
    for content in odd.values():
        yield Sent("metadata", "a.jpg", _with_segment(content))
    yield Sent("metadata", "a.jpg", _with_segment(b"ICC_PROFILE\0\x01\x01" + b"\0" * 200, b"\xff\xe2"))
    yield Sent("metadata", "a.jpg", _with_segment(b"ICC_PROFILE\0\xff\x01" + b"\xff" * 60, b"\xff\xe2"))
    yield Sent("metadata", "a.jpg", _with_segment(b"comment " * 500, b"\xff\xfe"), "taken")
    text = b"Comment\0" + b"=1+1 <script>"
    chunk = struct.pack(">I", len(text)) + b"tEXt" + text + struct.pack(">I", zlib.crc32(b"tEXt" + text))
    yield Sent("metadata", "a.png", png(9, 9, more=chunk))
    packed = b"Comment\0\0" + zlib.compress(b"\0" * 1_000_000)
    chunk = (
        struct.pack(">I", len(packed)) + b"zTXt" + packed + struct.pack(">I", zlib.crc32(b"zTXt" + packed))
    )
    yield Sent("metadata", "a.png", png(9, 9, more=chunk))


def _others() -> Iterator[Sent]:
    heads = (
        b"MZ\x90\0", b"\x7fELF\x02\x01\x01", b"#!/bin/sh\n", b"Rar!\x1a\x07\0",
        b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08\0", b"BZh9", b"\xfd7zXZ\0",
        b"L\0\0\0\x01\x14\x02\0", b"\xca\xfe\xba\xbe", b"!<arch>\n",
        b"CWS\x09", b"\0asm", b"SQLite format 3\0", b"8BPS", b"\0\0\x01\0", b"ID3\x03",
        b"OggS", b"fLaC", b"FLV\x01", b".RMF", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"wOFF", b"GBMB",
    )  # fmt: skip
    for head in heads:
        yield Sent("other", "a", head + b"\0" * 300, "refused")
        yield Sent("other", "证件照.jpg", head + b"\0" * 300, "refused")


def _named() -> Iterator[Sent]:
    """An honest picture under every name that is none."""
    for kind in ("paths", "devices", "bidi", "control", "formulas"):
        for text in by_kind()[kind][:16]:
            yield Sent("name", f"{text}.jpg", picture(), "taken")
