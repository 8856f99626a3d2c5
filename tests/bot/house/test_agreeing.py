"""Where a clerk fills in for somebody, that person sees it all, says what is wrong, and agrees or ends it."""

from __future__ import annotations

import pytest

from tests.bot.house.invitees import asks, gathered, nominated, takes, text
from tests.bot.household import House, Someone


@pytest.fixture
def shared(house: House) -> House:
    return gathered(house)


@pytest.fixture
async def clerk(shared: House) -> Someone:
    return await nominated(Someone(shared, "clerk"))


@pytest.fixture
async def worker(shared: House, clerk: Someone) -> Someone:
    token = await asks(clerk, "陆建华", "同事", "被推荐人本人")
    return await takes(Someone(shared, "lu"), token)


async def agrees(worker: Someone) -> None:
    await worker.presses("是")
    await worker.presses("没问题，交上我这一份", "属实，交上")


async def test_all_that_was_filled_in_is_shown_and_numbers_are_masked(worker: Someone) -> None:
    assert "陆建华" in text(worker) and "焊工" in text(worker)
    assert "450122198409129963" not in text(worker)


async def test_consent_is_seen_on_the_task_list(clerk: Someone, worker: Someone) -> None:
    await agrees(worker)
    await clerk.says("进度")
    assert "陆建华，已完成" in text(clerk)


async def test_what_is_wrong_is_taken_over_in_one_press(clerk: Someone, worker: Someone) -> None:
    await worker.presses("这一项不对：工种")
    await worker.says("电焊工")
    assert "已经转给单位经办人" in text(worker)
    await clerk.says("进度")
    assert "本人说应该是：电焊工" in text(clerk)
    await clerk.presses("看看：工种")
    await clerk.presses("就按本人说的改")
    assert "本人说应该是" not in text(clerk)
    await worker.take()
    assert "电焊工" in text(worker)


async def test_what_is_wrong_may_be_left_as_it_is(clerk: Someone, worker: Someone) -> None:
    await worker.presses("这一项不对：工种")
    await worker.says("电焊工")
    await clerk.says("进度")
    await clerk.presses("看看：工种")
    await clerk.presses("不改")
    assert "本人说应该是" not in text(clerk)
    await worker.take()
    assert "焊工" in text(worker)


async def test_a_change_after_the_consent_asks_for_it_again_and_tells_both(
    clerk: Someone, worker: Someone
) -> None:
    await agrees(worker)
    await clerk.says("检查答案")
    await clerk.presses("改：工种")
    await clerk.says("钳工")
    assert "确认过的要再看一眼" in text(clerk)
    await worker.take()
    assert "您同意以后，工种改成了：钳工" in text(worker)
    await worker.presses("照旧")
    await clerk.says("进度")
    assert "陆建华，已完成" in text(clerk)


async def test_a_no_ends_the_nomination_and_what_was_said_goes(
    shared: House, clerk: Someone, worker: Someone
) -> None:
    await worker.presses("不同意")
    await worker.presses("不同意，取消这次推荐")
    await clerk.take()
    assert "被推荐人不同意这次推荐" in text(clerk)
    await clerk.says("检查答案")
    assert "陆建华" not in text(clerk)


async def test_a_no_at_the_door_ends_it_too_once_it_is_meant(shared: House, clerk: Someone) -> None:
    token = await asks(clerk, "陆建华", "同事", "被推荐人本人")
    worker = Someone(shared, "lu")
    await worker.says(token)
    await worker.presses("是我，但不同意")
    assert "都会删掉" in text(worker)
    await worker.presses("不同意，取消推荐")
    assert await shared.rows("person") == 1
    await clerk.take()
    assert "被推荐人不同意这次推荐" in text(clerk)
