"""That everything be gone: asked for in the conversation, at one door, and true at every door."""

from __future__ import annotations

import pytest

from dialogs.turn import Screen, Turn
from forms.attachment import Attachment
from tests.bot.household import House, Someone, picture, stream

TABLES = ("person", "door", "interview", "event", "party", "case", "file", "message", "code", "notice")
GONE = "您的全部内容已经按您的要求删除了"


@pytest.fixture
def anna(house: House) -> Someone:
    return Someone(house, channel="telegram")


async def sends(person: Someone, name: str, content: bytes) -> Attachment:
    found = await person.house.conversation.receive(person.channel, person.address, name, stream(content))
    await person.take(file=found)
    return found


async def at_the_web_too(anna: Someone) -> Someone:
    """Anna at a second door of hers."""
    code = await anna.house.conversation.resume_code(anna.channel, anna.address)
    there = Someone(anna.house, "session")
    await there.comes_with(code)
    return there


def first(screen: Screen) -> str:
    return getattr(screen.parts[0], "text", "")


async def test_a_yes_in_the_conversation_takes_everything(house: House, anna: Someone) -> None:
    await anna.fills()
    await sends(anna, "证书.jpg", picture())
    await at_the_web_too(anna)
    await anna.says("删除我的全部内容")
    assert len(house.stored()) == 1
    screen = await anna.presses("全部删除")
    assert first(screen).startswith(GONE)
    assert "同意我为申报收集" in str(screen.parts)
    assert house.stored() == []
    for table in TABLES:
        assert await house.rows(table) == 0, table
    assert GONE not in str((await anna.take()).parts), "said once where it was asked for"


async def test_the_other_doors_are_told_until_something_is_done_there(house: House, anna: Someone) -> None:
    changed: list[str] = []
    house.conversation.neighbours.listen("web", changed.append)
    await anna.fills()
    there = await at_the_web_too(anna)
    await anna.says("/delete")
    await anna.presses("全部删除")
    assert changed == ["session"]
    for _ in range(2):
        assert first(await there.take()).startswith(GONE)
    assert GONE not in str((await there.presses("同意，开始")).parts)
    assert GONE not in str((await there.take()).parts)


async def test_an_old_press_at_another_door_is_told_as_well(anna: Someone) -> None:
    await anna.fills()
    there = await at_the_web_too(anna)
    token = there.screen.buttons[-1].action.token(there.screen.revision)
    await anna.says("/delete")
    await anna.presses("全部删除")
    screen = await there.take(choice=token)
    assert first(screen).startswith(GONE)
    assert "同意我为申报收集" in str(screen.parts)


async def test_asked_at_a_door_that_only_joined(house: House, anna: Someone) -> None:
    await anna.fills()
    there = await at_the_web_too(anna)
    await there.says("删除我的资料")
    assert first(await there.presses("全部删除")).startswith(GONE)
    assert await house.rows("person") == 0
    assert first(await anna.take()).startswith(GONE)


async def test_the_same_yes_twice_is_no_harm(house: House, anna: Someone) -> None:
    await anna.fills()
    await anna.says("/delete")
    press = Turn("anna", "the yes", choice=anna.token("全部删除"))
    await house.conversation.take("telegram", "anna", press)
    again = await house.conversation.take("telegram", "anna", press)
    assert "同意我为申报收集" in str(again.parts)
    assert await house.rows("person") == 0


async def test_a_question_to_delete_that_is_old_is_asked_again(house: House, anna: Someone) -> None:
    await anna.fills()
    await anna.says("/delete")
    old = anna.token("全部删除")
    await anna.presses("不删，返回")
    await anna.take(choice=old)
    assert await house.rows("person") == 1
    await anna.says("/delete")
    await anna.take(choice=old)
    assert await house.rows("person") == 1, "the one that was asked before is not the one asked now"


async def test_where_the_bytes_went_and_the_power_with_them_it_is_done_again(
    house: House, anna: Someone
) -> None:
    await anna.fills()
    await sends(anna, "证书.jpg", picture())
    await anna.says("/delete")
    for path in house.stored():
        path.unlink()
    await anna.presses("全部删除")
    assert await house.rows("file") == 0


async def test_nobody_is_kept_of_who_never_agreed(house: House, anna: Someone) -> None:
    for words in ("删除我的资料", "我的数据", "隐私说明"):
        await anna.says(words)
        assert "同意我为申报收集" in str(anna.screen.parts)
    assert await house.rows("person") == 0


async def test_forgetting_takes_answers_files_and_every_door(house: House, anna: Someone) -> None:
    await anna.fills()
    await sends(anna, "证书.jpg", picture())
    code = await house.conversation.resume_code("telegram", "anna")
    await Someone(house, "session").comes_with(code)
    assert len(house.stored()) == 1
    assert await house.conversation.forget("web", "session")
    assert house.stored() == []
    for table in (
        "person",
        "door",
        "interview",
        "event",
        "party",
        "case",
        "file",
        "message",
        "code",
        "notice",
    ):
        assert await house.rows(table) == 0, table
    screen = await anna.take()
    assert not screen.title
    assert not await house.conversation.forget("telegram", "anna")


async def test_forgetting_leaves_others_alone(house: House, anna: Someone) -> None:
    ben = Someone(house, "ben")
    await ben.fills()
    await sends(ben, "证书.jpg", picture())
    await anna.fills()
    assert await house.conversation.forget("telegram", "anna")
    assert len(house.stored()) == 1
    assert (await ben.take()).asks
