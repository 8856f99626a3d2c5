"""Opening pictures without trusting them: their size, their background, and a clean copy for the print."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

import pi_heif
from PIL import Image, ImageFile

from forms.attachment import Background
from forms.colours import flat
from forms.orientation import LYING, orientation, turned
from forms.pdf_pages import page_of
from forms.readable import Readable

#: What phones, studios, scanners and beautifiers send.
FORMATS = ("JPEG", "PNG", "WEBP", "HEIF", "AVIF", "BMP", "GIF", "TIFF", "MPO")
pi_heif.register_heif_opener()

_PRINT_RATIO = 35 / 49  # width to height of a photo on the form, in millimetres
_PRINT_WIDTH = 413  # pixels: 35 mm at 300 dpi, which is all that a print keeps
_SCREEN = 1280  # pixels
_SCAN = 2000  # pixels: A4 at 170 dpi
_SAMPLE = (120, 168)  # pixels; a background is plain enough to be judged from so few
# Shares of height, width and height that are background for sure.
_TOP, _SIDE, _SIDE_DOWN_TO = 0.06, 0.06, 0.4
_PREVAILS = 0.7  # share of the sample that one colour needs
#: A JPEG that comes in one pass is decoded at a half, quarter or eighth, so that it may be as large as phones make them:
#: 200 million pixels and more. HEIF cannot, but is no larger than 48 million where it comes from phones.
_REDUCIBLE, _HEIF = 6.25, 1.25
# Passes of a progressive JPEG: real ones have about ten, thousands keep a decoder busy for minutes.
_SCANS = 40
_PROGRESSIVE = (b"\xff\xc2", b"\xff\xca")
_IMAGES = (b"\xff\xd8\xff", b"\x89PNG", b"RIFF", b"GIF8", b"BM", b"II*", b"MM\0*")
# The mark of a segment that has a length, or of the end.
_MARKER = re.compile(rb"\xff[^\x00\x01\xd0-\xd8\xff]")


class TooManyPixels(ValueError):  # noqa: N818 - named for what is told
    """A picture larger than the cap. It was not decoded."""


class Picture(NamedTuple):
    """Size in pixels as seen (after EXIF rotation), the background of a portrait, and a TIFF's pages if several."""

    width: int
    height: int
    background: Background
    pages: int | None


def examine(file: Readable, pixels: int) -> Picture:
    """What the picture is, after decoding it wholly. Raises `TooManyPixels`, or anything on a broken file."""
    with _strictly():
        progressive = _refuse_many_scans(file)
        with _opened(file, pixels, progressive) as picture:
            width, height = picture.size
            stands = orientation(picture)
            if stands in LYING:
                width, height = height, width
            pages = getattr(picture, "n_frames", 1) if picture.format == "TIFF" else 1
            upright = turned(_shrunk(picture, 2 * max(_SAMPLE)), stands)
            return Picture(width, height, _background(flat(upright)), pages if pages > 1 else None)


def prepared_photo(file: Readable, pixels: int = 40_000_000) -> bytes:
    """A JPEG for the print: upright, cut to 35:49 around its centre, 413 pixels wide at most, no metadata.

    The picture is decoded and encoded anew, so nothing that was hidden in the file goes on. Raises what
    `examine` raises.
    """
    upright = _upright(file, pixels, 2 * _PRINT_WIDTH)
    width, height = upright.size
    wanted = min(width, round(height * _PRINT_RATIO)), min(height, round(width / _PRINT_RATIO))
    left, top = (width - wanted[0]) // 2, (height - wanted[1]) // 2
    cut = upright.crop((left, top, left + wanted[0], top + wanted[1]))
    if cut.width > _PRINT_WIDTH:
        cut = cut.resize((_PRINT_WIDTH, round(_PRINT_WIDTH / _PRINT_RATIO)), Image.Resampling.LANCZOS)
    return _clean_jpeg(cut)


def prepared_scan(file: Readable, page: int = 0, pixels: int = 40_000_000) -> bytes:
    """A JPEG of a scan for the print: an image, or the page (from 0) of a PDF or TIFF, whole and upright, no metadata.

    Its longer side is 2000 pixels at most. Raises what `examine` or pypdfium2 raises.
    """
    with file.open() as stream:
        head = stream.read(1024)
    is_pdf = b"%PDF-" in head and not head.startswith(_IMAGES)
    picture = page_of(file, page, _SCAN) if is_pdf else _upright(file, pixels, _SCAN, page)
    picture.thumbnail((_SCAN, _SCAN), Image.Resampling.LANCZOS)
    return _clean_jpeg(picture)


def preview(file: Readable, pixels: int = 40_000_000) -> bytes:
    """A JPEG to look at on a screen: upright and whole, 1280 pixels at most either way, no metadata.

    Raises what `examine` raises.
    """
    upright = _upright(file, pixels, _SCREEN)
    upright.thumbnail((_SCREEN, _SCREEN), Image.Resampling.LANCZOS)
    return _clean_jpeg(upright)


def _upright(file: Readable, pixels: int, side: int, page: int = 0) -> Image.Image:
    with _strictly():
        progressive = _refuse_many_scans(file)
        with _opened(file, pixels, progressive) as picture:
            if page:
                picture.seek(page)
                _refuse_large(picture, pixels)
            stands = orientation(picture)
            return turned(flat(_shrunk(picture, side)), stands)


def _clean_jpeg(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    Image.frombytes("RGB", picture.size, picture.tobytes()).save(out, "JPEG", quality=92, dpi=(600, 600))
    return out.getvalue()


@contextmanager
def _strictly() -> Iterator[None]:
    """Half a picture is none, and sizes are held against our own cap. Other libraries set the opposite for the process.

    What Pillow warns of are damaged notes beside the picture, which nobody sees.
    """
    lenient, most = ImageFile.LOAD_TRUNCATED_IMAGES, Image.MAX_IMAGE_PIXELS
    ImageFile.LOAD_TRUNCATED_IMAGES, Image.MAX_IMAGE_PIXELS = False, None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES, Image.MAX_IMAGE_PIXELS = lenient, most


@contextmanager
def _opened(file: Readable, pixels: int, progressive: bool) -> Iterator[Image.Image]:
    with file.open() as stream, Image.open(stream, formats=FORMATS) as picture:
        _refuse_large(picture, _most(picture, pixels, progressive))
        yield picture


def _most(picture: Image.Image, pixels: int, progressive: bool) -> float:
    most = pixels * (_HEIF if picture.format == "HEIF" else 1)
    if picture.format in ("JPEG", "MPO") and not progressive:
        # As `draft` does it for the largest copy that is made of a picture
        half = next((each for each in (8, 4, 2) if min(picture.size) // _SCAN >= each), 1)
        most = pixels * min(half**2, _REDUCIBLE)
    return most


def _refuse_large(picture: Image.Image, most: float) -> None:
    if picture.width * picture.height > most:
        raise TooManyPixels(f"{picture.width}×{picture.height}")


def _refuse_many_scans(file: Readable) -> bool:
    """Walk the segments of a JPEG; what lies within them (thumbnails) or behind the end does not count.

    Whether it is one that comes in several passes, which must be held as a whole while it is decoded.
    """
    with file.open() as stream:
        content = stream.read()
    if not content.startswith(b"\xff\xd8"):
        return False
    at, scans, progressive = 2, 0, False
    while (marker := _MARKER.search(content, at)) and marker[0] != b"\xff\xd9":
        scans += marker[0] == b"\xff\xda"
        progressive = progressive or marker[0] in _PROGRESSIVE
        if scans > _SCANS:
            raise ValueError("a JPEG with more scans than any camera makes")
        at = marker.end() + int.from_bytes(content[marker.end() : marker.end() + 2])
    return progressive or scans > 1


def _shrunk(picture: Image.Image, side: int) -> Image.Image:
    """The picture decoded; a much larger one at a whole fraction of its size, so that copies of it stay small."""
    picture.draft(None, (side, side))
    factor = min(picture.size) // side
    # Sixteen bits a pixel cannot be reduced, and are few bytes.
    if factor < 2 or picture.mode.startswith("I;16"):
        return picture
    if picture.mode in ("1", "P", "PA"):
        picture = picture.convert("RGBA" if "transparency" in picture.info else "RGB")
    return picture.reduce(factor)


def _background(picture: Image.Image) -> Background:
    """The colour behind a portrait: what prevails in the top strip and the upper parts of both sides."""
    sample = picture.resize(_SAMPLE, Image.Resampling.BOX).convert("HSV")
    width, height = _SAMPLE
    side, down = round(width * _SIDE), round(height * _SIDE_DOWN_TO)
    strips = ((0, 0, width, round(height * _TOP)), (0, 0, side, down), (width - side, 0, width, down))
    seen: dict[Background, int] = {}
    total = 0
    for box in strips:
        bands = [band.tobytes() for band in sample.crop(box).split()]
        for hue, saturation, value in zip(*bands, strict=True):
            colour = _colour(hue, saturation, value)
            seen[colour] = seen.get(colour, 0) + 1
            total += 1
    prevailing = max(seen, key=lambda colour: seen[colour])
    return prevailing if seen[prevailing] >= _PREVAILS * total else "mixed"


def _colour(hue: int, saturation: int, value: int) -> Background:
    """One pixel of HSV, each from 0 to 255, by thresholds found on plain studio backgrounds."""
    if saturation < 45:
        return "white" if value >= 210 else "grey" if value >= 70 else "mixed"
    if value < 70:
        return "mixed"
    if hue <= 14 or hue >= 238:
        return "red" if saturation >= 90 else "mixed"
    return "blue" if 125 <= hue <= 185 else "mixed"
