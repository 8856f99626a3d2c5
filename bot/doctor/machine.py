"""What 匠荐 needs of a machine: libraries, fonts, time, and room on its disk."""

from __future__ import annotations

import ctypes
import os
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.doctor.seen import Seen, fault, ok, warning
from forms.printing import faces
from forms.workdays import settled

#: Libraries that print, and the Debian packages that bring them.
LIBRARIES: Mapping[str, str] = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}
#: File systems on which SQLite's locks and shared memory cannot be relied upon.
_SHARED = (
    "nfs",
    "nfs4",
    "cifs",
    "smb3",
    "smbfs",
    "9p",
    "afs",
    "ceph",
    "glusterfs",
    "fuse.sshfs",
    "fuse.s3fs",
)
_PASSING = ("tmpfs", "ramfs")
_MB = 1 << 20
#: Seconds for which both clocks are watched, and by how much they may differ over that time.
_WATCHED, _STEP = 0.2, 0.05
#: No clock that is right shows an earlier day: when this was written.
_WRITTEN = datetime(2026, 6, 1, tzinfo=UTC)


def libraries(load: Callable[[str], object] = ctypes.CDLL) -> Iterator[Seen]:
    """Whether what prints is there."""
    missing = []
    for name in LIBRARIES:
        try:
            load(name)
        except OSError:
            missing.append(name)
    if missing:
        packages = " ".join(LIBRARIES[name] for name in missing)
        yield fault(
            "libraries", f"missing: {', '.join(missing)}", f"apt-get install {packages}, or bin/setup"
        )
    else:
        yield ok("libraries", ", ".join(LIBRARIES))


def fonts() -> Iterator[Seen]:
    """Whether the fonts of all documents are there."""
    home = faces.directory()
    if not (home / faces.CONFIGURATION).is_file():
        yield fault(
            "fonts",
            f"{home}: the fonts were not built",
            "bin/setup builds them; JIANGJIAN_FONTS names another place",
        )
        return
    lacking = faces.Faces.load().missing("匠荐南宁工匠ABC123㐂")
    if lacking:
        yield fault("fonts", f"{home}: no face draws {''.join(lacking)}", "build them anew: bin/setup")
    else:
        yield ok("fonts", str(home))


def zones(name: str = "Asia/Shanghai") -> Iterator[Seen]:
    """Whether the time zone data is there: deadlines are told in China's time."""
    try:
        ahead = datetime(2026, 6, 1, tzinfo=ZoneInfo(name)).utcoffset()
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        yield fault(
            "time zones", f"{name}: {type(error).__name__}", "apt-get install tzdata, or pip install tzdata"
        )
        return
    if ahead != timedelta(hours=8):
        yield fault("time zones", f"{name} is {ahead} ahead of UTC, not 8 hours", "bring tzdata up to date")
    else:
        yield ok("time zones", name)


def calendar(today: date, known: Callable[[date], bool] = settled) -> Iterator[Seen]:
    """Whether the working days of this year and the next are known: periods of public notice are counted in them."""
    package = "pip install -U chinesecalendar, or an update of 匠荐"
    this, following = (known(date(today.year + more, 6, 1)) for more in (0, 1))
    if not this:
        yield fault(
            "calendar", f"the holidays of {today.year} are not known: weekends alone are counted", package
        )
    elif not following and today.month == 12:
        do = f"the State Council publishes them in autumn: {package}"
        yield warning("calendar", f"the holidays of {today.year + 1} are not known yet", do)
    else:
        until = today.year + following
        yield ok("calendar", f"holidays are known until the end of {until}")


def clock(
    wall: Callable[[], float] = time.time,
    steady: Callable[[], float] = time.monotonic,
    rest: Callable[[float], None] = time.sleep,
) -> Iterator[Seen]:
    """Whether the clock shows a day that can be, and goes as fast as time does."""
    began, since = wall(), steady()
    rest(_WATCHED)
    step = abs((wall() - began) - (steady() - since))
    now = datetime.fromtimestamp(began, UTC)
    if now < _WRITTEN:
        yield fault("clock", f"it shows {now:%Y-%m-%d %H:%M} UTC", "set it: timedatectl set-ntp true")
    elif step > _STEP:
        yield fault(
            "clock", f"it jumped by {step:.2f} s while it was watched", "let one program set it: timedatectl"
        )
    else:
        yield ok("clock", f"{now:%Y-%m-%d %H:%M:%S} UTC")


def disk(data: Path, free: int, floor: int) -> Iterator[Seen]:
    """Whether there is room for files: `free` bytes above the `floor` that stays."""
    space = f"{max(free, 0) // _MB:,} MB free for files above {floor // _MB:,} MB that stay"
    room = "make room, or move JIANGJIAN_DATA to a larger disk"
    if free <= 0:
        yield fault("disk", f"{data}: no room for files, they are refused", room)
    elif free < floor:
        yield warning("disk", f"{data}: {space}", room)
    else:
        yield ok("disk", f"{data}: {space}")
    entries = os.statvfs(data)
    if entries.f_files and entries.f_favail < max(1000, entries.f_files // 100):
        yield fault(
            "disk",
            f"{data}: {entries.f_favail:,} files may still be made",
            "the file system is out of inodes",
        )


def file_system(path: Path, mounts: str = "/proc/mounts") -> str:
    """The kind of file system that a path lies on; "" where the system does not tell."""
    here, kind, longest = str(path.resolve()), "", -1
    try:
        lines = Path(mounts).read_text("utf-8", "replace").splitlines()
    except OSError:
        return ""
    for line in lines:
        words = line.split()
        if len(words) > 2:
            point = words[1].replace("\\040", " ").rstrip("/")
            if (here == point or here.startswith(f"{point}/")) and len(point) >= longest:
                kind, longest = words[2], len(point)
    return kind


def lies_on(what: str, path: Path, kind: str) -> Iterator[Seen]:
    """Whether an SQLite database lies where it may."""
    if kind in _SHARED:
        do = "put it on a disk of this machine, or use PostgreSQL for several machines"
        yield fault(what, f"{path} lies on a shared file system ({kind})", do)
    elif kind in _PASSING:
        yield fault(
            what, f"{path} lies in memory ({kind})", "put it on a disk: what is there is gone at a restart"
        )
