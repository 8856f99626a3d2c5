"""A link that offers a seat: opening it binds nobody, a press does, once, and a no leaves it as it was."""

from __future__ import annotations

from datetime import timedelta

from storage import seats
from storage.seats import Seat
from tests.bot.house.desk.bureau import Bureau
from tests.bot.house.desk.cases import said, shows
from tests.bot.household import House, Someone


async def offers(bureau: Bureau, name: str = "韦经办") -> str:
    """The link of a seat that waits."""
    house = bureau.house
    invite = house.conversation.staff.seating.invite
    return (
        await house.database.run(lambda u: invite(u, bureau.county, "clerk", name, "test", house.now))
    ).link


async def sits(bureau: Bureau) -> list[Seat]:
    """Who sits at the county union."""
    there = await bureau.house.database.read(lambda unit: seats.of_office(unit, bureau.county))
    return [each for each in there if each.person]


async def test_opening_a_link_binds_nobody_and_says_whose_seat_it_is(house: House) -> None:
    bureau = await Bureau(house).opens()
    someone = Someone(house)
    await someone.says(await offers(bureau))
    assert "青秀区总工会请您到工作台办件：韦经办，经办人" in said(someone)
    assert not await sits(bureau)
    await someone.says("我先想想")
    assert "请先点下面的按钮" in said(someone)
    assert not await sits(bureau)


async def test_a_press_takes_the_seat_and_the_link_opens_nothing_any_more(house: House) -> None:
    bureau = await Bureau(house).opens()
    link = await offers(bureau)
    someone, thief = Someone(house), Someone(house, "thief")
    await someone.says(link)
    await someone.presses("是我，入座")
    assert [each.name for each in await sits(bureau)] == ["韦经办"]
    await thief.says(link)
    assert "这个席位的链接不完整、用过、过期，或者收回了" in said(thief)
    await someone.says(link)
    assert "您已经入座了" in said(someone)


async def test_of_two_who_opened_one_link_one_sits(house: House) -> None:
    bureau = await Bureau(house).opens()
    link = await offers(bureau)
    one, other = Someone(house, "one"), Someone(house, "other")
    for each in (one, other):
        await each.says(link)
    for each in (one, other):
        await each.take(choice=each.token("是我，入座")) if "入座" in shows(each) else None
    assert len(await sits(bureau)) == 1
    assert "青秀区总工会" not in said(other) or "链接" in said(other)


async def test_a_no_leaves_the_link_as_it_was(house: House) -> None:
    bureau = await Bureau(house).opens()
    link = await offers(bureau)
    wrong, right = Someone(house, "wrong"), Someone(house, "right")
    await wrong.says(link)
    await wrong.presses("不是我，发错人了")
    assert "这里什么也没有记下" in said(wrong)
    await right.says(link)
    await right.presses("是我，入座")
    assert len(await sits(bureau)) == 1


async def test_a_link_that_was_taken_back_or_is_old_opens_nothing(house: House) -> None:
    bureau = await Bureau(house).opens()
    link, old = await offers(bureau), await offers(bureau, "李经办")
    there = await house.database.read(lambda unit: seats.of_office(unit, bureau.county))
    gone = next(each.id for each in there if each.name == "韦经办")
    await house.database.run(lambda unit: seats.end(unit, gone, house.now))
    someone = Someone(house)
    await someone.says(link)
    assert "收回了" in said(someone)
    house.now += timedelta(days=15)
    await someone.says(old)
    assert "过期" in said(someone)
    assert not await sits(bureau)


async def test_whoever_fills_in_an_application_is_told_so_before_they_sit_and_keeps_it(house: House) -> None:
    bureau = await Bureau(house).opens()
    someone = Someone(house)
    await someone.fills()
    await someone.says(await offers(bureau))
    assert "这台设备上现在是填" in said(someone)
    await someone.presses("是我，入座")
    assert "青秀区总工会" in said(someone)
    await someone.presses("更多", "我自己的申报")
    assert someone.asked == "proofs"
    await someone.says("工作台")
    assert "青秀区总工会" in said(someone)


async def test_one_who_sits_there_already_sits_once(house: House) -> None:
    bureau = await Bureau(house).opens()
    clerk = await bureau.seats("韦经办", bureau.county)
    await clerk.says(await offers(bureau, "又一个"))
    await clerk.presses("是我，入座")
    assert "您在这里已经有一个同样的席位了" in said(clerk)
    assert len(await sits(bureau)) == 1
