"""Everything that is looked at, in order: the machine first, then what stands on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.doctor import house, machine
from bot.doctor.seen import Look, Seen
from bot.house.settings import Settings
from forms.library import Library
from storage.files import FileStore

_MB = 1 << 20


def looks(given: Settings, directories: Sequence[Path]) -> Iterator[tuple[str, Look]]:
    """The looks, each with what it is a look at."""
    yield "libraries", machine.libraries
    yield "fonts", machine.fonts
    yield "time zones", machine.zones
    yield "calendar", lambda: machine.calendar(datetime.now(ZoneInfo("Asia/Shanghai")).date())
    yield "clock", machine.clock
    yield "settings", partial(house.settings, given)
    yield "programmes", lambda: house.programmes(Library.open(tuple(directories)))
    yield "data", partial(house.directory, given.data)
    yield "files", partial(_files, given)
    yield "database", partial(house.database, given)
    yield "keys", partial(house.keys, given)


def _files(given: Settings) -> Iterator[Seen]:
    """The directory of files and its disk, where they are there already; or the bucket, and what is kept of it here."""
    home = given.data / "files"
    if given.files:
        yield from house.bucket(given)
    if not home.is_dir():
        return
    floor = None if given.disk_floor is None else given.disk_floor * _MB
    store = FileStore(home, floor)
    if not given.files:
        yield from house.files(store)
    yield from machine.disk(home, store.free, store.floor)
