"""What the parties of a case know of each other: who counts, what has changed, whom a part is about."""

from __future__ import annotations

import pytest

from storage import interviews
from tests.bot.house.invitees import asks, gathered, nominated, one_more, takes, text, writes
from tests.bot.household import House, Someone


@pytest.fixture
def shared(house: House) -> House:
    return gathered(house)


@pytest.fixture
async def anna(shared: House) -> Someone:
    return await nominated(Someone(shared, "anna"))


@pytest.fixture
def expert(shared: House) -> Someone:
    return Someone(shared, "mo")


async def test_whoever_is_not_qualified_does_not_count_and_frees_nobody(shared: House, anna: Someone) -> None:
    first, second, third = (Someone(shared, address) for address in ("mo", "tan", "li"))
    await takes(first, await asks(anna))
    await writes(first)
    await takes(second, await asks(anna, "覃秀兰"))
    await takes(third, await one_more(anna, "李卫东"))
    await writes(second, 1, "覃秀兰", relation="不认识")
    await anna.says("进度")
    assert "覃秀兰，写好了，但对方不符合通知的条件，不能算数" in text(anna)
    await third.take()
    assert "别人已经写够了" not in text(third)


async def test_a_nominee_is_alone_until_somebody_is_asked_in(shared: House, anna: Someone) -> None:
    async def alone() -> bool:
        speaker = await shared.database.read(
            lambda unit: interviews.speaker(unit, anna.channel, anna.address)
        )
        assert speaker
        return speaker.alone

    assert await alone()
    await asks(anna)
    assert not await alone()


async def test_somebody_else_may_be_asked_in_the_place_of_one_who_does_not_count(
    shared: House, anna: Someone
) -> None:
    for number, relation in enumerate(("同班组八年", "不认识")):
        expert = await takes(Someone(shared, f"expert-{number}"), await asks(anna))
        await writes(expert, number, relation=relation)
    await anna.says("进度")
    assert "还要请1位" in text(anna)
    await takes(Someone(shared, "li"), await asks(anna, "李卫东"))


async def test_whatever_changes_what_was_confirmed_is_told_once(
    shared: House, anna: Someone, expert: Someone
) -> None:
    await takes(expert, await asks(anna))
    await writes(expert)
    await anna.says("重新开始")
    await anna.presses("清空，重新开始")
    await expert.take()
    assert text(expert).count("被推荐人这边改了一处") == 1
    assert "把姓名改成了：没有填（您确认时是：陆建华）" in text(expert)


async def test_parts_in_several_applications_are_told_apart_by_whom_they_are_about(
    shared: House, anna: Someone, expert: Someone
) -> None:
    await takes(expert, await asks(anna))
    await writes(expert)
    await expert.says("我的申报")
    await expert.presses("另填一份")
    assert any("陆建华（已完成）" in button.label for button in expert.screen.buttons)
