"""How long a video really is: its head says anything, its last packets tell."""

from __future__ import annotations

from typing import Any

#: Later than any video ends, in seconds: whoever seeks there arrives at the last pictures.
_NEVER = 10 * 24 * 3600
#: Seconds by which head and packets may differ: a last picture that stands, sound that goes on.
_NEAR = 1.0
#: The end of a file that breaks off is looked for in halves: 2 hours to within seconds.
_HALVES = 12


def length(container: Any, stream: Any, begins: float) -> float:
    """Seconds of an opened video (PyAV), whose first picture is shown at `begins`; 0 where nothing plays.

    What its head says, where its last packets agree; else where they end. Only the end of it is read.
    """
    told = container.duration / 1_000_000 if container.duration else 0.0
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
