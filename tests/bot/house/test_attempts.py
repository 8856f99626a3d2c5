"""Wrong codes are counted where neither a restart nor another process forgets them."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import cast

import pytest
from sqlalchemy import select

from forms.printing.workers import Workers
from storage import tables
from storage.database import Database
from tests.bot.house.test_coming_back import fills_a_little, texts
from tests.bot.household import House, Someone, library


@pytest.fixture
def house(database: Database, tmp_path: Path) -> House:
    return House(database, tmp_path / "files", cast("Workers", None))


async def test_a_restart_and_another_process_forget_no_guess(anna: Someone, house: House) -> None:
    code = await fills_a_little(anna)
    guesser = Someone(house, "guesser")
    await guesser.take()
    for _ in range(3):
        await guesser.take(text="恢复码 ABCD-2345-EFGH-6789-JKMN", network="198.51.100.7")
    house.open(library())
    for _ in range(2):
        told = texts(await guesser.take(text="恢复码 ABCD-2345-EFGH-6789-JKMN", network="198.51.100.7"))
        assert "这个码不对" in told
    house.open(library())
    assert "请过15分钟再试" in texts(await guesser.says(code))


async def test_many_doors_and_processes_at_once_guess_no_more_than_their_network_may(
    anna: Someone, house: House
) -> None:
    code = await fills_a_little(anna)
    beside = House(house.database, house.files, house.workers)
    guessers = [Someone(each, f"guesser {number}") for number in range(40) for each in (house, beside)]
    guesses = [
        each.take(text="恢复码 ABCD-2345-EFGH-6789-JKMN", network="198.51.100.7")
        for each in guessers
        for _ in range(2)
    ]
    told = [texts(screen) for screen in await asyncio.gather(*guesses)]
    assert sum("这个码不对" in each for each in told) == 60
    assert sum("分钟再试" in each for each in told) == 100
    assert "分钟再试" in texts(await Someone(beside, "fresh").take(text=code, network="198.51.100.7"))


async def test_nothing_is_kept_of_who_guessed_and_soon_not_even_that(house: House) -> None:
    guesser = Someone(house, "guesser")
    for _ in range(9):
        await guesser.take(text="恢复码 ABCD-2345-EFGH-6789-JKMN", network="198.51.100.7")
    rows = await house.database.run(lambda unit: unit.connection.execute(select(tables.attempt)).all())
    assert len(rows) == 10, "five at the door, five of the network"
    assert not any(word in str(rows) for word in ("guesser", "198.51", "ABCD"))
    house.now += timedelta(minutes=15)
    await house.conversation.expire()
    assert await house.rows("attempt") == 0


async def test_a_clock_that_was_wrong_keeps_nobody_out_for_long(anna: Someone, house: House) -> None:
    code = await fills_a_little(anna)
    guesser = Someone(house, "guesser")
    house.now += timedelta(days=400)
    for _ in range(5):
        await guesser.says("恢复码 ABCD-2345-EFGH-6789-JKMN")
    house.now -= timedelta(days=400)
    assert "接着它填吗" in texts(await guesser.says(code))
