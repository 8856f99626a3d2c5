"""An expert puts somebody forward: they write first, and the nominee is asked in, consents and fills in."""

from __future__ import annotations

import pytest

from tests.bot.house.invitees import asks, gathered, takes, text, writes
from tests.bot.household import House, Someone


@pytest.fixture
def shared(house: House) -> House:
    return gathered(house)


@pytest.fixture
async def expert(shared: House) -> Someone:
    expert = Someone(shared, "mo")
    await expert.take()
    await expert.presses("同意，开始", "我是专家，来推荐别人", "小城工匠")
    return expert


async def test_whoever_thinks_better_of_it_applies_themselves(shared: House) -> None:
    anna = Someone(shared, "anna")
    await anna.take()
    await anna.presses("同意，开始", "我是专家，来推荐别人", "我自己申报", "小城工匠")
    assert anna.asked == "route"


async def test_the_beginner_is_the_first_expert(expert: Someone) -> None:
    assert "您是第一位推荐人" in text(expert)
    assert expert.asked == "expert_name"


async def test_the_nominee_consents_and_fills_in_on_the_experts_route(shared: House, expert: Someone) -> None:
    await expert.says("莫振邦")
    token = await asks(expert, "陆建华", "徒弟", "被推荐人")
    anna = Someone(shared, "anna")
    await anna.says(token)
    assert "莫振邦想推荐您参加小城工匠" in text(anna)
    await anna.presses("是我")
    await anna.presses("同意，开始")
    await anna.says("焊工", "2015年7月")
    await anna.presses("是", "技艺", "选好了")
    await anna.says("陆建华", "450122198409129963")
    await anna.presses("对的")
    await anna.says("进度")
    assert "莫振邦，正在写" in text(anna) and "还要请1位" in text(anna)
    await expert.says("进度")
    assert "陆建华，正在写" in text(expert)


async def test_the_beginner_confirms_what_the_nominee_has_said_since(shared: House, expert: Someone) -> None:
    await writes(expert)
    token = await asks(expert, "陆建华", "徒弟", "被推荐人")
    anna = await takes(Someone(shared, "anna"), token)
    await anna.says("焊工", "2015年7月")
    await anna.presses("是", "技艺", "选好了")
    await anna.says("陆建华", "450122198409129963")
    await anna.presses("对的")
    await anna.says("进度")
    assert "等对方再看一眼" in text(anna) or "已完成" in text(anna)
