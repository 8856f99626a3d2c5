"""Who lost the code too: the union's code opens one party of one case on a new person, after all doors were told."""

from __future__ import annotations

import asyncio
import re
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.house.archive import Archive
from bot.house.failure import Failure
from bot.house.lost import LostAndFound
from bot.house.sweeping import Swept
from storage import interviews, tables
from storage.files import FileStore
from storage.unit import Unit
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


async def fills_another_with_the_same_file(anna: Someone, house: House) -> None:
    """A file is sent, and another application holds it too."""
    attachment = await house.conversation.receive("web", "anna", "证.jpg", stream(picture()))
    await anna.take(file=attachment)
    await anna.presses("发完了")
    house.now += timedelta(days=1)
    await anna.says("我的申报")
    await anna.presses("另填一份", "小城工匠 ·")
    await anna.presses("是")


async def has_a_code(house: House, union: LostAndFound) -> Someone:
    """Somebody is asked whether they take the first application over."""
    slip = await union.issue(await case_of(union), "nominee", "王干事")
    house.now += timedelta(hours=25)
    new = Someone(house, "new")
    await new.take()
    await new.says(slip.code)
    return new


async def case_of(union: LostAndFound) -> str:
    found, told = (await union.find("建华"))[-1]
    assert "陆*华" in told
    assert "小城工匠" in told
    assert "陆建华" not in told
    return found.case


async def test_a_code_opens_one_party_a_day_after_everybody_was_told(
    anna: Someone, house: House, union: LostAndFound
) -> None:
    await fills_another_with_the_same_file(anna, house)
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


async def test_nobody_waits_for_the_copying_of_files_and_no_sweep_takes_what_is_copied(
    anna: Someone, house: House, union: LostAndFound, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The copy may go through a network: it is made while others write, and while what is nobody's is removed."""
    await fills_another_with_the_same_file(anna, house)
    new = await has_a_code(house, union)
    loop, real, swept = asyncio.get_running_loop(), FileStore.twin, list[Swept]()

    def through_a_network(store: FileStore, file: str, other: str) -> None:
        real(store, file, other)
        swept.append(asyncio.run_coroutine_threadsafe(house.conversation.sweep(), loop).result(30))

    monkeypatch.setattr(FileStore, "twin", through_a_network)
    assert "接上了" in texts(await new.presses("是我的，接过来"))
    assert swept == [Swept()], "once for the file, and it is kept"
    moved = await files_at(house, "new")
    assert len(moved) == 1 and moved != await files_at(house, "anna")
    assert await house.conversation.photo("web", "new", moved.pop())


async def test_what_was_copied_and_then_not_taken_over_goes_with_the_sweep(
    anna: Someone, house: House, union: LostAndFound, monkeypatch: pytest.MonkeyPatch
) -> None:
    await fills_another_with_the_same_file(anna, house)
    new = await has_a_code(house, union)
    real, copied = FileStore.twin, list[str]()

    def and_the_power_goes(store: FileStore, file: str, other: str) -> None:
        real(store, file, other)
        copied.append(other)
        raise OSError("the power is gone")

    with monkeypatch.context() as patched, pytest.raises(OSError, match="the power is gone"):
        patched.setattr(FileStore, "twin", and_the_power_goes)
        await new.presses("是我的，接过来")
    assert all(house.store.exists(each) for each in copied)
    house.now += timedelta(hours=1)
    swept = await house.conversation.sweep()
    assert (swept.run_out, swept.lost) == (len(copied), 0)
    assert not any(house.store.exists(each) for each in copied)
    assert len(await files_at(house, "anna")) == 1, "what is theirs is still there"


async def test_one_that_does_not_open_goes_over_as_it_is(
    anna: Someone, house: House, union: LostAndFound
) -> None:
    """Its key may come back; sealed anew it would be the sealed text that is kept, for good."""
    new = await has_a_code(house, union)
    speaker = await house.database.run(lambda unit: interviews.speaker(unit, "web", "anna"))
    assert speaker
    here = tables.interview.c.id == speaker.interview

    def spoil(unit: Unit) -> str:
        held = str(unit.connection.execute(select(tables.interview.c.state).where(here)).scalar_one())
        spoilt = held[:-8] + ("A" * 8 if not held.endswith("A" * 8) else "B" * 8)
        unit.connection.execute(update(tables.interview).where(here).values(state=spoilt))
        return spoilt

    spoilt = await house.database.run(spoil)
    await new.presses("是我的，接过来")

    def now(unit: Unit) -> tuple[str, str]:
        row = unit.connection.execute(select(tables.interview.c.person, tables.interview.c.state).where(here))
        return tuple(row.one())  # type: ignore[return-value]  # two texts

    person, state = await house.database.run(now)
    assert state == spoilt
    assert person != speaker.person


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
