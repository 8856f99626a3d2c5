"""Each thing that a machine can lack, provoked: what is said of it and what to do."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from bot.doctor import machine
from bot.doctor.seen import Seen, looked
from storage.places import Directory

MB = 1 << 20


def one(found: object) -> Seen:
    [seen] = list(found)  # type: ignore[call-overload]  # whatever looks
    assert isinstance(seen, Seen)
    assert bool(seen.do) == (seen.level != "ok"), "whatever is not well says what to do"
    return seen


def test_what_prints_is_there_or_named_with_its_package() -> None:
    assert one(machine.libraries()).level == "ok"

    def without_harfbuzz(name: str) -> object:
        return ctypes.CDLL("libno-such-thing.so.0" if "harfbuzz" in name else name)

    seen = one(machine.libraries(without_harfbuzz))
    assert seen.level == "fault"
    assert "libharfbuzz-subset.so.0" in seen.how and "apt-get install libharfbuzz-subset0" in seen.do


def test_fonts_are_there_or_not_built(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert one(machine.fonts()).level == "ok"
    monkeypatch.setenv("JIANGJIAN_FONTS", str(tmp_path))
    seen = one(machine.fonts())
    assert seen.level == "fault" and "bin/setup" in seen.do


def test_time_zones_are_there_or_not() -> None:
    assert one(machine.zones()).level == "ok"
    without = "import zoneinfo, sys; sys.modules['tzdata'] = None; zoneinfo.reset_tzpath(()); "
    look = "from bot.doctor.machine import zones; print(*zones())"
    done = subprocess.run([sys.executable, "-c", without + look], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("fault") and "apt-get install tzdata" in done.stdout
    assert one(machine.zones("Asia/Tokyo")).level == "fault"


@pytest.mark.parametrize(
    ("today", "level"),
    [
        (date(2026, 11, 28), "ok"),
        (date(2025, 12, 31), "ok"),
        (date(2099, 12, 1), "fault"),
        (date(2099, 1, 1), "fault"),
    ],
)
def test_the_calendar_of_this_year(today: date, level: str) -> None:
    seen = one(machine.calendar(today))
    assert seen.level == level
    assert level == "ok" or "chinesecalendar" in seen.do


def test_in_december_the_next_year_is_to_be_known() -> None:
    seen = one(machine.calendar(date(2026, 12, 2), lambda day: day.year == 2026))
    assert seen.level == "warning" and "2027" in seen.how


def test_a_clock_that_is_right_that_jumps_and_that_was_never_set() -> None:
    assert one(machine.clock()).level == "ok"
    jumps = iter((1_800_000_000.0, 1_800_003_600.0))
    seen = one(machine.clock(lambda: next(jumps), time.monotonic, lambda _: None))
    assert seen.level == "fault" and "jumped by 3600" in seen.how
    seen = one(machine.clock(lambda: 0.0, lambda: 0.0, lambda _: None))
    assert seen.level == "fault" and "1970-01-01" in seen.how and "timedatectl" in seen.do


def test_a_disk_that_has_room_has_little_and_has_none(small_disk: Path) -> None:
    store = Directory(small_disk, floor=2 * MB)
    assert one(machine.disk(small_disk, store.free, store.floor)).level == "ok"
    (small_disk / "much").write_bytes(os.urandom(3 * MB))
    assert one(machine.disk(small_disk, store.free, store.floor)).level == "warning"
    (small_disk / "more").write_bytes(os.urandom(2 * MB))
    seen = one(machine.disk(small_disk, store.free, store.floor))
    assert seen.level == "fault" and "refused" in seen.how


def test_a_disk_without_inodes(small_disk: Path) -> None:
    subprocess.run(["mount", "-o", "remount,nr_inodes=40", str(small_disk)], check=True)
    for number in range(25):
        (small_disk / str(number)).touch()
    found = list(machine.disk(small_disk, 10 * MB, MB))
    assert [seen.level for seen in found] == ["ok", "fault"] and "inodes" in found[1].do


def test_what_a_database_lies_on(tmp_path: Path, small_disk: Path) -> None:
    assert machine.file_system(small_disk) == "tmpfs"
    assert "memory" in one(machine.lies_on("database", small_disk, machine.file_system(small_disk))).how
    mounts = tmp_path / "mounts"
    mounts.write_text(
        f"/dev/sda1 / ext4 rw 0 0\nserver:/x {str(tmp_path).replace(' ', chr(92) + '040')} nfs4 rw 0 0\n"
        f"server:/y {tmp_path}-other cifs rw 0 0\n"
    )
    kind = machine.file_system(tmp_path / "data", str(mounts))
    assert kind == "nfs4"
    assert one(machine.lies_on("database", tmp_path, kind)).level == "fault"
    assert machine.file_system(Path("/somewhere"), str(mounts)) == "ext4"
    assert list(machine.lies_on("database", tmp_path, "ext4")) == []
    assert machine.file_system(tmp_path, str(tmp_path / "none")) == ""


def test_a_look_that_fails_is_a_finding_and_keeps_no_other_from_being_made() -> None:
    def fails() -> list[Seen]:
        raise PermissionError(13, "Permission denied", "/x")

    found = list(looked([("disk", fails), ("clock", machine.clock)]))
    assert [(seen.level, seen.what) for seen in found] == [("fault", "disk"), ("ok", "clock")]
