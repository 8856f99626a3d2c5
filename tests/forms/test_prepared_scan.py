"""Scans as they are printed: whole, upright, and a PDF's page as a picture."""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from forms.library import BUILT_IN
from forms.pictures import TooManyPixels, prepared_scan
from forms.readable import PlainFile

FILES = BUILT_IN / "_shared" / "files"


def opened(content: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(content))
    assert picture.format == "JPEG"
    return picture


def test_an_image_is_kept_whole() -> None:
    with Image.open(FILES / "certificate.jpg") as sent:
        wanted = sent.width / sent.height
    picture = opened(prepared_scan(PlainFile(FILES / "certificate.jpg")))
    assert picture.width / picture.height == pytest.approx(wanted, rel=0.01)
    assert max(picture.size) <= 2000


def test_an_image_is_turned_upright(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    lying = tmp_path / "lying.jpg"
    Image.new("RGB", (400, 300), "white").save(lying, exif=exif)
    assert opened(prepared_scan(PlainFile(lying))).size == (300, 400)


def test_a_page_of_a_pdf_becomes_a_picture() -> None:
    picture = opened(prepared_scan(PlainFile(FILES / "id-card.pdf")))
    assert max(picture.size) == 2000
    assert len(picture.convert("L").getcolors() or ()) > 10  # something is drawn on it


def test_each_page_of_a_pdf_can_be_had(tmp_path: Path) -> None:
    document = pypdfium2.PdfDocument.new()
    for size in ((300, 400), (400, 300)):
        document.new_page(*size)
    both = tmp_path / "both.pdf"
    document.save(both)
    document.close()
    assert opened(prepared_scan(PlainFile(both), 0)).size == (1500, 2000)
    assert opened(prepared_scan(PlainFile(both), 1)).size == (2000, 1500)


def test_a_page_that_claims_to_be_huge_stays_small(tmp_path: Path) -> None:
    document = pypdfium2.PdfDocument.new()
    document.new_page(14_000, 14_000)
    huge = tmp_path / "huge.pdf"
    document.save(huge)
    document.close()
    assert opened(prepared_scan(PlainFile(huge))).size == (2000, 2000)


def test_too_many_pixels_are_refused(tmp_path: Path) -> None:
    large = tmp_path / "large.png"
    Image.new("1", (300, 300)).save(large)
    with pytest.raises(TooManyPixels):
        prepared_scan(PlainFile(large), pixels=1000)
