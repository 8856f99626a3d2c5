"""A case stands at one office at a time, and a decision counts once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from storage import stays
from storage.conflicts import Conflict
from storage.database import Database
from storage.unit import Unit
from tests.storage.desks import NOW, found, receive

LATER = NOW + timedelta(hours=1)


async def test_a_case_that_stands_somewhere_arrives_nowhere_else(database: Database) -> None:
    def work(unit: Unit) -> None:
        found(unit, "青秀", "南宁")
        row = receive(unit, "青秀")
        with pytest.raises(Conflict):
            stays.arrive(unit, row.case, "南宁", "small", 1, LATER, "", 0, 0)
        assert stays.decide(unit, row.id, row.version, "passed", "s-青秀", LATER)
        up = stays.arrive(unit, row.case, "南宁", "small", 1, LATER, "", 0, 0, "", row.id)
        now = stays.current(unit, row.case)
        assert now and (now.id, now.office, now.before, now.due) == (up, "南宁", row.id, stays.NEVER)
        assert stays.above(unit, row.id) == now == stays.latest(unit, row.case)

    await database.run(work)


async def test_of_two_decisions_on_one_version_the_first_counts(database: Database) -> None:
    def work(unit: Unit) -> None:
        found(unit, "青秀")
        row = receive(unit, "青秀")
        assert stays.decide(unit, row.id, row.version, "accepted", "s-青秀", LATER)
        assert not stays.decide(unit, row.id, row.version, "refused", "s-青秀", LATER, "四", "不符")
        now = stays.one(unit, row.id)
        assert now and (now.state, now.reason, now.decided_by) == ("accepted", "", "青秀干事")

    await database.run(work)


async def test_what_comes_back_is_new_again_and_keeps_its_place(database: Database) -> None:
    def work(unit: Unit) -> None:
        found(unit, "青秀")
        row = receive(unit, "青秀")
        stays.opened(unit, row.id, "s-青秀", NOW, takes=False)
        assert stays.decide(unit, row.id, row.version, "returned", "s-青秀", NOW)
        sent = stays.one(unit, row.id)
        assert sent
        stays.again(unit, sent, 2, LATER, 3, 1, "k" * 64)
        now = stays.one(unit, row.id)
        assert now and (now.state, now.round, now.opened, now.holder) == ("here", 2, None, None)
        assert (now.since, now.arrived, now.doubts, now.lacking) == (LATER, row.arrived, 3, 1)
        assert now.unit == "k" * 64
        with pytest.raises(Conflict):
            stays.again(unit, sent, 3, LATER, 0, 0)

    await database.run(work)


async def test_whoever_opens_a_case_holds_it_until_somebody_takes_it_over(database: Database) -> None:
    def work(unit: Unit) -> None:
        found(unit, "青秀", "南宁")
        row, other = receive(unit, "青秀"), receive(unit, "青秀")
        stays.opened(unit, row.id, "s-青秀", NOW, takes=False)
        stays.opened(unit, row.id, "s-南宁", LATER, takes=False)
        held = stays.one(unit, row.id)
        assert held and (held.holder, held.opened) == ("s-青秀", NOW)
        stays.opened(unit, row.id, "s-南宁", LATER, takes=True)
        held = stays.one(unit, row.id)
        assert held and (held.holder, held.opened) == ("s-南宁", NOW)
        stays.opened(unit, other.id, "s-南宁", LATER, takes=False)  # nobody holds two
        held = stays.one(unit, row.id)
        assert held and held.holder is None
        stays.released(unit, "s-南宁")
        left = stays.one(unit, other.id)
        assert left and left.holder is None

    await database.run(work)


async def test_a_stay_above_is_undone_while_nobody_there_has_opened_it(database: Database) -> None:
    def work(unit: Unit) -> None:
        found(unit, "青秀", "南宁")
        row, seen = receive(unit, "青秀"), receive(unit, "青秀")
        stays.opened(unit, seen.id, "s-青秀", NOW, takes=False)
        assert stays.drop(unit, row.id)
        assert not stays.drop(unit, seen.id)
        assert stays.several(unit, [seen.id, row.id]) == (stays.one(unit, seen.id),)

    await database.run(work)


async def test_several_come_in_the_order_in_which_they_are_asked_for(database: Database) -> None:
    def work(unit: Unit) -> None:
        found(unit, "青秀", "南宁")
        rows = [receive(unit, "青秀", minutes=each) for each in range(4)]
        wanted = [rows[each].id for each in (2, 0, 3)]
        assert [each.id for each in stays.several(unit, wanted)] == wanted
        cases = [each.case for each in rows]
        assert {each.id for each in stays.of_cases(unit, "青秀", cases)} == {each.id for each in rows}
        assert stays.of_cases(unit, "南宁", cases) == ()

    await database.run(work)
