"""Letters wait where the case lies, until somebody there answers; nobody reads another's."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from storage import letters, people, retention
from storage.belongings import belongings, forget
from storage.database import Database
from storage.desk_tables import stay
from storage.interviews import Speaker
from storage.tables import party
from storage.unit import Unit
from tests.storage.desks import NOW, found, lie
from tests.storage.test_belongings import settle

HOUR = timedelta(hours=1)


async def anna_at(database: Database, *states: tuple[str, str]) -> Speaker:
    """Somebody whose case has these stays, one after the other, as office and state."""
    anna = await settle(database, "anna")

    def work(unit: Unit) -> None:
        found(unit, "青秀", "南宁")
        for days, (name, state) in enumerate(states):
            lie(unit, anna.case or "", name, state, days)

    await database.run(work)
    return anna


async def writes(database: Database, whose: Speaker, text: str, hours: int = 0) -> int:
    return await database.run(
        lambda unit: letters.write(unit, whose.case or "", whose.person, text, NOW + hours * HOUR)
    )


async def wait_at(database: Database, name: str) -> list[tuple[str, str, datetime, int]]:
    """Who waits for an answer of an office: in which case, since when, for how many letters; the longest wait first."""

    def look(unit: Unit) -> list[tuple[str, str, datetime, int]]:
        there = select(stay.c.case).where(stay.c.id.in_(letters.stays_with_letters(name))).distinct()
        cases = unit.connection.execute(there).scalars().all()
        left = [each for case in cases for each in letters.of_case(unit, case) if letters.waits(each)]
        theirs = {
            (each.case, each.person): [one.at for one in left if one.person == each.person] for each in left
        }
        found = [(*who, min(since), len(since)) for who, since in theirs.items()]
        return sorted(found, key=lambda each: each[2])

    return await database.run(look)


async def test_a_letter_waits_at_the_office_until_it_is_answered(database: Database) -> None:
    anna = await anna_at(database, ("青秀", "here"))
    assert anna.case
    await writes(database, anna, "照片要几寸？")
    await writes(database, anna, "还有，要几份？", 1)
    assert await wait_at(database, "青秀") == [(anna.case, anna.person, NOW, 2)]
    assert await wait_at(database, "南宁") == []
    reply = await database.run(
        lambda unit: letters.reply(
            unit, anna.case or "", anna.person, "s-青秀", "二寸，三份。", NOW + 2 * HOUR
        )
    )
    assert await wait_at(database, "青秀") == []
    kept = await database.run(lambda unit: letters.of_case(unit, anna.case or ""))
    assert [(each.seat, each.text, each.answered) for each in kept] == [
        ("", "照片要几寸？", NOW + 2 * HOUR),
        ("", "还有，要几份？", NOW + 2 * HOUR),
        ("s-青秀", "二寸，三份。", None),
    ]
    assert kept[-1].id == reply


async def test_what_came_while_the_answer_was_written_stays_open(database: Database) -> None:
    anna = await anna_at(database, ("青秀", "here"))
    seen = await writes(database, anna, "照片要几寸？")
    await writes(database, anna, "不用回了，找到了", 1)
    await database.run(
        lambda unit: letters.reply(unit, anna.case or "", anna.person, "s-青秀", "二寸", NOW + 2 * HOUR, seen)
    )
    (left,) = await wait_at(database, "青秀")
    assert left[2:] == (NOW + HOUR, 1)


@pytest.mark.parametrize(
    ("states", "where"),
    [
        ((), ""),
        ((("青秀", "here"),), "青秀"),
        ((("青秀", "returned"),), "青秀"),
        ((("青秀", "accepted"),), "青秀"),
        ((("青秀", "passed"), ("南宁", "here")), "南宁"),
        ((("青秀", "passed"), ("南宁", "refused")), "南宁"),
        ((("青秀", "refused"), ("南宁", "here")), "南宁"),
        ((("青秀", "refused"), ("南宁", "refused")), "南宁"),
        ((("青秀", "withdrawn"),), ""),
        ((("青秀", "withdrawn"), ("青秀", "here")), "青秀"),
    ],
    ids=str,
)
async def test_a_letter_comes_to_who_has_the_case_or_refused_it(
    database: Database, states: tuple[tuple[str, str], ...], where: str
) -> None:
    anna = await anna_at(database, *states)
    await writes(database, anna, "到哪了？")
    assert await database.run(lambda unit: letters.addressee(unit, anna.case or "")) == where
    for name in ("青秀", "南宁"):
        assert len(await wait_at(database, name)) == (name == where)
        waits = select(stay.c.office).where(stay.c.id.in_(letters.stays_with_letters(name)))
        told = await database.run(lambda unit, waits=waits: unit.connection.execute(waits).scalars().all())
        assert told == [where] * (name == where)


async def test_it_goes_along_when_the_case_is_passed_on(database: Database) -> None:
    anna = await anna_at(database, ("青秀", "here"))
    await writes(database, anna, "到哪了？")

    def pass_up(unit: Unit) -> None:
        unit.connection.execute(update(stay).values(state="passed"))
        lie(unit, anna.case or "", "南宁", "here", 1)

    await database.run(pass_up)
    assert [len(await wait_at(database, name)) for name in ("青秀", "南宁")] == [0, 1]


async def test_the_longest_wait_comes_first_and_each_is_answered_alone(database: Database) -> None:
    anna = await anna_at(database, ("青秀", "here"))
    expert = await settle(database, "expert", case=anna.case or "")
    await writes(database, anna, "第二", 1)
    await writes(database, expert, "第一")
    assert [each[1] for each in await wait_at(database, "青秀")] == [expert.person, anna.person]
    await database.run(
        lambda unit: letters.reply(unit, anna.case or "", expert.person, "s-青秀", "好", NOW + 2 * HOUR)
    )
    assert [each[1] for each in await wait_at(database, "青秀")] == [anna.person]
    own = await database.run(lambda unit: letters.of_case(unit, anna.case or "", expert.person))
    assert [each.text for each in own] == ["第一", "好"]


async def test_a_persons_letters_are_theirs_to_take_along_and_go_with_them(database: Database) -> None:
    anna = await anna_at(database, ("青秀", "here"))
    expert = await settle(database, "expert", case=anna.case or "")
    for each in (anna, expert):
        await writes(database, each, "在吗？")
    await database.run(
        lambda unit: letters.reply(unit, anna.case or "", expert.person, "s-青秀", "在", NOW + HOUR)
    )
    kept = await database.run(lambda unit: belongings(unit, expert.person))
    assert [(each["text"], each["by"]) for each in kept.letters] == [("在吗？", ""), ("在", "青秀总工会")]
    assert kept.letters[0]["case"] == anna.case
    await database.run(lambda unit: forget(unit, expert.person, NOW))
    left = await database.run(lambda unit: letters.of_case(unit, anna.case or ""))
    assert [each.person for each in left] == [anna.person]


@pytest.mark.parametrize("again", [False, True], ids=["gone", "asked again"])
async def test_what_is_let_go_of_a_part_that_ended_includes_its_letters(
    database: Database, again: bool
) -> None:
    anna = await anna_at(database, ("青秀", "here"))
    expert = await settle(database, "expert", case=anna.case or "")
    for each in (anna, expert):
        await writes(database, each, "在吗？")

    def let_go(unit: Unit) -> None:
        theirs = party.c.person == expert.person
        unit.connection.execute(update(party).where(theirs).values(state="withdrawn"))
        part = unit.connection.execute(party.select().where(theirs)).one().id
        if again:
            joined = {"case": anna.case, "person": expert.person, "role": "expert", "number": 2}
            unit.connection.execute(party.insert(), {"id": "again", **joined})
        assert retention.let_go(unit, part)

    await database.run(let_go)
    left = await database.run(lambda unit: letters.of_case(unit, anna.case or ""))
    assert [each.person for each in left] == [anna.person] + [expert.person] * again


async def test_letters_go_along_when_two_people_are_one(database: Database) -> None:
    anna, again = await anna_at(database, ("青秀", "here")), await settle(database, "again")
    await writes(database, anna, "在吗？")
    await database.run(lambda unit: people.merge(unit, anna.person, again.person, NOW))
    assert [each[1] for each in await wait_at(database, "青秀")] == [again.person]
