"""Everything that is looked at, in order: the machine first, then what stands on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.doctor import house, machine
from bot.doctor.seen import Look, Seen, fault
from bot.house.failure import Failure
from bot.house.settings import Settings
from bot.house.wiring import place as place_of
from forms.library import Library
from storage.places import Directory


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
    """The directory of files and its disk, where they are there already."""
    if not given.files and not (given.data / "files").is_dir():
        return
    try:
        place = place_of(given, looked_at=True)
    except Failure as error:
        yield fault("files", str(error), "is the server there, and are the credentials those of the bucket?")
        return
    yield from house.files(place)
    if isinstance(place, Directory):
        yield from machine.disk(place.root, place.free, place.floor)
