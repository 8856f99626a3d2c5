"""What one person repeats, and thousands leave who only pass by, stays bounded: rows are counted."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import cast

import pytest
from sqlalchemy import func, select

from bot.house import bounding
from bot.house.devices import MOST as BROWSERS
from dialogs.inviting import EVER
from forms.printing.workers import Workers
from storage import codes, invitations, notices, tables
from storage.database import Database
from tests.bot.house.desk.bureau import COUNTY, Bureau, hands_in
from tests.bot.house.invitees import asks, gathered, nominated
from tests.bot.house.test_coming_back import code_of, fills_a_little, texts
from tests.bot.household import House, Someone

AGAIN = 25


@pytest.fixture
def house(database: Database, tmp_path: Path) -> House:
    return House(database, tmp_path / "files", cast("Workers", None))


@pytest.fixture
def anna(house: House) -> Someone:
    return Someone(house)


async def counts(house: House) -> dict[str, int]:
    """Rows by table, where there are any."""
    # How consents read stands once for everybody, in each language in which it was ever shown.
    names = set(tables.metadata.tables) - {"wording"}
    return {name: number for name in sorted(names) if (number := await house.rows(name))}


Again = Callable[[Someone, int], Awaitable[object]]


async def speaks(anna: Someone, number: int) -> None:
    await anna.says("English" if number % 2 else "中文")


async def answers(anna: Someone, number: int) -> None:
    await anna.says(f"20{10 + number % 5}年7月", "上一题")


async def looks_around(anna: Someone, number: int) -> None:
    await anna.says("菜单", "进度", "我的数据", "帮助")


async def begins_anew(anna: Someone, number: int) -> None:
    await anna.says("重新开始")
    await anna.presses("不清空")


async def renews(anna: Someone, number: int) -> None:
    await anna.says("恢复码")
    await anna.presses("换一个新的")
    await anna.presses("换一个新的")


async def babbles(anna: Someone, number: int) -> None:
    await anna.says("嗯嗯哈哈", "/start", "恢复码 ABCD-2345-EFGH-6789-JKMN", "i_" + "x" * 43, "s_" + "x" * 43)


@pytest.mark.parametrize("again", [speaks, answers, looks_around, begins_anew, renews, babbles])
async def test_what_one_person_repeats_does_not_grow(
    again: Again, house: House, anna: Someone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounding, "BUSY", 20)
    monkeypatch.setattr(bounding, "LATEST", 20)
    monkeypatch.setattr(bounding, "SAME", 8)
    monkeypatch.setattr(notices, "MOST", 10)
    await fills_a_little(anna)
    beside = Someone(house, "beside")
    await beside.comes_with(await code_of(anna))
    for number in range(AGAIN):
        house.now += timedelta(seconds=1)
        await again(anna, number)
    await house.conversation.expire()
    once = await counts(house)
    assert once["message"] < 60 and once["event"] < 60, once
    assert once.get("notice", 0) <= notices.MOST + 2 and once.get("code", 0) <= 2, once
    house.now += timedelta(days=3)
    for number in range(AGAIN):
        house.now += timedelta(seconds=1)
        await again(anna, number)
    await house.conversation.expire()
    twice = await counts(house)
    grown = {name: twice[name] - once.get(name, 0) for name in twice if name != "outbox"}
    assert max(grown.values()) <= 5, grown
    assert anna.screen.who


async def test_what_was_told_is_not_kept_for_long(house: House, anna: Someone) -> None:
    await fills_a_little(anna)
    await Someone(house, "beside").comes_with(await code_of(anna))
    for number in range(10):
        await renews(anna, number)
    while items := await house.conversation.post.claim():
        for item in items:
            await house.conversation.post.delivered(item, "")
    assert await house.rows("outbox") > 10
    house.now += timedelta(days=3)
    await house.conversation.expire()
    assert await house.rows("outbox") == 0


async def test_a_message_counts_once_for_three_months_however_much_is_said(
    house: House, anna: Someone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounding, "BUSY", 20)
    monkeypatch.setattr(bounding, "LATEST", 20)
    await fills_a_little(anna)
    for number in range(40):
        house.now += timedelta(seconds=1)
        await anna.take(text=f"201{number % 9}年7月", message_id=f"m{number}")
        await anna.says("上一题")
    await house.conversation.expire()
    before = anna.screen.revision
    await anna.take(text="2015年7月", message_id="m39")
    assert anna.screen.revision == before, "it was taken"
    house.now += bounding.KNOWN + timedelta(days=1)
    await anna.take()
    await house.conversation.expire()
    assert await house.rows("message") == 0
    assert anna.asked == "trade_start", "nothing else is gone"


async def test_of_whoever_agrees_and_says_nothing_nothing_stays(house: House, anna: Someone) -> None:
    await fills_a_little(anna)
    kept = await counts(house)
    for number in range(60):
        stranger = Someone(house, f"stranger {number}", channel="telegram" if number % 2 else "web")
        await stranger.take()
        await stranger.presses("同意，开始")
        if number % 3 == 0:
            await stranger.says("English")
    assert await house.rows("person") == 61
    await house.conversation.expire()
    assert await house.rows("person") == 61, "they may come back for a while"
    house.now += bounding.STRANGE - timedelta(days=1)
    await Someone(house, "stranger 0").take()
    house.now += timedelta(days=2)
    await house.conversation.expire()
    assert await house.rows("person") == 2
    house.now += bounding.STRANGE
    await house.conversation.expire()
    assert await counts(house) == kept


async def test_whoever_began_is_let_go_by_no_such_sweep(house: House, anna: Someone) -> None:
    await anna.begins()
    fitting = Someone(house, "fitting")
    await fitting.take()
    await fitting.presses("同意，开始")
    await fitting.presses("小城工匠")
    desk = await Bureau(house).opens()
    await desk.seats("李姐", desk.county)
    house.now += timedelta(days=100)
    await house.conversation.expire()
    assert await house.rows("person") == 3


async def test_before_anybody_agrees_nothing_is_kept_whatever_they_say(house: House) -> None:
    for number in range(100):
        stranger = Someone(house, f"stranger {number}")
        for text in ("你好", "/start", "English", "i_" + "x" * 43, "s_" + "y" * 43, "=1+1", "不同意"):
            await stranger.says(text)
    assert await counts(house) == {}


async def test_one_code_given_at_a_thousand_doors_fills_no_table(house: House, anna: Someone) -> None:
    code = await fills_a_little(anna)
    for number in range(codes.MOST + 30):
        await Someone(house, f"stranger {number}").says(code)
        house.now += timedelta(seconds=1)
    assert await house.rows("crossing") == codes.MOST
    last = Someone(house, "the last")
    await last.comes_with(code)
    assert last.screen.who


async def test_one_person_has_so_many_browsers_and_the_others_are_told(house: House, anna: Someone) -> None:
    code = await fills_a_little(anna)
    first = Someone(house, "first")
    await first.comes_with(code)
    house.now += timedelta(days=1)
    await first.take()
    await anna.take()
    for number in range(BROWSERS + 20):
        house.now += timedelta(hours=1)
        await Someone(house, f"browser {number}").comes_with(code)
    assert await house.rows("door") == BROWSERS
    assert "打开这一份的设备太多了" in texts(await first.take())
    waiting = await house.rows("notice")
    assert waiting < BROWSERS * (notices.MOST + 2)
    await first.comes_with(code)
    assert first.screen.who


async def test_links_that_are_replaced_again_and_again(house: House) -> None:
    anna = await nominated(Someone(gathered(house)))
    await asks(anna)
    tokens = []
    for _ in range(2 * invitations.REPLACED):
        await anna.presses("换一个链接")
        assert anna.screen.invitation
        tokens.append(anna.screen.invitation.token)
    assert len(set(tokens)) == len(tokens), "never the same again"
    query = select(func.count()).where(tables.code.c.kind == "invite")
    kept = await house.database.run(lambda unit: unit.connection.execute(query).scalar_one())
    assert kept == invitations.REPLACED
    expert = Someone(house, "expert")
    await expert.take()
    assert "换过了" in texts(await expert.says(tokens[-2]))
    await expert.says(tokens[-1])
    await expert.presses("是我")


async def test_nobody_asks_people_in_and_out_without_end(house: House) -> None:
    anna = await nominated(Someone(gathered(house)))
    await asks(anna)
    for _ in range(EVER):
        await anna.presses("不请这一位了", "再请一位")
        if "不能再请了" in texts(anna.screen):
            break
        await anna.says("莫振邦", "师傅")
    assert "不能再请了" in texts(anna.screen)
    assert await house.rows("party") == EVER + 1


async def test_nobody_hands_in_and_takes_back_without_end(
    database: Database, tmp_path: Path, crew: Workers
) -> None:
    house = House(database, tmp_path / "files", crew)
    desk = await Bureau(house).opens()
    await desk.seats("李姐", desk.county)
    anna = await hands_in(house)
    for _ in range(30):
        if not any("撤回来改" in button.label for button in anna.screen.buttons):
            break
        await anna.presses("撤回来改", "撤回来改", "没问题", "属实", "递交", COUNTY, "递交给")
    assert await house.rows("handed") == 20
    assert "撤不回来" in texts(await anna.says("撤回"))
