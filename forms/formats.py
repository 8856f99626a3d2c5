"""What a file is by its first bytes and, where it is a package, by what lies in it. Names decide nothing here."""

from __future__ import annotations

import re
import zipfile
from typing import NamedTuple

from forms.attachment import Detail, Media
from forms.readable import Readable

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
UNKNOWN = "application/octet-stream"
_HEAD = 64 * 1024
_PDF_WITHIN = 1024  # ISO 32000-2, annex on readers: the header may stand that far in
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_MOST_NAMES = 5000
_OLE_READ = 32 * 1024 * 1024


class Format(NamedTuple):
    """What a file is: of a medium that is taken, with its MIME type, or something else that can be named."""

    media: Media
    mime: str
    detail: Detail | None = None
    encrypted: bool = False
    compound: bool = False


_PICTURES: tuple[tuple[bytes, int, str], ...] = (
    (b"\xff\xd8\xff", 0, "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", 0, "image/png"),
    (b"GIF87a", 0, "image/gif"),
    (b"GIF89a", 0, "image/gif"),
    (b"WEBP", 8, "image/webp"),
    (b"II*\0", 0, "image/tiff"),
    (b"MM\0*", 0, "image/tiff"),
)
_HEIF = frozenset(
    {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"mif2", b"msf1"}
)
_AVIF = frozenset({b"avif", b"avis"})
#: Boxes with which QuickTime files may begin that have no ftyp.
_BOXES = frozenset({b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"})
_OTHERS: tuple[tuple[bytes, int, Detail], ...] = (
    (b"{\\rtf", 0, "rtf"),
    (b"%!PS", 0, "postscript"),
    (b"\xc5\xd0\xd3\xc6", 0, "postscript"),
    (b"8BPS", 0, "psd"),
    (b"\0\0\0\x0cjP  \r\n\x87\n", 0, "jpeg_2000"),
    (b"\xff\x4f\xff\x51", 0, "jpeg_2000"),
    (b"AC10", 0, "cad"),
    (b"\xd7\xcd\xc6\x9a", 0, "metafile"),
    (b" EMF", 40, "metafile"),
    (b"\xff\x0a", 0, "jpeg_xl"),
    (b"\0\0\0\x0cJXL \r\n\x87\n", 0, "jpeg_xl"),
    (b"HWP Document File", 0, "hwp"),
    (b"AVI ", 8, "other_film"),
    (b"FLV\x01", 0, "other_film"),
    (b".RMF", 0, "other_film"),
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", 0, "other_film"),
    (b"\0\0\x01\xba", 0, "other_film"),
    (b"\0\0\x01\xb3", 0, "other_film"),
    (b"ID3", 0, "sound"),
    (b"#!AMR", 0, "sound"),
    (b"\x02#!SILK", 0, "sound"),
    (b"fLaC", 0, "sound"),
    (b"OggS", 0, "sound"),
    (b"WAVE", 8, "sound"),
    (b"\xff\xfb", 0, "sound"),
    (b"\xff\xf1", 0, "sound"),
    (b"Rar!\x1a\x07", 0, "archive"),
    (b"7z\xbc\xaf\x27\x1c", 0, "archive"),
    (b"\x1f\x8b", 0, "archive"),
    (b"BZh", 0, "archive"),
    (b"\xfd7zXZ\0", 0, "archive"),
    (b"ustar", 257, "archive"),
    (b"MZ", 0, "program"),
    (b"\x7fELF", 0, "program"),
    (b"L\0\0\0\x01\x14\x02\0", 0, "shortcut"),
    (b"[InternetShortcut]", 0, "shortcut"),
)
_TS = re.compile(rb"\x47.{187}\x47.{187}\x47", re.DOTALL)
_WMA = bytes.fromhex("409e69f84d5bcf11a8fd00805f5c442b")
_WEB_ARCHIVE = re.compile(rb"\A(?:[\x20-\x7e]*\r?\n){0,12}?Content-Type:\s*multipart/related", re.IGNORECASE)
_MARKUP = re.compile(
    rb"<(!doctype\s+html|html|head|body|meta|svg|\?xml|p|div|table|span|font|script|w:)", re.IGNORECASE
)
#: Directory entries of OLE compound files, in the order in which they decide.
_STREAMS: tuple[tuple[str, Detail], ...] = (
    ("WordDocument", "word97"),
    ("Workbook", "xls"),
    ("PowerPoint Document", "ppt"),
    ("Book", "xls"),
    ("HwpSummaryInformation", "hwp"),
)
_MIMETYPES: dict[bytes, Detail] = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/vnd.oasis.opendocument.presentation": "odp",
    b"application/epub+zip": "epub",
}


def recognised(file: Readable) -> Format:
    """What a file is. Reads its head and, of packages, their list of names; never raises on what it is."""
    with file.open() as stream:
        head = stream.read(_HEAD)
    if head.startswith(_OLE):
        return _compound(file)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _packed(file)
    return _picture(head) or _boxed(head) or _other(head)


def _picture(head: bytes) -> Format | None:
    mime = next((mime for magic, at, mime in _PICTURES if head.startswith(magic, at)), None)
    if mime == "image/tiff" and (head[8:10] == b"CR" or b"DNG" in head[:2048]):
        return Format("unknown", UNKNOWN, "raw_photo")
    if mime:
        return Format("image", mime)
    if (
        head.startswith(b"BM")
        and len(head) > 18
        and int.from_bytes(head[14:18], "little") in (12, 40, 52, 56, 64, 108, 124)
    ):
        return Format("image", "image/bmp")
    return None


def _boxed(head: bytes) -> Format | None:
    """ISO media files (ISO 14496-12): their brands tell pictures from films, and opening tells the rest."""
    kind = head[4:8]
    if kind == b"ftyp":
        size = max(16, min(int.from_bytes(head[:4]), 512))
        brands = [head[8:12], *(head[at : at + 4] for at in range(16, size, 4))]
        if brands[0] == b"crx ":
            return Format("unknown", UNKNOWN, "raw_photo")
        if brands[0] in _AVIF or (brands[0] in (b"mif1", b"msf1", b"miaf") and _AVIF & set(brands)):
            return Format("image", "image/avif")
        if brands[0] in _HEIF or brands[0] == b"miaf":
            return Format("image", "image/heif")
        if brands[0] in (b"M4A ", b"M4B "):
            return Format("unknown", UNKNOWN, "sound")
        mime = "video/quicktime" if brands[0] == b"qt  " else "video/mp4"
        return Format("video", "video/3gpp" if brands[0][:2] == b"3g" else mime)
    if kind in _BOXES:
        return Format("video", "video/quicktime")
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        return (
            Format("video", "video/webm")
            if b"webm" in head[:64]
            else Format("unknown", UNKNOWN, "other_film")
        )
    return None


def _other(head: bytes) -> Format:
    if b"%PDF-" in head[:_PDF_WITHIN]:
        return Format("pdf", "application/pdf")
    for magic, at, detail in _OTHERS:
        if head.startswith(magic, at):
            sound = detail == "other_film" and _WMA in head and b"\xc0\xef\x19\xbc" not in head
            return Format("unknown", UNKNOWN, "sound" if sound else detail)
    if _TS.match(head):
        return Format("unknown", UNKNOWN, "other_film")
    return Format("unknown", UNKNOWN, _written(head))


def _written(head: bytes) -> Detail | None:
    """What kind of text it is; None for bytes that are none."""
    plain = _as_ascii(head)
    if plain is None:
        return None
    start = plain.lstrip()[:4096]
    if _WEB_ARCHIVE.match(start) or (
        start[:13].lower() == b"mime-version:" and b"multipart/related" in start.lower()
    ):
        return "web_archive"
    markup = _MARKUP.match(start)
    if not markup:
        return "plain_text"
    if b"<svg" in start:
        return "svg"
    if markup[1] == b"?xml":
        if (
            b"schemas.microsoft.com/office/word" in start
            or b"Word.Document" in start
            or b"xmlPackage" in start
        ):
            return "word_xml"
        return "html" if b"<html" in start.lower() else "plain_text"
    return "html"


def _as_ascii(head: bytes) -> bytes | None:
    """A text's bytes, of UTF-16 every second one; None where there are bytes that no text has."""
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return head.decode("utf-16", "ignore").encode("ascii", "ignore")
    head = head.removeprefix(b"\xef\xbb\xbf")
    return None if re.search(rb"[\0-\x08\x0e-\x1a\x1c-\x1f]", head) else head


def _compound(file: Readable) -> Format:
    """The formats of old Office (MS-CFB). The names of their streams are UTF-16 in a directory that may lie anywhere."""
    with file.open() as stream:
        content = stream.read(_OLE_READ)
    if "EncryptedPackage".encode("utf-16-le") in content:
        return Format("unknown", UNKNOWN, encrypted=True)
    details = (detail for name, detail in _STREAMS if (name + "\0").encode("utf-16-le") in content)
    return Format("unknown", UNKNOWN, next(details, None), compound=True)


def _packed(file: Readable) -> Format:
    try:
        with file.open() as stream, zipfile.ZipFile(stream) as archive:
            names = {
                entry.filename.replace("\\", "/").lstrip("/") for entry in archive.infolist()[:_MOST_NAMES]
            }
            mimetype = b""
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                mimetype = archive.read("mimetype").strip()
    except (zipfile.BadZipFile, KeyError, RuntimeError, NotImplementedError, OSError, ValueError):
        with file.open() as stream:
            office = b"[Content_Types].xml" in stream.read(_HEAD)
        return Format("text", DOCX) if office else Format("unknown", UNKNOWN, "archive")
    folded = {name.casefold() for name in names}
    tops = {name.partition("/")[0] for name in folded}
    if "ofd.xml" in folded:
        return Format("unknown", UNKNOWN, "ofd")
    if mimetype in _MIMETYPES:
        return Format("unknown", UNKNOWN, _MIMETYPES[mimetype])
    if "[content_types].xml" in folded:
        return _office(tops, folded)
    if any(name.endswith(".iwa") for name in folded) or "index.zip" in folded or "index.apxl" in folded:
        return Format("unknown", UNKNOWN, "pages")
    return Format("unknown", UNKNOWN, "archive")


def _office(tops: set[str], names: set[str]) -> Format:
    if "xl" in tops:
        return Format("unknown", UNKNOWN, "xlsx")
    if "ppt" in tops:
        return Format("unknown", UNKNOWN, "pptx")
    if "fixeddocseq.fdseq" in names or any(name.endswith(".fdseq") for name in names):
        return Format("unknown", UNKNOWN, "xps")
    return Format("text", DOCX)
