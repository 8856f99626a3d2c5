"""Which way up a picture stands: EXIF's orientation, also where the rest of the EXIF is damaged."""

from __future__ import annotations

import re
import struct

from PIL import Image

_TAG = 0x0112
_ENTRY = struct.Struct("12s").size
_SHORT, _LONG = 3, 4
_XMP = re.compile(rb"tiff:Orientation(?:\s*=\s*[\"']|>)\s*([1-8])")
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
#: The orientations in which width and height change places.
LYING = frozenset({5, 6, 7, 8})


def orientation(picture: Image.Image) -> int:
    """EXIF's orientation of an opened picture, 1 (upright) to 8; 1 where none is told.

    Only the entry itself is read: what is broken elsewhere in the EXIF does not matter. Where it tells nothing, XMP may.
    A TIFF stands upright for us: its size is told as turned, and decoding turns it (`findings/pillow-tiff-turned.sh`).
    """
    if picture.format == "TIFF":
        return 1
    exif = picture.info.get("exif") or _hexadecimal(picture.info.get("Raw profile type exif"))
    in_exif = _in_exif(exif) if isinstance(exif, bytes) else None
    if in_exif is not None:
        return in_exif
    xmp = picture.info.get("xmp") or picture.info.get("XML:com.adobe.xmp") or b""
    match = _XMP.search(xmp.encode() if isinstance(xmp, str) else xmp)
    return int(match[1]) if match else 1


def turned(picture: Image.Image, orientation: int) -> Image.Image:
    """The picture upright."""
    return picture.transpose(_TURNS[orientation]) if orientation in _TURNS else picture


def _in_exif(content: bytes) -> int | None:
    """The orientation in the first directory of a TIFF structure; None where it is not told."""
    content = content.removeprefix(b"Exif\0\0")
    order = {b"II": "<", b"MM": ">"}.get(content[:2])
    if order is None or len(content) < 8:
        return None
    (start,) = struct.unpack_from(f"{order}I", content, 4)
    if start + 2 > len(content):
        return None
    (count,) = struct.unpack_from(f"{order}H", content, start)
    for at in range(start + 2, min(start + 2 + count * _ENTRY, len(content) - _ENTRY + 1), _ENTRY):
        tag, kind, number = struct.unpack_from(f"{order}HHI", content, at)
        if tag == _TAG and number == 1 and kind in (_SHORT, _LONG):
            (turn,) = struct.unpack_from(f"{order}{'H' if kind == _SHORT else 'I'}", content, at + 8)
            return turn if 1 <= turn <= len(_TURNS) + 1 else 1
    return None


def _hexadecimal(profile: object) -> bytes | None:
    """What ImageMagick wrote into a PNG as text: a name, a length, and the bytes in hexadecimal."""
    if not isinstance(profile, str):
        return None
    try:
        return bytes.fromhex("".join(profile.split("\n")[3:]))
    except ValueError:
        return None
