"""Paper is ticked once for each that is due; what is wrong with it, and what went back, is noted beside."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from forms.in_hand import InHand
from storage import papers_in
from storage.database import Database
from tests.storage.desks import NOW, found
from tests.storage.test_belongings import settle

FORM = InHand("application", 3, "", "s-青秀", NOW)
LATER = NOW + timedelta(days=1)


async def case_of(database: Database) -> str:
    anna = await settle(database, "anna")
    await database.run(lambda unit: found(unit, "青秀"))
    return anna.case or ""


async def test_a_paper_is_in_hand_as_it_was_ticked_last(database: Database) -> None:
    case = await case_of(database)
    for ticked in (replace(FORM, copies=2, lacks="缺公章"), FORM):
        await database.run(lambda unit, ticked=ticked: papers_in.tick(unit, case, ticked))
        assert await database.run(lambda unit: papers_in.of_case(unit, case)) == {"application": ticked}
    assert await database.run(lambda unit: papers_in.untick(unit, case, "application"))
    assert not await database.run(lambda unit: papers_in.untick(unit, case, "application"))
    assert await database.run(lambda unit: papers_in.of_case(unit, case)) == {}


async def test_what_it_lacks_is_noted_and_mended(database: Database) -> None:
    case = await case_of(database)
    assert not await database.run(lambda unit: papers_in.lacks(unit, case, "application", "缺公章"))
    await database.run(lambda unit: papers_in.tick(unit, case, FORM))
    for what in ("缺公章", ""):
        assert await database.run(lambda unit, what=what: papers_in.lacks(unit, case, "application", what))
        assert (await database.run(lambda unit: papers_in.of_case(unit, case)))["application"].lacks == what


async def test_an_original_goes_back_once_and_comes_again_when_it_is_ticked_again(database: Database) -> None:
    case = await case_of(database)

    async def goes_back() -> bool:
        return await database.run(lambda unit: papers_in.give_back(unit, case, "application", LATER))

    assert not await goes_back()
    await database.run(lambda unit: papers_in.tick(unit, case, FORM))
    assert [await goes_back(), await goes_back()] == [True, False]
    assert (await database.run(lambda unit: papers_in.of_case(unit, case)))["application"].given_back == LATER
    await database.run(lambda unit: papers_in.tick(unit, case, FORM))
    assert (await database.run(lambda unit: papers_in.of_case(unit, case)))["application"].given_back is None


@pytest.mark.parametrize(
    "wrong", [{"seat": ""}, {"at": None}, {"copies": 0}], ids=["nobody", "never", "none"]
)
async def test_a_tick_is_somebodys_and_of_something(database: Database, wrong: dict[str, int]) -> None:
    case = await case_of(database)
    with pytest.raises(ValueError, match="how many copies"):
        await database.run(lambda unit: papers_in.tick(unit, case, replace(FORM, **wrong)))
