"""Whoever makes an export may die, fall silent or find no room: it is made once, or told."""

from __future__ import annotations

import asyncio
import os
import threading
from contextlib import suppress

import pytest

from bot.house.packing import Packing
from bot.house.taken_along import told
from dialogs.words import Words
from storage import exports
from storage.exports import LEASE, TRIED
from storage.files import FileStore, NoRoom
from tests.bot.house.order_desk import Desk
from tests.bot.household import House
from tests.storage.stores import home


@pytest.fixture
def desk(house: House) -> Desk:
    return Desk(house)


async def test_a_maker_that_fell_silent_is_replaced_and_can_settle_nothing(desk: Desk) -> None:
    (case,) = await desk.opens("anna")
    ordered = await desk.orders(case)
    lost = await desk.house.database.run(lambda unit: exports.claim(unit, desk.house.now))
    assert lost and lost.id == ordered.id
    assert not await desk.exporting.make_next(), "somebody is at it"
    desk.house.now += LEASE
    assert await desk.exporting.make_next()
    ready = await desk.looks(ordered)
    now = desk.house.now
    run = desk.house.database.run
    assert await run(lambda unit: exports.renew(unit, lost, 1, now)) is None
    assert not await run(lambda unit: exports.settle(unit, lost, "x", 1, "0" * 64, now))
    assert not await run(lambda unit: exports.fail(unit, lost, "export_failed", now))
    assert await desk.looks(ordered) == ready


async def test_one_that_ends_all_its_makers_is_not_tried_for_ever(desk: Desk) -> None:
    (case,) = await desk.opens("anna")
    ordered = await desk.orders(case)
    await desk.house.database.run(lambda unit: exports.claim(unit, desk.house.now))
    desk.house.now += TRIED
    assert not await desk.exporting.make_next()
    await desk.exporting.sweep()
    assert (await desk.looks(ordered)).state == "expired"


async def test_bytes_of_a_maker_that_died_are_swept_and_those_of_one_at_work_are_not(desk: Desk) -> None:
    (case,) = await desk.opens("anna")
    ready = await desk.makes(case)
    store = FileStore(desk.house.files / "exports")
    now = desk.house.now.timestamp()
    old, young = "a" * 32, "b" * 32
    for file, age in ((old, 3600), (young, 3599), (ready.file, 9999)):
        path = home(store.directory(""), file)
        path.parent.mkdir(exist_ok=True)
        path.touch()
        os.utime(path, (now - age, now - age))
    arriving = desk.house.files / "exports" / "arriving" / ("c" * 32)
    arriving.touch()
    os.utime(arriving, (now - 3600, now - 3600))
    await desk.exporting.sweep()
    assert sorted(desk.kept()) == sorted([young, ready.file])


@pytest.mark.parametrize(
    ("error", "code"), [(NoRoom(), "export_no_room"), (RuntimeError("x"), "export_failed")]
)
async def test_what_cannot_be_made_is_told_and_leaves_nothing_behind(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, error: Exception, code: str
) -> None:
    (case,) = await desk.opens("anna")

    async def fails(self: Packing) -> object:
        yield b"some"
        raise error

    with monkeypatch.context() as broken:
        broken.setattr(Packing, "pieces", fails)
        failed = await desk.makes(case)
    assert (failed.state, failed.name) == ("failed", code) and desk.kept() == []
    assert desk.house.database.keyring.get(failed.id) is None, "nor a key of what was begun"
    assert (await desk.makes(case)).state == "ready"


async def test_the_sweep_asks_the_place_of_files_beside_the_loop(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may be a bucket, which everybody would wait for."""
    real, asked = FileStore.touched, list[bool]()

    def through_a_network(store: FileStore, file: str) -> float | None:
        asked.append(threading.current_thread() is threading.main_thread())
        return real(store, file)

    left = home(desk.house.files / "exports", "a" * 32)
    left.parent.mkdir(parents=True)
    left.touch()
    monkeypatch.setattr(FileStore, "touched", through_a_network)
    await desk.exporting.sweep()
    assert asked == [False]


async def test_progress_is_told_while_it_is_made(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    cases = await desk.opens("anna", "ben")
    ordered = await desk.orders(*cases)
    monkeypatch.setattr("bot.house.exporting._BEAT", 0.01)
    first, go_on = asyncio.Event(), asyncio.Event()

    async def waits(self: Packing) -> object:
        self.done = 1
        first.set()
        await go_on.wait()
        yield b"all"

    monkeypatch.setattr(Packing, "pieces", waits)
    making = asyncio.create_task(desk.exporting.make_next())
    await first.wait()
    async with asyncio.timeout(20):
        while (seen := await desk.looks(ordered)).done != 1:  # noqa: ASYNC110 - it is the row that is looked at
            await asyncio.sleep(0.01)
    assert seen.state == "making" and Words("zh")(told(seen)) == "正在做：1/2份。"
    go_on.set()
    assert await making
    assert (await desk.looks(ordered)).state == "ready"


async def test_the_worker_makes_what_is_ordered_while_it_waits(desk: Desk) -> None:
    (case,) = await desk.opens("anna")
    working = asyncio.create_task(desk.exporting.work())
    try:
        ordered = await desk.orders(case)
        desk.exporting.wake()
        async with asyncio.timeout(60):
            while (await desk.looks(ordered)).state != "ready":  # noqa: ASYNC110 - as above
                await asyncio.sleep(0.02)
    finally:
        working.cancel()
        with suppress(asyncio.CancelledError):
            await working
