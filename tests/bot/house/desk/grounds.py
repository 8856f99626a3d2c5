"""Places in which a case of five people is played: a database with its offices and seats, copied for each of them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import make_url

from storage.migrations import upgrade
from tests.bot.house.desk.bureau import Bureau
from tests.bot.house.desk.whole_case import ABOVE, BEGAN, CLERK, played
from tests.storage.rings import kept_at
from tests.storage.servers import PostgreSQL


@dataclass(frozen=True)
class Place:
    """Where one case is played: the database and the files; `calls` is where its calls of the system are written."""

    url: str
    files: Path
    calls: Path


@dataclass(frozen=True)
class Ground:
    """Makes places, which are gone once they are left."""

    place: Callable[[str], AbstractContextManager[Place]]


async def _furnished(url: str, files: Path) -> None:
    """Two offices, and somebody who sits at each."""
    database = kept_at(url)
    house = played(database, files)
    house.now = BEGAN
    bureau = await Bureau(house).opens()
    await bureau.seats(CLERK, bureau.county)
    await bureau.seats(ABOVE, bureau.city)
    database.close()


async def on_sqlite(directory: Path) -> Ground:
    furnished = directory / "furnished"
    furnished.mkdir()
    upgrade(f"sqlite:///{furnished}/jiangjian.sqlite")
    await _furnished(f"sqlite:///{furnished}/jiangjian.sqlite", furnished / "files")

    @contextmanager
    def place(name: str) -> Iterator[Place]:
        home = directory / name
        shutil.copytree(furnished, home)
        yield Place(f"sqlite:///{home}/jiangjian.sqlite", home / "files", directory / f"{name}.calls")
        shutil.rmtree(home)

    return Ground(place)


async def on_postgresql(directory: Path, server: PostgreSQL, empty: str) -> Ground:
    """`server` gives a new database that is like another one, `empty` is one that has its tables."""
    furnished = server(empty)
    await _furnished(furnished, directory / "furnished" / "files")

    @contextmanager
    def place(name: str) -> Iterator[Place]:
        url = server(str(make_url(furnished).database))
        home = directory / name
        shutil.copytree(directory / "furnished", home)
        yield Place(url, home / "files", directory / f"{name}.calls")
        shutil.rmtree(home)
        server.drop(url)

    return Ground(place)
