"""The question at a door: what may be asked for all the same, and what is said where it is over."""

from __future__ import annotations

from datetime import timedelta

import pytest

from storage import interviews
from tests.bot.house.test_coming_back import anna, code_of, fills_a_little, house, texts
from tests.bot.household import House, Someone

__all__ = ["anna", "house"]


async def asked(anna: Someone, house: House) -> Someone:
    """Somebody with an application of their own who typed Anna's code."""
    code = await fills_a_little(anna)
    ben = Someone(house, "ben")
    await fills_a_little(ben)
    assert "接着它填吗" in texts(await ben.says(code))
    return ben


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("/privacy", "隐私说明"),
        ("/mydata", "您在这里存着"),
        ("/delete", "要全部删除吗"),
        ("删除我的资料", "要全部删除吗"),
        ("我的数据", "您在这里存着"),
    ],
)
async def test_a_copy_deletion_and_the_notice_are_open_while_a_code_is_asked_about(
    anna: Someone, house: House, typed: str, told: str
) -> None:
    ben = await asked(anna, house)
    screen = await ben.says(typed)
    assert told in texts(screen)
    assert "接着它填吗" not in texts(screen)
    assert told in texts(await ben.take()), "a reload shows it again"
    await ben.presses("返回")
    assert "接着它填吗" in texts(ben.screen), "the question waits"
    await ben.presses("不接")
    assert ben.asked == "trade_start"


async def test_everything_can_be_deleted_while_a_code_is_asked_about(anna: Someone, house: House) -> None:
    ben = await asked(anna, house)
    await ben.says("/delete")
    await ben.presses("全部删除")
    assert await house.rows("person") == 1
    assert "接着它填吗" not in texts(await ben.take())
    assert anna.asked == "trade_start"


async def test_whoever_keeps_nothing_is_told_so_above_the_question(anna: Someone, house: House) -> None:
    code = await fills_a_little(anna)
    ben = Someone(house, "ben")
    await ben.take()
    await ben.says(code)
    for typed in ("/delete", "/mydata"):
        told = texts(await ben.says(typed))
        assert told.startswith("这里没有存着您的任何内容")
        assert "接着它填吗" in told
    assert "有疑问可以先问人" in texts(await ben.says("/privacy"))


@pytest.mark.parametrize("said", ["是我的", "是", "不接", "焊工"])
async def test_a_code_that_is_voided_while_it_is_asked_about_is_told_as_such(
    anna: Someone, house: House, said: str
) -> None:
    ben = await asked(anna, house)
    await anna.says("恢复码")
    await anna.presses("换一个新的恢复码")
    await anna.presses("换一个新的")
    told = texts(await ben.says(said))
    assert "已经用过、作废或者过期了" in told
    assert "没有记下" in told
    assert "没看懂" not in told
    assert ben.asked == "trade_start"
    assert "作废" not in texts(await ben.says("2015年7月")), "told once"


async def test_a_question_that_nobody_answered_in_time_is_told_as_such(anna: Someone, house: House) -> None:
    ben = await asked(anna, house)
    house.now += timedelta(minutes=11)
    assert "已经用过、作废或者过期了" in texts(await ben.says("是我的"))
    assert await house.rows("crossing") == 0


async def test_whoever_looks_after_a_question_is_over_answers_their_own(anna: Someone, house: House) -> None:
    ben = await asked(anna, house)
    house.now += timedelta(minutes=11)
    assert "过期了" in texts(await ben.take())
    await ben.says("2015年7月")
    speaker = await house.database.run(lambda unit: interviews.speaker(unit, "web", "ben"))
    assert speaker
    assert speaker.state.answers["trade_start"] == "2015-07"


async def test_a_code_of_the_wrong_length_is_no_answer_and_no_attempt(anna: Someone, house: House) -> None:
    code = await fills_a_little(anna)
    ben = Someone(house, "ben")
    await fills_a_little(ben)
    for _ in range(6):
        told = texts(await ben.says(f"恢复码 {code[:-1]}"))
        assert "码是20位，您发了19位" in told
        assert code[:-1] not in told
    assert ben.asked == "trade_start"
    assert "接着它填吗" in texts(await ben.says(f"{code[:12]}\n{code[12:]}"))


async def test_alike_devices_are_told_apart_by_their_time(anna: Someone, house: House) -> None:
    await fills_a_little(anna)
    code = await code_of(anna)
    for minutes, name in ((5, "one"), (65, "two")):
        house.now += timedelta(minutes=minutes)
        other = Someone(house, name)
        await other.take(device="Android")
        await other.take(text=code, device="Android")
        await other.take(choice=other.token("接过来"), device="Android")
    screen = await anna.says("我的设备")
    ends = [button.label for button in screen.buttons if button.label.startswith("退出：")]
    assert sorted(ends) == [
        "退出：网页 · Android（2026年6月15日 12:05起）",
        "退出：网页 · Android（2026年6月15日 13:10起）",
    ]
    assert "网页 · Android：2026年6月15日 13:10起" in texts(screen)
