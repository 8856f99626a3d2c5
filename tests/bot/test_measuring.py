"""The figures: they count what happened, tell nothing of anybody, and never stand at the public address."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp import ClientSession
from prometheus_client.parser import text_string_to_metric_families

from bot.house import measures
from bot.house.failure import Failure
from bot.house.settings import settings
from bot.house.turns import MovedOn
from bot.measuring import Measured
from dialogs.turn import Meant, Turn
from forms.printing.renderer import RenderFailed
from storage import jobs, outbox
from storage.conflicts import Conflict
from storage.outbox import PAUSES
from storage.unit import Unit
from tests.bot.household import House, Someone

Figures = dict[tuple[str, ...], float]


def read(told: bytes) -> Figures:
    """Figures by name and the values of their labels."""
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(told.decode())
        for sample in family.samples
    }


@pytest.fixture
def measured(house: House) -> Measured:
    return Measured(house.database, house.store, house.workers, lambda: house.now, lambda: 3)


async def grown(measured: Measured, before: Figures, *name: str) -> float:
    measured._read = None
    return read(await measured.text()).get(name, 0) - before.get(name, 0)


async def test_turns_are_counted_by_door_and_outcome(house: House, measured: Measured) -> None:
    before = read(await measured.text())
    anna = Someone(house)
    await anna.begins()
    assert await grown(measured, before, "jiangjian_turns_total", "web", "answered") == 2
    assert await grown(measured, before, "jiangjian_turns_total", "web", "looked") == 1
    assert await grown(measured, before, "jiangjian_turn_seconds_count", "web") == 3
    with pytest.raises(MovedOn):
        await anna.take(text="x", answers=Meant("nowhere", 0))
    assert await grown(measured, before, "jiangjian_turns_total", "web", "moved_on") == 1


async def test_a_message_that_comes_again_is_a_replay(house: House, measured: Measured) -> None:
    before = read(await measured.text())
    anna = Someone(house)
    await anna.begins()
    for _ in range(3):
        await house.conversation.take("web", "anna", Turn("anna", "again", text="个人申报"))
    assert await grown(measured, before, "jiangjian_replays_total", "web") == 2


async def test_who_was_first_is_counted(house: House, measured: Measured) -> None:
    anna = Someone(house)
    await anna.begins()
    before = measures.CONFLICTS._value.get()
    tries = iter((True, True, False))

    def work(unit: Unit) -> None:
        if next(tries):
            raise Conflict

    await house.conversation._archive.run(work)
    assert measures.CONFLICTS._value.get() - before == 2


async def test_what_is_printed_and_what_cannot_be(
    house: House, measured: Measured, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = read(await measured.text())
    anna = Someone(house)
    await anna.fills()

    async def fails(*_: object) -> None:
        raise RenderFailed("it cannot be drawn")

    with monkeypatch.context() as broken:
        broken.setattr(house.workers, "render", fails)
        with pytest.raises(RenderFailed):
            await house.conversation.document("web", "anna", "application")
    assert await grown(measured, before, "jiangjian_render_seconds_count", "failed") == 1
    await house.conversation.document("web", "anna", "application")
    assert await grown(measured, before, "jiangjian_render_seconds_count", "printed") == 1


async def test_the_outbox_tells_its_age_and_its_dead(house: House, measured: Measured) -> None:
    now = house.now
    for key, due in (("a", now - timedelta(minutes=7)), ("b", now), ("c", now + timedelta(days=1))):
        await house.database.run(lambda unit, key=key, due=due: outbox.enqueue(unit, "notice", key, {}, due))
    told = read(await measured.text())
    assert told["jiangjian_outbox", "waiting"] == 3
    assert told["jiangjian_outbox", "due"] == 2
    assert told["jiangjian_outbox_oldest_seconds",] == 7 * 60

    def fails(unit: Unit) -> None:
        [item] = outbox.claim(unit, now, timedelta(), 1)
        assert item.key == "a"
        outbox.postpone(unit, item, now, timedelta(seconds=-1))

    for _ in range(len(PAUSES) + 1):
        await house.database.run(fails)
    assert await grown(measured, {}, "jiangjian_outbox", "dead") == 1
    assert await grown(measured, {}, "jiangjian_outbox_oldest_seconds") == 0


async def test_pages_files_and_room_are_told(house: House, measured: Measured) -> None:
    told = read(await measured.text())
    assert told["jiangjian_web_pages",] == 3
    assert told["jiangjian_files",] == told["jiangjian_files_bytes",] == 0
    assert told["jiangjian_files_free_bytes",] > 0
    assert told["jiangjian_render_queue",] == 0
    assert told["jiangjian_exports", "waiting"] == 0


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
async def test_jobs_that_wait_for_a_hand_are_told(house: House, measured: Measured, url: str) -> None:
    jobs.prepare(url)
    await house.database.run(lambda unit: jobs.put(unit, "export", "x"))
    assert read(await measured.text())["jiangjian_jobs", "export"] == 1


async def test_without_a_database_the_rest_is_told(house: House, measured: Measured) -> None:
    house.database.close()
    told = read(await measured.text())
    assert told["jiangjian_database_up",] == 0
    assert ("jiangjian_web_pages",) in told


async def test_no_figure_tells_of_anybody(house: House, measured: Measured) -> None:
    anna = Someone(house)
    await anna.fills()
    told = (await measured.text()).decode()
    assert not [each for each in ("陆建华", "450122198409129963", "anna", "焊") if each in told]
    assert not re.findall(r"[0-9a-f]{32}", told)
    values = {value for name in re.findall(r'="([^"]*)"', told) for value in [name]}
    assert len(values) < 200, "labels have few values"


# As it is served


@asynccontextmanager
async def served(directory: Path, **more: str) -> AsyncIterator[tuple[str, str]]:
    """`jiangjian run` in a process of its own: the public address, and that of the figures."""
    with socket.create_server(("127.0.0.1", 0)) as free, socket.create_server(("127.0.0.1", 0)) as other:
        port, figures = free.getsockname()[1], other.getsockname()[1]
    plain = {name: value for name, value in os.environ.items() if not name.startswith("JIANGJIAN_")}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "run"),
        env=plain
        | {"JIANGJIAN_DATA": str(directory), "JIANGJIAN_PORT": str(port), "JIANGJIAN_WORKERS": "1"}
        | {"JIANGJIAN_METRICS": f"127.0.0.1:{figures}", "JIANGJIAN_DEMO": "off"}
        | more,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout
    assert b" is open at " in await asyncio.wait_for(process.stdout.readline(), 240)
    try:
        yield f"http://127.0.0.1:{port}", f"http://127.0.0.1:{figures}"
    finally:
        process.send_signal(signal.SIGTERM)
        await process.communicate()
    assert process.returncode == 0


async def test_figures_stand_at_an_address_of_their_own_and_health_at_the_public_one(tmp_path: Path) -> None:
    async with served(tmp_path) as (public, figures), ClientSession() as session:
        async with session.get(f"{figures}/metrics") as answer:
            assert answer.status == 200 and answer.headers["Content-Type"].startswith("text/plain")
            assert read(await answer.read())["jiangjian_database_up",] == 1
        for path in ("/", "/healthz", "/chat"):
            async with session.get(figures + path) as answer:
                assert answer.status == 404, "nothing else is there"
        async with session.get(f"{public}/metrics") as answer:
            assert answer.status == 404
        async with session.get(f"{public}/healthz") as answer:
            assert (answer.status, await answer.json()) == (200, {"alive": True})
        async with session.get(f"{public}/readyz") as answer:
            assert (answer.status, await answer.json()) == (200, {"ready": True})
            assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("place", ["9464", ":9464", "127.0.0.1", "127.0.0.1:x", "127.0.0.1:70000", "x:²"])
def test_a_place_that_is_none_is_told(monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    monkeypatch.setenv("JIANGJIAN_METRICS", place)
    with pytest.raises(Failure, match=r"JIANGJIAN_METRICS=.*must be an address and a port"):
        settings()


def test_unless_it_is_set_nothing_listens() -> None:
    assert settings().metrics == ""
