"""What people confide in the web chat stands in no line of the log, whatever goes wrong around it."""

from __future__ import annotations

import asyncio
import gc
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import structlog
from sqlalchemy import create_engine, text

from bot.house import intake, logs, turns
from bot.house.conversation import Conversation
from forms.library import BUILT_IN
from forms.printing.workers import Workers
from tests.bot.webchat.caller import Caller, Line

PHOTO = BUILT_IN / "_shared" / "files" / "photo-white.jpg"
NAME, NUMBER, PHONE = "欧阳若兰芝", "450103198109129970", "19000000997"
TRADE, FILE = "景泰蓝掐丝", "身份证 450103198109129970.jpg"
CANARIES = (NAME, NUMBER, PHONE, TRADE, FILE, quote(NAME), quote(FILE), repr(NAME)[1:-1], "若兰", "掐丝")
EVERYTHING = " ".join(CANARIES)

Breaks = Callable[[pytest.MonkeyPatch, Conversation, Path], None]


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    before, into = structlog.get_config(), io.StringIO()
    logs.configure("json", into)
    yield into
    structlog.configure(**before)


def _thinking(patch: pytest.MonkeyPatch, _: Conversation, __: Path) -> None:
    def step(*_: object) -> None:
        raise ValueError(EVERYTHING)

    patch.setattr(turns, "step", step)


def _writing(patch: pytest.MonkeyPatch, _: Conversation, directory: Path) -> None:
    """The database itself refuses, and its error quotes what was to be written."""
    engine = create_engine(f"sqlite:///{directory / 'jiangjian.sqlite'}")
    with engine.begin() as connection:
        refusing = "BEGIN SELECT RAISE(FAIL, 'no room for it'); END"
        connection.execute(text(f"CREATE TRIGGER refuses BEFORE UPDATE ON interview {refusing}"))
    engine.dispose()


def _locked(patch: pytest.MonkeyPatch, conversation: Conversation, _: Path) -> None:
    async def run(*_: object) -> None:
        raise TimeoutError(EVERYTHING)

    patch.setattr(conversation._archive._database, "run", run)


def _looking_into_files(patch: pytest.MonkeyPatch, _: Conversation, __: Path) -> None:
    async def receive(*_: object, **__: object) -> None:
        raise OSError(5, EVERYTHING, FILE)

    patch.setattr(intake.Intake, "receive", receive)


def _printing(patch: pytest.MonkeyPatch, _: Conversation, __: Path) -> None:
    async def render(*_: object, **__: object) -> None:
        raise RuntimeError(EVERYTHING)

    patch.setattr(Workers, "render", render)
    patch.setattr(Workers, "run", render)


BREAKS: dict[str, Breaks | None] = {
    "nothing": None,
    "thinking": _thinking,
    "writing": _writing,
    "locked": _locked,
    "looking into files": _looking_into_files,
    "printing": _printing,
}
#: What the log says of each, at least.
TOLD = {
    "nothing": set(),
    "thinking": {"web.turn_failed"},
    "writing": {"web.turn_failed"},
    "locked": {"web.turn_failed"},
    "looking into files": {"web.request_failed"},
    "printing": {"web.request_failed"},
}


async def speaks(line: Line, **content: Any) -> None:
    """Say something as often as a page would, whatever comes of it."""
    heard = await line.says(**content, **line.meant)
    if "error" in heard:
        await line.says()


async def all_of_it(line: Line, caller: Caller) -> None:
    """Confide everything, in words, in files, in addresses and where it is not asked for."""
    for said in (NAME, NUMBER, PHONE, TRADE, EVERYTHING, f"/{NUMBER}", f"recover {NAME}"):
        await speaks(line, text=said)
    await line.says(choice=NUMBER)
    await line.says(file=quote(FILE))
    await line.socket.send_str(f'{{"id": "{NAME}", "text": {{"{NUMBER}": 1}}}}')
    await line.hears()
    sent = await caller.sends(quote(FILE), PHOTO.read_bytes())
    if sent.status == 201:
        await speaks(line, file=(await sent.json())["file"])
    for path in (
        "/documents/application.pdf",
        "/documents/copy.zip",
        f"/files/{NUMBER}",
        f"/{quote(NAME)}?phone={PHONE}",
        f"/p/{NUMBER}",
        f"/story?before={quote(NAME)}",
    ):
        await (await caller.get(path)).read()
    await (await caller.post("/resume/code", json={"code": EVERYTHING})).read()
    await (await caller.post("/people", json={NAME: NUMBER})).read()


@pytest.mark.parametrize("what", BREAKS)
async def test_no_canary_stands_in_the_log(
    written: io.StringIO,
    caller: Caller,
    conversation: Conversation,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    what: str,
) -> None:
    line = await caller.connects()
    await line.begins()
    await line.presses("单位推荐")
    await line.presses("是")
    breaks = BREAKS[what]
    if breaks:
        breaks(monkeypatch, conversation, tmp_path)
    await all_of_it(line, caller)

    async def left_alone() -> None:
        raise ValueError(EVERYTHING)

    asyncio.get_running_loop().create_task(left_alone())
    await asyncio.sleep(0.05)
    gc.collect()
    monkeypatch.undo()
    told = written.getvalue()
    assert not [each for each in CANARIES if each in told]
    events = {json.loads(each)["event"] for each in told.splitlines()}
    assert events >= {"library.said", *TOLD[what]}, "it went wrong, and was told"
