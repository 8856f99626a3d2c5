"""Somebody withdraws, or deletes everything: whoever is concerned is told, and what was written stays for thirty days."""

from __future__ import annotations

import asyncio
import json
import zipfile
from datetime import timedelta
from io import BytesIO

import pytest

from tests.bot.house.invitees import asks, gathered, nominated, takes, writes
from tests.bot.household import House, Someone, picture, stream

DAYS = timedelta(days=1)


@pytest.fixture
def shared(house: House) -> House:
    return gathered(house)


@pytest.fixture
async def anna(shared: House) -> Someone:
    return await nominated(Someone(shared))


@pytest.fixture
async def writer(shared: House, anna: Someone) -> Someone:
    """An expert in the middle of their letter."""
    expert = await takes(Someone(shared, "mo"), await asks(anna))
    await expert.says("莫振邦", "450102197001159974")
    await expert.presses("对的")
    await expert.says("同班组八年")
    return expert


def text(someone: Someone) -> str:
    return str(someone.screen.parts)


async def later(house: House, days: int) -> None:
    house.now += days * DAYS
    await house.conversation.expire()


async def own(someone: Someone) -> list[dict[str, object]]:
    """The answers in what is handed to somebody as a copy of everything."""
    conversation = someone.house.conversation
    packed = [copy async for copy in conversation.copies(someone.channel, someone.address, 10**9)]
    if not packed:
        return []
    content = b"".join([piece async for piece in packed[0].pieces()])
    told = json.loads(zipfile.ZipFile(BytesIO(content)).read("everything.json"))
    return [each["state"]["answers"] for each in told["interviews"]]


async def deletes(someone: Someone) -> None:
    await someone.says("删除我的全部内容")
    await someone.presses("全部删除")


async def withdraws(someone: Someone) -> None:
    await someone.says("菜单")
    await someone.presses("不参加了", "退出，不再参加")


async def again(anna: Someone) -> str:
    await anna.says("进度")
    await anna.presses("去请推荐专家")
    await anna.says("莫振邦", "师傅")
    assert anna.screen.invitation
    return anna.screen.invitation.token


async def test_what_was_written_in_a_part_that_ended_is_there_for_thirty_days(
    shared: House, anna: Someone, writer: Someone
) -> None:
    await withdraws(writer)
    await later(shared, 29)
    await writer.take()
    assert "您已经退出" in text(writer)
    assert [card.document for card in writer.screen.cards] == ["letter"]
    assert [each.get("relation") for each in await own(writer)] == ["同班组八年"]
    await later(shared, 2)
    assert await own(writer) == []
    await writer.take()
    assert "您已经退出" not in text(writer)
    assert await shared.rows("person") == 1
    await anna.says("进度")
    assert "对方退出了" in text(anna)


async def test_files_of_an_ended_part_go_with_it(shared: House, anna: Someone, writer: Someone) -> None:
    await shared.conversation.receive("web", "mo", "证书.jpg", stream(picture()))
    await withdraws(writer)
    await later(shared, 29)
    assert len(shared.stored()) == 1
    await later(shared, 2)
    assert shared.stored() == []
    assert await shared.rows("file") == 0


async def test_what_else_the_writer_has_here_stays(shared: House, anna: Someone, writer: Someone) -> None:
    await withdraws(writer)
    await writer.presses("我的申报", "另填一份")
    await writer.presses("小城工匠 · 申报中")
    await writer.says("个人申报", "钳工")
    await later(shared, 31)
    assert [each.get("trade") for each in await own(writer)] == ["钳工"]
    await writer.take()
    assert writer.screen.asks


async def test_whoever_withdrew_while_in_the_old_part_finds_the_other_one(
    shared: House, anna: Someone, writer: Someone
) -> None:
    await writer.says("我的申报")
    await writer.presses("另填一份", "小城工匠 · 申报中")
    await writer.says("个人申报", "钳工", "我的申报")
    await writer.presses("小城工匠 ")
    await withdraws(writer)
    await later(shared, 31)
    await writer.take()
    assert writer.screen.asks
    assert [each.get("trade") for each in await own(writer)] == ["钳工"]


async def test_parts_that_go_on_are_not_touched(shared: House, anna: Someone, writer: Someone) -> None:
    await later(shared, 100)
    assert [each.get("relation") for each in await own(writer)] == ["同班组八年"]


async def test_whoever_is_asked_no_more_has_thirty_days_as_well(
    shared: House, anna: Someone, writer: Someone
) -> None:
    await anna.says("进度")
    await anna.presses("看看莫振邦", "不请这一位了")
    await later(shared, 31)
    assert await own(writer) == []


async def test_whoever_withdrew_may_be_asked_again_and_begins_anew(
    shared: House, anna: Someone, writer: Someone
) -> None:
    await withdraws(writer)
    token = await again(anna)
    await writer.says(token)
    await writer.presses("是我")
    if any("同意，开始" in button.label for button in writer.screen.buttons):
        await writer.presses("同意，开始")
    await writes(writer, letter="再写一次")
    await anna.says("进度")
    assert "对方退出了" in text(anna)
    assert "莫振邦，已完成" in text(anna)
    assert sorted(str(each.get("letter")) for each in await own(writer)) == ["None", "再写一次"]
    await later(shared, 31)
    assert [each.get("letter") for each in await own(writer)] == ["再写一次"]
    assert await shared.rows("party") == 3


async def test_a_nominee_who_deletes_everything_ends_what_others_write_and_they_are_told(
    shared: House, anna: Someone, writer: Someone
) -> None:
    await deletes(anna)
    await writer.take()
    assert "申报人已经全部删除" in text(writer)
    assert "申报人把这份申报全部删除了" in text(writer)
    assert "陆建华" not in text(writer)
    assert [each.get("relation") for each in await own(writer)] == ["同班组八年"]
    printed = await shared.conversation.document("web", "mo", "letter")
    assert printed.content.startswith(b"%PDF")
    await later(shared, 31)
    for table in ("case", "party", "interview", "event", "file", "code", "person", "door"):
        assert await shared.rows(table) == 0, table


async def test_a_letter_that_is_done_is_its_writers_for_thirty_days_too(shared: House, anna: Someone) -> None:
    expert = await writes(await takes(Someone(shared, "mo"), await asks(anna)), letter="手艺高超")
    await deletes(anna)
    await later(shared, 29)
    assert [each.get("letter") for each in await own(expert)] == ["手艺高超"]
    await later(shared, 2)
    assert await own(expert) == []
    assert await shared.rows("case") == 0


async def test_nothing_that_is_typed_into_an_ended_part_is_taken(
    shared: House, anna: Someone, writer: Someone
) -> None:
    before = await own(writer)
    await deletes(anna)
    await writer.says("我再写一点")
    assert await own(writer) == before


async def test_a_link_of_an_application_that_is_gone_opens_nothing(shared: House, anna: Someone) -> None:
    token = await asks(anna)
    await deletes(anna)
    expert = Someone(shared, "mo")
    await expert.says(token)
    assert "打不开" in text(expert)
    assert await shared.rows("case") == await shared.rows("party") == await shared.rows("code") == 0


@pytest.mark.parametrize("number", range(5))
async def test_whoever_comes_at_that_very_moment_is_told_or_finds_nothing(
    shared: House, anna: Someone, number: int
) -> None:
    expert = Someone(shared, "mo")
    await expert.says(await asks(anna))
    await anna.says("删除我的全部内容")
    await asyncio.gather(anna.presses("全部删除"), expert.presses("是我"))
    await expert.take()
    parties = await shared.rows("party")
    assert parties == await shared.rows("case") == await shared.rows("interview")
    if parties:
        await expert.presses("同意，开始")
        assert "申报人把这份申报全部删除了" in text(expert)
    await later(shared, 31)
    assert await shared.rows("case") == await shared.rows("party") == 0


async def test_a_writer_who_deletes_everything_has_left_and_the_nominee_is_told(
    shared: House, anna: Someone, writer: Someone
) -> None:
    await deletes(writer)
    await anna.take()
    assert "推荐专家一删掉了自己的内容，退出了" in text(anna)
    await anna.says("进度")
    assert "对方退出了" in text(anna)
    assert "去请推荐专家" in str([button.label for button in anna.screen.all_buttons()])


async def test_a_person_of_the_nominees_side_who_comes_back_finds_nothing(
    shared: House, anna: Someone
) -> None:
    await deletes(anna)
    await later(shared, 31)
    for table in ("case", "party", "interview", "event", "code", "person"):
        assert await shared.rows(table) == 0, table
