"""Who may see and do what at a desk: every cell of `access.yaml`, tried at the doors of a house with presses that any
Screen offered and such that none did."""

from __future__ import annotations

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from dialogs.desk import deeds
from dialogs.desk.desk_pages import PAGES
from tests.bot.house.desk.scenery import scenery
from tests.bot.house.desk.table import DEED_CELLS, PAGE_CELLS, TRIED
from tests.bot.household import House

HERE = Path(__file__).parents[1] / "access.yaml"
TABLE = YAML(typ="safe").load(HERE.read_text("utf-8"))
#: What only follows from what a person asked or wrote: tried with the requests and letters themselves.
ASKED_PAGES = {"erasing", "keeping"}
ASKED_DEEDS = {deeds.LettersRead, deeds.ErasureAgreed, deeds.ErasureKept}
ACTORS = tuple(TABLE["desk_actors"])


def test_every_page_and_every_deed_of_the_desk_is_a_row() -> None:
    assert PAGES.keys() - PAGE_CELLS.keys() == ASKED_PAGES
    assert set(deeds.kinds()) - {each.deed for each in DEED_CELLS} == {deeds.LeftDesk, *ASKED_DEEDS}
    assert list(TABLE["desk"]) == list(TRIED)
    assert all(len(row) == len(ACTORS) for row in TABLE["desk"].values())


@pytest.mark.parametrize("actor", ACTORS)
async def test_every_cell_of_the_desk_is_as_the_table_says(house: House, actor: str) -> None:
    there = await scenery(house, actor)
    at = ACTORS.index(actor)
    found = {row: await tried(there) for row, tried in TRIED.items()}
    differing = [
        f"{row} is {may}" for row, may in found.items() if may is not (TABLE["desk"][row][at] == "yes")
    ]
    assert not differing
