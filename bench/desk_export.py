"""Packets of many cases as one archive: by today's build, and by a naive loop that renders and zips one by one.

`python -m bench.desk_export [--cases N] [--naive N] [--scans MB] [--workers N]`. Cases are the fullest ones of Nanning's
and 柳州's own case files, in turn, each a packet of its own: packed once while nothing of them is printed yet, and once
more, as an office does that has them printed as they come in. The naive loop has
WeasyPrint and Jinja2 as they come: it composes, renders with fresh objects and writes each document, then each scan,
into a `zipfile.ZipFile` in memory, and into the file at the end.

`--flood GB` packs 500 packets whose scans have so many bytes in all, without prints, and tells the most memory.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import resource
import tempfile
import zipfile
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from time import perf_counter

from bot.house.contents import Content, Enclosure, content
from bot.house.documents import Documents, Printed
from bot.house.packing import Order, Packing
from dialogs.interview import Interview
from dialogs.scene import Scene
from forms.packet import filename
from forms.printing.compose import Composed
from forms.printing.faces import Faces
from forms.printing.workers import Workers
from storage.files import FileStore, Kept
from storage.places import Directory, OnDisk
from tests.forms.programmes.cases import Played, played

NOW = datetime(2026, 6, 15, 4, tzinfo=UTC)
TOWNS = ("nanning-2026", "liuzhou-2025")


@dataclass
class Shelf:
    """Cases from case files, each as if it were another one, and the house's own printing."""

    cases: dict[str, Content]
    documents: Documents

    async def content_of(self, case: str, office: str) -> Content:
        return self.cases[case]

    async def ahead(self, of: Content, document: str) -> Printed:
        return await self.documents.ahead(of, document)


class Files(FileStore):
    """Files of case files lie where the repository has them."""

    def kept(self, file: str) -> Kept:
        return Kept(OnDisk(Path(file))) if file.startswith("/") else super().kept(file)


def case_content(number: int, whole: Played) -> Content:
    """A case file as an office has it: handed in, and nobody else's by its name."""
    answers = {**whole.answers, "name": f"{whole.answers['name']}{number}"}
    interview = Interview(answers=answers, finished_at=whole.case.now.isoformat())
    scene = Scene(whole.case.now, (whole.programme,), dict(whole.parts), faces=Faces.load())
    return content(f"{number:032x}", whole.programme, interview, scene)


async def ours(contents: list[Content], files: Files, workers: Workers, out: Path) -> tuple[float, int]:
    """Seconds, and documents in the archive."""
    documents = Documents(None, None, None, files, workers, Faces.load(), lambda: NOW)  # type: ignore[arg-type]  # no database
    shelf = Shelf({each.case: each for each in contents}, documents)
    order = Order(contents[0].programme, "", "市总工会", tuple(shelf.cases), NOW)
    begun = perf_counter()
    with out.open("wb") as file:
        async for piece in Packing(order, shelf, files).pieces():
            file.write(piece)
    took = perf_counter() - begun
    with zipfile.ZipFile(out) as made:
        return took, sum(name.endswith(".pdf") and "/扫描" not in name for name in made.namelist())


def naive(contents: list[Content], files: Files, out: Path) -> tuple[float, int]:
    """The same, one by one in this process."""
    from weasyprint import CSS, HTML
    from weasyprint.urls import URLFetcherResponse

    from bot.house.documents import composed
    from forms.inspection import prepared_photo
    from forms.pictures import prepared_scan

    fonts = {"FangSong": "Serif", "Song": "Serif", "Title": "Serif", "Hei": "Sans"}

    def plain(text: str) -> str:
        for own, noto in fonts.items():
            text = text.replace(f"JJ {own}", f"Noto {noto} CJK SC")
        return text

    begun, pages, archive = perf_counter(), 0, BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for each in contents:
            for due in each.documents:
                ready = composed(due.id, each.programme, each.interview, each.scene, Faces.load(), "office")
                name = f"{each.case} {each.name}/{filename(due, each.scope)}"
                if isinstance(ready, Composed):
                    given = {
                        name: (
                            prepared_scan(files.kept(file), ready.scans[name])
                            if name in ready.scans
                            else prepared_photo(files.kept(file))
                        )
                        for name, file in ready.files.items()
                    }

                    def fetch(url: str, given: dict[str, bytes] = given) -> URLFetcherResponse:
                        return URLFetcherResponse(url, given[url.removeprefix("case:")])

                    html = HTML(string=plain(ready.html), url_fetcher=fetch)
                    sheets = [CSS(string=plain(sheet)) for sheet in ready.stylesheets]
                    packed.writestr(name, html.write_pdf(stylesheets=sheets))
                    pages += 1
                else:
                    packed.writestr(name, ready.content)
            for number, each_file in enumerate(each.files):
                packed.write(each_file.file, f"{each.case}/{number} {each_file.name}")
    out.write_bytes(archive.getvalue())
    return perf_counter() - begun, pages


class Blank:
    """Packets with ten scans each and prints that cost nothing: what is measured is what goes through."""

    def __init__(self, one: Content, place: Directory, size: int) -> None:
        self._one, self._place, self._size = one, place, size

    async def content_of(self, case: str, office: str) -> Content:
        files = tuple(
            Enclosure(self._lay(f"{case}{scan}"), "证书", "a.jpg", "image/jpeg") for scan in range(10)
        )
        return replace(self._one, case=case, files=files)

    def _lay(self, number: str) -> str:
        """A file that is a hole: it takes no room, and is read all the same."""
        file = f"{int(number):032x}"
        path = self._place.directory(file[:2]) / file
        path.parent.mkdir(exist_ok=True)
        with path.open("wb") as stream:
            stream.truncate(self._size)
        return file

    async def ahead(self, of: Content, document: str) -> Printed:
        return Printed("", bytes(200_000), 4)


async def flood(size: int, directory: Path) -> None:
    """500 packets with `size` bytes of scans in all, and the most memory that they took."""
    place = Directory(directory / "files")
    store = FileStore(place)
    one = case_content(0, played(TOWNS[0], "maximum"))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    order = Order(one.programme, "", "市总工会", tuple(map(str, range(500))), NOW)
    begun, written = perf_counter(), 0
    async for piece in Packing(order, Blank(one, place, size // 5000), store).pieces():
        written += len(piece)
    took = perf_counter() - begun
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"500 packets, {written / 1e9:.2f} GB in {took:.0f} s; most memory {most:.0f} MB, {before:.0f} MB before"
    )


async def compare(cases: int, fewer: int, workers: int) -> None:
    wholes = [played(town, "maximum") for town in TOWNS]
    contents = [case_content(number, wholes[number % len(wholes)]) for number in range(cases)]
    with tempfile.TemporaryDirectory() as home:
        directory = Path(home)
        files = Files(directory / "files")
        crew = Workers(workers)
        try:
            warm = contents[: 2 * len(TOWNS)]
            await ours(warm, files, crew, directory / "warm.zip")
            took, documents = await ours(contents, files, crew, directory / "ours.zip")
            again, _ = await ours(contents, files, crew, directory / "again.zip")
        finally:
            crew.close()
        slow, same = naive(contents[:fewer], files, directory / "naive.zip")
    print(f"{'':34}{'packets':>9}{'documents':>11}{'seconds':>9}{'packets/min/core':>18}")
    lines = (
        (f"ours, printed anew, {workers} workers", cases, documents, took, workers),
        ("ours, printed as they came in", cases, documents, again, 1),
        ("naive, one by one", fewer, same, slow, 1),
    )
    for what, packets, printed, seconds, cores in lines:
        print(f"{what:34}{packets:9}{printed:11}{seconds:9.1f}{packets / seconds * 60 / cores:18.1f}")
    print(f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--cases", type=int, default=100)
    parser.add_argument("--naive", type=int, default=10)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--flood", type=float, default=0, metavar="GB")
    wanted = parser.parse_args()
    if wanted.flood:
        with tempfile.TemporaryDirectory() as home:
            asyncio.run(flood(int(wanted.flood * 1e9), Path(home)))
    else:
        asyncio.run(compare(wanted.cases, wanted.naive, wanted.workers))


if __name__ == "__main__":
    main()
