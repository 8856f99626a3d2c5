"""How the service is put together, and how it leaves: it says so first, and closes its doors a while later."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession
from pydantic import SecretStr

from bot import serving, working
from bot.house import wiring
from bot.house.readiness import Readiness
from bot.house.settings import Settings
from bot.serving import Leave
from forms.library import Library
from storage.places import Directory


@pytest.mark.parametrize(
    ("set_to", "proxies", "seconds"), [(None, 0, 0), (None, 1, 10), (0, 1, 0), (3.5, 0, 3.5)]
)
def test_behind_a_proxy_it_serves_for_a_while(set_to: float | None, proxies: int, seconds: float) -> None:
    assert Settings(drain=set_to, proxies=proxies).draining == seconds


async def test_told_once_it_says_so_and_told_again_it_leaves() -> None:
    ready = Readiness({})
    leave = Leave(ready, drain=600)
    assert await ready.trouble() == ""
    leave.told()
    assert await ready.trouble() == "stopping" and not leave.now.is_set()
    leave.told()
    assert leave.now.is_set()


@pytest.mark.parametrize("drain", [0, 0.01])
async def test_told_once_it_leaves_when_its_time_is_over(drain: float) -> None:
    ready = Readiness({})
    leave = Leave(ready, drain)
    leave.told()
    await asyncio.wait_for(leave.now.wait(), 60)
    assert ready.stopping


@asynccontextmanager
async def service(data: Path, **more: str) -> AsyncIterator[tuple[asyncio.subprocess.Process, str]]:
    """`jiangjian run` in a process of its own, and its address."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("JIANGJIAN_")}
    given = {"JIANGJIAN_DATA": str(data), "JIANGJIAN_PORT": "0", "JIANGJIAN_WORKERS": "1"}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "run"),
        env=plain | given | {"JIANGJIAN_DEMO": "off"} | more,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stdout
    try:
        yield process, (await asyncio.wait_for(process.stdout.readline(), 240)).decode().split()[4]
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def test_a_proxy_hears_that_it_stops_before_its_doors_close(tmp_path: Path) -> None:
    async with service(tmp_path, JIANGJIAN_DRAIN="600") as (process, url), ClientSession() as session:

        async def ready() -> tuple[int, dict[str, Any]]:
            async with session.get(f"{url}/readyz") as answer:
                return answer.status, await answer.json()

        assert await ready() == (200, {"ready": True})
        process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(60):
            while (told := await ready())[0] == 200:
                pass  # the signal is on its way
        assert told == (503, {"ready": False, "code": "stopping"})
        async with ClientSession() as somebody, somebody.get(url) as page:
            assert page.status == 200, "whoever is still sent here is served"
        process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(process.wait(), 60) == 0, "told again it does not wait"


@pytest.mark.parametrize("serves", ["run", "work"])
def test_where_files_lie_is_opened_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest, serves: str
) -> None:
    """Two that keep files in one directory would take the same room twice."""
    given = Settings(
        data=tmp_path, port=0, metrics="127.0.0.1:0", demo="off", master_key=SecretStr("5f" * 32)
    )
    if serves == "work":
        server = request.getfixturevalue("postgresql")
        given = given.model_copy(update={"database": server(), "keys": server()})
    made: list[Path] = []

    class Counted(Directory):
        def __init__(self, root: Path, *more: Any, **named: Any) -> None:
            made.append(root)
            super().__init__(root, *more, **named)

    def ends(running: Coroutine[Any, Any, None]) -> None:
        running.close()

    monkeypatch.setattr(wiring.places, "Directory", Counted)
    monkeypatch.setattr(asyncio, "run", ends)
    {"run": serving.serve, "work": working.work}[serves](given, Library.open())
    assert made.count(tmp_path / "files") == 1


#: What only Telegram, PostgreSQL, a worker or somebody's spreadsheet or code to keep needs.
UNUSED = (
    "aiogram", "alembic", "av", "fontTools", "isal", "lxml", "obstore", "openpyxl", "PIL", "pi_heif", "psycopg", "pydyf",
    "pypdfium2", "pypinyin", "pygments", "segno", "sqlalchemy.dialects.postgresql", "weasyprint", "xlsxwriter",
)  # fmt: skip


def test_what_a_front_on_sqlite_does_not_use_is_not_loaded(tmp_path: Path) -> None:
    """Each would be read at every start, and stay in the memory of a front that nobody talks to."""
    told = f"""
import asyncio, sys
from pathlib import Path
from bot import serving
from bot.house.settings import Settings
from forms.library import Library
asyncio.run = lambda running: (running.close(), print(*[each for each in {UNUSED} if each in sys.modules]))
serving.serve(Settings(data=Path({str(tmp_path)!r}), port=0, workers=1), Library.open())
"""
    there = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    again = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert "alembic" in there.stdout.split(), "a first start makes the tables"
    assert not again.stdout.split()
