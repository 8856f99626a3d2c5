"""Short films made on the spot, in the containers and shapes in which phones and editors write them."""

from __future__ import annotations

import io
from fractions import Fraction

import av


def film(
    *,
    seconds: float = 2,
    size: tuple[int, int] = (64, 48),
    codec: str = "mpeg4",
    container: str = "mp4",
    aspect: Fraction | None = None,
    options: dict[str, str] | None = None,
    sound: bool = False,
    rate: int = 10,
) -> bytes:
    """A film of moving stripes. `aspect` is that of its pixels, `options` are the container's."""
    out = io.BytesIO()
    with av.open(out, "w", format=container, options=options or {}) as made:
        stream = made.add_stream(codec, rate=rate)
        stream.width, stream.height = size
        stream.pix_fmt = "yuv420p"
        if codec == "hevc":
            stream.options = {"x265-params": "log-level=none"}
        if aspect:
            stream.codec_context.sample_aspect_ratio = aspect
        spoken = made.add_stream("aac", rate=8000) if sound else None
        for at in range(round(seconds * rate)):
            picture = av.VideoFrame(*size, "rgb24")
            row = bytes((at * 20 % 256, 80, 120)) * size[0]
            picture.planes[0].update(row.ljust(picture.planes[0].line_size, b"\0") * size[1])
            made.mux(stream.encode(picture.reformat(format="yuv420p")))
        made.mux(stream.encode())
        if spoken:
            for _ in range(round(seconds * 8000 / 1024)):
                silence = av.AudioFrame("fltp", "mono", 1024)
                silence.sample_rate = 8000
                silence.planes[0].update(bytes(silence.planes[0].buffer_size))
                made.mux(spoken.encode(silence))
            made.mux(spoken.encode())
    return out.getvalue()


def heard(seconds: float = 2) -> bytes:
    """An MP4 with sound and no pictures."""
    out = io.BytesIO()
    with av.open(out, "w", format="mp4") as made:
        spoken = made.add_stream("aac", rate=8000)
        for _ in range(round(seconds * 8000 / 1024)):
            silence = av.AudioFrame("fltp", "mono", 1024)
            silence.sample_rate = 8000
            silence.planes[0].update(bytes(silence.planes[0].buffer_size))
            made.mux(spoken.encode(silence))
        made.mux(spoken.encode())
    return out.getvalue()


def branded(content: bytes, major: bytes, *others: bytes) -> bytes:
    """The same film under another brand (ISO 14496-12, 4.3): a box `ftyp` of its own in the place of the old one."""
    old = int.from_bytes(content[:4])
    assert content[4:8] == b"ftyp"
    new = b"ftyp" + major + bytes(4) + b"".join(others)
    free = old - 4 - len(new)
    if free == 0:
        return old.to_bytes(4) + new + content[old:]
    assert free >= 8, "no room for the brands"
    return (len(new) + 4).to_bytes(4) + new + free.to_bytes(4) + b"free" + bytes(free - 8) + content[old:]


def turned(content: bytes, quarters: int) -> bytes:
    """The same film shown turned clockwise: the matrix of the track's head (8.3.2), version 0."""
    one = 0x10000
    cos, sin = ((1, 0), (0, 1), (-1, 0), (0, -1))[quarters % 4]
    matrix = (cos * one, sin * one, 0, -sin * one, cos * one, 0, 0, 0, 0x40000000)
    at = content.index(b"tkhd") + 4 + 40
    return content[:at] + b"".join(each.to_bytes(4, signed=True) for each in matrix) + content[at + 36 :]
