"""What a video really is: its head says anything; its first picture tells its shape, its last packets its length."""

from __future__ import annotations

from typing import Any, NamedTuple

from forms.pictures import TooManyPixels
from forms.readable import Readable
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


def film(file: Readable, mime: str, pixels: int) -> Film:
    """A video's shape and length. The container is named, so that no other demuxer (playlists!) is tried.

    Raises `TooManyPixels`, `Refused`, or anything on a broken file.
    """
    import av

    ends, pieces = (b"", False) if mime == "video/webm" else _ends_in(file)
    try:
        with (
            file.open() as source,
            av.open(source, "r", "webm" if mime == "video/webm" else "mov") as container,
        ):
            moving = [each for each in container.streams.video if not _is_cover(each)]
            if not moving:
                raise Refused("unreadable", "sound")
            seen = _seen(container, moving[0], pixels)
            claimed = container.duration / _TICKS if container.duration and not pieces else None
    except (av.FFmpegError, StopIteration, EOFError) as error:
        raise Refused("unreadable", "cut_off" if ends else None) from error
    if not seen.seconds or not seen.width or not seen.height:
        raise Refused("unreadable", "cut_off" if ends else None)
    # Some writers get a box's size wrong at the end of a whole film.
    missing = ends in _LADEN and (claimed is None or seen.seconds < claimed - _NEAR)
    return seen._replace(broken_off=True) if missing else seen


def _is_cover(stream: Any) -> bool:
    """Whether it is a picture on the cover of music."""
    from av.stream import Disposition

    return bool(stream.disposition & Disposition.attached_pic)


def _seen(container: Any, stream: Any, pixels: int) -> Film:
    width, height = stream.codec_context.width, stream.codec_context.height
    if width * height > pixels:
        raise TooManyPixels(f"{width}×{height}")
    frame = next(container.decode(stream))
    width = round(width * _squeezed(stream))
    if frame.rotation % 180:
        width, height = height, width
    seconds = length(container, stream, frame.time or 0.0)
    return Film(width, height, round(seconds, 1), None)


def _squeezed(stream: Any) -> float:
    """How wide a pixel is to its height (the sample aspect): a film for 16:9 may be kept as 1440×1080."""
    ratio = stream.sample_aspect_ratio or stream.codec_context.sample_aspect_ratio
    aspect = float(ratio) if ratio else 1.0
    return aspect if 1 / _FLATTEST <= aspect <= _FLATTEST else 1.0


def _ends_in(file: Readable) -> tuple[bytes, bool]:
    """The box of an ISO media file (ISO 14496-12, 4.2) in which the file ends too early, and whether it is in pieces.

    b"" where it does not. Only the heads of the outermost boxes are read.
    """
    at, pieces = 0, False
    with file.open() as stream:
        size = stream.seek(0, 2)
        for _ in range(_MOST_BOXES):
            stream.seek(at)
            head = stream.read(2 * _BOX)
            box = int.from_bytes(head[:4])
            if box == 1:  # a long one tells its size behind its name
                box = int.from_bytes(head[8:16])
            if len(head) < _BOX or box < _BOX:  # the end; 0 is up to the end
                return b"", pieces
            name = head[4:8]
            pieces = pieces or name == b"moof"
            at += box
            if at > size:
                return name, pieces
    return b"", pieces


def length(container: Any, stream: Any, begins: float) -> float:
    """Seconds of an opened video (PyAV), whose first picture is shown at `begins`; 0 where nothing plays.

    What its head says, where its last packets agree; else where they end. Only the end of it is read.
    """
    claimed = container.duration / _TICKS if container.duration else 0.0
    measured = _end(container, stream, claimed) - begins
    return claimed if claimed and abs(claimed - measured) <= _NEAR else max(measured, 0.0)


def _end(container: Any, stream: Any, claimed: float) -> float:
    """Where the last picture that can be read ends."""
    ends = _read_from(container, stream, _NEVER)
    if ends is not None:
        return ends
    # It breaks off before its own last pictures.
    low, high, best = 0.0, claimed, 0.0
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
