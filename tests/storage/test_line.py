"""What one process says the others hear; what only one may do passes on when it goes."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable

import pytest
from sqlalchemy import text

from storage.line import Line, _packed
from tests.storage.rings import kept_at


class Process:
    """A process of the house: its line, and what it heard."""

    def __init__(self, url: str) -> None:
        self.kept = kept_at(url)
        self.line = Line(url, self.kept)
        self.heard: list[tuple[str, tuple[str, ...]]] = []
        self.came = asyncio.Event()
        self.stands = asyncio.Event()
        self.mine = asyncio.Event()
        self.lost = asyncio.Event()
        self.line.listen(self._hears, self.stands.set)

    def _hears(self, word: str, about: tuple[str, ...]) -> None:
        self.heard.append((word, about))
        self.came.set()

    def wants(self) -> None:
        self.line.alone("asking", lambda mine: (self.mine if mine else self.lost).set())

    async def starts(self) -> None:
        self.running = asyncio.create_task(self.line.run())
        await within(self.stands)

    async def ends(self) -> None:
        """Also once more."""
        self.running.cancel()
        await asyncio.gather(self.running, return_exceptions=True)
        self.kept.close()


async def within(event: asyncio.Event) -> None:
    async with asyncio.timeout(30):
        await event.wait()
    event.clear()


@pytest.fixture
def address(postgresql: Callable[..., str], postgresql_up_to_date: str) -> str:
    return postgresql(postgresql_up_to_date)


@pytest.fixture
async def pair(address: str) -> AsyncIterator[tuple[Process, Process]]:
    both = Process(address), Process(address)
    for each in both:
        await each.starts()
    yield both
    for each in both:
        await each.ends()


async def test_all_others_hear_a_word_and_whoever_says_it_does_not(pair: tuple[Process, Process]) -> None:
    one, other = pair
    one.line.tell("waits", ("web anna", "web ben"))
    await within(other.came)
    assert other.heard == [("waits", ("web anna", "web ben"))]
    other.line.tell("gone", ("telegram 7",))
    await within(one.came)
    assert one.heard == [("gone", ("telegram 7",))]


async def test_a_key_that_one_process_destroys_is_held_open_in_none(pair: tuple[Process, Process]) -> None:
    one, other = pair
    owner = "a" * 32
    await one.kept.run(lambda unit: unit.sealed.make(owner))
    assert await other.kept.read(lambda unit: unit.sealed.find(owner))
    assert owner in other.kept.keyring._known
    await one.kept.run(lambda unit: unit.sealed.destroy((owner,)))
    one.line.tell("waits", ("web a",))  # behind it
    await within(other.came)
    assert owner not in other.kept.keyring._known
    assert other.heard == [("waits", ("web a",))]


def test_many_words_are_few_notifications_and_none_is_too_long() -> None:
    doors = [f"web {number:064x}" for number in range(1000)]
    packed = _packed("p", [("waits", door) for door in doors] + [("gone", "web x"), ("gone", "web x")])
    assert max(len(each.encode()) for each in packed) < 8000
    assert len(packed) < 15
    said = [json.loads(each) for each in packed]
    assert [door for _, word, *about in said if word == "waits" for door in about] == doors
    assert said[-1] == ["p", "gone", "web x"]


async def test_one_at_a_time_does_what_only_one_may(pair: tuple[Process, Process]) -> None:
    one, other = pair
    one.wants()
    await within(one.mine)
    other.wants()
    one.line.tell("waits", ("web a",))
    await within(other.came)
    assert not other.mine.is_set()
    await one.ends()
    await within(other.mine)


async def test_what_is_given_up_passes_on(pair: tuple[Process, Process]) -> None:
    one, other = pair
    one.wants()
    await within(one.mine)
    other.wants()
    one.line.leave("asking")
    await within(other.mine)


async def test_a_line_that_was_cut_stands_again_and_says_so(pair: tuple[Process, Process]) -> None:
    one, other = pair
    one.wants()
    await within(one.mine)
    here = "datname = current_database() AND application_name = 'jiangjian line'"
    cut = text(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {here}")
    await other.kept.run(lambda unit: unit.connection.execute(cut).all())
    await within(one.lost)
    await within(one.stands)
    await within(one.mine)
    await within(other.stands)
    other.line.tell("waits", ("web a",))
    await within(one.came)


async def test_what_is_not_understood_harms_nobody(pair: tuple[Process, Process]) -> None:
    one, other = pair
    await one.kept.run(
        lambda unit: unit.connection.execute(text("SELECT pg_notify('jiangjian', 'nonsense')"))
    )
    one.line.tell("waits", ("web a",))
    await within(other.came)
    assert other.heard == [("waits", ("web a",))]
