"""What the inspection makes of honest files and of a hostile corpus, made here."""

from __future__ import annotations

import io
import random
import struct
import time
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFile

from forms.attachment import Attachment
from forms.counting import count
from forms.inspection import Caps, inspect, prepared_photo
from forms.library import BUILT_IN
from forms.pictures import preview
from forms.readable import PlainFile

FILES = BUILT_IN / "_shared" / "files"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@pytest.fixture
def look(tmp_path: Path) -> Callable[..., Attachment]:
    """Inspect some bytes under a name."""

    def at(content: bytes, name: str, caps: Caps | None = None) -> Attachment:
        path = tmp_path / "stored"
        path.write_bytes(content)
        started = time.perf_counter()
        found = inspect(PlainFile(path), "stored", name, caps or Caps())
        assert time.perf_counter() - started < 10
        return found

    return at


Look = Callable[..., Attachment]


def picture(
    colour: str | tuple[int, ...] = "white", size: tuple[int, int] = (413, 579), mode: str = "RGB"
) -> Image.Image:
    return Image.new(mode, size, colour)


def jpeg(image: Image.Image, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", **options)
    return out.getvalue()


def png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def docx(body: str, **more: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f"{body[: body.find('<w:')]}{body[body.find('<w:') :]}")
        for name, content in more.items():
            archive.writestr(name, content)
    return out.getvalue()


def paragraphs(*texts: str) -> str:
    inner = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in texts)
    return f'<w:document xmlns:w="{WORD}"><w:body>{inner}</w:body></w:document>'


def pdf(password: str = "") -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.add_blank_page()
        encryption = pikepdf.Encryption(owner=password, user=password) if password else False
        document.save(out, encryption=encryption)
    return out.getvalue()


def huge_png(side: int) -> bytes:
    """A file of a few hundred bytes that claims side × side pixels."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\0" * 10_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


# Honest files


@pytest.mark.parametrize(("name", "background"), [("white", "white"), ("red", "red"), ("blue", "blue")])
def test_a_portrait_is_measured_and_its_background_told(name: str, background: str) -> None:
    found = inspect(PlainFile(FILES / f"photo-{name}.jpg"), "a", f"photo-{name}.jpg", Caps())
    assert (found.trouble, found.media, found.mime) == (None, "image", "image/jpeg")
    assert (found.width, found.height, found.background) == (620, 868, background)


def test_a_grey_background_and_one_of_many_colours(look: Look) -> None:
    assert look(png(picture((150, 150, 152))), "a.png").background == "grey"
    noise = random.Random(1)
    image = Image.frombytes("RGB", (100, 140), noise.randbytes(100 * 140 * 3))
    assert look(png(image.resize((600, 840), Image.Resampling.NEAREST)), "a.png").background == "mixed"


def test_sizes_are_as_seen(look: Look) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    found = look(jpeg(picture(size=(868, 620)), exif=exif), "a.jpg")
    assert (found.width, found.height) == (620, 868)


@pytest.mark.parametrize("mode", ["L", "P", "RGBA", "LA", "CMYK", "1", "I;16"])
def test_pictures_of_every_mode_are_read(look: Look, mode: str) -> None:
    image = picture().convert("L").convert("I").convert("I;16") if mode == "I;16" else picture().convert(mode)
    content = jpeg(image) if mode == "CMYK" else png(image)
    assert look(content, "a.jpg" if mode == "CMYK" else "a.png").trouble is None


def test_a_webp_is_a_picture(look: Look) -> None:
    out = io.BytesIO()
    picture().save(out, "WEBP")
    assert look(out.getvalue(), "a.webp").mime == "image/webp"


@pytest.mark.parametrize(
    ("name", "seconds", "size"),
    [
        ("video-short", 10, (1280, 720)),
        ("video-6min", 360, (640, 360)),
        ("video-1080p-6min", 360, (1920, 1080)),
    ],
)
def test_a_video_is_measured(name: str, seconds: float, size: tuple[int, int]) -> None:
    found = inspect(PlainFile(FILES / f"{name}.mp4"), "a", f"{name}.mp4", Caps())
    assert (found.media, found.trouble, found.seconds) == ("video", None, seconds)
    assert (found.width, found.height) == size


@pytest.mark.parametrize("name", ["certificate.pdf", "id-card.pdf"])
def test_the_pages_of_a_pdf_are_counted(name: str) -> None:
    found = inspect(PlainFile(FILES / name), "a", name, Caps())
    assert (found.media, found.pages, found.trouble) == ("pdf", 1, None)


def test_the_text_of_a_word_document_is_read_by_paragraphs() -> None:
    found = inspect(PlainFile(FILES / "narrative.docx"), "a", "narrative.docx", Caps())
    assert found.text is not None
    assert found.text.startswith("韦师傅今年四十二岁")
    assert found.text.count("\n") == 5
    assert 550 <= count(found.text) <= 650


def test_tabs_breaks_and_text_boxes_of_word(look: Look) -> None:
    compatibility = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    run = "<w:p><w:r><w:t>一</w:t><w:tab/><w:t>二</w:t><w:br/><w:t>三</w:t></w:r></w:p>"
    inner = "<w:p><w:r><w:t>框</w:t></w:r></w:p>"
    ways = f"<mc:Choice>{inner}</mc:Choice><mc:Fallback>{inner}</mc:Fallback>"
    box = f"<mc:AlternateContent>{ways}</mc:AlternateContent>"
    body = f'<w:document xmlns:w="{WORD}" xmlns:mc="{compatibility}"><w:body>{run}{box}</w:body></w:document>'
    assert look(docx(body), "a.docx").text == "一 二\n三\n框"


def test_a_file_without_a_suffix_is_what_its_content_is(look: Look) -> None:
    assert look(jpeg(picture()), "file_12").media == "image"
    assert look(pdf(), "").pages == 2


# Hostile and broken ones


def test_an_empty_file(look: Look) -> None:
    assert look(b"", "a.jpg").trouble == "empty"


@pytest.mark.parametrize("lenient", [False, True])
def test_a_truncated_picture(look: Look, monkeypatch: pytest.MonkeyPatch, lenient: bool) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", lenient)  # as the printing libraries leave it
    whole = (FILES / "photo-white.jpg").read_bytes()
    assert look(whole[: len(whole) // 2], "a.jpg").trouble == "unreadable"
    assert look(whole[:30], "a.jpg").trouble == "unreadable"


@pytest.mark.parametrize("side", [14_143, 7_000, 60_000])
def test_a_picture_of_too_many_pixels_is_not_decoded(look: Look, side: int) -> None:
    content = huge_png(side)
    assert len(content) < 1000
    assert look(content, "a.png").trouble == "too_many_pixels"


def test_a_jpeg_of_endless_scans(look: Look) -> None:
    whole = jpeg(picture(), progressive=True)
    scan = whole[whole.rindex(b"\xff\xda") : -2]
    assert look(whole[:-2] + scan * 500 + whole[-2:], "a.jpg").trouble == "unreadable"
    assert look(whole, "a.jpg").trouble is None


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"MZ\x90\0" + b"\0" * 500, "photo.jpg"),
        (b"<!DOCTYPE html><html><script>alert(1)</script></html>", "photo.png"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "photo.png"),
        (b"%PDF-1.7\n%%EOF", "photo.jpg"),
        (b"\x7fELF" + b"\0" * 200, "证书.pdf"),
        (b"#EXTM3U\nfile:///etc/passwd\n", "video.mp4"),
        (b"\0\1\2\3" * 100, "事迹.txt"),
        (b"just words", "事迹.docx"),
    ],
)
def test_what_is_not_what_its_name_says_is_disguised(look: Look, content: bytes, name: str) -> None:
    assert look(content, name).trouble == "disguised"


@pytest.mark.parametrize(
    "content", [b"MZ\x90\0" + b"\0" * 500, b"Rar!\x1a\x07\0" + b"\0" * 99, b"what is this"]
)
def test_what_nobody_asked_for_is_of_unknown_type(look: Look, content: bytes) -> None:
    assert look(content, "file.bin").trouble == "unknown_type"


def test_a_zip_bomb_is_not_unpacked(look: Look) -> None:
    bomb = docx(paragraphs("一"), bomb=b"\0" * 60_000_000)
    assert len(bomb) < 100_000
    assert look(bomb, "a.docx").trouble == "too_large"


def test_a_zip_of_too_many_entries(look: Look) -> None:
    many = {f"e{index}": b"" for index in range(3000)}
    assert look(docx(paragraphs("一"), **many), "a.docx").trouble == "too_large"


def test_a_directory_that_lies_about_a_size(look: Look) -> None:
    content = bytearray(docx(paragraphs("焊" * 5000)))
    name = content.rindex(b"word/document.xml")
    content[name - 22 : name - 18] = struct.pack("<I", 100)  # the uncompressed size in the central directory
    assert look(bytes(content), "a.docx").trouble == "unreadable"


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]>',
        '<!DOCTYPE d [<!ENTITY c SYSTEM "file:///etc/passwd">]>',
    ],
)
def test_entities_are_never_expanded(look: Look, doctype: str) -> None:
    found = look(docx(doctype + paragraphs("&c;")), "a.docx")
    assert (found.trouble, found.text) == ("unreadable", None)


def test_another_zip_is_no_document(look: Look) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
    assert look(out.getvalue(), "a.docx").trouble == "disguised"


def test_locked_files(look: Look) -> None:
    assert look(pdf("secret"), "a.pdf").trouble == "locked"
    ole = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600
    assert look(ole + "EncryptedPackage".encode("utf-16-le"), "a.docx").trouble == "locked"
    assert look(ole, "a.docx").trouble == "unknown_type"


def test_broken_files_of_each_medium(look: Look) -> None:
    assert look(b"%PDF-1.7\nnothing", "a.pdf").trouble == "unreadable"
    assert look((FILES / "video-short.mp4").read_bytes()[:200], "a.mp4").trouble == "unreadable"
    assert look((FILES / "narrative.docx").read_bytes()[:900], "a.docx").trouble == "unreadable"
    assert look(docx("<w:document"), "a.docx").trouble == "unreadable"


def test_documents_without_words_or_with_too_many(look: Look) -> None:
    assert look(docx(paragraphs("", "")), "a.docx").trouble == "empty"
    assert look(("焊" * 20_001).encode(), "a.txt").trouble == "too_large"


def test_each_medium_has_its_cap(look: Look) -> None:
    caps = Caps(image=10, pdf=10, text=10, video=10)
    for name in ("photo-white.jpg", "certificate.pdf", "narrative.docx", "video-short.mp4"):
        assert look((FILES / name).read_bytes(), name, caps).trouble == "too_large"
    assert look(pdf(), "a.pdf", Caps(pages=1)).trouble == "too_large"


def test_a_polyglot_is_a_picture_and_nothing_else_of_it_is_kept(look: Look, tmp_path: Path) -> None:
    payload = b"<script>alert(1)</script>PK\x03\x04%PDF-1.7"
    content = (
        jpeg(picture(), comment=payload, exif=b"Exif\0\0MM\0*\0\0\0\x08\0\0" + payload)
        + pdf()
        + docx(paragraphs("一"))
    )
    found = look(content, "a.jpg")
    assert (found.media, found.trouble, found.pages, found.text) == ("image", None, None, None)
    printed = prepared_photo(PlainFile(tmp_path / "stored"))
    assert not any(part in printed for part in (b"script", b"%PDF", b"PK\x03\x04", b"Exif"))


def test_a_missing_file_is_unreadable(tmp_path: Path) -> None:
    assert inspect(PlainFile(tmp_path / "nowhere"), "a", "a.jpg", Caps()).trouble == "unreadable"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd.jpg", "passwd.jpg"),
        ("C:\\照片\\我.jpg", "我.jpg"),
        ("gpj.\u202eexe.jpg", "gpj.exe.jpg"),
        ("a\0b\n.jpg", "ab .jpg"),
        ("bad\udcff.jpg", "bad?.jpg"),
        ("", "?"),
        ("长" * 300 + ".jpg", "长" * 76 + ".jpg"),
    ],
)
def test_a_name_is_made_fit_to_be_shown(look: Look, name: str, shown: str) -> None:
    assert look(jpeg(picture()), name).name == shown


@settings(max_examples=120, deadline=None)
@given(
    st.sampled_from(["photo-white.jpg", "certificate.pdf", "narrative.docx", "video-short.mp4"]),
    st.lists(st.tuples(st.floats(0, 1), st.binary(min_size=1, max_size=8)), min_size=1, max_size=6),
)
def test_files_with_broken_bytes_never_raise(
    tmp_path_factory: pytest.TempPathFactory, name: str, wounds: list[tuple[float, bytes]]
) -> None:
    content = bytearray((FILES / name).read_bytes())
    for at, wound in wounds:
        start = int(at * (len(content) - len(wound)))
        content[start : start + len(wound)] = wound
    path = tmp_path_factory.getbasetemp() / "wounded"
    path.write_bytes(bytes(content))
    assert isinstance(inspect(PlainFile(path), "a", name, Caps()), Attachment)


# The photo for the print


@pytest.mark.parametrize("size", [(413, 579), (2000, 2800), (1200, 1200), (500, 2000)])
def test_a_prepared_photo_is_35_by_49_and_not_larger_than_print_needs(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    path = tmp_path / "photo"
    path.write_bytes(jpeg(picture(size=size)))
    with Image.open(io.BytesIO(prepared_photo(PlainFile(path)))) as made:
        assert made.format == "JPEG"
        assert made.width <= 413
        assert made.width / made.height == pytest.approx(35 / 49, abs=0.005)


def test_a_prepared_photo_stands_upright_without_metadata(tmp_path: Path) -> None:
    lying = Image.new("RGB", (868, 620), "white")
    lying.paste("red", (0, 0, 100, 620))
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "a camera"
    path = tmp_path / "photo"
    path.write_bytes(jpeg(lying, exif=exif, icc_profile=b"profile"))
    with Image.open(io.BytesIO(prepared_photo(PlainFile(path)))) as made:
        assert not made.getexif()
        assert "icc_profile" not in made.info
        assert made.convert("RGB").getpixel((made.width // 2, 5))[0] > 200  # type: ignore[index]
        assert made.convert("RGB").getpixel((made.width // 2, 5))[1] < 60  # type: ignore[index]


def test_a_transparent_photo_stands_on_white(tmp_path: Path) -> None:
    path = tmp_path / "photo"
    path.write_bytes(png(picture((0, 0, 0, 0), mode="RGBA")))
    with Image.open(io.BytesIO(prepared_photo(PlainFile(path)))) as made:
        assert made.getpixel((10, 10)) == (255, 255, 255)


def test_a_preview_shows_the_whole_picture_upright(tmp_path: Path) -> None:
    wide = tmp_path / "wide.jpg"
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (3000, 1000), "red").save(wide, exif=exif)
    with Image.open(io.BytesIO(preview(PlainFile(wide)))) as shown:
        assert shown.size == (427, 1280)
        assert not shown.getexif()
