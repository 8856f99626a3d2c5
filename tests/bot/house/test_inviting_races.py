"""Many press at once: a link makes one of them the party, whoever of them is first."""

from __future__ import annotations

import asyncio
import os

from sqlalchemy import select

from storage import tables
from storage.codes import MOST
from tests.bot.house.invitees import asks, gathered, nominated
from tests.bot.household import House, Someone

#: As many in `make soak`.
ROUNDS = int(os.environ.get("JIANGJIAN_RACE_ROUNDS", "2"))
#: At more doors than that it is not asked about one link.
PRESSES = min(int(os.environ.get("JIANGJIAN_RACE_PRESSES", "25")), MOST)


async def test_of_many_presses_on_one_link_one_wins(house: House) -> None:
    gathered(house)
    for number in range(ROUNDS):
        nominee = await nominated(Someone(house, f"anna-{number}"))
        token = await asks(nominee)
        people = [Someone(house, f"{number}-{each}") for each in range(PRESSES)]
        await asyncio.gather(*(each.says(token) for each in people))
        before = await house.rows("person")
        await asyncio.gather(*(each.presses("是我") for each in people))
        won = [each for each in people if "陆建华请您写" in str(each.screen.parts)]
        lost = [each for each in people if "这个链接已经用过了" in str(each.screen.parts)]
        assert (len(won), len(lost)) == (1, PRESSES - 1)
        assert await house.rows("person") == before + 1
    assert await states(house) == ["joined"] * ROUNDS


async def test_a_link_that_is_revoked_while_it_is_pressed_is_one_or_the_other(house: House) -> None:
    gathered(house)
    for number in range(ROUNDS):
        nominee = await nominated(Someone(house, f"anna-{number}"))
        expert = Someone(house, f"mo-{number}")
        await expert.says(await asks(nominee))
        await asyncio.gather(expert.presses("是我"), nominee.presses("不请这一位了"))
        assert await states(house) == ["revoked"] * (number + 1)


async def states(house: House) -> list[str]:
    """Of every expert."""
    query = select(tables.party.c.state).where(tables.party.c.role == "expert")
    return await house.database.read(lambda unit: list(unit.connection.execute(query).scalars()))
