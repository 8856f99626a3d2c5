"""A desk is kept as it was left; of two who change it at once one does."""

from __future__ import annotations

import pytest

from dialogs.interview import Interview
from storage import desks, interviews
from storage.conflicts import Conflict
from storage.database import Database
from storage.desks import Kept
from storage.unit import Unit
from tests.storage.desks import NOW


async def test_a_desk_is_opened_changed_left_and_cleared(database: Database) -> None:
    def work(unit: Unit) -> None:
        wei = interviews.welcome(unit, "web", "wei", Interview(locale="zh"), NOW).person
        assert desks.of(unit, wei) is None
        desks.set_up(unit, wei, "first")
        assert desks.of(unit, wei) == Kept("first", 1, True)
        desks.save(unit, wei, 1, "second")
        desks.leave(unit, wei)
        assert desks.of(unit, wei) == Kept("second", 2, False)
        desks.set_up(unit, wei, "a new one")
        assert desks.of(unit, wei) == Kept("second", 2, True), "it is as they left it"
        desks.clear(unit, wei)
        assert desks.of(unit, wei) is None

    await database.run(work)


async def test_of_two_who_change_a_desk_that_they_read_together_the_first_does(database: Database) -> None:
    def work(unit: Unit) -> None:
        wei = interviews.welcome(unit, "web", "wei", Interview(locale="zh"), NOW).person
        desks.set_up(unit, wei, "first")
        desks.save(unit, wei, 1, "one")
        with pytest.raises(Conflict):
            desks.save(unit, wei, 1, "other")
        assert desks.of(unit, wei) == Kept("one", 2, True)

    await database.run(work)
