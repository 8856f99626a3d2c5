"""Pictures from every phone, studio, scanner and beautifier are taken as they are seen there."""

from __future__ import annotations

import io
import random
import struct
from collections.abc import Callable
from pathlib import Path

import pillow_heif
import pytest
from PIL import Image, ImageChops, ImageCms

from forms.attachment import Attachment
from forms.inspection import Caps, inspect
from forms.pictures import TooManyPixels, examine, prepared_photo, prepared_scan, preview
from forms.readable import PlainFile

Look = Callable[..., Attachment]
TOP, REST = (200, 30, 30), (250, 250, 250)


@pytest.fixture
def stored(tmp_path: Path) -> Path:
    return tmp_path / "stored"


@pytest.fixture
def look(stored: Path) -> Look:
    def at(content: bytes, name: str = "a.jpg", caps: Caps | None = None) -> Attachment:
        stored.write_bytes(content)
        return inspect(PlainFile(stored), "stored", name, caps or Caps())

    return at


def portrait(size: tuple[int, int] = (420, 588), mode: str = "RGB") -> Image.Image:
    """White with a red band on top."""
    made = Image.new("RGB", size, REST)
    made.paste(TOP, (0, 0, size[0], size[1] // 5))
    return made.convert(mode)


def saved(picture: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def heic(*pictures: Image.Image, primary: int = 0) -> bytes:
    made = pillow_heif.HeifFile()
    for each in pictures:
        made.add_from_pillow(each)
    out = io.BytesIO()
    made.save(out, quality=80, primary_index=primary)
    return out.getvalue()


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content)).convert("RGB")


def is_red(pixel: object) -> bool:
    red, green, blue = pixel  # type: ignore[misc]
    return bool(red > 150 and green < 90 and blue < 90)


def stands_upright(content: bytes) -> bool:
    made = opened(content)
    return is_red(made.getpixel((made.width // 2, 10))) and not is_red(
        made.getpixel((made.width // 2, made.height - 10))
    )


# Formats


@pytest.mark.parametrize(
    ("content", "name", "mime"),
    [
        (heic(portrait()), "IMG_0001.HEIC", "image/heif"),
        (heic(portrait()), "IMG_0001.jpg", "image/heif"),
        (heic(portrait()), "file_7", "image/heif"),
        (saved(portrait(), "AVIF"), "a.avif", "image/avif"),
        (saved(portrait(), "AVIF"), "a.jpg", "image/avif"),
        (saved(portrait(), "BMP"), "a.bmp", "image/bmp"),
        (saved(portrait(), "GIF"), "a.gif", "image/gif"),
        (saved(portrait(), "TIFF"), "a.tif", "image/tiff"),
        (saved(portrait(), "TIFF", compression="tiff_lzw"), "a.tiff", "image/tiff"),
        (saved(portrait(mode="CMYK"), "TIFF"), "a.tif", "image/tiff"),
        (saved(portrait(), "PNG"), "a.jpg", "image/png"),
        (saved(portrait(), "WEBP"), "a.webp", "image/webp"),
        (
            saved(portrait(), "MPO", save_all=True, append_images=[Image.new("RGB", (50, 50))]),
            "a.jpg",
            "image/jpeg",
        ),
        (saved(portrait(mode="P"), "PNG"), "a.png", "image/png"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_every_usual_format_is_taken_and_drawn(
    look: Look, stored: Path, content: bytes, name: str, mime: str
) -> None:
    found = look(content, name)
    assert (found.trouble, found.media, found.mime) == (None, "image", mime)
    assert (found.width, found.height) == (420, 588)
    for draw in (prepared_photo, prepared_scan, preview):
        assert stands_upright(draw(PlainFile(stored)))


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG", "AVIF"])
def test_of_a_moving_picture_the_first_is_taken(look: Look, stored: Path, kind: str) -> None:
    black = Image.new("RGB", (420, 588), "black")
    found = look(saved(portrait(), kind, save_all=True, append_images=[black, black]), f"a.{kind.lower()}")
    assert (found.trouble, found.width, found.height) == (None, 420, 588)
    assert stands_upright(prepared_photo(PlainFile(stored)))


@pytest.mark.parametrize("primary", [0, 1])
def test_of_several_pictures_in_one_heic_the_primary_is_taken(look: Look, stored: Path, primary: int) -> None:
    others = [Image.new("RGB", (420, 588), "black")]
    pictures = [portrait(), *others] if primary == 0 else [*others, portrait()]
    assert look(heic(*pictures, primary=primary), "a.heic").trouble is None
    assert stands_upright(prepared_photo(PlainFile(stored)))


def test_the_pages_of_a_tiff_are_counted_and_drawn(look: Look, stored: Path) -> None:
    pages = [portrait((400, 600)), Image.new("RGB", (300, 200), "blue")]
    found = look(saved(pages[0], "TIFF", save_all=True, append_images=pages[1:]), "扫描.tif")
    assert (found.pages, found.width) == (2, 400)
    assert opened(prepared_scan(PlainFile(stored), 0)).size == (400, 600)
    assert opened(prepared_scan(PlainFile(stored), 1)).size == (300, 200)


def test_a_broken_heic_is_known_as_one(look: Look) -> None:
    found = look(heic(portrait())[:300], "照片.jpg")
    assert (found.trouble, found.mime) == ("unreadable", "image/heif")


def test_a_picture_that_ends_early_is_told_so(look: Look) -> None:
    noisy = Image.frombytes("RGB", (300, 400), random.Random(1).randbytes(300 * 400 * 3))
    whole = saved(noisy, "JPEG")
    assert look(whole[: len(whole) // 2]).detail == "cut_off"


# Which way up


def tiff(*entries: tuple[int, int, int, int], count: int | None = None, order: str = "<") -> bytes:
    """EXIF by hand: entries of (tag, type, number, value)."""
    told = len(entries) if count is None else count
    head = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(f"{order}IH", 8, told)
    return (
        b"Exif\0\0"
        + head
        + b"".join(struct.pack(f"{order}HHIHH", tag, kind, n, value, 0) for tag, kind, n, value in entries)
    )


LIES = (0x0112, 3, 1, 6)
BROKEN = (0x8769, 4, 0xFFFFFFF0, 0xFFFF)


@pytest.mark.parametrize(
    "exif",
    [
        tiff(LIES) + b"\0\0\0\0",
        tiff(LIES, order=">") + b"\0\0\0\0",
        tiff(LIES),
        tiff(LIES, count=65_535),
        tiff(LIES, BROKEN, count=9),
        tiff((0x010F, 2, 40_000, 0xFF00), LIES, BROKEN),
        tiff(LIES, (0x0132, 200, 7, 7)) + b"\xff" * 9,
    ],
    ids=["whole", "big-endian", "no end", "told many", "cut", "broken before and behind", "unknown type"],
)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_damaged_exif_costs_neither_the_picture_nor_its_orientation(
    look: Look, stored: Path, exif: bytes, kind: str
) -> None:
    lying = portrait().transpose(Image.Transpose.ROTATE_90)
    found = look(saved(lying, kind, exif=exif), f"a.{kind.lower()}")
    assert (found.trouble, found.width, found.height) == (None, 420, 588)
    assert stands_upright(prepared_photo(PlainFile(stored)))


@pytest.mark.parametrize(
    "exif",
    [tiff((0x0112, 3, 1, 99)), tiff((0x0112, 2, 1, 6)), b"Exif\0\0II*\0", b"Exif\0\0nonsense", tiff(count=3)],
)
def test_exif_that_tells_no_orientation_leaves_the_picture_as_it_is(look: Look, exif: bytes) -> None:
    found = look(saved(portrait(), "JPEG", exif=exif))
    assert (found.trouble, found.width, found.height) == (None, 420, 588)


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "AVIF", "TIFF"])
@pytest.mark.parametrize("way", range(1, 9))
def test_all_eight_ways_are_turned_as_a_viewer_turns_them(
    look: Look, stored: Path, way: int, kind: str
) -> None:
    from PIL import ImageOps

    exif = Image.Exif()
    exif[0x0112] = way
    sent = saved(portrait(), kind, exif=exif)
    found = look(sent, f"a.{kind.lower()}")
    wanted = ImageOps.exif_transpose(Image.open(io.BytesIO(sent)))
    made = opened(prepared_scan(PlainFile(stored)))
    assert (found.width, found.height) == made.size == wanted.size
    assert max(high for _, high in ImageChops.difference(made, wanted.convert("RGB")).getextrema()) < 60


def test_every_page_of_a_tiff_is_turned_its_own_way(look: Look, stored: Path) -> None:
    lying = portrait().transpose(Image.Transpose.ROTATE_90)
    lying.encoderinfo = {"tiffinfo": {0x0112: 6}}
    look(saved(portrait(), "TIFF", save_all=True, append_images=[lying]), "扫描.tif")
    for page in (0, 1):
        made = prepared_scan(PlainFile(stored), page)
        assert opened(made).size == (420, 588)
        assert stands_upright(made)


def test_a_large_tiff_is_turned_once_though_it_is_reduced(look: Look, stored: Path) -> None:
    lying = portrait((2100, 2940)).transpose(Image.Transpose.ROTATE_90)
    look(saved(lying, "TIFF", compression="tiff_lzw", tiffinfo={0x0112: 6}), "扫描.tif")
    assert stands_upright(preview(PlainFile(stored)))


def test_a_heic_is_turned_once(look: Look, stored: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    out = io.BytesIO()
    lying = portrait().transpose(Image.Transpose.ROTATE_90)
    pillow_heif.from_pillow(lying).save(out, exif=exif.tobytes())
    found = look(out.getvalue(), "a.heic")
    assert (found.width, found.height) == (420, 588)
    assert stands_upright(prepared_photo(PlainFile(stored)))


# Colours


def display_p3() -> bytes:
    """A profile wider than sRGB, made of sRGB's own by moving its primaries (ICC.1, XYZType), D50."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    for tag, xyz in (
        (b"rXYZ", (0.5151, 0.2412, -0.0011)),
        (b"gXYZ", (0.2920, 0.6922, 0.0419)),
        (b"bXYZ", (0.1571, 0.0666, 0.7841)),
    ):
        entry = profile.index(tag, 128)
        (at,) = struct.unpack_from(">I", profile, entry + 4)
        struct.pack_into(">3i", profile, at + 8, *(round(each * 65536) for each in xyz))
    return bytes(profile)


def grey_profile() -> bytes:
    """A grey profile of gamma 1.0 (ICC.1, 8.3): half of it is far lighter than sRGB's half."""
    tags = {
        b"desc": b"desc" + bytes(4) + struct.pack(">I", 5) + b"grey\0" + bytes(78),
        b"wtpt": b"XYZ " + bytes(4) + struct.pack(">3i", 63190, 65536, 54061),
        b"kTRC": b"curv" + bytes(4) + struct.pack(">I", 0),
        b"cprt": b"text" + bytes(4) + b"none\0",
    }
    table, content = struct.pack(">I", len(tags)), b""
    start = 128 + 4 + 12 * len(tags)
    for name, each in tags.items():
        padded = each + bytes(-len(each) % 4)
        table += name + struct.pack(">II", start + len(content), len(each))
        content += padded
    size = start + len(content)
    head = (
        struct.pack(">I4sI4s4s4s", size, b"lcms", 0x02200000, b"mntr", b"GRAY", b"XYZ ") + bytes(12) + b"acsp"
    )
    head += bytes(28) + struct.pack(">3i", 63190, 65536, 54061)
    return head.ljust(128, b"\0") + table + content


def test_colours_beyond_srgb_are_converted_where_a_profile_tells_them(look: Look, stored: Path) -> None:
    plain = Image.new("RGB", (420, 588), (150, 200, 80))
    look(saved(plain, "PNG", icc_profile=display_p3()), "a.png")
    seen = opened(prepared_scan(PlainFile(stored))).getpixel((200, 300))
    assert seen[0] < 140 and seen[2] < 70, seen  # type: ignore[index, operator]
    look(saved(plain, "PNG"), "a.png")
    assert opened(prepared_scan(PlainFile(stored))).getpixel((200, 300)) == pytest.approx(
        (150, 200, 80), abs=3
    )


def test_the_profile_of_a_grey_picture_is_applied(look: Look, stored: Path) -> None:
    look(saved(Image.new("L", (420, 588), 100), "PNG", icc_profile=grey_profile()), "a.png")
    assert opened(prepared_scan(PlainFile(stored))).getpixel((200, 300))[0] > 150  # type: ignore[index, operator]


@pytest.mark.parametrize("profile", [b"nonsense", grey_profile(), b"\0" * 200, display_p3()[:300]])
def test_a_profile_that_is_broken_or_anothers_is_passed_over(
    look: Look, stored: Path, profile: bytes
) -> None:
    assert look(saved(portrait(), "JPEG", icc_profile=profile)).trouble is None
    assert stands_upright(prepared_photo(PlainFile(stored)))


def test_a_cmyk_jpeg_keeps_its_colours(look: Look, stored: Path) -> None:
    assert look(saved(portrait(mode="CMYK"), "JPEG", quality=95)).background is not None
    assert stands_upright(prepared_photo(PlainFile(stored)))


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "PA"])
def test_what_is_transparent_is_white(look: Look, stored: Path, mode: str) -> None:
    clear = Image.new("RGBA", (420, 588), (0, 0, 0, 0))
    clear.paste((0, 0, 0, 255), (100, 100, 200, 200))
    if mode in ("P", "PA"):
        content = saved(clear.convert("P"), "PNG", transparency=clear.convert("P").getpixel((0, 0)))
    else:
        content = saved(clear.convert(mode), "PNG")
    look(content, "a.png")
    made = opened(prepared_scan(PlainFile(stored)))
    assert made.getpixel((20, 20)) == pytest.approx((255, 255, 255), abs=2)
    assert made.getpixel((150, 150)) == pytest.approx((0, 0, 0), abs=2)


@pytest.mark.parametrize("depth", [8, 16, 32])
def test_whole_numbers_as_light_are_eight_bits_by_the_brightest(look: Look, stored: Path, depth: int) -> None:
    white = (1 << depth - (depth == 32)) - 1
    deep = Image.frombytes("I", (420, 588), struct.pack("<i", white) * 420 * 588)
    assert look(saved(deep, "TIFF"), "a.tif").background != "mixed"
    lightest = 255 if depth < 32 else 127
    assert opened(prepared_scan(PlainFile(stored))).getpixel((200, 300))[0] == pytest.approx(lightest, abs=2)


def test_sixteen_bits_are_eight(look: Look, stored: Path) -> None:
    deep = Image.frombytes("I;16", (420, 588), struct.pack("<H", 0x8000) * 420 * 588)
    found = look(saved(deep, "PNG"), "a.png")
    assert found.background == "grey"
    assert opened(prepared_scan(PlainFile(stored))).getpixel((200, 300)) == pytest.approx(
        (128, 128, 128), abs=2
    )


@pytest.mark.parametrize("zero", ["black", "white"])
def test_sixteen_bits_of_a_scan_are_counted_from_black_or_from_white(
    look: Look, stored: Path, zero: str
) -> None:
    paper, ink = (0xFFFF, 0) if zero == "black" else (0, 0xFFFF)
    sheet = Image.frombytes("I;16", (420, 588), struct.pack("<H", paper) * 420 * 588)
    sheet.paste(ink, (0, 488, 420, 588))
    content = bytearray(saved(sheet, "TIFF"))
    entry = content.index(struct.pack("<HHI", 262, 3, 1))
    content[entry + 8] = zero == "black"
    assert look(bytes(content), "扫描.tif").background == "white"
    made = opened(prepared_scan(PlainFile(stored)))
    assert made.getpixel((200, 540)) == pytest.approx((0, 0, 0), abs=2)
    assert made.getpixel((200, 300)) == pytest.approx((255, 255, 255), abs=2)


# Sizes


def test_a_picture_beyond_the_cap_is_taken_where_it_can_be_decoded_smaller(look: Look, stored: Path) -> None:
    """As phones of 50 to 200 million pixels make them."""
    wide = portrait((6000, 8000), "L")
    assert look(saved(wide, "JPEG")).height == 8000
    assert opened(prepared_scan(PlainFile(stored))).size == (1500, 2000)
    assert look(saved(wide, "JPEG", progressive=True)).trouble == "too_many_pixels"
    assert look(saved(wide, "PNG", compress_level=1), "a.png").trouble == "too_many_pixels"
    with pytest.raises(TooManyPixels):
        prepared_scan(PlainFile(stored))


def test_what_cannot_be_decoded_smaller_for_every_print_is_not_taken(look: Look) -> None:
    strip = Image.new("L", (21_000, 2_001), "white")
    assert look(saved(strip, "JPEG")).trouble == "too_many_pixels"


def test_a_heic_of_forty_eight_million_pixels_may_come(look: Look, stored: Path) -> None:
    look(heic(portrait((600, 840))), "a.heic")
    assert examine(PlainFile(stored), 410_000).width == 600
    with pytest.raises(TooManyPixels):
        examine(PlainFile(stored), 400_000)
