"""A video is as long as its pictures last, whatever its head says."""

from __future__ import annotations

import io
from fractions import Fraction
from pathlib import Path

import av
import pytest

from forms.attachment import Attachment
from forms.inspection import Caps, inspect
from forms.library import BUILT_IN
from forms.readable import PlainFile

from .filming import branded, film, heard, turned

FILES = BUILT_IN / "_shared" / "files"


def seconds(path: Path) -> float:
    found = inspect(PlainFile(path), "0" * 32, path.name, Caps())
    assert found.trouble is None
    assert found.seconds is not None
    return found.seconds


def head_says(content: bytes, times: float) -> bytes:
    """The same film, whose head claims to last so many times as long (ISO 14496-12: mvhd, tkhd, mdhd, version 0)."""
    forged = bytearray(content)
    for box, at in ((b"mvhd", 20), (b"tkhd", 24), (b"mdhd", 20)):
        start = forged.find(box)
        while start >= 0:
            assert forged[start + 4] == 0
            place = slice(start + at, start + at + 4)
            forged[place] = int(int.from_bytes(forged[place], "big") * times).to_bytes(4, "big")
            start = forged.find(box, start + 4)
    return bytes(forged)


@pytest.mark.parametrize("times", [0.1, 0.5, 2, 30])
def test_a_head_that_lies_is_held_against_the_last_pictures(tmp_path: Path, times: float) -> None:
    path = tmp_path / "forged.mp4"
    path.write_bytes(head_says((FILES / "video-short.mp4").read_bytes(), times))
    assert seconds(path) == pytest.approx(10, abs=0.5)


def test_a_film_that_breaks_off_is_as_long_as_what_came(tmp_path: Path) -> None:
    path = tmp_path / "cut.mp4"
    content = (FILES / "video-6min.mp4").read_bytes()
    lengths = []
    for part in (0.4, 0.6, 0.9):
        path.write_bytes(content[: int(len(content) * part)])
        lengths.append(seconds(path))
    assert lengths == sorted(lengths)
    assert 20 < lengths[0] < lengths[-1] < 355


def test_a_film_without_a_length_in_its_head_is_measured(tmp_path: Path) -> None:
    """As browsers record it: WebM written as it goes."""
    out = io.BytesIO()
    out.seekable = lambda: False  # type: ignore[method-assign]
    with av.open(out, "w", format="webm", options={"live": "1"}) as container:
        stream = container.add_stream("libvpx", rate=10)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        for _ in range(50):
            container.mux(stream.encode(av.VideoFrame(64, 48, "yuv420p")))
        container.mux(stream.encode())
    path = tmp_path / "recorded.webm"
    path.write_bytes(out.getvalue())
    with av.open(str(path)) as container:
        assert not container.duration
    assert seconds(path) == pytest.approx(5, abs=0.3)


# Every container and shape


def look(folder: Path, content: bytes, name: str = "工作.mp4") -> Attachment:
    path = folder / "stored"
    path.write_bytes(content)
    return inspect(PlainFile(path), "0" * 32, name, Caps())


@pytest.mark.parametrize(
    "brand",
    [
        b"avc1",
        b"hvc1",
        b"iso5",
        b"iso6",
        b"dash",
        b"mp41",
        b"mp42",
        b"M4V ",
        b"3gp5",
        b"MSNV",
        b"XAVC",
        b"f4v ",
        b"none",
    ],
)
def test_a_film_of_any_brand_is_taken(tmp_path: Path, brand: bytes) -> None:
    found = look(tmp_path, branded(film(), brand, b"isom"))
    assert (found.media, found.trouble, found.seconds) == ("video", None, 2.0)
    assert (found.width, found.height) == (64, 48)


@pytest.mark.parametrize(
    ("container", "name"),
    [("mov", "a.mov"), ("mov", "a.mp4"), ("mp4", "a.mov"), ("3gp", "a.3gp"), ("mp4", "file_3")],
)
def test_a_film_is_known_by_its_content(tmp_path: Path, container: str, name: str) -> None:
    assert look(tmp_path, film(container=container), name).seconds == 2.0


def test_an_old_quicktime_film_without_a_brand_is_taken(tmp_path: Path) -> None:
    whole = film(container="mov")
    assert look(tmp_path, whole[int.from_bytes(whole[:4]) :], "a.mov").seconds == 2.0


@pytest.mark.parametrize("codec", ["h264", "hevc", "mpeg4"])
def test_films_of_usual_codecs_are_taken(tmp_path: Path, codec: str) -> None:
    found = look(tmp_path, film(codec=codec, size=(256, 144), sound=True))
    assert (found.trouble, found.width, found.height) == (None, 256, 144)


@pytest.mark.parametrize(
    "flags", ["frag_keyframe+empty_moov", "dash", "frag_every_frame+empty_moov+default_base_moof"]
)
def test_a_film_in_pieces_is_measured(tmp_path: Path, flags: str) -> None:
    assert look(tmp_path, film(seconds=30, options={"movflags": flags})).seconds == pytest.approx(30, abs=0.2)


@pytest.mark.parametrize(
    ("size", "aspect", "quarters", "seen"),
    [
        ((96, 64), None, 0, (96, 64)),
        ((96, 64), None, 1, (64, 96)),
        ((96, 64), None, 2, (96, 64)),
        ((96, 64), None, 3, (64, 96)),
        ((180, 134), Fraction(4, 3), 0, (240, 134)),
        ((96, 64), Fraction(1, 2), 0, (48, 64)),
        ((96, 64), Fraction(2, 1), 1, (64, 192)),
        ((96, 64), Fraction(100, 1), 0, (96, 64)),
    ],
)
def test_the_shape_is_as_seen(
    tmp_path: Path, size: tuple[int, int], aspect: Fraction | None, quarters: int, seen: tuple[int, int]
) -> None:
    found = look(tmp_path, turned(film(size=size, aspect=aspect), quarters))
    assert (found.width, found.height) == seen


def test_sound_alone_is_no_film(tmp_path: Path) -> None:
    assert (look(tmp_path, heard()).trouble, look(tmp_path, heard()).detail) == ("unreadable", "sound")


@pytest.mark.parametrize("part", [0.3, 0.6, 0.99])
def test_a_download_that_broke_off_before_its_index_is_told_so(tmp_path: Path, part: float) -> None:
    whole = film(seconds=20)
    assert whole.index(b"mdat") < whole.index(b"moov")
    found = look(tmp_path, whole[: int(len(whole) * part)])
    assert (found.trouble, found.detail) == ("unreadable", "cut_off")


def test_a_film_of_which_only_the_beginning_came_is_told_so(tmp_path: Path) -> None:
    content = (FILES / "video-6min.mp4").read_bytes()
    assert look(tmp_path, content).broken_off is None
    assert look(tmp_path, content[: len(content) // 2]).broken_off is True
    pieces = film(seconds=30, options={"movflags": "frag_keyframe+empty_moov"})
    assert look(tmp_path, pieces).broken_off is None
    assert look(tmp_path, pieces[: len(pieces) // 2]).broken_off is True


def test_bytes_behind_the_end_of_a_film_do_not_matter(tmp_path: Path) -> None:
    for behind in (b"\0" * 5, b"\0" * 500, b"trailing words of some camera", b"\xff" * 64):
        found = look(tmp_path, film() + behind)
        assert (found.seconds, found.broken_off) == (2.0, None)


@pytest.mark.parametrize(
    ("container", "name", "trouble"),
    [("avi", "a.avi", "unknown_type"), ("avi", "a.mp4", "disguised"), ("matroska", "a.mkv", "unknown_type")],
)
def test_a_film_in_another_container_is_named(
    tmp_path: Path, container: str, name: str, trouble: str
) -> None:
    found = look(tmp_path, film(container=container), name)
    assert (found.trouble, found.detail) == (trouble, "other_film")
