"""One settlement for each rule of a case, from a seat, until its ground is another."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from forms.settling import Settlement
from storage import settlements
from storage.belongings import forget
from storage.conflicts import Conflict
from storage.database import Database
from tests.storage.desks import NOW, found
from tests.storage.test_belongings import rows, settle

YEARS = Settlement("years", "met", "看了劳动合同", "g1", seat="s-青秀", at=NOW)


async def case_of(database: Database) -> str:
    anna = await settle(database, "anna")
    await database.run(lambda unit: found(unit, "青秀"))
    return anna.case or ""


async def test_it_tells_who_settled_it_how_why_and_on_what_ground(database: Database) -> None:
    case = await case_of(database)
    await database.run(lambda unit: settlements.settle(unit, case, YEARS))
    assert await database.run(lambda unit: settlements.of_case(unit, case)) == (
        replace(YEARS, office="青秀总工会"),
    )
    assert await database.run(lambda unit: settlements.of_case(unit, "another")) == ()


async def test_the_last_one_stands_until_it_is_taken_back(database: Database) -> None:
    case = await case_of(database)
    for outcome in ("met", "not_met"):
        await database.run(
            lambda unit, outcome=outcome: settlements.settle(unit, case, replace(YEARS, outcome=outcome))
        )
    (kept,) = await database.run(lambda unit: settlements.of_case(unit, case))
    assert kept.outcome == "not_met"
    assert await database.run(lambda unit: settlements.unsettle(unit, case, "years"))
    assert not await database.run(lambda unit: settlements.unsettle(unit, case, "years"))
    assert await database.run(lambda unit: settlements.of_case(unit, case)) == ()


async def test_it_lapses_with_its_ground(database: Database) -> None:
    case = await case_of(database)
    for rule in ("years", "heritage", "expert_level"):
        await database.run(lambda unit, rule=rule: settlements.settle(unit, case, replace(YEARS, rule=rule)))
    grounds = {"years": "g2", "heritage": "g1"}
    assert await database.run(lambda unit: settlements.lapse(unit, case, grounds)) == ("years",)
    assert await database.run(lambda unit: settlements.lapse(unit, case, grounds)) == ()
    left = await database.run(lambda unit: settlements.of_case(unit, case))
    assert [each.rule for each in left] == ["expert_level", "heritage"]


async def test_of_many_at_once_one_stands(database: Database) -> None:
    case = await case_of(database)

    async def one(number: int) -> bool:
        try:
            await database.run(
                lambda unit: settlements.settle(unit, case, replace(YEARS, reason=str(number)))
            )
        except Conflict:
            return False
        return True

    done = await asyncio.gather(*(one(number) for number in range(50)))
    (kept,) = await database.run(lambda unit: settlements.of_case(unit, case))
    assert done[int(kept.reason)]


@pytest.mark.parametrize("lacking", [{"seat": ""}, {"at": None}], ids=["nobody", "never"])
async def test_it_is_somebodys_at_some_time(database: Database, lacking: dict[str, None]) -> None:
    case = await case_of(database)
    with pytest.raises(ValueError, match="who made it and when"):
        await database.run(lambda unit: settlements.settle(unit, case, replace(YEARS, **lacking)))


async def test_it_goes_with_the_case(database: Database) -> None:
    anna = await settle(database, "anna")
    await database.run(lambda unit: found(unit, "青秀"))
    await database.run(lambda unit: settlements.settle(unit, anna.case or "", YEARS))
    await database.run(lambda unit: forget(unit, anna.person, NOW))
    assert (await rows(database))["settled"] == 0
