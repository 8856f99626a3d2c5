"""A video is as long as its pictures last, whatever its head says."""

from __future__ import annotations

import io
from pathlib import Path

import av
import pytest

from forms.inspection import Caps, inspect
from forms.library import BUILT_IN

FILES = BUILT_IN / "_shared" / "files"


def seconds(path: Path) -> float:
    found = inspect(path, "0" * 32, path.name, Caps())
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
