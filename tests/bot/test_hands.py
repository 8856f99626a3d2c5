"""What waits in a ledger is done by whoever has a hand free, once, and whoever has somebody's page open wakes it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text

from bot.courier import Receipt
from bot.house.turns import Turns
from dialogs.turn import Screen
from forms.printing.workers import Workers
from storage import tables
from tests.bot.household import House, Someone
from tests.bot.neighbourhood import PATIENCE, Front, Neighbourhood, at, until


@pytest.fixture
async def hood(
    postgresql: Callable[..., str],
    postgresql_up_to_date: str,
    tmp_path: Path,
    crew: Workers,
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[Neighbourhood]:
    """What happens here happens by jobs and by words: the looks for lost ones are far apart."""
    monkeypatch.setattr("bot.house.neighbours._LOOK", 600)
    monkeypatch.setattr("bot.hands._SWEEP", 600)
    async with Neighbourhood(postgresql(postgresql_up_to_date), tmp_path / "files", crew) as hood:
        yield hood


class Phone:
    """A door to Telegram: it keeps what was shown."""

    page = False

    def __init__(self, *failing: Exception) -> None:
        self.shown: list[str] = []
        self._failing = list(failing)
        self._rang = asyncio.Event()

    async def deliver(self, address: str, screen: Screen) -> Receipt:
        if self._failing:
            raise self._failing.pop()
        self.shown.append(address)
        self._rang.set()
        return Receipt(str(len(self.shown)))

    async def rings(self) -> None:
        async with asyncio.timeout(PATIENCE):
            await self._rang.wait()


async def settled(house: House, *expected: tuple[str, int]) -> bool:
    """Whether the outbox stands like this: state and tries of each item."""
    found = select(tables.outbox.c.state, tables.outbox.c.attempts).order_by(tables.outbox.c.id)
    rows = await house.database.read(lambda unit: unit.connection.execute(found).all())
    return [tuple(row) for row in rows] == list(expected)


async def joined(front: Front, channel: str = "telegram") -> tuple[Someone, Someone]:
    """Somebody, and the same person at another device, which they have just joined: the first is to be told."""
    anna = Someone(front.house, "7", channel)
    await anna.fills()
    code = await front.house.conversation.resume_code(channel, "7")
    laptop = Someone(front.house, "laptop", "web")
    await laptop.take()
    await laptop.says(code)
    await laptop.presses("是我的，接过来")
    return anna, laptop


async def test_what_one_process_puts_in_another_delivers_at_once_and_once(hood: Neighbourhood) -> None:
    front, phone, other = await hood.front(), Phone(), Phone()
    await hood.worker(telegram=phone)
    await hood.worker(telegram=other)
    await joined(front)
    await asyncio.wait(
        [asyncio.ensure_future(phone.rings()), asyncio.ensure_future(other.rings())],
        return_when=asyncio.FIRST_COMPLETED,
    )
    assert phone.shown + other.shown == ["7"]
    await until(lambda: settled(front.house, ("sent", 1)))


async def test_what_fails_is_counted_in_the_ledger_and_tried_again_by_a_job(
    hood: Neighbourhood, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.outbox.PAUSES", (timedelta(seconds=0.5),) * 3)
    front, phone = await hood.front(), Phone(RuntimeError("broken"), RuntimeError("broken"))
    await hood.worker(telegram=phone)
    await joined(front)
    await phone.rings()
    await until(lambda: settled(front.house, ("sent", 3)))
    assert phone.shown == ["7"]


async def test_a_page_on_another_machine_is_woken_and_told_once(hood: Neighbourhood) -> None:
    front, other = await hood.front(), await hood.front()
    await hood.worker()
    other.open.add("7")
    anna, _ = await joined(front, "web")
    await other.rings("7")
    page = at(other, anna)
    await page.take()
    assert "接上了您的申报" in str(page.screen.parts)
    await page.says("菜单")
    assert "接上了您的申报" not in str(page.screen.parts), "it was read, and is not told twice"


async def test_what_a_lost_word_was_about_is_found_by_a_look(hood: Neighbourhood) -> None:
    front, other = await hood.front(), await hood.front()
    other.house.conversation.neighbours._heard = lambda word, about: None  # type: ignore[method-assign]  # deaf
    await hood.worker()
    await joined(front, "web")
    other.open.add("7")
    await other.house.conversation.neighbours.look("web")
    await other.rings("7")
    await other.house.conversation.neighbours.look("web")
    assert not other.woken, "it was told"


async def test_whoever_is_forgotten_is_remembered_in_no_process(
    hood: Neighbourhood, monkeypatch: pytest.MonkeyPatch
) -> None:
    forgot = asyncio.Event()
    front, other = await hood.front(), await hood.front()
    monkeypatch.setattr(Turns, "forget", _noting(Turns.forget, other.house.conversation._turns, forgot))
    anna, _ = await joined(front, "web")
    there = at(other, anna)
    await there.says("菜单")
    assert other.house.conversation._turns._recall._known
    forgot.clear()
    assert await front.house.conversation.forget("web", "laptop")
    async with asyncio.timeout(PATIENCE):
        await forgot.wait()
    assert not other.house.conversation._turns._recall._known
    await there.take()
    assert "删" in str(there.screen.told)
    assert "陆建华" not in str(there.screen)


def _noting(forget: Callable[[Turns], None], whose: Turns, forgot: asyncio.Event) -> Callable[[Turns], None]:
    def noting(turns: Turns) -> None:
        forget(turns)
        if turns is whose:
            forgot.set()

    return noting


async def test_two_fronts_take_one_persons_turns_in_the_order_of_the_rows(hood: Neighbourhood) -> None:
    """The same person types at both at once: each answer is taken once, and none is taken for another's."""
    front, other = await hood.front(), await hood.front()
    anna = Someone(front.house, "7", "web")
    await anna.begins()
    there = at(other, anna)
    await there.take()
    for typed in ("个人申报", "焊工", "2015年7月"):
        await anna.says(typed)
        await there.take()
        assert (there.asked, there.screen.revision) == (anna.asked, anna.screen.revision)
        anna, there = there, anna


async def test_machines_that_stand_on_something_else_both_say_so(hood: Neighbourhood) -> None:
    one = await hood.front(recovery_key="a", bot_token="b")
    same = await hood.front(recovery_key="a", bot_token="b")
    other = await hood.front(recovery_key="x", bot_token="b", files="s3")
    houses = [front.house.conversation.neighbours for front in (one, other, same)]

    async def told() -> bool:
        return [each.differing for each in houses] == [{"recovery_key"}] * 3

    await until(told)


async def test_pages_ask_again_once_a_line_that_was_cut_stands(hood: Neighbourhood) -> None:
    front = await hood.front()
    front.open |= {str(number) for number in range(50)}
    cut = text(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND application_name = 'jiangjian line'"
    )
    await front.house.database.run(lambda unit: unit.connection.execute(cut).all())

    async def all_woken() -> bool:
        return set(front.woken) == front.open

    await until(all_woken)
