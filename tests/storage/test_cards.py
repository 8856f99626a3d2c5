"""An office finds its own cases, by cards and by whole values, and learns of others' that there are some."""

from __future__ import annotations

from datetime import timedelta

from storage import cards, handing, stays
from storage.database import Database
from storage.unit import Unit
from tests.storage.desks import NOW, found, receive

ONE, TWO = "1" * 64, "2" * 64


async def test_cards_are_of_what_stands_at_the_very_office_and_of_the_round_it_is_in(
    database: Database,
) -> None:
    def work(unit: Unit) -> None:
        found(unit, "青秀", "南宁")
        first = receive(unit, "青秀", "韦小宝", "糖厂")
        gone = receive(unit, "青秀", "覃小明", "钢厂", 1)
        receive(unit, "南宁", "张伟", "电厂", 2)
        assert [each.name for each in cards.cards(unit, "青秀", None)] == ["韦小宝", "覃小明"]
        assert stays.decide(unit, gone.id, gone.version, "refused", None, NOW + timedelta(minutes=5))
        assert stays.decide(unit, first.id, first.version, "returned", None, NOW + timedelta(minutes=6))
        handing.seal(unit, first.case, (), {"name": "韦大宝", "unit": "糖厂"}, NOW)
        back = stays.one(unit, first.id)
        assert back
        stays.again(unit, back, 2, NOW + timedelta(minutes=7), 0, 0)
        (card,) = cards.cards(unit, "青秀", None)
        assert (card.stay, card.name, card.unit, card.number) == (first.id, "韦大宝", "糖厂", first.number)
        changed = cards.cards(unit, "青秀", NOW + timedelta(minutes=5))
        assert [(each.stay, each.stands) for each in changed] == [(gone.id, False), (first.id, True)]

    await database.run(work)


async def test_whole_values_find_an_offices_own_cases_by_kind_the_latest_first(database: Database) -> None:
    def work(unit: Unit) -> None:
        found(unit, "青秀", "南宁")
        named = receive(unit, "青秀")
        older, newer = receive(unit, "青秀", minutes=1), receive(unit, "青秀", minutes=2)
        handing.findable(unit, named.case, {"name": TWO})
        for each in (older, newer, receive(unit, "南宁", minutes=3)):
            handing.findable(unit, each.case, {"id": ONE, "name": ONE})
        assert cards.whole(unit, "青秀", {"id": ONE, "name": TWO}) == (newer.id, older.id, named.id)
        assert cards.whole(unit, "青秀", {"name": ONE}) == (newer.id, older.id)
        assert cards.whole(unit, "青秀", {"number": ONE}) == ()
        assert cards.whole(unit, "青秀", {}) == ()

    await database.run(work)


async def test_what_stands_elsewhere_or_no_more_is_not_standing(database: Database) -> None:
    def work(unit: Unit) -> None:
        found(unit, "青秀", "南宁")
        here, there, gone = receive(unit, "青秀"), receive(unit, "南宁"), receive(unit, "青秀")
        assert stays.decide(unit, gone.id, 1, "passed", None, NOW)
        assert cards.standing(unit, "青秀", [gone.id, there.id, here.id, "none"]) == (here.id,)
        assert cards.standing(unit, "青秀", []) == ()

    await database.run(work)


async def test_twins_are_cases_of_the_programme_that_were_not_withdrawn(database: Database) -> None:
    def work(unit: Unit) -> None:
        found(unit, "青秀", "南宁")
        one, same = receive(unit, "青秀"), receive(unit, "青秀", minutes=1)
        withdrawn, other = receive(unit, "青秀"), receive(unit, "青秀", programme="large")
        elsewhere = receive(unit, "南宁")
        for each in (one, same, withdrawn, other, elsewhere):
            handing.findable(unit, each.case, {"id": ONE})
        handing.findable(unit, receive(unit, "青秀").case, {"id": TWO, "name": ONE})
        assert stays.decide(unit, withdrawn.id, 1, "withdrawn", None, NOW)
        assert cards.twins(unit, one.case, "small", "青秀") == ((same.id,), 1)
        assert cards.twins(unit, elsewhere.case, "small", "南宁") == ((), 2)
        assert cards.twins(unit, other.case, "large", "青秀") == ((), 0)
        assert cards.twins(unit, receive(unit, "青秀").case, "small", "青秀") == ((), 0)

    await database.run(work)


async def test_a_twin_that_was_passed_on_is_one_case_at_both(database: Database) -> None:
    def work(unit: Unit) -> None:
        found(unit, "青秀", "南宁")
        one, same = receive(unit, "青秀"), receive(unit, "青秀")
        for each in (one, same):
            handing.findable(unit, each.case, {"id": ONE})
        assert stays.decide(unit, same.id, 1, "passed", None, NOW)
        up = stays.arrive(unit, same.case, "南宁", "small", 1, NOW + timedelta(hours=1), "", 0, 0)
        assert cards.twins(unit, one.case, "small", "青秀") == ((same.id,), 0)
        assert cards.twins(unit, one.case, "small", "南宁") == ((up,), 0)

    await database.run(work)
