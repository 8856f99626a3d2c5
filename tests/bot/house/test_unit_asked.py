"""The employer's word: asked for by a link, on the task list while it is pending, judged once it is there."""

from __future__ import annotations

import pytest

from dialogs.turn import Line, Summary
from forms.library import BUILT_IN
from forms.loader import read
from tests.bot.household import House, Someone, library

SOURCE = read(BUILT_IN / "nanning-2026", BUILT_IN / "_shared")


@pytest.fixture
def nanning(house: House) -> House:
    house.open(library(SOURCE))
    return house


@pytest.fixture
async def anna(nanning: House) -> Someone:
    """The nominee on the self route, with all that the employer is shown; whether it agrees is still open."""
    anna = Someone(nanning)
    await anna.take()
    await anna.presses("同意，开始", "南宁工匠")
    await anna.says("个人自主申报", "是", "焊工", "2003年7月", "2003年7月")
    await anna.presses("都对", "体现领军作用", "选好了")
    assert anna.asked == "unit_consent"
    await anna.says("还没有", "陆建华", "450122198409129963")
    await anna.presses("对的")
    await anna.says(
        "汉族", "广西武鸣", "群众", "高中", "19000000101", "南宁南机环保科技有限公司", "焊接一班班长"
    )
    assert anna.asked == "skill_level"
    return anna


@pytest.fixture
def clerk(nanning: House) -> Someone:
    return Someone(nanning, "clerk")


async def listed(someone: Someone) -> Line:
    """The line of the employer's word on the task list."""
    await someone.says("进度")
    groups = [group for part in someone.screen.parts if isinstance(part, Summary) for group in part.groups]
    (line,) = [line for group in groups for line in group.lines if "单位" in line.label]
    return line


async def asks(anna: Someone) -> str:
    await anna.says("进度")
    await anna.presses("去请所在单位")
    await anna.says("韦晓梅")
    await anna.presses("人事部门")
    assert anna.screen.invitation is not None
    return anna.screen.invitation.token


async def answers(clerk: Someone, token: str, word: str = "同意", why: str = "") -> None:
    await clerk.take()
    await clerk.says(token)
    await clerk.presses("是我", "同意，开始")
    await clerk.says("韦晓梅", "人力资源部经理", "19000000997")
    assert "陆建华" in str(clerk.screen.parts) and "焊接一班班长" in str(clerk.screen.parts)
    await clerk.presses("是")
    assert "焊接一班班长" not in str(clerk.screen.parts)  # which stood right before
    await clerk.says(word)
    if why:
        await clerk.says(why)
    await clerk.presses("没问题，交上我这一份", "属实，交上")


async def test_the_word_is_pending_and_the_list_says_whom_to_ask(anna: Someone) -> None:
    line = await listed(anna)
    assert (line.label, line.value, line.state) == ("单位同意", "待定", "missing")
    assert line.edit.label == "去请所在单位"


async def test_before_there_is_anything_to_show_nobody_is_asked(nanning: House) -> None:
    anna = Someone(nanning)
    await anna.take()
    await anna.presses("同意，开始", "南宁工匠")
    await anna.says("个人自主申报", "进度")
    assert "去请所在单位" not in [button.label for button in anna.screen.all_buttons()]


async def test_whoever_was_told_yes_need_not_ask_and_still_may(anna: Someone) -> None:
    await anna.says("检查答案")
    await anna.presses("改：单位同意")
    await anna.says("已同意")
    line = await listed(anna)
    assert (line.value, line.state) == ("已同意（您填的）", "ok")
    assert line.edit.label == "去请所在单位"


async def test_the_employer_agrees_and_the_nominee_is_asked_no_more(anna: Someone, clerk: Someone) -> None:
    token = await asks(anna)
    assert (await listed(anna)).value == "待定；韦晓梅，链接做好了，还没打开"
    await answers(clerk, token)
    assert (await listed(anna)).value == "已同意"
    await anna.presses("接着填")
    assert anna.asked == "skill_level"
    await anna.says("检查答案")
    assert not [button for button in anna.screen.all_buttons() if button.label == "改：单位同意"]
    await anna.says("条件对照")
    assert "韦晓梅（人力资源部经理）代表单位答复，单位同意您自己申报，符合" in str(anna.screen.parts)


async def test_the_employer_refuses_and_the_nominee_learns_why(anna: Someone, clerk: Someone) -> None:
    await answers(clerk, await asks(anna), "不同意", "和大修冲突")
    line = await listed(anna)
    assert (line.value, line.state) == ("不同意", "wrong")
    await anna.presses("接着填")
    assert "单位不同意您自己申报：和大修冲突，不符合" in str(anna.screen.parts)
    await clerk.presses("检查答案", "改：单位同意")
    await clerk.says("同意")
    await clerk.presses("没问题，交上我这一份", "属实，交上")
    assert (await listed(anna)).value == "已同意"


async def test_what_the_employer_agreed_to_is_looked_at_again_once_it_changes(
    anna: Someone, clerk: Someone
) -> None:
    await answers(clerk, await asks(anna))
    await anna.says("检查答案")
    await anna.presses("改：从事工种（专业）")
    await anna.says("钳工")
    assert "等对方再看一眼" in (await listed(anna)).value
    await clerk.take()
    assert "改成了：钳工（您确认时是：焊工）" in str(clerk.screen.parts)
    await clerk.presses("照旧，不用改")
    assert (await listed(anna)).value == "已同意"


async def test_one_who_declines_leaves_the_word_to_be_had_from_another(anna: Someone, clerk: Someone) -> None:
    token = await asks(anna)
    await clerk.take()
    await clerk.says(token)
    await clerk.presses("写不了", "最近太忙")
    line = await listed(anna)
    assert line.value == "待定；韦晓梅，婉拒了：最近太忙"
    assert line.edit.label == "去请所在单位"
