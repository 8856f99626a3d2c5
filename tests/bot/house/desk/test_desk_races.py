"""Many press at once: of whatever excludes each other exactly one counts, and the others learn what happened."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import partial

import pytest
from sqlalchemy import select

from forms.offices import Office
from storage import codes, handing, invitations, offices, stays
from storage.desk_tables import seat
from storage.unit import Unit
from tests.bot.house.desk.bureau import COUNTY, Bureau, finishes
from tests.bot.house.desk.pressing import (
    bureau,
    comes,
    does,
    lying,
    opens,
    says,
    sound,
    state_of,
    together,
    unheld,
)
from tests.bot.household import House, Someone
from tests.dialogs.desk.desks import words

#: As many in `make soak`.
ROUNDS = int(os.environ.get("JIANGJIAN_DESK_ROUNDS", "2"))
PRESSES = int(os.environ.get("JIANGJIAN_DESK_PRESSES", "8"))
#: What whoever was slower reads.
TOLD = ("刚才已经办了", "刚才已经有人办了", "正打开着这一件。要办", "那一步已经过去了", "不在您这里了")


def count(people: list[Someone], *some: str) -> int:
    return sum(says(each, *some) for each in people)


@pytest.mark.parametrize("held", [True, False])
async def test_of_many_who_accept_one_does(house: House, held: bool) -> None:
    """Whether one of them has it open, or nobody has."""
    _, people = await bureau(house, PRESSES)
    _, beside = await comes(house, "beside")
    for number in range(ROUNDS):
        _, case = await comes(house, f"anna{number}")
        await unheld(people, case, beside)
        pressing = people if held else people[1:]
        if held:
            await opens(people[0], case)
        await together(*(does(each, "accept_now") for each in pressing))
        assert await state_of(house, case) == "accepted"
        assert count(pressing, *TOLD) == len(pressing) - 1
        await sound(house)


async def test_both_presses_of_one_clerk_are_one(house: House) -> None:
    """At two devices, and twice at one."""
    _, (clerk, _) = await bureau(house, 1)
    code = await house.conversation.resume_code("web", clerk.address)
    other = Someone(house, address="another device")
    await other.comes_with(code)
    for number in range(ROUNDS):
        _, case = await comes(house, f"anna{number}")
        await opens(clerk, case)
        await other.take()
        await together(*(does(each, "accept_now") for each in (clerk, other, clerk, other)))
        assert await state_of(house, case) == "accepted"
        await sound(house)


async def test_a_message_that_comes_twice_to_two_processes_counts_once(house: House) -> None:
    _, (clerk, _) = await bureau(house, 1)
    beside = House(house.database, house.files, house.workers)
    twin = Someone(beside, clerk.address)
    for number in range(ROUNDS):
        _, case = await comes(house, f"anna{number}")
        await opens(clerk, case)
        token, same = f"{clerk.screen.revision:x}.~accept_now~", f"same {number}"
        await together(*(each.take(choice=token, message_id=same) for each in (clerk, twin, clerk, twin)))
        assert await state_of(house, case) == "accepted"
        assert all(says(each, "已受理（") for each in (clerk, twin))
        await sound(house)


async def test_a_case_is_opened_or_taken_back(house: House) -> None:
    _, people = await bureau(house, PRESSES)
    for number in range(ROUNDS):
        anna, case = await comes(house, f"anna{number}")
        await anna.presses("撤回")
        await together(anna.presses("撤回来改"), *(opens(each, case) for each in people))
        stands = await state_of(house, case)
        assert stands in {"here", "withdrawn"}
        assert says(anna, "撤不回来了") == (stands == "here"), stands + words(anna.screen)
        await together(*(does(each, "accept_now") for each in people))
        assert await state_of(house, case) == ("accepted" if stands == "here" else "withdrawn")
        await sound(house)


async def test_what_came_back_is_handed_in_again_or_the_return_is_undone(house: House) -> None:
    _, people = await bureau(house, PRESSES)
    clerk, others = people[0], people[1:]
    for number in range(ROUNDS):
        anna, case = await comes(house, f"anna{number}")
        await opens(clerk, case)
        await does(clerk, "answers")
        await clerk.presses("看：工种", "写错了", "有错别字", "看一遍意见", "确定退回")
        await anna.take()
        await anna.says("电焊工")
        await anna.presses("没问题", "属实")
        for each in others:
            await opens(each, case)
        await together(
            anna.presses("再次递交"),
            does(clerk, "undo"),
            *(does(each, verb) for each, verb in zip(others, ("undo", "accept_now") * PRESSES, strict=False)),
        )
        assert await state_of(house, case) in {"here", "accepted"}
        await sound(house)


async def test_what_came_back_is_answered_or_the_return_is_undone(house: House) -> None:
    """An answer that comes too late is none, and whoever gave it is told."""
    _, (clerk, _) = await bureau(house, 1)
    for number in range(ROUNDS * 2):
        anna, case = await comes(house, f"anna{number}")
        await opens(clerk, case)
        await does(clerk, "answers")
        await clerk.presses("看：工种", "写错了", "有错别字", "看一遍意见", "确定退回")
        await anna.take()
        await together(anna.says("电焊工"), does(clerk, "undo"))
        stands = await state_of(house, case)
        assert await house.database.read(partial(trade, of=case)) == (
            "焊工" if stands == "here" else "电焊工"
        ), stands + words(anna.screen)
        assert says(clerk, "本人已经在改了") == (stands == "returned")
        await sound(house)


def trade(unit: Unit, of: str) -> str:
    """What the nominee of a case says now that they do."""
    row = stays.one(unit, of)
    part = next(each for each in invitations.of_case(unit, row.case if row else "") if each.state)
    return str(part.state.answers["trade"]) if part.state else ""


async def test_a_decision_is_undone_or_built_on(house: House) -> None:
    """At the office itself, and at the one above."""
    office, people = await bureau(house, PRESSES)
    above = [await office.seats(f"市{each}", office.city) for each in range(PRESSES)]
    for number in range(ROUNDS):
        _, case = await comes(house, f"anna{number}")
        for each in people:
            await opens(each, case)
        await does(people[0], "accept_now")
        for each in people:
            await opens(each, case)
        await together(
            *(does(each, verb) for each, verb in zip(people, ("pass_now", "undo") * PRESSES, strict=False))
        )
        assert await state_of(house, case) in {"here", "accepted", "passed"}
        await sound(house)
        for each in people[:1]:  # to the office above, whatever came of that
            if await state_of(house, case) != "passed":
                await opens(each, case)
                await does(each, "takeover")
                await does(each, "pass_now")
        assert await state_of(house, case) == "passed"
        up = await lying(house, office.city)
        for each in people:
            await opens(each, case)
        await together(*(does(each, "undo") for each in people), *(opens(each, up) for each in above))
        stands = (await state_of(house, case), await state_of(house, up))
        assert stands in {("here", ""), ("accepted", ""), ("passed", "here")}
        assert count(above, "不在您这里了") == (0 if stands[1] else PRESSES)
        await sound(house)


async def test_what_is_taken_over_is_not_decided_by_who_had_it(house: House) -> None:
    _, people = await bureau(house, PRESSES)
    for number in range(ROUNDS):
        _, case = await comes(house, f"anna{number}")
        for each in people:
            await opens(each, case)
        first, others = people[0], people[1:]
        await together(does(first, "accept_now"), *(does(each, "takeover") for each in others))
        stands = await state_of(house, case)
        assert stands == ("here" if says(first, *TOLD) else "accepted"), words(first.screen)
        await sound(house)


async def test_whoever_loses_the_seat_decides_nothing_more(house: House) -> None:
    office, people = await bureau(house, 0, heads=2)
    head = people[0]
    for number in range(ROUNDS):
        clerk = await office.seats(f"经办{number}", office.county)
        _, case = await comes(house, f"anna{number}")
        own = await seat_of(house, f"经办{number}")
        await head.says("看板")
        if number % 2:  # while they decide, or open
            await opens(clerk, case)
        await together(
            does(clerk, "accept_now") if number % 2 else opens(clerk, case), does(head, "unseat_now", own)
        )
        assert await state_of(house, case) in {"here", "accepted"}
        await sound(house)


async def test_heads_who_end_each_others_seats_leave_one(house: House) -> None:
    for number in range(ROUNDS):
        office = await again(house, f"第{number}工会")
        heads = [await office.seats(f"{number}头{each}", office.county, "head") for each in range(PRESSES)]
        own = [await seat_of(house, each.address) for each in heads]
        await together(*(does(each, "unseat_now", own[at - 1]) for at, each in enumerate(heads)))
        left = [each for each in heads if (await each.take()) and says(each, office.name)]
        assert left
        await sound(house)


async def test_a_seats_link_seats_one_of_many(house: House) -> None:
    office, _ = await bureau(house, 0)
    invite = house.conversation.staff.seating.invite
    for number in range(ROUNDS):
        offered = await house.database.run(
            lambda unit: invite(unit, office.county, "clerk", "新来的", "test", house.now)
        )
        many = min(PRESSES, codes.MOST)  # at so many doors a link is asked about at once
        people = [Someone(house, f"{number}-{each}") for each in range(many)]
        await together(*(each.says(offered.link) for each in people))
        await together(*(each.presses("是我，入座") for each in people))
        assert count(people, "入座了") == 1
        assert count(people, "这个席位的链接") == many - 1
        await sound(house)


@pytest.fixture
def few_numbers(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Numbers of cases that most others have already."""
    drawn = handing.secrets.randbelow
    monkeypatch.setattr(handing.secrets, "randbelow", lambda _: drawn(2 * PRESSES))
    yield


async def test_many_hand_in_at_once_and_each_has_a_number(house: House, few_numbers: None) -> None:
    await bureau(house, 1)
    people = [await finishes(house, f"anna{each}") for each in range(PRESSES)]
    for number in range(ROUNDS):
        if number:
            await together(*(each.presses("撤回", "撤回来改", "没问题", "属实") for each in people))
        for each in people:
            await each.presses("递交", COUNTY)
        await together(*(each.presses("递交给") for each in people))
        assert count(people, f"已递交给{COUNTY}") == PRESSES
        await sound(house)
    assert await house.rows("stay") == ROUNDS * PRESSES
    assert await house.rows("handed") == ROUNDS * PRESSES


async def test_what_is_handed_in_at_two_devices_at_once_lies_there_once(house: House) -> None:
    await bureau(house, 1)
    for number in range(ROUNDS):
        anna = await finishes(house, f"anna{number}")
        await anna.presses("递交", COUNTY)
        other = Someone(house, f"other{number}")
        await other.comes_with(await house.conversation.resume_code("web", anna.address))
        await other.take()
        await together(*(each.presses("递交给") for each in (anna, other)))
        assert await house.rows("stay") == number + 1
        await sound(house)


async def test_an_office_is_closed_or_receives(house: House) -> None:
    for number in range(ROUNDS):
        office = await again(house, f"第{number}工会")
        anna = await finishes(house, f"anna{number}")
        await anna.presses("递交", office.name)
        await together(
            anna.presses("递交给"),
            house.database.run(partial(offices.close, identifier=office.county, at=house.now)),
        )
        await sound(house)


class Again(Bureau):
    """An office beside those of the rounds before."""

    name = ""


async def again(house: House, name: str) -> Again:
    made = Again(house)
    made.name = name
    kept = (Office(name=name, kind="county", programmes=("small",)),)
    (made.county,) = await house.database.run(lambda unit: offices.add(unit, kept, house.now))
    return made


async def seat_of(house: House, name: str) -> str:
    query = select(seat.c.id).where(seat.c.name == name)
    return str(await house.database.read(lambda unit: unit.connection.execute(query).scalar_one()))
