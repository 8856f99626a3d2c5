"""What a video really is: its head says anything; its first picture tells its shape, its last packets its length."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from forms.pictures import TooManyPixels
from forms.refused import Refused

#: Later than any video ends, in seconds: whoever seeks there arrives at the last pictures.
_NEVER = 10 * 24 * 3600
#: Seconds by which head and packets may differ: a last picture that stands, sound that goes on.
_NEAR = 1.0
#: A second in the container's own clock.
_TICKS = 1_000_000
#: The end of a file that breaks off is looked for in halves: 2 hours to within seconds.
_HALVES = 12
#: Boxes of a film are few; in pieces (moof, mdat) two for every second or so.
_MOST_BOXES, _BOX = 40_000, 8
_LADEN = frozenset({b"mdat", b"moov", b"moof"})
#: Pixels are as wide as high, or nearly; a head that says they are far from it is not believed.
_FLATTEST = 4.0


class Film(NamedTuple):
    """Width and height in pixels as seen: upright, with square pixels. `seconds` with one decimal."""

    width: int
    height: int
    seconds: float
    broken_off: bool | None


def film(path: Path, mime: str, pixels: int) -> Film:
    """A video's shape and length. The container is named, so that no other demuxer (playlists!) is tried.

    Raises `TooManyPixels`, `Refused`, or anything on a broken file.
    """
    import av

    short = mime != "video/webm" and _ends_early(path)
    try:
        with av.open(str(path), format="webm" if mime == "video/webm" else "mov") as container:
            if not container.streams.video:
                raise Refused("unreadable", "sound")
            return _seen(container, pixels, short)
    except (av.FFmpegError, StopIteration, EOFError) as error:
        raise Refused("unreadable", "cut_off" if short else None) from error


def _seen(container: Any, pixels: int, short: bool) -> Film:
    stream = container.streams.video[0]
    width, height = stream.codec_context.width, stream.codec_context.height
    if width * height > pixels:
        raise TooManyPixels(f"{width}×{height}")
    frame = next(container.decode(stream))
    width = round(width * _squeezed(stream))
    if frame.rotation % 180:
        width, height = height, width
    seconds = length(container, stream, frame.time or 0.0)
    if seconds <= 0 or not width or not height:
        raise Refused("unreadable", "cut_off" if short else None)
    told = container.duration / _TICKS if container.duration else None
    broken_off = short and (told is None or seconds < told - _NEAR)
    return Film(width, height, round(seconds, 1), broken_off or None)


def _squeezed(stream: Any) -> float:
    """How wide a pixel is to its height (the sample aspect): a film for 16:9 may be kept as 1440×1080."""
    told = stream.sample_aspect_ratio or stream.codec_context.sample_aspect_ratio
    aspect = float(told) if told else 1.0
    return aspect if 1 / _FLATTEST <= aspect <= _FLATTEST else 1.0


def _ends_early(path: Path) -> bool:
    """Whether the box of the pictures (ISO 14496-12, 8.1.1), or one about them, is longer than what is left of the file."""
    size, at = path.stat().st_size, 0
    with path.open("rb") as file:
        for _ in range(_MOST_BOXES):
            if size - at < _BOX:
                return False
            file.seek(at)
            head = file.read(2 * _BOX)
            told = int.from_bytes(head[:4])
            if told == 1:  # a long one tells its size behind its name
                told = int.from_bytes(head[8:16])
            if told < _BOX:  # 0 is up to the end
                return False
            at += told
            if at >= size:
                return at > size and head[4:8] in _LADEN
    return False


def length(container: Any, stream: Any, begins: float) -> float:
    """Seconds of an opened video (PyAV), whose first picture is shown at `begins`; 0 where nothing plays.

    What its head says, where its last packets agree; else where they end. Only the end of it is read.
    """
    told = container.duration / _TICKS if container.duration else 0.0
    found = _end(container, stream, told) - begins
    return told if told and abs(told - found) <= _NEAR else max(found, 0.0)


def _end(container: Any, stream: Any, told: float) -> float:
    """Where the last picture that can be read ends."""
    ends = _read_from(container, stream, _NEVER)
    if ends is not None:
        return ends
    # It breaks off before its own last pictures.
    low, high, best = 0.0, told, 0.0
    for _ in range(_HALVES):
        middle = (low + high) / 2
        ends = _read_from(container, stream, middle)
        if ends is None:
            high = middle
        else:
            best = max(best, ends)
            low = max(middle, ends)
        if high - low <= _NEAR:
            break
    return best


def _read_from(container: Any, stream: Any, moment: float) -> float | None:
    """Where the pictures end that can be read from a moment on; None where there is not one."""
    import av

    base = float(stream.time_base)
    ends = None
    try:
        container.seek(int(moment / base), stream=stream)
        for packet in container.demux(stream):
            if packet.pts is not None and packet.size:
                shown_until = float(packet.pts + (packet.duration or 0)) * base
                ends = shown_until if ends is None else max(ends, shown_until)
    except av.FFmpegError:
        pass  # what came before it counts
    return ends
