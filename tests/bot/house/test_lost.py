"""Who lost the code too: the union's code opens one party of one case on a new person, after all doors were told."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.house.archive import Archive
from bot.house.failure import Failure
from bot.house.lost import LostAndFound
from storage import interviews, tables
from tests.bot.house.test_coming_back import texts
from tests.bot.household import House, Someone, library, picture, stream


@pytest.fixture
async def anna(house: House) -> Someone:
    someone = Someone(house, "anna")
    await someone.fills()
    return someone


@pytest.fixture
def union(house: House) -> LostAndFound:
    return LostAndFound(Archive(house.database, library()), lambda: house.now)


async def files_at(house: House, address: str) -> set[str]:
    """The files in the answers of whoever speaks at a door, each of which they may see."""
    speaker = await house.database.run(lambda unit: interviews.speaker(unit, "web", address))
    assert speaker
    found = set(re.findall(r'"file":"([0-9a-f]{32})"', speaker.state.model_dump_json()))
    for file in found:
        assert await house.conversation.attachment("web", address, file)
    return found


async def case_of(union: LostAndFound) -> str:
    found, told = (await union.find("建华"))[-1]
    assert "陆*华" in told
    assert "小城工匠" in told
    assert "陆建华" not in told
    return found.case


async def test_a_code_opens_one_party_a_day_after_everybody_was_told(
    anna: Someone, house: House, union: LostAndFound
) -> None:
    attachment = await house.conversation.receive("web", "anna", "证.jpg", stream(picture()))
    await anna.take(file=attachment)
    await anna.presses("发完了")
    house.now += timedelta(days=1)
    await anna.says("我的申报")
    await anna.presses("另填一份", "小城工匠 ·")
    await anna.presses("是")
    other = anna.asked
    shared = anna.screen.title
    assert (other, shared) != ("", "")
    slip = await union.issue(await case_of(union), "nominee", "王干事")
    assert slip.told == 1
    told = texts(await anna.take())
    assert "工会为“小城工匠（陆*华" in told
    new = Someone(house, "new")
    await new.take()
    assert "以后才能用" in texts(await new.says(slip.code))
    house.now += timedelta(hours=24)
    asked = texts(await new.says(slip.code))
    assert "陆*华" in asked
    await new.presses("是我的，接过来")
    assert "接上了" in texts(new.screen)
    moved = await files_at(house, "new")
    stayed = await files_at(house, "anna")
    assert len(moved) == len(stayed) == 1
    assert moved != stayed, "what both applications hold is each one's own"
    assert await house.conversation.attachment("web", "anna", moved.pop()) is None
    listed = await new.says("我的申报")
    assert not [b for b in listed.buttons if b.action.verb == "switch"], "never the other cases"
    told = texts(await anna.take())
    assert "已经转到那边" in told
    assert anna.screen.title == "小城工匠"
    assert anna.asked == other, "the other application stays"
    listed = await anna.says("我的申报")
    assert not [b for b in listed.buttons if b.action.verb == "switch"]
    again = Someone(house, "again")
    await again.take()
    assert "这个码不对" in texts(await again.says(slip.code)), "once"
    assert await house.conversation.forget("web", "anna")
    assert await house.conversation.photo("web", "new", (await files_at(house, "new")).pop())
    kinds = await house.database.run(
        lambda unit: [
            tuple(row) for row in unit.connection.execute(select(tables.event.c.kind, tables.event.c.details))
        ]
    )
    assert ("union_code_issued", {"by": "王干事"}) in kinds


async def test_somebody_with_nothing_else_begins_anew_at_the_old_door(
    anna: Someone, house: House, union: LostAndFound
) -> None:
    slip = await union.issue(await case_of(union), "nominee", "王干事")
    house.now += timedelta(hours=25)
    new = Someone(house, "new")
    await new.take()
    await new.comes_with(slip.code)
    screen = await anna.take()
    assert screen.title == ""
    assert "请选要申报的项目" in texts(screen)
    speaker = await house.database.run(lambda unit: interviews.speaker(unit, "web", "new"))
    assert speaker
    assert speaker.state.answers["name"] == "陆建华"


async def test_a_door_that_was_told_can_object(anna: Someone, house: House, union: LostAndFound) -> None:
    slip = await union.issue(await case_of(union), "nominee", "王干事")
    await anna.take()
    await anna.says("/back")
    await anna.says("/back")
    assert "不是我本人，作废那个码" in [button.label for button in anna.screen.buttons], (
        "until a word is said"
    )
    screen = await anna.presses("不是我本人")
    assert "已经作废" in texts(screen)
    assert "不是我本人，作废那个码" not in [button.label for button in (await anna.take()).buttons]
    house.now += timedelta(hours=25)
    thief = Someone(house, "thief")
    await thief.take()
    assert "这个码不对" in texts(await thief.says(slip.code))
    assert [state for _, state in await union.issued()] == ["void"]


async def test_whoever_asked_for_it_says_so_and_is_not_asked_again(
    anna: Someone, house: House, union: LostAndFound
) -> None:
    slip = await union.issue(await case_of(union), "nominee", "王干事")
    await anna.take()
    await anna.presses("是我要的")
    assert "工会为" not in texts(await anna.take())
    house.now += timedelta(hours=25)
    new = Someone(house, "new")
    await new.take()
    assert "接着它填吗" in texts(await new.says(slip.code))


async def test_codes_are_listed_voided_replaced_and_run_out(
    anna: Someone, house: House, union: LostAndFound
) -> None:
    case = await case_of(union)
    await union.issue(case, "nominee", "王干事")
    await union.issue(case, "nominee", "李干事")
    ((latest, state), (_, earlier)) = sorted(await union.issued(), key=lambda each: each[1], reverse=True)
    assert (state, earlier) == ("waiting", "void")
    assert latest.issuer == "李干事"
    house.now += timedelta(hours=25)
    assert {state for _, state in await union.issued()} == {"open", "void"}
    await union.void(latest.digest[:8], "王干事")
    with pytest.raises(Failure, match="void or expired"):
        await union.void(latest.digest[:8], "王干事")
    with pytest.raises(Failure, match="no one code"):
        await union.void("zzzz", "王干事")
    slip = await union.issue(case, "nominee", "王干事")
    house.now += timedelta(days=31)
    new = Someone(house, "new")
    await new.take()
    assert "这个码不对" in texts(await new.says(slip.code))


@pytest.mark.parametrize("party", ["expert", "nominee-2", "nominee-x", "unit"])
async def test_a_party_that_is_not_there(anna: Someone, union: LostAndFound, party: str) -> None:
    case = await case_of(union)
    with pytest.raises(Failure, match="of “"):
        await union.issue(case, party, "王干事")
    with pytest.raises(Failure, match="no case"):
        await union.issue("0" * 32, party, "王干事")


async def test_a_name_that_nobody_has(anna: Someone, union: LostAndFound) -> None:
    assert await union.find("韦") == ()
    assert await union.find("%") == ()
    assert await union.find("焊") == (), "the name, not any answer"
