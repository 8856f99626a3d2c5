"""What a file is that a person sent: looked at once, at the door, in a worker process.

Nothing that a sender says is believed: the name only tells what the file claims to be, the first bytes what to
open it with, and only opening it tells what it is. Hostile files are the normal case here, so whatever goes
wrong becomes a `trouble` and never an exception.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from forms.attachment import Attachment, Detail, Media
from forms.caps import Caps
from forms.footage import film
from forms.formats import DOCX, UNKNOWN, Format, recognised
from forms.pdf_pages import pages_of
from forms.pictures import TooManyPixels, examine, prepared_photo
from forms.readable import Readable, Unreachable
from forms.refused import Refused
from forms.typed import LONGEST, TooLong, Unacceptable, normalise
from forms.word.package import Limits
from forms.word.reading import read

__all__ = ["Caps", "inspect", "prepared_photo"]

_CLAIMS: dict[str, Media] = {
    **dict.fromkeys(
        (".jpg", ".jpeg", ".png", ".webp", ".gif", ".bmp", ".heic", ".heif", ".avif", ".tif", ".tiff"),
        "image",
    ),
    ".pdf": "pdf",
    **dict.fromkeys((".docx", ".docm", ".dotx", ".txt"), "text"),
    **dict.fromkeys((".mp4", ".mov", ".m4v", ".3gp", ".webm"), "video"),
}
#: What a file of a medium is called where it came under another name.
_REALLY: dict[Media, Detail] = {"image": "picture", "pdf": "pdf", "text": "docx", "video": "film"}
#: How 金山 calls its texts, which are old Word's inside.
_WPS = (".wps", ".wpt")
_CODECS = ("utf-8-sig", "gb18030")
#: Without a mark, and from where characters are traditional: taken where nothing but common characters comes out.
_RARER = ("utf-16-le", "utf-16-be", "big5")
_COMMON = re.compile(
    "[\\s\u0021-\u007e\u00b0-\u00b7\u2010-\u2027\u2460-\u2473\u3000-\u301f\u4e00-\u9fff\uff01-\uff5e]*"
)
_UNAGREED = re.compile("[\ue000-\uf8ff\x00-\x08\x0e-\x1f]")
_LONGEST_NAME = 80


class _Sniffed(NamedTuple):
    media: Media
    mime: str


def inspect(sent: Readable, file: str, name: str, caps: Caps) -> Attachment:
    """What a file is that was sent. `file` is the store's name for it, `name` the sender's own.

    Takes CPU and memory within `caps`. Raises Unreachable where nothing can be told of it, and nothing else.
    """
    shown = _shown(name)
    sniffed = _Sniffed("unknown", UNKNOWN)
    size = 0
    try:
        size = sent.size
        if not size:
            raise Refused("empty")
        sniffed = _sniff(sent, shown)
        facts = _opened(sent, sniffed, size, caps)
    except Refused as refused:
        facts = {"trouble": refused.trouble, "detail": refused.detail}
    except TooManyPixels:
        facts = {"trouble": "too_many_pixels"}
    except MemoryError:
        facts = {"trouble": "too_many_pixels" if sniffed.media == "image" else "unreadable"}
    except Exception as error:  # a decoder may raise anything on a broken file
        _reach(sent)
        broken_off = "truncated" in str(error).casefold()
        facts = {"trouble": "unreadable", "detail": "cut_off" if broken_off else None}
    return Attachment(file=file, name=shown, media=sniffed.media, mime=sniffed.mime, size=size, **facts)


def _reach(sent: Readable) -> None:
    """Raises Unreachable where a decoder failed for want of the bytes: some of them tell it in words of their own."""
    try:
        _ = sent.size
    except Unreachable:
        raise
    except OSError:
        pass


def _shown(name: str) -> str:
    """The sender's name for the file without a path, fit to be shown."""
    plain = name.encode("utf-8", "replace").decode("utf-8").replace("\\", "/").rpartition("/")[2]
    try:
        cleaned = " ".join(normalise(plain[-LONGEST:]).split())
    except Unacceptable:
        cleaned = ""
    return cleaned[-_LONGEST_NAME:] or "?"


def _sniff(sent: Readable, name: str) -> _Sniffed:
    """What its content says it is, held against what the name says. Raises `Refused`."""
    suffix = Path(name).suffix.casefold()
    if suffix == ".txt":
        return _Sniffed("text", "text/plain")
    claim = _CLAIMS.get(suffix)
    actual = recognised(sent)
    if actual.encrypted:
        raise Refused("locked")
    if actual.media == "unknown":
        raise Refused(
            "disguised" if claim and not _is_old(actual) else "unknown_type", _called(actual, suffix)
        )
    if claim and claim != actual.media:
        raise Refused("disguised", _REALLY[actual.media])
    return _Sniffed(actual.media, actual.mime)


def _is_old(actual: Format) -> bool:
    """Whether it is of the old Office, whose files many a person has renamed in good faith."""
    return actual.compound


def _called(actual: Format, suffix: str) -> Detail | None:
    return "wps" if actual.detail == "word97" and suffix in _WPS else actual.detail


def _opened(sent: Readable, sniffed: _Sniffed, size: int, caps: Caps) -> dict[str, Any]:
    """The facts of an Attachment that only opening the file can tell. Raises `Refused` or anything."""
    match sniffed.media:
        case "image":
            _within(size, caps.image)
            return examine(sent, caps.pixels)._asdict()
        case "pdf":
            _within(size, caps.pdf)
            return {"pages": pages_of(sent, caps.pages)}
        case "video":
            _within(size, caps.video)
            return film(sent, sniffed.mime, caps.pixels)._asdict()
        case _:
            _within(size, caps.text)
            return _document(sent, caps) if sniffed.mime == DOCX else {"text": _text(_plain(sent), False)}


def _within(size: int, cap: int) -> None:
    if size > cap:
        raise Refused("too_large")


def _document(sent: Readable, caps: Caps) -> dict[str, Any]:
    words = read(sent, Limits(caps.entries, caps.unpacked, caps.ratio), LONGEST)
    return {"text": _text(words.text, words.pictured or bool(words.unread)), "unread": words.unread or None}


def _text(raw: str, pictured: bool) -> str:
    try:
        text = normalise(raw)
    except TooLong as error:
        raise Refused("too_large", "long_text") from error
    except Unacceptable as error:
        raise Refused("unreadable") from error
    if not text:
        raise Refused("empty", "only_pictures" if pictured else None)
    return text


def _decoded(content: bytes, codecs: Iterable[str]) -> Iterator[str]:
    for codec in codecs:
        try:
            text = content.decode(codec)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            yield text


def _plain(sent: Readable) -> str:
    """Text in UTF-8, GB 18030, UTF-16 or Big5. Raises `Refused` for anything else under that name."""
    with sent.open() as stream:
        content = stream.read()
    marked = content[:2] in (b"\xff\xfe", b"\xfe\xff")
    texts = list(_decoded(content, ("utf-16",) if marked else _CODECS))
    # What is no GB 18030 may pass for it, with characters that nobody has agreed upon.
    doubted = not marked and (not texts or _UNAGREED.search(texts[0]) is not None)
    likelier = _decoded(content, _RARER) if doubted else ()
    texts = [*(text for text in likelier if _COMMON.fullmatch(text)), *texts]
    if texts:
        return texts[0]
    actual = recognised(sent)
    raise Refused("disguised", actual.detail or _REALLY.get(actual.media))
