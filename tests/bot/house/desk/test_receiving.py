"""A case is handed in: sealed as it was shown, and the office learns of it."""

from __future__ import annotations

from tests.bot.house.desk.bureau import COUNTY, Bureau, hands_in
from tests.bot.household import House
from tests.dialogs.desk.desks import words


async def test_a_case_that_is_handed_in_lies_on_the_desk_of_its_office(house: House) -> None:
    bureau = await Bureau(house).opens()
    clerk = await bureau.seats("韦经办", bureau.county)
    assert COUNTY in words(clerk.screen)
    someone = await hands_in(house)
    print(words(someone.screen))
    await clerk.take()
    print(clerk.screen)
    assert "陆建华" in words(clerk.screen)
