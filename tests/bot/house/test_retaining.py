"""Cases go a set time after the last word on them; one that is under way never does."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, insert, select

from bot.house.retaining import Finished
from bot.house.trailing import done_by
from forms.loader import Source
from storage import trail
from storage.desk_tables import handed, progress, standing, stay
from storage.tables import case, party, person
from storage.unit import Unit
from tests.bot.house.desk.bureau import Bureau, hands_in
from tests.bot.household import SOURCE, House, Someone, library
from tests.dialogs.desk.desks import words

LONG = timedelta(days=731)


async def _due(house: House, after: timedelta = LONG) -> tuple[Finished, ...]:
    return await house.conversation.retaining.due(house.now + after)


async def _decided(house: House, *presses: str, says: str = "") -> tuple[Bureau, Someone]:
    bureau = await Bureau(house).opens()
    clerk = await bureau.seats("韦经办", bureau.county)
    someone = await hands_in(house)
    await clerk.take()
    await clerk.presses("陆建华", *presses)
    if says:
        await clerk.says(says)
        await clerk.presses("确定不予受理")
    return bureau, someone


async def _count(house: House, table: object) -> int:
    query = select(func.count()).select_from(table)  # type: ignore[arg-type]  # a table
    return int(await house.database.read(lambda unit: unit.connection.execute(query).scalar_one()))


REFUSED = ("不予受理", "通知里别的要求")


async def test_what_was_refused_long_ago_goes_with_all_of_it(house: House) -> None:
    _, someone = await _decided(house, *REFUSED, says="不是本市的。")
    assert not await _due(house, timedelta(days=729))
    (due,) = await _due(house)
    count, _ = await house.conversation.retaining.let_go(house.now + LONG)
    assert count == 1
    for table in (case, handed, party):
        assert await _count(house, table) == 0, table
    assert await _count(house, person) == 1, "the clerk"
    last = await house.database.read(lambda unit: trail.entries(unit, due.case)[-1])
    assert (last.kind, done_by(last)) == ("deleted", "house")
    await someone.take()
    assert f"您编号{due.number}的申报，评选结束已满2年，按规定删除了。" in words(someone.screen)
    assert not await _due(house)


@pytest.mark.parametrize(
    "presses", [(), ("逐项看", "看：工种", "写错了", "有错别字", "看一遍意见", "确定退回")]
)
async def test_what_lies_there_or_was_sent_back_never_goes(house: House, presses: tuple[str, ...]) -> None:
    await _decided(house, *presses)
    assert not await _due(house, timedelta(days=4000))


async def test_what_was_taken_back_is_its_owners(house: House) -> None:
    await Bureau(house).opens()
    someone = await hands_in(house)
    await someone.says("撤回")
    await someone.presses("撤回来改")
    assert not await _due(house, timedelta(days=4000))


STAGES = """
stages:
  - {id: first, title: 初审, kind: review, ratio: "1:2", clause: 六}
  - {id: last, title: 命名, kind: naming, clause: 六}
"""


async def _staged(
    house: House, rows: dict[str, timedelta | None], stage: str = "", outcome: str = ""
) -> None:
    """The case was accepted in a programme with stages that were begun: how long after it each was closed, if it was."""
    text = SOURCE.files["programme.yaml"] + STAGES
    house.open(library(Source({**SOURCE.files, "programme.yaml": text})))
    bureau, _ = await _decided(house, "受理", "还是受理")

    def write(unit: Unit) -> None:
        run = unit.connection.execute
        programme = run(select(stay.c.programme)).scalar_one()
        for name, closed in rows.items():
            at = house.now + closed if closed is not None else None
            values = {"office": bureau.county, "programme": programme, "stage": name}
            run(insert(progress), {**values, "begun": house.now, "closed": at})
        if outcome:
            only = run(select(case.c.id)).scalar_one()
            run(insert(standing), {"case": only, "stage": stage, "outcome": outcome, "at": house.now})

    await house.database.run(write)


_DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("rows", "stage", "outcome"),
    [
        ({}, "", ""),
        ({"first": None}, "", ""),
        ({"first": None}, "first", "out"),
        ({"first": _DAY}, "first", "on"),
        ({"first": _DAY}, "first", "reserve"),
        ({"first": _DAY, "last": None}, "last", "named"),
    ],
    ids=["not begun", "on", "fell out, still on", "goes on", "in reserve", "naming is on"],
)
async def test_what_a_selection_is_not_through_with_never_goes(
    house: House, rows: dict[str, timedelta | None], stage: str, outcome: str
) -> None:
    await _staged(house, rows, stage, outcome)
    assert not await _due(house, timedelta(days=4000))


@pytest.mark.parametrize(
    ("rows", "stage", "outcome", "last"),
    [
        ({"first": 3 * _DAY}, "first", "out", 3),
        ({"first": _DAY, "last": 9 * _DAY}, "last", "named", 9),
        ({"first": _DAY, "last": 9 * _DAY}, "first", "reserve", 9),
    ],
    ids=["fell out", "named", "never moved up"],
)
async def test_it_counts_from_the_end_of_what_it_took_part_in(
    house: House, rows: dict[str, timedelta | None], stage: str, outcome: str, last: int
) -> None:
    await _staged(house, rows, stage, outcome)
    assert not await _due(house, timedelta(days=730 + last - 1))
    assert len(await _due(house, timedelta(days=730 + last))) == 1


async def test_accepted_where_no_selection_follows_it_is_finished(house: House) -> None:
    await _decided(house, "受理", "还是受理")
    assert len(await _due(house)) == 1


async def test_once_a_day_the_sweep_lets_them_go(house: House) -> None:
    await _decided(house, *REFUSED, says="不是本市的。")
    later = house.now + LONG
    assert await house.conversation.retaining.sweep(later)
    assert await house.conversation.retaining.sweep(later) == ()
    assert await _count(house, case) == 0
