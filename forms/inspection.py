"""What a file is that a person sent: looked at once, at the door, in a worker process.

Nothing that a sender says is believed: the name only tells what the file claims to be, the first bytes what to
open it with, and only opening it tells what it is. Hostile files are the normal case here, so whatever goes
wrong becomes a `trouble` and never an exception.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import puremagic
from lxml import etree

from forms.attachment import Attachment, Media, Trouble
from forms.footage import length
from forms.pictures import TooManyPixels, examine, prepared_photo
from forms.typed import LONGEST, TooLong, Unacceptable, normalise

__all__ = ["Caps", "inspect", "prepared_photo"]

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_MEDIA: dict[str, Media] = {
    "image/jpeg": "image",
    "image/png": "image",
    "image/webp": "image",
    "application/pdf": "pdf",
    _DOCX: "text",
    "video/mp4": "video",
    "video/quicktime": "video",
    "video/3gpp": "video",
    "video/webm": "video",
}
_CLAIMS: dict[str, Media] = {
    **dict.fromkeys((".jpg", ".jpeg", ".png", ".webp", ".gif", ".bmp", ".heic"), "image"),
    ".pdf": "pdf",
    **dict.fromkeys((".docx", ".txt"), "text"),
    **dict.fromkeys((".mp4", ".mov", ".m4v", ".3gp", ".webm"), "video"),
}
_CODECS = ("utf-8-sig", "gb18030")
_HEAD = 64 * 1024
_LONGEST_NAME = 80
_UNKNOWN = "application/octet-stream"

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")


@dataclass(frozen=True)
class Caps:
    """The most of everything that is looked into. Bytes, unless named otherwise.

    `ratio` is unpacked to packed size of a .docx, which holds `entries` files and `unpacked` bytes at most.
    """

    image: int = 20 * 1024 * 1024
    pdf: int = 30 * 1024 * 1024
    text: int = 10 * 1024 * 1024
    video: int = 2000 * 1024 * 1024
    pixels: int = 40_000_000
    pages: int = 200
    entries: int = 2000
    unpacked: int = 100 * 1024 * 1024
    ratio: int = 200


class _Refused(Exception):  # noqa: N818 - carries a Trouble
    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble)
        self.trouble: Trouble = trouble


class _Sniffed(NamedTuple):
    media: Media
    mime: str


def inspect(path: Path, file: str, name: str, caps: Caps) -> Attachment:
    """What the file at `path` is. `file` is the store's name for it, `name` the sender's own.

    Takes CPU and memory within `caps`; never raises.
    """
    shown = _shown(name)
    sniffed = _Sniffed("unknown", _UNKNOWN)
    size = 0
    try:
        size = path.stat().st_size
        if not size:
            raise _Refused("empty")
        sniffed = _sniff(path, shown)
        facts = _opened(path, sniffed, size, caps)
    except _Refused as refused:
        facts = {"trouble": refused.trouble}
    except TooManyPixels:
        facts = {"trouble": "too_many_pixels"}
    except Exception:  # a decoder may raise anything on a broken file
        facts = {"trouble": "unreadable"}
    return Attachment(file=file, name=shown, media=sniffed.media, mime=sniffed.mime, size=size, **facts)


def _shown(name: str) -> str:
    """The sender's name for the file without a path, fit to be shown."""
    plain = name.encode("utf-8", "replace").decode("utf-8").replace("\\", "/").rpartition("/")[2]
    try:
        cleaned = " ".join(normalise(plain[-LONGEST:]).split())
    except Unacceptable:
        cleaned = ""
    return cleaned[-_LONGEST_NAME:] or "?"


def _sniff(path: Path, name: str) -> _Sniffed:
    """What the first bytes say, held against what the name says. Raises `_Refused`."""
    claim = _CLAIMS.get(Path(name).suffix.casefold())
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if name.casefold().endswith(".txt"):
        return _Sniffed("text", "text/plain")
    if head.startswith(_OLE) and name.casefold().endswith(".docx"):
        raise _Refused("locked" if _ENCRYPTED in path.read_bytes() else "unknown_type")
    try:
        matches = [match.mime_type for match in puremagic.magic_string(head)]
    except (puremagic.PureError, ValueError):  # nothing fits
        matches = []
    mime = next((match for match in matches if match in _MEDIA), "")
    if claim and mime and _MEDIA[mime] == claim:
        return _Sniffed(claim, mime)
    if claim and "image/heif" not in matches[:1] and "image/gif" not in matches[:1]:
        raise _Refused("disguised")
    if not mime or claim:
        raise _Refused("unknown_type")
    return _Sniffed(_MEDIA[mime], mime)


def _opened(path: Path, sniffed: _Sniffed, size: int, caps: Caps) -> dict[str, Any]:
    """The facts of an Attachment that only opening the file can tell. Raises `_Refused` or anything."""
    match sniffed.media:
        case "image":
            _within(size, caps.image)
            return examine(path, caps.pixels)._asdict()
        case "pdf":
            _within(size, caps.pdf)
            return _pdf(path, caps)
        case "video":
            return _video(path, sniffed.mime, size, caps)
        case _:
            _within(size, caps.text)
            return {"text": _text(path, sniffed.mime, caps)}


def _within(size: int, cap: int) -> None:
    if size > cap:
        raise _Refused("too_large")


def _pdf(path: Path, caps: Caps) -> dict[str, Any]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise _Refused("locked" if "password" in str(error).casefold() else "unreadable") from error
    try:
        pages = len(document)
        if not pages:
            raise _Refused("unreadable")
        if pages > caps.pages:
            raise _Refused("too_large")
        document[0].get_size()
        return {"pages": pages}
    finally:
        document.close()


def _video(path: Path, mime: str, size: int, caps: Caps) -> dict[str, Any]:
    """Size as seen and length. The container is named, so that no other demuxer (playlists!) is tried."""
    import av

    _within(size, caps.video)
    with av.open(str(path), format="webm" if mime == "video/webm" else "mov") as container:
        stream = container.streams.video[0]
        width, height = stream.codec_context.width, stream.codec_context.height
        if width * height > caps.pixels:
            raise _Refused("too_many_pixels")
        frame = next(container.decode(stream))
        if frame.rotation % 180:
            width, height = height, width
        seconds = length(container, stream, frame.time or 0.0)
        if seconds <= 0 or not width or not height:
            raise _Refused("unreadable")
        return {"width": width, "height": height, "seconds": round(seconds, 1)}


def _text(path: Path, mime: str, caps: Caps) -> str:
    raw = _docx(path, caps) if mime == _DOCX else _plain(path.read_bytes())
    try:
        text = normalise(raw)
    except TooLong as error:
        raise _Refused("too_large") from error
    except Unacceptable as error:
        raise _Refused("unreadable") from error
    if not text:
        raise _Refused("empty")
    return text


def _plain(content: bytes) -> str:
    """Text in UTF-8, GB 18030 or, with its mark, UTF-16. Raises `_Refused` for anything else under that name."""
    codecs = ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else _CODECS
    for codec in codecs:
        try:
            text = content.decode(codec)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise _Refused("disguised")


def _docx(path: Path, caps: Caps) -> str:
    """The running text of a Word document, a line for each paragraph. Entities are never expanded."""
    with zipfile.ZipFile(path) as archive:
        entries = archive.infolist()
        packed = max(path.stat().st_size, 1)
        unpacked = sum(entry.file_size for entry in entries)
        if len(entries) > caps.entries or unpacked > min(caps.unpacked, packed * caps.ratio):
            raise _Refused("too_large")
        try:
            entry = archive.getinfo("word/document.xml")
        except KeyError:
            raise _Refused("disguised") from None
        if entry.flag_bits & 1:
            raise _Refused("locked")
        with archive.open(entry) as file:
            content = file.read(entry.file_size + 1)  # the directory may lie about the size
        if len(content) > entry.file_size:
            raise _Refused("unreadable")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    root = etree.fromstring(content, parser)
    if root.getroottree().docinfo.doctype:
        raise _Refused("unreadable")  # Word writes none; it is how entity bombs come in
    etree.strip_elements(root, _FALLBACK, with_tail=False)
    parts = []
    for element in root.iter(f"{_W}p", f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}cr"):
        name = str(element.tag).removeprefix(_W)
        parts.append((element.text or "") if name == "t" else " " if name == "tab" else "\n")
    return "".join(parts)
