"""What is handed in is kept round by round as it was shown."""

from __future__ import annotations

import re

from sqlalchemy import delete, func, select

from dialogs.interview import Interview
from storage import handing
from storage.database import Database
from storage.desk_tables import case_find, handed, stay
from storage.handing import Sealed
from storage.tables import case
from storage.unit import Unit
from tests.storage.desks import NOW, found, receive


def part(**answers: str) -> Sealed:
    return Sealed("p1", "nominee", 1, Interview(programme="small", answers=answers))


async def test_rounds_are_counted_and_come_back_as_they_were_handed_in(database: Database) -> None:
    def work(unit: Unit) -> None:
        found(unit, "青秀")
        of = receive(unit, "青秀", "韦小宝").case
        second = handing.seal(unit, of, (part(name="韦大宝"),), {"name": "韦大宝", "unit": "糖厂"}, NOW)
        assert second.round == 2
        assert handing.of_round(unit, of, 2) == second
        assert second.parts[0].key == "nominee 1"
        assert handing.of_round(unit, of, 3) is None

    await database.run(work)


async def test_lists_show_the_round_that_is_named(database: Database) -> None:
    def work(unit: Unit) -> None:
        found(unit, "青秀")
        one, two = receive(unit, "青秀", "韦小宝", "糖厂"), receive(unit, "青秀", "覃小明", "钢厂")
        handing.seal(unit, one.case, (), {"name": "韦大宝", "unit": "糖厂"}, NOW)
        assert handing.faces(unit, [(one.case, 1), (two.case, 1)]) == {
            one.case: {"name": "韦小宝", "unit": "糖厂"},
            two.case: {"name": "覃小明", "unit": "钢厂"},
        }
        assert handing.faces(unit, [(one.case, 2), (two.case, 9)]) == {
            one.case: {"name": "韦大宝", "unit": "糖厂"}
        }

    await database.run(work)


async def test_an_answer_that_was_mended_changes_the_digest_and_no_other_answer(database: Database) -> None:
    def work(unit: Unit) -> None:
        found(unit, "青秀")
        of = receive(unit, "青秀").case
        before = handing.seal(unit, of, (part(name="韦小宝", trade="焊工"),), {"name": "韦小宝"}, NOW)
        handing.mend(unit, of, 2, "p1", "trade", "电焊工")
        after = handing.of_round(unit, of, 2)
        assert after and after.digest != before.digest
        assert after.face == before.face
        assert after.parts[0].state.answers == {"name": "韦小宝", "trade": "电焊工"}
        handing.mend(unit, of, 2, "p1", "trade", None)
        last = handing.of_round(unit, of, 2)
        assert last and last.parts[0].state.answers == {"name": "韦小宝"}

    await database.run(work)


async def test_a_number_is_a_cases_own_for_good(database: Database) -> None:
    def work(unit: Unit) -> None:
        found(unit, "青秀")
        cases = [receive(unit, "青秀").case for _ in range(20)]
        numbers = [handing.number_of(unit, each) for each in cases]
        assert numbers == [handing.number_of(unit, each) for each in cases]
        assert len(set(numbers)) == 20
        assert all(re.fullmatch(r"\d{4}-\d{4}", each) for each in numbers)

    await database.run(work)


async def test_what_finds_a_case_is_replaced_and_goes_with_it(database: Database) -> None:
    def work(unit: Unit) -> None:
        found(unit, "青秀")
        of = receive(unit, "青秀").case
        handing.findable(unit, of, {"name": "1" * 64, "id": "2" * 64})
        handing.findable(unit, of, {"name": "3" * 64})
        rows = unit.connection.execute(
            select(case_find.c.kind, case_find.c.key).where(case_find.c.case == of)
        )
        assert {row.kind: row.key for row in rows} == {"name": "3" * 64, "id": "2" * 64}
        unit.connection.execute(delete(case).where(case.c.id == of))
        for table in (case_find, handed, stay):
            assert unit.connection.execute(select(func.count()).select_from(table)).scalar_one() == 0

    await database.run(work)
